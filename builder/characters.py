"""Characters that no text of a briefing holds, and how they are shown where one names them."""

from __future__ import annotations

import re

FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ufffe\uffff]")
"""Controls, which no XML can hold, and overrides of direction, which make text look like other."""

SEPARATORS = re.compile("[\u2028\u2029]")
"""They end a line in no format, and no font has them."""

TURNING = re.compile("[\u202a-\u202c\u2066-\u2069]")
"""Embeddings and isolates of direction, and their ends: those of Hebrew and Arabic texts."""

_EMBEDDINGS, _END_OF_EMBEDDING = "\u202a\u202b", "\u202c"
_ISOLATES = "\u2066\u2067\u2068"

_UNSEEN = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal obeys instead of showing it, and what begins another line there."""


def visible(text: str) -> str:
    """Give a text as it can be printed anywhere: what would do something there is spelt out."""
    return _UNSEEN.sub(lambda found: ascii(found[0])[1:-1], text)


def unpaired(text: str) -> str:
    """Give the first embedding or isolate that nothing closes, or end that closes nothing, else "".

    Such a one turns about what stands behind it, in whatever line a text is put into.
    """
    opened: list[str] = []
    for found in TURNING.finditer(text):
        sign = found[0]
        if sign in _EMBEDDINGS or sign in _ISOLATES:
            opened.append(sign)
        elif opened and opened[-1] in (_EMBEDDINGS if sign == _END_OF_EMBEDDING else _ISOLATES):
            opened.pop()
        else:
            return opened[-1] if opened else sign
    return opened[0] if opened else ""


def why_forbidden(character: str) -> str:
    """Say what is wrong with a character, for a hint."""
    if ord(character) in (0x202D, 0x202E):
        return "delete it: it is invisible, and turns the order of letters about"
    if TURNING.match(character):
        return (
            "close an embedding by U+202C, an isolate by U+2069, in the same paragraph, cell or"
            " value; or delete it"
        )
    if SEPARATORS.match(character):
        return "delete it, and begin a new line instead"
    return "delete it: it is a control character"
