"""`briefing editions`: which editions there are, and what differs between them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from builder.characters import visible
from builder.cli_limits import add_room
from builder.cli_schema import Commands
from builder.exit_codes import CONTENT, USAGE

if TYPE_CHECKING:
    from builder.differences import Difference, Differences
    from builder.readers.editions import Edition


def add_edition(parser: argparse.ArgumentParser) -> None:
    """Add the option that chooses one edition."""
    parser.add_argument(
        "--edition", default="", metavar="NAME", help="one of the editions of briefing.yml"
    )


def add_editions(commands: Commands) -> None:
    """Add the command to the parser."""
    editions = commands.add_parser(
        "editions",
        help="list the editions of a project, and what differs between them",
        description="Lists the editions that briefing.yml names or its matrix makes.",
        allow_abbrev=False,
    )
    editions.add_argument(
        "project",
        nargs="?",
        type=Path,
        metavar="PROJECT",
        help="a folder with briefing.yml (default: here, else the only one under content/)",
    )
    editions.add_argument(
        "--diff",
        nargs="+",
        metavar="NAME",
        help="what differs between two editions, or between one and the briefing as it stands",
    )
    editions.add_argument("--format", choices=("text", "json"), default="text")
    add_room(editions)


def editions_command(arguments: argparse.Namespace) -> int:
    """List the editions, or compare two; 1 where the content has errors."""
    from builder.diagnostics import Diagnostics
    from builder.differences import compare
    from builder.readers.found import find_project
    from builder.readers.project import read_project

    names: list[str] = arguments.diff or []
    if len(names) > 2:
        print("briefing editions: error: --diff compares two editions", file=sys.stderr)
        print("  hint: briefing editions PROJECT --diff ONE OTHER", file=sys.stderr)
        return USAGE
    log = Diagnostics()
    arguments.note("checking")
    root = find_project(arguments.project, Path.cwd(), log)
    project = read_project(root, log) if root else None
    one, other = ([*names, ""] if len(names) == 1 else names) or ["", ""]
    found = compare(root, one, other, log) if root and names else None
    for diagnostic in log.sorted():
        print(diagnostic, file=sys.stderr)
    if project is None or log.has_errors:
        return CONTENT
    if arguments.format == "json":
        print(json.dumps(_as_dict(project.editions, found), ensure_ascii=False, indent=2))
    elif found is not None:
        print("\n".join(_compared(one, other or "the briefing as it stands", found)))
    else:
        print("\n".join(_listed(project.editions)))
    return 0


def _listed(editions: Sequence[Edition]) -> Iterator[str]:
    from builder.readers.editions import names_of

    if not editions:
        yield "the briefing has no editions; write editions: or matrix: into briefing.yml"
        return
    rows = [("edition", "audience", "formats", "says otherwise")]
    rows += [
        (
            edition.name,
            ", ".join(edition.audience) or "–",
            ", ".join(edition.formats) or "–",
            ", ".join(names_of(edition.changes)) or "–",
        )
        for edition in editions
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        yield "  ".join([*cells, row[3]])


def _compared(one: str, other: str, found: Differences) -> Iterator[str]:
    yield f"{one} → {other}"
    if not found.settings and not found.text:
        yield "nothing differs"
    for title, items in (("settings", found.settings), ("text", found.text)):
        if items:
            yield f"\n{title}"
        for item in items:
            yield f"  {visible(_told(item, one, other))}"


def _told(item: Difference, one: str, other: str) -> str:
    place = f"{item.at.file}:{item.at.line}  " if item.at.line else ""
    if item.one is None:
        return f"{place}{item.what}, only in {other}: {item.other}"
    if item.other is None:
        return f"{place}{item.what}, only in {one}: {item.one}"
    return f"{place}{item.what}: {item.one} → {item.other}"


def _as_dict(editions: Sequence[Edition], found: Differences | None) -> dict[str, object]:
    from builder.readers.editions import names_of

    listed = [
        {
            "name": edition.name,
            "audience": list(edition.audience),
            "formats": list(edition.formats),
            "axes": list(edition.axes),
            "changes": list(names_of(edition.changes)),
            "line": edition.at.line,
        }
        for edition in editions
    ]
    if found is None:
        return {"editions": listed}
    return {
        "editions": listed,
        "settings": [item.as_dict() for item in found.settings],
        "text": [item.as_dict() for item in found.text],
    }
