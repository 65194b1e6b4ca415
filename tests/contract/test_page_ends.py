"""Page ends of the shipped briefing and the torture document, as an editor goes through them."""

from __future__ import annotations

from itertools import product
from xml.etree import ElementTree

import pytest

from tests.support.built import SHIPPED, TORTURE, Paper, places_in
from tests.support.page_places import Piece, Places

FRONT, BACK = 3, 1
"""Pages whose emptiness is meant: cover, about and contents; the back cover."""


REPORTS = [
    pytest.param(
        (project, paper),
        id=f"{project.name}-{paper}",
        marks=pytest.mark.long if (project, paper) == (TORTURE, "letter") else (),
    )
    for project, paper in product([SHIPPED, TORTURE], ["a4", "letter"])
]


@pytest.fixture(params=REPORTS)
def report(request: pytest.FixtureRequest) -> Places:
    """Give where everything stands in a report, on each paper."""
    return places_in(*request.param)


@pytest.mark.parametrize("paper", ["a4", pytest.param("letter", marks=pytest.mark.long)])
def test_figures_are_within_a_page_of_the_words_that_first_name_them(paper: Paper) -> None:
    far, count = places_in(SHIPPED, paper).far_figures()

    assert far == []
    assert count >= 4


def test_no_heading_stands_at_the_foot_of_a_page(report: Places) -> None:
    low, count = report.low_headings()

    assert low == []
    assert count >= 10


def test_no_page_has_only_a_line_or_two(report: Places) -> None:
    stubs, count = report.stubs(FRONT, max(report.lines) + 1 - BACK)

    assert stubs == []
    assert count >= 15


def test_no_box_is_cut_where_a_page_has_room_for_it(report: Places) -> None:
    cut, count = report.split_boxes()

    assert cut == []
    assert count >= 10


def test_notes_stand_on_the_page_of_their_call(report: Places) -> None:
    parted, count = report.parted_notes()

    assert len(parted) <= 0.05 * count, parted
    assert count >= 17


# ---------------------------------------------------------------- the checks find faults


PAGE = """
<html><body><section>
<h2>Head</h2><p>See <a class="xref" href="#fig-a">Figure 1</a><span class="fn">Note</span>.</p>
<div class="key side"><p>Box</p></div><figure id="fig-a"/>
</section></body></html>
"""


def places(**pages: list[Piece]) -> Places:
    """Give where elements stand, by their names; all others are at the top of the first page."""
    found = Places(ElementTree.fromstring(PAGE))
    for element in found.root.iter():
        found.pieces[id(element)] = pages.get(element.tag, [Piece(0, 0.0, 0.1)])
    return found


@pytest.mark.parametrize(("page", "far"), [(0, 0), (1, 0), (2, 1), (5, 1)])
def test_a_figure_two_pages_behind_its_words_is_far(page: int, far: int) -> None:
    found, count = places(figure=[Piece(page, 0.0, 0.5)]).far_figures()

    assert (len(found), count) == (far, 1)


def test_a_heading_with_nothing_below_it_is_found() -> None:
    low = {"p": [Piece(1, 0.0, 0.1)], "a": [], "div": [], "figure": [], "span": []}
    at_foot = places(h2=[Piece(0, 0.9, 0.95)], **low)
    followed = places(h2=[Piece(0, 0.8, 0.85)], **{**low, "p": [Piece(0, 0.85, 0.95)]})

    assert at_foot.low_headings() == (["'Head' at the foot of page 1"], 1)
    assert followed.low_headings() == ([], 1)


def test_a_box_on_two_pages_is_cut_unless_it_is_taller_than_one() -> None:
    cut = places(div=[Piece(0, 0.8, 1.0), Piece(1, 0.0, 0.2)])
    tall = places(div=[Piece(0, 0.2, 1.0), Piece(1, 0.0, 0.4)])

    assert cut.split_boxes() == (["'Box' on pages [1, 2]"], 1)
    assert tall.split_boxes() == ([], 1)


def test_a_page_of_two_lines_is_a_stub_unless_a_figure_is_on_it() -> None:
    found = places()
    found.lines.update({0: {1.0, 2.0}, 1: {1.0, 2.0, 3.0}, 2: {1.0}})
    found.drawn.add(2)

    assert found.stubs(0, 3) == (["page 1 has 2 lines"], 3)


def test_a_note_on_another_page_than_its_call_is_found() -> None:
    found = places()
    note = next(e for e in found.root.iter("span"))
    found.calls[id(note)], found.notes[id(note)] = 3, 4

    assert found.parted_notes() == (["Note"], 1)
