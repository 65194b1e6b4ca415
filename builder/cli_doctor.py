"""`briefing doctor`: whether everything is there that a build needs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from builder.cli_limits import add_room
from builder.cli_schema import Commands
from builder.exit_codes import CONTENT

if TYPE_CHECKING:
    from builder.doctor import Chapter


def add_doctor(commands: Commands) -> None:
    """Add the command to the parser."""
    doctor = commands.add_parser(
        "doctor",
        help="look whether everything is there that a build needs",
        description="Looks at programs, packages, the theme and its fonts, and says what to do"
        " about each problem. Exit code 0 if only optional things are missing.",
        allow_abbrev=False,
    )
    doctor.add_argument(
        "project",
        nargs="?",
        type=Path,
        metavar="PROJECT",
        help="a briefing whose theme and language are looked at (default: the one here, if any)",
    )
    doctor.add_argument(
        "--edition", default="", metavar="NAME", help="the edition whose theme and language it is"
    )
    doctor.add_argument("--theme", type=Path, metavar="DIR", help="a theme's folder to look at")
    add_room(doctor)


def doctor_command(arguments: argparse.Namespace) -> int:
    """Examine and report; 1 where something that is needed is broken."""
    from builder.diagnostics import Diagnostics
    from builder.doctor import State, examine
    from builder.readers.editions import choose
    from builder.readers.found import find_project
    from builder.readers.project import read_project

    log = Diagnostics()
    here = Path.cwd()
    project = find_project(arguments.project, here, log)
    if project is None and arguments.project is not None:
        for found in log:
            print(found, file=sys.stderr)
        return CONTENT
    if project is not None and arguments.edition:
        read = read_project(project, log)
        if read is not None and choose(read.editions, arguments.edition, log) is None:
            print(log.sorted()[-1], file=sys.stderr)
            return CONTENT
    chapters = tuple(examine(here, project, arguments.theme, arguments.edition))
    for line in report(chapters):
        print(line)
    broken = any(r.state is State.BROKEN for chapter in chapters for r in chapter.remarks)
    return 1 if broken else 0


def report(chapters: Iterable[Chapter]) -> Iterator[str]:
    """Give the lines of the report; the last ones say what to do."""
    from builder.doctor import State

    cures: dict[str, State] = {}
    for chapter in chapters:
        yield chapter.title
        for remark in chapter.remarks:
            yield f"  {remark.state.value:<9} {remark.what}"
            for detail in remark.details:
                yield f"  {'':<9}   {detail}"
            if remark.cure:
                worse = State.BROKEN in (remark.state, cures.get(remark.cure))
                cures[remark.cure] = State.BROKEN if worse else remark.state
        yield ""
    if not cures:
        yield "Nothing to do: everything is there."
        return
    yield "What to do"
    for cure, state in sorted(cures.items(), key=lambda item: item[1] is not State.BROKEN):
        yield f"  {state.value:<9} {cure}"
