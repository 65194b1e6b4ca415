"""Lists of recipients: what can be used, what cannot, and on which line."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.diagnostics import Diagnostics
from builder.mail.people import People, read_people


def people(text: str | bytes, tmp_path: Path) -> tuple[People, list[str]]:
    path = tmp_path / "people.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    log = Diagnostics()
    return read_people(path, log), [f"{d.at.line}: {d.message}" for d in log]


def shown(found: People) -> list[tuple[str, str, int]]:
    return [(p.address.name, p.address.spec, p.at.line) for p in found.good]


def bad(found: People) -> list[str]:
    return [f"{d.at.line}: {d.message}" for d in found.bad]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_spreadsheets_csv_is_read(mark: str, end: str, tmp_path: Path) -> None:
    rows = ["Name,E-mail,Language,Room", '"Berg, Anna",anna@example.org,de,12', ",b@example.org,,"]
    text = end.join(row.replace('"Berg, Anna"', "Anna").replace(",", mark) for row in rows)

    found, log = people("\ufeff" + text, tmp_path)

    assert log == [] and bad(found) == []
    assert shown(found) == [("Anna", "anna@example.org", 2), ("", "b@example.org", 3)]
    assert (found.good[0].language, dict(found.good[0].values)) == ("de", {"room": "12"})


def test_a_cell_may_have_commas_and_quotation_marks(tmp_path: Path) -> None:
    found, _ = people('name,address\n"Berg, ""Anna""",anna@example.org\n', tmp_path)

    assert shown(found) == [('Berg, "Anna"', "anna@example.org", 2)]


ROWS = [
    ("Anna,", "the row has no address"),
    ("Anna,anna", "'anna' is no address"),
    ("Anna,anna@example.org,de,x,extra", "the row has 5 cells, the first line names 3"),
    ("Anna,a@example.org b@example.org", "what stands before the @"),
    (
        '"Anna\nBcc: victim@example.org",anna@example.org',
        "has a character that a name cannot have: U+000A",
    ),
    ('Anna,"anna@example.org\r\nBcc: v@example.org"', "U+000D"),
    ("An\u2028na,anna@example.org", "U+2028"),
    ("An\u202ena,anna@example.org", "U+202E"),
    ("Anna\x00,anna@example.org", "U+0000"),
    (f"{'x' * 201},anna@example.org", "has 201 characters"),
    (f"Anna,{'x' * 300}@example.org", "longer than any mailbox"),
    ("Anna,ok@example.org", "ok@example.org is in the list already, in line 2"),
    ("Anna,OK@Example.ORG", "is in the list already"),
    ("Anna,anna@example.org,de_DE", "'de_DE' is no language"),
    ('Anna "the Boss",anna@example.org', None),
    ('"Anna" the Boss,anna@example.org', "the row is no CSV"),
]


@pytest.mark.parametrize(("row", "reason"), ROWS, ids=[repr(r[0])[:30] for r in ROWS])
def test_a_bad_row_is_refused_with_its_line_and_the_others_stay(
    row: str, reason: str | None, tmp_path: Path
) -> None:
    text = f"name,address,language\nOk,ok@example.org,\n\n{row}\nLast,last@example.org,\n"

    found, log = people(text, tmp_path)

    assert log == []
    specs = [p.address.spec for p in found.good]
    assert (specs[0], specs[-1]) == ("ok@example.org", "last@example.org")
    if reason is None:
        assert bad(found) == []
        return
    (told,) = bad(found)
    assert told.startswith("4: ") and reason in told
    assert len(found.good) == 2


def test_a_quotation_mark_left_open_swallows_no_other_row(tmp_path: Path) -> None:
    text = 'name,address\nA,a@example.org\n"B,b@example.org\nC,c@example.org\n"D",d@example.org\nE,e@example.org\n'

    found, _ = people(text, tmp_path)

    assert [p.address.spec for p in found.good] == [f"{name}@example.org" for name in "acde"]
    (told,) = bad(found)
    assert told.startswith("3: a quotation mark in this line has no other")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "0: the list is empty"),
        (b"name,adress\nA,a@example.org\n", "1: the list has no column 'address'"),
        (b"address,email\na@example.org,b@example.org\n", "1: the column 'address' is there twice"),
        (b"name,address\nM\xfcller,m@example.org\n", "2: the list is no UTF-8 text (byte 0xfc)"),
    ],
)
def test_a_file_that_is_no_list_is_an_error(text: bytes, said: str, tmp_path: Path) -> None:
    found, log = people(text, tmp_path)

    assert found.good == ()
    assert len(log) == 1 and log[0].startswith(said)


def test_a_list_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    log = Diagnostics()

    assert read_people(tmp_path / "nobody.csv", log).good == ()
    assert [d.code.value for d in log] == ["file-missing"]


def test_twenty_thousand_rows_are_read_in_a_moment(tmp_path: Path) -> None:
    rows = "".join(f"Reader {i},reader{i}@example.org,,\n" for i in range(20_000))

    found, _ = people("name,address,edition,language\n" + rows, tmp_path)

    assert len(found.good) == 20_000
