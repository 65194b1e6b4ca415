"""Whatever a project holds, it gives outputs or findings: never a traceback, never a hang."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.projects import project_of
from tests.fuzz.run import WHOLE
from tests.fuzz.seeds import FOUND
from tests.fuzz.targets import TARGETS
from tests.fuzz.whole import REFUSED, VALID, try_project

SAMPLE = [pytest.param(seed, marks=[] if seed < 24 else pytest.mark.long) for seed in range(1000)]


@pytest.mark.parametrize("seed", SAMPLE)
def test_a_project_made_by_chance_gives_outputs_or_findings(seed: int) -> None:
    assert try_project(project_of(seed), whole=seed % WHOLE == 0) in (VALID, REFUSED)


def test_a_seed_gives_the_same_project_again() -> None:
    assert project_of(7) == project_of(7) != project_of(8)


@pytest.mark.parametrize("path", sorted(FOUND.glob("*")), ids=lambda path: path.name)
def test_what_once_broke_a_reader_breaks_it_no_more(path: Path) -> None:
    TARGETS[path.name.partition("-")[0]](path.read_bytes())
