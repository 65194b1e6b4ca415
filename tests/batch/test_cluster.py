"""A real cluster on this machine: a scheduler, three workers, one of them killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from builder.batch.batch import carry_out
from builder.batch.cluster import Cluster, ClusterError, _Watch, gather
from builder.batch.copying import make_copy
from builder.batch.planning import Planned, Wish, plan
from builder.batch.remote import NOTHING, OTHER
from builder.batch.running import WorkersLost, run
from builder.cli import main
from builder.diagnostics import Code, Diagnostics
from builder.job import Job
from tests.batch.batches import here, small
from tests.batch.noted import NOTES, copy_there
from tests.support.waiting import wait_for as wait_until

if TYPE_CHECKING:
    from distributed import Client

pytest.importorskip("distributed", reason="the extra [cluster] is not installed")
ROWS = 9


def start(what: str, folder: Path, *options: str) -> subprocess.Popen[bytes]:
    """Start a process of the cluster."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--scheduler-file"]
    log = (folder / f"{what}.log").open("ab")
    with log:
        return subprocess.Popen(
            [*command, str(folder / "scheduler.json"), "--no-dashboard", *options],
            stdout=log,
            stderr=log,
            cwd=Path(__file__).parents[2],
            env={
                **os.environ,
                NOTES: str(folder),
                "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "60s",
            },
        )


@pytest.fixture(scope="module")
def cluster(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, list[subprocess.Popen[bytes]], Path]]:
    folder = tmp_path_factory.mktemp("cluster")
    loopback = ("--host", "127.0.0.1", "--port", "0")
    scheduler = start("scheduler", folder, *loopback)
    until = time.monotonic() + 60
    file = folder / "scheduler.json"
    while not file.is_file() or not file.read_text():
        assert scheduler.poll() is None and time.monotonic() < until, "the scheduler did not start"
        time.sleep(0.1)
    alone = ("--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")
    spread = ("--local-directory", str(folder))
    workers = [start("worker", folder, *alone, *spread) for _ in range(3)]
    yield json.loads(file.read_text())["address"], workers, folder
    for process in (*workers, scheduler):
        process.kill()
        process.wait()


@pytest.fixture
def planned(tmp_path: Path) -> Planned:
    """A batch of nine personal copies."""
    people = tmp_path / "people.csv"
    rows = "".join(f"Reader {n},{'board' if n % 2 else ''}\n" for n in range(ROWS))
    people.write_text(f"name,edition\n{rows}")
    wish = Wish(Job(small(tmp_path), ("pptx",), tmp_path / "out"), data=people)
    log = Diagnostics()
    return plan(wish, log)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.pptx"))}


