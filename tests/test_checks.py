"""The cover's bars and the document's language: what is said where something is not there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builder.build import stamp_of
from builder.checks import check_cover, check_language
from builder.diagnostics import Diagnostics
from builder.document.nodes import Citation, Cite, Document, Metadata, Paragraph, Section, Text
from builder.document.walk import FALLBACK_MOTIF, lead_series
from tests.support.paper import strand
from tests.support.reading import read


def document(values: str, cover_data: str = "") -> Document:
    rows = "".join(f"{n},{v}\n" for n, v in enumerate(values.split()))
    meta = Metadata("t", "T", date="2026-01-02", cover_data=cover_data)
    text = "::: {#fig-x .chart data=d.csv type=line}\nT\n:::\n"
    return read(text, files={"d.csv": "n,v\n" + rows}, meta=meta)


def test_a_series_of_three_to_nine_values_makes_the_cover() -> None:
    assert lead_series(document("4 2 8")) == (4, 2, 8)


@pytest.mark.parametrize("values", ["-4 0 6", "-1 -5 -3", "0 5 0 2", "-3 -3 -3"])
def test_zero_and_negative_values_make_bars_as_well_in_the_same_order(values: str) -> None:
    numbers = [float(v) for v in values.split()]

    bars = lead_series(document(values))

    assert all(bar > 0 for bar in bars)
    order = sorted(range(len(numbers)), key=lambda i: numbers[i])
    assert [bars[i] for i in order] == sorted(bars)


@pytest.mark.parametrize("values", ["1 2", "1 2 3 4 5 6 7 8 9 10", "0 0 0"])
def test_without_a_usable_series_there_is_a_cover_all_the_same(values: str) -> None:
    assert lead_series(document(values)) == FALLBACK_MOTIF


@pytest.mark.parametrize(
    ("values", "cover_data", "found"),
    [
        ("1 2 3", "fig-x", []),
        ("1 2 3", "fig-y", ["cover-data: no chart is labelled 'fig-y'"]),
        ("1 2", "fig-x", ["cover-data: 'fig-x' has 2 values; the cover shows 3 to 9"]),
    ],
)
def test_a_cover_that_cannot_be_made_of_what_is_named_is_reported(
    values: str, cover_data: str, found: list[str]
) -> None:
    log = Diagnostics()

    check_cover(document(values, cover_data), log)

    assert [d.message for d in log] == found


@pytest.mark.parametrize(
    ("language", "hyphenates", "said"),
    [
        ("de", True, []),
        ("en-GB", True, []),
        ("az", False, ["the words of citations are English: CSL has none for the language 'az'"]),
        (
            "az",
            True,
            [
                "no line ends inside a word: there are no syllables for the language 'az'",
                "the words of citations are English: CSL has none for the language 'az'",
            ],
        ),
        (
            "it",
            False,
            [
                "quotation marks are English ones, and dates stand as 2026-11-24:"
                " nothing is known of those of the language 'it'"
            ],
        ),
    ],
)
def test_what_a_language_has_to_do_without_is_said(
    language: str, hyphenates: bool, said: list[str]
) -> None:
    cited = Cite((Citation("a"),))
    section = Section((Text("S"),), (Paragraph((cited,)),))
    document = Document(Metadata("t", "T", language=language), (section,))
    log = Diagnostics()

    check_language(document, replace(strand(), hyphenate=hyphenates), log)

    assert [found.message for found in log] == said
    assert {found.code.value for found in log} <= {"language-unknown"}


def test_a_text_without_citations_misses_no_words_for_them() -> None:
    document = read("Text.\n", meta=Metadata("t", "T", language="az"))
    log = Diagnostics()

    check_language(document, strand(), log)

    assert len(log) == 0


def test_a_date_that_no_file_can_bear_is_told() -> None:
    log = Diagnostics()

    assert stamp_of("1968-05-01", log).year == 1980
    assert [found.message for found in log] == [
        "files cannot be dated 1968: inside they bear 1 January 1980"
    ]
    assert stamp_of("1980-01-01", Diagnostics()).year == 1980
