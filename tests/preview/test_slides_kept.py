"""Slides that are as they were are not set anew, and look the same."""

from __future__ import annotations

import re
from pathlib import Path
from shutil import copytree

import pytest

from builder.build import prepare
from builder.charts.draw import draw_chart
from builder.diagnostics import Diagnostics
from builder.job import Job
from builder.preview import slides as module
from builder.preview.report import Reports
from builder.preview.slides import Slides
from builder.writers.slides import slide
from tests.support.built import EXAMPLE


def test_only_the_slides_that_an_edit_changed_are_set_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = copytree(EXAMPLE, tmp_path / "p")
    section = sorted((project / "sections").glob("*.md"))[-1]
    made: list[int] = []
    sets = slide.slide_markup

    def noted(*arguments: object) -> object:
        made.append(1)
        return sets(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "slide_markup", noted)
    slides = Slides()
    first = slides.write(1, prepare(Job(project), Diagnostics()), Diagnostics())
    count = len(made)
    again = slides.write(2, prepare(Job(project), Diagnostics()), Diagnostics())
    assert (again.html, len(made)) == (first.html, count)

    text = section.read_text()
    section.write_text(text.replace("title: ", "title: Other ", 1))
    prepared = prepare(Job(project), Diagnostics())
    changed = slides.write(3, prepared, Diagnostics())
    some = len(made) - count

    assert changed.html != first.html
    assert 0 < some < count
    assert changed.html == Slides().write(3, prepared, Diagnostics()).html


LONG = "A sentence that will not end, and goes on about water in pipes. " * 90


def test_a_text_that_is_too_long_is_told_after_each_edit(tmp_path: Path) -> None:
    project = copytree(EXAMPLE, tmp_path / "p")
    section = next((project / "sections").glob("02-*"))
    with section.open("a") as file:
        file.write(f"\n::: {{.slide}}\n# Too much\n\n- {LONG}\n:::\n")
    slides = Slides()
    told = []
    for revision in (1, 2):
        log = Diagnostics()
        slides.write(revision, prepare(Job(project), Diagnostics()), log)
        told.append([(found.code.value, str(found.at)) for found in log])

    assert told[0] == told[1]
    assert any(code == "slide-overfull" for code, _ in told[0])


def test_a_drawing_is_made_anew_only_where_it_shows_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = copytree(EXAMPLE, tmp_path / "p")
    made: list[int] = []
    draws = draw_chart

    def noted(*arguments: object, **options: object) -> object:
        made.append(1)
        return draws(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("builder.writers.html.figures.draw_chart", noted)
    reports = Reports()
    first = reports.write(1, prepare(Job(project), Diagnostics()), Diagnostics())
    count = len(made)
    again = reports.write(2, prepare(Job(project), Diagnostics()), Diagnostics())
    assert count > 0 and (again.html, len(made)) == (first.html, count)

    data = next(p for p in (project / "data").glob("*.csv"))
    data.write_text(re.sub(r"(\d)(?=\D*$)", lambda m: str((int(m[1]) + 5) % 10), data.read_text()))
    prepared = prepare(Job(project), Diagnostics())
    changed = reports.write(3, prepared, Diagnostics())

    assert count < len(made) < 2 * count + 1 and changed.html != first.html
    assert changed.html == Reports().write(3, prepared, Diagnostics()).html
