"""Diagrams as native shapes: the drawing that the PDF shows, its words real text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from builder.charts.diagram import draw_diagram
from builder.document.nodes import Diagram
from builder.theme.model import Colour, TextStyle, Theme
from builder.units import Length
from builder.writers.word.captions import captioned, drawn
from builder.writers.word.drawing import exact_fill, frame, graphic, inline, newer
from builder.writers.word.formats import ParagraphFormat, RunFormat
from builder.writers.word.inlines import Voice, words
from builder.writers.word.paragraphs import paragraph
from builder.writers.word.place import Place
from builder.writers.word.xml import Element, w, x

Point = tuple[float, float]


@dataclass(slots=True)
class Box:
    """A rectangle, and the words in it; all lengths in points."""

    left: float
    top: float
    width: float
    height: float
    fill: str = ""
    lines: list[str] = field(default_factory=list)
    colour: str = ""
    size: float = 0.0
    weight: int = 400
    align: str = "middle"
    first: float = 0.0  # base line of the first line
    x: float = 0.0


@dataclass(frozen=True, slots=True)
class Path:
    """A line through points, or a filled polygon."""

    points: tuple[Point, ...]
    fill: str = ""
    stroke: str = ""
    width: float = 0.0
    dashed: bool = False


def diagram(node: Diagram, place: Place) -> list[Element]:
    """Write a diagram with its caption, over the full block."""
    left, width = place.spot(wide=True)
    svg = draw_diagram(node, place.theme, place.writing.fonts, width=width)
    drawing = etree.fromstring(str(svg).encode())
    height = Length.from_pt(float(drawing.get("viewBox", "0 0 0 0").split()[3]))
    shapes = [_shape(shape, place) for shape in _shapes(drawing)]
    group = x(
        "wpg:wgp",
        x("wpg:cNvGrpSpPr"),
        x("wpg:grpSpPr", _group_frame(width, height)),
        *shapes,
    )
    made = inline(graphic("wpg", group), width, height, place, name="Diagram", alt=node.caption.alt)
    figure = drawn([newer(made)], node.caption, place)
    return captioned(node.caption, node.id, [figure], place, left)


def _group_frame(width: Length, height: Length) -> Element:
    made = frame(Length(0), Length(0), width, height)
    made.extend([x("a:chOff", x=0, y=0), x("a:chExt", cx=width, cy=height)])
    return made


def _shapes(drawing: Element) -> Iterator[Box | Path]:
    """Read the drawing's shapes; lines of text go into the box they stand in, or into one block."""
    box: Box | None = None
    for element in drawing:
        kind = etree.QName(element).localname
        if kind == "text" and box is not None and _belongs(element, box):
            _add_line(box, element)
            continue
        if box is not None:
            yield box
            box = None
        match kind:
            case "rect":
                box = Box(
                    *_numbers(element, "x", "y", "width", "height"), fill=element.get("fill", "")
                )
            case "text":
                box = Box(0, 0, 0, 0)
                _add_line(box, element)
            case "polyline":
                dashed = bool(element.get("stroke-dasharray"))
                yield Path(
                    _points(element),
                    stroke=element.get("stroke", ""),
                    width=float(element.get("stroke-width", "1")),
                    dashed=dashed,
                )
            case "polygon":
                yield Path(_points(element), fill=element.get("fill", ""))
            case _:
                pass
    if box is not None:
        yield box


def _numbers(element: Element, a: str, b: str, c: str, d: str) -> tuple[float, float, float, float]:
    return (
        float(element.get(a, "0")),
        float(element.get(b, "0")),
        float(element.get(c, "0")),
        float(element.get(d, "0")),
    )


def _belongs(element: Element, box: Box) -> bool:
    across, down = float(element.get("x", "0")), float(element.get("y", "0"))
    if box.fill:
        inside = box.left <= across <= box.left + box.width
        return inside and box.top <= down <= box.top + box.height
    step = down - (box.first + (len(box.lines) - 1) * box.size * 1.3)
    return abs(across - box.x) < 0.5 and 0 < step < box.size * 2


def _add_line(box: Box, element: Element) -> None:
    box.lines.append(element.text or "")
    if len(box.lines) > 1:
        return
    box.x, box.first = float(element.get("x", "0")), float(element.get("y", "0"))
    box.size = float(element.get("font-size", "9"))
    box.weight = int(element.get("font-weight", "400"))
    box.colour = element.get("fill", "")
    box.align = element.get("text-anchor", "start")


def _points(element: Element) -> tuple[Point, ...]:
    pairs = (pair.split(",") for pair in element.get("points", "").split())
    return tuple((float(across), float(down)) for across, down in pairs)


def _shape(shape: Box | Path, place: Place) -> Element:
    match shape:
        case Box():
            return _box(shape, place)
        case Path():
            return _path(shape, place)


