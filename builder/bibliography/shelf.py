"""What a document's citations came to, kept between one reading of it and the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from builder.bibliography._citeproc import Style
from builder.bibliography.style import Bibliographer, Cited, load_style
from builder.bibliography.works import Work
from builder.document.nodes import Inlines

MOST = 5_000
"""Citations remembered; then all are forgotten, so that a long day fills no memory."""


class Shelf:
    """Keeps the last style and the last bibliographer, as long as they fit what is asked for."""

    def __init__(self) -> None:
        self._style: tuple[object, Style] | None = None
        self._bibliographer: tuple[object, Style, _Remembering] | None = None

    def style(self, name: str, language: str, source: bytes | None = None) -> Style:
        """Load a style, as `load_style` does, unless it is the last one."""
        key = (name, language, source)
        if self._style is None or self._style[0] != key:
            self._style = key, load_style(name, language, source)
        return self._style[1]

    def bibliographer(
        self, style: Style, works: Mapping[str, Work], cited: Sequence[str], language: str
    ) -> Bibliographer:
        """Give a bibliographer for these works, in the order in which they are first cited."""
        key = (tuple(cited), tuple(works[name] for name in cited), language)
        kept = self._bibliographer
        if kept is None or kept[0] != key or kept[1] is not style:
            kept = key, style, _Remembering(style, works, cited, language)
            self._bibliographer = kept
        return kept[2]


class _Remembering(Bibliographer):
    """Sets the same citation once."""

    def __init__(
        self, style: Style, works: Mapping[str, Work], cited: Sequence[str], language: str
    ) -> None:
        super().__init__(style, works, cited, language)
        self._set_before: dict[object, Inlines] = {}

    def note(self, cites: Sequence[Cited], *, opens: bool = True, ends: bool = True) -> Inlines:
        key = ("note", tuple(cites), opens, ends)
        known = self._set_before.get(key)
        return (
            known
            if known is not None
            else self._kept(key, super().note(cites, opens=opens, ends=ends))
        )

    def in_text(self, cites: Sequence[Cited]) -> Inlines:
        key = ("text", tuple(cites))
        known = self._set_before.get(key)
        return known if known is not None else self._kept(key, super().in_text(cites))

    def _kept(self, key: object, made: Inlines) -> Inlines:
        if len(self._set_before) >= MOST:
            self._set_before.clear()
        self._set_before[key] = made
        return made
