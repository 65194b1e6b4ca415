"""Long addresses in the page: where a line may end in them, so that they break in sense."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

LONG = 24
"""Letters of an address that has room in any line."""

_ADDRESS = re.compile(r"(?:https?://|www\.|mailto:|\b10\.\d{4,}/)[^\s<>\"“”«»]+")
_MARK = re.compile(r"[/?&=.-]+(?=[^/?&=.\-\s])")
"""Signs behind which a line may end; several together are one."""

_END = Markup("<wbr>")


def with_breaks(words: str) -> Markup:
    """Write plain text, in long addresses with places where a line may end.

    These places are elements (`<wbr>`), no characters: what is copied, searched or read out is the
    text as it was.
    """
    if not _ADDRESS.search(words):
        return escape(words)
    done, at = Markup(""), 0
    for found in _ADDRESS.finditer(words):
        if len(found[0]) > LONG:
            done += escape(words[at : found.start()]) + _END.join(map(escape, pieces(found[0])))
            at = found.end()
    return done + escape(words[at:])


def pieces(address: str) -> list[str]:
    """Divide an address behind its signs; put together, the pieces are the address."""
    ends = [mark.end() for mark in _MARK.finditer(address)]
    return [address[a:b] for a, b in zip([0, *ends], [*ends, len(address)], strict=True)]
