"""Decks of every kind are valid, sound and open to all: wide, 4:3, from right to left, recoloured."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from builder.build import Prepared, prepare, write_format
from builder.diagnostics import Diagnostics
from builder.document.nodes import DeckOptions
from builder.job import Job
from builder.outputs_lint import barriers, faults
from tests.support.built import STRESS, TORTURE
from tests.support.judges import ooxml_errors
from tests.writers.powerpoint.test_powerpoint import A, P, names, part

WIDE = DeckOptions(dividers="all")
KINDS = {
    "wide": (STRESS, "en", WIDE),
    "4:3": (STRESS, "en", replace(WIDE, size="4:3")),
    "from right to left": (TORTURE, "he", replace(WIDE, date="today")),
}


@cache
def project(path: Path) -> Prepared:
    return prepare(Job(path), Diagnostics())


@cache
def deck(kind: str) -> bytes:
    """Build a deck of one kind; fails where anything but a note was found."""
    path, language, options = KINDS[kind]
    made, log = project(path), Diagnostics()
    meta = replace(made.document.meta, language=language, deck=options)
    document = replace(made.document, meta=meta)
    data = write_format("pptx", replace(made, document=document), log).data
    assert not log.has_warnings, list(log)
    return data


@pytest.mark.parametrize(
    "office", [pytest.param("Office2019", marks=pytest.mark.long), "Microsoft365"]
)
def test_microsofts_validator_finds_nothing(office: str, tmp_path: Path) -> None:
    paths = []
    for number, kind in enumerate(KINDS):
        paths.append(tmp_path / f"{number}.pptx")
        paths[-1].write_bytes(deck(kind))

    assert ooxml_errors(paths, office=office) == []


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_lint_and_the_accessibility_checks_find_nothing(kind: str) -> None:
    assert faults(deck(kind)) == []
    assert barriers(deck(kind)) == []


def test_slides_of_4_by_3_say_so_and_nothing_stands_beside_them() -> None:
    size = next(part(deck("4:3"), "ppt/presentation.xml").iter(f"{P}sldSz"))

    assert (size.get("cx"), size.get("cy"), size.get("type")) == ("9144000", "6858000", "screen4x3")
    for name in names(deck("4:3"), r"ppt/(slides|slideLayouts)/\w+\.xml"):
        for frame in part(deck("4:3"), name).iter(f"{A}xfrm", f"{P}xfrm"):
            off, ext = frame.find(f"{A}off"), frame.find(f"{A}ext")
            assert off is not None and ext is not None
            assert int(off.get("x") or 0) + int(ext.get("cx") or 0) <= 9144000 + 9, name


def test_a_deck_that_is_dated_today_has_a_field_and_one_of_the_briefing_its_date() -> None:
    def dates(kind: str) -> list[tuple[str, bool]]:
        found = []
        for name in names(deck(kind), r"ppt/slides/slide\d+\.xml"):
            for shape in part(deck(kind), name).iter(f"{P}sp"):
                if shape.find(f".//{P}ph[@type='dt']") is not None:
                    words = "".join(t.text or "" for t in shape.iter(f"{A}t"))
                    found.append((words, bool(list(shape.iter(f"{A}fld")))))
        return found

    assert set(dates("wide")) == {("9 March 2026", False)}
    assert set(dates("from right to left")) == {("15 בינואר 2026", True)}


def test_numbers_of_the_agenda_lead_to_the_dividers() -> None:
    data = deck("wide")
    agenda = next(n for n in names(data, r"ppt/slides/slide\d+\.xml") if "Agenda" in str(
        [t.text for t in part(data, n).iter(f"{A}t")]))  # fmt: skip
    relations = part(data, agenda.replace("slides/", "slides/_rels/") + ".rels")
    targets = {r.get("Id"): r.get("Target") for r in relations}
    links = list(part(data, agenda).iter(f"{A}hlinkClick"))

    assert {link.get("action") for link in links} == {"ppaction://hlinksldjump"}
    reached = []
    for link in links:
        identity = link.get(
            "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
        )
        slide = part(data, f"ppt/slides/{targets[identity]}".replace("slides/../", ""))
        reached.append(next(t.text for t in slide.iter(f"{A}t")))
    assert reached == [
        "Words",
        "With a standfirst",
        "Figures",
        "Tables and numbers",
        "Time and actors",
    ]


def test_every_colour_is_the_themes_so_that_recolouring_reaches_it() -> None:
    """Nothing on slides, layouts, charts, notes or in the table style has a colour of its own."""
    pattern = r"ppt/(slides|slideLayouts|slideMasters|charts|notesSlides|notesMasters)/\w+\.xml"
    for name in [*names(deck("wide"), pattern), "ppt/tableStyles.xml"]:
        assert (
            list(part(deck("wide"), name).iter(f"{A}srgbClr", f"{A}sysClr", f"{A}prstClr")) == []
        ), name
