"""Slides of single blocks: charts, tables, numbers, timelines, comparisons, diagrams, quotes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from builder.deck.model import DeckSlide, Filled, body, line
from builder.deck.notes import Leads
from builder.deck.text import HIGHLIGHT
from builder.document.nodes import (
    Blocks,
    Caption,
    Captioned,
    Chart,
    Comparison,
    Diagram,
    Figure,
    Heading,
    Inlines,
    KeyNumber,
    KeyNumbers,
    Paragraph,
    PullQuote,
    Strong,
    Table,
    Text,
    Timeline,
    Words,
)
from builder.document.walk import plain, text

NUMBERS_A_SLIDE = 3
NARROW = 1.9
"""The shape, width by height, below which a picture has words beside it."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a block's slides need to know of their surroundings."""

    title: Inlines  # where the block has none
    leads: Leads
    part: str


def graphic_slides(
    block: Captioned,
    setting: Setting,
    notes: Blocks,
    *,
    title: Inlines = (),
    call: Blocks = (),
    said: Blocks = (),
) -> tuple[DeckSlide, ...]:
    """Make the slides that show one captioned block; `call` stands beside it where there is room.

    `title` replaces the block's own. What cannot stand beside the block gets a slide before it.
    `said` is what the section says of it: it stands beside pictures that leave room.
    """
    head = title or block.caption.title or setting.title
    slides = _slides(block, head, setting, call)
    if said and not call and isinstance(block, Figure) and _is_narrow(block):
        slides = tuple(
            replace(s, layout="picture-side", texts=(*s.texts, *body("body", said))) for s in slides
        )
    return tuple(replace(s, notes=notes, part=setting.part, at=block.at) for s in slides)


def _slides(
    block: Captioned, title: Inlines, setting: Setting, call: Blocks
) -> tuple[DeckSlide, ...]:
    frame = (*line("title", title), *_source(block.caption, setting))
    subtitle = line("subtitle", block.caption.subtitle)
    before = () if not call else (_words_slide(title, call),)
    match block:
        case Chart():
            return (_beside("chart", (*frame, *subtitle), block, call),)
        case Figure():
            return (_beside("picture", (*frame, *subtitle), block, call),)
        case Table():
            return (*before, DeckSlide("table", (*frame, *subtitle), block))
        case KeyNumbers():
            return (*before, *_numbers(block, frame))
        case Timeline():
            return (*before, *_timeline(block, frame))
        case Comparison():
            return (*before, _comparison(block, frame))
        case Diagram():
            return (*before, DeckSlide("diagram", frame, block))
        case _:
            assert_never(block)


def quote_slide(block: PullQuote, part: str, notes: Blocks) -> DeckSlide:
    """Make the slide of a pull quote."""
    who: Blocks = ()
    if block.speaker:
        who += (Paragraph((Strong(text(block.speaker)),)),)
    if block.role:
        who += (Paragraph(text(block.role)),)
    texts = (
        *line("title", block.content),
        *line("context", block.context),
        *body("who", who),
    )
    return DeckSlide("quote", texts, notes=notes, part=part, at=block.at)


def callout(blocks: Blocks) -> Blocks:
    """Give a callout's blocks: a first paragraph that is strong throughout becomes its heading."""
    match blocks:
        case (Paragraph((Strong(content),)), *rest):
            return (Heading(2, content), *rest)
    return blocks


def _is_narrow(figure: Figure) -> bool:
    """Tell whether a picture would leave a third of the slide free."""
    wide, high = figure.image.size
    return 0 < wide < NARROW * high


def _source(caption: Caption, setting: Setting) -> tuple[Filled, ...]:
    if not plain(caption.source):
        return ()
    return line("source", (Text(f"{setting.leads.source}: "), *caption.source))


def _words_slide(title: Inlines, call: Blocks) -> DeckSlide:
    return DeckSlide("bullets", (*line("title", title), *body("body", call)))


def _beside(
    layout: str, texts: tuple[Filled, ...], block: Chart | Figure, call: Blocks
) -> DeckSlide:
    name = f"{layout}-call" if call else layout
    return DeckSlide(name, (*texts, *body("call", callout(call))), block)


def _numbers(block: KeyNumbers, frame: tuple[Filled, ...]) -> tuple[DeckSlide, ...]:
    groups = _groups(block.items, NUMBERS_A_SLIDE)
    slides: list[DeckSlide] = []
    plain_ones = not any(plain(item.remark) for item in block.items)
    for items in groups:
        layout = "numbers-plain" if plain_ones else "numbers"
        layout += "" if len(items) == NUMBERS_A_SLIDE else f"-{len(items)}"
        texts = list(frame)
        for turn, item in enumerate(items, start=1):
            texts += _number(item, turn)
        slides.append(DeckSlide(layout, tuple(texts)))
    return tuple(slides)


def _number(item: KeyNumber, turn: int) -> tuple[Filled, ...]:
    value = text(item.value)
    shown: Inlines = (Words(value, classes=(HIGHLIGHT,)),) if item.highlight else value
    return (
        *line(f"value{turn}", shown),
        *line(f"label{turn}", item.label),
        *line(f"remark{turn}", item.remark),
    )


def _groups(items: tuple[KeyNumber, ...], most: int) -> tuple[tuple[KeyNumber, ...], ...]:
    """Divide items into as few groups as hold `most` each, as even as can be."""
    count = -(-len(items) // most)
    small, larger = divmod(len(items), count) if count else (0, 0)
    groups: list[tuple[KeyNumber, ...]] = []
    start = 0
    for group in range(count):
        end = start + small + (1 if group < larger else 0)
        groups.append(items[start:end])
        start = end
    return tuple(groups)


def _timeline(block: Timeline, frame: tuple[Filled, ...]) -> tuple[DeckSlide, ...]:
    events = tuple(event for event in block.events if event.in_deck)
    if not events:
        return ()
    return (DeckSlide("timeline", frame, replace(block, events=events)),)


def _comparison(block: Comparison, frame: tuple[Filled, ...]) -> DeckSlide:
    layout = "comparison" if len(block.sides) < NUMBERS_A_SLIDE else "comparison-3"
    texts = list(frame)
    for turn, side in enumerate(block.sides, start=1):
        texts += [*line(f"head{turn}", side.title), *body(f"side{turn}", side.blocks)]
    return DeckSlide(layout, tuple(texts))
