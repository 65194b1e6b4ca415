"""The shipped briefing in LibreOffice: everything is on its pages, and comes back from it."""

from __future__ import annotations

import io
import re
import unicodedata
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import docx as python_docx
import pytest

from builder.build import prepare, write_format
from builder.diagnostics import Diagnostics
from builder.job import Job, WordOptions
from builder.office import bookmark_pages
from builder.passes.editions import for_format
from tests.support.built import SHIPPED, built
from tests.support.judges import pdf_fonts, pdf_lines, pdf_text, soffice_to_docx, soffice_to_pdf
from tests.support.office import Docx, docx, fields, words, write
from tests.support.reading import read

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OF_THE_THEME = re.compile(r"(Source|Noto)")
BOXED = """---
title: A section
id: sec-boxed
standfirst: Below the title.
key-points: [First point, Second point]
---
Text with a note.[^1]

[^1]: A note

    - with a list

    and an end.

| a | b |
|---|---|
| 1 | 2 |

: A table {#tbl-a}

::: {.key-points title="Between a table and text"}
- one[^2]
- two
:::

Text beside the box, with @tbl-a.

1. An item

[^2]: Called in a box.
"""
FURTHER = 2
"""Pages that the estimate may be away from LibreOffice's layout."""


@cache
def folder() -> Path:
    made = Path(mkdtemp(prefix="briefing-"))
    (made / "briefing.docx").write_bytes(built(SHIPPED, "docx").data)
    return made


@cache
def printed() -> Path:
    return soffice_to_pdf(folder() / "briefing.docx", folder())


