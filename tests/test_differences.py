"""What differs between two editions, and `briefing editions`, which says it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from builder.cli import main
from tests.readers.test_editions import project

YAML = """variables: {rate: 10 %}
editions:
  board: {audience: directors, formats: [pdf], variables: {rate: 12 %}}
  press: {language: de}
"""
TEXT = """The rate is {{< var rate >}} this year.

::: {.content-visible when-edition="directors"}
- For directors
:::

The end.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path / "report", YAML, TEXT)


def test_editions_are_listed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["editions", str(root)]) == 0

    assert capsys.readouterr().out == (
        "edition  audience   formats  says otherwise\n"
        "board    directors  pdf      variables\n"
        "press    –          –        language\n"
    )


def test_settings_and_blocks_that_differ_are_told_with_their_lines(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["editions", str(root), "--diff", "board", "press"]) == 0

    told = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert told == [
        "board → press",
        "",
        "settings",
        "briefing.yml:6  audience, only in board: directors",
        "briefing.yml:6  formats: pdf → pdf, docx, pptx",
        "briefing.yml:7  language: en → de",
        "briefing.yml:6  variables.rate: 12 % → 10 %",
        "",
        "text",
        "sections/01-one.md:5  paragraph: The rate is 12 % this year. → The rate is 10 % this year.",
        "sections/01-one.md:8  bullet list, only in board: For directors",
    ]


def test_an_edition_is_compared_with_the_briefing_as_json(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["editions", str(root), "--diff", "press", "--format", "json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert [edition["name"] for edition in told["editions"]] == ["board", "press"]
    assert [(d["what"], d["one"], d["other"], d["line"]) for d in told["settings"]] == [
        ("language", "de", "en", 7)
    ]
    assert told["text"] == []


def test_sections_and_their_heads_are_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    yaml = "editions: {x: {sections: [sections/01-one.md]}}\nvariables: {a: b}\n"
    root = project(tmp_path / "report", yaml, "Text.")
    (root / "sections" / "02.md").write_text("---\ntitle: Two\n---\nText.\n")

    assert main(["editions", str(root), "--diff", "x"]) == 0

    assert "sections/02.md:1  section, only in the briefing as it stands: Two" in (
        capsys.readouterr().out
    )


def test_a_mistyped_edition_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["editions", str(root), "--diff", "bord", "press"]) == 1
    assert "did you mean 'board'?" in capsys.readouterr().err

    assert main(["editions", str(root), "--diff", "a", "b", "c"]) == 2


def test_a_project_without_editions_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["editions", str(project(tmp_path, "", "Text."))]) == 0
    assert "has no editions" in capsys.readouterr().out


def test_check_looks_at_one_edition_or_at_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = '::: {.content-visible when-edition="x"}\nSee @fig-none.\n:::'
    root = project(tmp_path, "editions: {x: {}, y: {csl: nothing}}\n", text)

    assert main(["check", str(root)]) == 0
    assert main(["check", str(root), "--edition", "x"]) == 1
    assert "xref-missing" in capsys.readouterr().err
    assert main(["check", str(root), "--edition", "all"]) == 1
    found = capsys.readouterr().err
    assert "xref-missing" in found and "briefing.yml:4:28: error[citation-style]" in found


def test_build_makes_what_an_edition_says(root: Path, tmp_path: Path) -> None:
    yaml = (root / "briefing.yml").read_text().replace("formats: [pdf]", "formats: [pptx]")
    (root / "briefing.yml").write_text(yaml)

    assert main(["build", str(root), "--edition", "board", "-d", str(tmp_path / "out"), "-q"]) == 0

    assert [path.name for path in (tmp_path / "out").iterdir()] == ["report-board.pptx"]
