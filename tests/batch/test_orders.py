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


@pytest.mark.parametrize(
    ("text", "good", "bad"),
    [
        # A quotation mark that is never closed: it takes no other row with it.
        ('name,town\nA,x\n"B,x\nC,x\nD,x\n', "A C D", [3]),
        ('name,town\n"B,x\nC,"x"\nD,x\n', "C D", [2]),
        ('name,town\n"B,x\nC,x\n"D",x\nE,x\n', "C D E", [2]),
        # One that is closed by another row's, which then is bad as well.
        ('name,town\n"B,x\nC,x\nD,"\nE,x\n', "C E", [2, 4]),
        ('a,b,name\n"x,x,B\nx,x,C\nx,",D,B\nx,x,E\n', "C E", [2, 4]),
        # A good row of several lines behind one that is broken twice.
        ('name,town\nA,x,"y\nB,"u\nv"\nC,y\n', "B C", [2]),
        # An address over two lines is one cell, as long as nothing tells of a lost row.
        ('name,town\n"B\r\nC",x\nD,x\n', "B-C D", []),
        ('name,town\nA,"x\ny"\nD,x\n', "A D", []),
        ('name,town\n"B, C\nE",x\nD,x\n', "D", [2]),
        ('name,town\n"B ""C""",x\n', "B-C", []),
    ],
)
def test_a_row_is_not_lost_in_the_cell_of_another(
    tmp_path: Path, text: str, good: str, bad: list[int]
) -> None:
    made, told = orders(tmp_path, text, "{name}")

    assert not told
    assert names(made) == good.split()
    assert [fault.at.line for fault in made.bad] == bad


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ('Anna,"Way 1,\nGraz",x', 'Anna,"Way 1\nGraz",x'),  # what parts cells, in a cell
        ('Anna,"Way 1, 2\nFloor 3\nGraz, A",x', 'Anna,"Way 1\nFloor 3\nGraz",x'),
        ('Anna,"Way 1,\nGraz"', 'Anna,"Way 1\nGraz",x'),  # and a cell too few
        ('Anna,"Way 1\nGraz",x,y', 'Anna,"Way 1\nGraz",x'),  # a cell too many
        ('Anna,"Way 1\nGraz" A,x', 'Anna,"Way 1\nGraz",x'),  # words behind the mark that closes
        ('Anna,"Way, 1","x\nBert,"Way, 2",x', 'Anna,"Way, 1",x\nBert,"Way, 2",x'),  # two rows
        ('"Anna,y,x\nBert,y,x\nC,",D,E', 'Anna,y,x\nBert,y,x\nC,D,E'),  # three rows
    ],
)  # fmt: skip
def test_names_of_the_others_stay_when_a_row_of_several_lines_is_mended(
    tmp_path: Path, broken: str, mended: str
) -> None:
    first, _ = orders(tmp_path, f"name,way,town\n{broken}\nLeo,y,x\n", "{row}-{name}")
    then, told = orders(tmp_path, f"name,way,town\n{mended}\nLeo,y,x\n", "{row}-{name}")

    assert first.bad and not then.bad and not told
    assert names(first)[-1] == names(then)[-1] and set(names(first)) < set(names(then))


def test_a_bad_row_of_several_lines_is_told_once_and_to_its_end(tmp_path: Path) -> None:
    text = 'name,way,town\nAnna,"Way 1,\nGraz",x\nLeo,"y\nz" z,x\nMia,y,x\n'

    made, _ = orders(tmp_path, text, "{name}")

    assert names(made) == ["Mia"]
    assert [(d.at.line, d.message) for d in made.bad] == [
        (2, "a cell goes on to line 3 and holds ',': a row may have been lost in it"),
        (4, "the row, which goes on to line 5, is no CSV: ',' expected after '\"'"),
    ]


def test_a_cell_of_very_many_lines_is_no_cell(tmp_path: Path) -> None:
    rows = "".join(f"R{n},x\n" for n in range(60))

    made, _ = orders(tmp_path, f'name,town\n"B\n{rows}C",x\n', "{name}")

    assert len(made.good) == 60 and [fault.at.line for fault in made.bad] == [2, 63]


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_excel_may_say_what_parts_cells(tmp_path: Path, mark: str) -> None:
    text = f"SEP={mark}\r\nname{mark}a,b,c\r\nAnna{mark}1,2\r\n"

    made, told = orders(tmp_path, text, "{name}")

    assert not told and made.columns == ("name", "a,b,c")
    assert [(o.copy.values, o.at.line) for o in made.good] == [
        ((("name", "Anna"), ("a,b,c", "1,2")), 3)
    ]


@pytest.mark.parametrize(
    ("column", "stands"), [("row", "the number of the row"), ("project", "the project's name")]
)
def test_a_column_that_a_name_means_otherwise_is_refused_there(
    tmp_path: Path, column: str, stands: str
) -> None:
    text = f"name,{column}\nAnna,x\n"

    told = orders(tmp_path, text, f"{{name}}-{{{column}}}")[1]

    assert told == [
        f"0 batch-name: --name '{{name}}-{{{column}}}': {{{column}}} is not the list's column"
        f" {column!r}; it stands for {stands}: give the column another name"
    ]
    assert not orders(tmp_path, text, "{name}")[1] and not orders(tmp_path, text)[1]


