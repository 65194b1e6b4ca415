"""One fault is one finding: what refers to a part that cannot be read is not blamed for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.build import check, prepare
from builder.diagnostics import ContentErrors, Diagnostics, Severity
from builder.job import Job
from tests.readers.test_editions import project, words

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


def test_a_direction_follows_the_language_and_is_not_taken(tmp_path: Path) -> None:
    assert found(tmp_path, "", "[x]{dir=rtl}\n\n::: {dir=rtl}\nx\n:::") == [
        "attribute-unknown: a span has no attribute 'dir'",
        "attribute-unknown: a plain div has no attribute 'dir'",
    ]


def test_an_image_has_no_height_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>')

    assert found(tmp_path, "", "![Rain](a.svg){height=9mm fig-alt=Rain}") == [
        "attribute-unknown: an image has no attribute 'height'"
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("![Rain](a.svg){#fig-a width=", "bracket-unclosed: the braces behind this image or link"),
        ("![Rain](a.svg){#fig-a source=", "bracket-unclosed: the braces behind this image or link"),
        ("[Rain](https://example.org){.wide x", "bracket-unclosed: the braces behind this image"),
        ("Rain.^[Our own count", "bracket-unclosed: the note that opens here is never closed"),
        ("[Rain]{lang=german1x}", "attribute-invalid: lang='german1x' is no language"),
        ("::: {lang=g}\nRegen\n:::", "attribute-invalid: lang='g' is no language"),
    ],
)
def test_what_opens_and_is_never_closed_is_told_and_not_printed(
    text: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>')

    (error,) = found(tmp_path, "", text)

    assert error.startswith(said)


def test_braces_that_are_text_stay_text(tmp_path: Path) -> None:
    root = project(tmp_path, "", "A [set](https://example.org){x} and \\^[a bracket, {1, 2}.")

    assert "set{x} and ^[a bracket, {1, 2}." in words(root)


def test_check_finds_what_the_deck_would_stop_at(tmp_path: Path) -> None:
    root = project(tmp_path, "", "::: {.slide layout=big}\n## Rain\n:::")

    log = check(Job(root))

    assert [d.message for d in log if d.severity is Severity.ERROR] == [
        "there is no slide layout 'big'"
    ]
    assert not check(Job(root, formats=("pdf",))).has_errors
