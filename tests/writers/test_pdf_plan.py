"""Where pages end: what the plan mends."""

from __future__ import annotations

import re
from dataclasses import replace

from builder.document.nodes import Document
from builder.document.walk import plain
from builder.writers.pdf_plan import MENTION, Place, Plan, Survey, improve, in_order
from tests.support.paper import setting
from tests.support.reading import read

ROOM = 690.0
DATA = {"d.csv": "y,v\n2001,1\n2002,3\n2003,2\n"}
CHART = '::: {.chart #fig-x data="d.csv" type="column" x="y" y="v"}\nThe finding\n:::\n'


def section(text: str) -> Document:
    return read(f"---\ntitle: A section\nid: sec-a\n---\n{text}", files=DATA)


def order(document: Document, plan: Plan) -> str:
    """Give the first words of the section's blocks in the plan's order."""
    return " ".join(
        re.split(r"\W", plain(block) or "FIGURE")[0]
        for block in in_order(document.sections[0].blocks, plan)
    )


def gap_before_figure(empty: float) -> Survey:
    return Survey(
        (
            Place("sec-a", "section short", 0, 0.0, 1.0),
            Place("sec-a", "section short", 1, 0.0, 0.6),
            Place("fig-x", "fig chart", 1, 0.0, 0.4),
        ),
        (empty, 0.4),
    )


def test_text_passes_a_figure_that_leaves_half_a_page_empty() -> None:
    long = "Words and words and words. " * 40
    document = section(f"Before @fig-x.\n\n{CHART}\nOne {long}\n\nTwo {long}\n")

    plan = improve(Plan(), gap_before_figure(0.6), document, setting(document), ROOM)

    assert plan.deferred == {"fig-x": 2}
    assert order(document, plan) == "Before One Two The"


def test_a_small_gap_is_left_alone() -> None:
    document = section(f"Before @fig-x.\n\n{CHART}\nOne {'words ' * 99}\n")

    assert improve(Plan(), gap_before_figure(0.25), document, setting(document), ROOM) == Plan()


def test_figures_that_follow_one_another_move_together_and_keep_their_order() -> None:
    other = CHART.replace("fig-x", "fig-y")
    document = section(f"Before @fig-x.\n\n{CHART}\n{other}\nOne {'words ' * 99}\n\nTwo.\n")

    plan = improve(Plan(), gap_before_figure(0.35), document, setting(document), ROOM)

    assert plan.deferred == {"fig-x": 2, "fig-y": 2}
    assert order(document, plan) == "Before One Two The The"


def test_a_figure_among_the_text_that_passes_moves_with_the_first_one() -> None:
    other = CHART.replace("fig-x", "fig-y").replace("The finding", "Second finding")
    long = "words " * 99
    document = section(f"Before @fig-x.\n\n{CHART}\nOne\n\n{other}\nTwo {long}\n\nThree.\n")

    plan = improve(Plan(), gap_before_figure(0.35), document, setting(document), ROOM)

    assert plan.deferred == {"fig-x": 3, "fig-y": 2}
    assert order(document, plan) == "Before One Two Three The Second"


def test_a_figure_is_far_that_begins_two_pages_behind_its_first_mention() -> None:
    seen = Survey(
        (
            Place("fig-x", MENTION, 0, 0.9, 0.9),
            Place("fig-x", MENTION, 2, 0.0, 0.1),
            Place("fig-y", MENTION, 1, 0.0, 0.1),
            Place("fig-x", "fig chart", 2, 0.2, 0.5),
            Place("fig-y", "fig chart", 2, 0.5, 0.8),
            Place("fig-z", "fig chart", 2, 0.8, 0.9),
        ),
        (0.0, 0.0, 0.0),
    )

    assert seen.far_figures == {"fig-x"}


def test_text_that_would_push_a_tall_figure_a_page_on_does_not_pass() -> None:
    long = "Words and words and words. " * 40
    document = section(f"Before @fig-x.\n\n{CHART}\nOne {long}\n\nTwo {long}\n\nThree {long}\n")
    tall = replace(
        gap_before_figure(0.4),
        places=(
            *gap_before_figure(0.4).places[:2],
            Place("fig-x", "fig timeline", 1, 0.0, 0.9),
        ),
    )

    plan = improve(Plan(), tall, document, setting(document), ROOM)

    assert plan.deferred == {"fig-x": 1}


def test_a_box_passes_with_the_text_that_it_stands_beside() -> None:
    document = section(
        f"Before @fig-x.\n\n{CHART}\n## Head\n\nOne {'words ' * 99}\n\n"
        f"::: {{.key-points}}\n- point\n:::\n\nTwo {'words ' * 400}\n"
    )

    plan = improve(Plan(), gap_before_figure(0.35), document, setting(document), ROOM)

    assert order(document, plan) == "Before Head One point The Two"


def test_what_is_mended_in_one_run_of_sections_does_not_keep_another_from_being_mended() -> None:
    places = [
        (
            Place(f"sec-{n}", "section long", page, 0.0, 1.0),
            Place(f"sec-{n}", "section long", page + 1, 0.0, 0.6),
            Place(f"fig-{n}", "fig chart", page + 1, 0.0, 0.4),
        )
        for n, page in (("a", 0), ("b", 2))
    ]
    seen = Survey(tuple(p for three in places for p in three), (0.5, 0.0, 0.5, 0.0))
    texts = [
        f"---\ntitle: T\nid: sec-{n}\n---\n{CHART.replace('fig-x', f'fig-{n}')}\n{'words ' * 300}\n"
        for n in "ab"
    ]
    parts = [read(text, files=DATA) for text in texts]
    document = replace(parts[0], sections=(*parts[0].sections, *parts[1].sections))

    plan = improve(Plan(), seen, document, setting(document), ROOM)

    assert plan.deferred == {"fig-a": 1, "fig-b": 1}


def test_a_long_section_behind_a_nearly_empty_page_runs_on() -> None:
    seen = Survey(
        (
            Place("sec-a", "section short", 3, 0.0, 0.2),
            Place("sec-b", "section long", 4, 0.0, 1.0),
        ),
        (0.0, 0.0, 0.0, 0.8, 0.0),
    )
    document = section("Text.")

    plan = improve(Plan(), seen, document, setting(document), ROOM)

    assert plan.running_on == {"sec-b"}


def test_a_stub_is_drawn_back_by_setting_its_section_tighter() -> None:
    seen = Survey(
        (
            Place("sec-a", "section short", 3, 0.0, 0.1),
            Place("references", "appendix", 4, 0.0, 1.0),
        ),
        (0.0, 0.0, 0.0, 0.9, 0.0),
    )
    document = section("Text.")

    assert improve(Plan(), seen, document, setting(document), ROOM).tight == {"sec-a"}


def test_a_box_cut_in_two_is_tied_to_its_text() -> None:
    seen = Survey(
        (Place("box", "key side", 3, 0.9, 1.0), Place("box", "key side", 4, 0.0, 0.1)), (0.0,) * 5
    )
    document = section("Text.")

    assert improve(Plan(), seen, document, setting(document), ROOM).kept == {"box"}
