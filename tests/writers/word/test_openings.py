"""How a document's parts open: the imprint, the contents, long sections and short ones."""

from __future__ import annotations

from functools import cache

from builder.theme.fonts import FontBook
from builder.units import Length
from builder.writers.display import ends_alone
from tests.support.built import SHIPPED, built
from tests.support.office import Docx, docx, fields, words
from tests.support.paper import strand

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PLAIN = "---\ntitle: {0}\nid: {0}\nstandfirst: What it says.\n---\n"
LINES = "\n\n".join("Words of a paragraph " * 40 for _ in range(12))


@cache
def long_one() -> Docx:
    return docx(PLAIN.format("Long") + "\n\n".join([LINES] * 3))


@cache
def shipped() -> Docx:
    return Docx(built(SHIPPED, "docx").data)


def test_a_long_section_opens_with_a_band_of_title_and_standfirst() -> None:
    made = long_one()
    assert made.texts("Heading1Opener") == ["Long"]
    assert made.texts("StandfirstOpener") == ["What it says."]
    assert made.texts("Rule") == [""]  # that of the contents
    for style in ("Heading1Opener", "StandfirstOpener"):
        (ground,) = made.find(f"//w:style[@w:styleId='{style}']/w:pPr/w:shd", "word/styles.xml")
        assert ground.get(f"{W}themeFill")


def test_the_header_of_a_band_s_section_finds_its_title() -> None:
    found = [f for f in fields(long_one().data) if f.instruction.startswith("STYLEREF")]
    assert {(f.instruction, f.result) for f in found} == {
        ('STYLEREF "Heading 1 Opener"', "Long"),
        ('STYLEREF "Heading 1 Opener" \\n', "1"),
    }


def test_the_contents_list_what_opens_with_a_band() -> None:
    assert [text for text in long_one().texts("TOC1") if "Long" in text]


def test_a_short_section_has_no_band() -> None:
    made = docx(PLAIN.format("Short") + "A few words.\n")
    assert made.texts("Heading1") == ["Short"]
    assert made.texts("Heading1Opener") == []


def test_a_section_of_pages_that_are_mostly_empty_has_no_band() -> None:
    made = docx(PLAIN.format("Empty") + "A few words.\n\n{{< pagebreak >}}\n\n" * 4 + "And more.\n")
    assert int(next(f.result for f in fields(made.data) if f.words[0] == "NUMPAGES")) > 6
    assert made.texts("Heading1") == ["Empty"]


def test_short_sections_run_on_where_pages_are_nearly_empty() -> None:
    made = shipped()
    running = made.find("//w:p[w:pPr/w:pStyle/@w:val='Rule'][w:pPr/w:spacing/@w:before='600']")
    behind = [rule.getprevious() for rule in running]
    assert len(running) >= 1
    # The page that both share begins farther up: what stands before the rule does not end one.
    assert all(one is not None and one.find(f"{W}pPr/{W}sectPr") is None for one in behind)


def test_each_section_has_a_header_of_its_own_which_begins_on_the_page_of_its_title() -> None:
    made = shipped()
    titles = made.texts("Heading1") + made.texts("Heading1Opener")
    # Cover, imprint, contents and back cover have a page setup, too.
    assert len(made.find("//w:sectPr")) == len(titles) + 4
    for setup in made.find("//w:sectPr/w:type"):
        assert setup.get(f"{W}val") == "nextPage"


def test_no_section_runs_on_behind_at_a_glance_or_a_full_page() -> None:
    rules = shipped().find("//w:p[w:pPr/w:pStyle/@w:val='Rule']")
    following = [(rule.getnext(), rule) for rule in rules]
    titled = [(words(title), rule) for title, rule in following if title is not None]
    first = next(rule for title, rule in titled if title == "Two states, shared worries")
    assert first.find(f"{W}pPr/{W}spacing") is None


def test_the_lines_of_a_section_in_the_contents_keep_together() -> None:
    lines = shipped().find("//w:p[w:pPr/w:pStyle[@w:val='TOC2' or @w:val='TOC3']]")
    kept = [line.find(f"{W}pPr/{W}keepNext") is not None for line in lines]
    last = []
    for line in lines:
        following = line.getnext()
        style = None if following is None else following.find(f"{W}pPr/{W}pStyle")
        last.append(style is None or style.get(f"{W}val") not in ("TOC2", "TOC3"))
    assert len(lines) > 20
    assert kept == [not at_end for at_end in last]


def test_the_imprint_stands_low_on_its_page() -> None:
    first = shipped().find("//w:p[w:r/w:rPr/w:rStyle/@w:val='EyebrowChar']")[0]
    spacing = first.find(f"{W}pPr/{W}spacing")
    assert spacing is not None
    assert int(spacing.get(f"{W}before") or 0) > 100 * 20


def test_the_rule_above_notes_is_as_wide_as_they_are_in_every_section() -> None:
    rules = shipped().find("//w:footnote[@w:type]", "word/footnotes.xml")
    assert [rule.get(f"{W}type") for rule in rules] == ["separator", "continuationSeparator"]
    for rule in rules:
        (paragraph,) = rule
        top = paragraph.find(f"{W}pPr/{W}pBdr/{W}top")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        assert top is not None
        assert top.get(f"{W}val") == "single"
        assert style is not None
        assert style.get(f"{W}val") == "FootnoteText"


def test_no_word_ends_alone_in_a_band() -> None:
    book, sheet = FontBook(strand()), strand().styles["standfirst"]
    bands = [text for text in shipped().texts("StandfirstOpener") if text]

    assert [text for text in bands if "\u00a0" in text] != []
    for text in bands:
        assert not ends_alone(book.lines(text, sheet, Length.from_mm(120)))
