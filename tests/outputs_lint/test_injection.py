"""24 faults put in on purpose: Microsoft's validator finds twelve, our lint the other twelve."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.outputs_lint import faults
from tests.outputs_lint.test_faults import changed
from tests.support.built import SHIPPED, built
from tests.support.judges import ooxml_errors

DOCUMENT, SETTINGS, CHART = "word/document.xml", "word/settings.xml", "word/charts/chart1.xml"
SLIDE, SHOW, LAYOUT = "ppt/slides/slide4.xml", "ppt/presentation.xml", "ppt/slideLayouts"
Change = Callable[[str], str]


def swap(old: str, new: str) -> Change:
    """Replace the first match of a pattern."""
    return lambda xml: re.sub(old, new, xml, count=1, flags=re.DOTALL)


FOR_THE_VALIDATOR: dict[str, tuple[str, str, Change]] = {
    "an unknown element": ("docx", DOCUMENT, swap("<w:body>", "<w:body><w:paragraph/>")),
    "properties behind their paragraph's words": (
        "docx",
        DOCUMENT,
        swap(r"(<w:p>)(<w:pPr>.*?</w:pPr>)(<w:r>.*?</w:r>)", r"\1\3\2"),
    ),
    "an alignment that does not exist": (
        "docx",
        DOCUMENT,
        swap(r"<w:spacing ", '<w:jc w:val="middle"/><w:spacing '),
    ),
    "a bookmark without a number": (
        "docx",
        DOCUMENT,
        swap(r'<w:bookmarkStart w:id="\d+"', "<w:bookmarkStart"),
    ),
    "a page size behind the margins": (
        "docx",
        DOCUMENT,
        swap(r"(<w:pgSz[^>]*/>)(<w:pgMar[^>]*/>)", r"\2\1"),
    ),
    "settings out of order": (
        "docx",
        SETTINGS,
        swap(r"(<w:zoom[^>]*/>)(.*?)(<w:defaultTabStop[^>]*/>)", r"\3\2\1"),
    ),
    "an axis with a negative number": (
        "docx",
        CHART,
        swap(r'<c:axId val="\d+"/>', '<c:axId val="-5"/>'),
    ),
    "a width that is no number": ("docx", DOCUMENT, swap(r'<w:pgSz w:w="\d+"', '<w:pgSz w:w="wide"')),
    "an unknown element on a slide": (
        "pptx",
        SLIDE,
        swap("</p:spTree>", "<p:shape/></p:spTree>"),
    ),
    "a shape without properties": ("pptx", SLIDE, swap(r"<p:spPr>.*?</p:spPr>|<p:spPr/>", "")),
    "a place that is no number": ("pptx", SLIDE, swap(r'<a:off x="-?\d+"', '<a:off x="left"')),
    "a slide list before the masters": (
        "pptx",
        SHOW,
        swap(r"(<p:sldMasterIdLst>.*?</p:sldMasterIdLst>)(.*?)(<p:sldIdLst>.*?</p:sldIdLst>)", r"\3\2\1"),
    ),
}  # fmt: skip

SAMPLE = (
    "properties behind their paragraph's words",
    "a bookmark without a number",
    "an axis with a negative number",
    "a slide list before the masters",
)
"""Faults before the validator in every run; the others are for make test-long."""

FOR_THE_LINT: dict[str, tuple[str, str, Change]] = {
    "a field that never ends": (
        "docx",
        DOCUMENT,
        swap('<w:fldChar w:fldCharType="end"/>', ""),
    ),
    "an empty cell": (
        "docx",
        DOCUMENT,
        swap(r"(<w:tc><w:tcPr>(?:(?!</w:tcPr>).)*</w:tcPr>).*?</w:tc>", r"\1</w:tc>"),
    ),
    "too few cells": (
        "docx",
        DOCUMENT,
        swap(r"</w:tc><w:tc>.*?</w:tc>(<w:tc>|</w:tr>)", r"</w:tc>\1"),
    ),
    "a grid of more columns than cells": (
        "docx",
        DOCUMENT,
        swap("</w:tblGrid>", '<w:gridCol w:w="100"/></w:tblGrid>'),
    ),
    "a style that does not exist": (
        "docx",
        DOCUMENT,
        swap('<w:pStyle w:val="BodyText"/>', '<w:pStyle w:val="Nowhere"/>'),
    ),
    "two bookmarks of one name": (
        "docx",
        DOCUMENT,
        lambda xml: re.sub(r'w:name="_b_\w+"', 'w:name="_b_twice"', xml, count=2),
    ),
    "a font that cannot be read": ("docx", "word/fonts/font1.odttf", lambda xml: "no font " + xml),
    "two shapes of one number": (
        "pptx",
        SLIDE,
        lambda xml: re.sub(r'<p:cNvPr id="\d+"', '<p:cNvPr id="7"', xml, count=3),
    ),
    "a layout with the master's number": (
        "pptx",
        "ppt/slideMasters/slideMaster1.xml",
        swap(r'<p:sldLayoutId id="\d+"', '<p:sldLayoutId id="2147483648"'),
    ),
    "a layout without its master": (
        "pptx",
        f"{LAYOUT}/_rels/slideLayout1.xml.rels",
        swap(r"<Relationship [^>]*slideMaster[^>]*/>", ""),
    ),
    "a section that names a missing slide": (
        "pptx",
        SHOW,
        swap(r'(<p14:sldId id=")\d+', r"\g<1>9999"),
    ),
    "a table style that does not exist": (
        "pptx",
        "",
        swap(r"<a:tableStyleId>[^<]*", "<a:tableStyleId>{00000000-0000-0000-0000-000000000000}"),
    ),
}


def broken(kind: str, part: str, change: Change) -> bytes:
    """Put a fault into a built file; without a part's name into the first that it changes."""
    data = built(SHIPPED, kind).data
    if part.endswith(".odttf"):
        return bytes_changed(data, part)
    if part:
        return changed(data, part, change)
    for number in range(1, 40):
        try:
            return changed(data, f"ppt/slides/slide{number}.xml", change)
        except AssertionError:
            continue
    raise AssertionError("no slide was changed")


def bytes_changed(data: bytes, part: str) -> bytes:
    import io
    import zipfile

    source, made = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, b"no font " + content if name == part else content)
    return made.getvalue()


@pytest.mark.parametrize("fault", FOR_THE_LINT)
def test_the_lint_finds(fault: str) -> None:
    assert faults(broken(*FOR_THE_LINT[fault]))


@pytest.mark.parametrize(
    "fault", [f if f in SAMPLE else pytest.param(f, marks=pytest.mark.long) for f in FOR_THE_VALIDATOR]
)  # fmt: skip
def test_the_validator_finds(fault: str, tmp_path: Path) -> None:
    kind, part, change = FOR_THE_VALIDATOR[fault]
    path = tmp_path / f"broken.{kind}"
    path.write_bytes(broken(kind, part, change))

    assert ooxml_errors([path])


@pytest.mark.parametrize("kind", ["docx", "pptx"])
def test_the_lint_finds_nothing_in_what_was_built(kind: str) -> None:
    assert faults(built(SHIPPED, kind).data) == []  # the validator: tests/contract/test_outputs.py


def test_there_are_24() -> None:
    assert len(FOR_THE_LINT) == len(FOR_THE_VALIDATOR) == 12
