"""The main path, start to finish: read this first."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from builder.bibliography.shelf import Shelf
from builder.checks import check_characters, check_cover, check_language
from builder.deck.make import make_deck
from builder.deck.map import DeckMap, deck_map
from builder.diagnostics import NOWHERE, Code, ContentErrors, Diagnostics, Span
from builder.document.days import parse_day
from builder.document.nodes import Document
from builder.editorial.desk import inspect
from builder.editorial.registry import IN_BUILDS
from builder.editorial.rule import Manuscript
from builder.freshness import inputs_since, remember
from builder.hands import PRINTED, Hands, alongside
from builder.job import PLAIN, SLIDES, Copy, Job, WordOptions
from builder.kept import Kept, keep, key_of
from builder.office import bookmark_pages
from builder.outcome import Outcome as Outcome
from builder.output import machine_fault, publish, read_outputs, tell_uncached
from builder.outputs_lint import lint_outputs
from builder.passes import improve
from builder.passes.editions import for_format
from builder.passes.references import open_dead_links
from builder.readers.editions import ALL
from builder.readers.project import SETTINGS, Project, read_document, read_project
from builder.theme.model import Theme
from builder.theme.origin import check_origin, chosen_by, may_choose
from builder.theme.resolve import default_search, load_theme
from builder.theme.words import words_for
from builder.writers import writer_for
from builder.writers.base import Artifact
from builder.writers.pdf_standing import Standing

Progress = Callable[[str], None]
NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)
"""The date inside the files of a briefing that names none: the earliest that zip can hold."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A briefing that has been read and checked, ready for every writer."""

    project: Project
    document: Document
    theme: Theme
    stamp: datetime


def build(job: Job, progress: Progress = lambda step: None, hands: Hands | None = None) -> Outcome:
    """Read, check, compose and write one briefing in every format that the job asks for.

    Where the content has errors (or, under `strict`, warnings) nothing is written. With `hands`,
    the report's parts are made side by side.
    """
    log, started, key = Diagnostics(), time.time_ns(), key_of(job)
    try:
        progress("reading")
        prepared = prepare(job, log)
        names = formats_of(job, prepared.project)
        artifacts = _written(names, prepared, log, progress, job.word, hands)
        log.stop_if_errors()
        if job.strict and log.has_warnings:
            return Outcome((), (), log)
        progress("saving")
        folder = job.folder(prepared.project.name)
        root = prepared.project.files.root
        paths = publish(artifacts, folder, log, (root,))
        if paths:
            inputs = inputs_since(started, root, prepared.theme)
            unkept = remember(folder, artifacts, inputs, edition=job.copy.edition)
            if unkept is not None:
                tell_uncached(unkept, log)
            keep(key, job, prepared.theme, Kept(artifacts, tuple(log), inputs))
    except ContentErrors:
        return Outcome((), (), log)
    except OSError as fault:
        if not machine_fault(fault, log):
            raise
        return Outcome((), (), log)
    if not paths:
        return Outcome((), (), log)
    return Outcome(artifacts, paths, log, map_deck(prepared) if job.deck_map else None)


def _written(
    names: Sequence[str],
    prepared: Prepared,
    log: Diagnostics,
    progress: Progress,
    word: WordOptions,
    hands: Hands | None,
) -> tuple[Artifact, ...]:
    """Write all formats; what hands can do they do while the others are written here.

    Where hands take all processors the others wait until one is free. All at once would only slow
    each other down, and in the end, when one hand binds the file, a processor would be idle.
    """
    apart = [name for name in names if name in PRINTED] if hands and hands.all else []
    logs = {name: Diagnostics() for name in names}
    made: dict[str, Artifact] = {}

    def print_all() -> None:
        try:
            for name in apart:
                made[name] = write_format(name, prepared, logs[name], hands=hands)
        finally:
            if hands:
                hands.at_rest.set()

    if apart:
        progress(f"writing {' and '.join(apart)}")  # its share of the processor is the hands' too
    ended = alongside(print_all)
    try:
        if apart and hands and hands.take_all:
            hands.at_rest.wait()
        for name in (name for name in names if name not in apart):
            made[name] = write_format(name, prepared, logs[name], progress, word)
        if apart:
            progress(f"writing {' and '.join(apart)}")
        ended()
    finally:
        for name in names:
            for found in tuple(logs[name]):
                log.add(found)
    return tuple(made[name] for name in names)


def formats_of(job: Job, project: Project) -> tuple[str, ...]:
    """Give what a job makes of a project: what was asked for, else what its edition says."""
    names = job.formats or project.formats
    return (*names, "print") if job.for_print else names


def map_deck(prepared: Prepared) -> DeckMap | None:
    """Account for the deck's slides; what is wrong with it was said when it was written."""
    document = for_format(prepared.document, "pptx")
    made = make_deck(document, prepared.theme, Diagnostics())
    return deck_map(document, made[0]) if made else None


def check(
    job: Job, *, outputs: bool = False, progress: Progress = lambda step: None
) -> Diagnostics:
    """Find what is wrong with the content, and with what was built of it; write nothing.

    What a build would stop at comes first; where that is mended, the editor's eye looks as well.
    """
    log = Diagnostics()
    for copy in _copies(job):
        progress(f"checking {copy.edition}".rstrip())
        for found in _check_copy(replace(job, copy=copy), progress, outputs=outputs):
            log.add(found)
    return log


