"""Text that looks like other text, and characters that no file can hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attacks.arena import Attack, section, settings
from tests.attacks.judge import cases, judge

S = "sections/01-one.md"
CHART = section("::: {.chart data=x.csv}\nT\n:::\n")
ATTACKS = [
    Attack("NUL in a section", section("a\0b\n"), "character-forbidden"),
    Attack("NUL in a table", {**CHART, "data/x.csv": "Year,Value\n2007,1\0\n"}, "character-forbidden"),
    Attack("NUL in the settings", settings("subtitle: 'a\0b'\n"), "character-forbidden yaml-syntax"),
    Attack("control in a section", section("a \x1b[31m b\n"), "character-forbidden"),
    Attack("text turned about", section("an access\u202e ton si siht\n"), "character-forbidden"),
    Attack("text turned about in the settings", settings("subtitle: 'x \u202e y'\n"), "character-forbidden"),
    Attack("half a character", {S: b"---\ntitle: One\n---\n\n\xed\xa0\x80\n"}, "file-unreadable"),
    Attack("UTF-16", {S: "---\ntitle: One\n---\n\nText\n".encode("utf-16")}, "file-unreadable"),
    Attack("ids that look alike", section("## A {#sec-cap}\n\n## B {#sec-с\u0430р}\n\n@sec-cap\n"), ""),
    Attack("formula in a table", {**section("::: {.chart data=x.csv}\nT\n:::\n\nText.\n"), "data/x.csv": "Year,=cmd|' /C calc'!A0\n=1+1,1\n@SUM(1),2\n"}, "", to="docx,pptx", hides=("<f>",)),
    Attack("marks by the thousand", lambda: section("a" + "\u0301" * 20_000 + "\n"), ""),
    Attack("joiners by the thousand", lambda: section("\u200d" * 20_000 + "\n"), ""),
]  # fmt: skip


@pytest.mark.parametrize("attack", cases(ATTACKS, 6), ids=str)
def test_text_is_what_it_looks_like(attack: Attack, tmp_path: Path) -> None:
    outcome = judge(attack, tmp_path)

    if attack.name == "ids that look alike":
        assert "id-lookalike" in outcome.codes
