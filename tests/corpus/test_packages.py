"""Where the corpus cannot be had, the tests say why; under CI only a refusal lets them pass."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from _pytest.outcomes import Failed, Skipped

from tests.corpus import packages

REFUSAL = "npm error code E403\nnpm error 403 Forbidden"


@pytest.fixture(autouse=True)
def no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_JUDGES", str(tmp_path))
    monkeypatch.setenv("CI", "true")
    packages._reason_for_absence.cache_clear()


def answers(monkeypatch: pytest.MonkeyPatch, said: str) -> list[str]:
    """Let every registry answer the same; give who was asked."""
    asked: list[str] = []

    def ask(command: list[str], here: str) -> str:
        asked.append(command[0])
        return said

    monkeypatch.setattr(packages, "_ask", ask)
    monkeypatch.setattr("shutil.which", lambda name: name)
    return asked


def test_what_a_registry_refuses_twice_is_skipped_and_not_asked_for_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = answers(monkeypatch, REFUSAL)

    for _ in range(2):
        packages._reason_for_absence.cache_clear()
        with pytest.raises(Skipped, match="refused the corpus twice"):
            packages.fetched()

    assert asked == ["npm", "npm"]


@pytest.mark.parametrize(
    ("said", "reason"),
    [("npm error code ENOTFOUND", "cannot be reached"), ("", "other files than those pinned")],
)
def test_any_other_absence_is_a_failure_under_ci(
    said: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(monkeypatch, said)

    with pytest.raises(Failed, match=reason):
        packages.fetched()


def test_a_registry_that_does_not_answer_is_a_failure_under_ci(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def ask(command: list[str], here: str) -> str:
        raise subprocess.TimeoutExpired(command, packages.LONGEST)

    answers(monkeypatch, "")
    monkeypatch.setattr(packages, "_ask", ask)

    with pytest.raises(Failed, match="not given the corpus within"):
        packages.fetched()


def test_without_ci_an_absence_is_skipped_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI")
    answers(monkeypatch, "npm error code ENOTFOUND")

    with pytest.raises(Skipped, match="cannot be reached"):
        packages.fetched()
