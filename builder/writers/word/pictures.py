"""Pictures: in the line of text, or as figures."""

from __future__ import annotations

from builder.diagnostics import Code
from builder.document.nodes import Picture
from builder.units import Length
from builder.writers.word.drawing import graphic, inline
from builder.writers.word.fields import text_run
from builder.writers.word.place import Place
from builder.writers.word.xml import Element, x

KNOWN = frozenset({"image/png", "image/jpeg", "image/gif"})
PIXELS_PER_INCH = 96


def inline_picture(
    picture: Picture, place: Place, *, link: str = "", alt: str = ""
) -> list[Element]:
    """Write a picture as a run, at most as wide as the measure."""
    if picture.content_type not in KNOWN:
        place.writing.log.warning(
            Code.FORMAT_CANNOT_SHOW,
            f"Word cannot show {str(picture.path)!r} ({picture.content_type or 'unknown'})",
            at=picture.at,
            hint="give the picture as PNG or JPEG; its alt text stands there now",
        )
        return [text_run(alt or picture.alt)]
    width, height = picture_size(picture, place.width)
    data = place.writing.read(picture.path)
    relation = place.writing.parts.image(place.part, data, picture.content_type)
    shown = graphic("pic", picture_shape(relation, width, height, picture.path.name))
    described = alt or picture.alt
    return [inline(shown, width, height, place, name="Picture", alt=described, link=link)]


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


def picture_shape(relation: str, width: Length, height: Length, name: str) -> Element:
    """Make the shape that a picture's bytes are shown in."""
    return x(
        "pic:pic",
        x("pic:nvPicPr", x("pic:cNvPr", id=0, name=name), x("pic:cNvPicPr")),
        x("pic:blipFill", x("a:blip", r__embed=relation), x("a:stretch", x("a:fillRect"))),
        x(
            "pic:spPr",
            x("a:xfrm", x("a:off", x=0, y=0), x("a:ext", cx=width, cy=height)),
            x("a:prstGeom", x("a:avLst"), prst="rect"),
        ),
    )
