"""Which project is meant, and what is said where none is."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.diagnostics import Code, Diagnostics
from builder.readers.found import find_project


@pytest.fixture
def here(tmp_path: Path) -> Path:
    for name in ("content/water", "content/wind", "content/water/sections"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("content/water", "content/wind"):
        (tmp_path / name / "briefing.yml").write_text("title: T\n", "utf-8")
    (tmp_path / "content/water/sections/01-a.md").write_text("Text.\n", "utf-8")
    return tmp_path


def told(given: Path | None, here: Path) -> tuple[str, str]:
    log = Diagnostics()
    assert find_project(given, here, log) is None
    (found,) = log
    assert found.code is Code.PROJECT_MISSING
    return found.message, found.hint


def test_a_folder_or_its_settings_name_a_project(here: Path) -> None:
    water = here / "content" / "water"

    assert find_project(water, here, Diagnostics()) == water
    assert find_project(water / "briefing.yml", here, Diagnostics()) == water
    assert find_project(None, water, Diagnostics()) == water


def test_of_several_projects_one_has_to_be_named(here: Path) -> None:
    message, hint = told(None, here)

    assert message == "there are several projects here"
    assert hint == "name one: content/water, content/wind"


@pytest.mark.parametrize("name", ["content/water/sections", "content/water/sections/01-a.md"])
def test_what_lies_in_a_project_leads_to_it(name: str, here: Path) -> None:
    _, hint = told(here / name, here)

    assert hint == "it belongs to a project: name 'content/water'"


def test_inside_a_project_its_folder_is_named(here: Path) -> None:
    message, hint = told(None, here / "content" / "water" / "sections")

    assert message == "there is no briefing.yml here"
    assert hint == "you are inside a project: name '..'"


def test_a_mistyped_name_is_asked_back(here: Path) -> None:
    assert told(here / "content/watter", here)[0].endswith("is no folder")
    assert told(Path("content/watter"), here)[1] == "did you mean 'content/water'?"


def test_a_link_out_of_the_folder_is_no_guess(here: Path, tmp_path: Path) -> None:
    """A stranger's tree may link to a project of yours: it is not built unless it is named."""
    stranger = tmp_path / "stranger"
    (stranger / "content").mkdir(parents=True)
    (stranger / "content" / "x").symlink_to(here / "content" / "water")

    message, hint = told(None, stranger)

    assert (
        message
        == "there is no briefing.yml here, and content/x is a link out of the current folder"
    )
    assert hint == "name it if you mean that project: content/x"
    named = stranger / "content" / "x"
    assert find_project(named, stranger, Diagnostics()) == named


def test_a_link_within_the_folder_is_a_guess(here: Path) -> None:
    (here / "content" / "wind" / "briefing.yml").unlink()
    (here / "content" / "water").rename(here / "water")
    (here / "content" / "water").symlink_to(here / "water")

    assert find_project(None, here, Diagnostics()) == here / "content" / "water"
