"""Projects from a grammar: sound ones are built with all their words, broken ones break nothing."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.fuzz.dice import backend
from tests.fuzz.strategies import projects
from tests.fuzz.whole import REFUSED, VALID, try_project

BUILT = [15, pytest.param(400, marks=pytest.mark.long)]
CHECKED = [60, pytest.param(4000, marks=pytest.mark.long)]
SHRUNK = 100
"""From so many tries on what is found is made smaller, which takes minutes."""

SEED = 1

LEAST_BUILT = 0.4
"""Of the sound projects: what is refused reaches no writer."""


def tries(count: int) -> settings:
    """Try so many projects, the same ones in each run, whatever ran before."""
    return settings(
        max_examples=count,
        backend=backend(SEED),
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate] if count < SHRUNK else list(Phase),
    )


@pytest.mark.parametrize("count", BUILT)
def test_sound_projects_are_built_with_all_their_words(count: int) -> None:
    ends: Counter[str] = Counter()

    @tries(count)
    @given(projects(sound=True))
    def build(files: dict[str, bytes]) -> None:
        ended = try_project(files, whole=True)
        ends[ended] += 1
        assert ended in (VALID, REFUSED), ended

    build()
    print(dict(ends))
    assert ends[VALID] >= LEAST_BUILT * ends.total()


@pytest.mark.parametrize("count", CHECKED)
def test_broken_projects_give_findings(count: int) -> None:
    ends: Counter[str] = Counter()

    @tries(count)
    @given(projects(sound=False))
    def check(files: dict[str, bytes]) -> None:
        ended = try_project(files, whole=False)
        ends[ended] += 1
        assert ended in (VALID, REFUSED), ended

    check()
    print(dict(ends))
