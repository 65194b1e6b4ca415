"""Timelines and diagrams on slides: lines and shapes as SVG, their words as text above it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from builder.charts.canvas import Canvas
from builder.charts.measure import Ruler
from builder.deck.diagrams import (
    PAD,
    Point,
    actor_colours,
    around,
    arrow_ink,
    arrow_points,
)
from builder.deck.layout import Box, Layout
from builder.deck.lines import set_label
from builder.deck.model import ArrowPlan, AxisPlan, DiagramPlan, Stop, TimelinePlan
from builder.deck.text import Run, runs
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
from builder.document.nodes import Arrow, Diagram, Timeline
from builder.theme.model import Colour
from builder.units import Length
from builder.writers.slides.stage import Stage
from builder.writers.slides.text import Frame, text_box

HEAD = 3.0
"""The length of an arrow's head in widths of its line, as Office draws medium ones."""
DASHES = 4.0, 3.0
"""A dash and the gap behind it, in widths of the line."""
EDGE = 1.5  # points: around a mark that is not filled


def timeline(node: Timeline, plan: TimelinePlan, layout: Layout, stage: Stage) -> Markup:
    """Write a timeline: its axes and marks as a drawing, its events as text."""
    canvas = _canvas(stage)
    labels = Markup("")
    for axis in plan.axes:
        _axis(canvas, axis, node, layout, stage)
        for stop in axis.stops:
            labels += _event(stop, node, plan, layout, stage)
    return _drawing(canvas, layout.areas["lanes"], node.caption.alt, stage) + labels


def _axis(canvas: Canvas, axis: AxisPlan, node: Timeline, layout: Layout, stage: Stage) -> None:
    theme, line = stage.theme, layout.areas["axis"]
    ends = ((line.x.pt, axis.y.pt), (line.right.pt, axis.y.pt))
    canvas.line(ends, theme.colour("muted"), width=AXIS_WIDTH.pt)
    for stop in axis.stops:
        event = node.events[stop.event]
        ink = theme.colour(event_ink(event))
        (x, start), (_, end) = stem(stop, axis)
        x_pt = Length(x).pt
        canvas.line(((x_pt, Length(start).pt), (x_pt, Length(end).pt)), ink, width=STEM_WIDTH.pt)
        _mark(canvas, stop, x_pt, axis.y.pt, ink, stage)


def _mark(canvas: Canvas, stop: Stop, x: float, y: float, ink: Colour, stage: Stage) -> None:
    """Draw the sign of an event: its shape tells what its colour tells."""
    half = MARKER.pt / 2
    match stop.sign:
        case "square":
            canvas.rect(x - half, y - half, 2 * half, 2 * half, stage.theme.colour("muted"))
            inner = half - EDGE
            canvas.rect(x - inner, y - inner, 2 * inner, 2 * inner, stage.theme.colour("paper"))
        case "circle":
            canvas.circle(x, y, half, ink)
        case "diamond":
            canvas.polygon(((x, y - half), (x + half, y), (x, y + half), (x - half, y)), ink)


def _event(stop: Stop, node: Timeline, plan: TimelinePlan, layout: Layout, stage: Stage) -> Markup:
    theme, event = stage.theme, node.events[stop.event]
    style, width = layout.styles["event"], stop.label.width
    shown = theme.colour("ink" if event.lane == "step" else event_ink(event))
    year = (year_runs(event), replace(layout.styles["year"], colour=shown), plan.year)
    day = (day_runs(event), replace(style, colour=theme.colour("muted")), plan.size)
    texts = [set_label(year, day, width=width, ruler=stage.ruler)]
    content = label_runs(event)
    if content:
        texts.append(set_label((content, style, plan.size), width=width, ruler=stage.ruler))
    return text_box(texts, Frame(stop.label, "left", "bottom" if stop.above else "top"), stage)


def diagram(node: Diagram, plan: DiagramPlan, layout: Layout, stage: Stage) -> Markup:
    """Write a diagram: boxes and arrows as a drawing, names and labels as text."""
    theme, canvas, texts = stage.theme, _canvas(stage), Markup("")
    for turn, (box, size) in enumerate(plan.actors):
        fill, ink = actor_colours(turn)
        canvas.rect(box.x.pt, box.y.pt, box.width.pt, box.height.pt, theme.colour(fill))
        style = replace(layout.styles["actor"], colour=theme.colour(ink))
        room = replace(box, x=Length(box.x + PAD), width=Length(box.width - 2 * PAD))
        name = ((Run(node.actors[turn].name),), style, size)
        said = set_label(name, width=room.width, ruler=stage.ruler)
        texts += text_box([said], Frame(room, "center", "middle"), stage)
    for planned in plan.arrows:
        arrow = node.arrows[planned.arrow]
        _arrow(canvas, arrow, planned, arrow_points(node, plan, planned), stage)
        label = runs(arrow.label)
        if label:
            text = (label, layout.styles["flow"], plan.size)
            said = set_label(text, width=planned.label.width, ruler=stage.ruler)
            texts += text_box([said], Frame(planned.label, planned.align, planned.anchor), stage)
    area = around([box for box, _ in plan.actors])
    return _drawing(canvas, area, node.caption.alt, stage) + texts


def _arrow(
    canvas: Canvas, arrow: Arrow, planned: ArrowPlan, points: Sequence[Point], stage: Stage
) -> None:
    """Draw an arrow from its source to its target."""
    name, thick = arrow_ink(planned)
    ink, width = stage.theme.colour(name), thick.pt
    line = [(Length(x).pt, Length(y).pt) for x, y in points]
    if arrow.kind in ("arrow", "both"):
        line[-1] = _head(canvas, line[-2], line[-1], ink, width)
    if arrow.kind == "both":
        line[0] = _head(canvas, line[1], line[0], ink, width)
    dashes = " ".join(f"{part * width:g}" for part in DASHES) if arrow.kind == "line" else ""
    canvas.line(tuple(line), ink, width=width, dashes=dashes)


def _head(
    canvas: Canvas, start: tuple[float, float], tip: tuple[float, float], ink: Colour, width: float
) -> tuple[float, float]:
    """Draw an arrow's head and give where the line ends behind it."""
    across, down = tip[0] - start[0], tip[1] - start[1]
    far = math.hypot(across, down) or 1.0
    x, y = across / far, down / far
    long, half = HEAD * width, HEAD * width / 2
    back = (tip[0] - x * long, tip[1] - y * long)
    canvas.polygon(
        (tip, (back[0] - y * half, back[1] + x * half), (back[0] + y * half, back[1] - x * half)),
        ink,
    )
    return back


def _canvas(stage: Stage) -> Canvas:
    size = stage.layouts.width.pt, stage.layouts.height.pt
    return Canvas(*size, Ruler(stage.ruler.book), stage.theme.fallbacks)


def _drawing(canvas: Canvas, area: Box, alt: str, stage: Stage) -> Markup:
    """Write what was drawn inside an area of the slide, its edges with room for marks."""
    edge = MARKER
    box = Box(
        Length(area.x - edge),
        Length(area.y - edge),
        Length(area.width + 2 * edge),
        Length(area.height + 2 * edge),
    )
    view = " ".join(f"{length.pt:.2f}" for length in (box.x, box.y, box.width, box.height))
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="drawing" viewBox="{}" style="{}" '
        'role="img"><title>{}</title>{}</svg>'
    ).format(view, stage.place(box), alt, Markup("").join(canvas.parts))
