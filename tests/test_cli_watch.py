"""`briefing watch` as its users run it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest

from builder.build import build
from builder.example import make_project
from builder.job import Job

LATE = 600.0
"""Seconds until something hangs: a process beside busy ones may be left waiting for minutes."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a command says, line by line."""

    running: subprocess.Popen[str]
    lines: Queue[str | None]  # None: it has ended

    def until(self, words: str) -> list[str]:
        """Give the lines up to the one that holds some words.

        Where none does, it is told whether the command has ended, and if not, where it hangs.
        """
        found: list[str] = []
        while not found or words not in found[-1]:
            try:
                line = self.lines.get(timeout=LATE)
            except Empty:
                self.running.send_signal(signal.SIGABRT)  # it prints where its threads are
                while (line := self.lines.get()) is not None:
                    found.append(line)
            if line is None:
                told = "\n".join(found)
                pytest.fail(f"{words!r} was not said; it ended {self.running.wait()}\n{told}")
            found.append(line)
        return found


@contextmanager
def watching(project: Path, *options: str) -> Iterator[Heard]:
    """Run the command; hear its lines as they come."""
    command = [sys.executable, "-X", "faulthandler", "-m", "builder", "watch", str(project)]
    running = subprocess.Popen(
        [*command, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    lines: Queue[str | None] = Queue()

    def read() -> None:
        assert running.stdout is not None
        for line in running.stdout:
            lines.put(line.rstrip())
        lines.put(None)

    reader = Thread(target=read)
    reader.start()
    try:
        yield Heard(running, lines)
    finally:
        running.kill()
        running.wait()
        reader.join()
        assert running.stdout is not None
        running.stdout.close()


def test_it_builds_reports_recovers_and_ends_in_good_order(tmp_path: Path) -> None:
    project, out = tmp_path / "x", tmp_path / "out"
    make_project(project, "policy-brief")
    section = project / "sections" / "02-the-problem.md"
    good = section.read_text("utf-8")
    with watching(project, "-t", "pptx", "-d", str(out)) as heard:
        heard.until("watching")
        first = (out / "x.pptx").read_bytes()

        section.write_bytes(b"\x89PNG\x00\xff binary")
        told = heard.until("not built")
        assert any("sections/02-the-problem.md:1:1: error[file-unreadable]" in t for t in told)
        assert (out / "x.pptx").read_bytes() == first

        section.unlink()
        heard.until("not built")

        section.write_text(good.replace("takeaway: ", "takeaway: Indeed, ", 1), "utf-8")
        heard.until("built ")
        assert (out / "x.pptx").read_bytes() != first

        heard.running.send_signal(signal.SIGINT)
        heard.until("stopped")
        assert heard.running.wait(LATE) == 0


def test_a_file_of_20_megabytes_is_told_and_the_outputs_stay(tmp_path: Path) -> None:
    project, out = tmp_path / "x", tmp_path / "out"
    make_project(project, "policy-brief")
    section = project / "sections" / "02-the-problem.md"
    good = section.read_bytes()
    with watching(project, "-t", "pptx", "-d", str(out)) as heard:
        heard.until("watching")
        first = (out / "x.pptx").read_bytes()

        section.write_bytes(good + b"\n\nWater runs through pipes, and some is lost.\n" * 500_000)
        # A slow machine sees the file while it is still being written, and says other things first.
        heard.until("it has 23 MB, more than the 5 MB that are read")
        told = heard.until("not built")

        assert any("hint: divide it into smaller files" in line for line in told)
        assert (out / "x.pptx").read_bytes() == first
        section.write_bytes(good)
        heard.until("nothing in the outputs has changed")
        assert heard.running.poll() is None


def test_two_editors_that_save_at_once_end_with_what_is_on_the_disk(tmp_path: Path) -> None:
    project, out = tmp_path / "x", tmp_path / "out"
    make_project(project, "policy-brief")
    section, settings = project / "sections" / "02-the-problem.md", project / "briefing.yml"
    good, titled = section.read_bytes(), settings.read_text("utf-8")

    def save(name: str, path: Path, text: bytes) -> None:
        for number in range(15):
            beside = path.with_name(f".{path.name}.{name}")  # by renaming, as editors do
            beside.write_bytes(text + f"\n# {name} {number}\n".encode())
            os.replace(beside, path)

    with watching(project, "-t", "pptx", "-d", str(out)) as heard:
        heard.until("watching")
        both = [
            Thread(target=save, args=("one", settings, titled.encode())),
            Thread(target=save, args=("two", settings, titled.encode())),
        ]
        for editor in both:
            editor.start()
        for editor in both:
            editor.join()
        new = good.replace(b"takeaway: ", b"takeaway: In the end, ", 1)
        section.write_bytes(new)
        heard.until("sections/02-the-problem.md changed")
        heard.until(" in ")  # built in … s, or: nothing in the outputs has changed since
        assert heard.running.poll() is None
    built = build(Job(project, ("pptx",), tmp_path / "again"))
    assert (out / "x.pptx").read_bytes() == built.paths[0].read_bytes()


def test_without_a_project_it_says_so(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "builder", "watch", str(tmp_path / "none")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1 and "error[project-missing]" in done.stderr
