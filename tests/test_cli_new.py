"""`briefing new`: what is asked, what is made, what is refused."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from builder.build import build, check
from builder.cli import main, make_parser
from builder.cli_new import EXAMPLES, new_command
from builder.diagnostics import Diagnostics
from builder.example import EXAMPLES as ABOUT
from builder.example import make_project
from builder.job import Job
from builder.readers.project import read_project

ROOT = Path(__file__).parents[1]


def answers(*given: str) -> Callable[[str], str]:
    waiting: Iterator[str] = iter(given)

    def ask(prompt: str) -> str:
        answer = next(waiting, None)
        if answer is None:
            raise EOFError
        return answer

    return ask


def parsed(*arguments: str) -> argparse.Namespace:
    return make_parser().parse_args(["new", *arguments])


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.cli_new.on_terminal", lambda: True)


def settings(folder: Path) -> dict[str, object]:
    project = read_project(folder, Diagnostics())
    assert project is not None
    return project.settings.model_dump()


def test_the_command_line_knows_the_examples_that_there_are() -> None:
    folders = {
        p.name for p in (ROOT / "builder" / "example").iterdir() if (p / "briefing.yml").exists()
    }

    assert set(EXAMPLES) == set(ABOUT) == folders


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_passes_the_editors_eye_without_a_finding(
    example: str, tmp_path: Path
) -> None:
    make_project(tmp_path / "new", example)

    assert list(map(str, check(Job(tmp_path / "new")))) == []


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("name", ["docx", "pptx"])
def test_every_example_builds_without_a_finding(example: str, name: str, tmp_path: Path) -> None:
    outcome = build(Job(ROOT / "builder" / "example" / example, (name,), tmp_path, strict=True))

    assert list(map(str, outcome.log)) == [] and len(outcome.paths) == 1


@pytest.mark.long
@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_every_example_prints_without_a_finding(example: str, paper: str, tmp_path: Path) -> None:
    make_project(tmp_path / "new", example, {"paper": paper})

    outcome = build(Job(tmp_path / "new", ("pdf",), tmp_path / "out", strict=True))

    assert list(map(str, outcome.log)) == [] and len(outcome.paths) == 1


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_shows_what_a_briefing_is_made_of(example: str) -> None:
    folder = ROOT / "builder" / "example" / example
    text = "".join(p.read_text("utf-8") for p in sorted(folder.glob("sections/*.md")))

    for part in (
        ".chart",
        ".timeline",
        ".diagram",
        ".key-numbers",
        ".callout",
        ".notes",
        "takeaway:",
    ):
        assert part in text, part
    assert ": " in text and "{#tbl-" in text and "](images/" in text and "[@" in text
    assert list(folder.glob("data/*.csv")) and list(folder.glob("images/*.png"))


def test_options_come_into_briefing_yml_whatever_characters_they_have(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    title = 'Say "no": 100 % # of\\n əşya'
    code = main(
        ["new", str(tmp_path / "x"), "--title", title, "--author", "A: B", "--theme", "strand",
         "--paper", "letter", "--example", "annual-statistics"]
    )  # fmt: skip

    assert code == 0 and "build it by:" in capsys.readouterr().out
    made = settings(tmp_path / "x")
    assert (made["title"], made["authors"], made["paper"]) == (title, ["A: B"], "letter")
    assert made["subtitle"] == "Annual statistics of an invented county, 2025"


def test_on_a_terminal_it_asks_for_what_no_option_says(
    terminal: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask = answers("4", "consulting-report", "  My   report ", "", "a5", "2")

    assert new_command(parsed(str(tmp_path / "x"), "--author", "Me"), ask) == 0

    made = settings(tmp_path / "x")
    assert (made["title"], made["authors"], made["paper"], made["number"]) == (
        "My report", ["Me"], "letter", "2"
    )  # fmt: skip
    assert "'a5' is none of a4, letter" in capsys.readouterr().out


def test_no_answer_leaves_nothing_behind(
    terminal: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new_command(parsed(str(tmp_path / "x")), answers("1")) == 2
    assert not (tmp_path / "x").exists()
    assert "no answer was given" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["x", "--theme", "strnd"], "did you mean 'strand'?"),
        (["x", "--title", "  "], "argument --title: it is empty"),
        (["x", "--paper", "a5"], "invalid choice: 'a5'"),
        (["x", "--example", "poem"], "invalid choice: 'poem'"),
        (["file/x"], "hint: name a folder that can be made"),
    ],
)
def test_what_cannot_be_is_refused_with_a_hint_and_leaves_nothing(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.chdir(tmp_path)
    try:
        code = main(["new", *arguments])
    except SystemExit as left:
        code = int(str(left.code))

    assert code == 2 and message in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_schemas_are_written_and_named_by_the_files(tmp_path: Path) -> None:
    make_project(tmp_path / "x")

    for name in ("briefing", "references"):
        first = (tmp_path / "x" / f"{name}.yml").read_text("utf-8").splitlines()[0]
        path = first.removeprefix("# yaml-language-server: $schema=")
        assert (tmp_path / "x" / path).is_file() and path == f".schemas/{name}.schema.json"
    section = (tmp_path / "x" / "sections" / "02-the-problem.md").read_text("utf-8").splitlines()[1]
    assert section == "# yaml-language-server: $schema=../.schemas/section.schema.json"
    assert (tmp_path / "x" / ".schemas" / "section.schema.json").is_file()
