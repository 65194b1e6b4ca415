"""DrawingML: colours, lines, places and shapes as XML."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from builder.deck.layout import Box
from builder.theme.model import Colour, Slot
from builder.units import Length

NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
ONE_POINT = Length.from_pt(1)
_ON_SLIDES: dict[Slot, str] = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)


@dataclass(slots=True)
class Ids:
    """Counts the ids of a slide's shapes; 1 is the shape tree itself."""

    last: int = field(default=1)

    def next(self) -> int:
        """Give a number that no other shape of the slide has."""
        self.last += 1
        return self.last


def attribute(value: str) -> str:
    """Quote an attribute's value; control characters are left away."""
    return quoteattr("".join(c for c in value if c >= " " or c in "\t\n"))


def words(value: str) -> str:
    """Escape an element's text; control characters are left away."""
    return escape("".join(c for c in value if c >= " " or c == "\t"))


def colour(value: Colour) -> str:
    """Name a colour by the theme's slot, shaded where none has it, so that it can be recoloured."""
    slot = value.slot or value.near
    name = _ON_SLIDES.get(slot, slot)
    if value.slot is not None:
        return f'<a:schemeClr val="{name}"/>'
    shade = f'<a:lumMod val="{value.lum_mod}"/>' if value.lum_mod != 100000 else ""
    shade += f'<a:lumOff val="{value.lum_off}"/>' if value.lum_off else ""
    return f'<a:schemeClr val="{name}">{shade}</a:schemeClr>'


def solid(value: Colour | None) -> str:
    """Fill with a colour; None: no fill."""
    return "<a:noFill/>" if value is None else f"<a:solidFill>{colour(value)}</a:solidFill>"


def outline(value: Colour | None, width: Length = ONE_POINT, extra: str = "") -> str:
    """Draw an outline; None: none."""
    if value is None:
        return "<a:ln><a:noFill/></a:ln>"
    return f'<a:ln w="{int(width)}">{solid(value)}{extra}</a:ln>'


def place(box: Box, flip: str = "") -> str:
    """Say where a shape stands."""
    return (
        f'<a:xfrm{flip}><a:off x="{int(box.x)}" y="{int(box.y)}"/>'
        f'<a:ext cx="{int(box.width)}" cy="{int(box.height)}"/></a:xfrm>'
    )


def label(number: int, name: str, *, alt: str = "", decorative: bool = False) -> str:
    """Name a shape; `alt` is read aloud, a decorative shape is passed over."""
    told = f" descr={attribute(alt)}" if alt else ""
    inner = _DECORATIVE if decorative else ""
    head = f'<p:cNvPr id="{number}" name={attribute(name)}{told}'
    return f"{head}>{inner}</p:cNvPr>" if inner else f"{head}/>"


def rectangle(ids: Ids, name: str, box: Box, fill: Colour, *, shape: str = "rect") -> str:
    """Draw a filled shape that says nothing."""
    return (
        f"<p:sp><p:nvSpPr>{label(ids.next(), name, decorative=True)}<p:cNvSpPr/>"
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{place(box)}'
        f'<a:prstGeom prst="{shape}"><a:avLst/></a:prstGeom>{solid(fill)}{outline(None)}</p:spPr>'
        f"{EMPTY_TEXT}</p:sp>"
    )


def straight(ids: Ids, name: str, box: Box, ink: Colour, width: Length) -> str:
    """Draw a straight line that says nothing."""
    return (
        f"<p:cxnSp><p:nvCxnSpPr>{label(ids.next(), name, decorative=True)}<p:cNvCxnSpPr/>"
        f'<p:nvPr userDrawn="1"/></p:nvCxnSpPr><p:spPr>{place(box)}'
        f'<a:prstGeom prst="line"><a:avLst/></a:prstGeom>{outline(ink, width)}</p:spPr></p:cxnSp>'
    )


def tree(shapes: str) -> str:
    """Give a slide's shape tree."""
    return (
        '<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
        '<p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/>'
        f'<a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>{shapes}</p:spTree>'
    )


def group(number: int, name: str, alt: str, box: Box, shapes: str) -> str:
    """Put shapes together as one drawing with an alt text."""
    x, y, width, height = int(box.x), int(box.y), int(box.width), int(box.height)
    return (
        f"<p:grpSp><p:nvGrpSpPr>{label(number, name, alt=alt)}<p:cNvGrpSpPr/><p:nvPr/>"
        f'</p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="{x}" y="{y}"/>'
        f'<a:ext cx="{width}" cy="{height}"/><a:chOff x="{x}" y="{y}"/>'
        f'<a:chExt cx="{width}" cy="{height}"/></a:xfrm></p:grpSpPr>{shapes}</p:grpSp>'
    )


EMPTY_TEXT = "<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr/></a:p></p:txBody>"
