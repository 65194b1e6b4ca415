"""Reads the content after each save, and sets what is quick: web page, slides and mail."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from builder.bibliography.shelf import Shelf
from builder.build import Prepared, manuscript, prepare
from builder.diagnostics import ContentErrors, Diagnostic, Diagnostics, Span
from builder.document.nodes import Document, Heading, Picture
from builder.document.walk import every, plain
from builder.editorial.desk import inspect
from builder.job import Job
from builder.preview.inks import inks
from builder.preview.letter import Letters
from builder.preview.notices import Entry, Finding, Findings, FontFile, Notice, Ready, Wish
from builder.preview.report import Reports
from builder.preview.slides import Slides
from builder.readers.files import ProjectFiles
from builder.theme.model import Theme

LONGEST_COMPARED = 2_000_000
"""Characters; in longer files nobody looks for the line that changed."""


@dataclass(slots=True)
class Desk:
    """The editor's desk for one project; it remembers what it has read."""

    job: Job
    shelf: Shelf = field(default_factory=Shelf)
    reports: Reports = field(default_factory=Reports)
    letters: Letters = field(default_factory=Letters)
    slides: Slides = field(default_factory=Slides)
    texts: dict[str, str] = field(default_factory=dict)  # as they were when last looked at

    def answer(self, wish: Wish) -> Iterator[Notice]:
        """Read the content; give what is found and, where it can be shown, every quick pane."""
        log = Diagnostics()
        place = self._place(wish.changed)
        try:
            prepared = prepare(self.job, log, self.shelf)
        except ContentErrors:
            yield Findings(wish.revision, findings(log), good=False)
            return
        yield ready(wish.revision, prepared, place)
        good = True
        for make in (self.reports.write, self.slides.write, self.letters.write):
            try:
                yield make(wish.revision, prepared, log)
            except ContentErrors:
                good = False  # a template of the theme has a fault: the pane stays as it was
        yield Findings(wish.revision, findings(log), good)
        project = prepared.project
        whole = manuscript(project, prepared.document, prepared.theme)
        inspect(whole, project.settings.check, log)
        yield Findings(wish.revision, findings(log), good, whole=True)

    def _place(self, changed: Iterable[str]) -> str:
        """Give the first line that differs in the first text that changed, "file:line"."""
        places: list[str] = []
        files = ProjectFiles(self.job.project)
        for name in changed:
            if not name.endswith((".md", ".yml", ".csv")):
                continue
            text = files.text(PurePosixPath(name), Diagnostics()) or ""
            before = self.texts.get(name)
            if len(text) < LONGEST_COMPARED:
                self.texts[name] = text
            places.append(f"{name}:{_first_difference(before, text)}")
        return places[0] if places else ""


def _first_difference(before: str | None, text: str) -> int:
    if before is None:
        return 1
    old, new = before.split("\n"), text.split("\n")
    pairs = enumerate(zip(old, new, strict=False), start=1)
    return next((line for line, (a, b) in pairs if a != b), min(len(old), len(new)))


def findings(log: Diagnostics) -> tuple[Finding, ...]:
    """Give what was found, by place."""
    return tuple(_finding(found) for found in log.sorted())


def _finding(found: Diagnostic) -> Finding:
    at = found.at
    return Finding(
        at.file,
        at.line,
        at.column,
        found.severity.value,
        found.code.value,
        found.message,
        found.hint,
    )


def ready(revision: int, prepared: Prepared, place: str) -> Ready:
    """Give a state of the content, and what the application needs to know of it."""
    document, theme = prepared.document, prepared.theme
    images = dict.fromkeys(str(picture.path) for picture in every(document.sections, Picture))
    return Ready(
        revision,
        pickle.dumps(prepared, pickle.HIGHEST_PROTOCOL),
        document.meta.name,
        document.meta.title,
        document.meta.language,
        tuple(contents(document)),
        tuple(images),
        theme.logo,
        tuple(_fonts(theme)),
        inks(theme),
        place,
    )


def contents(document: Document) -> Iterator[Entry]:
    """Give sections with their headings."""
    for section in document.sections:
        parts = tuple(
            Entry(h.label or h.id, "", plain(h.content), source_of(h.at))
            for h in every(section.blocks, Heading)
            if h.level == 2
        )
        number = str(section.number) if section.number else ""
        title = section.short_title or plain(section.title)
        anchor = section.label or section.id
        yield Entry(anchor, number, title, source_of(section.at), parts)


def source_of(at: Span) -> str:
    """Write a place as `data-src` has it; nothing where it is unknown."""
    return f"{at.file}:{at.line}" if at.line else ""


def _fonts(theme: Theme) -> Iterator[FontFile]:
    for family in dict.fromkeys((*theme.families, *theme.fallbacks)):
        for face in family.faces:
            if not face.index:  # a browser takes the first face of a collection
                yield FontFile(family.name, face.weight, face.italic, face.path)
