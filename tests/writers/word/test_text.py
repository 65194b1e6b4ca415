"""Running text in Word: styles, notes, lists, languages, references."""

from __future__ import annotations

from tests.support.office import NAMES, docx, words
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
