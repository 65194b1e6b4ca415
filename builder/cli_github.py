"""Findings as GitHub shows them beside the lines of a pull request."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from builder.diagnostics import Diagnostic, Diagnostics, Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def annotate(log: Diagnostics, project: Path, here: Path) -> Iterator[str]:
    """Give one workflow command a finding; paths are relative to `here`, the repository."""
    for diagnostic in log.sorted():
        places = ",".join(
            f"{key}={_property(value)}" for key, value in _places(diagnostic, project, here)
        )
        text = diagnostic.message
        if diagnostic.hint:
            text += f"\nhint: {diagnostic.hint}"
        yield f"::{_COMMANDS[diagnostic.severity]} {places}::{_data(text)}"


def _places(diagnostic: Diagnostic, project: Path, here: Path) -> Iterator[tuple[str, str]]:
    at = diagnostic.at
    if at.file:
        yield "file", Path(os.path.relpath(project / at.file, here)).as_posix()
    if at.line:
        yield "line", str(at.line)
        yield "col", str(at.column or 1)
    yield "title", diagnostic.code.value


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
