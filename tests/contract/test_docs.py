"""The manual as a whole: no dead link, no missing picture, and recipes that work."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from builder.build import check
from builder.diagnostics import Severity
from builder.example import make_project
from builder.job import Job
from builder.readers.directives import DIRECTIVES
from builder.readers.settings import FrontMatter, Settings
from builder.theme.source import Brand
from scripts.manual_pictures import GALLERY, Entry, entries, project

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.glob("*.md"))
SITE = yaml.safe_load(re.sub(r"!!python\S+", "", (ROOT / "mkdocs.yml").read_text(encoding="utf-8")))


def text_of(page: Path) -> str:
    """Give a page without its code."""
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"^    .*$", "", text, flags=re.MULTILINE)
    return re.sub(r"`[^`\n]*`", "", text)


def anchors(page: Path) -> set[str]:
    """Give the anchors of a page's headings, as MkDocs makes them."""
    found: set[str] = set()
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for heading in re.findall(r"^#{1,6} (.+)$", text, re.MULTILINE):
        plain = re.sub(r"[^\w\s-]", "", heading).strip().lower()
        found.add(re.sub(r"[-\s]+", "-", plain))
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_link_is_dead(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", text_of(page)):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        path, _, anchor = target.partition("#")
        file = page.parent / path if path else page
        assert file.is_file(), f"{page.name}: {target}"
        if anchor:
            assert anchor in anchors(file), f"{page.name}: {target}"


def test_every_page_is_in_the_sites_contents() -> None:
    named: list[str] = []

    def collect(item: object) -> None:
        if isinstance(item, str):
            named.append(item)
        elif isinstance(item, dict):
            for value in item.values():
                collect(value)
        elif isinstance(item, list):
            for value in item:
                collect(value)

    collect(SITE["nav"])

    assert sorted(named) == [page.name for page in PAGES]


@pytest.mark.skipif(not importlib.util.find_spec("mkdocs"), reason="make docs brings MkDocs")
def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr and (tmp_path / "check.html").is_file()


# ---------------------------------------------------------------- the gallery


def test_every_key_and_div_is_in_the_gallery() -> None:
    text = GALLERY.read_text(encoding="utf-8")
    for model in (Settings, FrontMatter):
        for name, field in model.model_fields.items():
            assert f"`{field.alias or name}`" in text, name
    for name in filter(None, DIRECTIVES):
        assert f"`.{name}`" in text, name


def test_every_picture_of_the_gallery_is_there_and_shown() -> None:
    text = GALLERY.read_text(encoding="utf-8")
    shown = set(re.findall(r"\]\(pictures/manual/([\w-]+\.png)\)", text))
    made = {f"{e.name}-{name}.png" for e in entries(text) for name in e.pages}

    assert shown == made == {p.name for p in (DOCS / "pictures" / "manual").glob("*.png")}


@pytest.mark.parametrize(
    "entry", list(entries(GALLERY.read_text(encoding="utf-8"))), ids=lambda entry: entry.name
)
def test_the_lines_of_the_gallery_are_a_briefing(entry: Entry, tmp_path: Path) -> None:
    folder = project(entry, tmp_path / "x")

    assert [str(d) for d in check(Job(folder)) if d.severity is Severity.ERROR] == []


# ---------------------------------------------------------------- recipes


def recipes(kind: str) -> list[str]:
    text = (DOCS / "cookbook.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("recipe", recipes("markdown"), ids=range(len(recipes("markdown"))))
def test_every_recipe_can_be_copied(recipe: str, tmp_path: Path) -> None:
    make_project(tmp_path / "x", "annual-statistics")
    for old in (tmp_path / "x" / "sections").glob("*.md"):
        old.unlink()
    settings = tmp_path / "x" / "briefing.yml"
    text = settings.read_text("utf-8").replace("cover-data: fig-visits\n", "")
    settings.write_text(text + "variables: {visits: {now: 987}}\n", "utf-8")
    section = "---\ntitle: A recipe\n---\n" + recipe
    (tmp_path / "x" / "sections" / "1.md").write_text(section, "utf-8")

    found = [str(d) for d in check(Job(tmp_path / "x")) if d.code.value != "citation-unused"]

    assert found == []


@pytest.mark.parametrize("recipe", recipes("yaml"), ids=range(len(recipes("yaml"))))
def test_every_yaml_of_the_cookbook_has_keys_that_there_are(recipe: str) -> None:
    known = {
        f.alias or n for m in (Settings, FrontMatter, Brand) for n, f in m.model_fields.items()
    }
    data = yaml.safe_load(recipe) or {}
    of_others = {"repos", "jobs", True, "on"}  # pre-commit's, and GitHub's

    assert set(data) <= known | of_others
