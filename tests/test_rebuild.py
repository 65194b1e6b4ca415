"""Building again: what has changed, all of it, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from builder.build import build
from builder.example import make_project
from builder.job import Job
from builder.rebuild import Rebuilder, folders_of
from builder.writers.pdf_press import Press


@pytest.fixture
def project(tmp_path: Path) -> Path:
    make_project(tmp_path / "x", "policy-brief")
    return tmp_path / "x"


def change(project: Path, old: str, new: str) -> None:
    for path in sorted(project.rglob("*.md")):
        text = path.read_text("utf-8")
        if old in text:
            path.write_text(text.replace(old, new, 1), "utf-8")
            return
    raise AssertionError(old)


def test_only_what_shows_a_change_is_written_and_it_is_what_a_build_writes(project: Path) -> None:
    section = project / "sections" / "02-the-problem.md"
    only = '\n::: {.content-visible when-format="pptx"}\nOnly slides say this.\n:::\n'
    section.write_text(section.read_text("utf-8") + only, "utf-8")
    rebuilder = Rebuilder(Job(project, ("docx", "pptx"), project / "out"))
    first = rebuilder.build()
    again = rebuilder.build()
    change(project, "Only slides say this", "Slides alone say this")
    third = rebuilder.build()
    cold = build(Job(project, ("docx", "pptx"), project / "cold"))

    assert first.written == ("docx", "pptx") and again.written == ()
    assert third.written == ("pptx",)
    assert [p.name for p in third.outcome.paths] == ["x.docx", "x.pptx"]
    for path in third.outcome.paths:
        assert path.read_bytes() == (project / "cold" / path.name).read_bytes()
    assert not cold.log.has_errors


def test_only_the_section_that_was_changed_is_laid_out_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out: list[str] = []
    lays_out = Press.lay_out

    def watched(press: Press, html: str, pending: list[str]) -> Any:
        laid_out.append(html)
        return lays_out(press, html, pending)

    monkeypatch.setattr(Press, "lay_out", watched)
    rebuilder = Rebuilder(Job(project, ("pdf",), project / "out"))
    rebuilder.build()
    before = len(laid_out)
    laid_out.clear()
    section = project / "sections" / "02-the-problem.md"
    section.write_text(section.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")

    (made,) = rebuilder.build().outcome.paths

    assert 0 < len(laid_out) < before
    assert all("One more sentence." in html for html in laid_out)
    cold = build(Job(project, ("pdf",), project / "cold"))
    assert made.read_bytes() == cold.paths[0].read_bytes()


def test_a_picture_or_table_behind_the_text_counts_as_well(project: Path) -> None:
    rebuilder = Rebuilder(Job(project, ("pptx",), project / "out"))
    rebuilder.build()
    picture = next(project.glob("images/*.png"))
    picture.write_bytes(picture.read_bytes() + b"\0")
    assert rebuilder.build().written == ("pptx",)

    data = next(project.glob("data/*.csv"))
    data.write_text(data.read_text("utf-8").replace("2", "3", 1), "utf-8")
    assert rebuilder.build().written == ("pptx",)


def test_an_output_that_was_deleted_is_put_back(project: Path) -> None:
    rebuilder = Rebuilder(Job(project, ("pptx",), project / "out"))
    deck = rebuilder.build().outcome.paths[0]
    before = deck.read_bytes()
    deck.unlink()

    rebuilt = rebuilder.build()

    assert rebuilt.written == () and deck.read_bytes() == before


def test_with_errors_nothing_is_touched_and_the_next_build_is_whole(project: Path) -> None:
    rebuilder = Rebuilder(Job(project, ("pptx",), project / "out"))
    deck = rebuilder.build().outcome.paths[0]
    before = deck.read_bytes()
    section = project / "sections" / "02-the-problem.md"
    text = section.read_bytes()
    section.write_bytes(b"\xff\xfe\x00")

    broken = rebuilder.build()
    section.write_bytes(text)
    mended = rebuilder.build()

    assert broken.outcome.paths == () and broken.outcome.log.has_errors
    assert mended.outcome.paths == (deck,) and deck.read_bytes() == before


def test_the_theme_is_watched_with_the_project(project: Path) -> None:
    folders = folders_of(Job(project, theme=project.parent))

    assert folders[0] == project.resolve() and project.parent.resolve() in folders
    assert any((folder / "strand" / "_brand.yml").is_file() for folder in folders)
