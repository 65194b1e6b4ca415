"""What is long becomes smaller, then runs on, and is diagnosed at last."""

from __future__ import annotations

import random

import pytest

from builder.deck.fit import takeaway_fits
from builder.deck.measure import Ruler
from builder.deck.model import Deck, TablePlan, TimelinePlan
from builder.deck.tables import table_box
from builder.deck.text import paragraphs
from builder.document.nodes import BulletList, Table, Text, Timeline
from builder.units import Length
from tests.deck.decks import deck, deck_with_findings, inside, layouts, outline, theme

LONG = "a sentence of some length that takes more than one line at the size of the slide "


def bullets(count: int, text: str = LONG) -> str:
    points = "\n".join(f"- {number} {text}" for number in range(count))
    return f"::: {{.slide}}\n# A title\n\n{points}\n:::"


def overflowing(made: Deck) -> list[str]:
    """Name every text that is higher than its slot, or has more lines than it may."""
    ruler, found = Ruler(theme()), []
    for slide in made.slides:
        for filled in slide.texts:
            slot = layouts()[slide.layout].slots[filled.slot]
            width = Length(slot.room.width - filled.narrow)
            extent = ruler.extent(paragraphs(filled.blocks), slot, filled.size, width)
            high = extent.height + filled.spread * (len(paragraphs(filled.blocks)) - 1)
            if high > slot.room.height or (slot.lines and extent.lines > slot.lines):
                found.append(f"{slide.title}: {filled.slot}")
        if isinstance(slide.plan, TablePlan):
            layout = layouts()[slide.layout]
            room = table_box(layout, below_subtitle=slide.slot("subtitle") is not None).height
            if slide.plan.head + sum(slide.plan.rows) > room:
                found.append(f"{slide.title}: table")
    return found


def test_short_text_keeps_the_layouts_size() -> None:
    body = inside(deck(bullets(2, "short")))[0].slot("body")

    assert body is not None
    assert body.size == layouts()["bullets"].slots["body"].style.size


def test_longer_text_becomes_smaller_before_it_runs_on() -> None:
    made = deck(bullets(7))
    body = inside(made)[0].slot("body")

    assert outline(made) == ["bullets: A title"]
    assert body is not None
    assert body.size < layouts()["bullets"].slots["body"].style.size


def test_what_does_not_fit_runs_on_between_items_in_parts_of_like_height() -> None:
    made = deck(bullets(14))

    assert outline(made) == ["bullets: A title (1/2)", "bullets: A title (2/2)"]
    lists = [slide.slot("body") for slide in inside(made)]
    counts = [
        len(b.items) for text in lists if text for b in text.blocks if isinstance(b, BulletList)
    ]
    assert counts == [7, 7]


def test_one_item_that_no_slide_holds_is_an_error_at_its_line() -> None:
    _, found = deck_with_findings(bullets(1, LONG * 40))

    assert len(found) == 1
    assert found[0].startswith("7 error[slide-overfull] '0 a sentence of some length")


def test_a_table_runs_on_with_its_head_repeated() -> None:
    rows = "\n".join(f"| {number} | words |" for number in range(25))
    made = deck(f"| No. | What |\n| --- | --- |\n{rows}\n\n: The caption\n")
    parts = [slide.graphic for slide in inside(made) if isinstance(slide.graphic, Table)]

    assert len(parts) == 3
    assert all(part.head for part in parts)
    assert [row.cells[0].content for part in parts for row in part.rows] == [
        (Text(str(number)),) for number in range(25)
    ]


def test_the_head_of_a_group_stays_with_its_first_row() -> None:
    rows = "\n".join(f"| Land {n} ||\n| tank | {n} |" for n in range(12))
    made = deck(f"| System | Number |\n| --- | --- |\n{rows}\n\n: The caption\n")
    parts = [slide.graphic for slide in inside(made) if isinstance(slide.graphic, Table)]

    assert len(parts) > 1
    assert all(len(part.rows[-1].cells) == 2 for part in parts)


@pytest.mark.parametrize("count", range(3, 13))
def test_labels_of_a_timeline_never_touch(count: int) -> None:
    rows = "\n".join(
        f"| {1990 + n} | {('left', 'right', 'step')[n % 3]} | Some event | which had a detail |"
        for n in range(count)
    )
    made = deck(
        "::: {.timeline left=Above right=Below}\nThe title\n\n| Date | Lane | Event | Detail |\n"
        f"| --- | --- | --- | --- |\n{rows}\n:::"
    )
    shown = 0
    for slide in inside(made):
        assert isinstance(slide.plan, TimelinePlan)
        assert isinstance(slide.graphic, Timeline)
        boxes = [stop.label for axis in slide.plan.axes for stop in axis.stops]
        shown += len(boxes)
        for place, one in enumerate(boxes):
            for two in boxes[place + 1 :]:
                apart = one.right <= two.x or two.right <= one.x
                assert apart or one.bottom <= two.y or two.bottom <= one.y
    assert shown == count


def test_a_takeaway_of_two_lines_fits_and_a_longer_one_does_not() -> None:
    assert takeaway_fits((Text("An assertion of about two lines " * 4),), theme(), layouts())
    assert not takeaway_fits((Text("An assertion of about two lines " * 6),), theme(), layouts())


def test_a_title_that_is_too_long_is_cut_and_said_in_full_in_the_notes() -> None:
    title = "An assertion that never ends " * 9
    slide = inside(deck(f"::: {{.slide}}\n# {title}\n\nwords\n:::"))[0]

    assert slide.title.endswith(" …")
    assert title.strip() in str(slide.notes[0])


def test_nothing_overflows_on_random_slides() -> None:
    chance = random.Random(5)
    words = [
        "Israel",
        "şəhəri",
        "сотрудничество",
        "Donaudampfschifffahrtsgesellschaft",
        "güvenlik",
        "of",
        "a",
    ]

    def some(most: int) -> str:
        return " ".join(chance.choice(words) for _ in range(chance.randint(1, most)))

    slides = []
    for number in range(40):
        points = "\n".join(
            f"- {some(25)}" + (f"\n  - {some(12)}" if chance.random() < 0.3 else "")
            for _ in range(chance.randint(1, 14))
        )
        columns = chance.randint(2, 6)
        table = "\n".join(
            "| " + " | ".join(some(3) for _ in range(columns)) + " |"
            for _ in range(chance.randint(1, 20))
        )
        body = (
            points
            if number % 2
            else f"{table.splitlines()[0]}\n|{' --- |' * columns}\n{table}\n\n: {number}"
        )
        slides.append(f"::: {{.slide}}\n# {number} {some(12)}\n\n{body}\n:::\n")
    made, found = deck_with_findings("\n".join(slides))

    assert found == []
    assert overflowing(made) == []
