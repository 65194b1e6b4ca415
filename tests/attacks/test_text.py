"""Text that looks like other text, and characters that no file can hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attacks.arena import Attack, section, settings
from tests.attacks.judge import cases, judge

S = "sections/01-one.md"
CHART = section("::: {.chart data=x.csv}\nT\n:::\n")
DRAWN = "![A curve](images/e.svg)\n"
SVG = 'xmlns="http://www.w3.org/2000/svg" width="20" height="20"'
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
    Attack("isolate that nothing closes", section("an access\u2067 ton si siht\n"), "character-forbidden", to="docx"),
    Attack("embedding that nothing closes", section("an access\u202b ton si siht\n\nMore.\u202c\n"), "character-forbidden", to="docx"),
    Attack("isolate that is closed as an embedding", section("an access\u2067 ton\u202c si siht\n"), "character-forbidden", to="docx"),
    Attack("end of an isolate that closes what is around it", section("an access\u2069 ton si siht\n"), "character-forbidden", to="docx"),
    Attack("isolate by an entity", section("an access&#x2067; ton si siht\n"), "character-forbidden", to="docx"),
    Attack("isolate from cell to cell", section("|a|b|\n|-|-|\n|1\u2067|2\u2069|\n"), "character-forbidden", to="docx"),
    Attack("isolate in a name of a chart", {**CHART, "data/x.csv": "Year,Value\nA\u2067,1\nB,2\n"}, "character-forbidden", to="docx"),
    Attack("isolate in the settings", settings("subtitle: 'x \u2067 y'\n"), "character-forbidden", to="docx"),
    Attack("embedding in a note", section("x^[an access\u202a ton] si\u202c siht\n"), "character-forbidden", to="docx"),
    Attack("isolates that are closed", section("The \u2067שלום *abc\u2069* and \u202bשלום\u202c.\n"), "", to="pdf,docx,pptx,html"),
    Attack("text turned about in a theme's name", {**settings("theme: house\n"), "house/_brand.yml": "meta: {name: x\u202ey}\n"}, "character-forbidden", to="pptx"),
    Attack("text of a drawing turned about", {**section(DRAWN), "images/e.svg": f"<svg {SVG}><text y='9'>an access<tspan>&#x202e;</tspan> ton si siht</text></svg>"}, "image-unreadable", to="docx,pptx"),
    Attack("isolate in a drawing", {**section(DRAWN), "images/e.svg": f"<svg {SVG}><text y='9'>an access\u2067 ton</text><text>\u2069</text></svg>"}, "image-unreadable", to="docx,pptx"),
    Attack("line that ends nowhere", section("a &#x2028; b\n"), "character-forbidden", to="pdf"),
    Attack("file name that is a command", {"sections/02-\x1b]0;x\x07\n::stop-commands::x.md": "---\ntitle: One\n---\n\nText.\n"}, "file-unreadable"),
    Attack("ids that look alike", section("## A {#sec-cap}\n\n## B {#sec-с\u0430р}\n\n@sec-cap\n"), ""),
    Attack("formula in a table", {**section("::: {.chart data=x.csv}\nT\n:::\n\nText.\n"), "data/x.csv": "Year,=cmd|' /C calc'!A0\n=1+1,1\n@SUM(1),2\n"}, "", to="docx,pptx", hides=("<f>",)),
    Attack("marks by the thousand", lambda: section("a" + "\u0301" * 20_000 + "\n"), ""),
    Attack("joiners by the thousand", lambda: section("\u200d" * 20_000 + "\n"), ""),
]  # fmt: skip


@pytest.mark.parametrize("attack", cases(ATTACKS, 4), ids=str)
def test_text_is_what_it_looks_like(attack: Attack, tmp_path: Path) -> None:
    outcome = judge(attack, tmp_path)

    if attack.name == "ids that look alike":
        assert "id-lookalike" in outcome.codes
