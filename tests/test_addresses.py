"""E-mail addresses: odd ones that are valid, and likely ones that are not."""

from __future__ import annotations

import pytest

from builder.addresses import parse_address, parse_addresses

GOOD = [
    ("anna@example.org", "", "anna@example.org"),
    ("  Anna Berg   <anna@Example.ORG> ", "Anna Berg", "anna@example.org"),
    ('"Berg, Anna" <anna@example.org>', "Berg, Anna", "anna@example.org"),
    (r'"Müller \"Max\"" <m@example.org>', 'Müller "Max"', "m@example.org"),
    ("J. Smith <j@localhost>", "J. Smith", "j@localhost"),
    ("o'hara+tag@x.co.uk", "", "o'hara+tag@x.co.uk"),
    ("!#$%&'*+/=?^_`{|}~-@example.org", "", "!#$%&'*+/=?^_`{|}~-@example.org"),
    ('"john smith"@example.org', "", '"john smith"@example.org'),
    ('"a@b"@example.org', "", '"a@b"@example.org'),
    (r'"a\"b"@example.org', "", r'"a\"b"@example.org'),
    ("u@[192.0.2.1]", "", "u@[192.0.2.1]"),
    ("u@[IPv6:2001:db8::1]", "", "u@[IPv6:2001:db8::1]"),
    ("anna@bücher.example", "", "anna@xn--bcher-kva.example"),
    ("иван@пример.рф", "", "иван@xn--e1afmkfd.xn--p1ai"),
    ("<anna@example.org>", "", "anna@example.org"),
]
BAD = [
    ("", "is no address"),
    ("anna", "has to look like anna@example.org"),
    ("anna@", "has to look like"),
    ("@example.org", "has to look like"),
    ("a b@example.org", "before the @"),
    ("a..b@example.org", "before the @"),
    (".a@example.org", "before the @"),
    ("a(comment)@example.org", "before the @"),
    ("a@b@example.org", "before the @"),
    ("a\u00a0b@example.org", "before the @"),
    ("a@x_y.org", "behind the @"),
    ("a@-x.org", "behind the @"),
    ("a@x..org", "behind the @"),
    ("a@x.org.", "behind the @"),
    ("a@x y", "behind the @"),
    ("a@[999.0.0.1]", "no IP address"),
    ("Anna anna@example.org", "before the @"),
    ("Anna <anna@example.org", "before the @"),
    ("anna@example.org>", "no '<' to its '>'"),
    ("Anna (Boss) <anna@example.org>", "needs quotation marks"),
    ('"Anna <anna@example.org>', "never closed"),
    (f"{'x' * 65}@example.org", "longer than any"),
    (f"x@{'y' * 60}.{'y' * 60}.{'y' * 60}.{'y' * 60}.{'y' * 60}", "longer than any"),
    ("a@example.org\r\nBcc: b@example.org", "U+000D"),
    ("Anna\nTo: x <a@example.org>", "U+000A"),
    ("a@example.org, b@example.org", "several addresses"),
    ("a\ud800@example.org", "U+D800"),
]


@pytest.mark.parametrize(("text", "name", "spec"), GOOD)
def test_an_odd_but_valid_address_is_taken_as_it_is(text: str, name: str, spec: str) -> None:
    address = parse_address(text)

    assert (address.name, address.spec) == (name, spec)


@pytest.mark.parametrize(("text", "reason"), BAD)
def test_what_is_no_address_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason.replace("(", r"\(").replace("+", r"\+")):
        parse_address(text)


def test_a_list_may_have_commas_and_semicolons_inside_quotation_marks_too() -> None:
    found = parse_addresses('"a, b; c" <a@example.org>; "d;e"@example.org, f@example.org,')

    assert [a.spec for a in found] == ["a@example.org", '"d;e"@example.org', "f@example.org"]


def test_capitals_make_no_other_mailbox() -> None:
    assert parse_address("Anna@Example.org").key == parse_address("anna@example.ORG").key
