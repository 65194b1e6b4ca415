"""Where a theme comes from: one that lies inside the project is content like the rest.

Whoever wrote the project may have written it; so its templates, which are programs, run for
`--trust` only, and none of its files may be a link to somewhere else.
"""

from __future__ import annotations

import stat
from collections.abc import Sequence
from os import DirEntry
from pathlib import Path

from builder.diagnostics import Code, Diagnostics, Span
from builder.plain_files import entries, leads_out

TEMPLATE = ".j2"


def may_choose(
    theme: str | Path,
    root: Path,
    search: Sequence[Path],
    log: Diagnostics,
    *,
    at: Span,
    trust: bool,
) -> bool:
    """Tell whether a project may choose a theme: one of its own, or one that is looked for."""
    direct = Path(theme)
    by_name = len(direct.parts) == 1 and not direct.is_absolute() and direct.name != ".."
    if trust or (by_name and not isinstance(theme, Path)):
        return True
    near = (root, *search)
    if any(not leads_out(folder / direct, folder) for folder in near):
        return True
    log.error(
        Code.PATH_OUTSIDE,
        f"the theme {str(theme)!r} lies outside the project",
        at=at,
        hint="name it by --theme, put it into templates/, or give --trust if you wrote the project",
    )
    return False


def check_origin(
    theme: str | Path,
    root: Path,
    search: Sequence[Path],
    log: Diagnostics,
    *,
    at: Span,
    trust: bool,
) -> bool:
    """Look through a theme that lies inside the project; False, with errors, where it is unfit."""
    places = [Path(theme), *(folder / theme for folder in search)]
    folder = next((place for place in places if (place / "_brand.yml").is_file()), None)
    if folder is None:
        folder = next((place for place in places[:1] if place.is_dir()), None)
    if folder is None or leads_out(folder, root):
        return True
    fit = True
    for entry in entries(folder):
        fault = _fault(entry, root)
        name = Path(entry.path).resolve().name if fault is None else Path(entry.path).name
        shown = Path(entry.path).relative_to(folder).as_posix()
        if fault is not None:
            message = f"{shown!r} in the project's theme {fault[1]}"
            log.error(fault[0], message, at=at, hint="copy the file itself to there")
            fit = False
        elif name.endswith(TEMPLATE) and not trust:
            log.error(
                Code.TEMPLATE_UNTRUSTED,
                f"the project brings its own template {shown!r}, and templates are programs",
                at=at,
                hint="give --trust if you know who wrote it, or put the theme beside the project",
            )
            fit = False
    return fit


def _fault(entry: DirEntry[str], root: Path) -> tuple[Code, str] | None:
    """Tell why a file cannot be part of a theme; None: it can."""
    if leads_out(Path(entry.path), root):
        return Code.PATH_OUTSIDE, "leads out of the project"
    try:
        mode = entry.stat().st_mode
    except OSError:
        return Code.FILE_MISSING, "leads nowhere"
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return None
    return Code.FILE_UNREADABLE, "is no plain file"