def _copies(job: Job) -> tuple[Copy, ...]:
    """Give what is to be checked: one copy, or the briefing as it stands and its editions."""
    if job.copy.edition != ALL:
        return (job.copy,)
    project = read_project(job.project, Diagnostics())
    names = [edition.name for edition in project.editions] if project else []
    return tuple(replace(job.copy, edition=name) for name in ("", *names))


def _check_copy(job: Job, progress: Progress, *, outputs: bool) -> Diagnostics:
    log = Diagnostics()
    with suppress(ContentErrors):
        prepared = prepare(job, log)
        project = prepared.project
        if {*SLIDES, "handout"} & set(formats_of(job, project)):
            make_deck(for_format(prepared.document, "pptx"), prepared.theme, log)
            log.stop_if_errors()
        whole = manuscript(project, prepared.document, prepared.theme)
        inspect(whole, project.settings.check, log)
        if outputs:
            progress("looking through the outputs")
            folder = job.folder(project.name)
            lint_outputs(read_outputs(folder, project.file_name, log), log)
    return log


def manuscript(project: Project, document: Document, theme: Theme) -> Manuscript:
    """Give what the editor's rules look at: the document, and the files it was read from."""
    names = dict.fromkeys([SETTINGS, *project.sections])
    names |= dict.fromkeys(PurePosixPath(work.at.file) for work in project.works.values())
    unread = Diagnostics()
    texts = ((str(name), project.files.text(name, unread)) for name in names)
    sources = {name: text for name, text in texts if text is not None}
    return Manuscript(document, theme, project.works, sources)


def prepare(job: Job, log: Diagnostics, shelf: Shelf | None = None) -> Prepared:
    """Read a project and improve its document until writers can show it.

    Raises ContentErrors as soon as a stage has found errors. Whoever prepares a project again and
    again keeps a `shelf`.
    """
    project = read_project(job.project, log, job.copy)
    if project is None:
        raise ContentErrors
    theme = load_theme_of(job, project, log)
    settings = project.settings
    words = words_for(
        settings.language,
        theme.words if theme else None,
        settings.words,
        log,
        places=project.places,
    )
    document = read_document(project, words, log)
    at = project.places.value_span(("csl",))
    style_file = project.style_file
    document = improve(
        document, project.works, log, style_file=style_file, style_at=at, shelf=shelf
    )
    if theme is None:
        raise ContentErrors
    check_characters(document, theme, project.files, log)
    inspect(manuscript(project, document, theme), settings.check, log, IN_BUILDS)
    document = open_dead_links(document)
    check_language(document, theme, log, at=project.places.value_span(("language",)))
    check_cover(document, log, at=project.places.value_span(("cover-data",)))
    stamp = stamp_of(document.meta.date, log, at=project.places.value_span(("date",)))
    log.stop_if_errors()
    return Prepared(project, document, theme, stamp)


def stamp_of(date: str, log: Diagnostics, *, at: Span = NOWHERE) -> datetime:
    """Give the date inside the files: SOURCE_DATE_EPOCH, else the briefing's, never the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit() and int(epoch) < 4_000_000_000:
        return max(datetime.fromtimestamp(int(epoch), UTC), NO_DATE)
    if epoch:
        log.error(
            Code.VALUE_INVALID,
            f"SOURCE_DATE_EPOCH={epoch!r} is no count of seconds since 1970",
            hint="unset it, or set it to a whole number",
        )
    day = parse_day(date)  # None: no date, or one that has been diagnosed
    if day is None:
        return NO_DATE
    if day.year < NO_DATE.year:
        log.note(
            Code.FORMAT_CANNOT_SHOW,
            f"files cannot be dated {day.year}: inside they bear 1 January {NO_DATE.year}",
            at=at,
        )
    return max(datetime(day.year, day.month, day.day, tzinfo=UTC), NO_DATE)


def load_theme_of(job: Job, project: Project, log: Diagnostics) -> Theme | None:
    """Give the theme that a job asks for, else the project's; None, with errors: it has faults."""
    root = project.files.root
    search = default_search(root)
    at = project.places.value_span(("theme",))
    if job.theme is not None:
        at = NOWHERE  # it stands on the command line
        chosen: Path | str = job.theme
    else:
        chosen = chosen_by(root, project.settings.theme)
        if not may_choose(chosen, root, search, log, at=at, trust=job.trust):
            return None
    if not check_origin(chosen, root, search, log, at=at, trust=job.trust):
        return None
    return load_theme(chosen, search, log, at=at, project=root)


def write_format(
    name: str,
    prepared: Prepared,
    log: Diagnostics,
    progress: Progress = lambda step: None,
    word: WordOptions = PLAIN,
    read: Callable[[PurePosixPath], bytes] | None = None,
    hands: Hands | None = None,
    standing: Standing | None = None,
) -> Artifact:
    """Write one format of a prepared briefing; `read` gives images instead of the project.

    Who writes a report again and again keeps a `standing`.
    """
    progress(f"writing {name}")
    write = writer_for(name, word, hands=hands, standing=standing)
    document = for_format(prepared.document, "pdf" if name == "print" else name)
    read = read or prepared.project.files.read
    artifact = write(document, prepared.theme, log, stamp=prepared.stamp, read=read)
    if name != "docx" or word.pages == "estimate":
        return artifact
    progress("asking LibreOffice for pages")
    counted = bookmark_pages(artifact.data, log)
    again = writer_for(name, word, counted)
    return again(document, prepared.theme, log, stamp=prepared.stamp, read=read)
