"""Pictures of pixels within drawings are what they are called, however their address is written."""

from __future__ import annotations

import base64
import io
from urllib.parse import quote

import pytest
from lxml import etree
from PIL import Image

from builder.drawings import danger_of, parse_drawing, plain_drawing
from builder.inlays import MOST_INLAYS, Inlay, inlay_of, is_inlay
from builder.pictures import MOST_DRAWN, drawn_elements, picture_of
from builder.rasters import MOST_PIXELS

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' width="20" height="10">{}</svg>'
)


def pixels(kind: str = "PNG", size: tuple[int, int] = (3, 2)) -> bytes:
    made = io.BytesIO()
    Image.new("L", size).save(made, kind)
    return made.getvalue()


def packed(data: bytes) -> str:
    return base64.b64encode(data).decode()


def told(inside: str) -> str:
    """Give what is wrong with a drawing."""
    return danger_of(root_of(inside))


RED = pixels()
HIDDEN = SVG.format('<image xlink:href="file:///etc/passwd" width="9" height="9"/>').encode()
LINES = packed(RED)[:20] + "\n" + packed(RED)[20:]


@pytest.mark.parametrize(
    "address",
    [
        f"data:image/png;base64,{packed(RED)}",
        f" DATA:Image/PNG;name=a;charset=x; Base64 ,{packed(RED)}\n",
        f"data:image/png;base64,\n{LINES}\n",  # as matplotlib and Inkscape write it
        f"da\tta:image/png;base64,{LINES.replace(chr(10), ' ')}",
        f"data:image/png;base64,{packed(RED).rstrip('=')}",
        f"data:image/png;base64,{quote(packed(RED), safe='')}",
        f"data:image/png,{quote(RED)}",
        f"data:image/jpeg;base64,{packed(RED)}",  # the label errs; the bytes do not
    ],
)
def test_an_address_is_decoded_as_browsers_do(address: str) -> None:
    assert is_inlay(address)
    assert inlay_of(address) == Inlay("image/png", RED, (3, 2))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF"])
def test_each_kind_is_told_by_its_bytes(kind: str) -> None:
    found = inlay_of(f"data:image/jpg;base64,{packed(pixels(kind))}")

    assert isinstance(found, Inlay)
    assert found.kind == f"image/{kind.lower()}"


@pytest.mark.parametrize(
    ("address", "why"),
    [
        (f"data:image/png;base64,{packed(HIDDEN)}", "is none of PNG, JPEG or GIF"),
        (f"data:image/png,{quote(HIDDEN)}", "is none of PNG, JPEG or GIF"),
        (f"data:image/png;base64,{packed(pixels('TIFF'))}", "is none of PNG, JPEG or GIF"),
        ("data:image/png;base64,", "is none of PNG, JPEG or GIF"),
        (f"data:image/png;base64,{packed(RED[:40])}", "cannot be used"),
        (f"data:image/gif;base64,{packed(b'GIF89a' + HIDDEN)}", "cannot be used"),
        (f"data:image/png;base64,{packed(b'GIF89a' + HIDDEN)}", "cannot be used"),
        (f"data:image/png;base64,*{packed(RED)}", "cannot be decoded"),
        (f"data:image/png;base64,{packed(RED)}A", "cannot be decoded"),
        (f"data:image/png;base64,{packed(RED)}#a", "cannot be decoded"),
        (f"data:image/png,{quote(RED)}#a", "cannot be decoded"),
    ],
)
def test_a_drawing_whose_picture_is_none_is_refused(address: str, why: str) -> None:
    assert is_inlay(address)
    for inside in (
        f'<image href="{address}"/>',
        f'<image xlink:href="{address}"/>',
        f'<filter><feImage href="{address}"/></filter>',
        f'<rect fill="url({address})"/>',
        f"<rect style=\"mask: url('{address}')\"/>",
        f"<style>a {{ b: u\\72l('{address}') }}</style>",
        f"<style>a {{ b: url({address}) }}</style>",
    ):
        assert told(inside).startswith(f"a picture within it {why}"), inside


@pytest.mark.parametrize(
    "address",
    [
        "data:image/svg+xml;base64,AAAA",
        "data:,x",
        "data:image/webp;base64,AAAA",
        "data:image/pngx,x",
        "data:image/png",
        "\xa0#a",
    ],
)
def test_other_kinds_are_other_files(address: str) -> None:
    assert not is_inlay(address)
    assert "which is another file" in told(f'<image href="{address}"/>')


def test_what_is_too_large_is_refused_within_a_drawing_too() -> None:
    one = f'<image href="data:image/png;base64,{packed(wide(5000, 4500))}"/>'
    large = f'<image href="data:image/png;base64,{packed(wide(11_000, 11_000))}"/>'

    assert told(one) == ""
    assert told(one * 2) == "the pictures within it have more than 40,000,000 pixels"
    assert picture_of(SVG.format(one).encode()) == ("image/svg+xml", (20, 10))
    many = picture_of(SVG.format(one * 5).encode())
    assert many == "the pictures within it have more than 40,000,000 pixels"
    assert told(large) == "a picture within it cannot be used: it has 11,000 by 11,000 pixels"
    assert picture_of(SVG.format(large).encode()) == told(large)


def test_a_picture_that_is_shown_again_and_again_counts_each_time() -> None:
    shown = f'<image id="a" href="data:image/png;base64,{packed(wide(5000, 4500))}"/>'
    small = f'<image id="a" href="data:image/png;base64,{packed(RED)}"/>'

    assert drawn_elements(root_of(shown)) < MOST_DRAWN
    assert drawn_elements(root_of(shown + '<use href="#a"/>' * 4)) > MOST_DRAWN
    assert drawn_elements(root_of(small + '<use href="#a"/>' * 900)) < MOST_DRAWN


def test_a_drawing_holds_so_many_pictures() -> None:
    small = f'<image href="data:image/png;base64,{packed(RED)}"/>'

    assert told(small * 30) == ""
    assert told(small * (MOST_INLAYS + 1)) == "it holds more than 1,000 pictures"


def test_a_picture_that_no_reader_of_xml_takes_is_told_as_such() -> None:
    inside = f'<image href="data:image/png;base64,{"A" * 10_100_000}"/>'

    found = picture_of(SVG.format(inside).encode())

    assert found == "a path, a text or a picture within it has more than 10 MB"


def test_readers_get_addresses_that_all_of_them_read_alike() -> None:
    written = f" data:image/jpg;a=b;base64,\n{LINES}"
    image = '<image xlink:href="{}" style="a:b"/><use href="#a"/>'
    data = SVG.format(image.format(written)).encode()

    plain = plain_drawing(data)

    settled = SVG.format(image.format(f"data:image/png;base64,{packed(RED)}"))
    assert plain.decode() == settled
    assert plain_drawing(plain) == plain


def root_of(inside: str) -> etree._Element:
    root = parse_drawing(SVG.format(inside).encode())
    assert not isinstance(root, str), root
    return root


def wide(width: int, height: int) -> bytes:
    """Give a PNG of black pixels, packed as small as they get."""
    assert width * height < 2 * MOST_PIXELS
    made = io.BytesIO()
    Image.new("1", (width, height)).save(made, "PNG")
    return made.getvalue()
