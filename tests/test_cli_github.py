"""Findings as annotations, and the hooks that other repositories may use."""

from __future__ import annotations

from pathlib import Path

import yaml

from builder.cli import make_parser
from builder.cli_github import annotate
from builder.diagnostics import Code, Diagnostics, Span
from builder.example import make_project
from tests.test_cli import run

ROOT = Path(__file__).parents[1]


def test_an_annotation_names_file_line_column_and_code(tmp_path: Path) -> None:
    log = Diagnostics()
    log.warning(
        Code.WORD_DOUBLED, "100 % odd: a, b", at=Span("sections/1,2.md", 4, 7), hint="delete\none"
    )
    log.error(Code.PROJECT_MISSING, "nothing here")

    assert list(annotate(log, tmp_path / "content" / "x", tmp_path)) == [
        "::error title=project-missing::nothing here",
        "::warning file=content/x/sections/1%2C2.md,line=4,col=7,title=word-doubled"
        "::100 %25 odd: a, b%0Ahint: delete\\none",
    ]


def test_check_prints_annotations_on_standard_output(tmp_path: Path) -> None:
    make_project(tmp_path / "water")
    section = tmp_path / "water" / "sections" / "05-about.md"
    section.write_text(section.read_text(encoding="utf-8") + "\nIt is the the end.\n", "utf-8")

    done = run("check", "water", "--format", "github", cwd=tmp_path)

    assert (
        "::warning file=water/sections/05-about.md,line=16,col=7,title=word-doubled::"
        in done.stdout
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_hooks_of_pre_commit_are_commands_that_exist() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

    for hook in hooks:
        assert {"id", "name", "entry", "language", "files"} <= hook.keys()
        program, *arguments = hook["entry"].split()
        assert program == "briefing" and hook["pass_filenames"] is False
        assert make_parser().parse_args(arguments).command == "check"
