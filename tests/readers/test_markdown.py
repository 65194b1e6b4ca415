"""The dialect: what authors type, and the tree that it becomes."""

from __future__ import annotations

import pytest

from builder.document.nodes import (
    BulletList,
    Callout,
    Chart,
    Cite,
    CodeBlock,
    Columns,
    Comparison,
    Conditional,
    CrossReference,
    DefinitionList,
    Diagram,
    Emphasis,
    Figure,
    Group,
    Heading,
    KeyNumbers,
    KeyPoints,
    LineBreak,
    Link,
    Note,
    OrderedList,
    PageBreak,
    Paragraph,
    PullQuote,
    Quotation,
    RowKind,
    Rule,
    Script,
    Slide,
    SpeakerNotes,
    Strikeout,
    Strong,
    Table,
    Timeline,
    Words,
)
from builder.document.walk import every, plain
from tests.support.reading import findings, first, read, read_with_findings

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99"
    b"=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)
IMAGE = {"images/map.png": PNG}


def test_emphasis_of_every_kind() -> None:
    document = read("*a* **b** ~~c~~ x^2^ H~2~O `d`")

    assert plain(first(document, Emphasis)) == "a"
    assert plain(first(document, Strong)) == "b"
    assert plain(first(document, Strikeout)) == "c"
    assert [(s.kind, plain(s)) for s in every(document, Script)] == [("super", "2"), ("sub", "2")]


def test_a_heading_carries_its_label_and_whether_it_counts() -> None:
    heading = first(read("## Costs {#sec-costs .unnumbered}"), Heading)

    assert (heading.level, heading.label, heading.numbered) == (2, "sec-costs", False)
    assert plain(heading.content) == "Costs"


def test_line_breaks_are_hard_only_where_the_author_says_so() -> None:
    document = read("one\ntwo\\\nthree  \nfour")

    assert len(list(every(document, LineBreak))) == 2
    assert plain(first(document, Paragraph)) == "one two three four"


def test_lettered_and_roman_lists_keep_their_style_and_start() -> None:
    document = read("b. one\nc. two\n\ntext\n\niv) one\nv) two\n\ntext\n\n(A) x\n(B) y")

    lists = [(x.style, x.start, len(x.items)) for x in every(document, OrderedList)]
    assert lists == [("lower-alpha", 2, 2), ("lower-roman", 4, 2), ("upper-alpha", 1, 2)]


def listed(text: str) -> list[tuple[str, int, str, int]]:
    """Give the lists as style, start, delimiter and how many items."""
    found = every(read(text), OrderedList)
    return [(x.style, x.start, x.delimiter, len(x.items)) for x in found]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_another_style_or_delimiter_begins_another_list(gap: str) -> None:
    assert listed(gap.join(["1. x", "2. x", "a. x", "b. x", "i. x", "ii. x", "3) x", "(c) x"])) == [
        ("decimal", 1, ".", 2),
        ("lower-alpha", 1, ".", 2),
        ("lower-roman", 1, ".", 2),
        ("decimal", 3, ")", 1),
        ("lower-alpha", 3, "()", 1),
    ]


def test_letters_that_may_be_numerals_follow_the_item_before() -> None:
    assert listed("h. x\ni. x\nj. x") == [("lower-alpha", 8, ".", 3)]
    assert listed("iv. x\nv. x\nvi. x") == [("lower-roman", 4, ".", 3)]
    assert listed("a. x\n\ni. x\n\nii. x") == [
        ("lower-alpha", 1, ".", 1),
        ("lower-roman", 1, ".", 2),
    ]


def test_nested_lists_leave_the_outer_one_whole() -> None:
    text = "1. x\n\n   a) y\n\n   b) y\n\n2. x\n\n   (i) z\n\n3. x\n"

    assert listed(text) == [
        ("decimal", 1, ".", 3),
        ("lower-alpha", 1, ")", 2),
        ("lower-roman", 1, "()", 1),
    ]


def test_a_list_that_interrupts_a_paragraph_is_parted_from_the_next() -> None:
    assert listed("Two things:\n1) x\n2) x\n\na) y") == [
        ("decimal", 1, ")", 2),
        ("lower-alpha", 1, ")", 1),
    ]


def test_numbers_in_running_text_stay_as_typed() -> None:
    text = "a. one\n\nIt was\n2010. A year) and 3) so on."

    assert plain(list(every(read(text), Paragraph))[-1]) == "It was 2010. A year) and 3) so on."


def test_a_name_with_an_initial_begins_no_list() -> None:
    assert plain(first(read("B. Russell wrote it."), Paragraph)) == "B. Russell wrote it."


