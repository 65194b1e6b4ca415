"""The examination from start to finish."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from builder.diagnostics import Diagnostics
from builder.doctor.machine import machine
from builder.doctor.remark import Chapter, Remark, State
from builder.job import Copy


def examine(
    here: Path, project: Path | None = None, theme: Path | None = None, edition: str = ""
) -> Iterator[Chapter]:
    """Look at the machine, then at the theme: the one given, the project's, or the shipped one.

    The project's theme and language are those of an edition that it has, where one is named.
    """
    yield from machine(here)
    try:
        yield from _looks(project, theme, edition)
    except (ImportError, FileNotFoundError) as fault:  # a package or the shipped typeface is gone
        yield Chapter("Theme", (Remark(str(fault), State.BROKEN, "run: make setup"),))


def _looks(project: Path | None, given: Path | None, edition: str) -> Iterator[Chapter]:
    from builder.doctor.looks import looks
    from builder.readers.project import read_project
    from builder.theme.origin import check_origin, chosen_by, may_choose
    from builder.theme.resolve import default_search, load_theme

    wanted: str | Path = given or "strand"
    language, fits = "en", True
    log, search = Diagnostics(), default_search(project)
    if project is not None:
        unread = Diagnostics()
        found = read_project(project, unread, Copy(edition))
        if found is not None:
            own = chosen_by(project, found.settings.theme)
            wanted, language = given or own, found.settings.language
            root, at = found.files.root, found.places.value_span(("theme",))
            fits = given is not None or (
                may_choose(own, root, search, log, at=at, trust=False)
                and check_origin(own, root, search, log, at=at, trust=False, runs=False)
            )
    theme = load_theme(wanted, search, log) if fits else None
    if theme is None:
        remarks = tuple(
            Remark(f"{found.at}: {found.message}".lstrip(": "), State.BROKEN, found.hint)
            for found in log.sorted()
        )
        yield Chapter("Theme", remarks)
        return
    yield from looks(theme, log, language)
