"""What stands around a figure or table: number and title above, source below."""

from __future__ import annotations

from dataclasses import replace

from builder.document.nodes import Caption, FloatKind
from builder.units import Length
from builder.writers.word.fields import run
from builder.writers.word.formats import ParagraphFormat, RunFormat
from builder.writers.word.inlines import NO_BREAK_SPACE, Voice, inlines, large, words
from builder.writers.word.paragraphs import gap, paragraph
from builder.writers.word.place import Place
from builder.writers.word.sequences import SEQUENCES, sequence
from builder.writers.word.xml import Element, w

LEFT_TO_RIGHT = "en"
BELOW = Length.from_pt(15)
"""Space below a table without a source."""


def captioned(
    caption: Caption,
    block_id: str,
    content: list[Element],
    place: Place,
    left: Length,
    *,
    ruled: bool | None = None,
) -> list[Element]:
    """Put a caption's parts around what it is of; all of them begin at `left`.

    `ruled` says whether a rule stands above the source: usually below figures, as tables end by
    one of their own.
    """
    if ruled is None:
        ruled = caption.kind is not FloatKind.TABLE
    return [
        *_above(caption, block_id, place, left),
        *content,
        *_source(caption, place, left, ruled=ruled),
    ]


def drawn(drawing: list[Element], caption: Caption, place: Place) -> Element:
    """Make the paragraph of a drawing, which stays with its source where it has one.

    It runs from left to right in every language: in others LibreOffice turns the digits of charts.
    """
    look = ParagraphFormat(
        keep_next=None if caption.source else False, align="right" if place.rtl else None
    )
    return paragraph(replace(place, style="Figure", lang=LEFT_TO_RIGHT), drawing, look)


def _above(caption: Caption, block_id: str, place: Place, left: Length) -> list[Element]:
    made: list[Element] = []
    if caption.title:
        made.append(_title(caption, block_id, place, left))
    if caption.subtitle:
        below = place.styled("FigureSubtitle")
        made.append(paragraph(below, inlines(caption.subtitle, below), _at(left)))
    return made


def _title(caption: Caption, block_id: str, place: Place, left: Length) -> Element:
    titled = place.styled("Caption")
    bookmarks = place.writing.bookmarks
    content: list[Element] = []
    if caption.number:
        content = [*_number(caption, titled), run(w("br"))]
    content += large(caption.title, titled, Length(place.full - left))
    if block_id:
        content = bookmarks.around(bookmarks.of_entry(block_id), content)
    return paragraph(titled, content, _at(left))


def _number(caption: Caption, place: Place) -> list[Element]:
    writing = place.writing
    kind = caption.kind
    word = writing.word(kind.value, SEQUENCES[kind])
    voice = Voice(writing.theme.styles["eyebrow"], character_style="FigureNo", lang=place.lang)
    look = RunFormat(style="FigureNo")
    made = [
        *words(word + NO_BREAK_SPACE, place, voice),
        *sequence(kind, caption.number, words(str(caption.number), place, voice), look),
    ]
    if not caption.label:
        return made
    return writing.bookmarks.around(writing.bookmarks.of_label(caption.label), made)


def _source(caption: Caption, place: Place, left: Length, *, ruled: bool) -> list[Element]:
    if not caption.source:
        return [gap(place, BELOW)] if caption.kind is FloatKind.TABLE else []
    below = place.styled("Source" if ruled else "SourceBelowTable")
    label = place.writing.word("source", "Source")
    voice = Voice(place.theme.styles["eyebrow"], character_style="Label", lang=place.lang)
    content = [
        *words(f"{label}:", below, voice),
        *words(" ", below),
        *inlines(caption.source, below),
    ]
    return [paragraph(below, content, _at(left))]


def _at(left: Length) -> ParagraphFormat:
    return ParagraphFormat(left=left or None)
