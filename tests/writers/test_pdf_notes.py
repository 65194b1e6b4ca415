"""No note is lost where its line stands only because other notes went to the next page."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

import pytest
import weasyprint
import weasyprint.layout.block

from builder.writers.pdf_notes import kept_notes

STYLE = """
@page { size: 300px 200px; margin: 10px }
body, p { margin: 0; font: 10px/20px monospace; orphans: 2; widows: 2 }
span { float: footnote }
"""


def notes(gap: int, hook: Callable[[], AbstractContextManager[None]]) -> list[list[str]]:
    """Give the notes of each page below two paragraphs, the first of which starts after a gap."""
    return notes_of(
        f"<div style='height: {gap}px'></div>"
        "<p>Before<span>first</span> and<span>second</span></p>"
        "<p>one<br>two<span>third</span><span>fourth</span><br>three<br>four</p>",
        hook,
    )


def notes_of(body: str, hook: Callable[[], AbstractContextManager[None]]) -> list[list[str]]:
    """Give the notes of each page."""
    with hook():
        pages = weasyprint.HTML(string=f"<style>{STYLE}</style>{body}").render().pages
    areas = [
        [area for area in page._page_box.children if type(area).__name__ == "FootnoteAreaBox"]
        for page in pages
    ]
    return [[note.element.text for area in found for note in area.children] for found in areas]


def test_the_hook_is_where_it_was() -> None:
    names = list(inspect.signature(weasyprint.layout.block._linebox_layout).parameters)

    assert names[:5] == ["context", "box", "index", "child", "new_children"]


def test_weasyprint_alone_loses_the_notes_of_such_a_line() -> None:
    assert notes(60, nullcontext) == [["first"], ["second"]]  # else the hook has had its day


def test_the_paragraph_goes_to_the_next_page_and_the_notes_stay_with_their_calls() -> None:
    assert notes(60, kept_notes) == [["first", "second"], ["third", "fourth"]]


TALL = (
    f"<p style='line-height: 25px'>one<span style='line-height: 20px'>first{'<br>more' * 5}</span>"
    "<br>two<span>second</span><span>third</span><br>three<br>four</p>"
)


def test_at_the_top_of_a_page_notes_go_to_the_next_one_and_none_is_lost() -> None:
    assert notes_of(TALL, nullcontext) == [[], ["first"], []]  # else the hook has had its day
    assert notes_of(TALL, kept_notes) == [[], ["first", "second", "third"], []]


@pytest.mark.parametrize("gap", range(0, 100, 5))
def test_every_note_is_shown_once_and_in_order_wherever_the_page_ends(gap: int) -> None:
    shown = [note for page in notes(gap, kept_notes) for note in page]

    assert shown == ["first", "second", "third", "fourth"]


def test_the_hook_is_taken_off_again() -> None:
    before = weasyprint.layout.block._linebox_layout
    with kept_notes():
        assert weasyprint.layout.block._linebox_layout is not before

    assert weasyprint.layout.block._linebox_layout is before


def on_the_first_page(hook: Callable[[], AbstractContextManager[None]]) -> int:
    """Count the notes of three lines that stand on the page of their calls, of twelve."""
    style = """
    @page { size: 300px 600px; margin: 13.7px; @footnote { border-top: .33px solid } }
    body, p { margin: 0; font: 10px/12px monospace; orphans: 1; widows: 1 }
    span { float: footnote; font-size: 7px; line-height: 9.1px; margin-bottom: 1.3px;
           footnote-policy: line }
    """
    note = "<p>word<span>first<br>second<br>third</span></p>"
    with hook():
        page = weasyprint.HTML(string=f"<style>{style}</style>{note * 12}").render().pages[0]
    return len(page._page_box.children[1].children)


def test_a_rounding_sends_no_note_away_that_there_is_room_for() -> None:
    assert on_the_first_page(nullcontext) == 3  # else the hook has had its day
    assert on_the_first_page(kept_notes) == 12