def test_lists_nest_in_each_other() -> None:
    document = read("- a\n  1. b\n     - c\n- d")

    outer = first(document, BulletList)
    assert len(outer.items) == 2
    assert plain(first(outer.items[0], OrderedList)) == "b c"


def test_a_definition_list_has_terms_and_several_meanings() -> None:
    made = first(read("Term\n: one\n: two\n\nOther\n: three"), DefinitionList)

    assert [(plain(i.term), len(i.meanings)) for i in made.items] == [("Term", 2), ("Other", 1)]


def test_quotations_code_and_rules() -> None:
    document = read("> quoted\n\n```python\nx = 1\n```\n\n***\n")

    assert plain(first(document, Quotation)) == "quoted"
    assert first(document, CodeBlock) == CodeBlock("x = 1", "python")
    assert first(document, Rule) == Rule()


def test_a_footnote_holds_its_blocks_at_the_place_of_its_call() -> None:
    document = read("Text.[^a] More^[in *line*].\n\n[^a]: First\n    line.\n\n    Second.")

    notes = list(every(document, Note))
    assert [plain(n.blocks) for n in notes] == ["First line. Second.", "in line"]


def test_comments_are_dropped() -> None:
    assert plain(read("a <!-- no -->b\n\n<!-- a\n\nb -->\n\nc").sections[0].blocks) == "a b c"


def test_words_in_another_language_keep_it() -> None:
    words = first(read("[Отчёт]{lang=ru}"), Words)

    assert (words.lang, plain(words)) == ("ru", "Отчёт")


def test_links_to_the_web_and_to_labels() -> None:
    document = read("## A {#sec-a}\n\n[x](https://e.org/a) <https://e.org> [y](#sec-a)")

    assert [link.target for link in every(document, Link)] == [
        "https://e.org/a",
        "https://e.org",
        "#sec-a",
    ]


def test_a_link_elsewhere_stays_as_words_with_a_warning() -> None:
    document, log = read_with_findings("[read me](other.md)")

    assert plain(document.sections[0].blocks) == "read me"
    assert [d.code.value for d in log] == ["link-target"]


@pytest.mark.parametrize(
    "text",
    ["a [слово]{lang=ru} b", "[слово]{lang=ru}", "[a [b]{lang=tr}]{lang=ru}", "**a [b]{lang=ru}**"],
)
def test_a_span_may_stand_in_a_links_text(text: str) -> None:
    link = first(read(f"[{text}](https://e.org)"), Link)

    assert link.target == "https://e.org"
    assert "ru" in [words.lang for words in every(link, Words)]
    assert "[" not in plain(link)


@pytest.mark.parametrize(
    "text", ["a [b](https://f.org) c", "a [b [c](https://f.org)]{lang=ru}", "a[^1]", "a [@b]"]
)
def test_a_link_note_or_citation_within_a_link_is_told(text: str) -> None:
    document, log = read_with_findings(f"[{text}](https://e.org)\n\n[^1]: Note.")

    assert "](https://e.org)" in plain(document.sections[0].blocks)
    assert any("'](https://e.org)' ends no link" in d.message for d in log)


def test_brackets_that_are_meant_as_text_are_no_failed_link() -> None:
    assert plain(read(r"Write \[a\](https://e.org) so.").sections[0].blocks).count("](https") == 1


REFERENCES = """
- {id: a, type: book, title: A Book, author: [{family: Ames, given: Ann}], issued: "2001"}
- {id: b, type: book, title: B Book, author: [{family: Bell, given: Bob}], issued: "2002"}
"""


def test_citations_keep_prefix_locator_suffix_and_author() -> None:
    document = read(
        "x [see @a, pp. 3-5; -@b, ch. 2 and more] and @a [p. 4].", references=REFERENCES
    )

    first_cite, second = every(document, Cite)
    a, b = first_cite.citations
    assert (a.key, a.prefix, a.locator, a.suppress_author) == ("a", "see", "pp. 3-5", False)
    assert (b.key, b.locator, b.suffix, b.suppress_author) == ("b", "ch. 2", "and more", True)
    assert second.in_text and second.citations[0].locator == "p. 4"


def test_an_address_is_no_citation() -> None:
    assert list(every(read("Write to desk@example.org."), Cite)) == []


def test_a_page_break_and_a_variable() -> None:
    document = read("{{< var a.b >}}\n\n{{< pagebreak >}}", variables={"a.b": "12"})

    assert plain(document.sections[0].blocks) == "12"
    assert first(document, PageBreak) == PageBreak()


