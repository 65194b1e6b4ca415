"""Characters that no text of a briefing holds, and how they are shown where one names them."""

from __future__ import annotations

import re

FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ufffe\uffff]")
"""Controls, which no XML can hold, and overrides of direction, which make text look like other."""

SEPARATORS = re.compile("[\u2028\u2029]")
"""They end a line in no format, and no font has them."""

_UNSEEN = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal obeys instead of showing it, and what begins another line there."""


def visible(text: str) -> str:
    """Give a text as it can be printed anywhere: what would do something there is spelt out."""
    return _UNSEEN.sub(lambda found: ascii(found[0])[1:-1], text)


def why_forbidden(character: str) -> str:
    """Say what is wrong with a character, for a hint."""
    if ord(character) in (0x202D, 0x202E):
        return "delete it: it is invisible, and turns the order of letters about"
    if SEPARATORS.match(character):
        return "delete it, and begin a new line instead"
    return "delete it: it is a control character"
