"""Words typed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.diagnostics import Code
from builder.editorial.passages import passages
from builder.editorial.places import locate
from builder.editorial.rule import Finding, Manuscript

_DOUBLED = re.compile(r"(?<![\w’'-])([^\W\d_]+) \1(?![\w’'-])", re.IGNORECASE)
_MEANT = {
    "en": frozenset({"that", "had", "bye", "very", "so", "no", "long"}),
    "de": frozenset({"die", "der", "das", "sie", "den", "dem", "ja", "nein"}),
    "fr": frozenset({"nous", "vous", "en", "oui", "très"}),
    "ru": frozenset({"чуть", "еле", "ещё"}),
}
_SILENT = frozenset({"tr", "az", "he"})
"""Languages that double words on purpose: yavaş yavaş."""


def word_doubled(manuscript: Manuscript) -> Iterator[Finding]:
    """Find words that stand twice in a row."""
    for passage in passages(manuscript.document):
        if passage.language in _SILENT:
            continue
        meant = _MEANT.get(passage.language, frozenset())
        for found in _DOUBLED.finditer(passage.text):
            first, second = found[0].split(" ")
            name = first[0].isupper() and second[0].isupper()  # Duran Duran
            if first.lower() not in meant and not name:
                yield Finding(
                    Code.WORD_DOUBLED,
                    f"{found[0]!r} stands twice in a row",
                    locate(found[0], passage.at, manuscript.sources),
                    "delete one of the two",
                )
