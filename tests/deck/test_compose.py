"""Which slides there are, and what stands on them."""

from __future__ import annotations

import pytest

from builder.document.nodes import Chart, Contact, DeckOptions, Metadata, Table
from builder.document.walk import plain
from tests.deck.decks import deck, deck_with_findings, inside, outline, words

SECTION = """---
title: Economic and civilian cooperation
short-title: Economy
takeaway: Civilian trade is modest
key-points:
  - Exports peaked in 2009
  - Oil goes the other way
---
"""
VALUES = {"values.csv": "Year,Exports\n2007,82.5\n2008,129.4\n"}
CHART = """
::: {#fig-exports .chart type=column data="values.csv" x=Year y=Exports source="The office"}
Exports rose
:::
"""


def test_a_section_makes_its_takeaway_the_title_and_its_key_points_the_bullets() -> None:
    slide = inside(deck(SECTION))[0]

    assert (slide.layout, slide.title) == ("bullets", "Civilian trade is modest")
    assert words(slide, "body") == "Exports peaked in 2009 Oil goes the other way"


def test_the_first_box_of_the_text_stands_beside_the_bullets() -> None:
    slide = inside(deck(SECTION + '::: {.key-points title="So what"}\nWatch the interests.\n:::'))[
        0
    ]

    assert slide.layout == "bullets-box"
    assert words(slide, "box") == "So what Watch the interests."


def test_captioned_blocks_and_pull_quotes_get_slides_in_the_order_of_the_text() -> None:
    made = deck(
        SECTION
        + CHART
        + """
::: {.pull-quote by="Somebody"}
We said so
:::

| Year | Exports |
| --- | ---: |
| 2007 | 82.5 |

: What was sold {#tbl-sold}

| Not | shown |
| --- | --- |
| a | b |

: Left out {#tbl-left deck=false}
""",
        files=VALUES,
    )

    assert outline(made) == [
        "bullets: Civilian trade is modest",
        "chart: Exports rose",
        "quote: We said so",
        "table: What was sold",
    ]


def test_a_slide_that_shows_a_figure_takes_its_place() -> None:
    made = deck(
        SECTION
        + CHART
        + """
::: {.slide show="fig-exports"}
# Exports went up by half

**+57 %**

in one year
:::
""",
        files=VALUES,
    )

    assert outline(made)[1:] == ["chart-call: Exports went up by half"]
    slide = inside(made)[1]
    assert isinstance(slide.graphic, Chart)
    assert words(slide, "call") == "+57 % in one year"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("# T\n\n- one", "bullets"),
        ("# T\n\n- one\n\n::: {.key-points}\ntwo\n:::", "bullets-box"),
        ("# T\n\n| A |\n| - |\n| b |\n\n: C", "table"),
        ("# T\n\n::: {.pull-quote}\nwords\n:::", "quote"),
        ("# T\n\n::: {.diagram}\nC\n\n- A -> B: c\n:::", "diagram"),
        ("# T\n\n::: {.comparison}\nC\n\n## A\n\n- a\n\n## B\n\n- b\n:::", "comparison"),
    ],
)
def test_a_slide_without_a_layout_gets_the_one_that_its_content_asks_for(
    typed: str, expected: str
) -> None:
    made = deck(f":::: {{.slide}}\n{typed}\n::::")

    assert [slide.layout for slide in inside(made)] == [expected]


def test_two_lists_below_headings_are_compared_where_the_slide_asks_for_it() -> None:
    made = deck('::: {.slide layout="comparison"}\n# T\n\n## Left\n\n- a\n\n## Right\n\n- b\n:::')
    slide = inside(made)[0]

    assert [words(slide, slot) for slot in ("head1", "side1", "head2", "side2")] == [
        "Left", "a", "Right", "b",
    ]  # fmt: skip


