"""Where lines may end, in text that stands in one or several faces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from builder.theme.model import Face
from builder.units import Length

_MARKS = re.compile("[\n \u2003\u2002\u2009\u200b\\-\u2010\u2013\u2014/]")
"""Behind what a line may end, where `_may_break` agrees."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one face and size, to be measured and broken into lines."""

    text: str
    face: Face
    size: Length
    tracking: float = 0.0  # em


@dataclass(frozen=True, slots=True)
class Word:
    """What cannot be broken: the runs up to and with the next space or hyphen."""

    runs: tuple[Run, ...]
    ends_line: bool = False


def breakable(runs: Iterable[Run]) -> Iterator[Word]:
    """Divide runs where lines may end."""
    word: list[Run] = []
    for run in runs:
        for start, end, ends_line in unbreakable(run.text):
            word.append(_part(run, start, end))
            if ends_line or _may_break(run.text, end):
                yield Word(tuple(word), ends_line)
                word = []
    if word:
        yield Word(tuple(word))


def unbreakable(text: str) -> Iterator[tuple[int, int, bool]]:
    """Divide text where lines may end, and at line feeds, which belong to no piece.

    Each piece is given by its ends, and by whether a line ends there in any case.
    """
    start = 0
    for mark in _MARKS.finditer(text):
        place = mark.end()
        if mark[0] == "\n":
            yield start, place - 1, True
        elif _may_break(text, place):
            yield start, place, False
        else:
            continue
        start = place
    if start < len(text):
        yield start, len(text), False


def _may_break(text: str, place: int) -> bool:
    """Tell whether a line may end before the character at `place`."""
    last, following = text[place - 1], text[place : place + 1]
    if last in " \u2003\u2002\u2009\u200b":
        return following != " "
    hyphen = last in "-\u2010\u2013\u2014/" and place > 1 and text[place - 2].isalnum()
    return hyphen and following.isalpha()


def _part(run: Run, start: int, end: int) -> Run:
    return Run(run.text[start:end], run.face, run.size, run.tracking)


def rejoined(line: Sequence[Run]) -> tuple[Run, ...]:
    """Put together again what stands on one line in one face, so that it is shaped as one."""
    joined: list[Run] = []
    for run in line:
        last = joined[-1] if joined else None
        if last and (last.face, last.size, last.tracking) == (run.face, run.size, run.tracking):
            joined[-1] = Run(last.text + run.text, run.face, run.size, run.tracking)
        elif run.text:
            joined.append(run)
    return tuple(joined)
