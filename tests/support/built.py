"""Projects built once a run, for the tests that look at finished files."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from builder.build import prepare, write_format
from builder.diagnostics import Diagnostics
from builder.job import Job
from builder.writers.base import Artifact
from builder.writers.pdf import Laid
from tests.support.page_places import Places
from tests.support.pdf_tree import TaggedPdf

ROOT = Path(__file__).parents[2]
TORTURE = ROOT / "tests" / "fixtures" / "torture"
SHIPPED = ROOT / "content" / "israel-azerbaijan"
STRESS = ROOT / "tests" / "fixtures" / "stress"
EXAMPLE = ROOT / "builder" / "example" / "policy-brief"


@cache
def built(project: Path, name: str) -> Artifact:
    """Build one format of a project; fails where anything but a note was found."""
    return _made(project, name)[0]


@cache
def tagged(project: Path) -> tuple[TaggedPdf, Any]:
    """Give a project's PDF, taken apart, with the HTML tree of which it was made."""
    artifact, places = _made(project, "pdf")
    assert places is not None
    return TaggedPdf(artifact.data), places.root


@cache
def places_in(project: Path) -> Places:
    """Give where everything stands in a project's PDF."""
    places = _made(project, "pdf")[1]
    assert places is not None
    return places


@cache
def _made(project: Path, name: str) -> tuple[Artifact, Places | None]:
    log = Diagnostics()
    taken: list[Places] = []
    write = Laid.pdf

    def watch(laid: Laid, *arguments: Any) -> bytes:
        taken.append(Places.of(laid))
        return write(laid, *arguments)

    with patch.object(Laid, "pdf", watch):
        artifact = write_format(name, prepare(Job(project), log), log)
    assert not log.has_errors, "\n".join(map(str, log))
    assert not log.has_warnings, "\n".join(map(str, log))
    return artifact, taken[-1] if taken else None
