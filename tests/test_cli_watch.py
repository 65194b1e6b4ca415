"""`briefing watch` as its users run it."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from threading import Thread

from builder.example import make_project

SOON = 60.0


@contextmanager
def watching(project: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], Queue[str]]]:
    """Run the command; give its lines as they come."""
    command = [sys.executable, "-m", "builder", "watch", str(project), *options]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    lines: Queue[str] = Queue()

    def read() -> None:
        assert running.stdout is not None
        for line in running.stdout:
            lines.put(line.rstrip())

    reader = Thread(target=read)
    reader.start()
    try:
        yield running, lines
    finally:
        running.kill()
        running.wait()
        reader.join()
        assert running.stdout is not None
        running.stdout.close()


def until(lines: Queue[str], words: str) -> list[str]:
    """Give the lines up to the one that holds some words."""
    found: list[str] = []
    while not found or words not in found[-1]:
        found.append(lines.get(timeout=SOON))
    return found


def test_it_builds_reports_recovers_and_ends_in_good_order(tmp_path: Path) -> None:
    project, out = tmp_path / "x", tmp_path / "out"
    make_project(project, "policy-brief")
    section = project / "sections" / "02-the-problem.md"
    good = section.read_text("utf-8")
    with watching(project, "-t", "pptx", "-d", str(out)) as (running, lines):
        until(lines, "watching")
        first = (out / "x.pptx").read_bytes()

        section.write_bytes(b"\x89PNG\x00\xff binary")
        told = until(lines, "not built")
        assert any("sections/02-the-problem.md:1:1: error[file-unreadable]" in t for t in told)
        assert (out / "x.pptx").read_bytes() == first

        section.unlink()
        until(lines, "not built")

        section.write_text(good.replace("takeaway: ", "takeaway: Indeed, ", 1), "utf-8")
        until(lines, "built ")
        assert (out / "x.pptx").read_bytes() != first

        running.send_signal(signal.SIGINT)
        until(lines, "stopped")
        assert running.wait(SOON) == 0


def test_without_a_project_it_says_so(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "builder", "watch", str(tmp_path / "none")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1 and "error[project-missing]" in done.stderr
