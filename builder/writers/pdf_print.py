"""The PDF for the printing house: bleed, crop marks, and PDF/X-4 where the theme names a profile.

What a screen needs is left out: PDF/X allows no links on the page, and a press reads no tags.
"""

from __future__ import annotations

import io
import re
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pydyf
from PIL import Image, ImageCms
from weasyprint.css import ColorProfile

from builder.units import Length
from builder.writers.pdf_about import Claim, finish, screen_profile
from builder.writers.stylesheet import BLEED

MARK_FROM, MARK_TO = Length.from_mm(4), Length.from_mm(9)
MARK_WIDTH = 0.25
PRESS = "press"
COLOUR = re.compile(rb"([\d.e-]+) ([\d.e-]+) ([\d.e-]+) (rg|RG)")

X4 = """\
<rdf:Description rdf:about="" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
<pdf:Trapped>False</pdf:Trapped>
<xmpMM:DocumentID>uuid:{identity}</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
</rdf:Description>
"""


def for_press(profile: bytes | None, name: str) -> Claim:
    """Give what a file for the press claims: PDF/X-4 for a CMYK profile, nothing without one."""
    if profile is None:
        return Claim(None, "", tagged=False, finish=finish_sheets)
    colours = Separation(profile)

    def intents() -> dict[str, Any]:
        press = ColorProfile(
            io.BytesIO(profile), "press.icc", "relative-colorimetric", tuple("cmyk")
        )
        return {PRESS: press, "DefaultRGB": screen_profile()}  # of pictures and gradients

    def finish_separated(document: Any, pdf: Any) -> None:
        pdf.info["Trapped"] = "/False"
        for stream in pdf.objects:
            if isinstance(stream, pydyf.Stream):
                stream.stream = [colours.separated(item) for item in stream.stream]
        give_gradients_their_profile(pdf)
        finish_sheets(document, pdf)

    xmp = X4.format(identity=uuid5(NAMESPACE_URL, name))
    return Claim("pdf/x-4", xmp, False, PRESS, intents, finish_separated)


def give_gradients_their_profile(pdf: Any) -> None:
    """Say that gradients are in sRGB; WeasyPrint writes their red, green and blue as four inks.

    Like pictures they stay RGB with a profile, which PDF/X-4 allows (ISO 15930-7, 6.2.4.2).
    """
    dictionaries = [item for item in pdf.objects if isinstance(item, pydyf.Dictionary)]
    profile = next(item["DefaultRGB"] for item in dictionaries if "DefaultRGB" in item)
    for shading in dictionaries:
        if "ShadingType" in shading and _outputs(shading["Function"]) == 3:
            shading["ColorSpace"] = profile


def _outputs(function: Any) -> int:
    """Count the colour's parts that a function gives: it may be put together of others."""
    if "Functions" in function:
        return _outputs(function["Functions"][0])
    return len(function["C0"])


class Separation:
    """Turns sRGB into the inks of a press."""

    def __init__(self, profile: bytes) -> None:
        self._transform = ImageCms.buildTransform(
            ImageCms.createProfile("sRGB"),
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            "RGB",
            "CMYK",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        self._inks: dict[bytes, bytes] = {}

    def separated(self, item: Any) -> Any:
        """Give an operator that sets a colour in RGB as one that sets inks; any other unchanged."""
        if not isinstance(item, bytes) or not item.endswith((b"rg", b"RG")):
            return item
        if item not in self._inks:
            self._inks[item] = self._separate(item)
        return self._inks[item]

    def _separate(self, item: bytes) -> bytes:
        found = COLOUR.fullmatch(item)
        if found is None:
            return item
        red, green, blue = (round(float(part) * 255) for part in found.groups()[:3])
        pixel = ImageCms.applyTransform(
            Image.new("RGB", (1, 1), (red, green, blue)), self._transform
        )
        assert pixel is not None
        inks = pixel.getpixel((0, 0))
        assert isinstance(inks, tuple)
        parts = " ".join(f"{ink / 255:.3f}" for ink in inks)
        return f"{parts} {'k' if found[4] == b'rg' else 'K'}".encode()


def finish_sheets(document: Any, pdf: Any) -> None:
    """Set the boxes of every sheet, draw its crop marks, and take the links away."""
    for number in pdf.pages["Kids"][::3]:
        sheet = pdf.objects[number]
        left, foot, right, top = sheet["TrimBox"]
        edge = BLEED.pt
        sheet["BleedBox"] = pydyf.Array([left - edge, foot - edge, right + edge, top + edge])
        sheet.pop("Annots", None)
        marks = crop_marks(right - left, top - foot)
        content = pdf.objects[int(sheet["Contents"].split()[0])]
        content.stream.append(marks)
    finish(document, pdf)


def crop_marks(width: float, height: float) -> bytes:
    """Draw two lines at each corner, off the bleed, in full black; the page's top left is 0, 0."""
    start, end = MARK_FROM.pt, MARK_TO.pt
    lines = []
    for x, outward in ((0.0, -1), (width, 1)):
        for y, down in ((0.0, -1), (height, 1)):
            lines.append((x + outward * start, y, x + outward * end, y))
            lines.append((x, y + down * start, x, y + down * end))
    drawn = "\n".join(f"{a:.2f} {b:.2f} m {c:.2f} {d:.2f} l S" for a, b, c, d in lines)
    return f"q 0 G {MARK_WIDTH} w\n{drawn}\nQ".encode()
