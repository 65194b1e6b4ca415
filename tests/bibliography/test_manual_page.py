"""docs/citations.md promises what the builder does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from builder.document.nodes import Metadata, Paragraph
from tests.passes.test_citations import WORKS
from tests.support.reading import first, read
from tests.support.typed import typed

PAGE = (Path(__file__).parents[2] / "docs" / "citations.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([^`]+)` \|.*\| ([^|]+) \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("author_types", "shown"), ROWS)
def test_the_table_shows_what_an_author_date_style_gives(author_types: str, shown: str) -> None:
    meta = Metadata("test", "A test", csl="chicago-author-date")

    document = read(f"So {author_types}", references=WORKS, meta=meta)

    text = typed(first(document, Paragraph).content)
    assert re.sub(r"\[([^][]*)\]\(#ref-\w+\)", r"\1", text) == f"So {shown}"


def test_the_table_has_a_row_for_each_form() -> None:
    assert len(ROWS) == 6
