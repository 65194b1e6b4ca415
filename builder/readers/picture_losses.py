"""What a picture loses in some of the outputs, told where it is read."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from builder.drawings import is_href
from builder.inlays import inlay_of, is_inlay

_DRAWN_FILTERS = frozenset({"filter", "feOffset", "feBlend", "feFlood"})
"""Parts of an SVG filter that our renderer draws."""

_MOVING = frozenset({"animate", "animateTransform", "animateMotion", "set"})
_SVG = "image/svg+xml"


def losses_of(data: bytes, content_type: str) -> Iterator[tuple[str, str]]:
    """Give what some output does not show of a sound picture, each with a hint."""
    if content_type == _SVG:
        yield from _of_drawing(data)
        yield from _within(data)
    elif content_type == "image/gif":
        yield from _of_moving(data)
    elif content_type == "image/jpeg":
        yield from _of_inks(data)


def _of_drawing(data: bytes) -> Iterator[tuple[str, str]]:
    if b"<fe" not in data and b":fe" not in data and not any(m.encode() in data for m in _MOVING):
        return
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    names = {
        etree.QName(node).localname
        for node in etree.fromstring(data, parser).iter()
        if isinstance(node.tag, str)
    }
    undrawn = sorted(n for n in names if n.startswith("fe") and n not in _DRAWN_FILTERS)
    undrawn = [n for n in undrawn if not n.startswith("feFunc") and n != "feMergeNode"]
    if undrawn:
        effects = ", ".join(f"<{name}>" for name in undrawn)
        yield (
            f"holds effects ({effects}) that only browsers are sure to draw:"
            " the PDF has it without",
            "save it as PNG, or draw it without them",
        )
    if names & _MOVING:
        yield ("moves, which only browsers show: all else has its first state", _STILL)


def _within(data: bytes) -> Iterator[tuple[str, str]]:
    """Give what is lost of pictures of pixels within a drawing, each loss once."""
    if b"data:image" not in data:
        return
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    told: set[str] = set()
    for node in etree.fromstring(data, parser).iter("{*}image"):
        for attribute, address in node.attrib.items():
            found = inlay_of(str(address)) if is_href(attribute) and is_inlay(str(address)) else ""
            for loss, hint in () if isinstance(found, str) else losses_of(found.data, found.kind):
                if loss not in told:
                    told.add(loss)
                    yield f"holds a picture that {loss}", hint


_STILL = "for one that stands still, give another picture"


def _of_moving(data: bytes) -> Iterator[tuple[str, str]]:
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        try:
            moves = getattr(image, "is_animated", False)
        except (OSError, SyntaxError, ValueError, struct.error):  # there is one sound picture
            moves = False
    if moves:
        yield ("moves: the PDF shows its first picture", _STILL)


def _of_inks(data: bytes) -> Iterator[tuple[str, str]]:
    from PIL import Image, ImageCms

    with Image.open(io.BytesIO(data)) as image:
        if image.mode != "CMYK":
            return
        profile = image.info.get("icc_profile")
        hint = "save it in RGB (sRGB), or with the profile of its inks"
        if not profile:
            yield (
                "is of four inks (CMYK) without a profile: its colours are reckoned simply",
                hint,
            )
            return
        try:
            ImageCms.ImageCmsProfile(io.BytesIO(profile))
        except (OSError, ImageCms.PyCMSError):
            yield (
                "is of four inks (CMYK), and its profile cannot be read: its colours are reckoned"
                " simply",
                hint,
            )
