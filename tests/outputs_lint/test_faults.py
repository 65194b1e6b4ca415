"""The lint finds each fault that it is there for."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from builder.outputs_lint import faults
from tests.support.office import docx

TEXT = """Text with a note[^1] and @tbl-a.

| A | B |
| --- | --- |
| x | y |

: A table {#tbl-a}

[^1]: A note.
"""
FAULTS: dict[str, tuple[str, Callable[[str], str]]] = {
    "bookmarks are called": (
        "word/document.xml",
        lambda xml: xml.replace(
            "<w:body>",
            '<w:body><w:p><w:bookmarkStart w:id="900" w:name="_Ref_tbl_a"/>'
            '<w:bookmarkEnd w:id="900"/></w:p>',
        ),
    ),
    "no paragraph style has the id 'Nowhere'": (
        "word/document.xml",
        lambda xml: xml.replace('<w:pStyle w:val="BodyText"/>', '<w:pStyle w:val="Nowhere"/>'),
    ),
    "never end": (
        "word/document.xml",
        lambda xml: xml.replace('<w:fldChar w:fldCharType="end"/>', "", 1),
    ),
    "the grid 2": (
        "word/document.xml",
        lambda xml: xml.replace("</w:tc></w:tr>", "</w:tc><w:tc><w:p/></w:tc></w:tr>", 1),
    ),
    "does not end by a paragraph": (
        "word/document.xml",
        lambda xml: xml.replace("</w:tc>", "<w:tbl/></w:tc>", 1),
    ),
    "drawings have the id": (
        "word/document.xml",
        lambda xml: xml.replace('<wps:cNvPr id="2"', '<wps:cNvPr id="1"', 1),
    ),
    "a drawing's cx is 'wide', which is no size": (
        "word/document.xml",
        lambda xml: re.sub(
            r'(<mc:AlternateContent.*?<wp:extent cx=")\d+', r"\1wide", xml, count=1, flags=re.DOTALL
        ),
    ),
    "a drawing's cy is '-1', which is no size": (
        "word/document.xml",
        lambda xml: re.sub(r'(<a:ext cx="\d+" cy=")\d+', r"\1-1", xml, count=1),
    ),
    "note 1 is there 0 times": (
        "word/footnotes.xml",
        lambda xml: xml.replace('<w:footnote w:id="1"', '<w:footnote w:id="7"'),
    ),
    "shows 'Table\\xa07', not 'Table\\xa01'": (
        "word/document.xml",
        lambda xml: re.sub(
            r"( REF _Ref_tbl_a .*?<w:t[^>]*>)Table\u00a01", "\\1Table\u00a07", xml, flags=re.DOTALL
        ),
    ),
    "'SEQ Table \\\\* ARABIC' shows '3', not '1'": (
        "word/document.xml",
        lambda xml: re.sub(r"( SEQ Table .*?<w:t>)1", r"\g<1>3", xml, flags=re.DOTALL),
    ),
    r"'SEQ Table \\* ARABIC \\r 4' shows '1', not '4'": (
        "word/document.xml",
        lambda xml: xml.replace(r" SEQ Table \* ARABIC ", r" SEQ Table \* ARABIC \r 4 "),
    ),
    r"'SEQ Table \\* ARABIC \\r' shows '3', not '1'": (
        "word/document.xml",
        lambda xml: re.sub(
            r"( SEQ Table \\\* ARABIC )(.*?<w:t>)1", r"\1\\r \g<2>3", xml, flags=re.DOTALL
        ),
    ),
    "is no relationship": (
        "word/_rels/document.xml.rels",
        lambda xml: xml.replace('Id="rId2"', 'Id="rId200"'),
    ),
}


def changed(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    source, made = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                new = change(content.decode()).encode()
                assert new != content, f"nothing was changed in {part}"
                content = new
            target.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_put_in_on_purpose_is_found(fault: str) -> None:
    part, change = FAULTS[fault]

    found = faults(changed(docx(TEXT).data, part, change))

    assert any(fault in line for line in found), found


def test_a_sound_document_has_none() -> None:
    assert faults(docx(TEXT).data) == []
