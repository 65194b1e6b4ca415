"""What a batch is to make: rows read, files named, collisions found before anything starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.batch.orders import Naming, Orders, files_of, of_editions, of_rows
from builder.diagnostics import Diagnostics, Span
from builder.readers.editions import Edition
from builder.yaml_source import Yaml


def edition(name: str, *formats: str) -> Edition:
    return Edition(name, (), formats, (), Yaml({}, "briefing.yml"), Span("briefing.yml", 3, 1))


def orders(
    folder: Path, text: str | bytes, name: str = "", formats: tuple[str, ...] = ()
) -> tuple[Orders, list[str]]:
    """Order copies for a list; give them, and what stops the batch."""
    path = folder / "people.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    log = Diagnostics()
    made = of_rows(path, [edition("board")], Naming("report", name, formats), log)
    return made, [f"{d.at.line} {d.code.value}: {d.message}; {d.hint}" for d in log]


def names(made: Orders) -> list[str]:
    return [order.name for order in made.good]


def test_a_row_gives_a_copy_whose_columns_are_variables(tmp_path: Path) -> None:
    made, told = orders(tmp_path, "name;town;edition\nAnna;Åbo;board\n\nÖmer; a  b ;\n")

    assert not told
    assert [(o.copy.values, o.copy.edition, o.at.line) for o in made.good] == [
        ((("name", "Anna"), ("town", "Åbo")), "board", 2),
        ((("name", "Ömer"), ("town", "a b")), "", 4),
    ]
    assert names(made) == ["report-1", "report-2"]


def test_names_are_filled_in_and_fit_for_every_system(tmp_path: Path) -> None:
    text = 'name,town\nAnna/../Berg,"x:y"\nМария Орлова,Z\n'

    made, _ = orders(tmp_path, text, "{row} {name}, {town}{edition}")

    assert names(made) == ["1-Anna-..-Berg-x-y", "2-Мария-Орлова-Z"]


def test_rows_are_numbered_in_equal_width_whether_good_or_bad(tmp_path: Path) -> None:
    rows = "".join("x,y\n" if n == 3 else "x\n" for n in range(1, 12))

    made, _ = orders(tmp_path, f"name\n{rows}")

    assert names(made)[:3] == ["report-01", "report-02", "report-04"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("a", "the row has 1 cells, the first line 2"),
        ("a,b,c", "the row has 3 cells, the first line 2"),
        ("a,bord", "the briefing has no edition 'bord'; did you mean 'board'?"),
        ('a,"b" c', "the row is no CSV: ',' expected after '\"'"),
        ("://,", "'' cannot name a file (from '{name}')"),
        ("con,", "'con' cannot name a file (from '{name}')"),
        (f"{'x' * 121},", f"'{'x' * 121}' cannot name a file (from '{{name}}')"),
        (f"{'漢' * 100},", f"'{'漢' * 100}' cannot name a file (from '{{name}}')"),
    ],
)
def test_a_bad_row_is_told_and_the_others_stay(tmp_path: Path, row: str, message: str) -> None:
    made, told = orders(tmp_path, f"name,edition\nAnna,\n{row}\nLeo,board\n", "{name}")

    assert not told
    assert names(made) == ["Anna", "Leo"]
    assert [(d.at.line, d.code.value, d.message) for d in made.bad] == [(3, "batch-row", message)]


@pytest.mark.parametrize(
    ("text", "name", "formats", "finding"),
    [
        ("name\nAnna\nanna\n", "{name}", (), "3 batch-name: 'anna.pdf' is the name of two copies; the other is that of line 2"),
        ("name\nÄ\nA\u0308\n", "{name}", (), "3 batch-name: 'Ä.pdf' is the name of two copies"),
        ("name\na\na-slides\n", "{name}", ("slides-pdf", "pdf"), "3 batch-name: 'a-slides.pdf' is the name of two copies"),
        ("name\na\n", "{nam}", (), "0 batch-name: --name '{nam}': there is no column 'nam'; did you mean 'name'?"),
        ("name\na\n", "{name", (), "0 batch-name: --name '{name': a brace is not closed"),
        ("name,name\na,b\n", "", (), "1 batch-data: the column 'name' is there twice"),
        ("name\n", "", (), "1 batch-data: the list has no rows"),
        (b"name\n\xff\n", "", (), "2 file-unreadable: the list is no UTF-8 text (byte 0xff)"),
    ],
)  # fmt: skip
def test_what_would_lose_a_copy_stops_the_batch_before_it_starts(
    tmp_path: Path, text: str | bytes, name: str, formats: tuple[str, ...], finding: str
) -> None:
    told = orders(tmp_path, text, name, formats)[1]

    assert len(told) == 1 and told[0].startswith(finding), told


def test_names_collide_only_in_files_that_are_made(tmp_path: Path) -> None:
    assert not orders(tmp_path, "name\na\na-slides\n", "{name}", ("pdf",))[1]


def test_the_file_for_the_press_may_collide_as_well(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("name\na\na-print\n")
    log = Diagnostics()

    of_rows(tmp_path / "people.csv", (), Naming("report", "{name}", (), for_print=True), log)

    assert [d.message for d in log] == [
        "'a-print.pdf' is the name of two copies; the other is that of line 2"
    ]


def test_editions_are_ordered_by_name() -> None:
    known = [edition("a"), edition("b"), edition("c")]
    log = Diagnostics()

    made = of_editions(known, ["c", "a"], Naming("report", "", ()), log)
    same = of_editions(known, ["a", "b"], Naming("report", "{project}", ()), log)

    assert names(made) == ["report-a", "report-c"]
    assert [d.code.value for d in log] == ["batch-name"] and len(same.good) == 2


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    log = Diagnostics()
    of_rows(tmp_path / "none.csv", (), Naming("report", "", ()), log)

    assert [d.code.value for d in log] == ["file-missing"]


def test_files_bear_the_endings_that_writers_give() -> None:
    formats = ("pdf", "docx", "pptx", "print", "slides-pdf", "handout")

    assert files_of("x", formats) == [
        "x.pdf", "x.docx", "x.pptx", "x-print.pdf", "x-slides.pdf", "x-handout.pdf",
    ]  # fmt: skip
