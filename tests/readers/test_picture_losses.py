"""What a picture loses in some output is told; photographs stand upright in all."""

from __future__ import annotations

import base64
import io
from pathlib import Path, PurePosixPath

import pytest
from PIL import Image

from builder.diagnostics import NOWHERE, Diagnostics
from builder.readers.files import ProjectFiles

TURNED_RIGHT = 6
BLUR = """<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><filter id="f">
{}</filter><rect width="9" height="9" filter="url(#f)">{}</rect></svg>"""


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def photograph(kind: str, orientation: int) -> bytes:
    """Give a picture of 40 by 20 with a red corner on the upper left, and how it is to be turned."""
    image = Image.new("RGB", (40, 20), "white")
    image.paste((255, 0, 0), (0, 0, 10, 10))
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encoded(image, kind, exif=exif)


def told(folder: Path, name: str, data: bytes) -> list[str]:
    """Read a picture of a project; give what is said of it."""
    (folder / name).write_bytes(data)
    log = Diagnostics()
    ProjectFiles(folder).picture(name, "alt", NOWHERE, log)
    assert not log.has_errors and not log.has_warnings
    return [found.message for found in log]


SPOILT = (
    b"GIF87a\x01\0\x10\0\x81"
    + bytes(14)
    + b",\0\0\0\0\x01\0\x10\0\0\x08\t\0\x01\x08\x1cH\xb0 \x80\x80\0,;"
)
"""One sound picture, and one byte of a second."""


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png")])
def test_a_photograph_that_says_it_lies_on_its_side_is_turned(
    kind: str, name: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(photograph(kind, TURNED_RIGHT))
    files = ProjectFiles(tmp_path)

    picture = files.picture(name, "alt", NOWHERE, Diagnostics())
    with Image.open(io.BytesIO(files.read(PurePosixPath(name)))) as image:
        corner = image.convert("RGB").getpixel((17, 3))
        still_to_be_turned = image.getexif().get(0x0112, 1)

    assert picture.size == image.size == (20, 40)
    assert isinstance(corner, tuple) and corner[0] > 240 and corner[1] < 20
    assert still_to_be_turned == 1


def test_a_photograph_that_stands_upright_keeps_every_byte(tmp_path: Path) -> None:
    data = photograph("JPEG", 1)
    (tmp_path / "a.jpg").write_bytes(data)

    assert ProjectFiles(tmp_path).read(PurePosixPath("a.jpg")) == data


def test_a_broken_photograph_is_told_and_not_turned(tmp_path: Path) -> None:
    data = photograph("JPEG", TURNED_RIGHT)[:200]
    (tmp_path / "a.jpg").write_bytes(data)

    assert ProjectFiles(tmp_path).read(PurePosixPath("a.jpg")) == data


def test_a_picture_that_moves_is_told(tmp_path: Path) -> None:
    first, second = Image.new("P", (9, 9), 1), Image.new("RGB", (9, 9), "red")
    moving = encoded(first, "GIF", save_all=True, append_images=[second])

    assert told(tmp_path, "a.gif", moving) == [
        "the image 'a.gif' moves: the PDF shows its first picture"
    ]
    assert told(tmp_path, "b.gif", encoded(first, "GIF")) == []
    assert told(tmp_path, "c.gif", SPOILT) == []


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        (b"", "is of four inks (CMYK) without a profile: its colours are reckoned simply"),
        (b"no profile", "cannot be read: its colours are reckoned simply"),
    ],
)
def test_inks_that_cannot_be_mixed_as_they_were_meant_are_told(
    profile: bytes, said: str, tmp_path: Path
) -> None:
    inks = encoded(Image.new("CMYK", (9, 9)), "JPEG", icc_profile=profile)

    (message,) = told(tmp_path, "a.jpg", inks)

    assert message.endswith(said)


def test_effects_that_the_pdf_does_not_draw_are_told(tmp_path: Path) -> None:
    blurred = BLUR.format('<feGaussianBlur stdDeviation="2"/>', "")
    shifted = BLUR.format('<feOffset dx="2"/>', "")

    assert told(tmp_path, "a.svg", blurred.encode()) == [
        "the image 'a.svg' holds effects (<feGaussianBlur>) that only browsers are sure to draw:"
        " the PDF has it without"
    ]
    assert told(tmp_path, "b.svg", shifted.encode()) == []


def test_a_drawing_that_moves_is_told(tmp_path: Path) -> None:
    moving = BLUR.format("", '<animate attributeName="x" to="9" dur="1s"/>')

    assert told(tmp_path, "a.svg", moving.encode()) == [
        "the image 'a.svg' moves, which only browsers show: all else has its first state"
    ]


def test_what_is_lost_of_pictures_within_a_drawing_is_told_once(tmp_path: Path) -> None:
    first, second = Image.new("P", (9, 9), 1), Image.new("RGB", (9, 9), "red")
    moving = encoded(first, "GIF", save_all=True, append_images=[second])
    inks = encoded(Image.new("CMYK", (9, 9)), "JPEG")
    images = "".join(
        f'<image href="data:image/gif;base64,\n{base64.b64encode(data).decode()}"/>'
        for data in (moving, moving, inks, encoded(second, "PNG"))
    )
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{images}</svg>'

    assert told(tmp_path, "a.svg", drawing.encode()) == [
        "the image 'a.svg' holds a picture that moves: the PDF shows its first picture",
        "the image 'a.svg' holds a picture that is of four inks (CMYK) without a profile:"
        " its colours are reckoned simply",
    ]
