"""Footnotes that are called more than once: printed at the first call, named by the later ones.

Only the finished HTML shows which call is the first, since figures and boxes change their places.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from builder.writers.pdf_words import NOTE

AGAIN = "again"
"""The class of a later call."""


def call_again(root: Element) -> None:
    """Make every call of a note but the first a link with the note's number.

    A report of some sections only says in `data-notes` how many notes are before them.
    """
    number = notes_before(root)
    first: dict[str, tuple[Element, int]] = {}
    within: set[int] = set()  # what is in a note that goes
    for element in list(root.iter("span")):
        if element.get("class") != NOTE or id(element) in within:
            continue
        key = element.get("data-note", "")
        if key in first:
            note, its_number = first[key]
            note.set("id", f"note-{its_number}")
            within.update(id(inner) for inner in element.iter())
            _refer(element, its_number)
            continue
        number += 1
        if key:
            first[key] = element, number


def notes_before(root: Element) -> int:
    """Give the number of notes in the parts of a report that are in front of this one."""
    body = root.find("body")
    return int(body.get("data-notes") or 0) if body is not None else 0


def notes_in(root: Element) -> int:
    """Count the notes of a part once the later calls have been told apart."""
    return sum(1 for span in root.iter("span") if span.get("class") == NOTE)


def _refer(call: Element, number: int) -> None:
    tail = call.tail
    call.clear()
    call.tag, call.tail, call.text = "a", tail, str(number)
    call.attrib.update({"class": AGAIN, "href": f"#note-{number}"})
