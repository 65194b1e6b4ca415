"""Pages of the real PDF: tables on their side, how full pages are, divided words, search."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import pypdfium2
import pytest

from builder.build import prepare, write_format
from builder.diagnostics import Diagnostics
from builder.document.nodes import Metadata
from builder.job import Job
from builder.passes.editions import for_format
from builder.writers import pdf_shop
from builder.writers.pdf import typeset, write_pdf
from builder.writers.pdf_compositor import Compositor
from builder.writers.pdf_plan import Plan
from builder.writers.pdf_task import Count
from builder.writers.pdf_units import Unit, units_of
from tests.support.page_fill import fills
from tests.support.paper import strand
from tests.support.reading import read

SHIPPED = Path(__file__).parents[2] / "content" / "israel-azerbaijan"
WORDS = "The ministry published the series again, and the numbers differ from earlier ones. " * 5
HEAD = "| Region | Population | Households | Connections | Consumption | Investment | Maintenance "
WIDE = (
    f"{HEAD}| Subscribers | Complaints | Employees | Expenditure |\n|---{'|---:' * 10}|\n"
    + f"| Region-number-one {'| 1,234,567 ' * 10}|\n" * 5
    + "\n: All regions {#tbl-wide}\n"
)
FRONT = 3
"""Cover, about page and contents: their emptiness is meant."""

BACK = 2
"""The back cover, and the page before it, which ends where the references do."""


def pdf(text: str, **changes: object) -> bytes:
    meta = Metadata("test", "A test", date="2026-01-02")
    document = read(text, meta=meta)
    log = Diagnostics()
    made = write_pdf(
        document,
        replace(strand(), **changes),  # type: ignore[arg-type]  # fields of the theme
        log,
        stamp=datetime(2026, 1, 2, tzinfo=UTC),
        read=lambda path: b"",
    )
    assert not list(log), [str(finding) for finding in log]
    return made.data


def pages(data: bytes) -> list[tuple[float, float, str]]:
    """Give width, height and text of each page."""
    document = pypdfium2.PdfDocument(data)
    found = [(*page.get_size(), page.get_textpage().get_text_range()) for page in document]
    document.close()
    return found


def pictures(data: bytes) -> list[Any]:
    """Draw each page."""
    document = pypdfium2.PdfDocument(data)
    drawn = [page.render(scale=0.5).to_pil() for page in document]
    document.close()
    return drawn


def test_a_table_too_wide_for_the_page_stands_on_a_page_on_its_side() -> None:
    made = pages(pdf(f"{WORDS}\n\n{WIDE}\nBehind it. {WORDS}\n"))

    turned = [text for width, height, text in made if width > height]
    assert len(turned) == 1
    assert "All regions" in turned[0]
    assert "A test" in turned[0]  # the running header
    assert "Behind it" not in turned[0]


def test_a_narrow_table_stays_upright() -> None:
    made = pages(pdf("| a | b |\n|---|---|\n| 1 | 2 |\n\n: Small {#tbl-a}\n"))

    assert all(height > width for width, height, _ in made)


def test_held_spaces_are_found_when_spaces_are_typed() -> None:
    document = pypdfium2.PdfDocument(pdf("As in No. 110 and over 5 km, says p. 3.\n"))
    texts = [page.get_textpage() for page in document]

    for words in ("No. 110", "5 km", "p. 3"):
        assert any(text.search(words).get_next() for text in texts), words


@pytest.mark.long
def test_pages_laid_out_apart_are_the_ones_that_the_whole_would_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    prepared = prepare(Job(SHIPPED), Diagnostics())
    document, theme = for_format(prepared.document, "pdf"), prepared.theme
    asked: dict[str, Any] = {"stamp": prepared.stamp, "read": prepared.project.files.read}
    apart = typeset(document, theme, Diagnostics(), **asked)
    plans: list[Plan | None] = []

    def one_unit(*arguments: Any) -> tuple[Unit, ...]:
        units = units_of(*arguments)
        assert len(units) > 3  # else another document must be chosen here
        sections = tuple(name for unit in units for name in unit.sections)
        return (Unit(1, sections, units[0].notes_before, 0.0, is_last=True),)

    def planned(compositor: Compositor, unit: Unit, plan: Plan | None = None) -> Count:
        plans.append(plan)
        return sets(compositor, unit, apart.plan)

    sets = Compositor.set
    monkeypatch.setattr(pdf_shop, "units_of", one_unit)
    monkeypatch.setattr(Compositor, "set", planned)
    whole = typeset(document, theme, Diagnostics(), **asked)

    assert plans == [None]
    assert apart.plan.deferred  # something had been mended
    assert pages(apart.pdf) == pages(whole.pdf)
    assert [p.tobytes() for p in pictures(apart.pdf)] == [p.tobytes() for p in pictures(whole.pdf)]


LONG_WORDS = "Internationalization incomprehensibilities counterrevolutionaries " * 30


@pytest.mark.parametrize("hyphenate", [False, True])
def test_words_are_divided_only_where_the_theme_wants_it(hyphenate: bool) -> None:
    made = pdf(f"{LONG_WORDS}\n", hyphenate=hyphenate)

    text = "\n".join(text for _, _, text in pages(made))
    assert ("-\r\n" in text or "\ufffe" in text or "\u0002" in text) is hyphenate
    assert "\u2010" not in text


@pytest.mark.parametrize("paper", ["a4", pytest.param("letter", marks=pytest.mark.long)])
def test_inner_pages_are_at_least_six_tenths_full(paper: Literal["a4", "letter"]) -> None:
    log = Diagnostics()
    prepared = prepare(Job(SHIPPED), log)
    meta = replace(prepared.document.meta, paper=paper)
    prepared = replace(prepared, document=replace(prepared.document, meta=meta))
    made = write_format("pdf", prepared, log).data
    page = strand().pages[paper]

    filled = fills(made, top=page.top.pt - 4, bottom=page.bottom.pt - 6)

    inner = filled[FRONT:-BACK]
    assert len(inner) > 25
    low = [(n + FRONT + 1, round(f, 2)) for n, f in enumerate(inner) if f < 0.6]
    assert not low