def test_a_worker_that_is_killed_costs_a_retry_and_the_files_are_the_same(
    cluster: tuple[str, list[subprocess.Popen[bytes]], Path],
    planned: Planned,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is killed in the midst of a copy, which another one begins anew."""
    address, workers, folder = cluster
    wait_for(address, 3)
    (folder / "hangs").write_text(str(workers[0].pid))
    monkeypatch.setattr("builder.batch.cluster.copy_there", copy_there)
    begun = partial(begun_by, folder, workers[0].pid)
    log = Diagnostics()
    dead: list[int] = []

    def kill(done: int, total: int) -> None:
        if done == 2 and not dead:
            wait_until(lambda: bool(begun()))
            workers[0].kill()
            dead.append(workers[0].wait())

    sent = gather(planned.wish.job, address, apart=planned.apart)
    result = carry_out(planned, partial(sent.run, log=log), log, kill)

    assert not list(log) and dead == [-9], (folder / "worker.log").read_text()
    assert (result.made, result.failed) == (ROWS, [])
    (lost,) = begun()
    assert len(list(folder.glob(f"begun-{lost}-*"))) == 2, "it was tried again, once"
    assert "Remove worker" in (folder / "scheduler.log").read_text()
    there = files(planned.folder)
    local = partial(run, workers=1, start=here, make=make_copy)
    carry_out(planned, local, log, lambda done, total: None)
    assert there == files(planned.folder) and len(there) == ROWS


def begun_by(folder: Path, process: int) -> list[str]:
    """Give the names of the copies that a worker has begun."""
    begun = sorted(path.name for path in folder.glob(f"begun-*-{process}"))
    return [name.removeprefix("begun-").removesuffix(f"-{process}") for name in begun]


def test_copies_are_dated_as_is_asked_here_whatever_is_asked_on_the_workers(
    cluster: tuple[str, list[subprocess.Popen[bytes]], Path],
    planned: Planned,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address, _, _ = cluster
    wait_for(address, 1)
    log = Diagnostics()
    for date in ("1000000000", ""):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", date)
        sent = gather(planned.wish.job, address, apart=planned.apart)
        some = dict(list(planned.jobs.items())[:2])
        there = {n: c.artifacts for n, c in sent.run(some, log)}
        here_ = {n: make_copy(job).artifacts for n, job in some.items()}
        assert there == here_ and all(there.values()), date
    assert not list(log)


def test_workers_that_would_make_other_files_get_no_work(
    cluster: tuple[str, list[subprocess.Popen[bytes]], Path],
    planned: Planned,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address, _, _ = cluster
    wait_for(address, 1)
    monkeypatch.setattr("builder.batch.remote.makers_of", lambda *what: "another builder")
    log = Diagnostics()

    with pytest.raises(ClusterError, match="no worker that would make the very files"):
        list(gather(planned.wish.job, address, apart=planned.apart).run(planned.jobs, log))

    told = {d.message.partition("gets no work: ")[2] for d in log}
    assert len(log) >= 1 and told == {OTHER}
    assert {d.code for d in log} == {Code.CLUSTER_WORKER}


def test_one_that_fits_not_is_shut_out_and_the_others_work() -> None:
    log = Diagnostics()

    fit = Cluster("tcp://x:1", NOTHING)._fit({"tcp://a:1": "", "tcp://b:2": "it is old"}, log)

    assert fit == ["tcp://a:1"]
    assert [d.message for d in log] == ["the worker at tcp://b:2 gets no work: it is old"]
    with pytest.raises(ClusterError, match="has no workers"):
        Cluster("tcp://x:1", NOTHING)._fit({}, log)


def test_a_cluster_that_has_no_workers_for_a_minute_is_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Those of the chosen ones count; others that are there get no work."""
    clock = iter([0.0, 30.0, 40.0, 91.0])
    there = ["tcp://a:1", "tcp://b:2"]
    monkeypatch.setattr("builder.batch.cluster._workers", lambda client: there)
    nobody = cast("Client", None)
    watch = _Watch(nobody, ["tcp://a:1"], lambda: next(clock))

    watch.look()  # at 30
    del there[0]
    watch.look()  # at 40: not for long

    with pytest.raises(WorkersLost, match="all workers are gone"):
        watch.look()


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("scheduler", "'scheduler' is no address of a scheduler"),
        ("127.0.0.1:8786", "'127.0.0.1:8786' is no address of a scheduler"),
        ("http://127.0.0.1:8786", "'http://127.0.0.1:8786' is no address of a scheduler"),
        ("tcp://127.0.0.1:99999", "'tcp://127.0.0.1:99999' is no address of a scheduler"),
        ("tls://127.0.0.1:8786", "there is no certificate for tls://"),
    ],
)
def test_an_address_that_is_none_is_told_at_once(
    address: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["batch", str(small(tmp_path)), "--editions", "all", "-d", str(tmp_path / "o")]

    assert main([*asked, "--cluster", address]) == 1

    told = capsys.readouterr().err
    assert told.startswith(f"error[cluster-missing]: {message}\n  hint: ")
    assert not (tmp_path / "o").exists()


def test_without_the_extra_the_way_to_get_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    asked = ["batch", str(small(tmp_path)), "--editions", "all", "-d", str(tmp_path / "o")]

    assert main([*asked, "--cluster", "tcp://127.0.0.1:8786"]) == 1

    assert capsys.readouterr().err == (
        "error[cluster-missing]: Dask distributed is not installed\n"
        "  hint: install it by: pip install 'briefing-builder[cluster]'\n"
    )


def wait_for(address: str, count: int) -> None:
    """Wait until so many workers are there."""
    from distributed import Client

    with Client(address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        client.wait_for_workers(count, timeout=90)


def test_the_command_sends_a_batch_to_a_cluster(
    cluster: tuple[str, list[subprocess.Popen[bytes]], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address, _, _ = cluster
    monkeypatch.setattr("builder.batch.running.processes", here)
    wait_for(address, 1)
    root = small(tmp_path)
    asked = ["batch", str(root), "--editions", "all", "-t", "pptx", "-d", str(tmp_path / "o"), "-q"]

    assert main([*asked, "--cluster", address]) == 0
    assert main(["verify", str(tmp_path / "o"), "-q"]) == 0


def test_a_cluster_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("builder.batch.cluster.SECONDS_TO_CONNECT", 1)
    asked = ["batch", str(small(tmp_path)), "--editions", "all", "-d", str(tmp_path / "o")]

    assert main([*asked, "--cluster", "tcp://127.0.0.1:9"]) == 1
    assert "error[cluster-missing]: there is no scheduler at tcp://127.0.0.1:9" in (
        capsys.readouterr().err
    )
