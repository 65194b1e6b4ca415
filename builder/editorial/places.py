"""Finding words of the tree in the file that they were read from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from functools import lru_cache

from builder.diagnostics import Span

_ALIKE = {'"': '["“”„«»]', "'": "['’‘]", "’": "['’‘]", "“": '["“„«]', "”": '["”“»]', "–": "[–-]"}
_REACH = 12_000  # characters after a node's beginning in which its words are looked for


def locate(words: str, at: Span, sources: Mapping[str, str]) -> Span:
    """Give the place of some words that stand at or behind `at`; `at` where they are not found.

    Spaces stand for any white space, since lines may be broken anywhere.
    """
    text = sources.get(at.file)
    if text is None or not words or not at.line:
        return at
    begin = offset_of(text, at)
    found = _pattern(words).search(text, begin, begin + _REACH)
    return span_of(text, found.start(), at.file) if found else at


def offset_of(text: str, at: Span) -> int:
    """Give the offset of a place in its file's text."""
    starts = _line_starts(text)
    if at.line > len(starts):
        return len(text)
    return starts[max(at.line, 1) - 1] + max(at.column - 1, 0)


def span_of(text: str, offset: int, file: str) -> Span:
    """Give line and column of an offset in a file's text."""
    starts = _line_starts(text)
    line = bisect_right(starts, offset)
    return Span(file, line, offset - starts[line - 1] + 1)


@lru_cache(maxsize=64)
def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(found.end() for found in re.finditer("\n", text)))


@lru_cache(maxsize=512)
def _pattern(words: str) -> re.Pattern[str]:
    parts = (
        r"[\s>|]+" if part.isspace() else "".join(_ALIKE.get(c, re.escape(c)) for c in part)
        for part in re.split(r"(\s+)", words.strip())
    )
    return re.compile("".join(parts))
