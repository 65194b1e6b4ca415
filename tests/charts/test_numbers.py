"""Numbers as each language writes them."""

import pytest

from builder.charts.numbers import format_number


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "1,234.5"),
        ("en-GB", "1,234.5"),
        ("he", "1,234.5"),
        ("de", "1.234,5"),
        ("tr", "1.234,5"),
        ("az", "1.234,5"),
        ("fr", "1\u00a0234,5"),
        ("ru", "1\u00a0234,5"),
    ],
)
def test_each_language_has_its_own_signs(language: str, shown: str) -> None:
    assert format_number(1234.5, None, language) == shown


def test_without_decimals_given_a_number_keeps_the_digits_that_it_has() -> None:
    assert [format_number(v, None, "en") for v in (82.5, 250.0, 0.125, 1e15)] == [
        "82.5",
        "250",
        "0.125",
        "1,000,000,000,000,000",
    ]


def test_halves_are_rounded_away_from_zero() -> None:
    assert [format_number(v, 1, "en") for v in (0.25, -0.25, 1.05)] == [
        "0.3",
        "−0.3",
        "1.1",
    ]


def test_a_negative_number_has_a_minus_sign_and_zero_has_none() -> None:
    assert format_number(-5.0, 0, "en") == "−5"
    assert format_number(-0.0, 0, "en") == "0"
    assert format_number(-0.04, 1, "en") == "0.0"


def test_a_missing_value_says_so() -> None:
    assert format_number(None, 2, "en") == "n/s"
