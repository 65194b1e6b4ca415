"""The structure tree: what poppler reads of it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import weasyprint
import weasyprint.document
import weasyprint.pdf

from builder.document.nodes import Metadata
from builder.writers.pdf_sheets import Easel, Painted
from tests.support.judges import pdf_structure
from tests.support.paper import printed
from tests.support.reading import read

META = Metadata("test", "A title", series="Series", number="1", language="en", date="2026-01-02")


@pytest.fixture
def structure(tmp_path: Path) -> Structure:
    return Structure(tmp_path)


class Structure:
    """Prints a section and gives its structure, a line for each element or text."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "report.pdf"

    def __call__(self, text: str, *, files: dict[str, str | bytes] | None = None) -> str:
        self._path.write_bytes(printed(read(text, files=files, meta=META)))
        lines = pdf_structure(self._path).splitlines()
        return "\n".join(re.sub(r" \((block|inline)\):?", "", line) for line in lines)


def shape(text: str) -> str:
    """Give a structure's names and texts without indentation, on one line."""
    return " ".join(text.split())


def test_the_hook_is_where_it_was() -> None:
    assert weasyprint.__version__ == "70.0"
    assert list(inspect.signature(weasyprint.pdf.add_tags).parameters) == [
        "pdf",
        "document",
        "pdf_version",
        "page_streams",
    ]
    assert list(inspect.signature(weasyprint.document.Page.paint).parameters) == [
        "self",
        "stream",
        "scale",
    ]


def test_headings_have_their_levels(structure: Structure) -> None:
    found = shape(
        structure("---\ntitle: A section\n---\nText.\n\n## A part\n\n### A smaller one\n")
    )

    assert 'H1 "A section"' in found
    assert 'H2 "A part" H3 "A smaller one"' in found


def test_a_note_stands_behind_its_call(structure: Structure) -> None:
    found = shape(structure("A word^[The note.] more."))

    assert re.search(r'"word" Reference "1" Note <note-\d+> Lbl "1 " "The note\." " more\."', found)


def test_a_note_called_again_is_read_once_and_referred_to(structure: Structure) -> None:
    found = shape(structure("One[^n] two^[Other.] three[^n].\n\n[^n]: The note.\n"))

    assert found.count('"The note."') == 1
    assert re.search(r'"three" Reference Link Object \d+ 0 "1" "\."', found)


def test_a_paragraph_over_two_pages_is_one(structure: Structure) -> None:
    found = structure("Many words. " * 450)

    paragraphs = re.split(r"\n *P\n", found)
    assert sum("Many words." in part for part in paragraphs) == 1


def test_running_headers_and_folios_are_no_content(structure: Structure) -> None:
    text = "---\ntitle: A section\nshort-title: Running\n---\n" + "Many words. " * 450

    found = structure(text)

    assert "Running" not in found
    assert "Series No. 1" not in found


def test_contents_are_contents(structure: Structure) -> None:
    found = shape(structure("---\ntitle: A section\n---\nText.\n"))

    assert re.search(r'TOC TOCI Lbl "1" Link Object \d+ 0 "A section" Link .*? "3"', found)


def test_list_items_have_labels_and_bodies(structure: Structure) -> None:
    found = shape(structure("3. three\n4. four\n"))

    assert 'L /ListNumbering /Decimal LI Lbl "3. " LBody P "three" LI Lbl "4. "' in found


def test_a_definition_is_an_item_with_its_term_as_label(structure: Structure) -> None:
    assert 'LI Lbl "Term" LBody P "Meaning"' in shape(structure("Term\n: Meaning\n"))


def test_the_head_of_a_table_is_read_once_and_names_its_columns(structure: Structure) -> None:
    rows = "".join(f"| row {n} | {n} |\n" for n in range(60))

    found = shape(structure(f"| Headword | N |\n| --- | ---: |\n{rows}"))

    assert found.count("Headword") == 1
    assert 'TH: /Scope /Column "Headword"' in found
    assert found.count("THead") == 1


def test_a_chart_is_a_figure_with_its_place(structure: Structure) -> None:
    data: dict[str, str | bytes] = {"d.csv": "y,v\n2001,1\n2002,3\n2003,2\n"}
    chart = '::: {.chart data="d.csv" type="column" x="y" y="v" alt="Bars rise"}\nTitle\n:::\n'

    assert re.search(
        r"Figure: /Placement /Block /BBox \[[\d. ]+\]", shape(structure(chart, files=data))
    )
    assert "Bars rise" in alt_texts(printed(read(chart, files=data, meta=META)))


def alt_texts(data: bytes) -> list[str]:
    """Give the alternative texts of all elements, by pdfium."""
    import ctypes

    raw = pypdfium2.raw
    document = pypdfium2.PdfDocument(data)
    found: list[str] = []

    def walk(element: object) -> None:
        size = raw.FPDF_StructElement_GetAltText(element, None, 0)
        if size > 2:
            buffer = ctypes.create_string_buffer(size)
            raw.FPDF_StructElement_GetAltText(element, buffer, size)
            found.append(buffer.raw.decode("utf-16-le").rstrip("\0"))
        for index in range(raw.FPDF_StructElement_CountChildren(element)):
            child = raw.FPDF_StructElement_GetChildAtIndex(element, index)
            if child:
                walk(child)

    for page in document:
        tree = raw.FPDF_StructTree_GetForPage(page.raw)
        for index in range(raw.FPDF_StructTree_CountChildren(tree)):
            walk(raw.FPDF_StructTree_GetChildAtIndex(tree, index))
        raw.FPDF_StructTree_Close(tree)
    return found


def test_what_is_painted_is_let_go_and_the_hooks_are_taken_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held: list[int] = []
    painted: list[Any] = []
    paint = Easel.paint
    hooks = weasyprint.layout.make_margin_boxes, weasyprint.pdf.add_tags

    def watch(easel: Easel, root: Any, pages: Sequence[Any], *rest: int) -> Painted:
        held.extend(len(page._page_box.children) for page in pages)
        done = paint(easel, root, pages, *rest)
        painted.extend(pages)
        return done

    monkeypatch.setattr(Easel, "paint", watch)
    printed(read("Text.\n\n" * 60))

    assert len(held) > 3
    assert min(held) > 0
    assert not any(page._page_box.children for page in painted)
    assert (weasyprint.layout.make_margin_boxes, weasyprint.pdf.add_tags) == hooks
