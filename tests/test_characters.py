"""What is quoted of content is plain to print, in a terminal and in a log that reads commands."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from builder.__main__ import main
from builder.characters import unpaired, visible
from builder.cli_fix import fix
from builder.diagnostics import Code, Diagnostic, Severity, Span
from tests.attacks.arena import BASE, HEAD, make, section, settings

ESCAPE = "\x1b]0;title\x07"


def finding(message: str, file: str = "a.md") -> Diagnostic:
    return Diagnostic(Severity.ERROR, Code.IMAGE_MISSING, message, Span(file, 3, 1), "mend it")


def test_what_a_terminal_would_obey_is_spelt_out() -> None:
    assert visible(f"a{ESCAPE}\r\n\u009b2J\u202e\u2028\udcff\x7f") == (
        r"a\x1b]0;title\x07\r\n\x9b2J\u202e\u2028\udcff\x7f"
    )


def test_words_of_any_language_stay_as_they_are() -> None:
    words = "Šā ə ж שלום می‌خواهم 日本 a\u00a0b \u200f 👩‍👧"

    assert visible(words) == words


def test_a_finding_is_two_lines_whatever_it_quotes() -> None:
    told = finding(f"no {ESCAPE}\n::stop-commands::x", "a\n::error::b.md")

    assert str(told).splitlines() == [
        r"a\n::error::b.md:3:1: error[image-missing]: no \x1b]0;title\x07\n::stop-commands::x",
        "  hint: mend it",
    ]
    assert "\x1b" not in json.dumps(told.as_dict(), ensure_ascii=False)


def test_no_line_of_a_finding_begins_as_a_command_of_a_workflow() -> None:
    assert str(finding("x", "::stop-commands::x/a.md")).startswith("./::stop-commands::x/a.md:3:1:")


@pytest.mark.parametrize("form", ["text", "github", "json"])
def test_names_of_files_command_nothing(
    form: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    names = (
        f"sections/02-{ESCAPE}.md",
        "sections/03-\n::stop-commands::x.md",
        "::add-mask::x/a.md",
    )
    files = dict.fromkeys(names, HEAD + "![A curve](nothing.png)\n")
    patterns = 'title: T\nsections: ["sections/*.md", "::add*/*.md"]\n'
    project = make(tmp_path / "p", {**BASE, **files, "briefing.yml": patterns})

    assert main(["check", str(project), "--format", form]) == 1

    told = "".join(capfd.readouterr())
    assert "\x1b" not in told
    commands = [line for line in told.splitlines() if line.lstrip().startswith("::")]
    assert all(line.startswith("::error file=") for line in commands)
    assert len(commands) == (3 if form == "github" else 0)


def test_what_editions_differ_in_stands_in_one_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    editions = 'editions: {a: {title: "x\\n::stop-commands::y"}, b: {title: z}}\n'
    project = make(tmp_path / "p", {**BASE, **settings(editions)})

    assert main(["editions", str(project), "--diff", "a", "b"]) == 0

    told = capfd.readouterr().out
    assert r"x\n::stop-commands::y" in told and "\n::" not in told


def test_a_file_with_controls_is_not_shown_as_a_difference(tmp_path: Path) -> None:
    project = make(tmp_path / "p", {**BASE, **section(f"the the {ESCAPE}\n")})
    out = io.StringIO()

    assert fix(project, out=out) == 0

    assert out.getvalue() == "nothing to repair\n"


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("plain", ""),
        ("\u2067א\u2069 b \u2066c \u2068d\u2069\u2069", ""),
        ("\u202bא\u202c \u2067\u202ab\u202c\u2069", ""),
        ("a \u2067א", "\u2067"),
        ("a \u202bא", "\u202b"),
        ("a\u202c", "\u202c"),
        ("a\u2069", "\u2069"),
        ("\u2067a\u202c\u2069", "\u2067"),
        ("\u2067\u202aa\u2069\u202c", "\u202a"),
        ("\u2067a\u2069\u2069", "\u2069"),
    ],
)
def test_signs_of_direction_come_in_pairs(text: str, odd: str) -> None:
    assert unpaired(text) == odd


def test_a_sign_of_direction_without_its_end_is_told_where_it_stands(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pages = "Sound \u2067א *b\u2069*.\n\nOdd \u2067א.\n\n|a|b|\n|-|-|\n|\u2067|\u2069|\n"
    project = make(tmp_path / "p", {**BASE, **section(pages)})

    assert main(["check", str(project)]) == 1

    told = [line for line in "".join(capfd.readouterr()).splitlines() if "character-forb" in line]
    assert [line.partition(": the")[0] for line in told] == [
        "sections/01-one.md:7:1: error[character-forbidden]",
        "sections/01-one.md:11:2: error[character-forbidden]",
        "sections/01-one.md:11:4: error[character-forbidden]",
    ]
