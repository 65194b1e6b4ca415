"""Lettered and roman lists: CommonMark knows digits alone.

A marker such as `b.`, `iv)` or `(a)` is exchanged for digits of the same width before parsing, so
that columns stay what they are, and remembered by its line. CommonMark tells neighbouring lists
apart by their delimiter alone: where style or delimiter change, the exchanged delimiter does too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from builder.document.nodes import ListDelimiter, ListStyle

_MARKER = re.compile(
    r"^(?P<indent>[ \t>]*)(?P<open>\()?"
    r"(?P<mark>[ivxlcdm]{1,15}|[IVXLCDM]{1,15}|[A-Za-z]|(?(open)\d{1,3}|\d{1,9}))"
    r"(?P<close>[.)])(?P<gap>[ \t]+)(?=\S)"
)
_BULLET = re.compile(r"^(?P<indent>[ \t>]*)[-+*](?P<gap>[ \t]+)(?=\S)")
_ANY_LIST = re.compile(r"^[ \t>]*(?:[-+*]|\d{1,9}[.)]|\(?[A-Za-z]{1,7}[.)]|\(\d{1,3}\))[ \t]+\S")
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


@dataclass(frozen=True, slots=True)
class ListMarker:
    """What an ordered item's marker says."""

    style: ListStyle
    number: int
    delimiter: ListDelimiter

    def continues(self, other: ListMarker) -> bool:
        """Tell whether an item with this marker belongs to the list of the other."""
        return (self.style, self.delimiter) == (other.style, other.delimiter)


@dataclass(frozen=True, slots=True)
class _Open:
    """A list that further lines may belong to: its last marker (None: bullets)."""

    content: int  # the column where its items' text begins
    marker: ListMarker | None
    close: str = "."  # the delimiter that CommonMark sees


def exchange_markers(text: str) -> tuple[str, dict[int, ListMarker]]:
    """Exchange lettered markers for digits; give the text and, by line from 0, what they said.

    A lettered list begins after a blank line or inside a list; a capital with a full stop needs
    two spaces behind it, as in Pandoc, so that "B. Russell" stays a name.
    """
    lines = text.split("\n")
    found: dict[int, ListMarker] = {}
    lists: list[_Open] = []
    fence = ""
    previous = ""
    for number, line in enumerate(lines):
        code = _FENCE.match(line)
        if code and (not fence or code[1].startswith(fence)):
            fence = "" if fence else code[1]
        elif not fence and line.strip():
            match = _MARKER.match(line)
            if match and _opens(match, previous) and not _is_name(match):
                found[number] = marker = _enter(match, lists)
                lines[number] = (
                    _exchanged(match, marker, lists[-1].close) + line[match.end("close") :]
                )
            elif bullet := _BULLET.match(line):
                _leave(lists, len(bullet["indent"]))
                lists.append(_Open(bullet.end(), None))
            elif not previous.strip():
                _leave(lists, len(line) - len(line.lstrip(" \t>")))
        previous = line if line.strip() or not fence else previous
    return "\n".join(lines), found


def _enter(match: re.Match[str], lists: list[_Open]) -> ListMarker:
    """Put the marker's list on top of the open ones: its neighbour's if it goes on, else a new."""
    neighbour = _leave(lists, len(match["indent"]))
    before = neighbour.marker if neighbour else None
    marker = _marker(match, before)
    close = "." if marker.delimiter == "." else ")"
    if neighbour is not None and before is not None:
        other = ")" if neighbour.close == "." else "."
        close = neighbour.close if marker.continues(before) else other
    lists.append(_Open(match.end(), marker, close))
    return marker


def _leave(lists: list[_Open], column: int) -> _Open | None:
    """Close the lists whose items' text begins right of a column; give the outermost of them."""
    left = None
    while lists and column < lists[-1].content:
        left = lists.pop()
    return left


def _opens(match: re.Match[str], previous: str) -> bool:
    """Tell whether a list can begin or go on here; in the midst of a paragraph only `1.` can."""
    if not previous.strip() or _ANY_LIST.match(previous):
        return True
    return match["mark"] == "1" and not match["open"]


def _is_name(match: re.Match[str]) -> bool:
    return match["mark"].isupper() and match["close"] == "." and len(match["gap"]) < 2


def _exchanged(match: re.Match[str], marker: ListMarker, close: str) -> str:
    mark = match["mark"]
    digits = mark if marker.style == "decimal" else "1".zfill(len(mark))
    return f"{match['indent']}{' ' if match['open'] else ''}{digits}{close}"


def _marker(match: re.Match[str], before: ListMarker | None) -> ListMarker:
    """Read a marker; letters that may be numerals are what the item before makes of them."""
    mark = match["mark"]
    delimiter: ListDelimiter = "()" if match["open"] and match["close"] == ")" else "."
    if not match["open"]:
        delimiter = "." if match["close"] == "." else ")"
    if mark.isdigit():
        return ListMarker("decimal", int(mark), delimiter)
    lower = mark.islower()
    letters = ListMarker("lower-alpha" if lower else "upper-alpha", _letter(mark), delimiter)
    numeral = all(letter in _ROMAN for letter in mark.lower())
    roman = ListMarker(
        "lower-roman" if lower else "upper-roman", _roman(mark) if numeral else 0, delimiter
    )
    if len(mark) > 1:
        return roman
    if before is not None and letters.continues(before):
        return roman if mark in "iI" and before.number + 1 != letters.number else letters
    goes_on = before is not None and roman.continues(before) and mark in "ivxIVX"
    return roman if mark in "iI" or goes_on else letters


def _letter(mark: str) -> int:
    return ord(mark[0].lower()) - ord("a") + 1


def _roman(mark: str) -> int:
    values = [_ROMAN[letter] for letter in mark.lower()]
    return sum(-value if value < max(values[i:]) else value for i, value in enumerate(values))
