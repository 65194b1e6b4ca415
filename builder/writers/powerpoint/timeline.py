"""Timelines of native shapes: an axis, marks on it, labels above and below."""

from __future__ import annotations

from dataclasses import dataclass, replace

from builder.deck.layout import Box, Layout
from builder.deck.model import AxisPlan, Stop, TimelinePlan
from builder.deck.timelines import (
    AXIS_WIDTH,
    MARKER,
    STEM_WIDTH,
    day_runs,
    event_ink,
    label_runs,
    stem,
    year_runs,
)
from builder.document.nodes import Event, Timeline
from builder.theme.model import Colour
from builder.units import Length
from builder.writers.powerpoint.drawing import Ids, group, outline
from builder.writers.powerpoint.labels import connector, glued, mark, text_label
from builder.writers.powerpoint.links import nowhere
from builder.writers.powerpoint.text import Typesetter


@dataclass(frozen=True, slots=True)
class TimelineDrawing:
    """One timeline with its places and its look."""

    timeline: Timeline
    plan: TimelinePlan
    layout: Layout
    type: Typesetter

    def xml(self, ids: Ids) -> str:
        """Draw the timeline as one group."""
        number = ids.next()
        shapes = "".join(self._axis(axis, ids) for axis in self.plan.axes)
        area = self.layout.areas["lanes"]
        return group(number, "Timeline", self.timeline.caption.alt, area, shapes)

    def _axis(self, axis: AxisPlan, ids: Ids) -> str:
        line = self.layout.areas["axis"]
        muted = self.type.theme.colour("muted")
        start, end = (int(line.x), int(axis.y)), (int(line.right), int(axis.y))
        drawn = connector(ids.next(), "Axis", start, end, outline(muted, AXIS_WIDTH))
        return drawn + "".join(self._stop(stop, axis, ids) for stop in axis.stops)

    def _stop(self, stop: Stop, axis: AxisPlan, ids: Ids) -> str:
        theme = self.type.theme
        event = self.timeline.events[stop.event]
        ink = self.type.theme.colour(event_ink(event))
        half = MARKER // 2
        box = Box(Length(stop.marker - half), Length(axis.y - half), MARKER, MARKER)
        point = ids.next()
        if stop.sign == "square":
            paper, edge = theme.colour("paper"), theme.colour("muted")
            drawn = mark(point, "Step", box, shape="rect", fill=paper, edge=edge)
        else:
            shape = "ellipse" if stop.sign == "circle" else "diamond"
            drawn = mark(point, "Event", box, shape=shape, fill=ink)
        return drawn + self._stem(stop, axis, point, ink, ids) + self._label(event, stop, ink, ids)

    def _stem(self, stop: Stop, axis: AxisPlan, point: int, ink: Colour, ids: Ids) -> str:
        start, end = stem(stop, axis)
        side = 0 if stop.above else (4 if stop.sign == "circle" else 2)  # a circle has eight sites
        glue = glued("stCxn", point, side)
        return connector(ids.next(), "Stem", start, end, outline(ink, STEM_WIDTH), glue=glue)

    def _label(self, event: Event, stop: Stop, ink: Colour, ids: Ids) -> str:
        style, year = self.layout.styles["event"], self.layout.styles["year"]
        shown = ink if event.lane != "step" else self.type.theme.colour("ink")
        big = replace(year, colour=shown)
        muted = replace(style, colour=self.type.theme.colour("muted"))
        date = self.type.line(year_runs(event), big, self.plan.year, nowhere)
        if event.day:
            day = self.type.runs(
                day_runs(event), muted, self.plan.size, nowhere, full=True, sized=True
            )
            date = date.replace("</a:p>", f"{day}</a:p>")
        content = label_runs(event)
        text = self.type.line(content, style, self.plan.size, nowhere) if content else ""
        anchor = "bottom" if stop.above else "top"
        return text_label(ids, f"Event {event.date}", stop.label, date + text, anchor=anchor)