def test_rows_are_numbered_in_equal_width_whether_good_or_bad(tmp_path: Path) -> None:
    rows = "".join("x,y\n" if n == 3 else "x\n" for n in range(1, 12))

    made, _ = orders(tmp_path, f"name\n{rows}")

    assert names(made)[:3] == ["report-01", "report-02", "report-04"]


def test_names_stay_when_the_tenth_row_is_mended(tmp_path: Path) -> None:
    good = "name,town\n" + "x,y\n" * 9

    first, _ = orders(tmp_path, f"{good}x\n")
    then, _ = orders(tmp_path, f"{good}x,y\n")

    assert names(then) == [*names(first), "report-10"]
    assert names(first)[:2] == ["report-01", "report-02"]


def test_rows_that_are_all_bad_are_told_and_their_columns_are_there(tmp_path: Path) -> None:
    made, told = orders(tmp_path, "name,town\nAnna\nLeo,x,y\n", "{name}")

    assert not told and not made.good
    assert [(d.at.line, d.message) for d in made.bad] == [
        (2, "the row has 1 cells, the first line 2"),
        (3, "the row has 3 cells, the first line 2"),
    ]


def test_a_value_under_no_name_is_not_lost_untold(tmp_path: Path) -> None:
    """Cells that were moved to the right give each reader the town of another."""
    made, told = orders(tmp_path, "name;town;\nAnna;Graz;\nBerg;Leo;Wien\n", "{name}")

    assert not told and names(made) == ["Anna"]
    assert [(d.at.line, d.message) for d in made.bad] == [
        (3, "cell 3 holds something, and the first line has no name for it"),
    ]


def test_a_column_without_a_name_that_all_rows_have_is_told_once(tmp_path: Path) -> None:
    made, told = orders(tmp_path, ",name,town\n0,Anna,Graz\n1,Berg\n2,Leo,Wien\n", "{name}")

    assert names(made) == ["Anna", "Leo"] and made.columns == ("name", "town")
    assert told == [
        "1 batch-columns: nothing uses cell 1 of the rows: the first line has no name for it;"
        " give it a name"
    ]
    assert [d.message for d in made.bad] == ["the row has 2 cells, the first line 3"]


@pytest.mark.parametrize(
    ("head", "columns"),
    [
        ('"Name, first";office', ("Name, first", "office")),
        ('"Name, ""first"", last";office', ('Name, "first", last', "office")),
        ('"Name,\nfirst";office', ("Name, first", "office")),
        ('"a;b;c",office', ("a;b;c", "office")),
    ],
)
def test_what_parts_cells_is_not_looked_for_in_quotation_marks(
    tmp_path: Path, head: str, columns: tuple[str, ...]
) -> None:
    mark = ";" if head.endswith(";office") else ","

    made, told = orders(tmp_path, f"{head}\nAnna{mark}Graz\n", "{office}")

    assert not told and not made.bad
    assert (made.columns, names(made)) == (columns, ["Graz"])


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


def test_one_name_for_two_copies_is_a_collision_whatever_is_made_of_them(tmp_path: Path) -> None:
    """Jobs are known by their names: the second one took the place of the first."""
    path = tmp_path / "people.csv"
    path.write_text("name,edition\nAnna,a\nAnna,b\n")
    known = [edition("a", "pdf"), edition("b", "docx")]
    rows, editions = Diagnostics(), Diagnostics()

    of_rows(path, known, Naming("report", "{name}", ()), rows)
    of_editions(known, ["a", "b"], Naming("report", "{project}", ()), editions)

    (told,), (other,) = rows, editions
    assert (told.at.line, told.code.value) == (3, "batch-name")
    assert told.message == "'Anna' is the name of two copies; the other is that of line 2"
    assert told.hint == "--name '{name}' does not tell them apart: add {row} or another column"
    assert other.message == "'report' is the name of two copies; the other is that of line 3"
    assert other.hint == "--name '{project}' does not tell them apart: add {edition} or {row}"


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


def test_the_number_of_an_edition_is_its_place_whatever_is_asked_for() -> None:
    """An edition made alone took the file of another, which had been the first of all."""
    known = [edition(f"e{n}") for n in range(1, 11)]
    naming = Naming("report", "{project}-{row}", ())

    every = of_editions(known, [e.name for e in known], naming, Diagnostics())
    some = of_editions(known, ["e10", "e2"], naming, Diagnostics())

    assert names(every)[:2] == ["report-01", "report-02"]
    assert [(o.copy.edition, o.name) for o in some.good] == [
        ("e2", "report-02"),
        ("e10", "report-10"),
    ]


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    log = Diagnostics()
    of_rows(tmp_path / "none.csv", (), Naming("report", "", ()), log)

    assert [d.code.value for d in log] == ["file-missing"]


def test_files_bear_the_endings_that_writers_give() -> None:
    formats = ("pdf", "docx", "pptx", "print", "slides-pdf", "handout")

    assert files_of("x", formats) == [
        "x.pdf", "x.docx", "x.pptx", "x-print.pdf", "x-slides.pdf", "x-handout.pdf",
    ]  # fmt: skip
