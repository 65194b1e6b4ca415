"""What is long becomes smaller, then runs on, and is diagnosed at last."""

from __future__ import annotations

import pytest

from builder.deck.fit import takeaway_fits
from builder.deck.measure import Ruler, indent, paragraph_look
from builder.deck.model import TimelinePlan
from builder.deck.text import paragraphs
from builder.document.nodes import BulletList, Metadata, Table, Text, Timeline
from builder.units import Length
from tests.deck.decks import deck, deck_with_findings, inside, layouts, outline, theme

LONG = "a sentence of some length that takes more than one line at the size of the slide "


def bullets(count: int, text: str = LONG) -> str:
    points = "\n".join(f"- {number} {text}" for number in range(count))
    return f"::: {{.slide}}\n# A title\n\n{points}\n:::"


def test_few_words_stand_larger_and_more_loosely() -> None:
    slot = layouts()["bullets"].slots["body"]
    few, more = (
        inside(deck(bullets(n, text)))[0].slot("body") for n, text in ((2, "short"), (5, LONG))
    )

    assert few is not None and more is not None
    assert few.size == slot.grow > slot.style.size >= more.size
    assert few.spread == slot.spread > more.spread


def test_no_paragraph_ends_with_a_single_word() -> None:
    text = "- Non-alignment and the partnership programme keep Azerbaijan flexible and a little lonelier\n- Two"
    body = inside(deck(f"::: {{.slide}}\n# A title\n\n{text}\n:::"))[0].slot("body")

    assert body is not None
    slot, ruler = layouts()["bullets"].slots["body"], Ruler(theme())
    for paragraph in paragraphs(body.blocks):
        style, size = paragraph_look(paragraph, slot, body.size, theme())
        room = Length(slot.room.width - indent(paragraph, slot))
        assert ruler.last_words(paragraph.runs, style, size, room) == ()


def test_all_parts_of_a_text_that_runs_on_have_one_size() -> None:
    sizes = {f.size for s in inside(deck(bullets(14))) for f in s.texts if f.slot == "body"}

    assert len(sizes) == 1


def test_an_item_that_no_slide_holds_is_divided_between_what_stands_below_it() -> None:
    below = "\n".join(f"    - {n} {LONG}" for n in range(14))
    made = deck(f"::: {{.slide}}\n# A title\n\n- The first\n{below}\n:::")

    assert outline(made) == ["bullets: A title (1/2)", "bullets: A title (2/2)"]


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


ENDLESS = "Watch the interests: oil, pressure on the border and the patience of the neighbours"


def lines_of_cover(title: str) -> tuple[int, Length]:
    """Give the lines that a cover's title takes, and its size."""
    made = deck("---\ntitle: T\nkey-points: [a]\n---\n", meta=Metadata("t", title))
    filled, slot = made.slides[0].slot("title"), layouts()["title"].slots["title"]
    assert filled is not None and filled.size is not None
    found = paragraphs(filled.blocks)
    extent = Ruler(theme()).extent(found, slot, filled.size, slot.room.width)
    return extent.lines, filled.size


def test_a_long_title_on_the_cover_becomes_smaller_before_it_takes_a_third_line() -> None:
    usual = layouts()["title"].slots["title"].style.size
    title = "A quiet partnership between two distant capitals"

    lines, size = lines_of_cover(title)

    assert lines == 2
    assert size < usual


def test_a_title_too_long_for_two_lines_at_the_minimum_takes_three() -> None:
    assert lines_of_cover(ENDLESS)[0] == 3
