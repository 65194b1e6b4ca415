"""Projects from a grammar: sound ones are built with all their words, broken ones break nothing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given

from tests.fuzz.dice import tries
from tests.fuzz.strategies import projects
from tests.fuzz.whole import REFUSED, VALID, try_project
from tests.support.judges import ooxml_errors, verapdf_failures_of

BUILT = [(4, 2), pytest.param(400, 120, marks=pytest.mark.long)]
"""Projects, and how many of them the judges see."""

CHECKED = [(60, 2), pytest.param(4000, 200, marks=pytest.mark.long)]
"""Projects that something broke, and how many of those that are sound all the same are built."""

SHRUNK = 100
"""From so many tries on what is found is made smaller."""

SEED = 1

LEAST_BUILT = 0.4
"""Of the sound projects: what is refused reaches no writer."""


@pytest.mark.parametrize(("count", "judged"), BUILT)
def test_sound_projects_are_built_with_all_their_words_and_stand_before_the_judges(
    count: int, judged: int, tmp_path: Path
) -> None:
    ends: Counter[str] = Counter()

    @tries(count, SEED, smaller=count >= SHRUNK)
    @given(projects(sound=True))
    def build(files: dict[str, bytes]) -> None:
        keep = tmp_path / f"{ends.total()}" if ends[VALID] < judged else None
        ended = try_project(files, whole=True, keep=keep)
        ends[ended] += 1
        assert ended in (VALID, REFUSED), ended

    build()
    print(dict(ends))
    assert ends[VALID] >= LEAST_BUILT * ends.total()
    pdfs = sorted(tmp_path.glob("*.pdf"))
    assert len(pdfs) == min(judged, ends[VALID])
    assert ooxml_errors([*sorted(tmp_path.glob("*.docx")), *sorted(tmp_path.glob("*.pptx"))]) == []
    for flavour in ("3a", "ua1"):
        assert [broken for broken in verapdf_failures_of(pdfs, flavour) if broken] == []


@pytest.mark.parametrize(("count", "built"), CHECKED)
def test_broken_projects_give_findings_or_are_built(count: int, built: int) -> None:
    ends: Counter[str] = Counter()

    @tries(count, SEED, smaller=count >= SHRUNK)
    @given(projects(sound=False))
    def check(files: dict[str, bytes]) -> None:
        ended = try_project(files, whole=False)
        if ended == VALID and ends["built"] < built:
            ends["built"] += 1
            ended = try_project(files, whole=True)
        ends[ended] += 1
        assert ended in (VALID, REFUSED), ended

    check()
    print(dict(ends))
    assert ends["built"] >= min(built, ends[VALID])
