"""How long sections open, once their pages have been counted: with a band."""

from __future__ import annotations

from collections.abc import Sequence

from builder.units import Length
from builder.writers.display import ends_alone
from builder.writers.word.fields import tab_run
from builder.writers.word.formats import RunFormat
from builder.writers.word.inlines import NO_BREAK_SPACE
from builder.writers.word.paragraphs import paragraph
from builder.writers.word.place import Place
from builder.writers.word.written import STYLE, TEXT, VALUE, style_of
from builder.writers.word.xml import Element

LONG = 2.75
"""Pages of a section that opens with a band."""

BAND_NUMBER = Length.from_pt(66)
"""Size of the number in the band."""

TITLE, BELOW = "Heading1Opener", "StandfirstOpener"
STANDFIRSTS = ("Standfirst", "StandfirstShort")


def with_band(elements: Sequence[Element], place: Place) -> list[Element]:
    """Put a section's title and standfirst on one ground; a side box goes below them.

    The title's number is as large as the paragraph's mark is.
    """
    at = next(i for i, element in enumerate(elements) if style_of(element) == "Heading1")
    title, *behind = elements[at:]
    _restyle(title, TITLE, place)
    mark = RunFormat(size=BAND_NUMBER).element()
    if mark is not None:
        title[0].append(mark)
    lead = _standfirst(behind)
    if lead is None:
        lead = paragraph(place.styled(BELOW), [tab_run()])
    else:
        behind.remove(lead)
        _restyle(lead, BELOW, place)
        lead.insert(1, tab_run())
    return [title, lead, *behind]


def _standfirst(behind: Sequence[Element]) -> Element | None:
    """Find the standfirst; only a side box may stand before it."""
    for element in behind:
        style = style_of(element)
        if style in STANDFIRSTS:
            return element
        if not style.startswith("SideBox"):
            break
    return None


def _restyle(element: Element, style: str, place: Place) -> None:
    """Give a paragraph another style; its last word may end alone in that, and take one along."""
    found = element.find(STYLE)
    if found is not None:
        found.set(VALUE, style)
    texts = [text for text in element.iter(TEXT) if text.text]
    said = "".join(text.text or "" for text in texts)
    lines = place.writing.fonts.lines(said, place.writing.sheet.text(style), place.width)
    if texts and ends_alone(lines):
        texts[-1].text = NO_BREAK_SPACE.join((texts[-1].text or "").rsplit(" ", 1))
