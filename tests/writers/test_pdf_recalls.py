"""Footnotes that are called more than once stand in the PDF once."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from builder.writers.pdf_pages import first_calls
from builder.writers.pdf_recalls import call_again
from tests.support.outputs import pdf_words
from tests.support.paper import printed
from tests.support.reading import read

TWICE = "One[^n] two^[Other words.] three[^n].\n\n[^n]: The note's words."


def test_the_note_is_printed_once_and_later_calls_have_its_number() -> None:
    shown = pdf_words(printed(read(TWICE)))

    assert shown.count("The note’s words.") == 1
    assert re.search(r"One ?1 ?two ?2 ?three ?1\.", shown), shown


def test_a_call_before_the_text_in_a_box_keeps_to_the_order_of_the_page() -> None:
    boxed = "Text[^n].\n\n::: {.key-points}\n- Point[^n]\n:::\n\nMore[^n].\n\n[^n]: The note.\n"

    assert pdf_words(printed(read(boxed))).count("The note.") == 1


def test_two_calls_with_a_space_between_them_have_a_comma() -> None:
    shown = pdf_words(printed(read("Word^[One.] ^[Two.] on.")))

    assert re.search(r"Word ?1,2 on", shown), shown


@pytest.mark.parametrize("before", [0, 7])
def test_numbers_go_on_behind_the_sections_before(before: int) -> None:
    root = ElementTree.fromstring(
        f'<html><body data-notes="{before}"><p>a<span class="fn">x</span> '
        'b<span class="fn" data-note="n 1">y<i>z</i></span>! '
        'c<span class="fn" data-note="n 1">y<i>z</i></span>? '
        'd<span class="fn" data-note="n 2">w</span></p></body></html>'
    )
    call_again(root)

    link = root.find(".//a")
    assert link is not None
    assert (link.text, link.get("href"), link.tail) == (
        f"{before + 2}",
        f"#note-{before + 2}",
        "? d",
    )
    assert [note.get("id") for note in root.iter("span")] == [None, f"note-{before + 2}", None]


def test_notes_are_counted_once_each_for_a_part_of_the_report() -> None:
    section = read(f"Again[^n]. {TWICE}").sections[0]

    assert len(first_calls(section)) == 2
