"""Parts of a report that were printed before are not laid out again, and come out as they did."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from builder.build import Prepared, prepare, write_format
from builder.diagnostics import Diagnostics
from builder.job import Job
from builder.writers.pdf_press import Press
from builder.writers.pdf_standing import Standing


def square(folder: Path, colour: str) -> None:
    """Draw the picture of the first section."""
    (folder / "images").mkdir(exist_ok=True)
    Image.new("RGB", (400, 400), colour).save(folder / "images" / "a.png")


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect the HTML that is laid out."""
    done: list[str] = []
    lays_out = Press.lay_out

    def watched(press: Press, html: str, pending: list[str]) -> Any:
        done.append(html)
        return lays_out(press, html, pending)

    monkeypatch.setattr(Press, "lay_out", watched)
    return done


def report(folder: Path, **texts: str) -> Prepared:
    """Give a report of two long sections, and a picture in the first."""
    told = {"one": "Of the first.", "two": "Of the second.", "title": "A report", **texts}
    (folder / "sections").mkdir(exist_ok=True)
    if not (folder / "images").exists():
        square(folder, "red")
    (folder / "briefing.yml").write_text(
        f"title: {told['title']}\ndate: 2026-01-02\nsections: [sections/*.md]\n"
    )
    picture = '![A square](images/a.png){#fig-a source="Ours"}'
    on = "It goes on and on, as reports do, and says little that is new. " * 9
    rest = "\n\n".join(f"Paragraph {n}^[Note {n}.]. {on}" for n in range(18))
    for name, text in (("one", f"{told['one']}\n\n{picture}"), ("two", told["two"])):
        (folder / "sections" / f"{name}.md").write_text(
            f"---\ntitle: Section {name}\ntakeaway: It says something\n---\n\n{text}\n\n{rest}\n"
        )
    return prepare(Job(folder), Diagnostics())


def pdf(prepared: Prepared, standing: Standing | None = None) -> bytes:
    return write_format("pdf", prepared, Diagnostics(), standing=standing).data


def of_sections(laid_out: list[str]) -> list[str]:
    """Say which sections were laid out, in order; those that are laid out twice stand once."""
    names = ("one" if "Section one</h1>" in html else "two" for html in laid_out if "band" in html)
    return list(dict.fromkeys(names))


def test_only_the_section_that_names_the_reader_is_laid_out_again(
    tmp_path: Path, laid_out: list[str]
) -> None:
    standing = Standing()
    first = pdf(report(tmp_path), standing)
    assert of_sections(laid_out) == ["one", "two"]
    laid_out.clear()

    other = report(tmp_path, two="For Zoë.")
    again = pdf(other, standing)

    assert of_sections(laid_out) == ["two"]
    assert again == pdf(other) != first
    assert first == pdf(report(tmp_path), standing)


def test_nothing_is_laid_out_where_nothing_differs(tmp_path: Path, laid_out: list[str]) -> None:
    standing, prepared = Standing(), report(tmp_path)
    first = pdf(prepared, standing)
    laid_out.clear()

    assert pdf(prepared, standing) == first
    assert not laid_out


def test_pages_with_other_numbers_are_painted_anew(tmp_path: Path, laid_out: list[str]) -> None:
    standing = Standing()
    pdf(report(tmp_path), standing)
    laid_out.clear()
    longer = report(tmp_path, one="Of the first, at length. " * 250)

    made = pdf(longer, standing)

    assert of_sections(laid_out) == ["one", "two"]
    assert made == pdf(longer)


def test_a_picture_that_was_changed_is_seen(tmp_path: Path, laid_out: list[str]) -> None:
    standing = Standing()
    red = pdf(report(tmp_path), standing)
    laid_out.clear()
    square(tmp_path, "blue")
    prepared = report(tmp_path)

    blue = pdf(prepared, standing)

    assert of_sections(laid_out) == ["one"]
    assert blue == pdf(prepared) != red


def test_a_title_in_the_running_heads_is_set_everywhere(tmp_path: Path) -> None:
    standing = Standing()
    pdf(report(tmp_path), standing)
    renamed = report(tmp_path, title="Another report")

    assert pdf(renamed, standing) == pdf(renamed)


def test_a_theme_that_looks_otherwise_has_nothing_standing(
    tmp_path: Path, laid_out: list[str]
) -> None:
    standing, prepared = Standing(), report(tmp_path)
    pdf(prepared, standing)
    laid_out.clear()
    theme = replace(prepared.theme, hyphenate=not prepared.theme.hyphenate)
    other = replace(prepared, theme=theme)

    made = pdf(other, standing)

    assert of_sections(laid_out) == ["one", "two"]
    assert made == pdf(other)


def test_what_takes_too_much_room_is_dropped(tmp_path: Path, laid_out: list[str]) -> None:
    standing, prepared = Standing(most=1), report(tmp_path)
    first = pdf(prepared, standing)
    laid_out.clear()

    assert pdf(prepared, standing) == first
    assert "one" in of_sections(laid_out)


def test_what_was_warned_of_is_said_again(tmp_path: Path) -> None:
    (tmp_path / "report.html.j2").write_text(
        "<html><body>{% for section in sections %}<p>{{ section.body }}</p>"
        '<img src="project:///nothing.png">{% endfor %}</body></html>'
    )
    standing, prepared = Standing(), report(tmp_path)
    theme = replace(prepared.theme, search=(tmp_path, *prepared.theme.search))
    found = []
    for _ in range(2):
        log = Diagnostics()
        write_format("pdf", replace(prepared, theme=theme), log, standing=standing)
        found.append([d.message for d in log if "nothing.png" in d.message])

    assert found[0]
    assert found[0] == found[1]
