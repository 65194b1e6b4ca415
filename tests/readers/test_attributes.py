"""The braces of the dialect."""

from __future__ import annotations

from builder.readers.attributes import Attributes, BraceError, parse_braces


def read(text: str) -> Attributes:
    parsed = parse_braces(text)
    assert not isinstance(parsed, BraceError)
    assert parsed[1] == len(text)
    return parsed[0]


def test_braces_hold_a_label_classes_and_values() -> None:
    made = read("{#fig-x .chart .wide data=\"a b.csv\" width=60% alt='so'}")

    assert made.label == "fig-x"
    assert made.classes == ("chart", "wide")
    assert made.values == {"data": "a b.csv", "width": "60%", "alt": "so"}


def test_a_dash_alone_means_unnumbered() -> None:
    assert read("{-}").classes == ("unnumbered",)


def test_a_backslash_keeps_a_quotation_mark_inside_a_value() -> None:
    assert read(r'{a="say \"yes\""}').values == {"a": 'say "yes"'}


def test_a_key_knows_how_far_it_stands_from_the_brace() -> None:
    assert read('{.chart data="x"}').columns == {"data": 8}


def test_an_open_quotation_mark_is_found_where_it_opens() -> None:
    assert parse_braces('{.x a="b c}') == BraceError(6, unclosed_quote=True)


def test_what_is_no_attribute_is_found_where_it_stands() -> None:
    assert parse_braces("{.x ???}") == BraceError(4, unclosed_quote=False)
