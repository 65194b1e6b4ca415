"""Where citations stand: in which order a report shows them, and what may be set there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace

from builder.document.nodes import (
    Caption,
    Cite,
    Conditional,
    Note,
    Paragraph,
    Section,
    Slide,
    SpeakerNotes,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a citation stands."""

    note: int = 0  # the number of the note around it, else of the last one before it
    own: bool = False  # in a note of the author's own
    opens: bool = False  # it begins that note
    ends: bool = False  # it ends that note
    inline: bool = False  # no note may stand here: a source line, a speaker's note
    bracketed: bool = False
    shared: bool = True  # every output has it, so that later citations may be short
    alone: bool = False  # it stands on a slide of its own: always in full


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A citation and its place."""

    cite: Cite
    place: Place


def occurrences(sections: Sequence[Section]) -> Iterator[Occurrence]:
    """Give the citations of a document with their places, in the order of a report."""
    notes = _Counter()
    for section in sections:
        yield from _in_section(section, notes)


@dataclass(slots=True)
class _Counter:
    """Counts notes: the author's own, and those that citations become."""

    count: int = 0

    def next(self) -> int:
        """Count one more."""
        self.count += 1
        return self.count


def _in_section(section: Section, notes: _Counter) -> Iterator[Occurrence]:
    """Give a section's citations in the order in which a report shows them."""
    deck_only = Place(shared=False, alone=True)
    yield from _below(section.title, Place(), notes)
    yield from _below(section.standfirst, Place(), notes)
    takeaway = deck_only if section.standfirst else Place()
    yield from _below(section.takeaway, takeaway, notes)
    yield from _below(section.key_points, Place(), notes)
    yield from _below(section.blocks, Place(), notes)


def _below(item: object, place: Place, notes: _Counter) -> Iterator[Occurrence]:
    match item:
        case Cite():
            outside = not place.own and not place.inline
            yield Occurrence(item, replace(place, note=notes.next() if outside else notes.count))
        case Note(blocks=blocks):
            notes.next()
            yield from _in_note(blocks, replace(place, own=True), notes)
        case Caption():
            yield from _below((item.title, item.subtitle), place, notes)
            yield from _below(item.source, replace(place, inline=True, opens=True), notes)
        case SpeakerNotes(blocks=blocks):
            spoken = Place(inline=True, bracketed=True, shared=False)
            yield from _below(blocks, spoken, notes)
        case Slide():
            alone = Place(shared=False, alone=True)
            yield from _below((item.title, item.blocks), alone, notes)
        case Conditional(blocks=blocks):
            yield from _below(blocks, replace(place, shared=False), notes)
        case tuple():
            for child in item:
                yield from _below(child, place, notes)
        case _ if is_dataclass(item) and not isinstance(item, type):
            for child in _children(item):
                yield from _below(child, place, notes)


def _in_note(blocks: tuple[object, ...], place: Place, notes: _Counter) -> Iterator[Occurrence]:
    """Mark the citations that begin and end a note of the author's own."""
    contents = [b.content for b in blocks if isinstance(b, Paragraph)]
    first = contents[0][0] if contents and contents[0] else None
    last = contents[-1][-1] if contents and contents[-1] else None
    for occurrence in _below(blocks, place, notes):
        cite = occurrence.cite
        at = replace(occurrence.place, opens=cite is first, ends=cite is last)
        yield replace(occurrence, place=at)


def _children(item: object) -> list[object]:
    # Callers have asked is_dataclass, which mypy does not carry over.
    names = [f.name for f in fields(item) if f.name not in ("at", "id")]  # type: ignore[arg-type]
    return [getattr(item, name) for name in names]
