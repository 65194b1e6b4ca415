"""What the theme's fonts can show, and how wide text is in them."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

from builder.theme.lines import Run, breakable, rejoined, unbreakable
from builder.theme.model import Face, FontFamily, TextStyle, Theme
from builder.theme.opened_font import OpenedFont, open_font
from builder.units import Length

_SAFETY = 0.99  # lines are broken a little early: unhinted widths differ by less from any reader's
_INVISIBLE = frozenset("\n\r\t\u00ad\u034f\u061c\u2060\ufeff")
MOST_COUNTS = 20_000
"""Of how many texts, in how many widths, a process keeps how many lines they take."""
LONGEST_COUNTED = 5_000
"""Characters of such a text."""
_BOLD = 700
_SEMIBOLD = 600


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that one font file can show."""

    text: str
    face: Face
    family: FontFamily


Chain: TypeAlias = tuple[tuple[Face, FontFamily], ...]
"""Faces in the order in which they are asked, each with its typeface."""


class FontBook:
    """A theme's fonts, opened: asks which of them has a character, measures and breaks text."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._opened: dict[tuple[Path, int], OpenedFont] = {}
        # by identity: paths are slow to hash
        self._at_hand: dict[int, tuple[Face, OpenedFont]] = {}
        self._chains: dict[tuple[int, int, bool], tuple[FontFamily, Chain]] = {}
        self._settings: dict[int, tuple[TextStyle, str]] = {}
        self._anywhere: frozenset[int] | None = None

    def covers(self, face: Face, text: str) -> bool:
        """Tell whether a face has every character of a text; invisible ones count as there."""
        shown = self._open(face).shown
        return shown.issuperset(text) or all(c in shown or _is_invisible(c) for c in set(text))

    def characters(self, face: Face) -> frozenset[int]:
        """Give every character that a face has."""
        return self._covered(face)

    def segments(
        self, text: str, style: TextStyle, *, bold: bool = False, italic: bool = False
    ) -> tuple[Segment, ...]:
        """Divide text among the faces that can show it.

        A word that the style's face lacks a letter of is set upright in the same family, if that
        has all of it; single characters that it lacks go to the theme's fallbacks. Spaces and
        punctuation stay with what stands before them. What no font has stays in the style's face.
        """
        chain = self._chain(style, bold=bold, italic=italic)
        if text and self.covers(chain[0][0], text):  # what most text comes to, and far quicker
            return (Segment(text, *chain[0]),)
        pieces: list[tuple[str, tuple[Face, FontFamily]]] = []
        for word in _words(text):
            last = pieces[-1][1] if pieces else chain[0]
            pieces += self._place(word, chain, last)
        return tuple(
            Segment("".join(piece for piece, _ in group), *home)
            for home, group in groupby(pieces, key=lambda piece: piece[1])
        )

    def missing(self, text: str, style: TextStyle | None = None) -> set[str]:
        """Give the characters that no font of the theme has; with a style: none that it may use."""
        if style is None:
            known = self._known()
        else:
            chain = self._chain(style, bold=False, italic=style.italic)
            known = frozenset().union(*(self._covered(face) for face, _ in chain))
        return {c for c in set(text) if ord(c) not in known and not _is_invisible(c)}

    def family_for(self, character: str, style: TextStyle | None = None) -> FontFamily | None:
        """Give the first typeface that has a character: the style's own, then the fallbacks."""
        first = style.family if style is not None else self._theme.serif
        families = (first, *self._fallbacks(first))
        return next((f for f in families if self.covers(f.face(), character)), None)

    def width(self, text: str, face: Face, size: Length, tracking: float = 0.0) -> Length:
        """Give the advance width of text on one line, with kerning; tracking is in em."""
        opened = self._open(face)
        return Length(round((opened.advance(text) / opened.em + tracking * len(text)) * size))

    def extents(self, face: Face) -> tuple[float, float]:
        """Give how far a font reaches above and below the baseline, as parts of its size."""
        font = self._open(face).font
        extents, em = font.get_font_extents("ltr"), font.face.upem
        return float(extents.ascender / em), float(-extents.descender / em)

    def width_of(
        self,
        text: str,
        style: TextStyle,
        size: Length | None = None,
        *,
        bold: bool = False,
        italic: bool = False,
    ) -> Length:
        """Give the width of text in a style, fallbacks and capitals reckoned in."""
        runs = self.runs(text, style, size, bold=bold, italic=italic)
        return Length(sum(self.width(r.text, r.face, r.size, r.tracking) for r in runs))

    def runs(
        self,
        text: str,
        style: TextStyle,
        size: Length | None = None,
        *,
        bold: bool = False,
        italic: bool = False,
    ) -> tuple[Run, ...]:
        """Give text in a style as runs to be measured or wrapped; `size` replaces the style's."""
        shown = text.upper() if style.caps else text
        segments = self.segments(shown, style, bold=bold, italic=italic)
        return tuple(Run(s.text, s.face, size or style.size, style.tracking) for s in segments)

    def wrap(self, runs: Sequence[Run], width: Length) -> tuple[tuple[Run, ...], ...]:
        """Break runs into lines, as many words to each as fit into 99 % of the width.

        Lines end after spaces and hyphens, and at every line feed. A word wider than a line has a
        line of its own; that line is the only kind that may be too wide. No text: no lines.
        """
        room = width * _SAFETY
        lines: list[list[Run]] = [[]] if runs else []
        used = 0.0
        for word in breakable(runs):
            whole = sum(self.width(r.text, r.face, r.size, r.tracking) for r in word.runs)
            over = word.runs and lines[-1] and used + whole > room
            if over and used + self._visible(word.runs) > room:
                lines.append([])
                used = 0.0
            lines[-1] += word.runs
            used += whole
            if word.ends_line:
                lines.append([])
                used = 0.0
        return tuple(rejoined(line) for line in lines)

    def lines(
        self,
        text: str,
        style: TextStyle,
        width: Length,
        size: Length | None = None,
        *,
        bold: bool = False,
        italic: bool = False,
    ) -> tuple[str, ...]:
        """Break plain text in a style into lines; `size` replaces the style's."""
        wrapped = self.wrap(self.runs(text, style, size, bold=bold, italic=italic), width)
        return tuple("".join(run.text for run in line).rstrip() for line in wrapped)

    def line_count(self, text: str, style: TextStyle, width: Length) -> int:
        """Count the lines of plain text in a style; no text has none.

        What a process has counted once it knows: the next build asks for most of it again.
        """
        if len(text) > LONGEST_COUNTED:
            return self._count(text, style, width)
        key = self._setting(style), text, width
        known = _COUNTED.get(key)
        if known is None:
            if len(_COUNTED) >= MOST_COUNTS:
                _COUNTED.clear()
            known = _COUNTED[key] = self._count(text, style, width)
        return known

    def _count(self, text: str, style: TextStyle, width: Length) -> int:
        """Count the lines that `wrap` would make: far quicker, as most text is in one face."""
        runs = self.runs(text, style)
        if len(runs) != 1:
            return len(self.wrap(runs, width))
        run, opened, room = runs[0], self._open(runs[0].face), width * _SAFETY

        def wide(piece: str) -> int:
            return round((opened.advance(piece) / opened.em + run.tracking * len(piece)) * run.size)

        lines, used, is_begun = 1, 0, False
        for start, end, ends_line in unbreakable(run.text):
            piece = run.text[start:end]
            whole = wide(piece)
            over = is_begun and used + whole > room
            if over and used + wide(piece.rstrip(" ")) > room:
                lines, used = lines + 1, 0
            used, is_begun = used + whole, True
            if ends_line:
                lines, used, is_begun = lines + 1, 0, False
        return lines

    def _setting(self, style: TextStyle) -> str:
        """Name all by which one style breaks a text otherwise than another does."""
        if id(style) not in self._settings:  # the style is held: the identity stays its own
            chain = self._chain(style, bold=False, italic=False)
            fonts = [(self._open(face).name, face.weight, face.italic) for face, _ in chain]
            own = [family == style.family for _, family in chain]
            told = repr((fonts, own, style.caps, style.size, style.tracking))
            self._settings[id(style)] = style, hashlib.sha256(told.encode()).hexdigest()
        return self._settings[id(style)][1]

    def _chain(self, style: TextStyle, *, bold: bool, italic: bool) -> Chain:
        """Give the faces to ask: the style's, the same upright, then the fallbacks'."""
        weight = _BOLD if bold and style.weight < _SEMIBOLD else style.weight
        slanted, family = style.italic or italic, style.family
        key = id(family), weight, slanted
        if key not in self._chains:  # the family is held: the identity stays its own
            self._chains[key] = family, self._faces(family, weight, slanted=slanted)
        return self._chains[key][1]

    def _faces(self, family: FontFamily, weight: int, *, slanted: bool) -> Chain:
        faces = [(family.face(weight, italic=slanted), family), (family.face(weight), family)]
        for other in self._fallbacks(family):
            faces.append((other.face(weight), other))
        return tuple(dict.fromkeys(faces))

    def _fallbacks(self, family: FontFamily) -> Iterator[FontFamily]:
        """Give the fallbacks, of the family's own kind first."""
        alike = [f for f in self._theme.fallbacks if f.generic == family.generic]
        return iter((*alike, *(f for f in self._theme.fallbacks if f not in alike)))

    def _place(
        self, word: str, chain: Sequence[tuple[Face, FontFamily]], last: tuple[Face, FontFamily]
    ) -> list[tuple[str, tuple[Face, FontFamily]]]:
        """Place one word, or the space between two."""
        own = [home for home in chain if home[1] is chain[0][1]]
        if not word.strip() and self.covers(last[0], word):
            return [(word, last)]
        whole = next((home for home in own if self.covers(home[0], word)), None)
        if whole is not None and not (_is_neutral(word) and self.covers(last[0], word)):
            return [(word, whole)]
        placed: list[tuple[str, tuple[Face, FontFamily]]] = []
        for cluster in _clusters(word):
            before = placed[-1][1] if placed else last
            if _is_neutral(cluster) and self.covers(before[0], cluster):
                home = before
            else:
                home = next((h for h in chain if self.covers(h[0], cluster)), chain[0])
            placed.append((cluster, home))
        return placed

    def _visible(self, runs: Sequence[Run]) -> float:
        """Give the width of a word without the spaces at its end."""
        *before, last = runs
        width = sum(self.width(r.text, r.face, r.size, r.tracking) for r in before)
        return width + self.width(last.text.rstrip(" "), last.face, last.size, last.tracking)

    def _open(self, face: Face) -> OpenedFont:
        at_hand = self._at_hand.get(id(face))
        if at_hand is not None:
            return at_hand[1]
        key = (face.path, face.index)
        if key not in self._opened:
            changed = face.path.stat().st_mtime_ns
            self._opened[key] = open_font(face.path, face.index, changed)
        self._at_hand[id(face)] = face, self._opened[key]  # held: the identity stays its own
        return self._opened[key]

    def _known(self) -> frozenset[int]:
        """Give the characters that an upright face of some family has."""
        if self._anywhere is None:
            families = (*self._theme.families, *self._theme.fallbacks)
            self._anywhere = frozenset().union(*(self._covered(f.face()) for f in families))
        return self._anywhere

    def _covered(self, face: Face) -> frozenset[int]:
        return self._open(face).characters


_COUNTED: dict[tuple[str, str, Length], int] = {}
"""Lines that texts take in settings and widths."""


def _words(text: str) -> Iterator[str]:
    """Divide text into words and the white space between them."""
    for _, group in groupby(text, key=lambda c: c.isspace()):
        yield "".join(group)


def _clusters(text: str) -> Iterator[str]:
    """Divide text into characters with the marks and joiners that belong to them."""
    cluster = ""
    for character in text:
        joins = unicodedata.category(character) in ("Mn", "Me", "Mc") or _is_invisible(character)
        if cluster and not joins and not cluster.endswith("\u200d"):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def _is_invisible(character: str) -> bool:
    """Tell whether a character has no glyph of its own: controls, joiners, variation selectors."""
    if character in _INVISIBLE or "\ufe00" <= character <= "\ufe0f":
        return True
    return unicodedata.category(character) in ("Cf", "Cc", "Zl", "Zp")


def _is_neutral(text: str) -> bool:
    """Tell whether a text has no letter, digit or symbol: white space and punctuation only."""
    return all(unicodedata.category(c)[0] in "ZPM" or _is_invisible(c) for c in text)
