"""What is set once is not set again, and never taken for something else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from builder.bibliography.shelf import Shelf
from builder.bibliography.style import UnknownStyleError
from builder.build import prepare
from builder.diagnostics import Diagnostics
from builder.job import Job

CONTENT = Path(__file__).parents[2] / "content" / "israel-azerbaijan"


def test_a_document_read_with_a_shelf_is_the_one_read_without(tmp_path: Path) -> None:
    project = tmp_path / "briefing"
    shutil.copytree(CONTENT, project)
    job, shelf = Job(project), Shelf()
    prepare(job, Diagnostics(), shelf)
    section, works = project / "sections" / "02-introduction.md", project / "references.yml"
    text, listed = section.read_text("utf-8"), works.read_text("utf-8")
    changes = [
        (section, text.replace("friends", "best friends", 1)),
        (section, text.replace("Since its", "See [@atayev-2012, p. 3]. Since its", 1)),
        (section, text.replace("[@mfa-azerbaijan-nd]", "")),
        (works, listed.replace("title: ", "title: New ", 1)),
    ]
    for file, changed in changes:
        assert changed != file.read_text("utf-8")
        file.write_text(changed, "utf-8")
        log, again = Diagnostics(), Diagnostics()

        warm = prepare(job, log, shelf).document

        assert repr(warm) == repr(prepare(job, again).document)
        assert list(log) == list(again)


def test_a_shelf_sets_a_citation_once() -> None:
    shelf, job = Shelf(), Job(CONTENT)
    style = shelf.style("chicago-notes", "en")
    prepared = prepare(job, Diagnostics())
    works = prepared.project.works
    keys = list(works)[:3]

    one = shelf.bibliographer(style, works, keys, "en")
    same = shelf.bibliographer(style, works, keys, "en")
    other = shelf.bibliographer(style, works, keys[:2], "en")

    assert same is one and other is not one
    assert shelf.style("chicago-notes", "en") is style
    with pytest.raises(UnknownStyleError):
        shelf.style("none such", "en")
