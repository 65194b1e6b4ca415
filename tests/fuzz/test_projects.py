"""Whatever a project holds, it gives outputs or findings: never a traceback, never a hang."""

from __future__ import annotations

import pytest

from tests.fuzz.projects import project_of
from tests.fuzz.run import try_project

SAMPLE = [pytest.param(seed, marks=[] if seed < 24 else pytest.mark.long) for seed in range(1000)]


@pytest.mark.parametrize("seed", SAMPLE)
def test_a_project_made_by_chance_gives_outputs_or_findings(seed: int) -> None:
    assert try_project(seed) in ("valid", "refused")


def test_a_seed_gives_the_same_project_again() -> None:
    assert project_of(7) == project_of(7) != project_of(8)
