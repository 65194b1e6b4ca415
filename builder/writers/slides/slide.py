"""One slide as HTML: what its layout draws, then what stands in its slots, in reading order."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import quote

from markupsafe import Markup

from builder.charts.draw import draw_slide_chart
from builder.charts.sheet import SlideLook
from builder.deck.charts import is_valued
from builder.deck.layout import Box, Layout, LayoutShape, Placeholder
from builder.deck.lines import set_label, set_paragraphs
from builder.deck.model import DeckSlide, DiagramPlan, Filled, TablePlan, TimelinePlan
from builder.deck.motif import motif_bars
from builder.deck.pictures import framed
from builder.deck.tables import table_box
from builder.deck.text import Run, paragraphs
from builder.document.nodes import Chart, Diagram, Figure, Table, Timeline
from builder.theme.model import Colour
from builder.units import Length
from builder.writers.slides.drawings import diagram, timeline
from builder.writers.slides.stage import Stage
from builder.writers.slides.tables import table
from builder.writers.slides.text import Frame, text_box

SIZE = re.compile(r'width="([\d.]+)pt" height="([\d.]+)pt"')
UNKNOWN = 300
"""The pixels of a side that a drawing does not tell."""

LAST = ("source", "date", "footer", "number")
"""What is read after the slide's drawing."""


def slide_markup(slide: DeckSlide, number: int, stage: Stage) -> Markup:
    """Write one slide; `number` counts from 1."""
    layout = stage.layouts[slide.layout]
    parts = [_background(layout, stage)]
    drawn = False
    for name, slot in layout.slots.items():
        if name in LAST and not drawn:
            parts.append(_drawing(slide, layout, stage))
            drawn = True
        parts.append(_slot(slide, number, slot, layout, stage))
    return Markup("").join(parts)


# ---------------------------------------------------------------- what the layout draws


def _background(layout: Layout, stage: Stage) -> Markup:
    ground = layout.ground or stage.theme.colour("paper")
    whole = Box(Length(0), Length(0), stage.layouts.width, stage.layouts.height)
    shapes = (*(stage.layouts.master_shapes if layout.on_master else ()), *layout.shapes)
    drawn = Markup("").join(_shape(shape, stage) for shape in shapes)
    return _filled(whole, ground, stage) + drawn + _logo(layout, stage)


def _shape(shape: LayoutShape, stage: Stage) -> Markup:
    match shape.kind:
        case "rectangle":
            return _filled(shape.box, shape.colour, stage)
        case "line":
            return _filled(_line_box(shape), shape.colour, stage)
        case "motif":
            bars = motif_bars(shape, stage.deck.motif, stage.theme)
            return Markup("").join(_filled(box, fill, stage) for box, fill in bars)


def _line_box(shape: LayoutShape) -> Box:
    """Give a line as a thin rectangle, its middle where the line is."""
    box, half = shape.box, shape.width // 2
    if box.height:
        return replace(box, x=Length(box.x - half), width=shape.width)
    return replace(box, y=Length(box.y - half), height=shape.width)


def _filled(box: Box, fill: Colour, stage: Stage) -> Markup:
    return Markup('<div class="shape" style="{};background:{}"></div>').format(
        stage.place(box), fill.css
    )


def _logo(layout: Layout, stage: Stage) -> Markup:
    area = layout.areas.get("logo")
    if stage.theme.logo is None or area is None:
        return Markup("")
    side = "right" if area.x > stage.layouts.width // 2 else "left"
    return _image("theme:///logo", stage.theme.name, area, side, stage)


# ---------------------------------------------------------------- what stands in the slots


def _slot(slide: DeckSlide, number: int, slot: Placeholder, layout: Layout, stage: Stage) -> Markup:
    graphic, plan = slide.graphic, slide.plan
    match slot.type:
        case "chart":
            return _chart(graphic, slot, layout, stage) if isinstance(graphic, Chart) else Markup()
        case "table":
            if isinstance(graphic, Table) and isinstance(plan, TablePlan):
                room = table_box(layout, below_subtitle=slide.slot("subtitle") is not None)
                return table(graphic, plan, layout, room, stage)
            return Markup("")
        case "picture":
            return _picture(graphic, slot, stage) if isinstance(graphic, Figure) else Markup("")
        case "footer":
            return _furniture(stage.deck.footer, slot, stage)
        case "date":
            return _furniture(stage.deck.date, slot, stage) if stage.deck.date else Markup("")
        case "number":
            return _furniture(str(number), slot, stage)
        case "title" | "main-title" | "subtitle" | "body":
            filled = slide.slot(slot.slot)
            return (
                _text(filled, slot, stage, main=slide.layout == "title") if filled else Markup("")
            )


