"""Pictures: in the line of text, or as figures."""

from __future__ import annotations

from builder.diagnostics import Code
from builder.document.nodes import Picture
from builder.units import Length
from builder.writers.svg_raster import HINT, svg_raster
from builder.writers.word.drawing import graphic, inline
from builder.writers.word.fields import text_run
from builder.writers.word.place import Place
from builder.writers.word.xml import Element, x

KNOWN = frozenset({"image/png", "image/jpeg", "image/gif"})
VECTOR = "image/svg+xml"
SVG = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
"""The extension in which Office keeps the drawing of a raster."""

PIXELS_PER_INCH = 96
PIXELS_UNKNOWN = 300


def inline_picture(
    picture: Picture, place: Place, *, link: str = "", alt: str = ""
) -> list[Element]:
    """Write a picture as a run, at most as wide as the measure."""
    width, height = picture_size(picture, place.width)
    described = alt or picture.alt
    if picture.content_type == VECTOR:
        blip = _vector(picture, place)
        if blip is None:
            return [text_run(described)]
    elif picture.content_type in KNOWN:
        data = place.writing.read(picture.path)
        blip = _blip(place.writing.parts.image(place.part, data, picture.content_type))
    else:
        blip = None
    if blip is None:
        place.writing.log.warning(
            Code.FORMAT_CANNOT_SHOW,
            f"Word cannot show {str(picture.path)!r} ({picture.content_type or 'unknown'})",
            at=picture.at,
            hint="give the picture as SVG, PNG or JPEG; its alt text stands there now",
        )
        return [text_run(alt or picture.alt)]
    shown = graphic("pic", picture_shape(blip, width, height, picture.path.name))
    return [inline(shown, width, height, place, name="Picture", alt=described, link=link)]


def _blip(relation: str, vector: str = "") -> Element:
    """Refer to a picture's bytes, and to the drawing that they are a raster of."""
    if not vector:
        return x("a:blip", r__embed=relation)
    drawing = x("asvg:svgBlip", r__embed=vector)
    return x("a:blip", x("a:extLst", x("a:ext", drawing, uri=SVG)), r__embed=relation)


def _vector(picture: Picture, place: Place) -> Element | None:
    """Keep an SVG as it is, with a raster for programs that draw none.

    None, with an error: it cannot be drawn.
    """
    data = place.writing.read(picture.path)
    width, height = (side or PIXELS_UNKNOWN for side in picture.size)
    raster = svg_raster(data, (width, height), place.theme)
    if isinstance(raster, str):
        message = f"the image {str(picture.path)!r} cannot be drawn for Word: {raster}"
        place.writing.log.error(Code.IMAGE_UNREADABLE, message, at=picture.at, hint=HINT)
        return None
    image = place.writing.parts.image
    drawing = image(place.part, data, VECTOR)
    return _blip(image(place.part, raster, "image/png"), drawing)


def picture_size(picture: Picture, measure: Length) -> tuple[Length, Length]:
    """Give a picture's width and height: as asked, else natural, at most the measure."""
    pixels_wide, pixels_high = (side or 1 for side in picture.size)
    if picture.width.endswith("%"):
        wanted = Length(round(measure * float(picture.width[:-1]) / 100))
    elif picture.width:
        wanted = Length.parse(picture.width)
    else:
        wanted = Length.from_inches(pixels_wide / PIXELS_PER_INCH)
    width = Length(min(wanted, measure))
    return width, Length(round(width * pixels_high / pixels_wide))


def picture_shape(blip: Element | str, width: Length, height: Length, name: str) -> Element:
    """Make the shape that a picture's bytes are shown in."""
    return x(
        "pic:pic",
        x("pic:nvPicPr", x("pic:cNvPr", id=0, name=name), x("pic:cNvPicPr")),
        x(
            "pic:blipFill",
            _blip(blip) if isinstance(blip, str) else blip,
            x("a:stretch", x("a:fillRect")),
        ),
        x(
            "pic:spPr",
            x("a:xfrm", x("a:off", x=0, y=0), x("a:ext", cx=width, cy=height)),
            x("a:prstGeom", x("a:avLst"), prst="rect"),
        ),
    )
