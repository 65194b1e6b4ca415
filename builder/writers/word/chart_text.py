"""Text in charts, in every script's slot."""

from __future__ import annotations

from builder.theme.model import Colour, TextStyle, Theme
from builder.units import Length
from builder.writers.word.drawing import colour_reference
from builder.writers.word.xml import Element, qualified, x

LABEL, AXIS = Length.from_pt(12), Length.from_pt(10)


def text_properties(style: TextStyle, theme: Theme, *, colour: Colour, size: Length) -> Element:
    """Make the text properties of labels, in every script's slot."""
    default = run_properties("a:defRPr", style, theme, colour, size)
    return x(
        "c:txPr",
        x("a:bodyPr"),
        x("a:lstStyle"),
        x("a:p", x("a:pPr", default, rtl=0), x("a:endParaRPr", lang="en-GB")),
    )


def run_properties(
    tag: str, style: TextStyle, theme: Theme, colour: Colour, size: Length
) -> Element:
    """Make the properties of a run, or of the runs to come."""
    family = style.face.office_family
    return x(
        tag,
        x("a:solidFill", colour_reference(colour)),
        x("a:latin", typeface=family),
        x("a:ea", typeface=family),
        x("a:cs", typeface=family),
        sz=round(size.pt * 100),
        b=int(style.face.office_bold),
    )


def one(parent: Element, path: str) -> Element:
    """Give what stands at a path below an element."""
    found = parent
    for name in path.split("/"):
        child = found.find(qualified(name))
        if child is None:
            raise ValueError(f"python-pptx made a chart without {name}")
        found = child
    return found
