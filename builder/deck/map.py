"""Which block feeds which slide, and what was left out and why: `briefing build --map`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from builder.deck.model import Deck, DeckSlide, LeftOut, Origin
from builder.deck.notes import flat, sentences
from builder.diagnostics import Span
from builder.document.nodes import (
    Block,
    Document,
    Heading,
    KeyPoints,
    PageBreak,
    PullQuote,
    References,
    Rule,
    Section,
    SectionRole,
    Slide,
    SpeakerNotes,
)
from builder.document.walk import CAPTIONED, every, plain

REASONS = {
    "deck=false": "deck=false keeps it out",
    "excluded": "deck: exclude names it",
    "not included": "deck: include names other things, or it stands in an appendix",
    "maximum": "max-slides leaves no room for it",
    "shown by a slide": "a .slide shows it",
    "no room": "there is no room for it",
}
TEXT = "running text stays in the report"
FROM_FRONT_MATTER = ("title", "summary", "agenda", "divider", "key-points", "remarks", "closing")
LONGEST = 60


@dataclass(frozen=True, slots=True)
class MappedSlide:
    """One slide and what feeds it."""

    number: int
    layout: str
    title: str
    made_of: str  # "chart fig-exports", "front matter of Economy"
    at: Span
    notes: str  # "author", "made", "none"


@dataclass(frozen=True, slots=True)
class MappedBlock:
    """Something that is on no slide."""

    what: str
    words: str
    at: Span
    reason: str
    notes_of: tuple[int, ...] = ()  # the slides whose notes it feeds


@dataclass(frozen=True, slots=True)
class DeckMap:
    """The whole account."""

    slides: tuple[MappedSlide, ...]
    left_out: tuple[MappedBlock, ...]


def deck_map(document: Document, deck: Deck) -> DeckMap:
    """Account for every slide of a fitted deck, and for every block that is on none."""
    authored = [plain(notes.blocks) for notes in every(document.sections, SpeakerNotes)]
    slides = tuple(_slide(n, slide, authored) for n, slide in enumerate(deck.slides, start=1))
    out = [_left_out(one) for one in deck.left_out]
    out += [*_works_left(document, deck), *_running_text(document, deck)]
    return DeckMap(slides, tuple(sorted(out, key=lambda block: block.at)))


def _slide(number: int, slide: DeckSlide, authored: list[str]) -> MappedSlide:
    said = plain(slide.notes)
    notes = "none"
    if said:
        notes = "author" if any(words and said.startswith(words) for words in authored) else "made"
    origin = slide.origin or Origin("slide")
    return MappedSlide(number, slide.layout, slide.title, _made_of(origin), origin.at, notes)


def _made_of(origin: Origin) -> str:
    if origin.kind == "sources":
        return "works cited"
    if origin.kind in FROM_FRONT_MATTER:
        return f"{origin.kind}, front matter of {origin.section or 'briefing.yml'}"
    return f"{origin.kind} {origin.label}".strip()


def _left_out(one: LeftOut) -> MappedBlock:
    what = f"{one.origin.kind} {one.origin.label}".strip()
    return MappedBlock(what, one.origin.words[:LONGEST], one.origin.at, REASONS[one.reason])


def _works_left(document: Document, deck: Deck) -> Iterator[MappedBlock]:
    cited = next(every(document.sections, References), References()).entries
    listed = [s for s in deck.slides if s.layout == "sources"]
    shown = {
        entry.key
        for slide in listed
        for text in slide.texts
        for found in every(text.blocks, References)
        for entry in found.entries
    }
    missing = [entry for entry in cited if entry.key not in shown]
    if listed and missing:
        words = f"{len(missing)} of {len(cited)} works"
        yield MappedBlock("sources", words, listed[0].at, REASONS["no room"])


def _running_text(document: Document, deck: Deck) -> Iterator[MappedBlock]:
    """Give the blocks of text that no slide shows, with the slides whose notes they feed."""
    notes = [plain(slide.notes) for slide in deck.slides]
    shown = "\n".join(plain(f.blocks) for slide in deck.slides for f in slide.texts)
    for section in document.sections:
        for block in flat(section.blocks):
            words = plain(block)
            if not _is_text(block, section) or not words or words in shown:
                continue
            said = sentences(words)[0]
            fed = tuple(n for n, notes_said in enumerate(notes, start=1) if said in notes_said)
            yield MappedBlock(type(block).__name__.lower(), words[:LONGEST], block.at, TEXT, fed)


def _is_text(block: Block, section: Section) -> bool:
    if section.role is SectionRole.ABOUT or not section.deck.include:
        return False
    told = (*CAPTIONED, PullQuote, Slide, SpeakerNotes, References, Heading, Rule, PageBreak)
    return not isinstance(block, (*told, KeyPoints))


def as_text(account: DeckMap) -> str:
    """Write the account for people: a line a slide, then what was left out."""
    lines = ["slides"]
    for slide in account.slides:
        place = f" ({slide.at})" if slide.at.file else ""
        lines.append(f"{slide.number:4}  {slide.layout}: {slide.title}")
        lines.append(f"      from {slide.made_of}{place}; notes: {slide.notes}")
    lines.append("left out" if account.left_out else "nothing was left out")
    for block in account.left_out:
        if block.reason != TEXT:
            place = f"{block.at}: " if block.at.file else ""
            words = f" {block.words!r}" if block.words else ""
            lines.append(f"      {place}{block.what}{words}: {block.reason}")
    texts = [block for block in account.left_out if block.reason == TEXT]
    for file, group in groupby(texts, key=lambda block: block.at.file):
        found = list(group)
        where = ", ".join(map(_where, found))
        lines.append(f"      {file}: {TEXT}, {len(found)} blocks, at line {where}")
    return "\n".join(lines)


def _where(block: MappedBlock) -> str:
    """Give a block's line, with the slides whose notes it feeds."""
    fed = ", ".join(map(str, block.notes_of))
    return f"{block.at.line} (notes of {fed})" if fed else str(block.at.line)


def as_dict(account: DeckMap) -> dict[str, object]:
    """Give the account in the form that `--format json` prints."""
    return {
        "slides": [
            {
                "number": slide.number,
                "layout": slide.layout,
                "title": slide.title,
                "from": slide.made_of,
                "file": slide.at.file,
                "line": slide.at.line,
                "notes": slide.notes,
            }
            for slide in account.slides
        ],
        "left_out": [
            {
                "what": block.what,
                "words": block.words,
                "file": block.at.file,
                "line": block.at.line,
                "reason": block.reason,
                "notes_of": list(block.notes_of),
            }
            for block in account.left_out
        ],
    }