def squeezed(text: str) -> str:
    """Give letters and digits alone: lines are broken and hyphens set anywhere."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(c for c in plain if c.isalnum()).casefold()


def test_every_paragraph_note_and_cell_is_on_the_pages() -> None:
    document = Docx(built(SHIPPED, "docx").data)
    shown = squeezed(pdf_text(printed()))
    # A paragraph is broken by pages, and layout puts what stands beside it in between its words.
    runs = [
        run.text or ""
        for part in ("word/document.xml", "word/footnotes.xml")
        for run in document.part(part).iter(f"{W}t")
    ]
    missing = [word for run in runs for word in run.split() if squeezed(word) not in shown]

    assert missing == []


def test_the_fonts_are_those_of_the_theme() -> None:
    assert [font for font in pdf_fonts(printed()) if not OF_THE_THEME.match(font)] == []


def test_each_page_s_header_names_its_section() -> None:
    before = built(SHIPPED, "docx")
    found = bookmark_pages(before.data, Diagnostics())
    assert found is not None
    begins = {}
    for style in ("Heading1", "Heading1Opener"):
        for title in Docx(before.data).find(f"//w:p[w:pPr/w:pStyle/@w:val='{style}']"):
            names = [mark.get(f"{W}name") or "" for mark in title.iter(f"{W}bookmarkStart")]
            (entry,) = [name for name in names if name.startswith("_Toc_")]
            begins[found.page(entry) or 0] = squeezed(words(title))
    pages = pdf_lines(printed())
    first = min(begins)
    shown = {
        number: squeezed(" ".join(pages[number - 1][:2])) for number in range(first, len(pages))
    }
    section = {number: begins[max(n for n in begins if n <= number)] for number in shown}

    assert len(begins) == 10
    assert [number for number, title in section.items() if title not in shown[number]] == []


def test_the_estimated_pages_are_near_those_of_libreoffice() -> None:
    artifact = built(SHIPPED, "docx")
    found = bookmark_pages(artifact.data, Diagnostics())

    assert found is not None
    assert abs(found.total - artifact.pages) <= FURTHER
    listed = [f for f in fields(artifact.data) if f.instruction.startswith("PAGEREF _Toc")]
    away = [abs((found.page(f.instruction.split()[1]) or 99) - int(f.result)) for f in listed]
    assert len(away) > 40
    assert max(away) <= FURTHER


def test_pages_that_libreoffice_counted_are_where_it_puts_them() -> None:
    log = Diagnostics()
    prepared = prepare(Job(SHIPPED), log)
    artifact = write_format("docx", prepared, log, word=WordOptions(pages="libreoffice"))
    (folder() / "counted.docx").write_bytes(artifact.data)
    pages = pdf_lines(soffice_to_pdf(folder() / "counted.docx", folder()))
    joined = [squeezed(" ".join(lines)) for lines in pages]

    assert list(log) == []
    assert artifact.pages == len(pages)
    entries = [line.split("\t") for line in listed(Docx(artifact.data))]
    assert len(entries) > 40
    lost = [
        (title, page) for title, page in entries if squeezed(title) not in joined[int(page) - 1]
    ]
    assert lost == []


def listed(document: Docx) -> list[str]:
    """Give the lines of the contents: title, tab, page."""
    path = "//w:p[starts-with(w:pPr/w:pStyle/@w:val, 'TOC') and .//w:hyperlink]"
    lines = []
    for paragraph in document.find(path):
        *said, page = [t.text or "" for t in paragraph.iter(f"{W}t")]
        numbered = paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "TOC1"  # type: ignore[union-attr]  # it has one
        title = said[1:] if numbered and said[0].isdigit() else said
        lines.append(f"{''.join(title)}\t{page}")
    return lines


def test_libreoffice_numbers_the_notes_from_first_to_last() -> None:
    document = Docx(built(SHIPPED, "docx").data)
    shown = squeezed(pdf_text(printed()))
    notes = document.find("//w:footnote[not(@w:type)]", "word/footnotes.xml")

    assert len(notes) > 90
    begins = [squeezed(words(note))[:8] for note in notes]
    lost = [n for n, words in enumerate(begins, start=1) if f"{n}{words}" not in shown]
    assert lost == []


@pytest.mark.long
def test_there_are_about_as_many_pages_as_in_the_pdf() -> None:
    assert abs(built(SHIPPED, "docx").pages - built(SHIPPED, "pdf").pages) <= 4


def test_a_round_trip_keeps_headings_notes_tables_and_bookmarks() -> None:
    before = Docx(built(SHIPPED, "docx").data)
    back = soffice_to_docx(folder() / "briefing.docx", folder() / "back").read_bytes()
    after = Docx(back)
    opened = python_docx.Document(io.BytesIO(back))

    for style in ("Heading 1", "Heading 1 Opener", "Heading 2", "Heading 3"):
        found = [p.text for p in opened.paragraphs if p.style and p.style.name == style]
        assert found == before.texts(style.replace(" ", ""))
    assert len(after.find("//w:footnoteReference")) == len(before.find("//w:footnoteReference"))
    own = "//w:footnote[not(@w:type)]"
    assert len(after.find(own, "word/footnotes.xml")) == len(before.find(own, "word/footnotes.xml"))
    assert len(opened.tables) == len(before.find("//w:body/w:tbl"))
    assert names(before) - names(after) == set()
    assert len(names(before)) > 300


def test_a_round_trip_keeps_bookmarks_of_side_boxes_lists_tables_and_notes(tmp_path: Path) -> None:
    made = docx(BOXED)
    (tmp_path / "boxed.docx").write_bytes(made.data)
    back = Docx(soffice_to_docx(tmp_path / "boxed.docx", tmp_path / "back").read_bytes())

    assert len(made.find("//w:framePr")) == 6
    assert len(names(made)) > 12
    assert names(made) - names(back) == set()


def names(document: Docx) -> set[str | None]:
    """Give the bookmarks of text and notes."""
    parts = ("word/document.xml", "word/footnotes.xml")
    return {e.get(f"{W}name") for part in parts for e in document.find("//w:bookmarkStart", part)}


def test_a_table_behind_a_hidden_one_keeps_its_number(tmp_path: Path) -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n\n: {}\n\n"
    hidden = f"::: {{.content-visible when-format=pdf}}\n{table.format('Hidden')}:::\n\n"
    text = hidden + table.format("Second") + table.format("Third")
    document = write(for_format(read(text), "docx"), Diagnostics(), {})
    (tmp_path / "hidden.docx").write_bytes(document.data)

    shown = " ".join(pdf_text(soffice_to_pdf(tmp_path / "hidden.docx", tmp_path)).split())

    assert re.findall(r"TABLE \d (?:Second|Third) a b", shown) == [
        "TABLE 2 Second a b",
        "TABLE 3 Third a b",
    ]
