"""Nothing is loaded from outside the project, and no drawing keeps the builder busy for hours."""

from __future__ import annotations

import base64
import io
from pathlib import PurePosixPath

import pytest
from PIL import Image

from builder.writers.pdf_fetch import MAX_SVG_ELEMENTS, ProjectFetcher, Refused, drawn_elements
from tests.support.paper import strand

PNG = b"\x89PNG\r\n\x1a\n"


def fetcher(**files: bytes) -> ProjectFetcher:
    return ProjectFetcher(lambda path: files[path.stem], strand())


def test_an_image_of_the_project_is_served() -> None:
    response = fetcher(map=PNG).fetch("project:///images/map.png")

    assert response.read() == PNG
    assert response.content_type == "image/png"


def test_grey_of_sixteen_bits_is_served_in_eight() -> None:
    deep = io.BytesIO()
    grey = bytes((0x34, 0x12, 0xFF, 0xFF))  # 16-bit values, the low byte first
    Image.frombytes("I;16", (2, 1), grey).save(deep, "PNG")

    served = Image.open(io.BytesIO(fetcher(map=deep.getvalue()).fetch("project:///map.png").read()))

    assert (served.mode, served.tobytes()) == ("L", b"\x12\xff")


def of_four_inks(profile: bytes | None = None) -> bytes:
    made = io.BytesIO()
    Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(made, "JPEG", icc_profile=profile)
    return made.getvalue()


@pytest.mark.parametrize("profile", [None, b"no profile"])
def test_a_photograph_of_four_inks_is_served_in_rgb(profile: bytes | None) -> None:
    served = fetcher(map=of_four_inks(profile)).fetch("project:///map.jpg").read()

    picture = Image.open(io.BytesIO(served))
    red, green, blue = picture.convert("RGB").getpixel((4, 4))  # type: ignore[misc]  # a triple
    assert (picture.format, picture.mode) == ("JPEG", "RGB")
    assert red > 200 and green < 60 and blue < 60


def test_for_the_press_a_photograph_keeps_its_inks() -> None:
    data = of_four_inks()

    made = ProjectFetcher(lambda path: data, strand(), keeps_inks=True)

    assert made.fetch("project:///map.jpg").read() == data


def test_any_other_photograph_is_served_as_it_is() -> None:
    data = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(data, "JPEG")

    assert fetcher(map=data.getvalue()).fetch("project:///map.jpg").read() == data.getvalue()


def test_a_name_with_spaces_reaches_the_project_as_typed() -> None:
    asked: list[PurePosixPath] = []

    def read(path: PurePosixPath) -> bytes:
        asked.append(path)
        return PNG

    ProjectFetcher(read, strand()).fetch("project:///images/a%20map.png")

    assert asked == [PurePosixPath("images/a map.png")]


@pytest.mark.parametrize(
    "address",
    [
        "http://a.example/x.png",
        "https://a.example/x.png",
        "file:///etc/passwd",
        "data:,x",
        "theme:///x",
    ],
)
def test_any_other_address_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="not part of the project"):
        fetcher().fetch(address)


def test_a_drawing_of_nested_copies_is_refused() -> None:
    levels = "".join(
        f'<g id="l{n}">' + f'<use href="#l{n - 1}"/>' * 10 + "</g>" for n in range(1, 8)
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><rect id="l0"/>{levels}</svg>'.encode()

    assert drawn_elements(svg) > MAX_SVG_ELEMENTS
    with pytest.raises(Refused, match="elements"):
        fetcher(bomb=svg).fetch("project:///bomb.svg")


def test_a_drawing_that_copies_itself_is_refused() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><g id="a"><use href="#a"/></g></svg>'

    assert drawn_elements(svg) > MAX_SVG_ELEMENTS


def test_an_ordinary_drawing_is_counted_as_it_is() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><g id="a"><rect/></g><use href="#a"/></svg>'

    assert drawn_elements(svg) == 6


def test_pixels_within_a_drawing_are_served_once_the_drawing_is_and_no_others() -> None:
    made = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(made, "PNG")
    packed = base64.b64encode(made.getvalue()).decode()
    address, otherwise = f"data:image/png;base64,{packed}", f"data:image/jpeg;base64,{packed}"
    hidden = f"data:image/png;base64,{base64.b64encode(b'<svg/>').decode()}"
    images = "".join(f'<image href="{one}"/>' for one in (address, otherwise, hidden))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{images}</svg>'.encode()
    serving = fetcher(plot=svg)

    with pytest.raises(Refused, match="not part of the project"):
        serving.fetch(address)
    serving.fetch("project:///plot.svg")
    served = serving.fetch(address)

    assert (served.read(), served.content_type) == (made.getvalue(), "image/png")
    for other in (otherwise, hidden, f"{address} ", "data:,x"):
        with pytest.raises(Refused, match="not part of the project"):
            serving.fetch(other)
