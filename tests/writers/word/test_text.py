"""Running text in Word: styles, notes, lists, languages, references."""

from __future__ import annotations

import pytest
from lxml import etree

from builder.document.nodes import Metadata
from builder.theme.fonts import FontBook
from builder.units import Length
from tests.support.office import NAMES, docx, words
from tests.support.paper import strand
from tests.support.xml import elements, texts, value

VAL = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val"


def test_text_and_headings_have_word_s_own_styles() -> None:
    made = docx("Running text.\n\n## A heading\n\n### Deeper\n\n> Quoted words.\n")

    assert made.texts("BodyText") == ["Running text."]
    assert made.texts("Heading1") == ["A section"]
    assert made.texts("Heading2") == ["A heading"]
    assert made.texts("Heading3") == ["Deeper"]
    assert made.texts("BlockText") == ["Quoted words."]
    (name,) = made.find("//w:style[@w:styleId='Heading1']/w:name", "word/styles.xml")
    assert name.get(VAL) == "heading 1"


def test_a_footnote_is_word_s_own_and_its_links_are_the_notes_part_s() -> None:
    made = docx("Text.[^1]\n\n[^1]: See <https://example.org/x>.\n")

    assert len(made.find("//w:footnoteReference[@w:id='1']")) == 1
    assert (
        made.texts("FootnoteText", "word/footnotes.xml")[-1] == "\u2002See https://example.org/x."
    )
    relations = made.part("word/_rels/footnotes.xml.rels")
    assert [relation.get("Target") for relation in relations] == ["https://example.org/x"]


def test_two_ordered_lists_count_for_themselves() -> None:
    made = docx("1. one\n2. two\n\nBetween.\n\n3. three\n4. four\n")

    numbers = [n.get(VAL) for n in made.find("//w:p[w:pPr/w:pStyle/@w:val='ListNumber']//w:numId")]
    assert len(set(numbers)) == 2
    starts = made.find("//w:num/w:lvlOverride/w:startOverride", "word/numbering.xml")
    assert [start.get(VAL) for start in starts] == ["1", "3"]


def test_a_nested_list_stands_one_level_deeper() -> None:
    made = docx("- outer\n    - inner\n")

    levels = [
        level.get(VAL)
        for level in made.find("//w:p[w:pPr/w:pStyle/@w:val='ListBullet']//w:numPr/w:ilvl")
    ]
    assert levels == ["0", "1"]


def test_words_in_another_language_carry_it() -> None:
    made = docx("A [Отчёт]{lang=ru} here.\n")

    (run,) = made.find("//w:r[w:rPr/w:lang/@w:val='ru-RU']")
    assert words(run) == "Отчёт"


def test_hebrew_words_run_from_right_to_left_in_a_font_that_has_them() -> None:
    made = docx("The paper [הארץ]{lang=he} said so.\n")

    (run,) = made.find("//w:r[w:rPr/w:rtl]")
    assert words(run) == "הארץ"
    (font,) = texts(run, "w:rPr/w:rFonts/@w:cs", NAMES)
    assert "Hebrew" in font
    assert texts(run, "w:rPr/w:lang/@w:bidi", NAMES) == ["he-IL"]


def test_an_italic_word_with_a_letter_that_the_italics_lack_is_set_upright() -> None:
    made = docx("In *Azərbaycan* then.\n")

    (run,) = [r for r in made.find("//w:r") if words(r).startswith("Az")]
    assert not elements(run, "w:rPr/w:i", NAMES)


def test_a_cross_reference_is_a_field_with_its_result() -> None:
    table = "| A | B |\n| --- | --- |\n| 1 | 2 |\n\n: The finding {#tbl-x}\n"
    made = docx(f"See @tbl-x.\n\n{table}")

    (paragraph,) = made.find("//w:p[w:pPr/w:pStyle/@w:val='BodyText']")
    assert words(paragraph) == "See Table\u00a01."
    (instruction,) = [i.text or "" for i in made.find("//w:p//w:instrText[contains(., ' REF ')]")]
    name = instruction.split()[1]
    assert made.find(f"//w:bookmarkStart[@w:name='{name}']")


def test_every_block_has_a_hidden_bookmark() -> None:
    made = docx("One.\n\nTwo.\n")

    (first, second) = made.find("//w:p[w:pPr/w:pStyle/@w:val='BodyText']/w:bookmarkStart")
    names = {value(mark, VAL.replace("val", "name")) for mark in (first, second)}
    assert len(names) == 2
    assert all(name.startswith("_b") for name in names)


def test_a_page_break_goes_to_the_paragraph_behind_it() -> None:
    made = docx("One.\n\n{{< pagebreak >}}\n\nTwo.\n")

    (paragraph,) = made.find("//w:p[w:pPr/w:pageBreakBefore]")
    assert words(paragraph) == "Two."


def test_a_captioned_table_in_a_callout_leaves_every_bookmark_whole() -> None:
    made = docx("::: {.callout-note}\n| a | b |\n|---|---|\n| c | d |\n\n: A finding\n:::\n")

    number = VAL.replace("val", "id")
    starts = [str(mark.get(number)) for mark in made.find("//w:bookmarkStart")]
    ends = [str(mark.get(number)) for mark in made.find("//w:bookmarkEnd")]
    assert sorted(starts) == sorted(ends) != []


