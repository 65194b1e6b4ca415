"""`python -m builder` is `briefing`: the command line, its heavy work in a child with limits."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from builder.cli import make_parser, run
from builder.cli_limits import limits_of, tell_end
from builder.cli_parsing import parse
from builder.limits import NEW_OBJECTS
from builder.supervision import supervised


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; give the exit code. What reads a project does so within limits."""
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])
    arguments = parse(argv, make_parser())
    limits = limits_of(arguments)
    if limits is None:
        return run(arguments)
    ending = supervised(
        lambda note: run(arguments, note), limits, alone=arguments.command != "mail"
    )
    return ending.code if ending.broken is None else tell_end(arguments, ending, limits)


def _forget_here() -> None:
    """Look for no modules in the current folder, where Python has begun to: it may be a stranger's.

    Unless this program lies there itself.
    """
    here = Path.cwd()
    if sys.path[0] in ("", str(here)) and not Path(__file__).is_relative_to(here / "builder"):
        del sys.path[0]


if __name__ == "__main__":  # worker processes of a batch import this file as well
    _forget_here()
    sys.exit(main())
