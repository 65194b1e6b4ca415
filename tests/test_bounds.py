"""The versions that pyproject.toml allows: the lowest and the newest of each dependency work."""

from __future__ import annotations

import re
import sys
import tomllib

import pytest

from scripts.bounds import CORE, ROOT, TOOLS, bounds, direct, tools


def test_every_dependency_has_a_lowest_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert [d for d in project["dependencies"] if not re.search(r"[>=]=\d", d)] == []


def test_versions_are_named_as_the_project_names_its_dependencies() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")

    named = direct(lock)

    assert len(named) == len(project["dependencies"])
    assert "weasyprint 70.0" in named


def test_the_tools_of_the_tests_have_the_versions_of_the_lock() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")

    assert all(re.fullmatch(r"[a-z-]+==[\d.]+", tool) for tool in tools(lock))


def test_the_tests_that_are_run_are_there() -> None:
    assert [path for path in CORE if not (ROOT / path).exists()] == []


def test_the_plugins_that_pytest_is_configured_for_are_among_the_tools() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    options = project["tool"]["pytest"]["ini_options"]["addopts"].split()

    assert "--dist" not in options or "pytest-xdist" in TOOLS


@pytest.mark.long
@pytest.mark.parametrize("which", ["lowest", "newest"])
def test_the_program_works_with_these_versions_of_all_it_needs(which: str) -> None:
    assert bounds(which, sys.executable) == 0
