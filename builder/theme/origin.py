"""Where a theme comes from: one that lies inside the project is content like the rest.

Whoever wrote the project may have written it; so its templates, which are programs, run for
`--trust` only, and none of its files may be a link to somewhere else.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from os import DirEntry
from pathlib import Path

from builder.diagnostics import Code, Diagnostics, Span
from builder.plain_files import NO_CONTENT, NoContent, entries, is_content, leads_out, lies_in
from builder.theme.paths import BRAND, find_theme, shipped_templates, standing

TEMPLATE = ".j2"
MOST_FILES = 2_000
"""Of a theme, fonts and all; beyond them nobody would look."""


def chosen_by(project: Path, written: str) -> str | Path:
    """Give what a project's `theme:` means: a folder of its own, by a path, else a name."""
    inside = project / written
    folder = inside.parent if inside.name == BRAND else inside
    is_path = folder.is_dir() or len(Path(written).parts) > 1 or written == ".."
    return folder if is_path else written


def may_choose(
    theme: str | Path,
    root: Path,
    search: Sequence[Path],
    log: Diagnostics,
    *,
    at: Span,
    trust: bool,
) -> bool:
    """Tell whether a project may choose a theme: one of its own, or one that is looked for.

    Neither templates/ nor a theme in it may be a link to somewhere else: a tree that a stranger
    sent would have them lead to any theme of this machine.
    """
    is_own = isinstance(theme, Path) and not leads_out(theme, root)
    if is_own and not is_content(Path(theme).resolve().relative_to(root.resolve())):
        fault = NoContent(Path(theme))
        message = f"the theme {os.path.relpath(theme, root)!r} cannot be used: {fault.strerror}"
        log.error(Code.FILE_UNREADABLE, message, at=at, hint=NO_CONTENT)
        return False
    if trust:
        return True
    folder = theme if isinstance(theme, Path) else find_theme(theme, search)
    if folder is None or lies_in(folder, (root.resolve(), *map(standing, search))):
        return True
    if isinstance(theme, Path):
        message = f"the theme {os.path.relpath(theme, root)!r} lies outside the project"
        hint = (
            "name it by --theme, put it into templates/, or give --trust if you wrote the project"
        )
    else:
        message = f"the theme {theme!r} is found by a link that leads out of templates/"
        hint = "copy the theme itself to there, name it by --theme, or give --trust if it is yours"
    log.error(Code.PATH_OUTSIDE, message, at=at, hint=hint)
    return False


def check_origin(
    theme: str | Path,
    root: Path,
    search: Sequence[Path],
    log: Diagnostics,
    *,
    at: Span,
    trust: bool,
    runs: bool = True,
) -> bool:
    """Look through a theme; False, with errors, where it is unfit.

    In one that lies inside the project nothing may lead out of the project, and templates are not
    trusted, if they are run at all (`runs`). In one that lies beside it nothing may lead out of the
    theme.
    """
    folder = find_theme(theme, search) or (theme if isinstance(theme, Path) else None)
    if folder is None or not folder.is_dir() or not leads_out(folder, shipped_templates()):
        return True
    is_own = not leads_out(folder, root)
    if trust and not is_own:
        return True
    bounds, of, out = folder, "the theme", "the theme"
    if is_own:
        bounds, of, out = root, "the project's theme", "the project"
    found = list(entries(folder))
    if len(found) > MOST_FILES:
        message = f"{of} has more than {MOST_FILES:,} files"
        log.error(Code.FILE_UNREADABLE, message, at=at, hint="take out what is no part of it")
        return False
    faults = [(entry, fault) for entry in found if (fault := _fault(entry, bounds))]
    for entry, fault in faults:
        name = Path(entry.path).relative_to(folder).as_posix()
        message = f"{name!r} in {of} {_WORDS[fault]}{out if fault is Code.PATH_OUTSIDE else ''}"
        log.error(fault, message, at=at, hint="copy the file itself to there")
    brought = (
        [] if trust or not runs or not is_own or faults else [e for e in found if _is_template(e)]
    )
    for entry in brought:
        name = Path(entry.path).relative_to(folder).as_posix()
        log.error(
            Code.TEMPLATE_UNTRUSTED,
            f"the project brings its own template {name!r}, and templates are programs",
            at=at,
            hint="give --trust if you know who wrote it, or put the theme beside the project",
        )
    return not faults and not brought


def brings_templates(theme: Path) -> bool:
    """Tell whether a theme that is not the shipped one has templates of its own."""
    folder = theme.parent if theme.name == BRAND else theme
    return leads_out(folder, shipped_templates()) and any(map(_is_template, entries(folder)))


_WORDS = {
    Code.PATH_OUTSIDE: "leads out of ",
    Code.FILE_MISSING: "leads nowhere",
    Code.FILE_UNREADABLE: "is no plain file",
}


def _fault(entry: DirEntry[str], bounds: Path) -> Code | None:
    """Tell why a file cannot be part of a theme; None: it can."""
    if leads_out(Path(entry.path), bounds):
        return Code.PATH_OUTSIDE
    try:
        mode = entry.stat().st_mode
    except OSError:
        return Code.FILE_MISSING
    return None if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else Code.FILE_UNREADABLE


def _is_template(entry: DirEntry[str]) -> bool:
    """Tell whether a file is a template, by its own name or by that of what it leads to."""
    names = (entry.name, Path(entry.path).resolve().name)
    return any(name.lower().endswith(TEMPLATE) for name in names)
