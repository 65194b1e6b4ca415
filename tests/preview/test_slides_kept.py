"""Slides that are as they were are not set anew, and look the same."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from builder.build import prepare
from builder.diagnostics import Diagnostics
from builder.job import Job
from builder.preview import slides as module
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
