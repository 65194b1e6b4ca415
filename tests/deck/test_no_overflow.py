"""Nothing runs over, whatever is typed: measured on random slides, and looked at in LibreOffice."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

from builder.deck.layout import Box
from builder.deck.measure import Ruler
from builder.deck.model import Deck, DeckSlide, TablePlan, TimelinePlan
from builder.deck.tables import table_box
from builder.deck.text import paragraphs
from builder.diagnostics import Diagnostics
from builder.document.nodes import Metadata
from builder.units import Length
from builder.writers.powerpoint.deck import presentation
from builder.writers.zip_settle import settle
from tests.deck.decks import deck_with_findings, layouts, theme
from tests.deck.random_slides import slides
from tests.support.judges import soffice_to_pdf

SMALL = ("source", "footer", "number", "date")
A_HUNDRED, A_THOUSAND = 100, 1000
SHOWN = 40
INK_BELOW_LINE = Length.from_pt(3)


def overflows(made: Deck) -> Iterator[str]:
    """Name every text higher than its slot, with too many lines or too small, and every table."""
    ruler = Ruler(theme())
    for slide in made.slides:
        layout = layouts()[slide.layout]
        for text in slide.texts:
            slot = layout.slots[text.slot]
            found = paragraphs(text.blocks)
            width = Length(slot.room.width - text.narrow)
            extent = ruler.extent(found, slot, text.size, width)
            high = extent.height + text.spread * (len(found) - 1)
            if high > slot.room.height or (slot.lines and extent.lines > slot.lines):
                yield f"{slide.title}: {text.slot} runs over"
            if text.size < Length.from_pt(12) and text.slot not in SMALL:
                yield f"{slide.title}: {text.slot} is set in {text.size.pt} points"
        if isinstance(slide.plan, TablePlan):
            room = table_box(layout, below_subtitle=slide.slot("subtitle") is not None)
            if slide.plan.head + sum(slide.plan.rows) > room.height:
                yield f"{slide.title}: the table runs over"
            if sum(slide.plan.widths) > room.width or slide.plan.size < Length.from_pt(12):
                yield f"{slide.title}: the table is too wide or too small"


def checked(count: int, seed: int) -> Deck:
    """Make a deck of random slides; fails where anything runs over or is found fault with."""
    made, found = deck_with_findings(slides(count, seed))
    assert found == []
    assert list(overflows(made)) == []
    assert [t for t, n in Counter(s.title for s in made.slides).items() if n > 1] == []
    return made


def test_nothing_runs_over_on_a_hundred_random_slides() -> None:
    made = checked(A_HUNDRED, seed=1)

    assert len(made.slides) > A_HUNDRED


@pytest.mark.long
def test_nothing_runs_over_on_a_thousand_random_slides() -> None:
    for seed in range(2, 2 + A_THOUSAND // A_HUNDRED):
        checked(A_HUNDRED, seed)


def shown_in_libreoffice(made: Deck, folder: Path) -> list[list[Box]]:
    """Let LibreOffice draw a deck; give the places of all ink of text, slide by slide."""
    path = folder / "random.pptx"
    meta = Metadata("random", made.title, date="2026-01-02")
    data = presentation(made, meta, theme(), layouts(), Diagnostics(), lambda path: b"")
    path.write_bytes(settle(data, datetime(2026, 1, 2, tzinfo=UTC)))
    pages: list[list[Box]] = []
    with pypdfium2.PdfDocument(soffice_to_pdf(path, folder)) as pdf:
        for page in pdf:
            text, height = page.get_textpage(), page.get_height()
            boxes = [text.get_charbox(i) for i in range(text.count_chars())]
            pages.append(
                [
                    Box(*(Length.from_pt(n) for n in (x, height - top, right - x, top - bottom)))
                    for x, bottom, right, top in boxes
                    if right > x and top > bottom
                ]
            )
    return pages


def too_low(slide: DeckSlide, ink: list[Box]) -> bool:
    """Tell whether text stands between the body's end and the footer, or beside the slide."""
    layout = layouts()[slide.layout]
    body = [slot.box.bottom for name, slot in layout.slots.items() if name not in (*SMALL, "title")]
    end, footer = max(body), layout.slots["footer"].box.y
    return any(
        (end + INK_BELOW_LINE < box.bottom < footer) or box.right > layouts().width for box in ink
    )


def drawn_faults(count: int, seed: int, folder: Path) -> list[str]:
    """Give the random slides on which LibreOffice shows text outside its place."""
    made = checked(count, seed)
    chosen = sorted(random.Random(seed).sample(made.slides, min(SHOWN, len(made.slides))), key=str)
    chosen = [s for s in chosen if "footer" in layouts()[s.layout].slots]
    made = replace(made, slides=tuple(chosen))
    pages = shown_in_libreoffice(made, folder)
    assert len(pages) == len(chosen)
    return [s.title for s, ink in zip(chosen, pages, strict=True) if too_low(s, ink)]


def test_libreoffice_shows_random_slides_inside_their_places(tmp_path: Path) -> None:
    assert drawn_faults(A_HUNDRED, 1, tmp_path) == []


def test_text_that_runs_over_would_be_seen_in_libreoffice(tmp_path: Path) -> None:
    points = "\n".join(f"- {n} {'words that fill the line ' * 8}" for n in range(6))
    made, _ = deck_with_findings(f"::: {{.slide}}\n# A title\n\n{points}\n:::")
    slide = made.slides[1]
    larger = tuple(replace(t, size=Length(t.size * 3 // 2)) for t in slide.texts)
    spoilt = replace(made, slides=(replace(slide, texts=larger),))

    assert list(overflows(spoilt)) != []
    assert too_low(spoilt.slides[0], shown_in_libreoffice(spoilt, tmp_path)[0])


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 6))
def test_libreoffice_shows_more_random_slides_inside_their_places(
    seed: int, tmp_path: Path
) -> None:
    assert drawn_faults(A_HUNDRED, seed, tmp_path) == []


@pytest.mark.parametrize("count", range(3, 15))
def test_timelines_of_three_to_fourteen_events_stand_on_one_slide(count: int) -> None:
    rows = "\n".join(
        f"| {1990 + n} | {('left', 'right', 'step')[n % 3]} | Some event | which had a detail |"
        for n in range(count)
    )
    made, found = deck_with_findings(
        "::: {.timeline left=Above right=Below step=Steps}\nThe title\n\n"
        f"| Date | Lane | Event | Detail |\n| --- | --- | --- | --- |\n{rows}\n:::"
    )

    assert found == []
    assert [s.layout for s in made.slides[1:-1]] == ["timeline"]
    plan = made.slides[1].plan
    assert isinstance(plan, TimelinePlan)
    lanes = layouts()["timeline"].areas["lanes"]
    stops = [stop.label for axis in plan.axes for stop in axis.stops]
    assert all(lanes.y <= box.y and box.bottom <= lanes.bottom for box in stops)
    assert plan.size >= Length.from_pt(12)
