"""A deck: slides whose slots hold the document's own blocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from builder.deck.layout import Box
from builder.diagnostics import NOWHERE, Span
from builder.document.nodes import (
    Blocks,
    Chart,
    Diagram,
    Figure,
    Inlines,
    Paragraph,
    Table,
    Timeline,
)
from builder.document.walk import plain, text
from builder.units import Length

Graphic = Chart | Table | Figure | Timeline | Diagram


@dataclass(frozen=True, slots=True)
class Filled:
    """A slot with what stands in it. Fitting sets the size and the room."""

    slot: str
    blocks: Blocks
    size: Length = Length(0)  # 0: the layout's
    narrow: Length = Length(0)  # room left free at the line's end, so that lines are balanced
    height: Length = Length(0)  # of the text as measured
    spread: Length = Length(0)  # added between the paragraphs of a short text


@dataclass(frozen=True, slots=True)
class TablePlan:
    """How a table is drawn."""

    size: Length
    widths: tuple[Length, ...]
    head: Length  # height of the head row; 0: none
    rows: tuple[Length, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """Where an event of a timeline stands."""

    event: int
    label: Box
    above: bool
    marker: Length  # horizontal centre, on the axis
    sign: Literal["circle", "square", "diamond"] = "circle"


@dataclass(frozen=True, slots=True)
class AxisPlan:
    """One axis of a timeline with its events."""

    y: Length
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class TimelinePlan:
    """How a timeline is drawn: on one axis or two."""

    size: Length  # of the events' text
    year: Length  # of the years
    axes: tuple[AxisPlan, ...]
    one_sided: bool = False  # all labels below their axis: only the marks tell the lanes apart


@dataclass(frozen=True, slots=True)
class ArrowPlan:
    """How an arrow is drawn: from a site of one actor to a site of another.

    A site is a side (0 top, 1 left, 2 bottom, 3 right) and a quarter along it (1, 2 or 3).
    """

    arrow: int
    start: tuple[int, int]
    end: tuple[int, int]
    label: Box
    align: str  # "left", "right", "center"
    anchor: str  # "top", "bottom", "middle"
    lead: int  # 0 and 1: the first and second arrow between the main actors; 2: others


@dataclass(frozen=True, slots=True)
class DiagramPlan:
    """How a diagram is drawn."""

    size: Length  # of the labels
    actors: tuple[tuple[Box, Length], ...]  # each with its size of text
    arrows: tuple[ArrowPlan, ...]


Plan = TablePlan | TimelinePlan | DiagramPlan

Kind = Literal[
    "title",
    "summary",
    "agenda",
    "divider",
    "key-points",
    "slide",
    "chart",
    "table",
    "figure",
    "key-numbers",
    "timeline",
    "comparison",
    "diagram",
    "pull-quote",
    "remarks",
    "sources",
    "closing",
]
"""What a slide is made of, by the names that the content format has."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What of the document feeds a slide."""

    kind: Kind
    label: str = ""  # of the figure, the table or the section
    words: str = ""  # its title
    section: str = ""  # the title of the section it stands in
    at: Span = NOWHERE
    maximum: int = 0  # slides that its section may have; 0: as many as it takes


Reason = Literal["deck=false", "excluded", "not included", "maximum", "shown by a slide", "no room"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What could have been on a slide, and why it is on none."""

    origin: Origin
    reason: Reason


@dataclass(frozen=True, slots=True)
class DeckSlide:
    """One slide."""

    layout: str
    texts: tuple[Filled, ...]
    graphic: Graphic | None = None
    plan: Plan | None = None
    notes: Blocks = ()
    part: str = ""  # the part of the deck to which it belongs
    at: Span = NOWHERE
    origin: Origin | None = None
    anchors: tuple[str, ...] = ()  # what links ("#sec-economy") lead here

    def slot(self, name: str) -> Filled | None:
        """Give what stands in a slot."""
        return next((filled for filled in self.texts if filled.slot == name), None)

    @property
    def title(self) -> str:
        """The title's words."""
        filled = self.slot("title")
        return plain(filled.blocks) if filled else ""


@dataclass(frozen=True, slots=True)
class Deck:
    """Slides in order, with what all of them share."""

    slides: tuple[DeckSlide, ...]
    title: str
    footer: str
    language: str
    motif: tuple[float, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    date: str = ""  # beside the footer; empty: none
    dated_today: bool = False  # the program that shows the deck puts the day's date there
    maximum: int = 0  # of slides; 0: as many as it takes
    at: Span = NOWHERE  # where briefing.yml speaks of the deck
    left_out: tuple[LeftOut, ...] = ()

    def slide_of(self, link: str) -> int | None:
        """Give the place, from 0, of the slide that a link ("#sec-economy") leads to."""
        if not link.startswith("#"):
            return None
        return next((i for i, one in enumerate(self.slides) if link[1:] in one.anchors), None)


def line(slot: str, content: Inlines | str) -> tuple[Filled, ...]:
    """Give a slot with one paragraph in it; nothing where there are no words."""
    inlines = text(content) if isinstance(content, str) else content
    return (Filled(slot, (Paragraph(inlines),)),) if plain(inlines) else ()


def body(slot: str, blocks: Blocks) -> tuple[Filled, ...]:
    """Give a slot with blocks in it; nothing where there are none."""
    return (Filled(slot, blocks),) if blocks else ()
