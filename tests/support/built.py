"""Projects built once a run, for the tests that look at finished files."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Literal
from unittest.mock import patch

from builder.build import prepare, write_format
from builder.diagnostics import Diagnostics
from builder.job import Job
from builder.writers.base import Artifact
from builder.writers.pdf_sheets import Easel, Painted
from tests.support.page_places import Places
from tests.support.pdf_tree import TaggedPdf
from tests.support.shared import shared

Paper = Literal["a4", "letter"]

ROOT = Path(__file__).parents[2]
TORTURE = ROOT / "tests" / "fixtures" / "torture"
SHIPPED = ROOT / "content" / "israel-azerbaijan"
STRESS = ROOT / "tests" / "fixtures" / "stress"
EXAMPLE = ROOT / "builder" / "example" / "policy-brief"


@cache
def built(project: Path, name: str) -> Artifact:
    """Build one format of a project; fails where anything but a note was found."""
    return shared(f"built {project} {name}", lambda: _made(project, name)[0])


@cache
def tagged(project: Path) -> tuple[TaggedPdf, Any]:
    """Give a project's PDF, taken apart, with the HTML tree of which it was made."""
    artifact, places = _made(project, "pdf")
    assert places is not None
    return TaggedPdf(artifact.data), places.root


@cache
def places_in(project: Path, paper: Paper | None = None) -> Places:
    """Give where everything stands in a project's PDF, on its paper or another."""
    places = _made(project, "pdf", paper)[1]
    assert places is not None
    return places


@cache
def _made(project: Path, name: str, paper: Paper | None = None) -> tuple[Artifact, Places | None]:
    log = Diagnostics()
    prepared = prepare(Job(project), log)
    if paper:
        meta = replace(prepared.document.meta, paper=paper)
        prepared = replace(prepared, document=replace(prepared.document, meta=meta))
    taken: list[Places] = []
    parts: dict[int, tuple[Any, Sequence[Any]]] = {}
    paint = Easel.paint

    def watch(
        easel: Easel, root: Any, pages: Sequence[Any], before: int = 0, part: int = 0, turn: int = 0
    ) -> Painted:
        parts[part] = root, [seen(page) for page in pages]
        return paint(easel, root, pages, before, part, turn)

    with patch.object(Easel, "paint", watch):
        artifact = write_format(name, prepared, log)
    if parts:
        taken.append(Places.of(*joined([parts[part] for part in sorted(parts)])))
    assert not log.has_errors, "\n".join(map(str, log))
    assert not log.has_warnings, "\n".join(map(str, log))
    return artifact, taken[-1] if taken else None


def seen(page: Any) -> Any:
    """Hold what is on a page: painting lets it go."""
    box = copy(page._page_box)
    box.children = tuple(page._page_box.children)
    return box


def joined(parts: Sequence[tuple[Any, Sequence[Any]]]) -> tuple[Any, list[Any]]:
    """Put the HTML of a report's parts into one tree, and all its pages into one list."""
    whole = parts[0][0]
    body = whole.find("body")
    for root, _ in parts[1:]:
        body.extend(list(root.find("body")))
    return whole, [box for _, pages in parts for box in pages]
