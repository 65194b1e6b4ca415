"""Speaker notes: the author's, else made of the section's own text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.document.nodes import (
    Block,
    Blocks,
    Callout,
    Captioned,
    Cite,
    Columns,
    Conditional,
    CrossReference,
    Group,
    Inlines,
    Note,
    Paragraph,
    Section,
    SpeakerNotes,
    Text,
)
from builder.document.walk import CAPTIONED, every, plain

MOST_LETTERS = 600
MOST_SOURCES = 5
MOST_BESIDE = 260
"""Letters of a paragraph that stands beside a picture."""
_END = re.compile(r"(?<=[.!?…])[\"”’»)\]]*\s+(?=[\"“‘«(\[]?[^\W_a-zа-яəıöüşçğ])")
_OWN_LEAD = re.compile(r"[^:.]{1,25}:\s")
"""How a footnote begins that says itself what it is: "Editor's note: …"."""
_ABBREVIATED = re.compile(r"(?:\b[^\W\d_]|\b(?:No|Nos|vol|Vol|pp|vs|Dr|Mr|Mrs|St|ca|cf|ed|eds))\.$")


@dataclass(frozen=True, slots=True)
class Leads:
    """The words before what speaker notes take from the foot of a page."""

    source: str = "Source"
    note: str = "Note"


def sentences(text: str) -> tuple[str, ...]:
    """Divide text into sentences; initials and common abbreviations end none."""
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        piece = text[start : end.start()] + end.group().rstrip()
        if _ABBREVIATED.search(piece):
            continue
        found.append(piece.strip())
        start = end.end()
    return tuple(s for s in (*found, text[start:].strip()) if s)


def own_notes(blocks: Blocks) -> Blocks:
    """Give what the author wrote as speaker notes in these blocks, but not inside a `.slide`."""
    return tuple(
        b for found in flat(blocks) if isinstance(found, SpeakerNotes) for b in found.blocks
    )


def flat(blocks: Blocks) -> Iterator[Block]:
    """Give blocks in reading order, those inside divs in the place of their div."""
    for block in blocks:
        match block:
            case Group(blocks=inner) | Conditional(blocks=inner):
                yield from flat(inner)
            case Columns(columns):
                for column in columns:
                    yield from flat(column.blocks)
            case Callout(blocks=inner):
                yield block
                yield from (b for b in flat(inner) if isinstance(b, CAPTIONED))
            case _:
                yield block


def section_notes(section: Section, leads: Leads) -> Blocks:
    """Make notes for a section's slide: its standfirst and how its paragraphs begin."""
    paragraphs = [b for b in flat(section.blocks) if isinstance(b, Paragraph)]
    said = [plain(section.standfirst)] if section.standfirst else []
    said += [told[0] for p in paragraphs if (told := spoken_of(p))]
    return (*_spoken(said), *sources((section.takeaway, section.key_points), leads))


def block_notes(section: Section, block: Block, leads: Leads) -> Blocks:
    """Make notes for a block's slide: the sentences that speak of it, else those before it."""
    nearby = _speaking_of(section, block) or _before(section, block)
    said = [s for p in nearby for s in spoken_of(p)[:3]]
    own = _remarks(block)
    told = _source_of(block, leads.source)
    return (*_spoken([*own, *said]), *told, *sources((block, tuple(nearby)), leads))


def spoken_of(paragraph: Paragraph) -> tuple[str, ...]:
    """Give a paragraph's sentences without numbers of figures, which no slide shows.

    A reference in brackets goes; a sentence that names a number otherwise goes as a whole.
    """
    words = plain(paragraph)
    shown = {
        r.shown
        for r in every(paragraph, CrossReference)
        if r.shown and not r.label.startswith("sec-")
    }
    if not shown:
        return sentences(words)
    names = "|".join(re.escape(" ".join(name.split())) for name in sorted(shown, key=len)[::-1])
    words = re.sub(rf"\s*\((?:\w+ )?(?:{names})(?:(?:[,;]| \w+) (?:{names}))*\)", "", words)
    return tuple(s for s in sentences(words) if not re.search(rf"(?:{names})(?!\w)", s))


def said_of(section: Section, block: Block) -> Blocks:
    """Give the first sentences of paragraphs that refer to a block, for the room beside it."""
    said = [spoken_of(p)[:2] for p in _speaking_of(section, block)]
    kept = [words for words in (" ".join(s) for s in said) if 0 < len(words) <= MOST_BESIDE]
    return tuple(says(words) for words in kept)


def sources(content: object, leads: Leads) -> Blocks:
    """Give the footnotes of some content as paragraphs that say what they are, each once."""
    found = dict.fromkeys(_introduced(note, leads) for note in every(content, Note))
    return tuple(says(told) for told in list(found)[:MOST_SOURCES] if told)


def _introduced(note: Note, leads: Leads) -> str:
    """Introduce a footnote as a source or, where it speaks about one, as a note."""
    words = plain(note.blocks)
    cited = next(every(note.blocks, Cite), None)
    opening = plain(cited.shown) if cited else words
    if not words or words.startswith(opening):
        own = cited is None and _OWN_LEAD.match(words)
        return words if own or not words else f"{leads.source}: {words}"
    return words if _OWN_LEAD.match(words) else f"{leads.note}: {words}"


def says(words: str) -> Paragraph:
    """Make a paragraph of plain words."""
    return Paragraph((Text(words),))


def listed(lines: tuple[Inlines, ...]) -> Blocks:
    """Make a paragraph of each line."""
    return tuple(Paragraph(line) for line in lines if plain(line))


def _spoken(said: list[str]) -> Blocks:
    """Make paragraphs of sentences, as many as a presenter can say."""
    kept: list[str] = []
    for words in dict.fromkeys(said):
        if kept and sum(map(len, kept)) + len(words) > MOST_LETTERS:
            break
        kept.append(words)
    return tuple(says(words) for words in kept)


def _speaking_of(section: Section, block: Block) -> list[Paragraph]:
    label = block.caption.label if isinstance(block, CAPTIONED) else ""
    if not label:
        return []
    return [
        p
        for p in flat(section.blocks)
        if isinstance(p, Paragraph) and any(r.label == label for r in every(p, CrossReference))
    ][:2]


def _before(section: Section, block: Block) -> list[Paragraph]:
    """Give the paragraph before a block, or else the first one after it."""
    before: list[Paragraph] = []
    after: list[Paragraph] = []
    passed = False
    for other in flat(section.blocks):
        passed = passed or other is block
        if isinstance(other, Paragraph):
            (after if passed else before).append(other)
    return before[-1:] or after[:1]


def _source_of(block: Block, word: str) -> Blocks:
    """Give the source of a figure as its caption names it."""
    if not isinstance(block, CAPTIONED) or not plain(block.caption.source):
        return ()
    return (says(f"{word}: {plain(block.caption.source)}"),)


def _remarks(block: Block) -> list[str]:
    """Give what a figure says of itself below its title."""
    if not isinstance(block, CAPTIONED):
        return []
    return [words for words in (_caption_line(block),) if words]


def _caption_line(block: Captioned) -> str:
    subtitle = plain(block.caption.subtitle)
    return subtitle if not subtitle or subtitle[-1] in ".!?" else f"{subtitle}."
