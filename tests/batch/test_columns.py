"""The columns of a list that a briefing uses, and those that it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.batch.planning import Planned, Wish, plan
from builder.cli import main
from builder.diagnostics import ContentErrors, Diagnostics
from builder.job import Job
from tests.batch.batches import small


def planned(
    folder: Path, text: str, name: str = "", body: str = "Dear {{< var name >}}.\n"
) -> tuple[Planned | None, list[str]]:
    """Plan a batch for a list; give the plan, if there is one, and what was found."""
    people = folder / "people.csv"
    people.write_text(text, encoding="utf-8")
    log = Diagnostics()
    wish = Wish(Job(small(folder, body), ("pptx",), folder / "out"), data=people, template=name)
    try:
        made = plan(wish, log)
    except ContentErrors:
        made = None
    return made, [f"{d.at.line} {d.severity.value} {d.code.value}: {d.message}" for d in log]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("# Read me\nThis is no list.\n", "'# Read me'"),
        ("nmae,phone\nAnna,1\n", "'nmae', 'phone'"),
        (",".join(f"c{n}" for n in range(10)) + "\n" + "x," * 9 + "x\n", "'c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7' and 2 more"),
    ],
)  # fmt: skip
def test_a_list_of_which_nothing_is_used_makes_no_copies(
    tmp_path: Path, text: str, named: str
) -> None:
    made, told = planned(tmp_path, text)

    assert made is None
    assert told == [
        "1 error batch-columns: the briefing uses no column of the list "
        f"({named}): every copy would be the same"
    ]


def test_the_hint_names_the_variable_that_was_meant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "people.csv").write_text("\nnmae;phone\nAnna;1\n")
    asked = ["batch", str(small(tmp_path)), "--data", str(tmp_path / "people.csv")]

    assert main([*asked, "-d", str(tmp_path / "out")]) == 1

    told = capsys.readouterr().err
    assert "people.csv:2:1: error[batch-columns]: " in told
    assert told.endswith("hint: nmae: did you mean 'name'?\n")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("head", "wrong"),
    [
        ("Name;Town;edition", {"'Name' is used by nothing: it is written 'name'"}),
        ("name;Edition;town", {"'Edition' is used by nothing: it is written 'edition'"}),
        ("N a-me;EDITION;x", {"'N a-me' is used by nothing: it is written 'name'", "'EDITION' is used by nothing: it is written 'edition'"}),
    ],
)  # fmt: skip
def test_a_column_written_a_little_otherwise_stops_the_batch(
    tmp_path: Path, head: str, wrong: set[str]
) -> None:
    """Every copy would greet a reader of no name, or be another's edition."""
    made, told = planned(tmp_path, f"{head}\nAnna;press;Graz\n")

    assert made is None
    assert set(told) == {f"1 error batch-columns: the column {what}" for what in wrong}


def test_a_further_column_of_nearly_the_same_name_is_only_told(tmp_path: Path) -> None:
    made, told = planned(tmp_path, "name,Name\nAnna,Anna B.\n")

    assert made is not None and told == ["1 warning batch-columns: nothing uses the column 'Name'"]


@pytest.mark.parametrize(
    ("text", "name", "body"),
    [
        ("code\nA\nB\n", "{code}", "The same for all.\n"),  # many copies, named apart
        ("edition\nboard\npress\n", "", "The same for all.\n"),
        ("town\nGraz\n", "", "Dear reader in {{< var town >}}.\n"),  # briefing.yml has it not
    ],
)
def test_a_column_may_name_files_choose_editions_or_stand_in_the_text(
    tmp_path: Path, text: str, name: str, body: str
) -> None:
    made, told = planned(tmp_path, text, name, body)

    assert made is not None and not told


def test_columns_that_nothing_uses_are_told_and_do_not_travel_in_the_files(tmp_path: Path) -> None:
    made, told = planned(tmp_path, "name,phone,salary,code\nAnna,1,2,x\n", "{code}")

    assert told == ["1 warning batch-columns: nothing uses the columns 'phone', 'salary'"]
    assert made is not None
    assert [order.copy.values for order in made.orders.values()] == [(("name", "Anna"),)]


def test_copies_do_not_change_with_columns_that_nothing_uses(tmp_path: Path) -> None:
    first, _ = planned(tmp_path, "name,phone\nAnna,1\n")
    second, _ = planned(tmp_path, "name,phone\nAnna,2\n")

    assert first is not None and second is not None and first.keys == second.keys


def test_a_variable_that_is_empty_in_some_rows_is_noted(tmp_path: Path) -> None:
    _, told = planned(tmp_path, "name,edition\nAnna,\n,board\nLeo,\n,press\n")

    assert told == [
        "1 note batch-columns: 'name' is empty in lines 3, 5: nothing stands for it in these copies"
    ]


def test_a_warning_of_the_list_is_3_under_strict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("builder.cli_batch.local", lambda jobs, limits: lambda jobs: [])
    (tmp_path / "people.csv").write_text("name,phone\nAnna,1\n")
    asked = ["batch", str(small(tmp_path)), "--data", str(tmp_path / "people.csv")]
    asked += ["-d", str(tmp_path / "out")]

    assert [main(asked), main([*asked, "--strict"])] == [0, 3]
    assert capsys.readouterr().err.count("batch-columns") == 2
