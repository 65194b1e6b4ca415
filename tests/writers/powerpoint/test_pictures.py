"""Pictures: SVG with a raster beside it, cropped where little is lost, words beside narrow ones."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest
from lxml import etree
from PIL import Image

from builder.deck.layout import Box
from builder.deck.pictures import framed
from builder.diagnostics import Diagnostics
from builder.units import Length
from builder.writers.powerpoint import write_powerpoint
from tests.deck.decks import theme
from tests.support.reading import read

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">'
    '<rect width="200" height="50" fill="#AE4413"/></svg>'
)


def slide(text: str, content: str | bytes, name: str) -> tuple[etree._Element, zipfile.ZipFile]:
    """Write a deck with one picture; its slide, and the package."""
    document = read(text, files={name: content})
    log = Diagnostics()
    raw = content.encode() if isinstance(content, str) else content
    stamp = datetime(2026, 1, 2, tzinfo=UTC)
    data = write_powerpoint(document, theme(), log, stamp=stamp, read=lambda path: raw).data
    assert not list(log), list(log)
    package = zipfile.ZipFile(io.BytesIO(data))
    return etree.fromstring(package.read("ppt/slides/slide2.xml")), package


def png(width: int, height: int) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), (200, 30, 30)).save(stream, "PNG")
    return stream.getvalue()


def test_an_svg_keeps_its_lines_and_has_a_raster_beside_it() -> None:
    xml, package = slide("![A map](map.svg){fig-alt='Red'}", DRAWING, "map.svg")
    blip = next(xml.iter(f"{A}blip"))
    vector = next(xml.iter(f"{SVG}svgBlip"))

    assert blip.get(f"{R}embed") != vector.get(f"{R}embed")
    assert package.read("ppt/media/image2.svg") == DRAWING.encode()
    with Image.open(io.BytesIO(package.read("ppt/media/image1.png"))) as drawn:
        assert drawn.size == (2000, 1000)
        assert drawn.getpixel((1000, 200)) == (0xAE, 0x44, 0x13, 255)
        assert drawn.getpixel((1000, 800))[3] == 0  # type: ignore[index]  # pixels of RGBA are tuples


def test_a_picture_of_nearly_the_right_shape_is_cropped_to_its_placeholder() -> None:
    xml, _ = slide("![A map](map.png){fig-alt='Red'}", png(1000, 350), "map.png")
    crop = next(xml.iter(f"{A}srcRect"))

    assert set(crop.attrib) == {"t", "b"} or set(crop.attrib) == {"l", "r"}


@pytest.mark.parametrize(
    ("size", "cut"),
    [
        ((300, 100), (0, 0, 0, 0)),
        ((280, 100), (0, 3333, 0, 3333)),
        ((320, 100), (3125, 0, 3125, 0)),
        ((100, 100), (0, 0, 0, 0)),
    ],
)
def test_no_more_than_an_eighth_of_a_picture_is_cropped(
    size: tuple[int, int], cut: tuple[int, int, int, int]
) -> None:
    box = Box(Length(0), Length(0), Length(3000), Length(1000))
    done = framed(box, size)

    assert (done.left, done.top, done.right, done.bottom) == cut
    assert done.box.height <= 1000
    assert done.box.x * 2 + done.box.width == 3000


def test_a_narrow_picture_has_beside_it_what_the_section_says_of_it() -> None:
    text = "See @fig-map: it is tall. It has room beside it.\n\n![A map](map.png){#fig-map fig-alt='Red'}"
    _, package = slide(text, png(100, 300), "map.png")
    words = etree.fromstring(package.read("ppt/slides/slide3.xml")).iter(f"{A}t")

    assert "It has room beside it." in [t.text for t in words]