HEBREW = """::: {lang=he}
פסקה בעברית

- פריט

| פריט | כמות |
| --- | ---: |
| סירה | 12 |

: ספינות {source="משרד"}

::: {.callout-note title="שימו לב"}
בתיבה
:::
:::
"""


def indents(paragraph: etree._Element) -> dict[str, int]:
    """Give what a paragraph's own indents are, in millimetres."""
    (element,) = elements(paragraph, "w:pPr/w:ind", NAMES)
    told = {str(k).rpartition("}")[2]: round(int(v) / 56.7) for k, v in element.attrib.items()}
    return {"left": 0, "right": 0} | told


def test_a_hebrew_paragraph_keeps_to_the_column_of_an_english_document() -> None:
    made = docx(f"In English.\n\n{HEBREW}")

    said = {words(p): p for p in made.find("//w:body/w:p[w:pPr/w:bidi]")}
    # What is called left is where the paragraph begins: at the right.
    assert indents(said["פסקה בעברית"]) == {"left": 0, "right": 50}
    assert indents(said["פריט"]) == {"left": 5, "right": 50, "hanging": 5}
    plain = made.find("//w:r[w:t and not(w:rPr/w:rtl)]")
    assert not [words(run) for run in plain if any("א" <= c <= "ת" for c in words(run))]
    (english,) = [p for p in made.find("//w:p") if words(p) == "In English."]
    assert elements(english, "w:pPr/w:ind", NAMES) == []


def test_bold_and_italic_hebrew_have_the_switches_of_complex_scripts() -> None:
    made = docx("[**מודגש**]{lang=he}\n")

    (run,) = made.find("//w:r[w:rPr/w:rtl]")
    assert elements(run, "w:rPr/w:bCs", NAMES)


def test_tables_from_right_to_left_span_the_block_and_turn_their_columns() -> None:
    for table in docx(HEBREW).find("//w:tbl"):
        assert elements(table, "w:tblPr/w:bidiVisual", NAMES)
        assert texts(table, "w:tblPr/w:tblInd/@w:w", NAMES) == ["0"]
        (width,) = texts(table, "w:tblPr/w:tblW/@w:w", NAMES)
        assert round(int(width) / 56.7) == 170


def test_a_hebrew_document_has_its_side_column_at_the_right() -> None:
    meta = Metadata("x", "כותרת", language="he")
    made = docx("---\ntitle: סעיף\nkey-points: [נקודה]\n---\nטקסט.\n", meta=meta)

    (frame, *_) = made.find("//w:framePr")
    assert frame.get(VAL.replace("val", "xAlign")) == "right"
    (body,) = [p for p in made.find("//w:p") if words(p) == "טקסט."]
    assert elements(body, "w:pPr/w:bidi", NAMES)
    assert elements(body, "w:pPr/w:ind", NAMES) == []


@pytest.mark.parametrize(("language", "left"), [("en", 20.0), ("he", 210 - 20 - 4.2)])
def test_the_mark_on_the_cover_stands_where_its_line_begins(language: str, left: float) -> None:
    made = docx("---\ntitle: x\n---\nx\n", meta=Metadata("x", "y", language=language))

    cover = made.find("//wp:anchor")[0]
    edge = int(Length.from_mm(4.2))
    (place,) = elements(cover, f".//a:xfrm[a:ext/@cx='{edge}' and a:ext/@cy='{edge}']/a:off", NAMES)
    assert round(Length(int(place.get("x") or 0)).mm, 1) == round(left, 1)


def test_an_english_paragraph_keeps_to_the_column_of_a_hebrew_document() -> None:
    meta = Metadata("x", "כותרת", language="he")
    made = docx("---\ntitle: סעיף\n---\n::: {lang=en}\nIn English.\n:::\n", meta=meta)

    (paragraph,) = [p for p in made.find("//w:p") if words(p) == "In English."]
    assert indents(paragraph) == {"left": 0, "right": 50}


def test_the_last_item_of_a_nested_list_keeps_a_paragraph_s_distance() -> None:
    made = docx("- outer\n    - inner\n\nBehind.\n")

    (inner,) = [p for p in made.find("//w:p") if words(p) == "inner"]
    assert texts(inner, "w:pPr/w:spacing/@w:after", NAMES) == ["150"]


def test_a_word_does_not_stand_alone_on_a_title_s_last_line() -> None:
    title = "A heading that is just so long that its very last word is alone"
    made = docx(f"---\ntitle: {title}\n---\nText.\n")

    (heading,) = made.texts("Heading1")
    assert heading in (title, title.replace("is alone", "is\u00a0alone"))
    book, style = FontBook(strand()), strand().styles["h1_inline"]
    lines = book.lines(heading, style, Length.from_mm(120))
    assert len(lines) > 1
    assert len(lines[-1].replace("\u00a0", " ").split()) > 1
