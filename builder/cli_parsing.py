"""Reading the command line: what is mistyped is told with the nearest word that there is."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from builder.exit_codes import USAGE
from builder.job import ALL_FORMATS


class Parser(argparse.ArgumentParser):
    """Names the nearest word for a mistyped command or option."""

    def error(self, message: str) -> NoReturn:
        """Print usage, what is wrong and a hint, and leave with 2."""
        self.print_usage(sys.stderr)
        print(f"{self.prog}: error: {message}", file=sys.stderr)
        hint = _nearest(message, self)
        if hint:
            print(f"  hint: {hint}", file=sys.stderr)
        sys.exit(USAGE)


class Version(argparse.Action):
    """Looks the version up when it is asked for: that takes longer than all other options."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        """Print the version and leave."""
        print(f"briefing {_version()}")
        parser.exit()


def _nearest(message: str, parser: argparse.ArgumentParser) -> str:
    import difflib
    import re

    wrong = re.search(r"(?:invalid choice: |arguments: |--to: |--attach: )'?([^\s']+)'?", message)
    otherwise = f"see {parser.prog} --help"
    if wrong is None:
        return otherwise
    word = wrong[1].partition("=")[0]
    options = {
        name.lstrip("-"): name for action in parser._actions for name in action.option_strings
    }
    choices = [str(c) for action in parser._actions for c in action.choices or ()]
    known = options if word.startswith("-") else [*choices, *ALL_FORMATS]
    near = difflib.get_close_matches(word.lstrip("-"), list(known), n=1, cutoff=0.6)
    return f"did you mean {options.get(near[0], near[0])!r}?" if near else otherwise


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    found = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    return {name: command for action in found for name, command in action.choices.items()}


def parse(argv: Sequence[str] | None, parser: argparse.ArgumentParser) -> argparse.Namespace:
    """Parse the command line; what a command does not know is that command's error."""
    arguments, unknown = parser.parse_known_args(argv)
    if unknown:
        _refuse(unknown, arguments.command, parser)
    return arguments


def _refuse(unknown: list[str], name: str, parser: argparse.ArgumentParser) -> NoReturn:
    commands = _commands(parser)
    command = commands[name]
    option = unknown[0].partition("=")[0]
    owners = [name for name, other in commands.items() if option in other._option_string_actions]
    message = f"unrecognized arguments: {' '.join(unknown)}"
    if option.startswith("-") and owners:
        named = " and ".join(filter(None, (", ".join(owners[:-1]), owners[-1])))
        message += f" ({option} is an option of briefing {named})"
    command.error(message)


def _version() -> str:
    from importlib import metadata

    try:
        return metadata.version("briefing-builder")
    except metadata.PackageNotFoundError:
        return "0 (not installed)"


def formats(value: str, known: Sequence[str] = ALL_FORMATS) -> tuple[str, ...]:
    """Read names of formats with commas between. Raises ArgumentTypeError for what is none."""
    names = tuple(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))
    for name in names:
        if name not in known:
            raise argparse.ArgumentTypeError(f"{name!r} is no format; there are {', '.join(known)}")
    if not names:
        raise argparse.ArgumentTypeError(f"no format given; there are {', '.join(known)}")
    return names