def _text(filled: Filled, slot: Placeholder, stage: Stage, *, main: bool) -> Markup:
    room = slot.room
    if slot.shrink:
        room = replace(room, height=filled.height)
    width = Length(room.width - filled.narrow)
    if stage.rtl:
        room = replace(room, x=Length(room.x + filled.narrow))
    said = set_paragraphs(
        paragraphs(filled.blocks),
        slot,
        filled.size or slot.style.size,
        width,
        stage.ruler,
        spread=filled.spread,
    )
    element = "p"
    if slot.type in ("title", "main-title"):
        element = "h1" if main else "h2"
    frame = Frame(replace(room, width=width), slot.align, slot.anchor, slot.bullet, element)
    return _fill_behind(slot, room, stage) + text_box(said, frame, stage)


def _fill_behind(slot: Placeholder, room: Box, stage: Stage) -> Markup:
    if slot.fill is None:
        return Markup("")
    inset = slot.inset
    box = replace(slot.box, height=Length(room.height + inset.top + inset.bottom))
    return _filled(box, slot.fill, stage)


def _furniture(words: str, slot: Placeholder, stage: Stage) -> Markup:
    """Write what stands on every slide alike, which nobody wants to hear each time."""
    text = ((Run(words),), slot.style, slot.style.size)
    said = set_label(text, width=slot.room.width, ruler=stage.ruler)
    frame = Frame(slot.room, slot.align, slot.anchor)
    return Markup('<div aria-hidden="true">{}</div>').format(text_box([said], frame, stage))


def _chart(chart: Chart, slot: Placeholder, layout: Layout, stage: Stage) -> Markup:
    drawn = draw_slide_chart(
        chart,
        stage.theme,
        stage.ruler.book,
        width=slot.box.width,
        height=slot.box.height,
        look=SlideLook(layout.styles["value"], layout.styles["axis"], is_valued(chart)),
        language=stage.deck.language,
    )
    return Markup('<div class="shape chart" style="{}">{}</div>').format(
        stage.place(slot.box), _scaled(drawn, stage)
    )


def _scaled(drawing: Markup, stage: Stage) -> Markup:
    """Give a drawing the stage's scale; WeasyPrint goes by its attributes alone."""

    def size(found: re.Match[str]) -> str:
        width, height = (Length.from_pt(float(side)) for side in found.groups())
        return f'width="{stage.pt(width)}" height="{stage.pt(height)}"'

    return Markup(SIZE.sub(size, drawing, count=1))


def _picture(figure: Figure, slot: Placeholder, stage: Stage) -> Markup:
    alt = figure.caption.alt or figure.image.alt
    width, height = (side or UNKNOWN for side in figure.image.size)
    box = framed(slot.box, (width, height)).box
    source = _address(figure.image.path)
    if figure.link and not figure.link.startswith("#"):
        image = _image(
            source, alt, replace(box, x=Length(0), y=Length(0)), "left", stage, cropped=True
        )
        return Markup('<a class="shape" href="{}" style="{}">{}</a>').format(
            figure.link, stage.place(box), image
        )
    return _image(source, alt, box, "left", stage, cropped=True)


def _address(path: PurePosixPath) -> str:
    """Give the address by which the fetcher knows an image of the project."""
    return f"project:///{quote(path.as_posix())}"


def _image(
    source: str, alt: str, box: Box, side: str, stage: Stage, *, cropped: bool = False
) -> Markup:
    """Show an image as large as its place allows, whole or cropped to it."""
    fit = "cover;object-position:center" if cropped else f"contain;object-position:{side} top"
    return Markup('<img class="shape" src="{}" alt="{}" style="{};object-fit:{}">').format(
        source, alt, stage.place(box), fit
    )


def _drawing(slide: DeckSlide, layout: Layout, stage: Stage) -> Markup:
    match slide.graphic, slide.plan:
        case Timeline() as node, TimelinePlan() as plan:
            return timeline(node, plan, layout, stage)
        case Diagram() as node, DiagramPlan() as plan:
            return diagram(node, plan, layout, stage)
    return Markup("")
