"""The account of the deck: what feeds each slide, and what is on none."""

from __future__ import annotations

from builder.deck.compose import compose
from builder.deck.fit import fit
from builder.deck.map import as_dict, as_text, deck_map
from builder.diagnostics import Diagnostics
from builder.document.nodes import DeckOptions, Metadata
from tests.deck.decks import layouts, theme
from tests.support.reading import read

VALUES = {"values.csv": "Year,Exports\n2007,82.5\n2008,129.4\n"}
TEXT = """---
title: Economy
key-points: [A point]
deck: {exclude: [pull-quote]}
---

Trade grew. It is shown in @fig-exports.

::: {#fig-exports .chart type=column data="values.csv" x=Year y=Exports}
Exports rose
:::

::: {.pull-quote}
We said so
:::

Trade fell again.

::: {.notes}
Say this.
:::
"""


def account(text: str = TEXT, *, options: DeckOptions | None = None) -> str:
    document = read(
        text, files=VALUES, meta=Metadata("test", "A test", deck=options or DeckOptions())
    )
    log = Diagnostics()
    deck = fit(compose(document, theme(), layouts(), log), theme(), layouts(), log)
    return as_text(deck_map(document, deck))


def test_every_slide_says_what_feeds_it_and_whose_its_notes_are() -> None:
    assert account().splitlines()[3:7] == [
        "   2  bullets: Economy",
        "      from key-points, front matter of Economy (test.md:2:1); notes: author",
        "   3  chart: Exports rose",
        "      from chart fig-exports (test.md:9:1); notes: made",
    ]


def test_what_is_left_out_says_why() -> None:
    assert account().splitlines()[-2:] == [
        "      test.md:13:1: pull-quote 'We said so': deck: exclude names it",
        "      test.md: running text stays in the report, 2 blocks, at line 7 (notes of 3), 17",
    ]


def test_slides_that_gave_way_to_the_maximum_are_named() -> None:
    told = account(options=DeckOptions(maximum=3))

    assert "chart fig-exports 'Exports rose': max-slides leaves no room for it" in told


def test_the_json_has_the_same() -> None:
    document = read(TEXT, files=VALUES)
    log = Diagnostics()
    deck = fit(compose(document, theme(), layouts(), log), theme(), layouts(), log)
    told = as_dict(deck_map(document, deck))

    assert told["slides"][2] == {  # type: ignore[index]  # a list of slides
        "number": 3,
        "layout": "chart",
        "title": "Exports rose",
        "from": "chart fig-exports",
        "file": "test.md",
        "line": 9,
        "notes": "made",
    }
    assert {b["reason"] for b in told["left_out"]} == {  # type: ignore[attr-defined]  # a list of blocks
        "deck: exclude names it",
        "running text stays in the report",
    }
