"""What the front matter says about the deck: include, exclude, order, the most slides."""

from __future__ import annotations

import pytest

from builder.document.nodes import DeckOptions, Metadata
from tests.deck.decks import deck, deck_with_findings, inside, outline

VALUES = {"values.csv": "Year,Exports\n2007,82.5\n2008,129.4\n"}
BODY = """
::: {#fig-exports .chart type=column data="values.csv" x=Year y=Exports}
Exports rose
:::

::: {.pull-quote by="Somebody"}
We said so
:::

| Year | Exports |
| --- | ---: |
| 2007 | 82.5 |

: What was sold {#tbl-sold}
"""
ALL = ["bullets: T", "chart: Exports rose", "quote: We said so", "table: What was sold"]


def section(wishes: str, body: str = BODY) -> str:
    return f"---\ntitle: T\nid: sec-t\nkey-points: [A point]\ndeck: {{{wishes}}}\n---\n{body}"


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        ("", ALL),
        ("include: [chart]", ["chart: Exports rose"]),
        ("include: [tbl-sold, key-points]", ["bullets: T", "table: What was sold"]),
        ("exclude: [pull-quote, tbl-sold]", ["bullets: T", "chart: Exports rose"]),
        (
            "order: [tbl-sold, pull-quote]",
            ["table: What was sold", "quote: We said so", "bullets: T", "chart: Exports rose"],
        ),
        ("max-slides: 2", ["bullets: T", "chart: Exports rose"]),
        ("max-slides: 1", ["bullets: T"]),
        ("include: false", []),
    ],
)
def test_a_section_chooses_its_slides(wishes: str, expected: list[str]) -> None:
    assert outline(deck(section(wishes), files=VALUES)) == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (DeckOptions(only=("chart", "key-points")), ALL[:2]),
        (DeckOptions(exclude=("chart", "fig-exports", "tbl-sold")), [ALL[0], ALL[2]]),
        (DeckOptions(maximum=4), ALL[:2]),
        (DeckOptions(maximum=2), []),
    ],
)
def test_the_briefing_chooses_its_slides(options: DeckOptions, expected: list[str]) -> None:
    meta = Metadata("test", "A test", deck=options)

    assert outline(deck(section(""), files=VALUES, meta=meta)) == expected


def test_a_section_wins_over_the_briefing() -> None:
    meta = Metadata("test", "A test", deck=DeckOptions(exclude=("chart",)))

    made = deck(section("include: [chart, tbl-sold]"), files=VALUES, meta=meta)
    assert outline(made) == ["chart: Exports rose", "table: What was sold"]


def test_what_an_author_put_on_a_slide_wins_over_the_front_matter() -> None:
    own = "::: {.slide}\n# Mine\n\n- x\n:::\n"

    assert outline(deck(section("include: [chart]", BODY + own), files=VALUES)) == [
        "chart: Exports rose",
        "bullets: Mine",
    ]


def test_own_slides_beyond_the_maximum_stay_with_a_warning() -> None:
    own = "::: {.slide}\n# Mine\n\n- x\n:::\n\n::: {.slide}\n# Other\n\n- x\n:::\n"
    made, found = deck_with_findings(section("max-slides: 1", own))

    assert [slide.title for slide in inside(made)] == ["Mine", "Other"]
    assert found == [
        "7 warning[slides-too-many] the slides of '1 T' are 2 where max-slides is 1: "
        "what stands in .slide is kept"
    ]


def test_what_is_left_out_says_why() -> None:
    made = deck(section("exclude: [chart], max-slides: 1"), files=VALUES)

    assert [(out.origin.kind, out.origin.label, out.reason) for out in made.left_out] == [
        ("chart", "fig-exports", "excluded"),
        ("pull-quote", "", "maximum"),
        ("table", "tbl-sold", "maximum"),
    ]


def test_a_name_that_nothing_has_is_an_error() -> None:
    _, found = deck_with_findings(section("exclude: [tbl-solld]"), files=VALUES)

    assert found == ["5 error[value-invalid] the deck has nothing called 'tbl-solld'"]
