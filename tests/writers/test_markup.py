"""The tree as HTML."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from builder.document.nodes import Document, KeyNumbers, Table
from builder.writers.markup import blocks
from builder.writers.markup_figures import big, table_height
from tests.support.paper import setting
from tests.support.reading import first, read


def html(text: str, *, references: str = "", files: dict[str, str | bytes] | None = None) -> str:
    document = read(text, references=references, files=files)
    return body(document)


def body(document: Document) -> str:
    markup = str(blocks(document.sections[0].blocks, setting(document)))
    return re.sub(r' (id|data-label)="[^"]*"', "", markup)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("*stress*", "<em>stress</em>"),
        ("**strong**", "<strong>strong</strong>"),
        ("~~gone~~", "<s>gone</s>"),
        ("x^2^", "x<sup>2</sup>"),
        ("H~2~O", "H<sub>2</sub>O"),
        ("`code <x>`", "<code>code &lt;x&gt;</code>"),
        ("[words](https://a.example)", '<a class="link" href="https://a.example">words</a>'),
        ("[Отчёт]{lang=ru}", '<span lang="ru">Отчёт</span>'),
        ("[שלום]{lang=he}", '<span lang="he" dir="rtl">שלום</span>'),
        ("one\\\ntwo", "one<br>two"),
        ("5 < 6 & 7", "5 &lt; 6 &amp; 7"),
    ],
)
def test_running_text(typed: str, written: str) -> None:
    assert html(typed) == f"<p>{written}</p>"


def test_the_word_before_a_note_stays_on_its_line() -> None:
    assert html("Two words^[The note.] on.") == (
        '<p>Two <span class="nb">words<span class="fn">The note.</span></span> on.</p>'
    )


def test_notes_that_follow_each_other_are_parted_by_a_comma() -> None:
    assert '</span></span><span class="between">,</span><span class="fn">b' in html("x^[a]^[b]")


def test_a_second_paragraph_of_a_note_is_a_line_of_its_own() -> None:
    written = html("x[^1]\n\n[^1]: First.\n\n    Second.\n")

    assert (
        '<span class="fn" data-note="1 test.md:6:1">First.<span class="np">Second.</span></span>'
        in written
    )


def test_a_citation_is_what_the_citations_pass_made_of_it() -> None:
    references = "- {id: a, type: book, title: A Book, author: [{family: Author, given: An}]}"

    assert '<span class="fn">An Author, <em>A Book</em>' in html("x [@a].", references=references)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("- one", '<ul class="dash tight"><li><p>one</p></li></ul>'),
        ("c. three", '<ol class="lower-alpha tight" start="3" style="counter-reset: list-item 2">'),
        (
            "iv) four",
            '<ol class="lower-roman paren tight" start="4" style="counter-reset: list-item 3">',
        ),
        ("> quoted", '<blockquote class="quote"><p>quoted</p></blockquote>'),
        ("***", '<hr class="break">'),
        ("```\na < b\n```", "<pre><code>a &lt; b"),
        ("Term\n: Meaning", "<dl><dt>Term</dt><dd><p>Meaning</p></dd></dl>"),
        ("{{< pagebreak >}}", '<div class="pagebreak"></div>'),
        ("## Part", "<h2>Part</h2>"),
    ],
)
def test_blocks(typed: str, written: str) -> None:
    assert html(typed).startswith(written)


def test_a_callout_without_a_title_is_headed_by_its_kind() -> None:
    assert '<p class="boxhead">Warning</p>' in html("::: {.callout-warning}\nMind it.\n:::")


def test_a_table_has_its_number_title_subtitle_and_source_around_it() -> None:
    written = html(
        "| A | N |\n| --- | ---: |\n| x | 1 |\n| y | n/s |\n\n"
        ': The finding {#tbl-x subtitle="Unit" source="Somebody"}\n'
    )

    assert re.findall(r"<(?:p|th|td)[^>]*>([^<]*)", written)[:3] == [
        "Table 1",
        "The finding",
        "Unit",
    ]
    assert '<th scope="col" class="num">N</th>' in written
    assert '<td class="num ns">n/s</td>' in written
    assert '<p class="source"><b>Source:</b> Somebody</p>' in written


def test_a_group_row_spans_the_table_and_a_total_row_is_marked() -> None:
    written = html(
        "| A | N |\n| --- | ---: |\n| Land ||\n| x | 1 |\n| **Total** | 1 |\n\n"
        ": The finding {#tbl-x total=true}\n"
    )

    assert '<tr class="grp"><th scope="colgroup" colspan="2">Land</th></tr>' in written
    assert '<tr class="total">' in written


def test_a_table_taller_than_a_page_may_break() -> None:
    rows = "".join(f"| row {n} | {n} |\n" for n in range(60))
    document = read(f"| A | N |\n| --- | ---: |\n{rows}")

    assert table_height(first(document, Table), setting(document)) > 1000
    assert 'class="fig table main long"' in body(document)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("28", "28"),
        ("1 : 0", "1 : 0"),
        ("30 %", "30<small> %</small>"),
        ("$250m", "<small>$</small>250<small>m</small>"),
        ("−4.5", "−4.5"),
        ("many", "many"),
    ],
)
def test_signs_around_a_big_number_are_small(value: str, written: str) -> None:
    assert big(value) == written


def test_the_stressed_number_is_marked() -> None:
    text = '::: {.key-numbers highlight="2"}\n28\n: visits\n\n60\n: drones\n:::\n'

    written = html(text)

    assert re.findall(r'<div class="(number[^"]*)"', written) == ["number", "number hi"]
    assert first(read(text), KeyNumbers).items[1].highlight


def test_a_year_of_a_timeline_is_named_once() -> None:
    written = html(
        "::: {.timeline left=L right=R}\nTitle\n\n| Date | Lane | Event | Detail |\n"
        "| --- | --- | --- | --- |\n| 1 May 2013 | left | One | |\n| June 2013 | right | Two | x |\n:::\n"
    )

    assert re.findall(r'<td class="yr">([^<]*)', written) == ["2013", ""]
    assert re.findall(r'<td class="dt">([^<]*)', written) == ["1 May", "June"]


@pytest.mark.parametrize(
    "typed",
    [
        "## Part\n\n::: {.key-points}\n- Point\n:::\n\nText.\n",
        "::: {.key-points}\n- Point\n:::\n\n## Part\n\nText.\n",
    ],
)
def test_a_side_box_stands_below_the_heading_behind_a_guard(typed: str) -> None:
    written = html(typed)

    order = [written.index(part) for part in ("<h2", 'class="guard"', 'class="key side"', "Text.")]
    assert order == sorted(order)


def test_a_side_box_with_no_text_behind_it_stands_beside_the_text_before_it() -> None:
    written = html("One paragraph of text.\n\n::: {.key-points}\n- Point\n:::\n")

    assert written.index('class="key side"') < written.index("One paragraph")


@pytest.mark.parametrize(
    "held", ["> Quoted.", "```\ncode\n```", "- ## Heading", "| a |\n|---|\n| 1 |\n\n: T {source=\"S\"}"]
)  # fmt: skip
def test_a_box_that_holds_more_than_lines_of_text_stands_in_the_main_column(held: str) -> None:
    written = html(f"One paragraph.\n\n:::: {{.key-points}}\n{held}\n::::\n")

    assert 'class="key inline"' in written and 'class="key side"' not in written


def test_a_title_does_not_end_with_a_single_word() -> None:
    text = "| A |\n| --- |\n| x |\n\n: How two distant states became close {#tbl-x}\n"

    assert "became\u00a0close" in html(text)


def test_blocks_tell_where_they_come_from_if_they_are_asked() -> None:
    document = read(
        'Words\n\n- one\n- two\n\n::: {.content-visible when-format="pdf"}\n*More*\n:::\n'
    )
    asked = replace(setting(document), sources=True)

    written = str(blocks(document.sections[0].blocks, asked))

    assert re.findall(r'<(\w+)[^>]* data-src="([^"]+)"', written) == [
        ("p", "test.md:4"),
        ("ul", "test.md:6"),
        ("li", "test.md:6"),
        ("p", "test.md:6"),
        ("li", "test.md:7"),
        ("p", "test.md:7"),
        ("p", "test.md:10"),
    ]
    assert "data-src" not in str(blocks(document.sections[0].blocks, setting(document)))
