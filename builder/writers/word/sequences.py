"""Numbers of figures and tables: fields by which Word counts as the document was counted."""

from __future__ import annotations

import re
from collections import Counter

from builder.document.nodes import FloatKind
from builder.writers.word.fields import field
from builder.writers.word.formats import RunFormat
from builder.writers.word.xml import Element, qualified

SEQUENCES = {FloatKind.FIGURE: "Figure", FloatKind.TABLE: "Table"}
"""The counters' names; they are the same in every language."""

_INSTRUCTION = qualified("w:instrText")
_COUNTED = re.compile(r" (?P<counts>SEQ (?P<name>\w+) \\\* ARABIC) \\r (?P<number>\d+) ")


def sequence(kind: FloatKind, number: int, shown: list[Element], look: RunFormat) -> list[Element]:
    """Make the field of a number, which for now sets the counter to what it shows."""
    return field(rf"SEQ {SEQUENCES[kind]} \* ARABIC \r {number}", shown, look)


def count_on(body: Element) -> None:
    """Let every number that follows the one before be counted by Word.

    The others go on setting the counter: those behind a figure or table that other formats alone
    show, for all formats agree on the numbers. So do those in notes, which Word counts apart.
    """
    counted: Counter[str] = Counter()
    for instruction in body.iter(_INSTRUCTION):
        found = _COUNTED.fullmatch(instruction.text or "")
        if found is None:
            continue
        name, number = found["name"], int(found["number"])
        if number == counted[name] + 1:
            instruction.text = f" {found['counts']} "
        counted[name] = number
