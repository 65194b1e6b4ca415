"""Pages of a Word document: facing ones, and those in landscape, as LibreOffice shows them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pypdfium2

from builder.diagnostics import Diagnostics
from builder.document.nodes import Metadata
from builder.job import WordOptions
from builder.writers.word import write_word
from tests.support.judges import pdf_lines, soffice_to_pdf
from tests.support.office import STAMP, Docx, docx
from tests.support.paper import strand
from tests.support.reading import read

NAMES = [f"Administrative-region-{number}" for number in range(1, 15)]
WIDE = f"""Before it.

| {" | ".join(NAMES)} |
|{" --- |" * 14}
| {" | ".join("words" for _ in NAMES)} |

: All regions {{#tbl-wide}}

Behind it.
"""
LONG = "\n\n".join(f"Paragraph {number}: " + "words of a page " * 40 for number in range(14))
META = Metadata("test", "A test", series="Series of tests")


def nothing(path: object) -> bytes:
    raise FileNotFoundError(path)


@cache
def facing() -> Docx:
    theme, bare = replace(strand(), facing=True), WordOptions(embed_fonts=False)
    made = write_word(
        read(LONG, meta=META), theme, Diagnostics(), stamp=STAMP, read=nothing, options=bare
    )
    return Docx(made.data)


def printed(document: Docx) -> Path:
    folder = Path(mkdtemp(prefix="briefing-"))
    (folder / "made.docx").write_bytes(document.data)
    return soffice_to_pdf(folder / "made.docx", folder)


def test_facing_pages_have_headers_and_footers_of_both_kinds() -> None:
    made = facing()
    assert len(made.find("//w:evenAndOddHeaders", "word/settings.xml")) == 1
    assert len(made.find("//w:mirrorMargins", "word/settings.xml")) == 1
    for kind in ("headerReference", "footerReference"):
        odd = made.find(f"//w:{kind}[@w:type='default']")
        assert len(made.find(f"//w:{kind}[@w:type='even']")) == len(odd) > 0


def test_pages_that_do_not_face_have_one_kind() -> None:
    made = docx(LONG, meta=META)
    assert made.find("//w:evenAndOddHeaders", "word/settings.xml") == []
    assert made.find("//w:headerReference[@w:type='even']") == []


def test_the_folio_changes_sides_on_facing_pages() -> None:
    path = printed(facing())
    pages = pdf_lines(path)
    body = [number for number, lines in enumerate(pages, start=1) if "Paragraph" in str(lines)]
    assert len(body) >= 3
    sides = {number % 2: _folio_side(path, number) for number in body}
    assert sides == {1: "right", 0: "left"}


def _folio_side(path: Path, number: int) -> str:
    """Tell at which side of the foot the series does not stand."""
    with pypdfium2.PdfDocument(path) as pdf:
        page = pdf[number - 1]
        width = page.get_width()
        left = page.get_textpage().get_text_bounded(0, 0, width / 2, 60)
        return "right" if "Series of tests" in left else "left"


def test_a_table_too_wide_for_the_page_lies_on_one_in_landscape_with_its_header() -> None:
    made = docx(WIDE, meta=META)
    turned = made.find("//w:pgSz[@w:orient='landscape']")
    assert len(turned) == 1
    path = printed(made)
    with pypdfium2.PdfDocument(path) as pdf:
        sizes = [page.get_size() for page in pdf]
        texts = [page.get_textpage().get_text_range() for page in pdf]
    lying = [text for (width, height), text in zip(sizes, texts, strict=True) if width > height]
    assert len(lying) == 1
    assert "All regions" in lying[0]
    assert "A test" in lying[0]  # the running header
    assert "Before it" not in lying[0]
    assert "Behind it" not in lying[0]
