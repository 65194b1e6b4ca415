"""The theme's fonts inside the page: cut down, as WOFF2, and what they lack patched in."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from builder.theme.fonts import FontBook
from builder.theme.model import Face, FontFamily, TextStyle, Theme
from builder.theme.subset import shown_subset
from builder.writers.html.data import data_uri

WEIGHTS = (400, 600, 700)


@dataclass(frozen=True, slots=True)
class WebFont:
    """One `@font-face`: what a family looks like in one weight and slope, for some characters."""

    family: str
    weight: int
    italic: bool
    source: str  # a data: address
    characters: str  # unicode-range; empty: all


def web_fonts(theme: Theme, book: FontBook, words: frozenset[str], *, code: bool) -> list[WebFont]:
    """Give the fonts that a page of these characters needs, in a fixed order.

    A face's characters are those of the page. What a face lacks comes from the same family
    upright, else from the theme's fallbacks, under the face's own name: so every machine shows the
    same. Families whose licence forbids embedding are left to the reader's machine.
    """
    found: dict[tuple[str, int, bool], None] = {}
    fonts: list[WebFont] = []
    for style in _styles(theme, code=code):
        face = style.face
        key = (style.family.name, face.weight, face.italic)
        if key in found or not style.family.embeddable:
            continue
        found[key] = None
        lacking = sorted(c for c in words if not book.covers(face, c))
        own = frozenset(words) - frozenset(lacking)
        fonts.append(_font(*key, face, own, ranged=False))
        fonts += _patches(style, key, lacking, book)
    return fonts


def _styles(theme: Theme, *, code: bool) -> Iterator[TextStyle]:
    """Give a style for each look that the page may have: by role, then what is stressed in it."""
    roles = [theme.styles[role] for role in ROLES]
    body, label = theme.styles["body"], theme.styles["table_body"]
    yield from roles
    for style in (body, label):
        yield replace(style, italic=True)
        yield replace(style, weight=700 if style is body else 600)
    if code:
        yield theme.styles["code"]


ROLES = (
    "body",
    "h1",
    "opener_num",
    "h2",
    "standfirst",
    "pull_quote",
    "table_body",
    "table_head",
)


def _patches(
    style: TextStyle, key: tuple[str, int, bool], lacking: list[str], book: FontBook
) -> Iterator[WebFont]:
    homes: dict[Face, tuple[FontFamily, set[str]]] = {}
    for character in lacking:
        for segment in book.segments(character, style):
            if segment.face != style.face and book.covers(segment.face, character):
                homes.setdefault(segment.face, (segment.family, set()))[1].add(character)
    for face, (family, characters) in homes.items():
        if family.embeddable:
            yield _font(*key, face, frozenset(characters), ranged=True)


def _font(
    family: str, weight: int, italic: bool, face: Face, characters: frozenset[str], *, ranged: bool
) -> WebFont:
    numbers = frozenset(map(ord, characters))
    source = _woff2(face.path, face.index, shown_subset(face, numbers, exact=ranged))
    shown = ", ".join(f"U+{number:X}" for number in sorted(numbers)) if ranged else ""
    return WebFont(family, weight, italic, source, shown)


@lru_cache(maxsize=128)
def _woff2(path: Path, index: int, data: bytes) -> str:
    """Pack a font file for the web; the packing takes longest, so that it is kept."""
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    font.flavor = "woff2"
    made = io.BytesIO()
    font.save(made, reorderTables=False)
    return data_uri(made.getvalue(), "font/woff2")
