"""The heavy work in a child process: limits end it, and everything else is as without one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from builder.limits import OFF, STRICT, USUAL, Limits, parse_limits
from builder.plain_files import text_size
from tests.attacks.arena import BASE, make
from tests.support.waiting import wait_for

PROGRAM = """
import sys, time
from builder.limits import Limits
from builder.supervision import supervised

def work(note):
    note("working hard")
    {work}
    return 0

print(supervised(work, Limits({limits})))
"""


WAITS = "from builder.supervision import WAITING; note(WAITING); note('sent 1');"
"""From here on neither clock nor processor count, whatever is noted afterwards."""

BURN = "all(time.process_time() < {} for _ in iter(int, 1))"


def ending(work: str, limits: str) -> str:
    program = PROGRAM.format(work=work, limits=limits)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("work", "limits", "end"),
    [
        (
            "while True: pass",
            "1, 50, None, None",
            "Broken.PROCESSOR: 'processor'>, step='working hard'",
        ),
        ("time.sleep(99)", "50, 0.5, None, None", "Broken.TIME: 'time'>, step='working hard'"),
        (
            "'x' * 10**9",
            "50, 50, 500_000_000, None",
            "Broken.MEMORY: 'memory'>, step='working hard'",
        ),
        ("(lambda f: f(f))(lambda f: f(f))", "50, 50, None, None", "Broken.DEPTH: 'depth'>"),
        (
            "import os; os.abort()",
            "50, 50, None, None",
            "Broken.CRASH: 'crash'>, step='working hard', signal=6",
        ),
        ("open('/dev/null'); sys.exit(3)", "50, 50, None, None", "Ending(code=3, broken=None"),
        ("1 / 0", "50, 50, None, None", "ZeroDivisionError"),
        (
            "import socket; socket.create_connection(('127.0.0.1', 9))",
            "50, 50, None, None",
            "a build uses no network",
        ),
        ("import os; os.system('true')", "50, 50, None, None", "a build runs no programs"),
        (f"{WAITS} time.sleep(1.5)", "50, 0.7, None, None", "Ending(code=0, broken=None"),
        (f"{WAITS} {BURN.format(3)}", "1, 50, None, None", "Ending(code=0, broken=None"),
        (
            f"{BURN.format(9)}; {WAITS}",
            "1, 50, None, None",
            "Broken.PROCESSOR: 'processor'>, step='working hard'",
        ),
        ("import tempfile; print(tempfile.mkdtemp())", "50, 50, None, None", "/briefing-"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_work_ends_in_its_way(work: str, limits: str, end: str) -> None:
    assert end in ending(work, limits)


def test_nothing_stays_in_the_temporary_folder(tmp_path: Path) -> None:
    work = "import tempfile, os; tempfile.mkdtemp(); os.abort()"
    program = PROGRAM.format(work=work, limits="50, 50, None, None")
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    subprocess.run(
        [sys.executable, "-c", program], env=environment, check=True, capture_output=True
    )

    assert list(tmp_path.iterdir()) == []


def test_nothing_stays_in_the_temporary_folder_of_a_build_that_was_killed(tmp_path: Path) -> None:
    project, temporary = make(tmp_path / "p", BASE), tmp_path / "t"
    temporary.mkdir()
    command = [sys.executable, "-m", "builder", "build", str(project), "--force"]
    with subprocess.Popen(
        [*command, "-d", str(tmp_path / "out")],
        env={**os.environ, "TMPDIR": str(temporary)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as build:
        wait_for(lambda: any(temporary.glob("briefing-*/*")))
        build.kill()

    wait_for(lambda: not any(temporary.iterdir()))


def test_limits_are_read_as_they_are_written() -> None:
    assert parse_limits("strict") is STRICT
    assert parse_limits("off") is OFF
    assert parse_limits("seconds=30,memory=1500,file=50") == Limits(
        30, 30, 1_500_000_000, 50_000_000
    )


@pytest.mark.parametrize(
    "written", ["", "fast", "seconds", "seconds=0", "seconds=-1", "seconds=nan", "hours=1"]
)
def test_other_limits_are_refused(written: str) -> None:
    with pytest.raises(ValueError, match="limits"):
        parse_limits(written)


def test_the_usual_limits_grow_with_the_content(tmp_path: Path) -> None:
    make(tmp_path, {"a.md": f"{'x' * 99}\n" * 1000, "b.bin": "x" * 900_000})

    assert text_size(tmp_path) == 100_000
    assert USUAL.for_text(100_000).processor == 160
    assert STRICT.for_text(100_000) == STRICT


def briefing(project: Path, *options: str) -> subprocess.CompletedProcess[str]:
    words = [
        sys.executable,
        "-m",
        "builder",
        "build",
        str(project),
        "-d",
        str(project.parent / "out"),
    ]
    return subprocess.run([*words, *options], capture_output=True, text=True, timeout=90)


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_a_limit_is_told_in_the_form_that_was_asked_for(form: str, tmp_path: Path) -> None:
    done = briefing(make(tmp_path / "p", BASE), "--format", form, "--limits", "memory=150")

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    if form == "json":
        told = json.loads(done.stdout)
        assert [d["code"] for d in told["diagnostics"]] == ["limit-reached"]
        assert told["outputs"] == []
    else:
        assert "limit-reached" in done.stdout + done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_build_that_is_stopped_ends_in_good_order(number: int, code: int, tmp_path: Path) -> None:
    project = make(tmp_path / "p", BASE)
    words = [sys.executable, "-m", "builder", "build", str(project), "-d", str(tmp_path / "out")]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env=environment)
    while not list(tmp_path.glob("briefing-*")):
        time.sleep(0.01)
    time.sleep(0.5)

    process.send_signal(number)
    _, told = process.communicate(timeout=60)

    assert (process.returncode, told) == (code, "interrupted; the outputs are as they were\n")
    assert [p.name for p in tmp_path.iterdir()] == ["p"]