def test_a_table_has_a_caption_with_attributes_and_rows_of_three_kinds() -> None:
    table = first(
        read(
            "| Item | Value |\n|:--|--:|\n| Land ||\n| a | 1,5 |\n| **All** | 3 |\n\n"
            ': Costs fell {#tbl-costs subtitle="USD" source="Us" widths="30,70" total=true deck=false}'
        ),
        Table,
    )

    assert [row.kind for row in table.rows] == [RowKind.GROUP, RowKind.BODY, RowKind.TOTAL]
    assert [c.align for c in table.columns] == ["left", "right"]
    assert [c.share for c in table.columns] == [0.3, 0.7]
    assert plain(table.caption.title) == "Costs fell"
    assert (table.caption.label, table.caption.number, table.in_deck) == ("tbl-costs", 1, False)


def test_pipes_inside_code_or_behind_a_backslash_split_no_cell() -> None:
    table = first(read("| a | b |\n|---|---|\n| `x|y` | p \\| q |"), Table)

    assert [plain(cell) for cell in table.rows[0].cells] == ["x|y", "p | q"]


def test_an_image_alone_is_a_figure_with_its_caption() -> None:
    figure = first(
        read(
            '![Where it *is*](images/map.png){#fig-map fig-alt="A map" width=60% source="Us"}',
            files=IMAGE,
        ),
        Figure,
    )

    assert plain(figure.caption.title) == "Where it is"
    assert (figure.caption.alt, figure.image.width, figure.image.size) == ("A map", "60%", (1, 1))


def test_the_brackets_serve_as_alt_text_where_there_is_no_other() -> None:
    figure = first(read("![A *map*](images/map.png)", files=IMAGE), Figure)

    assert figure.image.alt == "A map"


def test_a_footnote_that_only_the_front_matter_calls_is_used() -> None:
    text = "---\ntitle: A\nstandfirst: 'x[^n]'\n---\n\nText.\n\n[^n]: A note.\n"

    assert plain(first(read(text), Note).blocks) == "A note."


def test_a_label_of_a_footnote_holds_no_bracket() -> None:
    words = first(read("[^[a note]]{lang=de}"), Words)

    assert isinstance(note := words.content[0], Note)
    assert plain(note.blocks) == "a note"


def test_code_in_a_line_of_a_div_hides_not_its_end() -> None:
    assert findings("::: {.callout-note}\n``` `x` ```\n:::\n\nText.\n") == []


def test_what_is_wrong_in_an_images_bracket_is_told_at_its_place() -> None:
    assert findings("![A ![map](gone.png)](images/map.png)", files=IMAGE) == [
        "4:5 error[image-missing] there is no image 'gone.png'"
    ]


def test_a_linked_image_keeps_its_link() -> None:
    figure = first(read("[![A map](images/map.png)](https://e.org)", files=IMAGE), Figure)

    assert figure.link == "https://e.org"


def test_divs_nest_to_any_depth() -> None:
    document = read(":::: {#a}\n::: {#b}\n:::: {#c}\ninner\n::::\n:::\nouter\n::::\n\nafter")

    outer = first(document, Group)
    assert [g.label for g in every(outer, Group)] == ["a", "b", "c"]
    assert plain(outer) == "inner outer"
    assert plain(document.sections[0].blocks[-1]) == "after"


def test_colons_inside_code_close_no_div() -> None:
    group = first(read("::: {#a}\n```\n:::\n```\n:::"), Group)

    assert first(group, CodeBlock).text == ":::"


CSV = {"data/x.csv": "Year,Value,Other\n2007,82.5,1\n2008,n/s,2\n"}


def test_a_chart_takes_its_numbers_from_a_csv() -> None:
    chart = first(
        read(
            '::: {#fig-x .chart type=line data="x.csv" x=Year y="Value,Other" highlight=2007}\n'
            "It fell\n:::",
            files=CSV,
        ),
        Chart,
    )

    assert chart.categories == ("2007", "2008")
    assert [(s.name, s.values) for s in chart.series] == [
        ("Value", (82.5, None)),
        ("Other", (1.0, 2.0)),
    ]
    assert (chart.highlight, chart.caption.number) == ("2007", 1)


def test_a_chart_without_alt_text_gets_title_and_values() -> None:
    text = '::: {.chart data="x.csv" y=Value unit="USD million"}\nIt fell\n:::'

    chart = first(read(text, files=CSV), Chart)

    assert chart.caption.alt == "It fell. 2007 82.5, 2008 n/s (USD million)"


