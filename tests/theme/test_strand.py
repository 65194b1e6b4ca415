"""The shipped theme is what its design says, and legible."""

from __future__ import annotations

import pytest

from builder.theme.colours import contrast
from builder.theme.model import ROLES, SLOTS, STYLES, Theme
from tests.theme.brands import strand


@pytest.fixture(scope="module")
def theme() -> Theme:
    return strand()


def test_text_on_every_ground_that_writers_use_is_legible(theme: Theme) -> None:
    assert len(theme.contrast) == 25

    faint = {
        (text, ground): ratio
        for text, ground in theme.contrast
        if (ratio := contrast(theme.colour(text).hex, theme.colour(ground).hex)) < 4.5
    }

    assert faint == {}


def test_every_text_style_is_legible_on_the_ground_it_stands_on(theme: Theme) -> None:
    dark = {role for role in STYLES if role.startswith("cover_")}

    for role, style in theme.styles.items():
        ground = theme.colour("accent_deep" if role in dark else "paper")
        assert contrast(style.colour.hex, ground.hex) >= 4.5, role


def test_every_role_style_and_slot_is_there(theme: Theme) -> None:
    assert set(ROLES) <= set(theme.palette)
    assert set(STYLES) == set(theme.styles)
    assert set(SLOTS) == set(theme.slots)


@pytest.mark.parametrize(
    ("role", "family", "weight", "italic", "size", "leading", "colour"),
    [
        ("cover_title", "Source Serif Pro", 600, False, 60, 60, "FFFFFF"),
        ("opener_num", "Source Serif Pro", 300, False, 84, 75, "AE4413"),
        ("h1", "Source Serif Pro", 600, False, 30, 33, "16202A"),
        ("h2", "Source Sans Pro", 600, False, 15, 18.75, "16202A"),
        ("h3", "Source Sans Pro", 600, False, 11, 15, "0B4F60"),
        ("body", "Source Serif Pro", 400, False, 10.5, 15, "16202A"),
        ("pull_quote", "Source Serif Pro", 400, True, 19, 24, "0B4F60"),
        ("fig_title", "Source Serif Pro", 600, False, 14, 18, "16202A"),
        ("source", "Source Sans Pro", 400, False, 8, 11, "56616A"),
        ("table_head", "Source Sans Pro", 600, False, 8.5, 11, "0B4F60"),
        ("footnote", "Source Serif Pro", 400, False, 8, 11, "16202A"),
        ("big_number", "Source Serif Pro", 400, False, 40, 42, "0B4F60"),
    ],
)
def test_serif_argues_and_sans_organises(
    theme: Theme, role: str, family: str, weight: int, italic: bool, size: float, leading: float, colour: str
) -> None:  # fmt: skip
    style = theme.styles[role]

    assert (style.family.name, style.weight, style.italic) == (family, weight, italic)
    assert (style.face.weight, style.face.italic) == (weight, italic)
    assert (style.size.pt, style.leading.pt, style.colour.hex) == (size, leading, colour)


def test_the_text_block_is_170_mm_wide_on_both_papers(theme: Theme) -> None:
    assert round(theme.grid.full.mm, 3) == 170
    assert {name: round(page.block.mm, 3) for name, page in theme.pages.items()} == {
        "a4": 170,
        "letter": 170,
    }


def test_office_gets_its_twelve_colours(theme: Theme) -> None:
    assert [theme.slots[slot].hex for slot in SLOTS] == [
        "16202A",
        "FFFFFF",
        "07333F",
        "F4F0E8",
        "0B4F60",
        "AE4413",
        "C77E1F",
        "5694B2",
        "502583",
        "938586",
        "0B4F60",
        "56616A",
    ]


def test_chart_series_have_slots_of_their_own_and_show_on_paper(theme: Theme) -> None:
    assert [colour.slot for colour in theme.chart.series] == [f"accent{n}" for n in range(1, 7)]
    assert all(contrast(colour.hex, "FFFFFF") >= 3 for colour in theme.chart.series)


def test_both_typefaces_may_be_embedded_and_name_a_substitute(theme: Theme) -> None:
    assert theme.serif.embeddable and theme.sans.embeddable
    assert (theme.serif.substitutes[0], theme.sans.substitutes[0]) == ("Georgia", "Calibri")


def test_semibold_is_a_family_of_its_own_in_office_and_bold_is_not(theme: Theme) -> None:
    semibold, bold = theme.serif.face(600), theme.serif.face(700)

    assert (semibold.office_family, semibold.office_bold) == ("Source Serif Pro Semibold", False)
    assert (bold.office_family, bold.office_bold) == ("Source Serif Pro", True)


def test_loading_twice_gives_the_same_theme() -> None:
    assert strand() == strand()
