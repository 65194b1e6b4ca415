"""What Word itself would have made: styles, linked numbering, tables, pictures, bookmarks."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from builder.build import prepare
from builder.diagnostics import Diagnostics
from builder.document.nodes import BlockNode, Note, PageBreak
from builder.document.walk import every
from builder.job import Job
from builder.passes.editions import for_format
from builder.writers.word.bookmarks import Bookmarks
from builder.writers.word.inlines import note_key
from tests.support.built import SHIPPED, TORTURE, built
from tests.support.office import NAMES, Docx
from tests.support.xml import elements, texts

STYLES, NUMBERING = "word/styles.xml", "word/numbering.xml"
PROJECTS = pytest.mark.parametrize("project", [SHIPPED, TORTURE], ids=["shipped", "torture"])


def made(project: Path) -> Docx:
    return Docx(built(project, "docx").data)


@PROJECTS
def test_every_table_of_more_than_three_rows_has_style_and_head_and_whole_rows(
    project: Path,
) -> None:
    tables = [t for t in made(project).find("//w:tbl") if len(elements(t, "w:tr", NAMES)) > 3]

    assert len(tables) >= 3
    for table in tables:
        assert texts(table, "w:tblPr/w:tblStyle/@w:val", NAMES) != []
        assert len(elements(table, "w:tr[1]/w:trPr/w:tblHeader", NAMES)) == 1
        whole = elements(table, "w:tr[w:trPr/w:cantSplit]", NAMES)
        assert len(whole) == len(elements(table, "w:tr", NAMES))


def test_the_numbering_of_headings_is_linked_to_their_styles() -> None:
    document = made(SHIPPED)
    (used,) = texts(
        document.part(STYLES),
        "//w:style[@w:styleId='Heading1']/w:pPr/w:numPr/w:numId/@w:val",
        NAMES,
    )
    numbering = document.part(NUMBERING)
    path = f"//w:num[@w:numId='{used}']/w:abstractNumId/@w:val"
    (abstract,) = texts(numbering, path, NAMES)
    levels = f"//w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl"

    linked = texts(numbering, f"{levels}/w:pStyle/@w:val", NAMES)
    assert linked == [f"Heading{level}" for level in range(1, 7)]
    assert texts(numbering, f"{levels}[1]/w:lvlText/@w:val", NAMES) == ["%1"]
    # No heading brings a number of its own, except those that are not counted.
    own = document.find("//w:p[w:pPr/w:pStyle/@w:val='Heading1']/w:pPr/w:numPr/w:numId")
    assert {number.get(f"{{{NAMES['w']}}}val") for number in own} == {"0"}


def test_the_title_is_word_s_own_style() -> None:
    document = made(SHIPPED)
    (style,) = document.find("//w:style[@w:styleId='Title']", STYLES)

    assert texts(style, "w:name/@w:val", NAMES) == ["Title"]
    assert style.get(f"{{{NAMES['w']}}}customStyle") is None
    assert document.texts("Title") == ["A quiet partnership"]


@PROJECTS
def test_every_block_has_a_hidden_bookmark_of_its_id(project: Path) -> None:
    document = for_format(prepare(Job(project), Diagnostics()).document, "docx")
    blocks = [b for b in every(document.sections, BlockNode) if not isinstance(b, PageBreak)]
    printed = {note_key(note): note for note in reversed(list(every(document.sections, Note)))}
    again = {  # a note that is called again is printed once
        block.id
        for note in every(document.sections, Note)
        if note.label and note is not printed[note_key(note)]
        for block in every(note.blocks, BlockNode)
    }
    wanted = {Bookmarks().of_block(b.id) for b in blocks if b.id and b.id not in again}
    marks = made(project).find("//w:bookmarkStart")

    names = [mark.get(f"{{{NAMES['w']}}}name", "") for mark in marks]
    assert len(wanted) > 50
    assert sorted(wanted - set(names)) == []
    assert len(names) == len(set(names))


def test_pictures_are_in_the_file_as_they_were_given() -> None:
    given = {p.read_bytes() for p in (TORTURE / "images").iterdir() if p.suffix == ".png"}
    with zipfile.ZipFile(io.BytesIO(built(TORTURE, "docx").data)) as package:
        inside = {package.read(n) for n in package.namelist() if n.startswith("word/media/")}

    assert given
    assert given <= inside
