"""Chance is the same in each run: whatever ran before, in whatever order, wherever it lies."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.repeated import digest

ROOT = Path(__file__).parents[2]
NUMBERS = "NUMBERS = [2, 3.25, 700001, 'Tea', 'pot', -12.5]\n"


@pytest.mark.long
def test_what_chance_makes_depends_on_its_seed_alone(tmp_path: Path) -> None:
    # Hypothesis would draw from the numbers and words of a module that is nobody's package.
    (tmp_path / "of_mine.py").write_text(NUMBERS, "utf-8")
    paths = os.pathsep.join([str(tmp_path), str(ROOT)])
    # Sets of strings have another order in each process; this one's is of no known seed.
    asked = {"PYTHONHASHSEED": "1", "PYTHONPATH": paths}

    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.repeated", "of_mine", "builder.cli"],
        cwd=tmp_path,
        env=os.environ | asked,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == digest()
