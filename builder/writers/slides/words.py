"""The words of a deck, counted again in its PDF, so that nothing is lost in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from builder.deck.model import Deck, DeckSlide, Graphic
from builder.deck.text import Run, paragraphs, runs
from builder.deck.timelines import day_runs, label_runs, year_runs
from builder.diagnostics import Code, Diagnostics, Span
from builder.document.nodes import Diagram, Table, Timeline
from builder.writers.pdf_words import Passage, losses, words_of

SHOWN_WORDS = 12


def anchor(number: int) -> str:
    """Name a slide; they count from 1."""
    return f"slide-{number}"


def deck_passages(deck: Deck, *, notes: bool) -> tuple[Passage, ...]:
    """Give every text of the slides, with `notes` their speaker notes too.

    What charts say is not among them: they decide for themselves which values have room.
    """
    return tuple(
        Passage(anchor(number), words, is_note)
        for number, slide in enumerate(deck.slides, start=1)
        for said, is_note in _texts(slide, notes=notes)
        if (words := words_of("".join(" " if run.text == "\n" else run.text for run in said)))
    )


def _texts(slide: DeckSlide, *, notes: bool) -> Iterator[tuple[Sequence[Run], bool]]:
    for filled in slide.texts:
        for paragraph in paragraphs(filled.blocks):
            yield paragraph.runs, False
    for said in _said(slide.graphic):
        yield said, False
    if notes:
        for paragraph in paragraphs(slide.notes):
            yield paragraph.runs, True


def _said(graphic: Graphic | None) -> Iterator[Sequence[Run]]:
    match graphic:
        case Table(head=head, rows=rows):
            for cell in (*head, *(cell for row in rows for cell in row.cells)):
                yield runs(cell.content)
        case Timeline(events=events):
            for event in events:
                yield (*year_runs(event), *day_runs(event))
                yield label_runs(event)
        case Diagram(actors=actors, arrows=arrows):
            for actor in actors:
                yield (Run(actor.name),)
            for arrow in arrows:
                yield runs(arrow.label)


def report_lost_words(
    wanted: Iterable[Passage], texts: Sequence[str], deck: Deck, log: Diagnostics
) -> None:
    """Note an error for every slide of which words are not in the PDF."""
    slides = {anchor(number): slide for number, slide in enumerate(deck.slides, start=1)}
    for loss in losses(wanted, texts):
        slide = slides.get(loss.section)
        where = f"the slide {slide.title!r}" if slide else "the deck"
        what = f"the notes of {where}" if loss.in_note else where
        shown = " ".join(loss.words[:SHOWN_WORDS])
        more = len(loss.words) - SHOWN_WORDS
        log.error(
            Code.TEXT_LOST,
            f"{len(loss.words)} words of {what} are not on its page: {shown}"
            + (f" and {more} more" if more > 0 else ""),
            at=slide.at if slide else Span(),
            hint="shorten the text, or report this as a fault of the builder",
        )
