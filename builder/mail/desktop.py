"""Handing a draft to the desktop's mail program."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from builder.diagnostics import Code, Diagnostics, Span

SECONDS = 15


def open_draft(path: Path, log: Diagnostics) -> None:
    """Open a draft as a double click would; where nothing opens it, that is an error."""
    program = "open" if sys.platform == "darwin" else "xdg-open"
    found = shutil.which(program)
    if found is None:
        _report(path, f"there is no {program} here to open it with", log)
        return
    try:
        done = subprocess.run(
            [found, str(path.resolve())],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return  # it is open: some desktops wait for the program's end
    if done.returncode:
        _report(path, f"{program} could not open it{_why(done.stderr)}", log)


def _report(path: Path, message: str, log: Diagnostics) -> None:
    log.error(
        Code.MAIL_PROGRAM,
        f"the draft is written, but {message}",
        at=Span(str(path)),
        hint="open the file from your mail program",
    )


def _why(told: str) -> str:
    """Give the last line of what a program has told: before it stands what it tried."""
    lines = told.strip().splitlines()
    return f": {' '.join(lines[-1].split())}" if lines else ""
