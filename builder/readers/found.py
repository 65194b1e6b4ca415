"""Which project is meant: what is known before anything is read."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath

from builder.diagnostics import Code, Diagnostics, Span, did_you_mean
from builder.plain_files import leads_out

SETTINGS = PurePosixPath("briefing.yml")


def find_project(given: Path | None, here: Path, log: Diagnostics) -> Path | None:
    """Give the folder of the project named, else the current one, else the only one in content/.

    What a link in content/ leads to somewhere else is taken for nobody's wish: it has to be named.
    """
    if given is not None:
        folder = given.parent if given.name == SETTINGS.name else given
        if (folder / SETTINGS).is_file():
            return folder
        what = "has no briefing.yml" if folder.is_dir() else "is no folder"
        around = _around(given)
        near = [p.parent.relative_to(here).as_posix() for p in here.glob("content/*/briefing.yml")]
        log.error(
            Code.PROJECT_MISSING,
            f"{str(given)!r} {what}",
            at=Span(str(given)),
            hint=f"it belongs to a project: name {os.path.relpath(around, here)!r}"
            if around
            else did_you_mean(str(given), near, otherwise="make a project by: briefing new DIR"),
        )
        return None
    if (here / SETTINGS).is_file():
        return here
    found = sorted(here.glob("content/*/briefing.yml"))
    if len(found) == 1 and not leads_out(found[0], here):
        return found[0].parent
    if len(found) == 1:
        name = found[0].parent.relative_to(here).as_posix()
        log.error(
            Code.PROJECT_MISSING,
            f"there is no briefing.yml here, and {name} is a link out of the current folder",
            at=Span("briefing.yml"),
            hint=f"name it if you mean that project: {name}",
        )
        return None
    message = "there is no briefing.yml here" if not found else "there are several projects here"
    around = _around(here)
    names = ", ".join(p.parent.relative_to(here).as_posix() for p in found)
    hint = f"name one: {names}" if found else "name a project, or make one by: briefing new DIR"
    if around and not found:
        hint = f"you are inside a project: name {os.path.relpath(around, here)!r}"
    log.error(Code.PROJECT_MISSING, message, at=Span("briefing.yml"), hint=hint)
    return None


def _around(path: Path) -> Path | None:
    """Give the project that a folder or file belongs to."""
    if not path.exists():
        return None
    return next((p for p in path.absolute().parents if (p / SETTINGS).is_file()), None)


def project_name(root: Path) -> str:
    """Give the name of a project's outputs: its folder's name, fit for a file name."""
    name = re.sub(r"[^\w.-]+", "-", root.resolve().name).strip("-.")
    return name or "briefing"
