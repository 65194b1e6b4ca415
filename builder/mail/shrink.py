"""Lighter files for the mail: pictures at 150 dots an inch, at the size at which they are shown."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from builder.build import Prepared
from builder.document.nodes import Document, Figure, Picture
from builder.document.walk import every
from builder.job import SLIDES
from builder.readers.files import ProjectFiles
from builder.theme.model import Theme
from builder.units import Length

DOTS = 150
SLIDE = Length.from_pt(960)
JPEG_QUALITY = 82


def shrunk(prepared: Prepared) -> Callable[[str], Prepared]:
    """Give the briefing, for a format, with its pictures re-sampled as they are read.

    The tree keeps the pictures' own sizes, so that nothing moves on any page.
    """

    def of_format(name: str) -> Prepared:
        widths = shown_widths(prepared.document, prepared.theme, name)
        files = SmallFiles(prepared.project.files.root, widths)
        return replace(prepared, project=replace(prepared.project, files=files))

    return of_format


def shown_widths(document: Document, theme: Theme, name: str) -> Mapping[PurePosixPath, Length]:
    """Give, for each picture, the greatest width at which a format shows it."""
    full = SLIDE if name in SLIDES else theme.grid.full
    widths: dict[PurePosixPath, Length] = {}
    for picture in every(document.sections, Picture):
        widths[picture.path] = full
    if name == "pptx":
        return widths  # a slide enlarges a picture as it has room
    for figure in every(document.sections, Figure):
        widths[figure.image.path] = Length(0)
    for figure in every(document.sections, Figure):
        shown = _width(figure.image, full)
        widths[figure.image.path] = max(widths[figure.image.path], shown)
    return widths


def _width(picture: Picture, full: Length) -> Length:
    if picture.width.endswith("%"):
        return Length(int(full * min(float(picture.width[:-1]), 100) / 100))
    return min(Length.parse(picture.width), full) if picture.width else full


@dataclass(frozen=True, slots=True)
class SmallFiles(ProjectFiles):
    """The files of a project, its pictures no larger than they are shown."""

    widths: Mapping[PurePosixPath, Length] = field(default_factory=dict)

    def read(self, path: PurePosixPath) -> bytes:
        """Give a file's bytes; a picture's re-sampled where that makes it lighter."""
        data = ProjectFiles.read(self, path)
        width = self.widths.get(path)
        return data if width is None else resampled(data, round(width.inches * DOTS))


def resampled(data: bytes, width: int) -> bytes:
    """Give a picture at most `width` pixels wide, in its own format, where that makes it lighter.

    Drawings (SVG) and moving pictures (GIF) stay as they are.
    """
    from PIL import Image

    if not data.startswith((b"\x89PNG", b"\xff\xd8")):
        return data
    with Image.open(io.BytesIO(data)) as image:
        if image.width <= width:
            return data
        kept = {k: v for k, v in image.info.items() if k in ("icc_profile", "exif")}
        size = (width, max(round(image.height * width / image.width), 1))
        whole = image.convert("RGBA") if image.mode == "P" else image
        small = whole.resize(size, Image.Resampling.LANCZOS)
        file = io.BytesIO()
        if image.format == "JPEG":
            small.save(file, "JPEG", quality=JPEG_QUALITY, optimize=True, **kept)
        else:
            small.save(file, "PNG", optimize=True, **kept)
    return min(data, file.getvalue(), key=len)
