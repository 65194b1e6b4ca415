"""Fields: what Word counts anew stands there already, and is right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from builder.diagnostics import Diagnostics
from builder.document.nodes import Metadata
from builder.outputs_lint.package import open_package
from builder.outputs_lint.word_fields import stale
from builder.passes.editions import for_format
from builder.writers.word.furniture import lower_roman
from tests.support.built import SHIPPED, TORTURE, built
from tests.support.office import Docx, docx, fields, write
from tests.support.reading import read

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
    instruction = document.find("//w:r[w:instrText[contains(., 'NOTEREF')]]/w:rPr/w:vertAlign")
    assert [raised.get(_w("val")) for raised in instruction] == ["superscript"]
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


def shown_in_word(text: str) -> Docx:
    """Write what Word shows of a text; fails where a field is not what Word would make of it."""
    document = for_format(read(text, files={"a.png": png()}), "docx")
    made = write(document, Diagnostics(), {"a.png": png()})
    assert list(stale(open_package(made.data))) == []
    return made


TABLE = "| A | B |\n| --- | --- |\n| x | y |\n\n: {title}\n\n"
FIGURE = "![{title}](a.png)\n\n"


def only(condition: str, content: str) -> str:
    return f"::: {{.{condition}}}\n{content}:::\n\n"


@pytest.mark.parametrize(("kind", "source"), [("Table", TABLE), ("Figure", FIGURE)])
def test_a_number_behind_a_hidden_one_sets_the_counter_and_the_next_follow(
    kind: str, source: str
) -> None:
    hidden = only("content-visible when-format=pdf", source.format(title="Hidden"))
    shown = [source.format(title=title) for title in ("First", "Third", "Fourth")]

    data = shown_in_word("".join([shown[0], hidden, *shown[1:]])).data

    sequences = [f for f in fields(data) if f.words[0] == "SEQ"]
    assert [(f.instruction, f.result) for f in sequences] == [
        (rf"SEQ {kind} \* ARABIC", "1"),
        (rf"SEQ {kind} \* ARABIC \r 3", "3"),
        (rf"SEQ {kind} \* ARABIC", "4"),
    ]


@pytest.mark.parametrize(
    "condition", ["content-visible when-format=docx", "content-hidden when-format=pdf"]
)
def test_what_word_alone_shows_is_counted_on(condition: str) -> None:
    own = only(condition, TABLE.format(title="Own"))

    data = shown_in_word(own + TABLE.format(title="All") + FIGURE.format(title="A figure")).data

    assert result(data, r"SEQ Table \* ARABIC") == ["1", "2"]
    assert result(data, r"SEQ Figure \* ARABIC") == ["1"]


def test_a_table_in_a_note_sets_its_number_as_word_counts_in_notes_apart() -> None:
    inner = "    " + TABLE.format(title="In the note").strip().replace("\n", "\n    ")

    data = shown_in_word(TABLE.format(title="A") + f"Text.[^1]\n\n[^1]: Note.\n\n{inner}\n").data

    sequences = [(f.part, f.instruction) for f in fields(data) if f.words[0] == "SEQ"]
    assert sequences == [
        ("word/document.xml", r"SEQ Table \* ARABIC"),
        ("word/footnotes.xml", r"SEQ Table \* ARABIC \r 2"),
    ]


def test_a_reference_to_a_table_behind_a_hidden_one_says_its_number() -> None:
    hidden = only("content-visible when-format=pdf", TABLE.format(title="Hidden"))

    data = shown_in_word(hidden + TABLE.format(title="Shown {#tbl-b}") + "See @tbl-b.").data

    (shown,) = [f.result for f in fields(data) if f.words[0] == "REF"]
    assert shown == "Table\u00a02"


def test_a_hidden_note_is_not_counted() -> None:
    hidden = only("content-visible when-format=pdf", "Hidden.[^1]\n")

    text = hidden + "One.[^2] Two.[^3] One again.[^2]\n\n[^1]: A.\n\n[^2]: B.\n\n[^3]: C.\n"
    document = shown_in_word(text)

    calls = [call.get(_w("id")) for call in document.find("//w:footnoteReference")]
    assert calls == ["1", "2"]
    assert [f.result for f in fields(document.data) if f.words[0] == "NOTEREF"] == ["1"]


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
