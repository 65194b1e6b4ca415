"""What looks for lost words finds them."""

from __future__ import annotations

from pathlib import Path

from builder.build import Prepared, prepare, write_format
from builder.diagnostics import Diagnostics
from builder.job import Job
from tests.attacks.arena import BASE, make, section
from tests.fuzz.whole import off_slides

TABLE = '| a | b |\n|---|---|\n| one | {} |\n\n: A table {{#tbl-a source="S"{}}}\n'


def project(folder: Path, cell: str, more: str = "") -> Prepared:
    log = Diagnostics()
    return prepare(Job(make(folder, {**BASE, **section(TABLE.format(cell, more))})), log)


def test_words_of_a_table_that_are_on_no_slide_are_told(tmp_path: Path) -> None:
    right, wrong = project(tmp_path / "a", "seventeen"), project(tmp_path / "b", "two")
    deck = write_format("pptx", right, Diagnostics()).data

    assert list(off_slides(right, deck)) == []
    (told,) = off_slides(right, write_format("pptx", wrong, Diagnostics()).data)
    assert told.endswith("seventeen")


def test_what_is_left_out_for_a_reason_is_not_missed(tmp_path: Path) -> None:
    without = project(tmp_path / "a", "seventeen", " deck=false")

    assert list(off_slides(without, write_format("pptx", without, Diagnostics()).data)) == []
