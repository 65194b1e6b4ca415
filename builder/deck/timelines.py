"""Timelines on slides: labels above and below an axis that never touch, on two axes if need be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from builder.deck.layout import Box, Layout
from builder.deck.measure import Ruler, leading
from builder.deck.model import AxisPlan, Stop, TimelinePlan
from builder.deck.text import MUTED, Run, runs
from builder.document.nodes import Event, Inlines, Timeline, Words
from builder.document.walk import text
from builder.theme.model import TextStyle
from builder.units import Length

MARKER = Length.from_inches(0.2)
AXIS_WIDTH = Length.from_pt(1.5)
STEM_WIDTH = Length.from_pt(0.75)
STEM_END = Length.from_inches(0.06)  # from a stem's end to its label
STEM = Length.from_inches(0.35)  # from the axis to a label
GAP = Length.from_inches(0.18)  # between labels in one lane
WIDEST = Length.from_inches(2.6)
NARROWEST = Length.from_inches(0.9)
BETWEEN = Length.from_inches(0.2)  # between two axes, at least
MOST_BETWEEN = Length.from_inches(0.5)  # added to it where there is room
MOST_AXES = 2
MOST_ON_ONE = 12
LARGER = ((3, 6), (4, 4), (6, 2))
"""Up to so many events have text so many points larger."""
FEWEST_ON_TWO = 7
SIGNS = {"circle": "●", "diamond": "◆", "square": "□"}
SPACE = "\u2003"  # between the names of two lanes


def plan_timeline(timeline: Timeline, layout: Layout, ruler: Ruler) -> TimelinePlan | None:
    """Place a timeline's events at the largest size of text that lets them stand; None: at none.

    On one axis as long as it goes, else on two; all labels below them if there is no other way.
    """
    style = layout.styles["event"]
    larger = next((add for most, add in LARGER if len(timeline.events) <= most), 0)
    size = Length(style.size + Length.from_pt(larger))
    while size >= style.minimum:
        placing = _Placing(timeline, layout, ruler, size)
        for axes, one_sided in ((1, False), (MOST_AXES, False), (MOST_AXES, True)):
            if axes == 1 and len(timeline.events) > MOST_ON_ONE:
                continue
            if axes > 1 and len(timeline.events) < FEWEST_ON_TWO:
                continue
            plan = replace(placing, one_sided=one_sided).on_axes(axes)
            if plan is not None:
                return plan
        size = Length(size - Length.from_pt(1))
    return None


def lanes_named(timeline: Timeline, *, one_sided: bool) -> tuple[Inlines, Inlines]:
    """Name the lanes: what stands above the axis, and below it with what the squares are.

    Where all labels stand on one side, each name has its mark.
    """
    lanes = {event.lane for event in timeline.events}
    above = timeline.left if "left" in lanes else ""
    right = timeline.right if "right" in lanes else ""
    step = timeline.step if "step" in lanes else ""
    marked = one_sided or bool(right and step)
    if above and one_sided:
        above = f"{SIGNS['circle']} {above}"
    if right and marked:
        right = f"{SIGNS['diamond' if one_sided else 'circle']} {right}"
    steps = f"{SIGNS['square']} {step}" if step else ""
    below: Inlines = text(right)
    if steps:
        below += (*(text(SPACE) if right else ()), Words(text(steps), classes=(MUTED,)))
    return text(above), below


def year_runs(event: Event) -> tuple[Run, ...]:
    """Give the first line of an event's label: its year."""
    return (Run(event.year),)


def day_runs(event: Event) -> tuple[Run, ...]:
    """Give the day beside the year, or whole below it; nothing where the date is a year alone."""
    return (Run("  " + event.day.replace(" ", "\u00a0")),) if event.day else ()


def label_runs(event: Event) -> tuple[Run, ...]:
    """Give an event's text: the head strong where a detail follows."""
    head, detail = runs(event.head), runs(event.detail)
    if not detail:
        return head
    strong = tuple(Run(r.text, True, r.italic, lang=r.lang) for r in head)
    return (*strong, Run("\n"), *detail)


def event_ink(event: Event) -> str:
    """Name the colour of an event's mark."""
    return {"left": "accent", "right": "accent_2", "step": "muted"}[event.lane]


