"""What pydantic finds wrong, told to an author: one finding a fault, at its place, in plain words."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from builder.diagnostics import Diagnostics
from builder.yaml_source import check, read_yaml


class Strict(BaseModel):
    """No other keys than these."""

    model_config = ConfigDict(extra="forbid")


class Person(Strict):
    """Someone."""

    name: str = Field(description="Who it is")
    age: int = Field(default=0, ge=0)


class Sheet(Strict):
    """Of every kind of field one."""

    title: str = Field(min_length=1)
    paper: Literal["a4", "letter"] = "a4"
    ready: bool = False
    share: float = Field(default=0.5, le=1)
    people: list[Person] = []
    by_role: dict[str, Person] = {}
    lead: Person | str = ""
    words: Annotated[list[str], BeforeValidator(lambda v: [v] if isinstance(v, str) else v)] = []


def faults(text: str) -> list[str]:
    log = Diagnostics()
    yaml = read_yaml(text, "sheet.yml", log)
    assert yaml is not None
    assert check(Sheet, yaml, log) is None
    return [f"{d.at.line}:{d.at.column} {d.code.value}: {d.message} ({d.hint})" for d in log]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("title: x\npaper: a44", "2:8 value-invalid: paper: 'a44' is not among the values that can stand here (did you mean 'a4'?)"),
        ("title: x\npaper: tabloid", "2:8 value-invalid: paper: 'tabloid' is not among the values that can stand here (write one of a4, letter)"),
        ("title: x\nready: perhaps", "2:8 value-invalid: ready: 'perhaps' is not true or false (write true or false)"),
        ("title: x\nshare: 1.5", "2:8 value-invalid: share: 1.5 is more than 1.0 (write 1.0 or less)"),
        ("title: x\nshare: half", "2:8 value-invalid: share: 'half' is not a number (write a number, without quotes)"),
        ("title: ''", "1:9 value-invalid: title: it is empty (write text)"),
        ("title:", "1:7 value-invalid: title: the value is missing (write one after the colon; in quotes if it begins with #)"),
        ("title: [a]", "1:8 value-invalid: title: a list is not text (write text; in quotes if it looks like something else)"),
        ("title: x\npeople: {name: A}", "2:9 value-invalid: people: a mapping is not a list (write [one, two], or one '- item' a line)"),
        ("title: x\npeople:\n  - name: A\n    age: -1", "4:10 value-invalid: people item 1.age: -1 is less than 0 (write 0 or more)"),
        ("title: x\npeople:\n  - nam: A\n    name: B", "3:5 key-unknown: people item 1 has no key 'nam' (did you mean 'name'?)"),
        ("title: x\npeople:\n  - age: 3", "3:5 key-missing: people item 1 needs the key 'name' (add 'name: …' (who it is))"),
        ("title: x\nby_role:\n  editor: {name: A, agee: 3}", "3:21 key-unknown: by_role.editor has no key 'agee' (did you mean 'age'?)"),
        ("title: x\nlead: {name: A, years: 3}", "2:17 key-unknown: lead has no key 'years' (known keys: name, age)"),
        ("title: x\nwords: {a: b}", "2:8 value-invalid: words: a mapping is not a list (write [one, two], or one '- item' a line)"),
    ],
)  # fmt: skip
def test_each_fault_is_told_once_with_what_to_do(text: str, fault: str) -> None:
    assert faults(text) == [fault]


def test_all_faults_are_told_at_once() -> None:
    told = faults("titel: x\npaper: a5\npeople: 3")

    assert [line.split(":")[0] + " " + line.split()[1] for line in told] == [
        "1 key-missing:",
        "2 value-invalid:",
        "3 value-invalid:",
        "1 key-unknown:",
    ]


def test_data_below_a_path_is_checked_with_the_places_of_the_whole_file() -> None:
    log = Diagnostics()
    yaml = read_yaml("defaults:\n  sheet:\n    titel: x\n    title: y\n", "b.yml", log)
    assert yaml is not None

    assert check(Sheet, yaml, log, path=("defaults", "sheet")) is None

    assert [str(d.at) for d in log] == ["b.yml:3:5"]


def test_an_empty_file_lacks_what_must_be_there() -> None:
    assert faults("# nothing yet\n") == [
        "1:1 key-missing: the key 'title' is missing (add 'title: …')"
    ]


def test_a_number_where_text_is_meant_keeps_its_digits() -> None:
    class Issue(Strict):
        number: Annotated[str, BeforeValidator(str)]

    yaml = read_yaml("number: 1.10", "b.yml", Diagnostics())
    assert yaml is not None

    issue = check(Issue, yaml, Diagnostics())

    assert issue is not None and issue.number == "1.10"


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("a: !python/object x", "1:4 the tag '!python/object' is not used here"),
        ("&a [*a]", "1:1 this is repeated inside itself"),
        ("[" * 100_000, "1:65 nested more than 64 levels deep"),
        ("? [a]\n: 3", "1:3 a key is a list or a mapping"),
        ("a: 1\nb: x\x07y\n", "2:5 the character U+0007 cannot stand in YAML"),
        ('a: "\\q"', "1:5 found unknown escape character"),
        ("a: 1\n---\nb: 2", "2:1 but found another document"),
        ("a: *later", "1:4 found undefined alias"),
    ],
)
def test_yaml_that_we_do_not_take_is_refused_at_its_place(text: str, finding: str) -> None:
    log = Diagnostics()

    assert read_yaml(text, "b.yml", log) is None

    assert [f"{d.at.line}:{d.at.column} {d.message}" for d in log] == [finding]
