"""Pictures of pixels within a drawing, as plotting programs write them, are seen in every output."""

from __future__ import annotations

import base64
import io
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from builder.build import prepare, write_format
from builder.diagnostics import Diagnostics
from builder.job import Job
from tests.attacks.arena import HEAD
from tests.support.browser import browser
from tests.support.built import built
from tests.support.judges import verapdf_failures_of

RED = (200, 30, 30)


def packed() -> str:
    made = io.BytesIO()
    Image.new("RGB", (10, 10), RED).save(made, "PNG")
    text = base64.b64encode(made.getvalue()).decode()
    return f"{text[:76]}\n{text[76:]}\n"  # lines, as matplotlib and Inkscape break them


DRAWING = f"""<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="200pt" height="100pt" viewBox="0 0 200 100"
 xmlns="http://www.w3.org/2000/svg" version="1.1">
 <rect width="200" height="100" fill="#ffffff"/>
 <image xlink:href="data:image/png;base64,
{packed()}" id="image1" transform="scale(1 -1) translate(0 -100)" x="100" y="0" width="100"
 height="100"/>
</svg>
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pixels")
    (folder / "sections").mkdir()
    (folder / "images").mkdir()
    (folder / "briefing.yml").write_text(
        'title: A\ndate: 2026-01-02\nsections: ["sections/*.md"]\n'
    )
    (folder / "sections" / "01.md").write_text(
        f"{HEAD}![A square](images/plot.svg){{fig-alt='Half of it is red'}}\n"
    )
    (folder / "images" / "plot.svg").write_text(DRAWING)
    return folder


def share(image: Image.Image, *, left: float = 0) -> float:
    """Give which part of a picture, from some part of its width on, is red."""
    seen = image.convert("RGB")
    seen = seen.crop((round(seen.width * left), 0, seen.width, seen.height))
    count = sum(
        times
        for times, colour in seen.getcolors(seen.width * seen.height) or ()
        if isinstance(colour, tuple)
        and all(abs(a - b) < 6 for a, b in zip(colour, RED, strict=True))
    )
    return count / (seen.width * seen.height)


def raster(package: bytes, folder: str) -> Image.Image:
    """Give the raster beside a drawing in a file of Office."""
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        (name,) = (n for n in parts.namelist() if n.startswith(folder) and n.endswith(".png"))
        return Image.open(io.BytesIO(parts.read(name)))


def test_they_are_printed(project: Path) -> None:
    with pypdfium2.PdfDocument(built(project, "pdf").data) as document:
        shares = [share(page.render(scale=1).to_pil()) for page in document]

    assert max(shares) > 0.01


@pytest.mark.parametrize(("name", "folder"), [("docx", "word/media"), ("pptx", "ppt/media")])
def test_they_are_in_the_raster_beside_the_drawing(name: str, folder: str, project: Path) -> None:
    found = raster(built(project, name).data, folder)

    assert share(found) == pytest.approx(0.5, abs=0.01)
    assert share(found, left=0.5) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(("name", "folder"), [("docx", "word/media"), ("pptx", "ppt/media")])
def test_the_drawing_holds_them_in_one_line(name: str, folder: str, project: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(built(project, name).data)) as parts:
        (part,) = (n for n in parts.namelist() if n.startswith(folder) and n.endswith(".svg"))
        drawn = parts.read(part).decode()

    assert f'xlink:href="data:image/png;base64,{"".join(packed().split())}"' in drawn


@pytest.mark.long
def test_they_are_seen_on_the_page_for_the_web(project: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(built(project, "html").data)

    with browser() as chromium:
        seen = Image.open(io.BytesIO(chromium.open(page).picture()))

    assert share(seen) > 0.005


@pytest.mark.parametrize("flavour", ["3a", pytest.param("ua1", marks=pytest.mark.long)])
def test_the_pdf_breaks_no_rule_for_them(flavour: str, project: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(built(project, "pdf").data)

    assert verapdf_failures_of([path], flavour) == [[]]


def test_the_same_drawing_gives_the_same_bytes(project: Path) -> None:
    log = Diagnostics()

    again = write_format("pdf", prepare(Job(project), log), log).data

    assert not list(log)
    assert again == built(project, "pdf").data
