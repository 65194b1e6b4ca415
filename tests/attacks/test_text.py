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
    Attack("control by an escape of YAML", settings('subtitle: "\\e[31m"\n'), "character-forbidden", to="docx"),
    Attack("NUL by an escape of YAML", settings('subtitle: "\\0"\n'), "character-forbidden", to="docx"),
    Attack("half a character by an escape of YAML", settings('subtitle: "\\ud800"\n'), "yaml-syntax character-forbidden", to="docx"),
    Attack("text turned about by an escape of YAML", settings('subtitle: "x \\u202e y"\n'), "character-forbidden", to="docx"),
    Attack("control of one byte more", section("a \u009b31m b\n"), "character-forbidden"),
    Attack("control in a variable", {**settings('variables: {a: "\\x0c"}\n'), **section("{{< var a >}}\n")}, "character-forbidden", to="docx"),
    Attack("control in a takeaway", {S: '---\ntitle: One\ntakeaway: "\\a"\n---\n\nText.\n'}, "character-forbidden", to="pptx"),
    Attack("control in a work", {**section("x [@a]\n"), "references.yml": '- {id: a, type: book, title: "B\\x0c"}\n'}, "character-forbidden", to="docx"),
    Attack("control in the name of a theme", {**settings("theme: house\n"), "house/_brand.yml": 'meta: {name: "\\uFFFE"}\n'}, "character-forbidden", to="pptx"),
    Attack("control by an entity", section("a &#12; b\n"), "character-forbidden", to="docx"),
    Attack("text turned about by an entity", section("an access&#x202e; ton si siht\n"), "character-forbidden", to="docx"),
    Attack("line that ends nowhere", section("a &#x2028; b\n"), "character-forbidden", to="pdf"),
    Attack("file name that is a command", {"sections/02-\x1b]0;x\x07\n::stop-commands::x.md": "---\ntitle: One\n---\n\nText.\n"}, "file-unreadable"),
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