def _box(box: Box, place: Place) -> Element:
    style = _style(box, place.theme)
    if not box.fill:
        box = _around_words(box, style, place)
    number = place.writing.next_drawing()
    ground = exact_fill(_colour(box.fill, place.theme)) if box.fill else x("a:noFill")
    return x(
        "wps:wsp",
        x("wps:cNvPr", id=number, name=f"{'Box' if box.fill else 'Label'} {number}"),
        x("wps:cNvSpPr", txBox=None if box.fill else 1),
        x(
            "wps:spPr",
            frame(*(Length.from_pt(v) for v in (box.left, box.top, box.width, box.height))),
            x("a:prstGeom", x("a:avLst"), prst="rect"),
            ground,
            x("a:ln", x("a:noFill")),
        ),
        x("wps:txbx", w("txbxContent", _words(box, style, place))) if box.lines else None,
        x(
            "wps:bodyPr",
            wrap="square" if box.fill else "none",
            lIns=0,
            tIns=0,
            rIns=0,
            bIns=0,
            anchor="ctr" if box.fill else "t",
        ),
    )


def _around_words(box: Box, style: TextStyle, place: Place) -> Box:
    """Give a label's box the size of its words, with a little room to spare."""
    book = place.writing.fonts
    needed = max(book.width_of(line, style).pt for line in box.lines) * 1.06 + 4
    shift = {"middle": needed / 2, "end": needed - 2}.get(box.align, 2.0)
    leading = style.leading.pt
    return replace(
        box,
        left=box.x - shift,
        top=box.first - 0.78 * leading,
        width=needed,
        height=leading * len(box.lines),
    )


def _style(box: Box, theme: Theme) -> TextStyle:
    return theme.styles["box_head" if box.weight >= 600 else "chart_axis"]


def _words(box: Box, style: TextStyle, place: Place) -> Element:
    name = "BoxHead" if box.weight >= 600 else "BoxText"
    boxed = place.styled(name)
    size = style.size if style.size != boxed.text.size else None
    look = RunFormat(colour=_colour(box.colour, place.theme), size=size)
    voice = Voice(boxed.text, lang=place.lang, look=look)
    align = {"middle": "center", "end": "right"}.get(box.align)
    zero = Length(0)
    content: list[Element] = []
    for number, line in enumerate(box.lines):
        if number:
            content.append(w("r", w("br")))
        content += words(line, boxed, voice)
    shape = ParagraphFormat(
        before=zero,
        after=zero,
        leading=style.leading,
        align="center" if align == "center" else "right" if align == "right" else None,
        keep_next=False,
    )
    return paragraph(boxed, content, shape)


def _path(path: Path, place: Place) -> Element:
    left = min(point[0] for point in path.points)
    top = min(point[1] for point in path.points)
    width = max(point[0] for point in path.points) - left
    height = max(point[1] for point in path.points) - top
    number = place.writing.next_drawing()
    moves = [
        x(
            "a:moveTo" if index == 0 else "a:lnTo",
            x("a:pt", x=Length.from_pt(across - left), y=Length.from_pt(down - top)),
        )
        for index, (across, down) in enumerate(path.points)
    ]
    closed = [x("a:close")] if path.fill else []
    size = {"w": Length.from_pt(width), "h": Length.from_pt(height)}
    geometry = x(
        "a:custGeom",
        *(x(f"a:{name}") for name in ("avLst", "gdLst", "ahLst", "cxnLst")),
        x("a:rect", l="0", t="0", r="r", b="b"),
        x(
            "a:pathLst",
            x(
                "a:path",
                *moves,
                *closed,
                w=size["w"],
                h=size["h"],
                fill=None if path.fill else "none",
            ),
        ),
    )
    line = (
        x("a:ln", x("a:noFill"))
        if path.fill
        else x(
            "a:ln",
            exact_fill(_colour(path.stroke, place.theme)),
            x("a:prstDash", val="dash" if path.dashed else "solid"),
            w=Length.from_pt(path.width),
        )
    )
    return x(
        "wps:wsp",
        x("wps:cNvPr", id=number, name=f"Arrow {number}"),
        x("wps:cNvSpPr"),
        x(
            "wps:spPr",
            frame(*(Length.from_pt(v) for v in (left, top, width, height))),
            geometry,
            exact_fill(_colour(path.fill, place.theme)) if path.fill else x("a:noFill"),
            line,
        ),
        x("wps:bodyPr"),
    )


def _colour(css: str, theme: Theme) -> Colour:
    """Find the palette's colour of this value."""
    wanted = css.lstrip("#").upper()
    known = (*theme.slots.values(), *theme.palette.values())
    return next((c for c in known if c.hex == wanted), theme.colour("ink"))
