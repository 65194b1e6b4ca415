"""Switching rules off, in the text and in briefing.yml."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from builder.document.walk import plain
from builder.editorial.desk import findings
from builder.example import make_project
from tests.editorial.looking import codes, manuscript, shown
from tests.support.reading import read
from tests.test_cli import run

OIC = "The OIC met.\n"
DOUBLED = "It is in the the cellar.\n"


def test_skip_silences_the_block_that_follows_and_no_other() -> None:
    text = f"<!-- check: skip word-doubled (a reason) -->\n{DOUBLED}\n{DOUBLED}"

    assert shown(text) == ["7:10 word-doubled 'the the' stands twice in a row"]


def test_skip_in_a_paragraph_silences_that_paragraph() -> None:
    assert codes(f"It is in the the cellar.<!-- check: skip word-doubled -->\n\n{DOUBLED}") == [
        "word-doubled"
    ]


def test_skip_before_a_div_silences_all_of_it() -> None:
    text = (
        f"<!-- check: skip word-doubled -->\n\n::: {{.callout-note}}\n{DOUBLED}\n{DOUBLED}:::\n\n"
    )

    assert codes(text) == []
    assert codes(text + DOUBLED) == ["word-doubled"]


def test_skip_before_a_table_reaches_its_caption() -> None:
    text = "<!-- check: skip figure-no-source -->\n| A | B |\n| --- | --- |\n| a | b |\n\n: Title\n"

    assert codes(text) == []


def test_off_reaches_to_on() -> None:
    text = f"<!-- check: off word-doubled -->\n\n{DOUBLED}\n<!-- check: on word-doubled -->\n\n{DOUBLED}"

    assert shown(text) == ["10:10 word-doubled 'the the' stands twice in a row"]


def test_off_inside_a_div_ends_with_it() -> None:
    inside = f"::: {{.callout-note}}\n<!-- check: off word-doubled -->\n\n{DOUBLED}:::\n\n"

    assert codes(inside) == []
    assert codes(inside + DOUBLED) == ["word-doubled"]


def test_off_reaches_to_the_end_of_the_file_and_leaves_other_rules_alone() -> None:
    assert codes(f"<!-- check: off word-doubled, heading-alone -->\n\n{DOUBLED}\n{OIC}") == [
        "acronym-undefined"
    ]


def test_a_comment_in_the_front_matter_silences_its_entry() -> None:
    front = "takeaway: Trade and oil  # check: skip takeaway-no-verb\n"

    assert codes("Text.", front=front) == []
    assert codes("Text.", front="takeaway: Trade and oil  # or not\n") == ["takeaway-no-verb"]


def test_a_comment_in_the_bibliography_silences_the_work_below() -> None:
    works = (
        "references:\n  # check: skip citation-unused (further reading)\n"
        "  - {id: a, type: book, title: A}\n  - {id: b, type: book, title: B}\n"
    )

    assert shown("Text.", references=works) == ["4:5 citation-unused the work 'b' is never cited"]


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("<!-- check: skip word-dubled -->", "no rule is called 'word-dubled'"),
        ("<!-- check: skipp word-doubled -->", "'skipp' is no switch"),
        ("<!-- check: off -->", "the switch names no rule"),
    ],
)
def test_a_switch_that_switches_nothing_is_reported(comment: str, message: str) -> None:
    assert shown(comment + "\n\nText.") == [f"4:1 check-comment {message}"]


def test_comments_reach_no_output() -> None:
    document = read(
        "One <!-- check: skip word-doubled --> two.\n\n<!-- check: off heading-alone -->\n"
    )

    assert plain(document.sections[0].blocks) == "One two."


def test_briefing_yml_switches_a_rule_off() -> None:
    assert list(findings(manuscript(DOUBLED), {"word-doubled": "off"})) == []


def test_the_command_line_follows_briefing_yml_and_strict(tmp_path: Path) -> None:
    make_project(tmp_path / "water")
    settings = tmp_path / "water" / "briefing.yml"
    section = tmp_path / "water" / "sections" / "02-the-problem.md"
    section.write_text(
        section.read_text(encoding="utf-8") + "\nIt is in the the cellar.\n", "utf-8"
    )

    warned = run("check", "water", cwd=tmp_path)
    strict = run("check", "water", "--strict", cwd=tmp_path)
    before = settings.read_text(encoding="utf-8")
    settings.write_text(before + "check: {word-doubled: error}\n", encoding="utf-8")
    stopped = run("check", "water", cwd=tmp_path)
    built = run("build", "water", "--strict", "-t", "docx", "-q", cwd=tmp_path)
    settings.write_text(before + "check: {word-dubled: off}\n", encoding="utf-8")
    mistyped = run("check", "water", cwd=tmp_path)

    assert (warned.returncode, strict.returncode, stopped.returncode) == (0, 3, 1)
    assert "warning[word-doubled]" in warned.stderr and "error[word-doubled]" in stopped.stderr
    assert (built.returncode, built.stderr) == (0, "")
    assert mistyped.returncode == 1
    assert "no rule is called 'word-dubled'; did you mean 'word-doubled'?" in mistyped.stderr


def test_a_long_takeaway_is_told_by_builds_as_well_unless_it_is_switched_off(
    tmp_path: Path,
) -> None:
    make_project(tmp_path / "x")
    section = tmp_path / "x" / "sections" / "02-the-problem.md"
    text = re.sub(
        "takeaway: .*",
        f"takeaway: {'Water is lost everywhere, and ' * 9}",
        section.read_text("utf-8"),
    )
    section.write_text(text, "utf-8")
    told = run("build", "x", "-t", "docx", "-d", "out", "-q", cwd=tmp_path).stderr
    skipped = text.replace("\nkey-points:", "  # check: skip takeaway-long\nkey-points:", 1)
    section.write_text(skipped, "utf-8")
    silent = run("build", "x", "-t", "docx", "-d", "out", "-q", cwd=tmp_path).stderr

    assert "sections/02-the-problem.md:6:11: warning[takeaway-long]" in told
    assert silent == ""
