"""What has to hold after every attack."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from tests.attacks.arena import LONGEST, SECRET, Attack, Outcome, fight

SEED = 8


def cases(attacks: Sequence[Attack], count: int) -> list[ParameterSet]:
    """Give the attacks as cases of a test: a seeded sample for every run, the others for long ones.

    Those that cost seconds are for long runs only.
    """
    cheap = [attack.name for attack in attacks if not attack.dear]
    chosen = set(random.Random(SEED).sample(cheap, min(count, len(cheap))))
    return [
        pytest.param(attack, marks=() if attack.name in chosen else pytest.mark.long)
        for attack in attacks
    ]


def judge(attack: Attack, folder: Path, *, outputs_before: bool = False) -> Outcome:
    """Let an attack run, and fail if anything came of it."""
    outcome = fight(attack, folder)
    told = f"{outcome.code} {outcome.codes}\n{outcome.printed}\n{outcome.errors}"
    assert "Traceback" not in outcome.errors, told
    assert outcome.opened == (), told
    assert outcome.seconds < LONGEST, told
    if attack.ends:
        assert outcome.code == 1 and set(outcome.codes) & set(attack.ends.split()), told
        assert outputs_before or outcome.outputs == {}, told
    else:
        assert outcome.code == 0, told
    shown = "" if outputs_before else outcome.texts
    assert SECRET not in shown + outcome.printed + outcome.errors
    assert [text for text in attack.shows if text not in shown] == []
    assert [text for text in attack.hides if text in shown] == []
    left = {path.name for path in folder.iterdir()}
    ours = {"project", "outside", "templates", "out", "told.json", "opened", "stdout", "stderr"}
    assert left <= ours
    return outcome
