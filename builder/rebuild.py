"""Building a project again and again: each time only what has changed."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path, PurePosixPath

from builder.bibliography.shelf import Shelf
from builder.build import Outcome, Prepared, Progress, formats_of, prepare, write_format
from builder.confinement import RanAway, measured, reached
from builder.diagnostics import Code, ContentErrors, Diagnostics, Span
from builder.document.nodes import BlockNode, Document
from builder.document.walk import every
from builder.freshness import inputs_since, remember
from builder.job import Job
from builder.limits import MORE_ROOM
from builder.output import publish
from builder.passes.editions import for_format
from builder.plain_files import text_size
from builder.readers.found import SETTINGS
from builder.theme.model import Theme
from builder.theme.resolve import default_search
from builder.writers.base import Artifact
from builder.writers.pdf_standing import Standing


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What one more build gave."""

    outcome: Outcome
    written: tuple[str, ...]  # formats made anew
    seconds: float


@dataclass(frozen=True, slots=True)
class _Made:
    """An output with all that it was made of."""

    artifact: Artifact
    document: Document  # as the format shows it
    ids: tuple[str, ...]
    theme: Theme
    looks: bytes  # digest of the theme's files
    stamp: object
    read: tuple[tuple[PurePosixPath, bytes], ...]  # files read on the way, with their digests


@dataclass(slots=True)
class Rebuilder:
    """Builds one job whenever it is asked to, and keeps between builds what can be kept."""

    job: Job
    shelf: Shelf = field(default_factory=Shelf)
    made: dict[str, _Made] = field(default_factory=dict)
    standing: Standing = field(default_factory=Standing)

    def build(self, progress: Progress = lambda step: None) -> Rebuilt:
        """Build what has changed since the last time; with errors in the content, nothing."""
        began, started = time.monotonic(), time.time_ns()
        log = Diagnostics()
        written: list[str] = []
        try:
            progress("reading")
            prepared = prepare(self.job, log, self.shelf)
            names = formats_of(self.job, prepared.project)
            artifacts = tuple(self._write(n, prepared, log, progress, written) for n in names)
            log.stop_if_errors()
            stopped = self.job.strict and log.has_warnings
        except ContentErrors:
            stopped = True
        if stopped:
            return Rebuilt(Outcome((), (), log), (), time.monotonic() - began)
        progress("saving")
        paths = self._publish(artifacts, prepared, written, started, log)
        seconds = time.monotonic() - began
        return Rebuilt(Outcome(artifacts if paths else (), paths, log), tuple(written), seconds)

    def _write(
        self,
        name: str,
        prepared: Prepared,
        log: Diagnostics,
        progress: Progress,
        written: list[str],
    ) -> Artifact:
        """Give a format's output: the one from before where it would come out the same."""
        document = for_format(prepared.document, "pdf" if name == "print" else name)
        looks = looks_of(prepared.theme)
        kept = self.made.get(name)
        if kept is not None and _same(kept, document, prepared, looks):
            return kept.artifact
        reading = _Reading(prepared)
        own = Diagnostics()
        artifact = write_format(
            name, prepared, own, progress, self.job.word, reading.read, standing=self.standing
        )
        for found in own:
            log.add(found)
        written.append(name)
        self.made.pop(name, None)
        if not len(own):  # what was found has lines, which the next change may move
            read = tuple(sorted(reading.digests.items()))
            ids = tuple(node.id for node in every(document, BlockNode))
            self.made[name] = _Made(
                artifact, document, ids, prepared.theme, looks, prepared.stamp, read
            )
        return artifact

    def _publish(
        self,
        artifacts: tuple[Artifact, ...],
        prepared: Prepared,
        written: Iterable[str],
        started: int,
        log: Diagnostics,
    ) -> tuple[Path, ...]:
        """Put into the output folder what is new there; give the paths of all outputs."""
        folder = self.job.folder(prepared.project.name)
        fresh = tuple(
            made
            for made in artifacts
            if made.format in written or not (folder / made.name).is_file()
        )
        if fresh and not publish(fresh, folder, log, (self.job.project,)):
            return ()
        inputs = inputs_since(started, prepared.project.files.root, prepared.theme)
        remember(folder, artifacts, inputs, edition=self.job.copy.edition)
        return tuple(folder / made.name for made in artifacts)


@cache
def _rebuilder(job: Job) -> Rebuilder:
    """Give what this process builds the job with."""
    return Rebuilder(job)


def build_again(job: Job) -> Rebuilt:
    """Build in a process of its own, within its limits; the bytes of the files stay there."""
    began = time.monotonic()
    try:
        with measured(partial(text_size, job.project)) as note:
            rebuilt = _rebuilder(job).build(note)
    except (RanAway, MemoryError, RecursionError) as stopped:
        _rebuilder.cache_clear()  # it may have been left in the midst of a change
        return not_rebuilt(reached(stopped), time.monotonic() - began)
    except BaseException:
        _rebuilder.cache_clear()
        raise
    made = tuple(replace(artifact, data=b"") for artifact in rebuilt.outcome.artifacts)
    return replace(rebuilt, outcome=replace(rebuilt.outcome, artifacts=made))


def not_rebuilt(why: str, seconds: float = 0.0) -> Rebuilt:
    """Give what comes of a build that a limit has ended."""
    log = Diagnostics()
    log.error(Code.LIMIT_REACHED, why, at=Span(str(SETTINGS)), hint=MORE_ROOM)
    return Rebuilt(Outcome((), (), log), (), seconds)


@dataclass(slots=True)
class _Reading:
    """The files of a project, with a note of what was read."""

    prepared: Prepared
    digests: dict[PurePosixPath, bytes] = field(default_factory=dict)

    def read(self, path: PurePosixPath) -> bytes:
        """Give a file's bytes, as the project's own files do."""
        data = self.prepared.project.files.read(path)
        self.digests[path] = hashlib.sha256(data).digest()
        return data


def _same(made: _Made, document: Document, prepared: Prepared, looks: bytes) -> bool:
    """Tell whether an output would come out the same: text, ids, looks, date, files read."""
    if (made.looks, made.stamp) != (looks, prepared.stamp) or made.theme != prepared.theme:
        return False
    if made.document != document:
        return False
    if made.ids != tuple(node.id for node in every(document, BlockNode)):
        return False
    return all(_read_same(prepared, path, digest) for path, digest in made.read)


def _read_same(prepared: Prepared, path: PurePosixPath, digest: bytes) -> bool:
    try:
        return hashlib.sha256(prepared.project.files.read(path)).digest() == digest
    except OSError:
        return False


def looks_of(theme: Theme) -> bytes:
    """Give a digest of a theme's files: templates, layouts, logo."""
    digest = hashlib.sha256()
    for folder in theme.search or (theme.folder,):
        for path in sorted(folder.glob("*")):
            if path.is_file():
                digest.update(os.fsencode(path.name) + b"\0" + path.read_bytes())
    return digest.digest()


def folders_of(job: Job) -> tuple[Path, ...]:
    """Give the folders whose files a build of the job may depend on."""
    root = job.project.resolve()
    theme = (job.theme.resolve(),) if job.theme is not None else ()
    around = (*default_search(root), *theme)
    return tuple(dict.fromkeys([root, *(f.resolve() for f in around if not _inside(f, root))]))


def _inside(folder: Path, root: Path) -> bool:
    return folder.resolve().is_relative_to(root)
