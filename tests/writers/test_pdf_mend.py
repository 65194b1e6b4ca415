"""The search for better page ends looks at one stretch of sections at a time."""

from __future__ import annotations

from dataclasses import replace

from builder.writers.pdf_mend import Sample, Search, Stretch
from builder.writers.pdf_plan import Place, Plan, Survey
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
