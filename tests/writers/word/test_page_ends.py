"""Where pages end: what fits on one, and what would stand alone on the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.build import prepare, write_format
from builder.diagnostics import Diagnostics
from builder.job import Job
from tests.contract.test_broken_projects import GOOD, make
from tests.support.office import Docx, docx, fields

CSV = "Year,Value\n2019,12.5\n2020,14\n2021,9.25\n2022,17\n"
BREAK = "A few words.\n\n{{< pagebreak >}}\n\n## A heading\n\n"
SPACED = "//w:p[w:pPr/w:pStyle/@w:val='BodyText']/w:pPr/w:spacing"


def pages(made: Docx) -> int:
    return int(next(f.result for f in fields(made.data) if f.words[0] == "NUMPAGES"))


def paragraphs(count: int) -> Docx:
    return docx(BREAK + "A line.\n\n" * count)


def test_a_line_on_a_page_of_its_own_is_drawn_back_by_less_space_between_paragraphs() -> None:
    full, over = paragraphs(28), paragraphs(29)

    assert pages(over) == pages(full)
    assert {s.get(_w("after")) for s in over.find(SPACED)} == {"113"}  # three quarters of 7.5 pt
    assert full.find(SPACED) == []


def test_gaps_between_boxes_shrink_with_the_other_spaces() -> None:
    gaps = "//w:p[w:pPr/w:pStyle/@w:val='Gap']/w:pPr/w:spacing"
    boxes = "::: {.callout-note}\nA remark.\n:::\n\n" * 4
    full, over = (docx(BREAK + boxes + "A line.\n\n" * lines) for lines in (16, 17))

    assert pages(over) == pages(full)
    assert [s.get(_w("line")) for s in full.find(gaps)][1:-1] == ["300"] * 4
    assert [s.get(_w("line")) for s in over.find(gaps)][1:-1] == ["225"] * 4


def test_what_fills_a_page_is_left_as_it_is() -> None:
    full, more = paragraphs(28), paragraphs(45)

    assert pages(more) == pages(full) + 1
    assert more.find(SPACED) == []


def test_a_section_without_spaces_enough_is_not_set_tighter() -> None:
    lines = " ".join(["words"] * 460)
    made = docx(f"{lines}\n\n{lines}\n")

    last = made.find("//w:p[w:pPr/w:pStyle/@w:val='BodyText']")[-1]
    assert len(last) > 1
    assert made.find(SPACED) == []


def test_space_below_the_last_figure_needs_no_room_on_its_page() -> None:
    chart = "::: {{.chart data=x.csv type={} subtitle=Sub source=Source}}\nIt rose\n:::\n\n"
    charts = "".join(chart.format(kind) for kind in ("line", "pie", "column"))
    made = docx(f"A few words.\n\n{charts}", files={"x.csv": CSV})

    listed = made.texts("TableofFigures")
    assert [line[-1] for line in listed] == ["3", "4", "4"]


POINT = "A point of the section that takes several lines of its narrow box beside the text"


def two_sections(lines: int, second: str, folder: Path) -> Docx:
    """Write a section that ends by some lines on its second page, and what may run on below it."""
    text = "A line.\n\n" * lines
    first = f"---\ntitle: First\n---\n\n{BREAK}{text}"
    sections = {"sections/01-one.md": first, "sections/02-two.md": second}
    log = Diagnostics()
    prepared = prepare(Job(make(folder / "p", {**GOOD, **sections})), log)
    return Docx(write_format("docx", prepared, log).data)


def page_of(made: Docx, title: str) -> int:
    """Give the page that the contents say."""
    (line,) = [text for text in made.texts("TOC1") if title in text]
    return int(line.rpartition(title)[2])


@pytest.mark.parametrize(("lines", "points", "page"), [(6, 4, 4), (16, 4, 5), (16, 0, 4)])
def test_a_section_runs_on_where_its_side_box_has_room(
    lines: int, points: int, page: int, tmp_path: Path
) -> None:
    box = f"key-points: [{', '.join([POINT] * points)}]\n" if points else ""
    second = f"---\ntitle: Second\nstandfirst: What it says.\n{box}---\n\nMore.\n"

    assert page_of(two_sections(lines, second, tmp_path), "Second") == page


@pytest.mark.parametrize(
    ("role", "lines", "page"), [("appendix", 2, 4), ("appendix", 12, 5), ("section", 2, 5)]
)
def test_an_appendix_that_fits_runs_on_where_a_section_does_not(
    role: str, lines: int, page: int, tmp_path: Path
) -> None:
    text = "A line.\n\n" * lines
    second = f"---\ntitle: Second\nrole: {role}\n---\n\n{text}"

    assert page_of(two_sections(18, second, tmp_path), "Second") == page


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


@pytest.mark.parametrize("points", [20, 24])
def test_a_box_that_parts_before_the_text_of_its_section_does_not_stop_what_follows(
    points: int, tmp_path: Path
) -> None:
    box = "> A point of some words.\n>\n" * points
    text = f"::: {{.key-points}}\n{box}:::\n\n## A heading\n\nText.\n"
    first = f"---\ntitle: First\n---\n\n{text}"
    second = "---\ntitle: Second\n---\n\nMore.\n"
    sections = {"sections/01-one.md": first, "sections/02-two.md": second}
    log = Diagnostics()
    prepared = prepare(Job(make(tmp_path / "p", {**GOOD, **sections})), log)

    made = Docx(write_format("docx", prepared, log).data)

    assert page_of(made, "Second") >= page_of(made, "First") + 1
    assert "Text." in made.texts("BodyText")
