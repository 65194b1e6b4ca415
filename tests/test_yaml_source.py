"""YAML with places: what an editor typed is what is read, and each fault has its line."""

from __future__ import annotations

import pytest

from builder.diagnostics import Diagnostics, Span
from builder.readers.settings import Settings
from builder.yaml_source import check, read_yaml


def read(text: str) -> object:
    log = Diagnostics()
    yaml = read_yaml(text, "briefing.yml", log)
    assert not list(log) and yaml is not None
    return yaml.data


def faults(text: str) -> list[str]:
    log = Diagnostics()
    yaml = read_yaml(text, "briefing.yml", log)
    if yaml is not None:
        check(Settings, yaml, log)
    return [f"{d.at.line}:{d.at.column} {d.code.value} {d.message}" for d in log]


def test_words_that_older_yaml_takes_for_something_else_stay_words() -> None:
    assert read("a: no\nb: 1:30\nc: 012\nd: 2014-10-31\ne: on") == {
        "a": "no",
        "b": "1:30",
        "c": "012",
        "d": "2014-10-31",
        "e": "on",
    }


def test_numbers_booleans_and_null_are_what_they_look_like() -> None:
    assert read("a: 12\nb: -1.5\nc: true\nd: null\ne: '12'\nf: 1e3") == {
        "a": 12,
        "b": -1.5,
        "c": True,
        "d": None,
        "e": "12",
        "f": 1000.0,
    }


def test_every_key_and_value_knows_its_place() -> None:
    yaml = read_yaml("title: A\nsections:\n  - one.md\n  - two.md\n", "b.yml", Diagnostics())

    assert yaml is not None
    assert yaml.span(("sections", 1)) == Span("b.yml", 4, 5)
    assert yaml.value_span(("title",)) == Span("b.yml", 1, 8)
    assert yaml.span(("sections", 7)) == Span("b.yml", 2, 1)


def test_front_matter_counts_its_lines_from_where_it_begins() -> None:
    yaml = read_yaml("title: A\n", "s.md", Diagnostics(), first_line=2)

    assert yaml is not None and yaml.span(("title",)).line == 2


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            'title: "abc\nsections: [a]\n',
            "1:8 quote-unclosed the quotation mark that opens here is never closed",
        ),
        (
            "title: 'abc",
            "1:8 quote-unclosed the quotation mark that opens here is never closed",
        ),
        (
            "title: x\nsections: [a, b\ndate: 2014\n",
            "2:11 yaml-syntax the bracket that opens here is never closed",
        ),
        (
            "title: x\nsections: [a, {b:",
            "2:15 yaml-syntax the bracket that opens here is never closed",
        ),
        ("title: x\nsections: [a, , b]", "2:15 yaml-syntax a value is missing here"),
        (
            "title: x\nsections: [a]\ntitle: y\n",
            "3:1 yaml-duplicate-key the key 'title' was given before, in line 1",
        ),
        ("title: a: b\n", "1:9 yaml-syntax a second colon cannot stand here"),
        (
            "title: x\n\tsections: a\n",
            "2:1 yaml-syntax a tab stands where only spaces may",
        ),
        (
            "  title: x\nsections: [a]\n",
            "2:1 yaml-syntax this line does not fit those above it",
        ),
    ],
)
def test_broken_yaml_is_reported_where_it_breaks(text: str, fault: str) -> None:
    assert fault in faults(text)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("titel: x\nsections: [a]", "1:1 key-unknown there is no key 'titel'"),
        ("titel: x\nsections: [a]", "1:1 key-missing the key 'title' is missing"),
        (
            "title: x\nsections: [a]\npaper: a5",
            "3:8 value-invalid paper: 'a5' is not among the values that can stand here",
        ),
        (
            "title: x\nsections: [a]\ndeck:\n  agena: true",
            "4:3 key-unknown deck has no key 'agena'",
        ),
        (
            "title: x\nsections: [a]\nkeywords: {a: b}",
            "3:11 value-invalid keywords: a mapping is not a list",
        ),
    ],
)
def test_keys_and_values_that_do_not_fit_are_reported_at_their_place(text: str, fault: str) -> None:
    assert fault in faults(text)


@pytest.mark.parametrize(
    "text", ["title: x\nkey", "title: x\nkey\nother: y\n", "title: x\nkey\n\n"]
)
def test_a_key_without_a_colon_is_reported_where_it_stands(text: str) -> None:
    assert faults(text) == ["2:1 yaml-syntax this line is no 'key: value'"]


def test_a_mistyped_key_gets_the_right_one_as_a_hint() -> None:
    log = Diagnostics()
    yaml = read_yaml("title: x\nsections: [a]\nlanguge: de", "b.yml", log)
    assert yaml is not None

    assert check(Settings, yaml, log) is None
    assert [d.hint for d in log] == ["did you mean 'language'?"]


def test_aliases_cannot_multiply_a_file_without_end() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{','.join([f'*{chr(97 + i)}'] * 10)}]\n" for i in range(8)
    )
    log = Diagnostics()

    assert read_yaml(bomb, "b.yml", log) is None
    assert [d.code.value for d in log] == ["yaml-syntax"]