def test_an_unknown_layout_is_an_error_that_names_the_nearest() -> None:
    _, found = deck_with_findings('::: {.slide layout="bulets"}\n# T\n\nx\n:::')

    assert found == ["4 error[attribute-invalid] there is no slide layout 'bulets'"]


def test_a_comparison_without_sides_is_an_error_at_its_slide() -> None:
    _, found = deck_with_findings('::: {.slide layout="comparison"}\n# T\n\nx\n:::')

    assert found == [
        "4 error[div-content] a slide of the layout 'comparison' has two or three sides, this one 0"
    ]


def test_a_slide_can_show_figures_and_tables_but_no_section() -> None:
    text = '## Heading {#sec-x}\n\n::: {.slide show="sec-x"}\n# T\n\nx\n:::'
    _, found = deck_with_findings(text)

    assert found == ["6 error[xref-missing] no figure or table is labelled 'sec-x'"]


def test_at_a_glance_becomes_a_summary_and_six_numbers_two_slides() -> None:
    numbers = "\n\n".join(f"{n}\n: label {n}" for n in range(6))
    made = deck(
        f"""---
title: At a glance
role: glance
takeaway: It rests on needs
key-points: [First, Second, Third, Fourth]
---
::: {{.key-numbers}}
The tie in numbers

{numbers}
:::
"""
    )

    assert outline(made) == [
        "summary: At a glance",
        "numbers-plain: The tie in numbers (1/2)",
        "numbers-plain: The tie in numbers (2/2)",
    ]
    assert words(inside(made)[0], "lead") == "It rests on needs"
    assert words(inside(made)[0], "finding4") == "Fourth"


def test_every_slide_has_notes() -> None:
    made = deck(SECTION + "Trade grew. It fell later.\n" + CHART, files=VALUES)

    assert all(slide.notes for slide in made.slides)


def test_the_authors_notes_go_to_the_sections_slide() -> None:
    slide = inside(deck(SECTION + "Text.\n\n::: {.notes}\nSay this.\n:::"))[0]

    assert plain(slide.notes) == "Say this."


def test_the_authors_notes_go_to_a_figures_slide_where_the_section_has_none() -> None:
    text = f"---\ntitle: One\n---\n\n{CHART}\n\n::: {{.notes}}\nSay this.\n:::"

    slides = inside(deck(text, files=VALUES))

    assert len(slides) == 1
    assert plain(slides[0].notes[0]) == "Say this."


def test_notes_for_which_there_is_no_slide_are_a_warning() -> None:
    _, found = deck_with_findings("---\ntitle: One\n---\n\n::: {.notes}\nSay this.\n:::")

    assert found == [
        "6 warning[format-cannot-show] section 'One' has no slide, and so nowhere to keep its notes"
    ]


def test_notes_that_nobody_wrote_are_made_of_the_text_with_its_sources() -> None:
    slide = inside(deck(SECTION + "Trade grew.^[The office, 2011.] It fell later.\n"))[0]

    assert [plain(block) for block in slide.notes] == ["Trade grew."]
    chart = inside(deck(SECTION + "See @fig-exports.^[The office, 2011.]\n" + CHART, files=VALUES))[
        1
    ]
    assert plain(chart.notes[-1]) == "Source: The office, 2011."


def test_footnotes_do_not_stand_on_slides() -> None:
    made = deck("::: {.slide}\n# T\n\n- a point^[with a note]\n:::")

    assert words(inside(made)[0], "body") == "a point"


def test_titles_are_unique() -> None:
    slide = "::: {.slide}\n# Same\n\n- x\n:::\n\n"

    assert outline(deck(slide * 3)) == [
        "bullets: Same (1/3)",
        "bullets: Same (2/3)",
        "bullets: Same (3/3)",
    ]


def test_titles_that_do_not_follow_each_other_are_told_apart_by_what_is_shown() -> None:
    same = "::: {.slide}\n# Same\n\n- x\n:::\n\n"
    other = "::: {.slide}\n# Other\n\n- x\n:::\n\n"
    chart = CHART.replace("Exports rose", "Same")

    assert outline(deck(same + other + chart + other + same, files=VALUES)) == [
        "bullets: Same",
        "bullets: Other",
        "chart: Same – Figure",
        "bullets: Other – 2",
        "bullets: Same – 2",
    ]


