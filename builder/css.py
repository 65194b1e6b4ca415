"""Text of strangers in style sheets: as strings that are nothing else, wherever they stand."""

from __future__ import annotations

import re
import sys
from unicodedata import category

_TELLING = re.compile(r"""["'\\<>&\0-\x1f\x7f-\x9f\u2028\u2029]""")
"""What ends a string, or the attribute or the element around it."""

_INVISIBLE = ("Cc", "Cf", "Cs", "Zl", "Zp")
_ESCAPE = re.compile(r"\\([0-9a-f]{1,6}) ")


def css_string(text: str, *, mark: str = '"') -> str:
    """Write a text as a CSS string; what could end it, or what it stands in, is escaped.

    It may stand in a style sheet, in a `<style>` and, with "'" for its `mark`, in an attribute.
    """
    return mark + _TELLING.sub(_escaped, text) + mark


def typeface(name: str) -> str:
    """Check the name of a typeface. Raises ValueError for one that could be no name."""
    odd = next((sign for sign in name if sign in "<>{};" or category(sign) in _INVISIBLE), "")
    if odd:
        raise ValueError(f"a typeface's name holds no {odd!r}")
    return name


def unescaped(value: str) -> str:
    """Give a value with the escapes of `css_string` read, for programs that read none.

    Strangers write escapes as well: what is no character becomes U+FFFD, as in browsers.
    """
    return _ESCAPE.sub(lambda found: _character(int(found[1], 16)), value)


def _character(point: int) -> str:
    is_one = 0 < point <= sys.maxunicode and category(chr(point)) != "Cs"
    return chr(point) if is_one else "\N{REPLACEMENT CHARACTER}"


def _escaped(sign: re.Match[str]) -> str:
    return f"\\{ord(sign[0]):x} "
