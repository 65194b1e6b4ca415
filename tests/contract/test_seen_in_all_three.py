"""What an editor changes in one place is changed in the report, the Word document and the deck."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import etree

from builder.build import prepare, write_format
from builder.diagnostics import Code, Diagnostics
from builder.job import Job
from tests.contract.test_broken_projects import GOOD, make
from tests.support.outputs import office_words, part_names, pdf_words, xml_part

ROOT = Path(__file__).parents[2]
FORMATS = ("pdf", "docx", "pptx")


def made(folder: Path, files: Mapping[str, str | bytes]) -> dict[str, bytes]:
    """Build a project in all formats; fails if anything was found fault with."""
    log = Diagnostics()
    prepared = prepare(Job(make(folder / "p", {**GOOD, **files})), log)
    data = {name: write_format(name, prepared, log).data for name in FORMATS}
    assert [str(d) for d in log if d.code is not Code.CITATION_UNUSED] == []
    return data


def words_of(data: Mapping[str, bytes]) -> dict[str, str]:
    """Give the words of each format."""
    read = {"pdf": pdf_words, "docx": office_words, "pptx": office_words}
    return {name: read[name](data[name]) for name in FORMATS}


def settings(**more: str) -> dict[str, str | bytes]:
    lines = "".join(f"{key}: {value}\n" for key, value in more.items())
    return {"briefing.yml": str(GOOD["briefing.yml"]) + lines}


def test_the_readmes_tour_names_what_all_three_show(tmp_path: Path) -> None:
    named = re.search(r"`(content/\S+/sections/\S+\.md)`", (ROOT / "README.md").read_text())
    assert named is not None
    source = (ROOT / named[1]).read_text(encoding="utf-8").split("\n---\n")[0]
    points = re.findall(r"^  - (.+)$", source, re.MULTILINE)
    assert points, "the tour sends the editor to the key points"
    section = f"---\ntitle: One\nkey-points:\n  - {points[0]} and quetzals\n---\nText.\n"

    shown = words_of(made(tmp_path, {"sections/01-one.md": section}))

    assert [name for name in FORMATS if "and quetzals" in shown[name]] == list(FORMATS)


@pytest.mark.parametrize(("language", "date"), [("en", "2 January 2026"), ("de", "2. Januar 2026")])
def test_authors_and_date_stand_on_every_cover(language: str, date: str, tmp_path: Path) -> None:
    given = settings(language=language, authors="[Ann Example, Tom Sample]")

    shown = words_of(made(tmp_path, given))

    for name in FORMATS:
        assert "Ann Example, Tom Sample" in shown[name], name
        assert date in shown[name], name


LISTS = "1. one\n2. two\n\na) three\nb) four\n\n(i) five\n(ii) six\n"


def test_numbers_keep_style_and_delimiter(tmp_path: Path) -> None:
    text = f"---\ntitle: One\n---\n{LISTS}\n::: {{.slide}}\n# Lists\n\n{LISTS}:::\n"

    data = made(tmp_path, {"sections/01-one.md": text})

    assert "1. 2. a) b) (i) (ii)" in pdf_words(data["pdf"])
    numbers = etree.tostring(xml_part(data["docx"], "word/numbering.xml")).decode()
    assert {'w:val="%1."', 'w:val="%1)"', 'w:val="(%1)"'} <= set(
        re.findall(r'w:val="[^"]+"', numbers)
    )
    slides = [n for n in part_names(data["pptx"]) if n.startswith("ppt/slides/slide")]
    xml = b"".join(etree.tostring(xml_part(data["pptx"], name)) for name in slides).decode()
    kinds = re.findall(r'<a:buAutoNum type="(\w+)"', xml)
    assert list(dict.fromkeys(kinds)) == ["arabicPeriod", "alphaLcParenR", "romanLcParenBoth"]
