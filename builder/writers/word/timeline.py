"""Timelines: years and days, two lanes, and the axis between them."""

from __future__ import annotations

from dataclasses import replace

from builder.document.nodes import Event, Inlines, Timeline
from builder.document.walk import plain, text
from builder.theme.model import Colour
from builder.units import Length
from builder.writers.word.captions import captioned
from builder.writers.word.formats import Line, ParagraphFormat, RunFormat
from builder.writers.word.grid import Frame, GridCell, GridRow, table
from builder.writers.word.inlines import Voice, inlines, words
from builder.writers.word.paragraphs import paragraph
from builder.writers.word.place import Place
from builder.writers.word.table_styles import PLAIN
from builder.writers.word.xml import Element

YEAR, DAY = Length.from_mm(16), Length.from_mm(22)
VISIT, INSTITUTION = "\u25cf", "\u25a1"
PAD = Length.from_mm(3)
MOST_KEPT = 16
"""Events that surely stand on one page."""


def timeline(node: Timeline, place: Place) -> list[Element]:
    """Write events in the author's order; a year is shown where it changes."""
    left, width = place.spot(wide=True)
    lane = Length((width - YEAR - DAY) // 2)
    frame = Frame(
        PLAIN,
        (YEAR, DAY, lane, lane),
        left,
        title=plain(node.caption.title),
        alt=node.caption.alt,
        head=True,
        whole=len(node.events) <= MOST_KEPT,
        bidi=place.rtl,
    )
    rows = [_lanes(node, place)]
    shown = ""
    for event in node.events:
        rows.append(_event(event, place, new_year=event.year != shown))
        shown = event.year
    return captioned(node.caption, node.id, [table(frame, rows)], place, left)


def _lanes(node: Timeline, place: Place) -> GridRow:
    head = place.styled("TableHead")
    accent, mark = place.theme.colour("accent"), place.theme.colour("accent_2")
    label = replace(place.theme.styles["table_head"])
    right = [] if not node.right else words(
        node.right, head, Voice(label, lang=place.lang, look=RunFormat(colour=mark))
    )  # fmt: skip
    if node.step:
        between = " / " if node.right else ""
        muted = place.theme.colour("muted")
        right += words(between + node.step, head,
                       Voice(label, lang=place.lang, look=RunFormat(colour=muted)))  # fmt: skip
    if not (right or node.left):
        right = words(place.writing.word("events", "Events"), head)
    date = words(place.writing.word("date", "Date"), head)
    left = words(node.left, head, Voice(label, lang=place.lang, look=RunFormat(colour=accent)))
    return GridRow(
        (
            GridCell([paragraph(head, date)]),
            GridCell([paragraph(head, ())]),
            _lane_cell([paragraph(head, left, ParagraphFormat(align="right"))], place, left=True),
            _lane_cell([paragraph(head, right)], place, left=False),
        ),
        head=True,
    )


def _event(event: Event, place: Place, *, new_year: bool) -> GridRow:
    year, day = place.styled("TimelineYear"), place.styled("TableText")
    line = Line(place.theme.colour("rule"), place.theme.hair)
    above = (("top", line if new_year else None),)
    top = Length.from_pt(4)
    margins = (top, Length(0), Length(0), Length(0))
    look = RunFormat(colour=place.theme.colour("muted"))
    on = words(event.day, day, Voice(day.text, lang=place.lang, look=look))
    on_left = event.lane == "left"
    said = _said(event, place)
    empty = [paragraph(day, ())]
    return GridRow(
        (
            GridCell([paragraph(year, words(event.year if new_year else "", year))],
                     borders=above, margins=margins),
            GridCell([paragraph(day, on)], borders=above, margins=margins),
            _lane_cell(said if on_left else empty, place, left=True),
            _lane_cell(empty if on_left else said, place, left=False),
        )
    )  # fmt: skip


def _lane_cell(content: list[Element], place: Place, *, left: bool) -> GridCell:
    """Make a lane's cell; the axis is the line between the two lanes."""
    axis = Line(place.theme.colour("muted"), place.theme.strong)
    pad = Length.from_pt(4)
    margins = (pad, Length(0), pad, PAD) if left else (pad, PAD, pad, Length(0))
    if place.rtl:  # Word turns them around, LibreOffice does not
        margins = (pad, PAD, pad, PAD)
    return GridCell(content, borders=(("right" if left else "left", axis),), margins=margins)


def _said(event: Event, place: Place) -> list[Element]:
    """Write an event: its mark towards the axis, its head in the lane's colour, its detail."""
    theme = place.theme
    colour = theme.colour({"left": "accent", "right": "accent_2", "step": "ink"}[event.lane])
    mark = VISIT if event.lane != "step" else INSTITUTION
    left = event.lane == "left"
    head = place.styled("TableRowHead")
    look = ParagraphFormat(align="right" if left else None)
    heading = _coloured(event.head, head, colour)
    sign = _coloured(text(mark), head, colour)
    space = words(" ", head)
    content = [*heading, *space, *sign] if left else [*sign, *space, *heading]
    made = [paragraph(head, content, look)]
    if event.detail:
        detail = place.styled("TableText")
        made.append(paragraph(detail, inlines(event.detail, detail), look))
    return made


def _coloured(content: Inlines, place: Place, colour: Colour) -> list[Element]:
    look = RunFormat(colour=colour if colour.name != "ink" else None)
    return inlines(content, place, Voice(place.text, lang=place.lang, look=look))
