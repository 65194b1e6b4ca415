"""The PDF for the printing house: bleed, marks, inks."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from builder.build import build
from builder.diagnostics import Code, Diagnostics
from builder.document.nodes import Metadata
from builder.job import Job
from builder.theme.model import Colour
from builder.writers.pdf import write_print
from tests.support.built import EXAMPLE, built
from tests.support.icc import cmyk_profile
from tests.support.judges import pdf_warnings
from tests.support.outputs import pdf_words
from tests.support.paper import STAMP, printed, strand
from tests.support.reading import read, read_with_findings
from tests.theme.brands import brand, findings

MM = 72 / 25.4
META = Metadata("test", "A title", date="2026-01-02", language="en")
TEXT = (
    "A [link](https://example.org). "
    + "A long paragraph. " * 900
    + "\n\n"
    + ('![A finding](a.png){fig-alt="Red"}\n')
)


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(made, "PNG")
    return made.getvalue()


def sheets(profile: Path | None) -> tuple[bytes, list[str]]:
    document = read(TEXT, files={"a.png": picture()}, meta=META)
    log = Diagnostics()
    theme = replace(strand(), print_profile=profile)
    made = write_print(document, theme, log, stamp=STAMP, read=lambda path: picture())
    assert made.name == "test-print.pdf"
    return made.data, [f"{d.severity.value}[{d.code.value}]" for d in log]


@pytest.fixture(scope="module")
def plain() -> bytes:
    data, found = sheets(None)
    assert found == ["warning[profile-missing]"]
    return data


@pytest.fixture(scope="module")
def separated(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("press") / "press.icc"
    path.write_bytes(cmyk_profile())
    data, found = sheets(path)
    assert found == []
    return data


@pytest.mark.parametrize("kind", ["plain", "separated"])
def test_the_trimmed_page_has_bleed_of_3_mm_and_room_for_marks(
    kind: str, request: pytest.FixtureRequest
) -> None:
    with pikepdf.open(io.BytesIO(request.getfixturevalue(kind))) as pdf:
        for page in pdf.pages:
            trim = [float(edge) for edge in page.TrimBox]
            bleed = [float(edge) for edge in page.BleedBox]
            media = [float(edge) for edge in page.MediaBox]
            assert [round((b - t) / MM, 2) for b, t in zip(bleed, trim, strict=True)] == [
                -3,
                -3,
                3,
                3,
            ]
            assert [round((m - t) / MM, 1) for m, t in zip(media, trim, strict=True)] == [
                -10,
                -10,
                10,
                10,
            ]
            assert trim[2] - trim[0] == pytest.approx(210 * MM, abs=0.1)


def drawn(data: bytes, page: int) -> tuple[Image.Image, float]:
    """Draw a sheet; give it and the pixels of a millimetre."""
    scale = 4.0
    return pypdfium2.PdfDocument(data)[page].render(scale=scale).to_pil().convert("RGB"), scale * MM


def test_cover_back_and_opening_bands_really_bleed(plain: bytes) -> None:
    deep, sand = strand().colour("accent_deep"), strand().colour("sand")
    last = len(pypdfium2.PdfDocument(plain)) - 1
    band = 2 * 100 / 317  # as far down as to the band's foot
    for page, colour, half in ((0, deep, 1.0), (last, deep, 1.0), (2, sand, 0.3), (2, sand, band)):
        image, mm = drawn(plain, page)
        inside, outside = round(8 * mm), round(6 * mm)  # 2 mm and 4 mm beyond the cut
        middle = round(image.height * half / 2)
        wide = image.width
        for x, y in ((inside, middle), (wide - inside, middle), (wide // 2, inside)):
            assert same(image.getpixel((x, y)), colour), (page, x, y)
        assert same(image.getpixel((outside, middle)), strand().colour("paper"))


def test_the_covers_bars_bleed_off_the_foot(plain: bytes) -> None:
    image, mm = drawn(plain, 0)

    foot = image.height - round(8 * mm)
    row = {image.getpixel((x, foot)) for x in range(round(8 * mm), image.width - round(8 * mm))}
    above = {
        image.getpixel((x, foot - round(4 * mm)))
        for x in range(round(11 * mm), image.width - round(11 * mm))
    }
    assert above <= row
    assert len(row) >= 3


def same(pixel: object, colour: Colour) -> bool:
    assert isinstance(pixel, tuple)
    wanted = tuple(int(colour.css.lstrip("#")[i : i + 2], 16) for i in (0, 2, 4))
    return all(abs(a - b) <= 2 for a, b in zip(pixel, wanted, strict=True))


def test_crop_marks_stand_at_every_corner_off_the_bleed(plain: bytes) -> None:
    image, mm = drawn(plain, 1)
    grey = image.convert("L")

    for x in (10 * mm, image.width - 10 * mm):
        for y in (3.5 * mm, image.height - 3.5 * mm):
            box = (round(x) - 3, round(y) - 3, round(x) + 3, round(y) + 3)
            darkest = grey.crop(box).getextrema()[0]
            assert isinstance(darkest, int | float) and darkest < 128
    assert grey.crop(
        (round(10 * mm) - 3, round(6.5 * mm), round(10 * mm) + 3, round(9.5 * mm))
    ).getextrema() == (255, 255)


def test_without_a_profile_the_file_claims_nothing(plain: bytes) -> None:
    with pikepdf.open(io.BytesIO(plain)) as pdf:
        assert "/OutputIntents" not in pdf.Root
        assert b"PDF/X" not in (pdf.Root.Metadata.read_bytes() if "/Metadata" in pdf.Root else b"")


def test_with_a_profile_it_is_pdf_x_4_with_that_output_intent(separated: bytes) -> None:
    with pikepdf.open(io.BytesIO(separated)) as pdf:
        (intent,) = list(pdf.Root.OutputIntents)
        assert str(intent.S) == "/GTS_PDFX"
        assert str(intent.OutputConditionIdentifier) == "Test press"
        assert intent.DestOutputProfile.read_bytes()[16:20] == b"CMYK"
        assert int(intent.DestOutputProfile.N) == 4
        assert pdf.pdf_version == "1.6"
        assert str(pdf.docinfo.Trapped) == "/False"
        assert len(pdf.trailer.ID) == 2
        with pdf.open_metadata() as xmp:
            assert xmp["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
            assert xmp["pdf:Trapped"] == "False"
            assert xmp["xmpMM:DocumentID"].startswith("uuid:")
            assert xmp["xmp:ModifyDate"] == xmp["xmp:MetadataDate"] == "2026-01-02T00:00:00Z"


def operators(pdf: pikepdf.Pdf) -> Iterator[tuple[list[float], str]]:
    for page in pdf.pages:
        for instruction in pikepdf.parse_content_stream(page):
            if re.fullmatch("rg|RG|k|K|g|G", name := str(instruction.operator)):
                yield [float(part) for part in instruction.operands], name


def test_every_colour_is_set_in_inks_and_pictures_have_a_profile(separated: bytes) -> None:
    with pikepdf.open(io.BytesIO(separated)) as pdf:
        used = list(operators(pdf))
        assert {name for _, name in used} <= {"k", "K", "g", "G"}
        assert len({tuple(inks) for inks, name in used if name == "k"}) > 5
        spaces = pdf.pages[0].Resources.ColorSpace
        assert str(spaces.DefaultRGB[0]) == "/ICCBased"
        assert int(spaces.DefaultRGB[1].N) == 3


GRADIENTS = b"""<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200" viewBox="0 0 300 200">
<defs><linearGradient id="g"><stop offset="0" stop-color="red"/>
<stop offset="1" stop-color="blue" stop-opacity=".4"/></linearGradient>
<radialGradient id="r"><stop offset="0" stop-color="yellow"/>
<stop offset=".3" stop-color="red"/><stop offset="1" stop-color="green"/></radialGradient></defs>
<rect width="150" height="200" fill="url(#g)"/>
<circle cx="220" cy="100" r="70" fill="url(#r)" stroke="red" opacity=".5"/></svg>"""


def image(mode: str, kind: str) -> bytes:
    made = io.BytesIO()
    Image.new(mode, (40, 20)).save(made, kind)
    return made.getvalue()


PICTURES = {
    "a.svg": GRADIENTS,
    "b.png": image("RGB", "PNG"),
    "c.png": image("RGBA", "PNG"),
    "d.png": image("L", "PNG"),
    "e.png": image("P", "PNG"),
    "f.jpg": image("RGB", "JPEG"),
    "g.jpg": image("CMYK", "JPEG"),
}


@pytest.fixture(scope="module")
def illustrated(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("press") / "press.icc"
    path.write_bytes(cmyk_profile())
    text = "\n\n".join(f"![A finding {n}]({n}){{fig-alt='It {n}'}}" for n in PICTURES)
    document, found = read_with_findings(text, files=PICTURES, meta=META)
    assert [finding.code for finding in found] == [Code.FORMAT_CANNOT_SHOW]  # inks without profile
    log = Diagnostics()
    theme = replace(strand(), print_profile=path)
    made = write_print(document, theme, log, stamp=STAMP, read=lambda name: PICTURES[name.name])
    assert [str(finding) for finding in log] == []
    return made.data


def test_every_picture_and_gradient_is_in_inks_greys_or_rgb_with_a_profile(
    illustrated: bytes,
) -> None:
    with pikepdf.open(io.BytesIO(illustrated)) as pdf:
        whole = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary | pikepdf.Stream)]
        spaces = [colour_space(o["/ColorSpace"]) for o in whole if is_drawn(o)]
        groups = [o["/Resources"] for o in whole if "/Resources" in o]
        has_default = {str(r.ColorSpace.DefaultRGB[0]) for r in groups if "/ColorSpace" in r}

        assert {"ICCBased 3", "DeviceGray", "DeviceCMYK"} <= set(spaces)
        # DeviceRGB is allowed where DefaultRGB stands for it in the resources (ISO 15930-7, 6.2.4.2)
        assert set(spaces) <= {"ICCBased 3", "ICCBased 4", "DeviceGray", "DeviceCMYK", "DeviceRGB"}
        assert groups and all("/ColorSpace" in r for r in groups)
        assert has_default == {"/ICCBased"}


def test_gradients_have_as_many_parts_as_their_colour_space(illustrated: bytes) -> None:
    with pikepdf.open(io.BytesIO(illustrated)) as pdf:
        shadings = [
            o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/ShadingType" in o
        ]
        parts = [len(shading.Function.Functions[0].C0) for shading in shadings]
        spaces = [colour_space(shading.ColorSpace) for shading in shadings]

    assert sorted(zip(spaces, parts, strict=True)) == [
        ("DeviceGray", 1),
        ("ICCBased 3", 3),
        ("ICCBased 3", 3),
    ]


def test_poppler_finds_nothing_to_warn_of(illustrated: bytes, tmp_path: Path) -> None:
    path = tmp_path / "print.pdf"
    path.write_bytes(illustrated)

    assert pdf_warnings(path) == ""


def is_drawn(item: pikepdf.Object) -> bool:
    return "/ShadingType" in item or item.get("/Subtype") == "/Image"


def colour_space(space: pikepdf.Object) -> str:
    if isinstance(space, pikepdf.Array):
        return f"{str(space[0])[1:]} {int(space[1].N)}"
    return str(space)[1:]


def test_nothing_on_the_sheet_can_be_clicked_and_all_fonts_are_inside(separated: bytes) -> None:
    with pikepdf.open(io.BytesIO(separated)) as pdf:
        assert all("/Annots" not in page for page in pdf.pages)
        assert "/AF" not in pdf.Root and not pdf.attachments
        described = [
            o
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]
        assert described
        assert all(
            {"/FontFile2", "/FontFile3", "/FontFile"} & set(map(str, font.keys()))
            for font in described
        )


def test_the_same_sheets_give_the_same_bytes(separated: bytes, tmp_path: Path) -> None:
    path = tmp_path / "elsewhere.icc"
    path.write_bytes(cmyk_profile())

    assert sheets(path)[0] == separated


def test_the_print_file_says_what_the_ordinary_one_says(plain: bytes) -> None:
    document = read(TEXT, files={"a.png": picture()}, meta=META)

    assert pdf_words(plain).split() == pdf_words(printed(document, {"a.png": picture()})).split()


def test_print_writes_one_file_more_and_leaves_the_others_as_they_are(tmp_path: Path) -> None:
    both = build(Job(EXAMPLE, ("pdf",), tmp_path / "two", for_print=True))

    assert [path.name for path in both.paths] == ["policy-brief.pdf", "policy-brief-print.pdf"]
    assert built(EXAMPLE, "pdf").data == both.artifacts[0].data


def test_a_theme_names_the_profile_by_a_path_in_its_folder() -> None:
    text = "defaults:\n  briefing:\n    print: {icc: press.icc}\n"

    theme = brand(text, files={"press.icc": cmyk_profile()})

    assert theme.print_profile is not None and theme.print_profile.name == "press.icc"


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({}, "3:18 error[file-missing] there is no profile 'press.icc'"),
        ({"press.icc": b"none"}, "3:18 error[value-invalid] 'press.icc' is no ICC profile"),
    ],
)
def test_a_profile_that_is_none_is_an_error(files: dict[str, bytes], found: str) -> None:
    text = "defaults:\n  briefing:\n    print: {icc: press.icc}\n"

    assert findings(text, files=files)[0].startswith(found)
