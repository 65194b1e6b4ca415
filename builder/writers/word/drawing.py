"""Drawings in the line of text: pictures, charts and shapes, each with its alt text."""

from __future__ import annotations

from builder.theme.model import Colour, Slot
from builder.units import Length
from builder.writers.word.fields import run
from builder.writers.word.formats import RunFormat
from builder.writers.word.place import Place
from builder.writers.word.xml import NAMESPACES, Element, w, x

SCHEME: dict[Slot, str] = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}
"""Theme colours that DrawingML calls otherwise inside a document than in the theme part."""

DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"


def inline(
    graphic: Element,
    width: Length,
    height: Length,
    place: Place,
    *,
    name: str,
    alt: str,
    link: str = "",
) -> Element:
    """Make a run that holds a drawing. Without an alt text it is marked as decoration."""
    number = place.writing.next_drawing()
    return run(
        w(
            "drawing",
            x(
                "wp:inline",
                x("wp:extent", cx=width, cy=height),
                x("wp:effectExtent", l=0, t=0, r=0, b=0),
                properties(number, f"{name} {number}", alt, link=_link(link, place)),
                x("wp:cNvGraphicFramePr"),
                graphic,
                distT=0,
                distB=0,
                distL=0,
                distR=0,
            ),
        ),
        look=RunFormat(no_proof=True),
    )


def properties(number: int, name: str, alt: str, *, link: str = "") -> Element:
    """Make a drawing's number, name and alt text."""
    return x(
        "wp:docPr",
        x("a:hlinkClick", r__id=link) if link else None,
        None if alt else _decoration(),
        id=number,
        name=name,
        descr=alt or None,
    )


def _link(address: str, place: Place) -> str:
    """Give the relationship id of an address; Word takes a bookmark of its own for one outside."""
    if not address.startswith("#"):
        return place.part.link(address) if address else ""
    label, bookmarks = address[1:], place.writing.bookmarks
    if label.startswith("ref-"):
        return place.part.link(f"#{bookmarks.of_work(label[4:])}")
    if label in place.writing.labels:
        return place.part.link(f"#{bookmarks.of_label(label)}")
    return ""


def _decoration() -> Element:
    return x("a:extLst", x("a:ext", x("adec:decorative", val=1), uri=DECORATIVE))


def graphic(kind: str, content: Element) -> Element:
    """Wrap what is drawn; `kind` is the prefix of its namespace."""
    return x("a:graphic", x("a:graphicData", content, uri=NAMESPACES[kind]))


def fill(colour: Colour) -> Element:
    """Make a solid fill that follows the theme's colours, mixed from them where need be."""
    return x("a:solidFill", colour_reference(colour))


def exact_fill(colour: Colour) -> Element:
    """Make a solid fill of just this colour where nothing mixed from the theme looks the same."""
    if colour.slot or colour.faithful:
        return fill(colour)
    return x("a:solidFill", x("a:srgbClr", val=colour.hex))


def colour_reference(colour: Colour) -> Element:
    """Refer to a theme colour, or to what is mixed from one, so that recolouring works."""
    if colour.slot:
        return x("a:schemeClr", val=SCHEME.get(colour.slot, colour.slot))
    mixed = colour.lum_mod != 100000 or colour.lum_off
    return x(
        "a:schemeClr",
        x("a:lumMod", val=colour.lum_mod) if mixed else None,
        x("a:lumOff", val=colour.lum_off) if colour.lum_off else None,
        val=SCHEME.get(colour.near, colour.near),
    )


def frame(left: Length, top: Length, width: Length, height: Length) -> Element:
    """Make a place and size."""
    return x("a:xfrm", x("a:off", x=left, y=top), x("a:ext", cx=width, cy=height))


def bar(
    width: Length, height: Length, colour: Colour, *, left: int = 0, top: int = 0, number: int = 0
) -> Element:
    """Make a filled rectangle; `number` is for shapes in a group."""
    return x(
        "wps:wsp",
        x("wps:cNvPr", id=number, name=f"Bar {number}") if number else None,
        x("wps:cNvSpPr"),
        x(
            "wps:spPr",
            frame(Length(left), Length(top), width, height),
            x("a:prstGeom", x("a:avLst"), prst="rect"),
            exact_fill(colour),
            x("a:ln", x("a:noFill")),
        ),
        x("wps:bodyPr"),
    )


def newer(drawing: Element) -> Element:
    """Wrap a run's drawing that only Word 2010 and later know."""
    content = list(drawing)
    choice = x("mc:Choice", *[c for c in content if not c.tag.endswith("rPr")], Requires="wps")
    for child in list(drawing):
        if not str(child.tag).endswith("rPr"):
            drawing.remove(child)
    drawing.append(x("mc:AlternateContent", choice, x("mc:Fallback")))
    return drawing


def house_mark(place: Place) -> Element:
    """Draw the bar that hangs on a strong rule."""
    tab = place.theme.tab
    shape = graphic("wps", bar(tab.width, tab.height, tab.colour))
    return newer(inline(shape, tab.width, tab.height, place, name="Mark", alt=""))
