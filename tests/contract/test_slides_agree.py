"""The deck as PDF agrees with the deck: line for line, as LibreOffice shows the .pptx."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.support.built import EXAMPLE, ROOT, SHIPPED, TORTURE, built
from tests.support.judges import pdf_fonts, pdf_lines, soffice_to_pdf, verapdf_failures_of

STRESS = ROOT / "tests" / "fixtures" / "stress"
PROJECTS = [SHIPPED, EXAMPLE, TORTURE]
ALIKE = 0.95


def lines(path: Path) -> list[Counter[str]]:
    """Give each page's lines; a minus is a minus, however it is written."""
    return [Counter(line.replace("\u2212", "-") for line in page) for page in pdf_lines(path)]


def share_of_equal_lines(project: Path, folder: Path) -> float:
    deck, pages = folder / "deck.pptx", folder / "slides.pdf"
    deck.write_bytes(built(project, "pptx").data)
    pages.write_bytes(built(project, "slides-pdf").data)
    shown, ours = lines(soffice_to_pdf(deck, folder)), lines(pages)
    assert len(shown) == len(ours) > 5
    equal = sum((one & other).total() for one, other in zip(shown, ours, strict=True))
    return equal / max(sum(page.total() for page in pages_) for pages_ in (shown, ours))


@pytest.mark.parametrize(
    "project",
    [SHIPPED, *(pytest.param(project, marks=pytest.mark.long) for project in (EXAMPLE, TORTURE))],
    ids=lambda p: p.name,
)
def test_lines_are_those_of_the_deck(project: Path, tmp_path: Path) -> None:
    assert share_of_equal_lines(project, tmp_path) >= ALIKE


def test_verapdf_finds_nothing(tmp_path: Path) -> None:
    paths = []
    for project in PROJECTS:
        for name in ("slides-pdf", "handout"):
            paths.append(tmp_path / f"{project.name}-{name}.pdf")
            paths[-1].write_bytes(built(project, name).data)

    assert verapdf_failures_of(paths, "ua1") == [[]] * 6


@pytest.mark.parametrize("name", ["slides-pdf", "handout"])
def test_pages_hold_the_themes_fonts_alone(name: str, tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(built(TORTURE, name).data)

    assert {f for f in pdf_fonts(path) if not f.startswith(("Source", "Noto"))} == set()
