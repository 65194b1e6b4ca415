"""Fields: what Word counts anew stands there already, and is right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from builder.document.nodes import Metadata
from builder.writers.word.furniture import lower_roman
from tests.support.built import SHIPPED, TORTURE, built
from tests.support.office import Docx, docx, fields

TEXT = """Text with a note.[^1] See @fig-a, @tbl-a and again.[^1]

## Second level

### Third level

![A picture](a.png){#fig-a}

| A | B |
| --- | --- |
| x | y |

: A table {#tbl-a}

[^1]: A note.
"""


def png() -> bytes:
    from tests.theme.brands import PICTURE

    return PICTURE


def made() -> Docx:
    return docx(TEXT, files={"a.png": png()})


def result(data: bytes, instruction: str) -> list[str]:
    return [f.result for f in fields(data) if f.instruction == instruction]


def test_a_second_call_of_a_note_refers_to_the_first() -> None:
    document = made()

    (call,) = document.find("//w:footnoteReference")
    (second,) = [f for f in fields(document.data) if f.instruction.startswith("NOTEREF")]
    name = second.instruction.split()[1]
    assert len(document.find(f"//w:bookmarkStart[@w:name='{name}']")) == 1
    assert second.result == "1"
    holder = call.getparent()
    assert holder is not None
    assert holder.getprevious().get(_w("name")) == name  # type: ignore[union-attr]  # it is there
    assert len(document.find("//w:footnote[not(@w:type)]", "word/footnotes.xml")) == 1


def test_the_contents_go_to_the_third_level() -> None:
    document = made()

    assert any(f.instruction.startswith(r'TOC \o "1-3"') for f in fields(document.data))
    assert [line.split("\t")[0] for line in document.texts("TOC3")] == ["Third level3"]


def test_captions_and_references_to_them_agree() -> None:
    data = made().data

    assert result(data, r"SEQ Figure \* ARABIC") == ["1"]
    (shown,) = [f.result for f in fields(data) if f.instruction.startswith("REF _Ref_fig_a ")]
    assert shown == "Figure\u00a01"


def test_folios_say_the_page_and_how_many_there_are() -> None:
    document = docx("Text.", meta=Metadata(name="brief", title="A brief", series="Series"))

    folios = result(document.data, "PAGE")
    totals = set(result(document.data, r"NUMPAGES \* Arabic"))
    assert folios == ["ii", "3"]
    assert totals == {"4"}
    formats = [e.get(_w("fmt")) for e in document.find("//w:pgNumType")]
    assert formats == ["lowerRoman", "lowerRoman", "decimal", "decimal"]


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


@pytest.mark.parametrize("project", [SHIPPED, TORTURE], ids=["shipped", "torture"])
def test_no_field_is_without_its_result_and_none_asks_to_be_counted(project: Path) -> None:
    artifact = built(project, "docx")
    document = Docx(artifact.data)

    found = fields(artifact.data)
    assert found
    assert [f for f in found if not f.result.strip()] == []
    assert not document.find("//w:updateFields", "word/settings.xml")
    assert not document.find("//*[@w:dirty]")
    kinds = {f.instruction.split()[0] for f in found}
    assert kinds >= {"TOC", "PAGEREF", "SEQ", "REF", "STYLEREF", "PAGE", "NUMPAGES"}
    assert kinds <= {"TOC", "PAGEREF", "SEQ", "REF", "STYLEREF", "PAGE", "NUMPAGES", "NOTEREF"}


def test_cached_results_are_what_they_lead_to() -> None:
    artifact = built(SHIPPED, "docx")
    document = Docx(artifact.data)
    text = {b.get(_w("name")): b for b in document.find("//w:bookmarkStart")}

    for field in fields(artifact.data):
        match field.instruction.split():
            case ["REF", name, r"\h", *_]:
                assert _bookmarked(text[name]) == field.result
            case ["PAGEREF", name, _]:
                assert name in text
                assert 1 <= int(field.result) <= artifact.pages
            case _:
                pass


def _bookmarked(start: object) -> str:
    """Give the words between a bookmark's start and its end."""
    from lxml import etree

    assert isinstance(start, etree._Element)
    made, element = "", start.getnext()
    while element is not None and not (
        element.tag == _w("bookmarkEnd") and element.get(_w("id")) == start.get(_w("id"))
    ):
        made += "".join(t.text or "" for t in element.iter(_w("t")))
        element = element.getnext()
    return made


def test_numbers_are_written_the_roman_way() -> None:
    assert [lower_roman(n) for n in (1, 4, 9, 14, 40, 1994)] == [
        "i", "iv", "ix", "xiv", "xl", "mcmxciv",
    ]  # fmt: skip


def test_sequences_run_without_a_gap() -> None:
    for kind in ("Figure", "Table"):
        counted = result(built(SHIPPED, "docx").data, rf"SEQ {kind} \* ARABIC")
        assert counted == [str(n + 1) for n in range(len(counted))]
        assert re.fullmatch(r"\d+", counted[0])
