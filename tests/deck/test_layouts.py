"""layouts.yml: read with its theme, and found fault with where it is wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from builder.deck.layouts import FILE, load_layouts
from builder.diagnostics import Diagnostics
from builder.units import Length
from tests.deck.decks import layouts, theme

SHIPPED = theme().search[-1] / FILE


def findings(tmp_path: Path, old: str, new: str) -> list[str]:
    """Load the shipped layouts with one thing changed."""
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / FILE).write_text(text.replace(old, new, 1), encoding="utf-8")
    log = Diagnostics()
    assert load_layouts(replace(theme(), folder=tmp_path), log) is None
    return [f"{d.code.value}: {d.message} ({d.hint})" for d in log]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("ground: sand", "ground: snad", "colour-unknown: the theme has no colour 'snad'"),
        ("like: summary", "like: sumary", "value-invalid: no other layout is called 'sumary'"),
        (
            "text: heading, anchor: middle, lines: 2",
            "text: headng, anchor: middle, lines: 2",
            "value-invalid: no text is called 'headng'",
        ),
        ("head: box-head", "head: box-heat", "value-invalid: no head is called 'box-heat'"),
        ("  agenda:\n", "  agendum:\n", "key-missing: the layout 'agenda' is missing"),
        ("anchor: bottom", "ancor: bottom", "key-unknown"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert any(found.startswith(expected) for found in findings(tmp_path, old, new))


def test_slots_that_repeat_stand_one_step_further_each() -> None:
    slots = layouts()["summary"].slots

    assert slots["finding2"].box.y - slots["finding1"].box.y == Length.from_inches(1.15)


def test_the_footer_is_legible_on_a_dark_ground() -> None:
    assert layouts()["quote"].slots["footer"].style.colour.name == "on_dark_2"


def test_a_mirrored_slide_begins_at_the_right() -> None:
    box = layouts().mirrored()["bullets-box"].slots["box"].box

    assert box.x == layouts().width - layouts()["bullets-box"].slots["box"].box.right


def test_no_body_text_may_become_smaller_than_twelve_points() -> None:
    small = {
        f"{layout.name}.{slot.slot}"
        for layout in layouts().layouts.values()
        for slot in layout.slots.values()
        if slot.style.minimum < Length.from_pt(12)
        and slot.slot not in ("source", "footer", "number", "date")
    }
    assert small == set()
