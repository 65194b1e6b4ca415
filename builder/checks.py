"""What is found by looking at document and theme together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import PurePosixPath

from builder.bibliography.style import has_words
from builder.characters import FORBIDDEN, SEPARATORS, TURNING, unpaired, why_forbidden
from builder.diagnostics import Code, Diagnostics, Span, did_you_mean
from builder.document.byline import byline
from builder.document.nodes import Chart, Cite, CodeBlock, Document, Group, Inline, Note, Text
from builder.document.nodes import Code as InlineCode
from builder.document.walk import MOTIF_LEAST, MOTIF_MOST, every, plain, walk
from builder.passes.typography import QUOTES
from builder.readers.files import ProjectFiles
from builder.theme.fonts import FontBook
from builder.theme.model import Theme

ISO = "2026-11-24"
SETTINGS = Span("briefing.yml", 1, 1)


def check_characters(
    document: Document, theme: Theme, files: ProjectFiles, log: Diagnostics
) -> None:
    """Diagnose characters that no text can hold, and those that no font of the theme has."""
    _check_forbidden(document, log)
    _check_turned(document, log)
    book = FontBook(theme)
    reported: set[str] = set()
    for value, at in _texts(document):
        for character in sorted(book.missing(value) - reported):
            reported.add(character)
            log.error(
                Code.CHARACTER_UNSUPPORTED,
                f"no font of the theme has the character {character!r} (U+{ord(character):04X})",
                at=_place(character, at, files),
                hint="write it in another way, or name a fallback font in the theme",
            )


def _check_forbidden(document: Document, log: Diagnostics) -> None:
    """Diagnose what came in by a detour: `&#x202e;`, or a cell of a batch's list."""
    for node in walk(document.sections):
        for part in fields(node):
            value = getattr(node, part.name)
            if not isinstance(value, str):
                continue
            found = FORBIDDEN.search(value) or SEPARATORS.search(value)
            if found is not None:
                log.error(
                    Code.CHARACTER_FORBIDDEN,
                    f"the character U+{ord(found[0]):04X} can stand in no text",
                    at=node.at,
                    hint=why_forbidden(found[0]),
                )


def _check_turned(document: Document, log: Diagnostics) -> None:
    """Diagnose embeddings and isolates of direction that reach beyond their paragraph or name."""
    if not any(TURNING.search(value) for value in _values(document)):
        return
    for value, at in dict.fromkeys(_pieces(document, SETTINGS)):
        odd = unpaired(value)
        if odd:
            log.error(
                Code.CHARACTER_FORBIDDEN,
                f"the character U+{ord(odd):04X} has no other end here",
                at=at,
                hint=why_forbidden(odd),
            )


def _values(document: Document) -> Iterator[str]:
    """Give all strings of a document."""
    waiting: list[object] = [document]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, tuple | list):
            waiting += item
        else:
            waiting += (getattr(item, name) for name in _fields(type(item)))  # type: ignore[arg-type]


@cache
def _fields(kind: type) -> tuple[str, ...]:
    return tuple(part.name for part in fields(kind)) if is_dataclass(kind) else ()


def _pieces(item: object, at: Span) -> Iterator[tuple[str, Span]]:
    """Give each text that stands by itself: a paragraph, a cell, a title, a name, a note."""
    if isinstance(item, str):
        yield item, at
    elif isinstance(item, tuple) and item and isinstance(item[0], Inline):
        yield plain(item), item[0].at
        for note in every(item, Note):
            yield from _pieces(note.blocks, note.at)
    elif isinstance(item, tuple | list):
        for child in item:
            yield from _pieces(child, at)
    elif not isinstance(item, Span):
        place = getattr(item, "at", at)
        for name in _fields(type(item)):  # type: ignore[arg-type]
            yield from _pieces(getattr(item, name), place)


def check_cover(document: Document, log: Diagnostics, *, at: Span = SETTINGS) -> None:
    """Diagnose a `cover-data` that cannot make the cover's bars."""
    wanted = document.meta.cover_data
    if not wanted:
        return
    charts = {chart.caption.label: chart for chart in every(document.sections, Chart)}
    groups = every(document.sections, Group)
    if log.has_errors and any(g.label == wanted and not g.blocks for g in groups):
        return  # a chart that cannot be made, as was said
    if wanted not in charts:
        names = [name for name in charts if name]
        log.error(
            Code.XREF_MISSING,
            f"cover-data: no chart is labelled {wanted!r}",
            at=at,
            hint=did_you_mean(wanted, names, otherwise="leave it out to take the first chart"),
        )
        return
    values = [v for s in charts[wanted].series[:1] for v in s.values if v is not None]
    if not MOTIF_LEAST <= len(values) <= MOTIF_MOST:
        log.error(
            Code.VALUE_INVALID,
            f"cover-data: {wanted!r} has {len(values)} values; the cover shows 3 to 9",
            at=at,
            hint="name another chart, or leave cover-data out",
        )


def check_language(
    document: Document, theme: Theme, log: Diagnostics, *, at: Span = SETTINGS
) -> None:
    """Note what the document's language has to do without: marks, syllables, words of citations."""
    language = document.meta.language
    if language.split("-")[0].lower() not in QUOTES:
        log.note(
            Code.LANGUAGE_UNKNOWN,
            f"quotation marks are English ones, and dates stand as {document.meta.date or ISO}:"
            f" nothing is known of those of the language {language!r}",
            at=at,
            hint="type the marks themselves: they stay as they are",
        )
    if theme.hyphenate and not _has_syllables(language):
        log.note(
            Code.LANGUAGE_UNKNOWN,
            f"no line ends inside a word: there are no syllables for the language {language!r}",
            at=at,
        )
    if any(every(document.sections, Cite)) and not has_words(language):
        log.note(
            Code.LANGUAGE_UNKNOWN,
            f"the words of citations are English: CSL has none for the language {language!r}",
            at=at,
            hint="a style of your own (csl: name.csl) may bring its terms",
        )


def _has_syllables(language: str) -> bool:
    from pyphen import language_fallback

    return language_fallback(language.replace("-", "_")) is not None


def _texts(document: Document) -> Iterator[tuple[str, Span]]:
    meta = document.meta
    lines = (meta.title, meta.subtitle, *byline(meta), meta.eyebrow, meta.series, meta.closing)
    for value in lines:
        yield value, SETTINGS
    for node in walk(document.sections):
        match node:
            case Text(value) | InlineCode(value):
                yield value, node.at
            case CodeBlock(text=value):
                yield value, node.at
            case _:
                pass


def _place(character: str, at: Span, files: ProjectFiles) -> Span:
    """Find a character in its file, from the node's line on."""
    try:
        lines = files.read(PurePosixPath(at.file)).decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return at
    for number, line in enumerate(lines[max(at.line - 1, 0) :], start=max(at.line, 1)):
        if character in line:
            return replace(at, line=number, column=line.index(character) + 1)
    return at
