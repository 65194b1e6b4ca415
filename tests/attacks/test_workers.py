"""Work that is endless ends in a finding whoever does it: build, batch, watch, preview."""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from builder.limits import USUAL, Limits, parse_limits
from builder.preview.notices import Done, Findings, Notice, Ready, Wish
from builder.preview.worker import LENGTH
from tests.attacks.arena import BASE, make
from tests.attacks.test_bombs import doubling_style
from tests.test_cli_watch import LATE, watching

QUICK, ROOMY = "seconds=2", "seconds=8"
"""By the clock as well: beside busy processes honest work may need several turns, or more room."""

LONG = pytest.mark.long
BOTH = [QUICK, pytest.param("usual", marks=LONG)]
TURNS = 60


def endless(folder: Path) -> Path:
    return make(folder, {**BASE, **doubling_style()})


def honest(project: Path, turn: int = 0) -> None:
    settings = str(BASE["briefing.yml"]) + f"\n# {turn}\n"
    (project / "briefing.yml").write_text(settings, encoding="utf-8")


def command(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "builder", *words], capture_output=True, text=True, timeout=LATE
    )


@pytest.mark.long
@pytest.mark.parametrize("limits", [ROOMY, "usual"])
def test_a_copy_that_is_endless_fails_and_the_batch_goes_on(limits: str, tmp_path: Path) -> None:
    project = make(tmp_path / "p", {**BASE, **doubling_style()})
    settings = (project / "briefing.yml").read_text()
    plain, _, _ = settings.partition("csl:")
    (project / "briefing.yml").write_text(
        f"{plain}editions:\n  wild: {{csl: x.csl}}\n  calm: {{language: en-GB}}\n"
    )

    done = command(
        *("batch", str(project), "--editions", "all", "-t", "pptx", "-d", str(tmp_path / "out")),
        *("--limits", limits, "-j", "1", "--format", "json"),
    )

    told = json.loads(done.stdout)
    assert done.returncode == 1, done.stderr
    assert (told["batch"]["made"], told["batch"]["failed"]) == (1, 1)
    assert "limit-reached: the work took more than" in told["diagnostics"][0]["message"]
    assert (tmp_path / "out" / "p-calm.pptx").is_file()


@pytest.mark.parametrize("limits", BOTH)
def test_a_watch_outlives_content_that_is_endless(limits: str, tmp_path: Path) -> None:
    project, out = endless(tmp_path / "p"), tmp_path / "out"
    with watching(project, "-t", "pptx", "-d", str(out), "--limits", limits) as heard:
        told = heard.until("watching")
        assert any("error[limit-reached]: the work took more than" in line for line in told)
        assert not out.exists()

        for turn in range(TURNS):
            honest(project, turn)
            heard.until("briefing.yml changed")
            if "not built" not in heard.until("built")[-1]:
                break
        assert (out / "p.pptx").is_file()

        heard.running.send_signal(signal.SIGINT)
        heard.until("stopped")


def worker(project: Path, limits: Limits) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "builder.preview.worker", "desk", str(project), "", ""]
    return subprocess.Popen(
        [*words, json.dumps(asdict(limits))], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def wish(process: subprocess.Popen[bytes], revision: int) -> None:
    body = pickle.dumps(Wish(revision))
    assert process.stdin is not None
    process.stdin.write(LENGTH.pack(len(body)) + body)
    process.stdin.flush()


def notices(process: subprocess.Popen[bytes]) -> Iterator[Notice]:
    """Give what the process tells of one wish."""
    assert process.stdout is not None
    while True:
        (length,) = LENGTH.unpack(process.stdout.read(LENGTH.size))
        notice: Notice = pickle.loads(process.stdout.read(length))
        yield notice
        if isinstance(notice, Done):
            return


@pytest.mark.parametrize("limits", BOTH)
def test_a_preview_tells_of_content_that_is_endless_and_shows_the_next(
    limits: str, tmp_path: Path
) -> None:
    project = endless(tmp_path / "p")
    with worker(project, parse_limits(limits)) as process:
        wish(process, 1)
        found = [n for n in notices(process) if isinstance(n, Findings)]
        assert [(f.code, f.file) for f in found[-1].found] == [("limit-reached", "briefing.yml")]
        assert not found[-1].good

        honest(project)
        shown: list[int] = []
        for turn in range(2, TURNS):
            wish(process, turn)
            shown = [n.revision for n in notices(process) if isinstance(n, Ready)]
            if shown:
                break
        assert len(shown) == 1
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(LATE) == 0


# ---------------------------------------------------------------- whoever's parent is killed


def gone(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


def below(process: int) -> list[int]:
    """Give the processes that one has started, and theirs."""
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found += [child, *below(child)]
    return found


def soon(fact: Callable[[], bool], seconds: float = LATE) -> bool:
    until = time.monotonic() + seconds
    while not fact() and time.monotonic() < until:
        time.sleep(0.05)
    return fact()


ORPHANS = {
    "build": (("build", "{}", "-d", "{}/../out"), 3),
    "check": (("check", "{}"), 1),
    "batch": (
        (
            *("batch", "{}", "--data", "{}/../rows.csv", "--name", "{{who}}"),
            *("-d", "{}/../out", "-j", "2"),
        ),
        3,
    ),
    "watch": (("watch", "{}", "-d", "{}/../out"), 2),
    "preview": (("preview", "{}", "--no-open", "--port", "0"), 3),
}


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks Linux for children")
@pytest.mark.parametrize(
    "name", ["build", *(pytest.param(n, marks=pytest.mark.long) for n in ORPHANS if n != "build")]
)
def test_an_orphan_dies_with_its_parent(name: str, tmp_path: Path) -> None:
    """In the midst of work that would last for minutes."""
    project = endless(tmp_path / "p")
    make(tmp_path, {"rows.csv": "who\n" + "a\nb\nc\nd\n"})
    words, least = ORPHANS[name]
    out = (tmp_path / "told").open("wb")
    environment = {**os.environ, "BRIEFING_PROCESSES": "2"}
    parent = subprocess.Popen(
        [sys.executable, "-m", "builder", *(word.format(project) for word in words)],
        stdout=out,
        stderr=out,
        env=environment,
    )
    try:
        assert soon(lambda: len(below(parent.pid)) >= least), (tmp_path / "told").read_text()
        time.sleep(0.7)
        assert soon(lambda: len(below(parent.pid)) >= least)  # ldconfig may have been one of them
        children = below(parent.pid)

        os.kill(parent.pid, signal.SIGKILL)
        parent.wait(LATE)

        assert soon(lambda: all(gone(child) for child in children))
    finally:
        parent.kill()
        parent.wait()
        out.close()


def test_the_usual_limits_leave_room_on_a_small_machine() -> None:
    assert USUAL.memory is not None and 1_500_000_000 <= USUAL.memory <= 4_000_000_000
