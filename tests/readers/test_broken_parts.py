"""One fault is one finding: what refers to a part that cannot be read is not blamed for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.build import prepare
from builder.diagnostics import ContentErrors, Diagnostics
from builder.job import Job
from tests.readers.test_editions import project

CHART = """As @fig-rain shows.

::: {{#fig-rain .chart data=rain.csv {} source="Own"}}
It rains
:::
"""


def found(folder: Path, yaml: str, text: str) -> list[str]:
    """Give the errors of a project."""
    root = project(folder, yaml, text)
    (root / "rain.csv").write_text("Year,Rain\n2024,1\n2025,2\n2026,3\n", encoding="utf-8")
    log = Diagnostics()
    with pytest.raises(ContentErrors):
        prepare(Job(root), log)
    return [f"{d.code.value}: {d.message}" for d in log]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("type=colunm", "attribute-invalid: 'colunm' is no type of chart"),
        ("type=column x=Yaer", "data-column: rain.csv has no column 'Yaer'"),
        ("type=column data=rian.csv", "data-missing: there is no data file 'rian.csv'"),
    ],
)
def test_references_to_a_chart_that_cannot_be_made_are_not_blamed(
    written: str, said: str, tmp_path: Path
) -> None:
    text = CHART.format(written)
    if "rian" in written:
        text = text.replace("data=rain.csv ", "")

    assert found(tmp_path, "cover-data: fig-rain\n", text) == [said]


def test_a_cover_that_names_no_chart_is_still_told(tmp_path: Path) -> None:
    assert found(tmp_path, "cover-data: fig-snow\n", CHART.format("type=column")) == [
        "xref-missing: cover-data: no chart is labelled 'fig-snow'"
    ]


def test_references_to_a_section_whose_front_matter_is_wrong_are_not_blamed(
    tmp_path: Path,
) -> None:
    root = project(tmp_path, "", "See @sec-one.")
    section = root / "sections" / "01-one.md"
    section.write_text("---\ntitle: One\nid: sec-one\ntakaway: x\n---\n\nSee @sec-one.\n")
    log = Diagnostics()

    with pytest.raises(ContentErrors):
        prepare(Job(root), log)

    assert [d.message for d in log] == ["there is no key 'takaway'"]


@pytest.mark.parametrize("width", ["wide", "0%", "101%", "-5mm", "9", "99999mm", "1.2.3mm"])
def test_an_images_width_that_is_none_is_told_at_its_place(width: str, tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>')

    errors = found(tmp_path, "", f"![Rain](a.svg){{width={width} fig-alt=Rain}}")

    assert errors == [f"attribute-invalid: width={width!r} is no width of an image"]


def test_an_image_has_no_height_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>')

    assert found(tmp_path, "", "![Rain](a.svg){height=9mm fig-alt=Rain}") == [
        "attribute-unknown: an image has no attribute 'height'"
    ]
