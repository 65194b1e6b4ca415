"""`briefing check --fix`: the repairs shown as a diff, and made."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TextIO

from builder.characters import FORBIDDEN
from builder.exit_codes import CONTENT

if TYPE_CHECKING:
    from builder.editorial.repair import Page


def fix(project: Path, *, out: TextIO, ask: Callable[[str], str] | None = None) -> int:
    """Show what can be repaired and repair it; on a terminal `ask` comes first.

    Gives 0, or 1 where a file cannot be read or written. The check that follows says the rest.
    """
    from builder.diagnostics import Diagnostics
    from builder.editorial.repair import ChangedMeanwhileError, Copy, difference, repaired, write
    from builder.readers.project import read_project

    found = read_project(project, Diagnostics())
    if found is None:
        return 0  # the check that follows says so
    pages = _pages(project, [*found.sections, PurePosixPath("briefing.yml")])
    before = {name: page.text for name, page in pages.items()}
    language = found.settings.language.split("-")[0].lower()
    after = repaired(Copy(before, language), found.settings.check)
    lines = list(difference(before, after))
    if not lines:
        print("nothing to repair", file=out)
        return 0
    for line in lines:
        print(line, end="" if line.endswith("\n") else "\n\\ no line end\n", file=out)
    if ask is not None and not _agreed(ask):
        print("nothing was changed", file=out)
        return 0
    try:
        names = write(pages, after)
    except ChangedMeanwhileError as fault:
        return _refuse(f"{fault} has changed meanwhile; nothing was repaired", "try again")
    except OSError as fault:
        return _refuse(f"{fault.filename}: {fault.strerror}", "make the files writable")
    print(f"repaired: {', '.join(names)}", file=out)
    return 0


def _pages(project: Path, names: list[PurePosixPath]) -> dict[str, Page]:
    """Read the files that are text; the check reports the others."""
    from builder.editorial.repair import Page
    from builder.plain_files import read_plain
    from builder.readers.files import LARGEST_TEXT, ProjectFiles

    files = ProjectFiles(project)
    pages: dict[str, Page] = {}
    for name in names:
        try:
            path = files.resolve(name)
            page = Page(path, read_plain(path, LARGEST_TEXT))
            if FORBIDDEN.search(page.text):
                continue
        except (OSError, UnicodeDecodeError):
            continue
        pages[str(name)] = page
    return pages


def _agreed(ask: Callable[[str], str]) -> bool:
    try:
        return ask("Repair? [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


def _refuse(message: str, hint: str) -> int:
    print(f"briefing check: error: {message}", file=sys.stderr)
    print(f"  hint: {hint}", file=sys.stderr)
    return CONTENT