def test_made_notes_name_no_figure_by_its_number() -> None:
    words = "Exports rose (@fig-exports). As @fig-exports shows, oil did not. Trade is small.\n"
    chart = inside(deck(SECTION + words + CHART, files=VALUES))[1]

    assert plain(chart.notes[0]) == "Exports rose."
    assert not any("Figure" in plain(block) for block in chart.notes)


def test_a_footnote_that_says_itself_what_it_is_is_not_introduced_as_a_source() -> None:
    words = "See what follows.^[Editor’s note: the office moved.]\n"
    chart = inside(deck(SECTION + words + CHART, files=VALUES))[1]

    assert plain(chart.notes[-1]) == "Editor’s note: the office moved."


def test_a_section_kept_out_of_the_deck_makes_no_slide() -> None:
    assert outline(deck("---\ntitle: T\nkey-points: [a]\ndeck: false\n---\n")) == []


def test_dividers_come_before_their_sections() -> None:
    meta = Metadata("test", "A test", deck=DeckOptions(dividers="all"))

    assert outline(deck(SECTION, meta=meta)) == [
        "divider: Economy",
        "bullets: Civilian trade is modest",
    ]


def test_the_deck_closes_with_the_authors_sentence_and_a_contact() -> None:
    meta = Metadata("test", "A test", closing="Watch.", contact=Contact("Desk", "desk@example.org"))
    closing = deck(SECTION, meta=meta).slides[-1]

    assert closing.title == "Watch."
    assert words(closing, "contact") == "Contact Desk desk@example.org"


def test_the_source_of_a_figure_stands_on_its_slide() -> None:
    slide = inside(deck(SECTION + CHART, files=VALUES))[1]

    assert words(slide, "source") == "Source: The office"


def test_events_may_stay_in_the_report() -> None:
    made = deck("| A | B |\n| --- | --- |\n| 1 | 2 |\n\n: Shown\n")

    assert isinstance(inside(made)[-1].graphic, Table)


def test_a_slide_with_several_figures_and_tables_becomes_a_slide_of_each() -> None:
    made = deck(
        "::: {.slide}\n# The title\n\n| a | b |\n| - | - |\n| TABA | 2 |\n\nSome text.\n\n"
        "| a | b |\n| - | - |\n| TABB | 2 |\n\n: Its own finding\n\n" + CHART + "\n:::",
        files=VALUES,
    )

    assert outline(made)[-4:] == [
        "bullets: The title (1/2)",
        "table: The title (2/2)",
        "table: Its own finding",
        "chart: Exports rose",
    ]


def test_words_beside_a_quotation_get_a_slide_before_it() -> None:
    made = deck(
        '::: {.slide}\n# What he said\n\n- a point\n\n::: {.pull-quote by="A"}\nWords.\n:::\n:::'
    )

    assert [slide.layout for slide in inside(made)] == ["bullets", "quote"]
    assert words(inside(made)[0], "body") == "a point"


def test_a_summary_of_seven_findings_takes_two_slides() -> None:
    points = "\n".join(f"- finding {turn}" for turn in range(7))
    made = deck(f'::: {{.slide layout="summary"}}\n# T\n\nLead.\n\n{points}\n:::')

    assert [slide.layout for slide in inside(made)] == ["summary-5", "summary-2"]


def test_words_that_a_layout_has_no_slot_for_are_named() -> None:
    _, found = deck_with_findings(
        '::: {.slide layout="quote"}\n# T\n\nThe words.\n\nMore, in vain.\n:::'
    )

    assert found == [
        "4 warning[format-cannot-show] "
        "words of this slide have no place in its layout: More, in vain."
    ]
