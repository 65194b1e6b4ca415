"""Labels, lines and marks that are drawn on a slide rather than typed into a placeholder."""

from __future__ import annotations

from builder.deck.layout import Box
from builder.theme.model import Colour
from builder.units import Length
from builder.writers.powerpoint.drawing import Ids, label, outline, place, solid
from builder.writers.powerpoint.text import bare_body


def text_label(
    ids: Ids, name: str, box: Box, paragraphs: str, *, anchor: str = "top", number: int = 0
) -> str:
    """Draw text without a frame."""
    return (
        f"<p:sp><p:nvSpPr>{label(number or ids.next(), name)}"
        '<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
        f'<p:spPr>{place(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
        f"{outline(None)}</p:spPr><p:txBody>{bare_body(anchor)}<a:lstStyle/>{paragraphs}</p:txBody>"
        "</p:sp>"
    )


def mark(
    number: int, name: str, box: Box, *, shape: str, fill: Colour, edge: Colour | None = None
) -> str:
    """Draw a mark on an axis."""
    line = outline(edge, Length.from_pt(1.5)) if edge else outline(None)
    return (
        f"<p:sp><p:nvSpPr>{label(number, name)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
        f'<p:spPr>{place(box)}<a:prstGeom prst="{shape}"><a:avLst/></a:prstGeom>'
        f"{solid(fill)}{line}</p:spPr>"
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr/></a:p></p:txBody></p:sp>"
    )


def connector(
    number: int,
    name: str,
    start: tuple[int, int],
    end: tuple[int, int],
    line: str,
    *,
    glue: str = "",
    bent: bool = False,
) -> str:
    """Draw a connector from point to point; bent: first across, then down or up.

    `glue` holds `a:stCxn` and `a:endCxn`.
    """
    (x1, y1), (x2, y2) = start, end
    flip = (' flipH="1"' if x2 < x1 else "") + (' flipV="1"' if y2 < y1 else "")
    box = Box(Length(min(x1, x2)), Length(min(y1, y2)), Length(abs(x2 - x1)), Length(abs(y2 - y1)))
    shape = "bentConnector2" if bent else "straightConnector1"
    return (
        f"<p:cxnSp><p:nvCxnSpPr>{label(number, name)}<p:cNvCxnSpPr>{glue}</p:cNvCxnSpPr>"
        f'<p:nvPr/></p:nvCxnSpPr><p:spPr>{place(box, flip)}<a:prstGeom prst="{shape}">'
        f"<a:avLst/></a:prstGeom>{line}</p:spPr></p:cxnSp>"
    )


def glued(kind: str, shape: int, site: int) -> str:
    """Tie a connector's end to a shape's site."""
    return f'<a:{kind} id="{shape}" idx="{site}"/>'
