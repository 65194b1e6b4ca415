"""Processes that help: what they answer, and how they and their parent end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from builder.hands import Hands, hirable, processors, ready
from builder.hired import COUNT, hired
from builder.job import Job

BENCH = "tests.support.workshop:Bench"
ROOT = Path(__file__).parents[1]


def run(code: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-c", textwrap.dedent(code)]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=60)


def is_gone(process: int) -> bool:
    for _ in range(200):
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":  # ended; nobody has asked how
            return True
        time.sleep(0.05)
    return False


def test_each_hand_works_in_a_process_of_its_own() -> None:
    with Hands.hired(3, BENCH) as hands:
        hands.begin("paint")
        assert [hand.answer() for hand in hands.all] == [None] * 3
        for hand in hands.all:
            hand.ask("process")
        found = {hand.answer() for hand in hands.all}
        hands.all[1].ask("say", "walls")
        assert ready(hands.all) == [hands.all[1]]
        assert hands.all[1].answer() == "paint walls"

    assert len(found) == 3
    assert os.getpid() not in found
    assert all(is_gone(process) for process in found)


@pytest.mark.skipif(sys.platform == "darwin", reason="the system limits no memory there")
def test_each_hand_has_the_limits_of_its_parent_and_neither_network_nor_programs() -> None:
    done = run(
        f"""
        from builder.confinement import confine
        from builder.hands import Hands
        from builder.limits import STRICT

        confine(STRICT)
        with Hands.hired(2, {BENCH!r}) as hands:
            hands.begin("paint")
            for hand in hands.all:
                hand.answer()
                hand.ask("confines")
                print(*hand.answer(), sep="|")
        """
    )

    told = "a build uses no network (socket.getaddrinfo)|a build runs no programs ('id')|2000000000"
    assert done.stdout.splitlines() == [told, told], done.stderr


def test_an_error_in_a_hand_is_raised_here_with_the_lines_that_it_came_from() -> None:
    with Hands.hired(2, BENCH) as hands:
        hands.begin("paint")
        for hand in hands.all:
            hand.answer()
        for hand in hands.all:
            hand.ask("fail")
            with pytest.raises(KeyError, match="nothing here") as caught:
                hand.answer()
            assert "workshop.py" in "".join(caught.value.__notes__)
            hand.ask("say", "on")
            assert hand.answer() == "paint on"


def test_a_task_that_cannot_be_begun_is_an_error() -> None:
    with Hands.hired(1, BENCH) as hands:
        hands.begin("none")
        with pytest.raises(ValueError, match="no such task"):
            hands.all[0].answer()


@pytest.mark.parametrize("which", [0, 1])
def test_whoever_waits_for_a_hand_that_is_killed_ends_in_the_same_way(which: int) -> None:
    done = run(f"""
        from builder.hands import Hands
        with Hands.hired(2, "{BENCH}") as hands:
            hands.begin("paint")
            for hand in hands.all:
                hand.answer()
            hands.all[{which}].ask("fall", {int(signal.SIGXCPU)})
            hands.all[{which}].answer()
    """)

    assert done.returncode == -signal.SIGXCPU


def test_hands_may_take_the_seconds_that_are_left_to_their_parent() -> None:
    done = run(f"""
        import signal
        from builder.hands import Hands
        with Hands.hired(2, "{BENCH}") as hands:
            signal.setitimer(signal.ITIMER_PROF, 0.2)
            hands.begin("paint")
            for hand in hands.all:
                hand.answer()
            hands.all[1].ask("work", 30)
            hands.all[1].answer()
    """)

    assert done.returncode == -signal.SIGPROF


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_what_a_terminal_tells_all_of_them_is_for_the_parent_alone(name: str) -> None:
    done = run(f"""
        import os, signal
        from builder.hands import Hands
        with Hands.hired(2, "{BENCH}") as hands:
            hands.begin("paint")
            for hand in hands.all:
                hand.answer()
                hand.ask("process")
                os.kill(hand.answer(), signal.{name})
                hand.ask("say", "walls")
                print(hand.answer())
    """)

    assert (done.returncode, done.stdout, done.stderr) == (0, "paint walls\n" * 2, "")


def test_hands_end_when_their_parent_is_killed_in_the_middle_of_work() -> None:
    line = f"""
        import os, signal
        from builder.hands import Hands
        hands = Hands.hired(2, "{BENCH}")
        hands.begin("paint")
        for hand in hands.all:
            hand.answer()
            hand.ask("process")
            print(hand.answer(), flush=True)
            hand.ask("work", 30)
        os.kill(os.getpid(), signal.SIGKILL)
    """
    done = run(line)

    assert done.returncode == -signal.SIGKILL
    processes = [int(word) for word in done.stdout.split()]
    assert len(processes) == 2
    assert all(is_gone(process) for process in processes)


def test_hands_are_hired_for_the_report_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(COUNT, "2")
    with hired(Job(ROOT, ("docx", "pptx"))) as none, hired(Job(ROOT, ("pdf",))) as some:
        assert (len(none.all), len(some.all)) == (0, 2)
    monkeypatch.setenv(COUNT, "0")
    with hired(Job(ROOT)) as none:
        assert not none.all


def test_a_machine_with_one_processor_does_all_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.hands.processors", lambda: 1)
    assert hirable() == 0
    monkeypatch.setattr("builder.hands.processors", lambda: 64)
    assert hirable() == 4
    assert processors() >= 1
