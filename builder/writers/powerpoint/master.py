"""The slide master and its layouts, made of `layouts.yml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from builder.deck.layout import Layout, Layouts, LayoutShape, Placeholder
from builder.deck.model import Deck
from builder.deck.motif import motif_bars
from builder.theme.model import Colour, Theme
from builder.writers.powerpoint.drawing import (
    NAMESPACES,
    Ids,
    attribute,
    label,
    place,
    rectangle,
    solid,
    straight,
    tree,
)
from builder.writers.powerpoint.text import Typesetter, body_properties

_TYPES = {
    "title": "title",
    "main-title": "ctrTitle",
    "subtitle": "subTitle",
    "body": "body",
    "chart": "chart",
    "table": "tbl",
    "picture": "pic",
    "footer": "ftr",
    "number": "sldNum",
    "date": "dt",
}
_FIXED = {"footer": 101, "number": 102, "source": 103, "date": 104}
_FIRST = 10
_COLOURS = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" '
    'accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" '
    'folHlink="folHlink"/>'
)
_NUMBER_FIELD = "{6D1C0A52-3E1B-4B6F-9A83-5C2E8F0B7D11}"
MASTER_ID = 2147483648


@dataclass(frozen=True, slots=True)
class Look:
    """What master and layouts are made of besides their geometry."""

    theme: Theme
    layouts: Layouts
    type: Typesetter
    deck: Deck


def indexes(layout: Layout) -> Mapping[str, int]:
    """Give each slot the index by which slides and layout find each other."""
    own = [name for name in layout.slots if name not in _FIXED]
    return {**{name: _FIRST + turn for turn, name in enumerate(own)}, **_FIXED}


def placeholder_tag(slot: Placeholder, index: int) -> str:
    """Write `p:ph`: what kind of placeholder this is."""
    kind = _TYPES[slot.type]
    if slot.type in ("title", "main-title"):
        return f'<p:ph type="{kind}"/>'
    size = ' sz="quarter"' if slot.type in ("footer", "number", "date", "body") else ""
    return f'<p:ph type="{kind}"{size} idx="{index}"/>'


def human_name(slot: str) -> str:
    """Name a slot as a person would: "Finding 2"."""
    stem = slot.rstrip("0123456789")
    words = stem.replace("-", " ").capitalize()
    return f"{words} {slot[len(stem) :]}".strip()


def number_field(type_: Typesetter) -> str:
    """Write the field that shows the slide's number."""
    return (
        f'<a:p><a:fld id="{_NUMBER_FIELD}" type="slidenum"><a:rPr lang="{type_.tag()}" dirty="0"/>'
        "<a:t>‹#›</a:t></a:fld></a:p>"
    )


def master_xml(look: Look, layout_ids: Sequence[str]) -> str:
    """Write the slide master."""
    ids = Ids()
    slots = look.layouts.master_slots
    shapes = "".join(shape_xml(ids, shape, look, ()) for shape in look.layouts.master_shapes)
    shapes += _placeholder(ids, slots["title"], '<p:ph type="title"/>', look)
    shapes += _placeholder(ids, _body(look.layouts), '<p:ph type="body" idx="1"/>', look)
    for name, kind, index in (("date", "dt", 2), ("footer", "ftr", 3), ("number", "sldNum", 4)):
        if name in slots:
            tag = f'<p:ph type="{kind}" sz="quarter" idx="{index}"/>'
            shapes += _placeholder(ids, slots[name], tag, look)
    listed = "".join(
        f'<p:sldLayoutId id="{MASTER_ID + turn}" r:id="{rid}"/>'
        for turn, rid in enumerate(layout_ids, start=1)
    )
    title = look.type.list_style(slots["title"]).replace("a:lstStyle", "p:titleStyle")
    text = look.type.list_style(_body(look.layouts)).replace("a:lstStyle", "p:bodyStyle")
    plain = look.type.plain_style(_body(look.layouts).style)
    other = f"<p:otherStyle>{plain}</p:otherStyle>"
    return (
        f'<p:sldMaster {NAMESPACES} preserve="1"><p:cSld>{_ground(look.theme.colour("paper"))}'
        f"{tree(shapes)}</p:cSld>{_COLOURS}<p:sldLayoutIdLst>{listed}</p:sldLayoutIdLst>"
        f'<p:hf hdr="0"/><p:txStyles>{title}{text}{other}</p:txStyles></p:sldMaster>'
    )


def layout_xml(layout: Layout, look: Look, motif: Sequence[float], logo: str) -> str:
    """Write one layout; `logo` is the drawing of the logo, where it has one."""
    ids = Ids()
    shapes = ""
    for shape in layout.shapes:
        shapes += shape_xml(ids, shape, look, motif)
    shapes += logo.replace("@@ID@@", str(ids.next())) if logo else ""
    index = indexes(layout)
    for name, slot in layout.slots.items():
        shapes += _placeholder(ids, slot, placeholder_tag(slot, index[name]), look)
    ground = _ground(layout.ground) if layout.ground else ""
    shown = "" if layout.on_master else ' showMasterSp="0"'
    return (
        f'<p:sldLayout {NAMESPACES} preserve="1" userDrawn="1"{shown}>'
        f"<p:cSld name={attribute(layout.title)}>{ground}{tree(shapes)}</p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def shape_xml(ids: Ids, shape: LayoutShape, look: Look, motif: Sequence[float]) -> str:
    """Draw a shape that belongs to master or layout."""
    name = human_name(shape.name)
    match shape.kind:
        case "rectangle":
            return rectangle(ids, name, shape.box, shape.colour)
        case "line":
            return straight(ids, name, shape.box, shape.colour, shape.width)
        case "motif":
            bars = motif_bars(shape, motif, look.theme)
            return "".join(
                rectangle(ids, f"{name} {turn}", box, fill)
                for turn, (box, fill) in enumerate(bars, start=1)
            )


def _placeholder(ids: Ids, slot: Placeholder, tag: str, look: Look) -> str:
    name = human_name(slot.slot)
    if slot.type == "number":
        content = number_field(look.type)
    elif slot.type in ("footer", "date"):
        content = f"<a:p>{look.type.runs((), slot.style, slot.style.size, _no_link)}</a:p>"
    else:
        shown = f'<a:rPr lang="{look.type.tag()}" dirty="0"/><a:t>{escape(name)}</a:t>'
        content = f"<a:p><a:r>{shown}</a:r></a:p>"
    fill = solid(slot.fill) if slot.fill else ""
    return (
        f"<p:sp><p:nvSpPr>{label(ids.next(), name)}"
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>{tag}</p:nvPr></p:nvSpPr>'
        f'<p:spPr>{place(slot.box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}</p:spPr>'
        f"<p:txBody>{body_properties(slot)}{look.type.list_style(slot)}{content}</p:txBody></p:sp>"
    )


def _body(layouts: Layouts) -> Placeholder:
    return layouts["bullets"].slots["body"]


def _ground(fill: Colour) -> str:
    return f"<p:bg><p:bgPr>{solid(fill)}<a:effectLst/></p:bgPr></p:bg>"


def _no_link(address: str) -> str:
    raise ValueError(f"a layout links to nothing, not to {address!r}")
