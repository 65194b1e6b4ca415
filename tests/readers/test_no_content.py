"""Hidden files, and those in output/, are no content: nobody would see that they have changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.build import check
from builder.diagnostics import Diagnostic, Severity
from builder.job import Job
from tests.attacks.arena import BASE, Files, make, section, settings

SVG = str(BASE["images/x.svg"])
WORKS = "- {id: a, type: book, title: T}\n"

NAMED: dict[str, Files] = {
    "references": {**settings("bibliography: .refs.yml\n"), ".refs.yml": WORKS},
    "references in a hidden folder": {
        **settings("bibliography: .x/refs.yml\n"),
        ".x/refs.yml": WORKS,
    },
    "a picture": {**section("![A dot](.x/p.svg)\n"), ".x/p.svg": SVG},
    "a picture among the outputs": {**section("![A dot](output/p.svg)\n"), "output/p.svg": SVG},
    "a picture by a way round": {
        **section("![A dot](data/../output/p.svg)\n"),
        "output/p.svg": SVG,
    },
    "a citation style": {**settings("csl: .x.csl\n"), ".x.csl": "<style/>"},
    "a section": {
        "briefing.yml": 'title: T\nsections: ["sections/*.md", .x.md]\n',
        ".x.md": "Text.\n",
    },
    "hidden sections": {
        "briefing.yml": 'title: T\nsections: ["sections/*.md", ".x/*.md"]\n',
        ".x/a.md": "Text.\n",
    },
    "numbers of a chart": {
        **section("::: {.chart data=output/x.csv}\nA chart\n:::\n"),
        "output/x.csv": "Year,Value\n2007,1\n2008,2\n",
    },
    "a theme": {**settings("theme: .look\n"), ".look/_brand.yml": "color: {primary: '#123456'}\n"},
}


def found(root: Path) -> list[Diagnostic]:
    return [d for d in check(Job(root)) if d.severity is Severity.ERROR]


@pytest.mark.parametrize("files", NAMED.values(), ids=NAMED)
def test_what_is_no_content_is_refused_where_it_is_named(files: Files, tmp_path: Path) -> None:
    told = found(make(tmp_path / "p", {**BASE, **files}))

    assert any("hidden files and output/ are no content" in d.message for d in told), told
    assert any("move it to where everybody sees it" in d.hint for d in told)


def test_links_lead_to_content_only(tmp_path: Path) -> None:
    root = make(tmp_path / "p", {**BASE, **section("![A dot](seen/p.svg)\n"), ".x/p.svg": SVG})
    (root / "seen").symlink_to(".x")

    assert "hidden files and output/ are no content" in str(*found(root))


def test_patterns_pass_over_what_is_no_content(tmp_path: Path) -> None:
    files = {
        "briefing.yml": 'title: T\nsections: ["*/*.md"]\n',
        "output/x.md": "{{",
        ".x/y.md": "{{",
    }

    assert found(make(tmp_path / "p", {**BASE, **files})) == []


def test_a_folder_that_is_called_output_deeper_down_is_content(tmp_path: Path) -> None:
    files = {**section("![A dot](images/output/p.svg)\n"), "images/output/p.svg": SVG}

    assert found(make(tmp_path / "p", {**BASE, **files})) == []
