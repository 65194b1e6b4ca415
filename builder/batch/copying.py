"""Making one copy, in whatever process: what stays the same is kept from one to the next."""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Sequence
from functools import lru_cache, partial
from pathlib import Path

from builder.batch.copied import Copied
from builder.bibliography.shelf import Shelf
from builder.build import formats_of, prepare, write_format
from builder.confinement import RanAway, largest_file, measured, reached
from builder.diagnostics import Code, ContentErrors, Diagnostics, Span
from builder.job import Job
from builder.limits import MORE_ROOM
from builder.output import tell_too_large
from builder.plain_files import text_size
from builder.readers.found import SETTINGS
from builder.writers.base import Artifact
from builder.writers.pdf_standing import Standing

PROJECTS = 2
"""Projects of which a process keeps something: a cluster's workers see many."""


ALONE = threading.RLock()
"""Executors may have threads; a writer wants its process for itself."""


def make_copy(job: Job) -> Copied:
    """Make the copy that a job names; whatever goes wrong in it is told, and harms no other."""
    with ALONE:
        return _made(job)


def _made(job: Job) -> Copied:
    began = time.perf_counter()
    log = Diagnostics()
    artifacts: tuple[Artifact, ...] = ()
    try:
        with measured(partial(text_size, job.project)) as note:
            note("reading")
            prepared = prepare(job, log, _shelf(job.project))
            names = formats_of(job, prepared.project)
            kept = _standing(job.project)
            artifacts = tuple(
                write_format(n, prepared, log, note, word=job.word, standing=kept) for n in names
            )
            _check_sizes(artifacts, log)
            log.stop_if_errors()
    except ContentErrors:
        artifacts = ()
    except (RanAway, MemoryError, RecursionError) as stopped:
        artifacts = ()
        _standing.cache_clear()
        _shelf.cache_clear()  # it may have been left in the midst of a change
        log.error(Code.LIMIT_REACHED, reached(stopped), at=Span(SETTINGS.name), hint=MORE_ROOM)
    except Exception as fault:
        # A fault of the program's own in one copy: the others are made all the same.
        artifacts = ()
        place = traceback.extract_tb(fault.__traceback__)[-1]
        log.error(
            Code.BATCH_FAILED,
            f"the builder failed: {fault!r} in {Path(place.filename).name}, line {place.lineno}",
            hint="please report it",
        )
    if job.strict and log.has_warnings:
        artifacts = ()
    return Copied(artifacts, tuple(log), time.perf_counter() - began)


def _check_sizes(artifacts: Sequence[Artifact], log: Diagnostics) -> None:
    """Refuse files that are larger than the limits let one be; another process writes them."""
    most = largest_file()
    for made in artifacts:
        if most is not None and len(made.data) > most:
            tell_too_large(most, made.name, log)


@lru_cache(PROJECTS)
def _shelf(project: Path) -> Shelf:
    """Give the citations of a project as this process has set them before."""
    return Shelf()


@lru_cache(PROJECTS)
def _standing(project: Path) -> Standing:
    """Give the parts of a project's reports that this process has printed before."""
    return Standing()
