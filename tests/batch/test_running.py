"""Handing orders to processes: what one does harms no other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest

from builder.batch.copying import make_copy
from builder.batch.running import WorkersLost, processes, run
from builder.cli_batch import Pace
from builder.job import Copy, Job
from tests.batch.batches import Here, here, small
from tests.batch.deeds import jobs, make

P = ParamSpec("P")
T = TypeVar("T")


def test_every_job_comes_back_once() -> None:
    came = [key for key, _ in run(jobs(*["fine"] * 9), 2, here, make)]

    assert sorted(came) == [f"fine{n}" for n in range(9)]


def test_a_fault_in_one_is_told_and_the_others_come() -> None:
    came = dict(run(jobs("fine", "fail", "fine"), 2, here, make))

    assert [d.message for d in came["fail1"].found] == ["RuntimeError('a fault of ours')"]
    assert not came["fine0"].found and not came["fine2"].found


def test_a_job_that_kills_its_process_fails_alone() -> None:
    asked = jobs("fine", "slow", "die", "slow", "fine")

    came = dict(run(asked, 2, processes, make))

    assert came.keys() == asked.keys()
    killed = {key for key, copied in came.items() if copied.found}
    assert killed == {"die2"}
    assert came["die2"].found[0].message == "its process was killed, or ran out of memory"


def test_after_a_shift_others_take_the_places_of_the_workers() -> None:
    begun: list[int] = []

    def start(workers: int) -> Executor:
        begun.append(workers)
        return here(workers)

    came = [key for key, _ in run(jobs(*["fine"] * 9), 2, start, make, shift=2)]

    assert sorted(came) == [f"fine{n}" for n in range(9)]
    assert begun == [2, 2, 1]


def test_what_a_broken_shift_has_left_is_made_by_the_next() -> None:
    asked = jobs("fine", "die", "slow", "fine", "fine", "fine")

    came = dict(run(asked, 1, processes, make, shift=4))

    assert came.keys() == asked.keys()
    assert {key for key, copied in came.items() if copied.found} == {"die1"}


class Gone(Here):
    """Loses what it was given, as a cluster does whose scheduler is gone."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Cancel the call."""
        future: Future[T] = Future()
        future.cancel()
        future.set_running_or_notify_cancel()
        return future


def test_where_all_workers_are_lost_the_run_ends_and_nothing_is_taken_for_failed() -> None:
    came = run(jobs("fine", "fine"), 2, lambda workers: Gone(), make)

    with pytest.raises(WorkersLost):
        next(came)


class Deaf(Here):
    """Takes what it is given, and never answers, as a cluster without workers."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Keep the call."""
        return Future()


def test_where_nothing_comes_the_workers_are_looked_after(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.batch.running.SECONDS_TO_LOOK", 0.01)
    looks: list[int] = []

    def look() -> None:
        looks.append(1)
        if len(looks) == 3:
            raise WorkersLost("all workers are gone")

    with pytest.raises(WorkersLost, match="gone"):
        list(run(jobs("fine"), 2, lambda workers: Deaf(), make, look=look))
    assert len(looks) == 3


def test_threads_make_copies_too_one_at_a_time(tmp_path: Path) -> None:
    root = small(tmp_path)
    asked = {n: Job(root, ("pptx",), copy=Copy(values=(("name", n),))) for n in ("Ann", "Ben")}

    came = dict(run(asked, 2, ThreadPoolExecutor, make_copy))

    alone = {name: make_copy(job).artifacts for name, job in asked.items()}
    assert {name: copied.artifacts for name, copied in came.items()} == alone
    assert alone["Ann"] != alone["Ben"]


def test_nothing_is_started_where_nothing_is_to_be_done() -> None:
    assert list(run({}, 2, processes, make)) == []


def test_a_fault_of_the_program_in_a_copy_is_told_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: object, **further: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("builder.batch.copying.write_format", broken)
    copied = make_copy(Job(small(tmp_path), ("pptx",)))

    assert not copied.artifacts
    assert "ZeroDivisionError('oh') in test_running.py" in copied.found[-1].message


def test_the_pace_says_rate_and_time_left() -> None:
    times = iter([100.0, 110.0, 160.0])
    pace = Pace(lambda: next(times))

    assert pace.told(50, 100) == "starting"
    assert pace.told(51, 20_000) == "6 a minute, 55:24:50 left"
    assert pace.told(80, 100) == "30 a minute, 0:40 left"
