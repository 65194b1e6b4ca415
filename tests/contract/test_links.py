"""A link whose text is partly in another language: a link with that language in every format."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pytest

from tests.contract.test_seen_in_all_three import made
from tests.support.judges import pdf_structure
from tests.support.outputs import office_words, part_names, xml_part

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
LINK = "[See the [Отчёт]{lang=ru} there](https://example.org/report)"
SECTION = f"---\ntitle: One\n---\nBefore. {LINK} behind.\n\n::: {{.slide}}\n# Two\n\n{LINK}\n:::\n"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return made(tmp_path_factory.mktemp("links"), {"sections/01-one.md": SECTION})


def test_the_pdf_links_the_words_and_keeps_their_language(
    written: dict[str, bytes], tmp_path: Path
) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(written["pdf"])

    structure = " ".join(re.sub(r"\(inline\)|Object \d+ 0", "", pdf_structure(path)).split())

    assert 'Link "See the " Span "Отчёт" " there"' in structure
    assert "https://example.org/report" in addresses(written["pdf"])
    assert languages(written["pdf"]) == ["ru"]


def languages(pdf: bytes) -> list[str]:
    """Give the languages of the words in links."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        elements = [item for item in file.objects if isinstance(item, pikepdf.Dictionary)]
        return [
            str(span.Lang) for span in elements if span.get("/S") == "/Span" and span.P.S == "/Link"
        ]


def addresses(pdf: bytes) -> list[str]:
    """Give where the links of a PDF lead."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        marks = [mark for page in file.pages for mark in page.get("/Annots", [])]
        return [str(mark.A.URI) for mark in marks if "/URI" in mark.get("/A", {})]


def test_word_links_the_words_and_keeps_their_language(written: dict[str, bytes]) -> None:
    body = xml_part(written["docx"], "word/document.xml")
    links = ["".join(map(str, link.itertext())) for link in body.iter(f"{W}hyperlink")]
    runs = {"".join(map(str, run.itertext())): run for run in body.iter(f"{W}r")}
    language = runs["Отчёт"].find(f"{W}rPr/{W}lang")

    assert "See the Отчёт there" in links
    assert language is not None and language.get(f"{W}val") == "ru-RU"


def test_the_deck_links_the_words_and_keeps_their_language(written: dict[str, bytes]) -> None:
    assert "See the Отчёт there" in office_words(written["pptx"], r"ppt/slides/.*\.xml$")
    deck = written["pptx"]
    names = [name for name in part_names(deck) if re.match(r"ppt/slides/[^/]+\.xml$", name)]
    slides = [xml_part(deck, name) for name in names]
    runs = {r.findtext(f"{A}t"): r for slide in slides for r in slide.iter(f"{A}r")}

    assert runs["Отчёт"].find(f"{A}rPr/{A}hlinkClick") is not None
    assert runs["Отчёт"].find(f"{A}rPr").get("lang") == "ru-RU"  # type: ignore[union-attr]  # found above
