"""The finished report: what can be asked of the file."""

from __future__ import annotations

import ctypes
import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from builder.document.nodes import Contact, Document, Metadata
from tests.support.judges import pdf_fonts
from tests.support.outputs import pdf_words
from tests.support.paper import print_with_findings, printed, strand
from tests.support.reading import read

META = Metadata(
    "test",
    "A quiet partnership",
    subtitle="Arms one way",
    series="Policy Briefing",
    number="7",
    authors=("First Person",),
    date="2026-01-02",
    keywords=("energy", "security"),
    closing="The last word.",
    contact=Contact("The Desk", "desk@example.org"),
)
SECTION = """---
title: Two small states
takeaway: They trade
id: sec-one
---
Text with a note^[The note.] and @fig-x.

## A part {#part}

::: {.chart #fig-x data="d.csv" type="column" x="y" y="v" subtitle="Unit" source="Somebody" alt="Bars"}
The finding
:::
"""
DATA = {"d.csv": "y,v\n2001,1\n2002,3\n2003,2\n"}


def briefing(text: str = SECTION, meta: Metadata = META) -> Document:
    return read(text, files=DATA, meta=meta)


def words(document: Document) -> str:
    return pdf_words(printed(document))


def pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range() for page in document]


def test_the_pages_stand_in_order_cover_contents_section_back() -> None:
    cover, contents, section, back = pages(printed(briefing()))

    assert "A quiet\r\npartnership" in cover
    assert contents.startswith("Contents")
    assert "Two small states" in section
    assert "The last word." in back
    assert "desk@example.org" in back


def test_the_contents_give_numbers_titles_and_pages() -> None:
    contents = " ".join(pages(printed(briefing()))[1].split())

    assert "1 Two small states 3" in contents or "1Two small states3" in contents.replace(" ", "")
    assert re.search(r"A part\s*3", contents)
    assert re.search(r"Figure 1\s*The finding\s*3", contents)


def test_the_outline_has_sections_and_their_parts() -> None:
    outline = pypdfium2.PdfDocument(printed(briefing())).get_toc()

    assert [(item.level, item.get_title()) for item in outline] == [
        (0, "Contents"),
        (0, "1 Two small states"),
        (1, "A part"),
    ]


def test_title_author_keywords_and_dates_are_in_the_file() -> None:
    about = pypdfium2.PdfDocument(printed(briefing())).get_metadata_dict()

    assert about["Title"] == "A quiet partnership"
    assert about["Author"] == "First Person"
    assert about["Keywords"] == "energy, security"
    assert about["CreationDate"] == about["ModDate"] == "D:20260102000000Z"


def test_the_file_is_tagged_and_names_its_language() -> None:
    data = printed(briefing())
    document = pypdfium2.PdfDocument(data)

    assert pypdfium2.raw.FPDFCatalog_IsTagged(document.raw)
    size = pypdfium2.raw.FPDFCatalog_GetLanguage(document.raw, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pypdfium2.raw.FPDFCatalog_GetLanguage(
        document.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size
    )
    assert buffer.raw.decode("utf-16-le").rstrip("\0") == "en"


def test_only_the_themes_fonts_and_its_fallbacks_are_used(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(printed(read("Text, *Azərbaycan*, שלום, Отчёт, `code`, *Отчёт*, ₼ →.")))

    strangers = [name for name in pdf_fonts(path) if not re.search(r"\+?(Source|Noto)-", name)]
    assert strangers == []


def test_the_running_header_names_the_section_and_the_briefing() -> None:
    text = SECTION.replace("id: sec-one", "id: sec-one\nshort-title: Two states")

    section = pages(printed(briefing(text)))[2]

    assert "1\u2002Two states" in section or "1 Two states" in section
    assert "Policy Briefing No. 7" in section


def test_a_long_section_opens_on_a_band_without_a_running_header() -> None:
    text = SECTION.replace("## A part", "A long paragraph. " * 900 + "\n\n## A part")
    text = text.replace("id: sec-one", "id: sec-one\nshort-title: Header")

    _, _, first, second, *_ = pages(printed(briefing(text)))

    assert "Header" not in first
    assert "Header" in second


def test_footnotes_stand_on_the_page_of_their_call() -> None:
    notes = "".join(f"Paragraph {n}.^[Note number {n}.]\n\n" for n in range(80))

    for page in pages(printed(read(notes)))[2:-1]:
        called = set(re.findall(r"Paragraph (\d+)", page))
        assert called == set(re.findall(r"Note number (\d+)", page))


def test_a_footnote_taller_than_a_page_is_an_error_that_names_its_section() -> None:
    long = " ".join(f"word{n}x" for n in range(2500))

    _, found = print_with_findings(read(f"---\ntitle: Too much\n---\nText^[{long}]."))

    assert any(line.startswith("warning[footnote-long] a footnote of 2500 words") for line in found)
    assert any("words of a footnote in section 'Too much' found no place" in line for line in found)


def test_an_image_is_taken_from_the_project() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(picture, "PNG")
    files: dict[str, str | bytes] = {"images/a.png": picture.getvalue()}
    document = read('![A finding](images/a.png){fig-alt="Red"}', files=files)

    data = printed(document, {"images/a.png": picture.getvalue()})

    kinds = [o.type for page in pypdfium2.PdfDocument(data) for o in page.get_objects()]
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE in kinds


def test_what_the_typesetter_warns_of_is_an_error() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(picture, "PNG")
    document = read('![A finding](a.png){fig-alt="Red"}', files={"a.png": picture.getvalue()})

    _, found = print_with_findings(document, {"a.png": b"no image at all"})

    assert [line.split("]")[0] for line in found] == ["error[layout-warning"]
    assert "a.png" in found[0]


def test_a_footnote_in_a_diagram_is_not_dropped_in_silence() -> None:
    _, found = print_with_findings(
        read("::: {.diagram}\nThe finding\n\n- A -> B: arms^[Of all kinds.]\n:::\n")
    )

    assert found == ["warning[format-cannot-show] a footnote in a diagram is not shown in the PDF"]


def test_a_word_without_end_is_broken() -> None:
    endless = "https://a.example/" + "path" * 60

    shown = "".join(words(read(f"::: {{.key-points}}\n- {endless}\n:::\n\nText.")).split())

    assert endless in shown


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_paper_is_the_one_asked_for(paper: str) -> None:
    meta = replace(META, paper="letter") if paper == "letter" else META

    size = pypdfium2.PdfDocument(printed(briefing(meta=meta)))[0].get_size()

    page = strand().pages[paper]
    assert size == pytest.approx((page.width.pt, page.height.pt), abs=0.1)


def test_a_long_title_is_set_smaller() -> None:
    long = replace(META, title="An extraordinarily comprehensive investigation of partnerships")

    assert "extraordinarily" in words(briefing(meta=long))


def test_the_fixed_words_follow_the_language() -> None:
    meta = replace(META, language="de")

    shown = words(briefing(meta=meta))

    assert "Inhalt" in shown
    assert "ABBILDUNG 1" in shown
    assert "Quelle:" in shown


SCRIPT = """
import hashlib, sys
from tests.writers.test_pdf import briefing, printed
print(hashlib.sha256(printed(briefing())).hexdigest())
"""


def test_the_bytes_depend_on_no_hash_seed_time_zone_or_folder(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    found = set()
    for seed, zone, folder in (("1", "Asia/Tokyo", root), ("2", "America/Lima", tmp_path)):
        surroundings = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(root)}
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            cwd=folder,
            env=surroundings,
            capture_output=True,
            check=True,
        )
        found.add(run.stdout)
    assert len(found) == 1