def stem(stop: Stop, axis: AxisPlan) -> tuple[tuple[int, int], tuple[int, int]]:
    """Give where the line from an event's mark to its label begins and ends."""
    half, x = MARKER // 2, int(stop.marker)
    if stop.above:
        return (x, int(axis.y - half)), (x, int(stop.label.bottom + STEM_END // 2))
    return (x, int(axis.y + half)), (x, int(stop.label.y - STEM_END // 2))


@dataclass(frozen=True, slots=True)
class _Label:
    """An event with the room for its label."""

    place: int
    event: Event
    above: bool
    x: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Placing:
    """Places events at one size of text."""

    timeline: Timeline
    layout: Layout
    ruler: Ruler
    size: Length
    one_sided: bool = False

    @property
    def year_style(self) -> TextStyle:
        return self.layout.styles["year"]

    def year_size(self, axes: int) -> Length:
        style, usual = self.year_style, self.layout.styles["event"].size
        size = Length.from_pt(round(style.size.pt * max(1.0, self.size / usual)))
        return size if axes == 1 else max(style.minimum, Length(size - 4 * 12700))

    def on_axes(self, count: int) -> TimelinePlan | None:
        """Place the events on so many axes, or give None."""
        events = self.timeline.events
        ends = [-(-len(events) * turn // count) for turn in range(count + 1)]
        rows: list[tuple[_Label, ...]] = []
        for start, end in pairwise(ends):
            row = self._row(range(start, end), self.year_size(count))
            if row is None:
                return None
            rows.append(row)
        lanes = self.layout.areas["lanes"]
        needs = [_needs(row) for row in rows]
        used = sum(up + down for up, down in needs) + BETWEEN * (count - 1)
        if used > lanes.height:
            return None
        axes = self._axes(rows, needs, lanes.height - used)
        return TimelinePlan(self.size, self.year_size(count), axes, self.one_sided)

    def _is_above(self, event: Event) -> bool:
        return event.lane == "left" and not self.one_sided

    def _row(self, places: Sequence[int], year: Length) -> tuple[_Label, ...] | None:
        axis = self.layout.areas["axis"]
        step = axis.width / max(len(places), 1)
        starts = [int(axis.x + step * turn) for turn in range(len(places))]
        labels: list[_Label] = []
        for turn, place in enumerate(places):
            event = self.timeline.events[place]
            above = self._is_above(event)
            following = [
                starts[later]
                for later in range(turn + 1, len(places))
                if self._is_above(self.timeline.events[places[later]]) == above
            ]
            end = following[0] - GAP if following else int(axis.right)
            width = min(end - starts[turn], int(WIDEST))
            height = self._height(event, Length(width), year)
            if height is None or width < NARROWEST:
                return None
            labels.append(_Label(place, event, above, starts[turn], width, height))
        return tuple(labels)

    def _height(self, event: Event, width: Length, year: Length) -> int | None:
        """Give a label's height, or None where a word is wider than the label."""
        style = self.layout.styles["event"]
        said = label_runs(event)
        if self.ruler.longest_word(said, style, self.size) > width * 0.98:
            return None
        if self.ruler.width(year_runs(event), self.year_style, year) > width * 0.98:
            return None
        if self.ruler.longest_word(day_runs(event), style, self.size) > width * 0.98:
            return None
        lines = self.ruler.count(said, style, self.size, width) if said else 0
        date = date_lines(event, self.layout, self.ruler, self.size, year, width)
        return date * leading(self.year_style, year) + lines * leading(style, self.size)

    def _axes(
        self, rows: Sequence[tuple[_Label, ...]], needs: Sequence[tuple[int, int]], free: int
    ) -> tuple[AxisPlan, ...]:
        """Put the axes in their places; a single one near the middle, if its labels let it."""
        lanes, middle = self.layout.areas["lanes"], self.layout.areas["axis"].y
        plans: list[AxisPlan] = []
        between = min(free // (len(rows) + 1), int(MOST_BETWEEN))
        top = int(lanes.y) + (free - between * (len(rows) - 1)) // 2 if len(rows) > 1 else 0
        for row, (up, down) in zip(rows, needs, strict=True):
            if len(rows) == 1:
                y = min(max(int(middle), int(lanes.y) + up), int(lanes.bottom) - down)
            else:
                y = top + up
            plans.append(AxisPlan(Length(y), tuple(self._stop(label, y) for label in row)))
            top = y + down + BETWEEN + between
        return tuple(plans)

    def _stop(self, label: _Label, y: int) -> Stop:
        top = y - STEM - label.height if label.above else y + STEM
        box = Box(Length(label.x), Length(top), Length(label.width), Length(label.height))
        marker = Length(label.x + MARKER // 2)
        sign: Literal["circle", "square", "diamond"] = "circle"
        if label.event.lane == "step":
            sign = "square"
        elif label.event.lane == "right" and self.one_sided:
            sign = "diamond"
        return Stop(label.place, box, label.above, marker, sign)


def date_lines(
    event: Event, layout: Layout, ruler: Ruler, size: Length, year: Length, width: Length
) -> int:
    """Count the lines of a date: two where year and day do not stand side by side."""
    if not event.day:
        return 1
    used = ruler.width(year_runs(event), layout.styles["year"], year)
    used = Length(used + ruler.width(day_runs(event), layout.styles["event"], size))
    return 1 if used <= width * 0.98 else 2


def _needs(row: Sequence[_Label]) -> tuple[int, int]:
    """Give the room that a row needs above and below its axis."""
    up = max((label.height + STEM for label in row if label.above), default=int(MARKER))
    down = max((label.height + STEM for label in row if not label.above), default=int(MARKER))
    return up, down
