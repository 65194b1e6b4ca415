"""What a batch shows while it runs: lines, or a bar on a terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import sys
import termios
import time
from contextlib import suppress

import pytest

from builder.cli_batch import Lines, progress


def test_without_a_terminal_a_line_is_told_now_and_then() -> None:
    times = iter([0.0, 5.0, 12.0, 13.0, 30.0])
    lines: list[str] = []
    told = Lines(lines.append, lambda: next(times))

    for done in (0, 10, 20, 25, 60):
        told(done, 60)

    assert lines == [
        "20 of 60, 100 a minute, 0:24 left",
        "60 of 60, 120 a minute, 0:00 left",
    ]


def test_on_a_terminal_a_bar_grows_and_is_full_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is shown is read off a terminal of the test's own."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    with os.fdopen(theirs, "w", encoding="utf-8") as terminal, monkeypatch.context() as screen:
        screen.setattr(sys, "stderr", terminal)
        with progress(quiet=False) as told:
            told(10, 60)  # ten were there before
            time.sleep(0.01)
            for done in (11, 59, 60):
                told(done, 60)
        terminal.flush()
        shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", _read(ours))
    os.close(ours)

    assert "60/60" in shown and "a minute, 0:00 left" in shown
    assert "0:00:0" in shown  # the time that went by


def _read(terminal: int) -> str:
    """Read all that a terminal shows by now."""
    os.set_blocking(terminal, False)
    shown = b""
    with suppress(BlockingIOError):
        while piece := os.read(terminal, 4096):
            shown += piece
    return shown.decode()


def test_quiet_shows_no_bar_and_no_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("builder.cli_batch.SECONDS_A_LINE", 0)
    with progress(quiet=True) as told:
        told(0, 60)
        told(60, 60)

    assert capsys.readouterr() == ("", "")


def test_a_batch_of_very_many_tells_a_hundred_lines_at_most() -> None:
    lines: list[str] = []
    clock = iter(range(0, 10_000_000, 11))
    told = Lines(lines.append, lambda: float(next(clock)))

    for done in range(20_001):
        told(done, 20_000)

    assert len(lines) == 100
