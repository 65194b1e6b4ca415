"""Limits hold wherever content is read: for a mail, for a batch's plan, in processes that help."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from contextlib import suppress
from pathlib import Path

import pytest

from builder.confinement import RanAway, measured
from builder.limits import Limits
from tests.attacks.arena import BASE, make, section
from tests.attacks.test_workers import below, command, gone, soon
from tests.test_cli_watch import LATE
from tests.test_hands import BENCH, ROOT


def notes_by_the_thousand(folder: Path) -> Path:
    return make(folder, {**BASE, **section("x^[a]\n\n" * 60_000)})


@pytest.mark.parametrize("limits", ["seconds=2", pytest.param("strict", marks=pytest.mark.long)])
def test_a_mail_is_made_within_the_limits(limits: str, tmp_path: Path) -> None:
    project = notes_by_the_thousand(tmp_path / "p")

    done = command(
        *("mail", str(project), "--from", "a@example.org", "--dry-run", "--limits", limits),
        *("-d", str(tmp_path / "out")),
    )

    assert done.returncode == 1
    assert "error[limit-reached]: the work took more than" in done.stderr
    assert not (tmp_path / "out").exists()


def python(code: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-c", textwrap.dedent(code)]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=LATE)


PLANNING = """
    import resource
    from pathlib import Path
    from builder.batch import planning
    from builder.batch.planning import Wish
    from builder.cli_batch import plan_within
    from builder.diagnostics import ContentErrors, Diagnostics
    from builder.job import Job
    from builder.limits import Limits

    def plan(wish, log):
        {planning}

    planning.plan = plan
    log, before = Diagnostics(), resource.getrlimit(resource.RLIMIT_AS)
    try:
        plan_within(Limits(9, 9, 500_000_000, 1_000_000), Wish(Job(Path("."))), log)
    except ContentErrors:
        pass
    print(*log)
    assert resource.getrlimit(resource.RLIMIT_AS) == before
    import subprocess
    print(subprocess.run("echo", capture_output=True).returncode)
"""


@pytest.mark.skipif(sys.platform == "darwin", reason="the system limits no memory there")
@pytest.mark.parametrize(
    ("planning", "told"),
    [
        ("'x' * 10**9", "limit-reached]: the work needed more than 500 MB of memory"),
        ("(lambda f: f(f))(lambda f: f(f))", "limit-reached]: something is nested too deep"),
        (
            "import socket; socket.create_connection(('127.0.0.1', 9))",
            "PermissionError: a build uses no network",
        ),
        ("import os; os.system('true')", "PermissionError: a build runs no programs"),
    ],
    ids=["memory", "depth", "network", "programs"],
)
def test_a_batch_is_planned_as_confined_as_a_build(planning: str, told: str) -> None:
    """It reads the project in the process that later speaks to a cluster."""
    done = python(PLANNING.format(planning=planning))

    assert told in done.stdout + done.stderr
    assert done.returncode == (0 if "limit" in told else 1)
    assert ("\n0\n" in done.stdout) == ("limit" in told)  # afterwards all is as it was


def test_work_that_does_not_hear_has_run_away_all_the_same() -> None:
    """Libraries catch what is no fault of theirs; it comes again, and at the end at the latest."""

    def deaf(times: int) -> None:
        for _ in range(times):
            with suppress(BaseException):
                while True:
                    pass

    with pytest.raises(RanAway), measured(lambda: 0, Limits(0.2, None, None, None)):
        deaf(2)


@pytest.mark.parametrize("to", ["docx", "pptx"])
def test_an_output_that_is_too_large_leaves_the_old_ones(to: str, tmp_path: Path) -> None:
    project, old = make(tmp_path / "p", BASE), {"out/p.docx": "old", "out/p.pptx": "old"}
    make(tmp_path, old)

    done = command(
        *("build", str(project), "-t", to, "--no-embed-fonts", "--limits", "file=0.01"),
        *("-d", str(tmp_path / "out")),
    )

    assert done.returncode == 1
    assert "error[limit-reached]: a file would have more than the 0.01 MB" in done.stderr
    assert {p.name: p.read_text() for p in (tmp_path / "out").iterdir()} == {
        "p.docx": "old",
        "p.pptx": "old",
    }


def test_a_copy_that_is_too_large_fails_alone(tmp_path: Path) -> None:
    """Another process writes it than the one that is limited."""
    project = make(tmp_path / "p", BASE)
    (tmp_path / "rows.csv").write_text("who\na\n")

    done = command(
        *("batch", str(project), "--data", str(tmp_path / "rows.csv"), "-t", "docx", "-j", "1"),
        *("-d", str(tmp_path / "out"), "--limits", "file=0.01", "--name", "{who}"),
    )

    assert done.returncode == 1
    assert "limit-reached: a file would have more than the 0.01 MB" in done.stderr
    assert not list((tmp_path / "out").glob("*.docx"))


HELPED = f"""
    import os
    from builder.hands import Hands
    from builder.limits import Limits
    from builder.supervision import supervised

    def work(note):
        with Hands.hired(2, {BENCH!r}) as hands:
            hands.begin("paint")
            for hand in hands.all:
                hand.answer()
                hand.ask("process")
                print(hand.answer(), flush=True)
            hands.all[1].ask("work", 600)
            hands.all[1].answer()
        return 0

    print(supervised(work, Limits({{limits}})), flush=True)
"""


@pytest.mark.parametrize(
    ("limits", "end"),
    [("1, 60, None, None", "Broken.PROCESSOR"), ("60, 2, None, None", "Broken.TIME")],
    ids=["processor", "clock"],
)
def test_endless_work_in_a_process_that_helps_ends(limits: str, end: str) -> None:
    done = python(HELPED.format(limits=limits))

    *processes, ending = done.stdout.splitlines()
    assert end in ending
    assert len(processes) == 2
    assert soon(lambda: all(gone(int(process)) for process in processes))


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks Linux for children")
def test_a_report_that_is_endless_leaves_no_helper_and_no_temporary_file(tmp_path: Path) -> None:
    project = make(tmp_path / "p", {**BASE, **section("a" * 100_000 + "\n")})
    temporary = tmp_path / "t"
    temporary.mkdir()
    words = ["build", str(project), "-t", "pdf", "-d", str(tmp_path / "out")]
    with subprocess.Popen(
        [sys.executable, "-m", "builder", *words, "--limits", "seconds=15"],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "BRIEFING_PROCESSES": "2", "TMPDIR": str(temporary)},
    ) as build:
        processes: set[int] = set()
        while build.poll() is None:  # limits end it
            processes.update(below(build.pid))
            time.sleep(0.05)
        _, told = build.communicate(timeout=LATE)

    assert len(processes) >= 3  # the work, and two that help
    assert build.returncode == 1
    assert "error[limit-reached]: the work took more than" in told
    assert soon(lambda: all(gone(process) for process in processes))
    assert list(temporary.iterdir()) == []
    assert not (tmp_path / "out").exists()
