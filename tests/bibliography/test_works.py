"""What `references.yml` may hold, and what is said of the rest."""

from __future__ import annotations

import pytest

from builder.bibliography.dates import Day, WorkDate
from builder.bibliography.works import Name, Work, read_works
from builder.diagnostics import Diagnostics
from builder.yaml_source import read_yaml


def works_of(text: str) -> dict[str, Work]:
    works, found = read_and_find(text)
    assert not found
    return works


def read_and_find(text: str) -> tuple[dict[str, Work], list[str]]:
    log = Diagnostics()
    yaml = read_yaml(text, "references.yml", log)
    assert yaml is not None
    works = dict(read_works(yaml, log))
    return works, [str(finding).replace("references.yml:", "") for finding in log]


def test_a_work_has_texts_names_and_dates() -> None:
    work = works_of("""
references:
  - id: kaplun
    type: interview
    title: Алекс Каплун
    author:
      - {family: Люкимсон, given: Петр}
      - {literal: Day.az}
    issued: {date-parts: [[2013, 9, 2]]}
    language: ru
""")["kaplun"]

    assert (work.type, work.language, work.texts["title"]) == ("interview", "ru", "Алекс Каплун")
    assert work.names["author"] == (Name("Люкимсон", "Петр"), Name(literal="Day.az"))
    assert work.dates["issued"] == WorkDate(Day(2013, 9, 2))


def test_a_bare_list_is_a_bibliography_too() -> None:
    assert list(works_of("- {id: a, type: book, title: A}\n- {id: b, type: book, title: B}")) == [
        "a",
        "b",
    ]


def test_an_empty_file_is_an_empty_bibliography() -> None:
    assert works_of("references:") == {}


def test_numbers_count_as_texts_and_a_particle_belongs_to_the_family_name() -> None:
    work = works_of(
        "- {id: 7, type: book, title: 1984, volume: 3, edition: 1.10,"
        " author: {family: Waal, given: Thomas, non-dropping-particle: de}}"
    )["7"]

    assert (work.texts["title"], work.texts["edition"]) == ("1984", "1.10")
    assert work.names["author"][0].short == "de Waal"


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ("2012", WorkDate(Day(2012))),
        ("2012-10-18", WorkDate(Day(2012, 10, 18))),
        ('"2012"', WorkDate(Day(2012))),
        ("{literal: n.d.}", WorkDate(literal="n.d.")),
        ("{date-parts: [[2012, 10]]}", WorkDate(Day(2012, 10))),
        ("{date-parts: [[2012], [2014]]}", WorkDate(Day(2012), Day(2014))),
        ("{date-parts: [[2012]], season: fall}", WorkDate(Day(2012), season=3)),
        ("{raw: 2012-10, circa: false}", WorkDate(Day(2012, 10))),
    ],
)
def test_a_date_may_be_written_in_many_ways(issued: str, date: WorkDate) -> None:
    work = works_of(f"- {{id: a, type: book, title: A, issued: {issued}}}")["a"]

    assert work.dates["issued"] == date


def test_an_interview_without_a_title_has_its_author() -> None:
    work = works_of("- {id: a, type: interview, author: [{literal: A diplomat}]}")["a"]

    assert "title" not in work.texts


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (
            "- {id: a, type: bok, title: A}",
            "1:11: error[reference-invalid]: 'bok' is no type of a work\n"
            "  hint: did you mean 'book'?",
        ),
        (
            "- id: a\n  type: book\n  titel: A\n  title: B",
            "3:3: error[reference-invalid]: 'titel' is no variable of a work\n"
            "  hint: did you mean 'title'?",
        ),
        (
            "- {id: a, type: book}",
            "1:3: error[reference-invalid]: 'a' has no title\n  hint: add 'title: …'",
        ),
        (
            "- {id: a, title: A}",
            "1:3: error[reference-invalid]: 'a' has no type\n"
            "  hint: add 'type: …', such as book or webpage",
        ),
        (
            "- {type: book, title: A}",
            "1:3: error[reference-invalid]: a work has no id\n"
            "  hint: give it one, as in 'id: murinson2014'",
        ),
        (
            "- {id: a, type: book, title: A}\n- {id: a, type: book, title: B}",
            "2:4: error[id-duplicate]: two works have the id 'a'\n  hint: the first stands at 1:3",
        ),
        (
            "- {id: a, type: book, title: A, author: Ann Other}",
            "1:33: error[reference-invalid]: a name of author is the text 'Ann Other'\n"
            "  hint: write {family: …, given: …}, or {literal: …} for an institution",
        ),
        (
            "- {id: a, type: book, title: A, author: [{familly: Other}]}",
            "1:43: error[reference-invalid]: 'familly' is no part of a name\n"
            "  hint: did you mean 'family'?",
        ),
        (
            "- {id: a, type: book, title: A, issued: 2012-13-40}",
            "1:33: error[reference-invalid]: issued is no date: no calendar has 2012-13-40\n"
            "  hint: write it as 2012-10-18, 2012-10, 2012, or {literal: n.d.}",
        ),
        (
            "- {id: a, type: book, title: A, URL: example.org/a}",
            "1:33: error[reference-invalid]: URL is no address: 'example.org/a'\n"
            "  hint: begin it with https://",
        ),
        (
            "- {id: a, type: book, title: [A]}",
            "1:23: error[reference-invalid]: title is a list\n  hint: write it as a text",
        ),
        (
            "refs: []",
            "1:1: error[key-unknown]: 'refs' is no key of a bibliography\n"
            "  hint: the works stand in a list under 'references:'",
        ),
        (
            "references: none",
            "1:1: error[reference-invalid]: a bibliography is a list of works, not the text"
            " 'none'\n  hint: begin each work with '- id: …'",
        ),
        (
            "- book",
            "1:3: error[reference-invalid]: a work is a mapping, not the text 'book'\n"
            "  hint: begin it with '- id: …'",
        ),
    ],
)
def test_a_fault_is_reported_at_its_place(text: str, finding: str) -> None:
    _, found = read_and_find(text)

    assert finding in found


def test_a_work_with_faults_can_still_be_cited() -> None:
    works, found = read_and_find("- {id: a, type: bok, title: A}")

    assert len(found) == 1
    assert works["a"].type == "document"
