"""The order of references: by letters alone, whatever accents, quotes or marks stand among them."""

from __future__ import annotations

import re
import unicodedata

SortKey = tuple[tuple[int, str], ...]

_ARTICLE = re.compile(r"^(?:the|an?) (?=\w)")
_WORD = re.compile(r"[^\W_]+")


def sort_key(value: str) -> SortKey:
    """Give what a string is sorted by: its words without case and accents, numbers by value.

    An English article at the start does not count. Latin comes before Cyrillic, Cyrillic before
    Hebrew, as in Unicode. The empty string gives the empty key.
    """
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", value.casefold().replace("ı", "i"))
        if not unicodedata.combining(letter) and letter not in "’'ʿʾ" and not _is_private(letter)
    )
    words = _WORD.findall(_ARTICLE.sub("", plain.strip(' “”‘’"«»')))
    return tuple((int(word), "") if word.isdecimal() else (1 << 62, word) for word in words)


def _is_private(letter: str) -> bool:
    return "\ue000" <= letter <= "\uf8ff"
