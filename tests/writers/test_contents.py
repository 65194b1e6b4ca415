"""The list of figures and tables: no label breaks, whatever the language calls a figure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builder.document.nodes import Document, Metadata, Node, Table
from builder.document.walk import rebuild
from builder.theme.words import LANGUAGES
from builder.units import Length
from builder.writers.pdf_pages import contents
from builder.writers.pdf_plan import Plan
from builder.writers.word.document import label_column
from tests.support.paper import book, setting, strand
from tests.support.reading import read

TABLES = "| a |\n| --- |\n| 1 |\n\n: One\n\n| a |\n| --- |\n| 1 |\n\n: Two\n"


def numbered_a_hundred(language: str) -> Document:
    def number(node: Node) -> Node:
        if not isinstance(node, Table):
            return node
        return replace(node, caption=replace(node.caption, number=100))

    return rebuild(read(TABLES, meta=Metadata("x", "T", language=language)), number)


@pytest.mark.parametrize("language", LANGUAGES)
def test_table_100_has_room_in_pdf_and_word(language: str) -> None:
    document = numbered_a_hundred(language)
    needed = book().width_of(f"{document.words['table']}\u00a0100", strand().styles["toc_2"])

    page = strand().pages["a4"]
    listed = contents(document, list(document.sections), setting(document), page, Plan())

    assert len(listed.floats) == 2
    assert listed.label > needed.pt
    assert label_column(document, strand(), book()) > needed


def test_short_labels_keep_the_designs_column() -> None:
    document = read(TABLES)
    page = strand().pages["a4"]
    listed = contents(document, list(document.sections), setting(document), page, Plan())

    assert listed.label == pytest.approx(Length.from_mm(17).pt, abs=0.01)
    assert label_column(document, strand(), book()) == Length.from_mm(17)
