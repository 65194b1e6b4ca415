"""Repairs: only what has one right answer, never code, addresses or keys, and twice is as once."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from builder.cli_fix import fix
from builder.editorial.repair import (
    ChangedMeanwhileError,
    Copy,
    Page,
    difference,
    repaired,
    write,
)
from builder.example import EXAMPLES, make_project
from tests.support.built import SHIPPED, TORTURE
from tests.test_cli import run


def after(text: str, language: str = "en", name: str = "a.md") -> str:
    return repaired(Copy({name: text}, language), {})[name]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("One  two   three.", "One two three."),
        ("In 2011-2012 and on pp. 9-12.", "In 2011–2012 and on pp. 9–12."),
        ("“One” and \"two\" and Baku’s, Paris's.", "“One” and “two” and Baku’s, Paris’s."),
        ("One – two – three; four - five -- six.", "One – two – three; four – five – six."),
        ("One—two—three; four - five.", "One—two—three; four—five."),
        ("## A {#sec-a}\n\n## B {#sec-a}\n\n## C {#sec-a}", "## A {#sec-a}\n\n## B {#sec-a-2}\n\n## C {#sec-a-3}"),
        ("---\ntitle: One  two\ntakeaway: 2011-12  # why\n---\n", "---\ntitle: One two\ntakeaway: 2011–12  # why\n---\n"),
        ('::: {.chart source="In 2011-2012  here" data="a-1-2.csv"}\n:::', '::: {.chart source="In 2011–2012 here" data="a-1-2.csv"}\n:::'),
    ],
)  # fmt: skip
def test_what_has_one_right_answer_is_repaired(before: str, expected: str) -> None:
    assert after(before) == expected
    assert after(expected) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Code `a  b 2011-2012` and ``x  `y`  z``.",
        "```\na  b {#x}\n```\n\n## A {#x}",
        "    a  b 2011-2012\n",
        'See <https://example.org/2011-2012?a="b"> and [x  y](https://a.example/1-2).'.replace(
            "x  y", "x y"
        ),
        "See https://example.org/a-1-2 and data/2011-2012.csv and a-1-2@example.org.",
        "Cite [@key-2011-2012, pp. 9-12] and @key-1-2.",
        "<!-- a  b 2011-2012 -->",
        "{{< var a.1-2 >}} and ^[a]{.b-1-2}",
        "ISSN 1565-9895, tel. 030-1234, 2012-10-31, a score of 3-1, RIM-66, T-72.",
        "| a   | b  |\n| --- | --- |\n| 1  | 2 |",
        "A line  \nbroken  \nhard.",
        "- item\n\n      code  in  item\n",
        "1.  item\n2.  item",
        "::: {.diagram}\nTitle – here\n\n- A -- B: words\n- A -> B: more\n:::",
        "---\nkey-points:\n  - a\n\n  # a  comment 2011-2012\ntitle:   A\n---\n",
        'A “closed” and one " open mark.',
        "5 - 3 = 2 – that is all.",
        "<!-- check: off spaces-double -->\n\nOne  two.",
    ],
)
def test_all_else_is_left_alone(text: str) -> None:
    assert after(text) == text


def test_german_marks_are_german_and_french_ones_are_left() -> None:
    assert after('„Eins“ und "zwei".', "de") == "„Eins“ und „zwei“."
    assert after('« Un » et "deux".', "fr") == '« Un » et "deux".'


def test_the_shipped_projects_need_no_repair(tmp_path: Path) -> None:
    for example in EXAMPLES:
        make_project(tmp_path / example, example)
    for project in (SHIPPED, *(tmp_path / example for example in EXAMPLES)):
        out = io.StringIO()
        names = [p for p in sorted(project.rglob("*")) if p.suffix in (".md", ".yml")]
        before = [p.read_bytes() for p in names]

        assert fix(project, out=out) == 0

        assert out.getvalue() == "nothing to repair\n"
        assert [p.read_bytes() for p in names] == before


def test_repairing_a_repaired_torture_changes_nothing() -> None:
    files = sorted(TORTURE.glob("sections/*.md"))
    once = repaired(Copy({f.name: f.read_text("utf-8") for f in files}, "en"), {})

    assert repaired(Copy(once, "en"), {}) == once


def test_line_ends_marks_and_modes_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"\xef\xbb\xbfOne  two.\r\nThree\nfour  five.")
    path.chmod(0o640)
    page = Page(path, path.read_bytes())

    write({"a.md": page}, repaired(Copy({"a.md": page.text}, "en"), {}))

    assert path.read_bytes() == b"\xef\xbb\xbfOne two.\r\nThree\nfour five."
    assert path.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]


def test_a_file_that_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    one, two = tmp_path / "a.md", tmp_path / "b.md"
    one.write_text("a  a")
    two.write_text("b  b")
    pages = {p.name: Page(p, p.read_bytes()) for p in (one, two)}
    two.write_text("somebody  else")

    with pytest.raises(ChangedMeanwhileError, match=r"b\.md"):
        write(pages, {"a.md": "a a", "b.md": "b b"})

    assert (one.read_text(), two.read_text()) == ("a  a", "somebody  else")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.md", "b.md"]


def test_a_write_that_fails_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    path.write_text("a  a")
    page = Page(path, path.read_bytes())

    def refuse(source: object, target: object) -> None:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OSError, match="No space"):
        write({"a.md": page}, {"a.md": "a a"})

    assert path.read_text() == "a  a" and [p.name for p in tmp_path.iterdir()] == ["a.md"]


def test_a_diff_names_file_and_lines() -> None:
    assert "".join(difference({"a.md": "a\nb  c\n"}, {"a.md": "a\nb c\n"})) == (
        "--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,2 @@\n a\n-b  c\n+b c\n"
    )


def test_the_command_shows_the_diff_repairs_and_checks(tmp_path: Path) -> None:
    make_project(tmp_path / "x")
    section = tmp_path / "x" / "sections" / "05-about.md"
    text = section.read_text("utf-8")
    section.write_text(text + "\nOne  two, in the the end.\n", "utf-8")

    done = run("check", "x", "--fix", cwd=tmp_path)
    again = run("check", "x", "--fix", cwd=tmp_path)

    assert "-One  two, in the the end.\n+One two, in the the end.\n" in done.stdout
    assert "repaired: sections/05-about.md" in done.stdout
    assert "word-doubled" in done.stderr and "spaces-double" not in done.stderr
    assert section.read_text("utf-8") == text + "\nOne two, in the the end.\n"
    assert "nothing to repair" in again.stdout


@pytest.mark.parametrize(("answer", "changed"), [("y", True), ("n", False), ("", False)])
def test_on_a_terminal_it_asks_first(answer: str, changed: bool, tmp_path: Path) -> None:
    make_project(tmp_path / "x")
    section = tmp_path / "x" / "sections" / "05-about.md"
    before = section.read_bytes() + b"\nOne  two.\n"
    section.write_bytes(before)
    out = io.StringIO()

    assert fix(tmp_path / "x", out=out, ask=lambda prompt: answer) == 0

    assert (section.read_bytes() != before) is changed
    assert "+One two." in out.getvalue()
    assert ("nothing was changed" in out.getvalue()) is not changed


def test_a_double_id_that_stops_the_build_is_repaired(tmp_path: Path) -> None:
    make_project(tmp_path / "x")
    section = tmp_path / "x" / "sections" / "05-about.md"
    section.write_text(
        section.read_text("utf-8") + "\n## One {#sec-twice}\n\n## Two {#sec-twice}\n", "utf-8"
    )
    assert "id-duplicate" in run("check", "x", cwd=tmp_path).stderr

    done = run("check", "x", "--fix", cwd=tmp_path)

    assert done.returncode == 0 and "## Two {#sec-twice-2}" in section.read_text("utf-8")


def test_what_is_no_text_is_left_to_the_check(tmp_path: Path) -> None:
    make_project(tmp_path / "x")
    section = tmp_path / "x" / "sections" / "05-about.md"
    section.write_bytes(b"\xff\xfe\x00binary  \x00")

    done = run("check", "x", "--fix", cwd=tmp_path)

    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "file-unreadable" in done.stderr and section.read_bytes().startswith(b"\xff\xfe")
