"""The search for better page ends looks at one stretch of sections at a time."""

from __future__ import annotations

from dataclasses import replace

from builder.writers.pdf_mend import Sample, Search, Stretch, stretches
from builder.writers.pdf_plan import Part, Place, Plan, Survey
from tests.support.paper import setting
from tests.support.reading import read
from tests.writers.test_pdf_plan import ROOM

WHOLE = Survey(
    (
        Place("sec-a", "section long", 4, 0.0, 0.9),
        Place("sec-b", "section short follows", 5, 0.0, 0.4),
        Place("sec-c", "section long", 6, 0.0, 0.5),
        Place("", "back", 7, 0.0, 1.0),
    ),
    (0.0, 0.0, 0.0, 0.0, 0.1, 0.6, 0.5, 0.0),
    ("sec-c",),
)


def test_a_stretch_begins_where_the_first_fault_needs_it_and_ends_before_an_own_page() -> None:
    found = [*stretches(WHOLE)]

    assert [stretch.sections for stretch in found] == [("sec-b",), ("sec-c",)]
    assert found[0].faults(found[0].of(WHOLE)) == (0, 0, 1, 0.2)


def test_the_page_before_the_back_cover_may_be_empty_but_its_notes_may_not_be_lost() -> None:
    last = [*stretches(WHOLE)][-1]

    assert last.faults(last.of(WHOLE)) == (1, 0, 0, 0)


def test_the_plan_that_leaves_no_page_too_empty_wins_and_ends_the_search() -> None:
    document = read("A paragraph.\n")
    section = document.sections[0]
    name = section.label or section.id
    tried: list[Plan] = []

    def trial(plan: Plan, part: Part) -> Sample:
        assert part == Part(frozenset({name}), 0)
        tried.append(plan)
        return Sample(Survey((), (0.1,) if name in plan.tight else (0.5,)), plan)

    search = Search.of(
        Stretch((name,), 0, 0, final=False), document, setting(document), ROOM, trial
    )
    plan, sample, left = search.best(Plan(), Survey((), (0.5,)), 10)

    assert plan == replace(Plan(), tight=frozenset({name}))
    assert sample is not None and sample.laid == plan
    assert left == 10 - len(tried)
    assert tried[-1] == plan
