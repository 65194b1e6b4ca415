"""Remembered lines: faster, and the same bytes."""

from __future__ import annotations

import inspect
from contextlib import nullcontext

import pytest
import weasyprint.layout.inline
import weasyprint.layout.preferred
from weasyprint.text import line_break

from builder.writers import pdf_lines
from builder.writers.pdf_lines import remembered_lines
from tests.support.paper import printed
from tests.support.reading import read

NOTES = "\n\n".join(f"Paragraph {n}^[Note {n}, which has some words.] goes on." for n in range(30))


def test_the_hook_is_where_it_was() -> None:
    for place in (weasyprint.layout.inline, weasyprint.layout.preferred):
        assert place.split_first_line is line_break.split_first_line
    assert list(inspect.signature(line_break.split_first_line).parameters) == [
        "text",
        "style",
        "context",
        "max_width",
        "justification_spacing",
        "is_line_start",
        "minimum",
    ]


@pytest.mark.parametrize("kept", [2_000, 3])
def test_the_bytes_are_the_same_with_and_without(
    kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = read(NOTES)
    monkeypatch.setattr(pdf_lines, "KEPT", kept)
    remembered = printed(document)
    monkeypatch.setattr(pdf_lines, "remembered_lines", nullcontext)

    assert printed(document) == remembered


def test_the_same_line_is_broken_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def breaks(text: str, *rest: object) -> tuple[str, int]:
        asked.append(text)
        return text, len(asked)

    for place in pdf_lines.PLACES:
        monkeypatch.setattr(place, "split_first_line", breaks)
    style = object()
    with remembered_lines():
        split = weasyprint.layout.inline.split_first_line
        first, again = (split("words", style, None, 100.0, 0) for _ in range(2))
        narrower = split("words", style, None, 50.0, 0)

    assert asked == ["words", "words"]
    assert first == again != narrower
    assert weasyprint.layout.inline.split_first_line is breaks
