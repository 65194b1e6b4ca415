"""Lettered and roman lists: CommonMark knows digits alone.

A marker such as `b.`, `iv)` or `(a)` is exchanged for digits of the same width before parsing, so
that columns stay what they are, and remembered by its line.
"""

from __future__ import annotations

import re

from builder.document.nodes import ListStyle

_MARKER = re.compile(
    r"^(?P<indent>[ \t>]*)(?P<open>\()?(?P<mark>[ivxlcdm]+|[IVXLCDM]+|[A-Za-z])"
    r"(?P<close>[.)])(?P<gap>[ \t]+)(?=\S)"
)
_ANY_LIST = re.compile(r"^[ \t>]*(?:[-+*]|\d{1,9}[.)]|\(?[A-Za-z]{1,7}[.)])[ \t]+\S")
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def exchange_markers(text: str) -> tuple[str, dict[int, tuple[ListStyle, int]]]:
    """Exchange lettered markers for digits; give the text and, by line from 0, style and start.

    A lettered list begins after a blank line or inside a list; a capital with a full stop needs
    two spaces behind it, as in Pandoc, so that "B. Russell" stays a name.
    """
    lines = text.split("\n")
    found: dict[int, tuple[ListStyle, int]] = {}
    fence = ""
    previous = ""
    for number, line in enumerate(lines):
        code = _FENCE.match(line)
        if code and (not fence or code[1].startswith(fence)):
            fence = "" if fence else code[1]
        elif not fence:
            match = _MARKER.match(line)
            opens = not previous.strip() or _ANY_LIST.match(previous) is not None
            if match and opens and not _is_name(match):
                found[number] = _style(match["mark"])
                lines[number] = _digits(match) + line[match.end("close") :]
        previous = line if line.strip() or not fence else previous
    return "\n".join(lines), found


def _is_name(match: re.Match[str]) -> bool:
    return match["mark"].isupper() and match["close"] == "." and len(match["gap"]) < 2


def _digits(match: re.Match[str]) -> str:
    width = len(match["mark"])
    opening = " " if match["open"] else ""
    return f"{match['indent']}{opening}{'1'.zfill(width)}{match['close']}"


def _style(mark: str) -> tuple[ListStyle, int]:
    lower = mark.islower()
    if len(mark) > 1 or mark in "iI":
        return ("lower-roman" if lower else "upper-roman"), _roman(mark.lower())
    return ("lower-alpha" if lower else "upper-alpha"), ord(mark.lower()) - ord("a") + 1


def _roman(mark: str) -> int:
    values = [_ROMAN[letter] for letter in mark]
    return sum(-value if value < max(values[i:]) else value for i, value in enumerate(values))
