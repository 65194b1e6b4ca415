"""Making copies on a cluster's worker: its own machine has neither the project nor the themes."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from builder.batch.bundle import Bundle, moved, unpacked
from builder.batch.copied import Copied, failed
from builder.batch.copying import ALONE, make_copy
from builder.batch.dated import asked_date, dated
from builder.build import load_theme_of
from builder.diagnostics import Diagnostic, Diagnostics, Span
from builder.freshness import makers
from builder.job import Copy, Job
from builder.readers.project import read_project

NOTHING = Bundle("", b"")
OTHER = "the worker has another version of the builder, of Python, of a library or a font"


@dataclass(frozen=True, slots=True)
class Sent:
    """A job, and what has to make it so that it comes out the same."""

    job: Job
    makers: str
    date: str  # that SOURCE_DATE_EPOCH asks for


def to_send(jobs: Mapping[str, Job]) -> dict[str, Sent]:
    """Give jobs as they are sent."""
    return {
        name: Sent(job, makers_of(job.project, job.theme, job.copy.edition), asked_date())
        for name, job in jobs.items()
    }


def copy_there(sent: Sent, bundle: Bundle = NOTHING) -> Copied:
    """Make a copy of a bundle, on the machine that has been asked to."""
    with ALONE:
        try:
            folder, job = _taken(sent, bundle)
        except ValueError as fault:
            return failed(str(fault))
        with dated(sent.date):  # whatever is asked for there
            made = make_copy(job)
        return replace(made, found=tuple(_from(folder, finding) for finding in made.found))


def fault_there(sent: Sent, bundle: Bundle = NOTHING) -> str:
    """Say why this machine cannot make a copy as the one that asks would; empty: it can."""
    with ALONE:
        try:
            _taken(sent, bundle)
        except ValueError as fault:
            return str(fault)
        return ""


def _taken(sent: Sent, bundle: Bundle) -> tuple[Path, Job]:
    """Give the folder of a bundle, and the job as it is there. Raises ValueError."""
    try:
        folder = unpacked(bundle, _place())
        job = moved(sent.job, folder)
        ours = makers_of(job.project, job.theme, sent.job.copy.edition)
    except (OSError, ValueError) as fault:
        raise ValueError(f"the worker cannot use the bundle: {fault}") from fault
    if ours != sent.makers:
        raise ValueError(OTHER)
    return folder, job


@cache
def makers_of(project: Path, theme: Path | None, edition: str) -> str:
    """Give what makes an edition's copies on this machine: program, libraries, fonts."""
    job = Job(project, theme=theme, copy=Copy(edition))
    read = read_project(project, Diagnostics(), job.copy)
    if read is None:
        return ""
    place = (project, theme, read.theme)
    if place not in _LOOKS:
        looks = load_theme_of(job, read, Diagnostics())
        _LOOKS[place] = f"{makers(looks)} {_system()}" if looks else ""
    return _LOOKS[place]


_LOOKS: dict[tuple[Path, Path | None, str], str] = {}
"""What is known of themes already: editions share them, and their fonts are large."""


@cache
def _system() -> str:
    """Give the version of what sets a file's lines, and is no package of Python's."""
    from weasyprint.text.ffi import pango

    return f"pango {pango.pango_version()}"


def _place() -> Path:
    """Give the worker's own folder, which goes when it goes."""
    from distributed import get_worker

    try:
        return Path(get_worker().local_directory) / "bundles"
    except ValueError:  # no worker: a test, or another scheduler
        return Path(tempfile.gettempdir()) / "briefing-bundles"


def _from(folder: Path, finding: Diagnostic) -> Diagnostic:
    """Name a finding's file as the machine that asked would."""
    file, here = finding.at.file, Path.cwd()
    for place in (folder, folder.relative_to(here) if folder.is_relative_to(here) else folder):
        file = file.removeprefix(f"{place.as_posix()}/")
    return replace(finding, at=Span(file, finding.at.line, finding.at.column))
