"""Quotation marks, dashes and spaces, as each language has them."""

from __future__ import annotations

import pytest

from builder.document.nodes import Chart, Code, Metadata, Paragraph, Section, Text, Timeline
from builder.document.walk import plain, walk
from tests.support.reading import first, read

NB = "\u00a0"


def typeset(text: str, language: str = "en") -> str:
    meta = Metadata("test", "A test", language=language, date="2026-01-02")
    content = first(read(text + "\n", meta=meta), Paragraph).content
    return plain_with_spaces(content)


def plain_with_spaces(content: object) -> str:
    """Give the words of inlines with their spaces as they are."""
    return "".join(node.value for node in walk(content) if isinstance(node, Text | Code))


@pytest.mark.parametrize(
    ("language", "text", "typeset_text"),
    [
        ("en", 'She said "it\'s \'so\'" ("yes").', "She said “it’s ‘so’” (“yes”)."),
        ("de", "Er sagte \"es ist 'so'\".", "Er sagte „es ist ‚so‘“."),
        ("fr", "Il dit \"c'est 'ça'\".", f"Il dit «{NB}c’est “ça”{NB}»."),
        ("ru", "Он сказал \"это 'так'\".", "Он сказал «это „так“»."),
        ("tr", '"Böyle" dedi, Bakü\'de.', "“Böyle” dedi, Bakü’de."),
        ("az", '"Belə" dedi.', "“Belə” dedi."),
        ("he", '"כן" אמר, צה"ל וג\'ורג\'.', "”כן” אמר, צה״ל וג׳ורג׳."),
    ],
)
def test_each_language_has_its_own_quotation_marks(
    language: str, text: str, typeset_text: str
) -> None:
    assert typeset(text, language) == typeset_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('"*Stress*" and *"more"*', "“Stress” and “more”"),
        ('"a "b" c"', "“a ‘b’ c”"),
        ("the '90s and the states' share", "the ’90s and the states’ share"),
        ('a board of 5" width', 'a board of 5" width'),
        ("“Already” curly", "“Already” curly"),
    ],
)
def test_quotations_reach_over_marked_words_and_nest(text: str, shown: str) -> None:
    assert typeset(text) == shown


def test_words_in_another_language_have_their_own_marks() -> None:
    assert typeset('He read ["Правда" дня]{lang=ru} "daily".') == "He read «Правда» дня “daily”."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2007-2011, pp. 3-15, 2007-11, 1998-99", f"2007–2011, pp.{NB}3–15, 2007-11, 1998–99"),
        ("10-3 and 2014-10-31 and 555-12-3", "10-3 and 2014-10-31 and 555-12-3"),
        ("the A-10, 3-D, COVID-19, -5", "the A-10, 3-D, COVID-19, -5"),
        ("one -- two---three ... four", "one – two—three … four"),
    ],
)
def test_ranges_of_numbers_have_dashes_and_nothing_else_has(text: str, shown: str) -> None:
    assert typeset(text) == shown


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("en", "No. 110, p. 3, vol. II, fig. 2", "No.~110, p.~3, vol.~II, fig.~2"),
        ("en", "5 km, 30 % and 12 GWh, USD 82", "5~km, 30~% and 12~GWh, USD~82"),
        ("en", "5 men, 3 goals, no. He left", "5 men, 3 goals, no. He left"),
        ("en", "Dr. Ames and Prof. Şahin", "Dr.~Ames and Prof.~Şahin"),
        (
            "en",
            "on 6 April 1992, April 7th and the 3rd May",
            "on 6~April 1992, April~7th and the 3rd~May",
        ),
        ("en", "3–5 May, 31 December", "3–5~May, 31~December"),
        ("en", "May 5 % of 32 March 1,006 or 5 may go", "May 5~% of 32 March 1,006 or 5 may go"),
        ("en", "In May 12,000 came, in May 2012 more", "In May 12,000 came, in May 2012 more"),
        ("de", "am 6. April und 3 März", "am 6.~April und 3 März"),
        ("fr", "le 1er avril et le 6 mai", "le 1er~avril et le 6~mai"),
        ("ru", "6 апреля 1992, 6 апрель", "6~апреля 1992, 6 апрель"),
        ("tr", "6 Nisan’da, 7 Mart 2012", "6~Nisan’da, 7~Mart 2012"),
        ("az", "6 apreldə, 7 mart", "6~apreldə, 7~mart"),
        ("he", "ב-6 באפריל 1992", "ב-6~באפריל 1992"),
        ("de", "Nr. 5, S. 12, 3 kg", "Nr.~5, S.~12, 3~kg"),
        ("ru", "№ 5, с. 12 — да", "№~5, с.~12~— да"),
        ("fr", "Oui ? n° 5 : non", "Oui~? n°~5~: non"),
    ],
)
def test_spaces_hold_where_a_line_should_not_end(language: str, text: str, shown: str) -> None:
    assert typeset(text, language).replace(NB, "~") == shown


@pytest.mark.parametrize(
    "text",
    [
        '`a "b" 1-2 --c`',
        "<https://example.org/a-1-2--b'c>",
        "[https://example.org/1-2](https://example.org/1-2)",
    ],
)
def test_code_and_addresses_stay_as_they_are(text: str) -> None:
    assert typeset(text) in text


def test_a_bare_address_in_the_text_stays_as_it_is() -> None:
    assert typeset("see www.example.org/1-2--3 'so'") == "see www.example.org/1-2--3 ‘so’"


def test_what_a_citation_makes_stays_as_it_is() -> None:
    works = "- {id: a, type: book, title: 'Years 3-D --X', author: [{family: Ames, given: Ann}]}\n"
    document = read('So "it" is [@a].\n', references=works)

    assert "Years 3-D --X" in plain_with_spaces(document.sections[0].blocks)


def test_headings_titles_captions_and_events_are_set_too() -> None:
    text = (
        '---\ntitle: The "quiet" years\n---\n\n'
        "::: {.timeline}\nFrom 1990-1995\n\n"
        '| Date | Lane | Event |\n| --- | --- | --- |\n| 3-5 May 1993 | step | "Embassy" |\n:::\n'
    )
    section = first(read(text), Section)
    timeline = first(section.blocks, Timeline)

    assert plain(section.title) == "The “quiet” years"
    assert plain(timeline.caption.title) == "From 1990–1995"
    assert timeline.events[0].date == "3–5 May 1993"
    assert plain(timeline.events[0].head) == "“Embassy”"


def test_names_of_data_are_not_touched() -> None:
    text = "::: {.chart data=d.csv highlight='1-2'}\nT\n:::\n"
    chart = first(read(text, files={"d.csv": "n,v\n1-2,3\n3-4,5\n"}), Chart)

    assert chart.highlight in chart.categories


@pytest.mark.parametrize("text", ["ISSN 1565-9895", "tel. 030-1234", "the score 1-3", "ISBN 10-20"])
def test_numbers_of_documents_and_telephones_are_no_ranges(text: str) -> None:
    assert "–" not in typeset(text)
