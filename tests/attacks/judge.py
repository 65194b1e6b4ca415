"""What has to hold after every attack."""

from __future__ import annotations

from pathlib import Path

from tests.attacks.arena import LONGEST, SECRET, Attack, Outcome, fight


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
    assert left <= {"project", "outside", "out", "told.json", "opened", "stdout", "stderr"}
    return outcome
