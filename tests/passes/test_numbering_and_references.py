"""Numbers and what refers to them."""

from __future__ import annotations

from builder.document.nodes import Chart, CrossReference, Document, References, Section, Table
from builder.document.walk import captioned, every, plain
from builder.passes.editions import for_format
from tests.support.reading import findings, first, read

CSV = {"data/x.csv": "Year,Value\n2007,82.5\n2008,90\n"}
CHART = "::: {{#{label} .chart data=x.csv}}\n{title}\n:::\n\n"
TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n\n: {title} {{#{label}}}\n\n"


def numbers(document: Document) -> list[tuple[str, int]]:
    return [(block.caption.label, block.caption.number) for block in captioned(document.sections)]


def test_figures_and_tables_are_counted_apart() -> None:
    text = "".join(
        [
            CHART.format(label="fig-a", title="A"),
            TABLE.format(label="tbl-a", title="A"),
            CHART.format(label="fig-b", title="B"),
        ]
    )

    assert numbers(read(text, files=CSV)) == [("fig-a", 1), ("tbl-a", 1), ("fig-b", 2)]


def test_what_has_no_title_is_not_counted() -> None:
    document = read(
        "::: {.chart data=x.csv}\n:::\n\n" + CHART.format(label="fig-b", title="B"), files=CSV
    )

    assert numbers(document) == [("", 0), ("fig-b", 1)]


def test_what_stands_on_a_slide_of_its_own_is_not_counted() -> None:
    slide = f":::: {{.slide}}\n{TABLE.format(label='tbl-s', title='S')}::::\n\n"

    document = read(slide + TABLE.format(label="tbl-a", title="A"))

    assert numbers(document) == [("tbl-s", 0), ("tbl-a", 1)]


def test_numbers_agree_between_formats_that_show_different_things() -> None:
    hidden = f':::: {{.content-visible when-format="pdf"}}\n{TABLE.format(label="tbl-p", title="P")}::::\n\n'
    document = read(hidden + TABLE.format(label="tbl-a", title="A"))

    assert numbers(for_format(document, "pdf")) == [("tbl-p", 1), ("tbl-a", 2)]
    assert numbers(for_format(document, "pptx")) == [("tbl-a", 2)]


def test_slides_and_notes_reach_the_deck_alone() -> None:
    document = read("Text.\n\n::: {.slide}\n# S\n:::\n\n::: {.notes}\nSay.\n:::")

    assert plain(for_format(document, "docx").sections[0].blocks) == "Text."
    assert plain(for_format(document, "pptx").sections[0].blocks) == "Text. S Say."


def test_a_reference_to_a_heading_reads_as_its_words() -> None:
    document = read("## The costs {#sec-costs}\n\nSee @sec-costs.")

    assert first(document, CrossReference).shown == "The costs"


def test_references_come_behind_the_sections_where_works_are_cited() -> None:
    work = (
        '- {id: a, type: book, title: A Book, author: [{family: Ames, given: Ann}], issued: "2001"}'
    )

    document = read("x [@a]", references=work)

    assert [plain(s.title) for s in every(document, Section)] == ["A section", "References"]
    assert [entry.key for entry in first(document, References).entries] == ["a"]


def test_the_author_says_where_references_stand() -> None:
    work = (
        '- {id: a, type: book, title: A Book, author: [{family: Ames, given: Ann}], issued: "2001"}'
    )

    document = read("x [@a]\n\n::: {#refs}\n:::\n\nafter", references=work)

    assert len(document.sections) == 1
    assert len(first(document, References).entries) == 1


def test_a_link_to_a_label_that_does_not_exist_is_found() -> None:
    assert findings("## A {#sec-a}\n\n[x](#sec-b)") == [
        "6:1 error[xref-missing] no figure, table or section is labelled 'sec-b'"
    ]


def test_a_reference_to_something_without_a_title_is_found() -> None:
    text = "@fig-x\n\n::: {#fig-x .key-numbers}\n1\n: one\n:::"

    assert findings(text) == [
        "4:1 error[xref-missing] 'fig-x' has no caption, and so no number to refer to"
    ]


def test_alt_texts_are_made_of_title_and_content() -> None:
    document = read(
        CHART.format(label="fig-a", title="It rose") + TABLE.format(label="tbl-a", title="T"),
        files=CSV,
    )

    assert first(document, Chart).caption.alt == "It rose. 2007 82.5, 2008 90"
    assert first(document, Table).caption.alt == "T. a, b"
