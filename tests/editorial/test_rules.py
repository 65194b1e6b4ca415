"""The editor's rules at their edges: what they let pass, in which language, at which place."""

from __future__ import annotations

import pytest

from tests.editorial.looking import codes, shown


@pytest.mark.parametrize("language", ["de", "fr", "ru", "tr", "az", "he"])
def test_rules_of_grammar_are_silent_in_other_languages(language: str) -> None:
    front = "takeaway: Economic and civilian cooperation\n"
    text = "On 4 May 2012, on 5 May 2012 and on June 31, 2012 losses were 9 per cent or 8%.^[x]"

    assert codes(text, front=front, language=language) == []


@pytest.mark.parametrize(
    "text",
    [
        "In 2011 it began, on 23 April, as 28 March 2012 had shown.",
        "Article 12 of Resolution 242 names the Airbus 320 and the T-72 (H.R. 1152).",
        "Ten schools, 3 clinics and 10 wells were built.",
        "Some 450 people came.^[Own count.]",
        "Some 450 people came, as @tbl-people shows.\n\n| Town | People |\n| --- | ---: |\n| A | 450 |\n"
        '\n: People came {#tbl-people subtitle="number" source="Own count"}',
        "About 250 were sold.\n\n::: {.chart type=column data=data/exports.csv x=Year y=Exports"
        ' unit="USD million" source="Customs"}\nExports fell\n:::',
        "See page 214 and section 12 of ISSN 1565-9895, from 10:30 on, in the 1990s.",
    ],
)
def test_numbers_that_need_no_source_are_let_pass(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Some 450 people came.", "450"),
        ("In 2011 losses were 12 per cent.", "12 per cent"),
        ("It cost USD 56 million.", "USD 56 million"),
        ("The rate is 3.5 now.", "3.5"),
    ],
)
def test_numbers_that_nothing_backs_are_named(text: str, number: str) -> None:
    assert shown(text) == [
        f"4:{text.index(number) + 1} number-unsourced {number} stands in no note, table or chart"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The Organization of Islamic Cooperation (OIC) met. The OIC spoke.",
        "The OIC (Organization of Islamic Cooperation) met.",
        "AZAL, the national airline, has offices there.",
        "The agencies MASHAV and AIDA met.",
        "The EU, NATO and the UN paid in USD in the USA.",
        "The boat MK V and King Henry VIII, set in GTIB-Israel and AT&T.",
    ],
)
def test_acronyms_that_are_explained_or_known_are_let_pass(text: str) -> None:
    assert codes(text) == []


def test_an_acronym_explained_too_late_is_told_where() -> None:
    assert shown("The OIC met.\n\nThe Organization of Islamic Cooperation (OIC) spoke.") == [
        "4:5 acronym-undefined OIC is spelled out only at test.md:6:1"
    ]


def test_a_place_is_found_in_the_middle_of_broken_lines() -> None:
    assert shown("One\ntwo the\nthe three.") == ["5:5 word-doubled 'the the' stands twice in a row"]


def test_a_weekday_that_does_not_fit_is_named() -> None:
    assert shown("It began on Monday 25 December 1991.") == [
        "4:13 date-impossible 'Monday 25 December 1991' was a Wednesday"
    ]


def test_a_span_that_runs_backwards_is_named() -> None:
    assert shown("It ran from 2014 to 2010.") == [
        "4:8 date-impossible 'from 2014 to 2010' runs backwards"
    ]


def test_a_slides_own_table_must_agree_with_the_reports() -> None:
    table = "| Type | Pieces |\n| --- | ---: |\n| Boat | {} |\n"
    text = (
        table.format(2)
        + '\n: Boats {subtitle="number" source="Own count"}\n\n::: {.slide}\n## Boats\n\n'
        + table.format(3)
        + ":::\n"
    )

    assert shown(text) == [
        "15:10 quantity-differs '3' here, '2' at test.md:6:10, for the same quantity"
    ]


def test_a_rounded_value_agrees_with_the_chart() -> None:
    chart = (
        "\n\n::: {.chart type=column data=data/exports.csv x=Year y=Exports"
        ' unit="USD million" source="Customs"}\nExports fell\n:::'
    )

    assert codes("Exports were about USD 130 million in 2011.^[x]" + chart) == []
    assert codes("Exports were about USD 140 million in 2011.^[x]" + chart) == ["quantity-differs"]


def test_words_doubled_on_purpose_are_let_pass() -> None:
    assert codes("He had had it; that that was so is known. Duran Duran played.") == []
    assert codes("Die, die die Rohre legten.", language="de") == []
    assert codes("Yavaş yavaş geldi.", language="tr") == []


@pytest.mark.parametrize(
    "text",
    [
        "`a  b` and https://example.org/2011-2012 and [x](https://example.org/1-2).",
        "    indented  code 2011-2012",
        "```\ntwo  spaces 2011-2012\n```",
        "ISSN 1565-9895, tel. 030-1234, score 3-2, RIM-66, 2014-10-31, 555-0199-1.",
        "| Long  head | B |\n| --- | --- |\n| a   | b |",
        "A line that breaks  \nhere.",
        'He is 5"6 tall – or so.',
    ],
)
def test_marks_in_code_addresses_and_numbers_of_documents_are_let_pass(text: str) -> None:
    assert codes(text) == []


def test_headings_inside_boxes_and_two_on_a_level_are_let_pass() -> None:
    assert codes("::: {.callout-note}\n## Title\n\nText.\n:::") == []
    assert codes("## One\n\nText.\n\n### A\n\n### B\n\n## Two\n\nText.") == []
