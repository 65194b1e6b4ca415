"""What shuts readers out of a Word document is found; ours have none of it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from builder.outputs_lint import barriers
from builder.outputs_lint.word_contrast import ratio
from tests.outputs_lint.test_faults import changed
from tests.support.built import EXAMPLE, SHIPPED, STRESS, TORTURE, built
from tests.support.office import docx
from tests.theme.brands import PICTURE

EXAMPLES = sorted(path for path in EXAMPLE.parent.iterdir() if (path / "briefing.yml").is_file())
TEXT = """Text with [a link to look at](https://example.org).

## Heading

![A picture](a.png){alt="What it shows"}

| A | B |
| --- | --- |
| a | b |
| c | d |
| e | f |

: A table
"""


def _doubled(found: re.Match[str]) -> str:
    """Put a table into its own first cell."""
    return found[0].replace("</w:tcPr>", f"</w:tcPr>{found[0]}", 1)


BROKEN: dict[str, tuple[str, Callable[[str], str]]] = {
    "has no alt text and is no decoration": (
        "word/document.xml",
        lambda xml: xml.replace('descr="What it shows"', ""),
    ),
    "is not in line": (
        "word/document.xml",
        lambda xml: xml.replace("<wp:inline", "<wp:anchor").replace("</wp:inline", "</wp:anchor"),
    ),
    "has no head row": ("word/document.xml", lambda xml: xml.replace("<w:tblHeader/>", "")),
    "of level 4, after one of level 1": (
        "word/document.xml",
        lambda xml: xml.replace('"Heading2"', '"Heading4"'),
    ),
    "does not tell where it leads": (
        "word/document.xml",
        lambda xml: xml.replace("a link to look at", "click here"),
    ),
    "the document has no title": (
        "docProps/core.xml",
        lambda xml: xml.replace("<dc:title>", "<dc:title/><dc:other>").replace(
            "</dc:title>", "</dc:other>"
        ),
    ),
    "no language": (
        "word/styles.xml",
        lambda xml: xml.replace("<w:lang w:val=", "<w:lang w:other="),
    ),
    "blanks are used": (
        "word/document.xml",
        lambda xml: xml.replace("Text with", "Text      with"),
    ),
    "has a contrast of": (
        "word/document.xml",
        lambda xml: xml.replace("<w:r><w:t", '<w:r><w:rPr><w:color w:val="DDDDDD"/></w:rPr><w:t'),
    ),
    "holds another table": (
        "word/document.xml",
        lambda xml: re.sub(r"<w:tbl>.*</w:tbl>", _doubled, xml, count=1, flags=re.DOTALL),
    ),
    "merged cells": (
        "word/document.xml",
        lambda xml: xml.replace("<w:tcPr><w:tcW", '<w:tcPr><w:gridSpan w:val="1"/><w:tcW'),
    ),
}


@pytest.mark.parametrize("barrier", BROKEN)
def test_a_barrier_put_up_on_purpose_is_found(barrier: str) -> None:
    part, change = BROKEN[barrier]
    document = docx(TEXT, files={"a.png": PICTURE}).data

    found = barriers(changed(document, part, change))

    assert any(barrier in line for line in found), found


def test_a_document_without_barriers_is_passed() -> None:
    assert barriers(docx(TEXT, files={"a.png": PICTURE}).data) == []


def test_our_documents_have_none() -> None:
    for project in (SHIPPED, *EXAMPLES, TORTURE, STRESS):
        assert barriers(built(project, "docx").data) == [], project.name


def test_contrasts_are_reckoned_as_by_wcag() -> None:
    assert round(ratio("000000", "FFFFFF"), 1) == 21.0
    assert round(ratio("777777", "FFFFFF"), 2) == 4.48


def test_blanks_between_pictures_are_no_layout() -> None:
    row = "![One](a.png) ![Two](a.png) ![Three](a.png) ![Four](a.png) ![Five](a.png)"

    found = barriers(docx(f"{row}\n{row}\n", files={"a.png": PICTURE}).data)

    assert not any("blanks" in line for line in found), found
