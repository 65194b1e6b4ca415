"""Fields, each with the result that a reader sees before Word counts anew."""

from __future__ import annotations

from builder.writers.word.formats import RunFormat
from builder.writers.word.xml import Element, w

PLAIN = RunFormat()


def field(instruction: str, result: list[Element], look: RunFormat = PLAIN) -> list[Element]:
    """Make a field: its instruction, and the runs of its result."""
    return [*field_start(instruction, look), *result, field_end(look)]


def field_start(instruction: str, look: RunFormat = PLAIN) -> list[Element]:
    """Make what stands before a field's result."""
    return [
        run(w("fldChar", fldCharType="begin"), look=look),
        run(w("instrText", text=f" {instruction} "), look=look),
        run(w("fldChar", fldCharType="separate"), look=look),
    ]


def field_end(look: RunFormat = PLAIN) -> Element:
    """Make what closes a field."""
    return run(w("fldChar", fldCharType="end"), look=look)


def run(*content: Element, look: RunFormat = PLAIN) -> Element:
    """Make a run."""
    return w("r", look.element(), *content)


def text_run(text: str, look: RunFormat = PLAIN) -> Element:
    """Make a run of words."""
    return run(w("t", text=text), look=look)


def tab_run() -> Element:
    """Make a run that is a tab."""
    return run(w("tab"))
