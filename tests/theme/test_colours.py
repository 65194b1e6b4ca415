"""Colours as numbers."""

from __future__ import annotations

import pytest

from builder.theme.colours import contrast, legible, lightness, parse, placed, shade
from builder.theme.model import Slot

SLOTS: dict[Slot, str] = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "07333F",
    "lt2": "F4F0E8",
    "accent1": "0B4F60",
    "accent2": "AE4413",
    "accent3": "C77E1F",
    "accent4": "5694B2",
    "accent5": "502583",
    "accent6": "938586",
    "hlink": "0B4F60",
    "folHlink": "56616A",
}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("#16202a", "16202A"),
        ("16202A", "16202A"),
        ("#abc", "AABBCC"),
        ("#16202AFF", "16202A"),
        ("rebeccapurple", "663399"),
        ("rgb(22, 32, 42)", "16202A"),
        ("#16202", None),
        ("navvy", None),
    ],
)
def test_a_colour_may_be_written_as_css_writes_it(written: str, value: str | None) -> None:
    assert parse(written) == value


def test_contrast_is_what_wcag_says() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("777777", "FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert contrast("FFFFFF", "0B4F60") == contrast("0B4F60", "FFFFFF")


def test_a_legible_colour_stays() -> None:
    assert legible("0B4F60", ["FFFFFF", "F4F0E8"]) == "0B4F60"


@pytest.mark.parametrize(
    ("colour", "ground", "darker"), [("7F8C5A", "FFFFFF", True), ("5A6640", "101820", False)]
)
def test_a_faint_colour_moves_away_from_its_ground_and_no_farther_than_it_must(
    colour: str, ground: str, darker: bool
) -> None:
    moved = legible(colour, [ground])

    assert 4.5 <= contrast(moved, ground) < 4.8
    assert (lightness(moved) < lightness(colour)) is darker


def test_on_grounds_that_nothing_suits_black_or_white_is_given() -> None:
    assert legible("FF0000", ["000000", "FFFFFF", "777777"]) in ("000000", "FFFFFF")


def test_a_colour_of_the_theme_knows_its_slot() -> None:
    colour = placed("petrol", "0B4F60", SLOTS)

    assert (colour.slot, colour.near, colour.lum_mod, colour.lum_off) == (
        "accent1",
        "accent1",
        100000,
        0,
    )


@pytest.mark.parametrize("value", ["9FC8D2", "F2B79E", "0D4454", "C5CBCE", "7F3410"])
def test_the_nearest_slots_shade_looks_like_the_colour(value: str) -> None:
    colour = placed("x", value, SLOTS)

    assert colour.slot is None and colour.faithful
    made = shade(SLOTS[colour.near], colour.lum_mod, colour.lum_off)
    assert all(abs(int(made[i : i + 2], 16) - int(value[i : i + 2], 16)) <= 16 for i in (0, 2, 4))


def test_a_green_among_blues_and_reds_is_no_faithful_shade_of_any() -> None:
    assert not placed("positive", "2C6B3F", SLOTS).faithful


def test_half_black_is_written_as_office_writes_it() -> None:
    grey = placed("grey", "808080", {**SLOTS, "accent6": "5694B2", "lt2": "FFFFFF"})

    assert (grey.near, grey.lum_mod + grey.lum_off) == ("dk1", 100000)