def test_key_numbers_are_a_definition_list() -> None:
    made = first(
        read(
            "::: {.key-numbers highlight=2}\n28\n: visits\n: since 1999\n\n1 : 0\n: embassies\n:::"
        ),
        KeyNumbers,
    )

    assert [(n.value, plain(n.label), plain(n.remark), n.highlight) for n in made.items] == [
        ("28", "visits", "since 1999", False),
        ("1 : 0", "embassies", "", True),
    ]


def test_a_timeline_is_a_table_of_events() -> None:
    made = first(
        read(
            '::: {.timeline left="Visits"}\nTitle\n\n| D | L | E | X |\n|-|-|-|-|\n'
            "| 25 December 1991 | step | Recognition | first |\n| 1997 | left | Visit | |\n:::"
        ),
        Timeline,
    )

    assert [(e.year, e.day, e.lane) for e in made.events] == [
        ("1991", "25 December", "step"),
        ("1997", "", "left"),
    ]


def test_a_comparison_has_a_side_for_each_heading() -> None:
    made = first(
        read("::: {.comparison #tbl-x}\nTitle\n\n### One\n- a\n\n### Two\n- b\n:::"), Comparison
    )

    assert [(plain(s.title), plain(s.blocks)) for s in made.sides] == [("One", "a"), ("Two", "b")]


def test_a_diagram_is_a_list_of_arrows() -> None:
    made = first(
        read("::: {.diagram}\nTitle\n\n- A -> B: **weapons**, aid\n- B <-> C: x\n- C -- A: y\n:::"),
        Diagram,
    )

    assert [actor.name for actor in made.actors] == ["A", "B", "C"]
    assert [(a.kind, plain(a.label)) for a in made.arrows] == [
        ("arrow", "weapons, aid"),
        ("both", "x"),
        ("line", "y"),
    ]


def test_boxes_quotes_columns_and_conditions() -> None:
    document = read(
        '::: {.callout-tip}\n## Try\ntext\n:::\n\n::: {.key-points title="Care"}\n- a\n:::\n\n'
        '::: {.pull-quote by="Ann" role="chair"}\n“Yes”\n:::\n\n'
        ":::: {.columns}\n::: {.column width=40%}\nl\n:::\n::: {.column}\nr\n:::\n::::\n\n"
        '::: {.content-hidden when-format="pdf,word"}\nhid\n:::'
    )

    callout = first(document, Callout)
    assert (callout.kind, plain(callout.title), plain(callout.blocks)) == ("tip", "Try", "text")
    assert plain(first(document, KeyPoints).title) == "Care"
    quote = first(document, PullQuote)
    assert (plain(quote.content), quote.speaker, quote.role) == ("“Yes”", "Ann", "chair")
    assert [part.share for part in first(document, Columns).columns] == [0.4, 0.0]
    hidden = first(document, Conditional)
    assert (hidden.visible, hidden.formats) == (False, ("pdf", "docx"))


def test_the_first_heading_of_a_slide_at_any_level_is_its_title() -> None:
    document = read(
        "::: {.slide layout=bullets}\n#### The title\n\n- a\n\n::: {.notes}\nsay\n:::\n:::"
    )

    slide = first(document, Slide)
    assert (plain(slide.title), slide.layout) == ("The title", "bullets")
    assert plain(first(slide, SpeakerNotes)) == "say"


def test_cross_references_read_as_kind_and_number() -> None:
    document = read(
        "---\ntitle: One\nid: sec-one\n---\nSee @fig-x, [@tbl-y] and @sec-one.\n\n"
        '::: {#fig-x .chart data="x.csv" y=Value}\nFell\n:::\n\n| a |\n|---|\n| b |\n\n: T {#tbl-y}',
        files=CSV,
    )

    shown = [r.shown for r in every(document, CrossReference)]
    assert shown == ["Figure\u00a01", "Table\u00a01", "Section\u00a01"]


@pytest.mark.parametrize("text", ["", "\n\n", "---\ntitle: x\n---"])
def test_an_empty_section_is_a_section(text: str) -> None:
    assert read(text).sections[0].blocks == ()


def test_a_total_of_which_only_the_first_cell_is_filled_has_all_its_cells() -> None:
    table = first(
        read('|a|b|c|\n|-|-|-|\n|x|1|2|\n|**Total**|||\n\n: T {source="S" total=true}\n'), Table
    )

    assert table.rows[-1].kind is RowKind.TOTAL
    assert [plain(cell.content) for cell in table.rows[-1].cells] == ["Total", "", ""]
