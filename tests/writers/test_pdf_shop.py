"""A report made by several processes is the one that a single process makes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import builder.build
import builder.hands
from builder.build import Prepared, prepare, write_format
from builder.diagnostics import ContentErrors, Diagnostics
from builder.hands import Hands
from builder.hired import WORKSHOP
from builder.job import Job
from builder.writers import pdf_shop
from builder.writers.base import Artifact
from builder.writers.pdf import Typeset, typeset
from builder.writers.pdf_units import Unit, units_of
from tests.support.built import EXAMPLE, SHIPPED, TORTURE

LONG = "\n\n".join(f"Paragraph {n}^[Note {n}.] goes on.\n\n## Part {n}\n\nText." for n in range(20))


def report(folder: Path, count: int, last: str = "") -> Prepared:
    """Give a report of long sections with notes."""
    (folder / "sections").mkdir()
    (folder / "briefing.yml").write_text(
        "title: A report\ndate: 2026-01-02\nsections: [sections/*.md]\n"
    )
    for number in range(1, count + 1):
        text = f"---\ntitle: Section {number}\n---\n\n{LONG}\n\n{last if number == count else ''}\n"
        (folder / "sections" / f"{number:02}-part.md").write_text(text)
    return prepare(Job(folder), Diagnostics())


def printed(
    prepared: Prepared, hands: Hands | None = None, log: Diagnostics | None = None
) -> Typeset:
    return typeset(
        prepared.document,
        prepared.theme,
        Diagnostics() if log is None else log,
        stamp=prepared.stamp,
        read=prepared.project.files.read,
        hands=hands,
    )


PRINTED = [
    (TORTURE, "pdf"),
    pytest.param(EXAMPLE, "print", marks=pytest.mark.long),
    pytest.param(SHIPPED, "print", marks=pytest.mark.long),
]


@pytest.mark.parametrize(("project", "name"), PRINTED)
def test_the_bytes_do_not_depend_on_how_many_make_them(project: Path, name: str) -> None:
    prepared = prepare(Job(project), Diagnostics())
    alone = write_format(name, prepared, Diagnostics())
    with Hands.hired(3, WORKSHOP) as hands:
        together = write_format(name, prepared, Diagnostics(), hands=hands)
        once_more = write_format(name, prepared, Diagnostics(), hands=hands)

    assert together == alone == once_more


def test_what_is_wrong_is_said_alike(tmp_path: Path) -> None:
    words = " ".join(f"word{n}" for n in range(1500))
    prepared = report(tmp_path, 2, f"Two^[{words}].")
    found = []
    for count in (0, 2):
        log = Diagnostics()
        with Hands.hired(count, WORKSHOP) as hands:
            printed(prepared, hands, log)
        found.append([str(finding) for finding in log])

    assert found[0] == found[1]
    assert any("no place on paper" in line for line in found[0])


def test_a_fault_of_the_theme_ends_the_work_of_all_and_they_are_free_again(tmp_path: Path) -> None:
    (tmp_path / "report.html.j2").write_text("{{ nowhere }}")
    prepared = report(tmp_path, 3)
    broken = replace(prepared.theme, search=(tmp_path, *prepared.theme.search))
    with Hands.hired(2, WORKSHOP) as hands:
        log = Diagnostics()
        with pytest.raises(ContentErrors):
            printed(replace(prepared, theme=broken), hands, log)
        assert "nowhere" in str(next(iter(log)))
        done = printed(prepared, hands)

    assert done.pdf == printed(prepared).pdf


def test_units_whose_notes_were_counted_wrongly_are_laid_out_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared = report(tmp_path, 3)
    right = printed(prepared)
    wrong: list[Unit] = []

    def miscounted(*arguments: Any) -> tuple[Unit, ...]:
        wrong.extend(replace(u, notes_before=u.notes_before + 7) for u in units_of(*arguments))
        return tuple(wrong)

    monkeypatch.setattr(pdf_shop, "units_of", miscounted)

    assert printed(prepared).pdf == right.pdf
    assert len(wrong) == 3


def test_contents_that_grow_when_they_are_numbered_move_everything_behind_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared = report(tmp_path, 2)
    right = printed(prepared)
    fronts: list[int | None] = []
    prints = pdf_shop.Shop.printed

    def misjudged(shop: pdf_shop.Shop, *rest: Any) -> Any:
        shop.front = shop.front if fronts else 1  # the contents are thought to take no page
        fronts.append(shop.front)
        return prints(shop, *rest)

    monkeypatch.setattr(pdf_shop.Shop, "printed", misjudged)

    assert printed(prepared).pdf == right.pdf
    assert fronts[0] == 1
    assert len(fronts) == 2


@pytest.mark.parametrize("spare", [0, 1])
def test_other_formats_wait_until_a_processor_is_free(
    spare: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: dict[str, bool] = {}
    writes = builder.build.write_format

    def watched(name: str, *arguments: Any, **named: Any) -> Artifact:
        begun[name] = hands.at_rest.is_set()
        return writes(name, *arguments, **named)

    monkeypatch.setattr(builder.build, "write_format", watched)
    monkeypatch.setattr(builder.hands, "processors", lambda: 2 + spare)
    with Hands.hired(2, WORKSHOP) as hands:
        made = builder.build.build(Job(EXAMPLE, ("docx", "pdf"), tmp_path), hands=hands)

    assert [path.name for path in made.paths] == ["policy-brief.docx", "policy-brief.pdf"]
    assert begun == {"pdf": False, "docx": not spare}
    assert hands.at_rest.is_set()
