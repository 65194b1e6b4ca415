"""Names of files as JSON and archives can hold them: Linux takes bytes that are no UTF-8."""

from __future__ import annotations

import re

_BYTE = re.compile("[\udc80-\udcff]")
"""A byte that is no UTF-8, as Python has it in a name."""

_SPELT = re.compile("//x([89a-f][0-9a-f])")
"""The same spelt out: in no path do two slashes follow each other."""


def spelt(path: str) -> str:
    """Give a path with each byte that is no UTF-8 spelt out: caf//xe9.txt."""
    return _BYTE.sub(lambda found: f"//x{ord(found[0]) - 0xDC00:02x}", path)


def unspelt(text: str) -> str:
    """Give the path that was spelt out."""
    return _SPELT.sub(lambda found: chr(0xDC00 + int(found[1], 16)), text)


def textual(template: str) -> str:
    """Give a template of names without such bytes: what stands for them becomes a hyphen anyway."""
    return _BYTE.sub("?", template)
