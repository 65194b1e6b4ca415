"""The search for better page ends looks at one stretch of sections at a time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builder.document.nodes import Table
from builder.document.walk import every
from builder.writers.markup import block
from builder.writers.pdf_mend import Sample, Search, Stretch
from builder.writers.pdf_plan import MENTION, Place, Plan, Survey
from tests.support.paper import setting
from tests.support.reading import read
from tests.writers.test_pdf_plan import ROOM


def test_the_page_before_the_back_cover_may_be_empty_but_its_notes_may_not_be_lost() -> None:
    seen = Survey((Place("sec-c", "section long", 0, 0.0, 0.5),), (0.6, 0.0), ("sec-c",))

    assert Stretch(("sec-c",), final=True).faults(seen) == (1, 0, 0, 0)
    assert Stretch(("sec-c",), final=False).faults(seen) == (1, 0, 1, 0.2)


def test_the_plan_that_leaves_no_page_too_empty_wins_and_ends_the_search() -> None:
    document = read("A paragraph.\n")
    section = document.sections[0]
    name = section.label or section.id
    tried: list[Plan] = []

    def trial(plan: Plan) -> Sample:
        tried.append(plan)
        return Sample(Survey((), (0.1,) if name in plan.tight else (0.5,)), plan)

    search = Search.of(Stretch((name,), final=False), document, setting(document), ROOM, trial)
    best = search.best(Plan(), Sample(Survey((), (0.5,)), None))

    assert best.plan == replace(Plan(), tight=frozenset({name}))
    assert best.sample.laid == best.plan
    assert tried[-1] == best.plan


def late_table(height: float, gap: float, mention: int) -> Survey:
    return Survey(
        (
            Place("tbl-a", MENTION, mention, 0.3, 0.32),
            Place("tbl-a", "fig table", 2, 0.0, height),
        ),
        (0.0, gap, 0.0),
    )


@pytest.mark.parametrize(
    ("seen", "parted"),
    [
        (late_table(0.8, gap=0.5, mention=1), True),
        (late_table(0.8, gap=0.0, mention=0), True),
        (late_table(0.3, gap=0.5, mention=0), False),
        (late_table(0.8, gap=0.0, mention=1), False),
    ],
    ids=["leaves a gap", "far from its mention", "small", "in its place"],
)
def test_a_page_may_end_in_a_tall_table_that_stands_late_or_leaves_a_gap(
    seen: Survey, parted: bool
) -> None:
    document = read("A paragraph.\n")
    names = (document.sections[0].label or document.sections[0].id,)
    search = Search.of(
        Stretch(names, final=False),
        document,
        setting(document),
        ROOM,
        lambda plan: Sample(seen, plan),
    )

    moves = list(search.moves(Plan(), seen))

    assert (replace(Plan(), parted=frozenset({"tbl-a"})) in moves) is parted


def test_a_table_that_may_be_parted_breaks_between_its_rows() -> None:
    document = read("| a | b |\n|---|---|\n| 1 | 2 |\n\n: A table {#tbl-a}\n")
    table = next(every(document.sections, Table))
    whole = setting(document)

    assert 'class="fig table main"' in block(table, whole)
    assert 'class="fig table main long"' in block(
        table, replace(whole, parted=frozenset({"tbl-a"}))
    )
