"""The manual knows the program: every finding, command, option and div."""

from __future__ import annotations

import argparse
import ast
import re
import signal
from pathlib import Path

from builder.cli import make_parser
from builder.diagnostics import Code
from builder.exit_codes import CONTENT, INTERRUPTED, OK, USAGE, WARNINGS
from builder.readers.directives import DIRECTIVES
from builder.readers.settings import FrontMatter, Settings
from builder.stopping import Stopped

DOCS = Path(__file__).parents[2] / "docs"
MANUAL = (DOCS / "manual.md").read_text(encoding="utf-8")
CHECK = (DOCS / "check.md").read_text(encoding="utf-8")
DIALECT = (DOCS / "dialect.md").read_text(encoding="utf-8")


def test_every_finding_has_its_line_and_no_other_is_named() -> None:
    named = re.findall(r"^\| `([a-z-]+)` \|", MANUAL.split("## Findings")[1], re.MULTILINE)

    rules = re.findall(r"^### ([a-z-]+)$", CHECK, re.MULTILINE)
    assert sorted(named + rules) == sorted(code.value for code in Code)


def test_every_command_and_option_is_there() -> None:
    parser = make_parser()
    commands = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    for name, command in commands.choices.items():
        part = re.search(rf"### briefing {name}\n(.*?)(?=\n### |\n## )", MANUAL, re.DOTALL)
        assert part, name
        for action in command._actions:
            for option in action.option_strings:
                assert option in part[1] or option in ("-h", "--help"), (name, option)
            if not action.option_strings:
                assert str(action.metavar) in part[1], (name, action.metavar)


def test_everything_that_is_done_instead_is_listed_with_what_says_so() -> None:
    listed = MANUAL.split("## What the builder does instead, in sight")[1]
    rows = [line for line in listed.splitlines() if line.startswith("| ")][2:]
    named = {code for row in rows for code in re.findall(r"`([a-z-]+)`", row.split(" | ")[2])}

    noted = {code.lower().replace("_", "-") for code in _noted()}
    assert len(noted) >= 5 and noted <= named
    assert named - {"briefing doctor"} <= {code.value for code in Code}
    assert all(row.count(" | ") == 2 for row in rows)


def _noted() -> set[str]:
    """Give the codes of all notes in the program: what it did instead of what was asked."""
    calls = (
        node
        for path in (DOCS.parent / "builder").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and node.args
    )
    return {
        call.args[0].attr
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "note"
        and isinstance(call.args[0], ast.Attribute)
    }


def test_every_div_is_there() -> None:
    for name in DIRECTIVES:
        word = name.removeprefix("callout-")
        assert word in DIALECT, name


def test_every_key_of_briefing_yml_and_front_matter_is_there() -> None:
    for model in (Settings, FrontMatter):
        for name, field in model.model_fields.items():
            assert f"{field.alias or name}:" in DIALECT, name


def test_every_exit_code_is_explained() -> None:
    explained = MANUAL.split("### Exit codes")[1].split("###")[0]

    codes = {OK, CONTENT, USAGE, WARNINGS, INTERRUPTED}
    codes |= {Stopped(number).code for number in (signal.SIGTERM, signal.SIGHUP)}

    assert sorted(map(int, re.findall(r"\b\d+\b", explained))) == sorted(codes)
