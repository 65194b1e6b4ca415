"""Titles that tell slides apart: "(1/2)" where one runs on, else the part or what is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, count, groupby

from builder.deck.model import DeckSlide
from builder.document.nodes import Inlines, Paragraph, Text

_WORDS = {"table": ("table", "Table"), "comparison": ("table", "Table")}
_FIGURE = ("figure", "Figure")


def numbered(title: Inlines, place: int, count: int) -> Inlines:
    """Add "(2/3)" to a title that stands on several slides."""
    return title if count == 1 else (*title, Text(f" ({place}/{count})"))


def with_unique_titles(
    slides: Sequence[DeckSlide], words: Mapping[str, str]
) -> Iterator[DeckSlide]:
    """Number neighbours that share a title; tell others apart by their part or what they show."""
    parts: dict[str, str] = {}
    taken: set[str] = set()
    for (title, part), group in groupby(slides, key=lambda slide: (slide.title, slide.part)):
        run = tuple(group)
        suffix = ""
        if title in taken:
            suffixes = _suffixes(run[0], parts.get(title, ""), words)
            suffix = next(s for s in suffixes if f"{title} – {s}" not in taken)
        parts.setdefault(title, part)
        taken.add(f"{title} – {suffix}" if suffix else title)
        for place, slide in enumerate(run, start=1):
            yield _retitled(slide, suffix, place, len(run))


def _suffixes(slide: DeckSlide, first: str, words: Mapping[str, str]) -> Iterator[str]:
    """Give what may tell a slide from an earlier one of the same title, the best first.

    `first` is the part that the earlier one belongs to.
    """
    part = (slide.part,) if slide.part and slide.part != first else ()
    shown = slide.graphic is not None
    key, english = _WORDS.get(slide.layout.partition("-")[0], _FIGURE)
    kind = (words.get(key, english),) if shown else ()
    return chain(part, kind, (str(number) for number in count(2)))


def _retitled(slide: DeckSlide, suffix: str, place: int, count: int) -> DeckSlide:
    old = slide.slot("title")
    if old is None or (not suffix and count == 1):
        return slide
    first = old.blocks[0]
    assert isinstance(first, Paragraph), "a title is one paragraph"
    content = (*first.content, Text(f" – {suffix}")) if suffix else first.content
    new = replace(old, blocks=(replace(first, content=numbered(content, place, count)),))
    return replace(slide, texts=tuple(new if f is old else f for f in slide.texts))
