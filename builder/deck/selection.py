"""What the front matter wants on slides: `deck: {include, exclude, order}` by kind or by label."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from builder.deck.model import DeckSlide, Kind, LeftOut, Origin, Reason
from builder.diagnostics import Code, Diagnostics, Span, did_you_mean
from builder.document.nodes import (
    Block,
    Captioned,
    Chart,
    Comparison,
    Diagram,
    Document,
    Figure,
    KeyNumbers,
    PullQuote,
    Section,
    SectionDeck,
    Slide,
    Table,
    Timeline,
)
from builder.document.walk import captioned, plain

ALWAYS: tuple[Kind, ...] = ("title", "closing")
"""The slides that `include` need not name."""


def kind_of(block: Captioned | PullQuote | Slide) -> Kind:
    """Name a block as the content format does."""
    match block:
        case Chart():
            return "chart"
        case Table():
            return "table"
        case Figure():
            return "figure"
        case KeyNumbers():
            return "key-numbers"
        case Timeline():
            return "timeline"
        case Comparison():
            return "comparison"
        case Diagram():
            return "diagram"
        case PullQuote():
            return "pull-quote"
        case Slide():
            return "slide"


def origin_of(block: Captioned | PullQuote | Slide, section: Section) -> Origin:
    """Say what of the document a block's slides are made of."""
    label, title = "", ""
    match block:
        case Slide(title=content, show=show):
            label, title = show, plain(content)
        case PullQuote(content=content):
            title = plain(content)
        case _:
            label, title = block.caption.label, plain(block.caption.title)
    return Origin(
        kind_of(block), label, title, plain(section.title), block.at, section.deck.maximum
    )


def section_origin(kind: Kind, section: Section) -> Origin:
    """Say that a slide is made of a section's front matter."""
    words = plain(section.takeaway or section.title)
    return Origin(
        kind, section.label, words, plain(section.title), section.at, section.deck.maximum
    )


@dataclass(frozen=True, slots=True)
class Selection:
    """What the briefing wants on slides, and what each section does."""

    only: tuple[str, ...]
    exclude: tuple[str, ...]

    def refuses(self, origin: Origin, own: SectionDeck | None = None) -> Reason | None:
        """Say why something is on no slide; None: it is on one. A section wins over the briefing.

        What the author put on a `.slide` stays in any case.
        """
        if origin.kind == "slide":
            return None
        if own is not None and (own.only or own.exclude):
            if _named(origin, own.exclude):
                return "excluded"
            if own.only:
                return None if _named(origin, own.only) else "not included"
        if _named(origin, self.exclude):
            return "excluded"
        if self.only and origin.kind not in ALWAYS and not _named(origin, self.only):
            return "not included"
        return None


def selection(document: Document, log: Diagnostics) -> Selection:
    """Read the briefing's wishes, and check that they name what there is."""
    options = document.meta.deck
    labels = _labels(document)
    sections = {s.label for s in document.sections if s.label}
    kinds = {*get_args(Kind)} - {*ALWAYS}
    _check((*options.only, *options.exclude), {*kinds, *labels, *sections}, options.at, log)
    _check(options.order, sections, options.at, log)
    for section in document.sections:
        own = section.deck
        _check((*own.only, *own.exclude, *own.order), {*kinds, *labels}, own.at, log)
    return Selection(options.only, options.exclude)


def ordered(sections: Iterable[Section], order: Sequence[str]) -> list[Section]:
    """Give sections with those named first, in that order; the rest stays as it is."""
    ranks = {label: place for place, label in enumerate(order)}
    return sorted(sections, key=lambda section: ranks.get(section.label, len(ranks)))


def arranged(slides: Iterable[DeckSlide], order: Sequence[str]) -> list[DeckSlide]:
    """Give a section's slides with those first that `order` names; dividers stay at the head."""

    def rank(slide: DeckSlide) -> int:
        if slide.origin is None or slide.origin.kind == "divider":
            return -1
        for place, wanted in enumerate(order):
            if _named(slide.origin, (wanted,)):
                return place
        return len(order)

    return sorted(slides, key=rank) if order else list(slides)


def left_out(origin: Origin, reason: Reason) -> LeftOut:
    """Note what is on no slide."""
    return LeftOut(replace(origin, maximum=0), reason)


def _named(origin: Origin, wanted: Sequence[str]) -> bool:
    return origin.kind in wanted or bool(origin.label and origin.label in wanted)


def _labels(document: Document) -> set[str]:
    return {b.caption.label for b in captioned(document.sections) if b.caption.label}


def _check(given: Iterable[str], known: set[str], at: Span, log: Diagnostics) -> None:
    for name in given:
        if name not in known:
            log.error(
                Code.VALUE_INVALID,
                f"the deck has nothing called {name!r}",
                at=at,
                hint=did_you_mean(name, sorted(known), otherwise="give a label or a kind of slide"),
            )


def is_refused(block: Block) -> bool:
    """Tell whether a block says `deck=false` of itself."""
    match block:
        case PullQuote(in_deck=shown) | Chart(in_deck=shown) | Table(in_deck=shown):
            return not shown
        case Figure(in_deck=shown) | KeyNumbers(in_deck=shown) | Timeline(in_deck=shown):
            return not shown
        case Comparison(in_deck=shown) | Diagram(in_deck=shown):
            return not shown
    return False
