"""Projects built once a run, for the tests that look at finished files."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from builder.build import prepare, write_format
from builder.diagnostics import Diagnostics
from builder.job import Job
from builder.writers.base import Artifact

ROOT = Path(__file__).parents[2]
TORTURE = ROOT / "tests" / "fixtures" / "torture"
SHIPPED = ROOT / "content" / "israel-azerbaijan"
EXAMPLE = ROOT / "builder" / "example" / "project"


@cache
def built(project: Path, name: str) -> Artifact:
    """Build one format of a project; fails where anything but a note was found."""
    log = Diagnostics()
    artifact = write_format(name, prepare(Job(project), log), log)
    assert not log.has_errors, "\n".join(map(str, log))
    assert not log.has_warnings, "\n".join(map(str, log))
    return artifact
