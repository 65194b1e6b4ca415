"""`briefing new`: a project to start from, with answers from the command line or the keyboard."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from builder.cli_schema import Commands
from builder.exit_codes import USAGE

EXAMPLES = ("policy-brief", "consulting-report", "annual-statistics")
PAPERS = ("a4", "letter")


def add_new(commands: Commands) -> None:
    """Add the command to the parser."""
    new = commands.add_parser(
        "new",
        help="start a project from a small, complete example",
        description="Makes a project to start from. On a terminal it asks for what no option says.",
        allow_abbrev=False,
    )
    new.add_argument("folder", type=Path, metavar="DIR", help="a folder that does not exist yet")
    new.add_argument("--example", choices=EXAMPLES, help="what to start from (policy-brief)")
    new.add_argument("--title", type=_words, metavar="WORDS", help="the briefing's title")
    new.add_argument("--author", type=_words, metavar="NAME", help="who writes it")
    new.add_argument("--theme", metavar="NAME", help="a theme's name or folder (strand)")
    new.add_argument("--paper", choices=PAPERS, help="the paper size (a4)")


def _words(value: str) -> str:
    words = " ".join(value.split())
    if not words:
        raise argparse.ArgumentTypeError("it is empty")
    return words


def new_command(arguments: argparse.Namespace, ask: Callable[[str], str] = input) -> int:
    """Start a project; 2 where that cannot be."""
    from builder.example import make_project

    folder: Path = arguments.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        return _refuse(f"{folder} is there already", "name a folder that does not exist yet")
    try:
        answers = _asked(arguments, ask) if on_terminal() else _given(arguments)
    except EOFError:
        return _refuse("no answer was given", "answer, or give options: briefing new --help")
    fault = _theme_fault(answers.get("theme"), folder)
    if fault:
        return _refuse(*fault)
    example = answers.pop("example", EXAMPLES[0])
    try:
        made = make_project(folder, example, answers)
    except OSError as error:
        return _refuse(f"{folder}: {error.strerror}", "name a folder that can be made")
    for path in made:
        print(path)
    print(f"\nbuild it by:  briefing build {folder}")
    return 0


def on_terminal() -> bool:
    """Tell whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _given(arguments: argparse.Namespace) -> dict[str, str]:
    names = ("example", "title", "author", "theme", "paper")
    return {name: value for name in names if (value := getattr(arguments, name))}


def _asked(arguments: argparse.Namespace, ask: Callable[[str], str]) -> dict[str, str]:
    """Ask for what no option says; an empty answer leaves what the example has."""
    answers = _given(arguments)
    if "example" not in answers:
        answers["example"] = _choice(ask, "Example", EXAMPLES)
    for name in ("title", "author", "theme"):
        if name not in answers and (answer := _line(ask, name)):
            answers[name] = answer
    if "paper" not in answers:
        answers["paper"] = _choice(ask, "Paper", PAPERS)
    return answers


def _line(ask: Callable[[str], str], name: str) -> str:
    kept = " [strand]" if name == "theme" else " [the example's]"
    return " ".join(ask(f"{name.capitalize()}{kept}: ").split())


def _choice(ask: Callable[[str], str], name: str, choices: tuple[str, ...]) -> str:
    """Ask until one of the choices is given, by name or number; nothing is the first."""
    shown = ", ".join(f"{place} {choice}" for place, choice in enumerate(choices, start=1))
    while True:
        answer = ask(f"{name} ({shown}) [{choices[0]}]: ").strip().lower()
        if not answer:
            return choices[0]
        if answer.isdigit() and 1 <= int(answer) <= len(choices):
            return choices[int(answer) - 1]
        if answer in choices:
            return answer
        print(f"  {answer!r} is none of {', '.join(choices)}")


def _theme_fault(theme: str | None, folder: Path) -> tuple[str, str] | None:
    """Tell what is wrong with a theme: the project must find it where it will stand."""
    if theme is None:
        return None
    from builder.diagnostics import Diagnostics
    from builder.theme.origin import chosen_by
    from builder.theme.resolve import default_search, load_theme

    log = Diagnostics()
    if load_theme(chosen_by(folder, theme), default_search(folder), log) is not None:
        return None
    first = log.sorted()[0]
    return first.message, first.hint


def _refuse(message: str, hint: str) -> int:
    print(f"briefing new: error: {message}", file=sys.stderr)
    print(f"  hint: {hint}", file=sys.stderr)
    return USAGE
