"""The files that go with the mail: taken from the outputs, or built first where they are stale."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from builder.build import Prepared, Progress, write_format
from builder.diagnostics import Code, Diagnostics, Span
from builder.freshness import Built, fingerprint, inputs_since, recorded, remember
from builder.job import Job
from builder.mail.page import Attached
from builder.mail.shrink import shrunk
from builder.output import publish
from builder.plain_files import read_plain
from builder.publication import settle
from builder.writers.base import Artifact

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "slides-pdf": "application/pdf",
    "handout": "application/pdf",
}
LONGEST_STEM = 40
MOST_BYTES = 1_000_000_000
"""Of an output."""


def collect(
    job: Job,
    prepared: Prepared,
    log: Diagnostics,
    progress: Progress,
    *,
    shrink: bool,
    keep: bool,
    since: int,
) -> tuple[Attached, ...]:
    """Give the files of a job's formats, read whole, so that nothing can change them any more.

    What is missing or older than the content is built first, and kept in the output folder if
    `keep`. Shrunk files are made for this mail alone. `since` is when reading began, in
    nanoseconds: what has been written later may not be what was read. Raises ContentErrors where
    something is wrong with them.
    """
    if shrink:
        small = shrunk(prepared)
        made = [write_format(name, small(name), log, progress) for name in job.formats]
        log.stop_if_errors()
        return tuple(_attached(artifact) for artifact in made)
    folder, root = job.folder(prepared.project.name), prepared.project.files.root
    settle(folder)  # of a build that was killed, before anything is taken for current
    inputs = fingerprint(root, prepared.theme)
    found = {name: _fresh(folder, name, job.copy.edition, inputs, log) for name in job.formats}
    log.stop_if_errors()
    stale = [name for name in job.formats if found[name] is None]
    built = tuple(write_format(name, prepared, log, progress) for name in stale)
    log.stop_if_errors()
    if built and keep:
        publish(built, folder, log, (root,))
        log.stop_if_errors()
        remember(folder, built, inputs_since(since, root, prepared.theme), edition=job.copy.edition)
    anew = {artifact.format: _attached(artifact) for artifact in built}
    return tuple(anew.get(name) or _there(found[name]) for name in job.formats)


def _there(attached: Attached | None) -> Attached:
    if attached is None:
        raise AssertionError("what was not fresh has been built")
    return attached


def _fresh(folder: Path, name: str, edition: str, inputs: str, log: Diagnostics) -> Attached | None:
    """Give an output as it is on disk, or None where it has to be built."""
    known = recorded(folder, edition).get(name)
    if known is None:
        return None
    try:
        data = read_plain(folder / known.name, MOST_BYTES)
    except OSError:
        return None
    if hashlib.sha256(data).hexdigest() != known.sha256:
        _report_changed(folder / known.name, known, log)
        return None
    if known.inputs != inputs:
        return None
    return Attached(short_name(known.name), name, data, known.pages)


def _report_changed(path: Path, known: Built, log: Diagnostics) -> None:
    log.error(
        Code.OUTPUT_CHANGED,
        f"{known.name} was changed by hand after it was built; it is neither sent nor overwritten",
        at=Span(str(path)),
        hint="keep your changes under another name, and build it anew by: briefing build",
    )


def _attached(artifact: Artifact) -> Attached:
    return Attached(short_name(artifact.name), artifact.format, artifact.data, artifact.pages)


def short_name(name: str) -> str:
    """Give a file name that every mail program keeps: short, without spaces or odd signs."""
    stem, dot, suffix = name.rpartition(".")
    stem = re.sub(r"[^\w.-]+", "-", stem).strip("-.")[:LONGEST_STEM].rstrip("-.") or "briefing"
    return f"{stem}{dot}{suffix}"
