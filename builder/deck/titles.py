"""Titles that tell slides apart: "(1/2)" within a part, the part's name where several share one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from builder.deck.model import DeckSlide
from builder.document.nodes import Inlines, Paragraph, Text


def numbered(title: Inlines, place: int, count: int) -> Inlines:
    """Add "(2/3)" to a title that stands on several slides."""
    return title if count == 1 else (*title, Text(f" ({place}/{count})"))


def with_unique_titles(slides: Sequence[DeckSlide]) -> Iterator[DeckSlide]:
    """Number slides of one part that share a title; name the part where several parts do."""
    counts = Counter((slide.title, slide.part) for slide in slides)
    first: dict[str, str] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for slide in slides:
        key = (slide.title, slide.part)
        seen[key] += 1
        suffix = "" if first.setdefault(slide.title, slide.part) == slide.part else slide.part
        yield _retitled(slide, suffix, seen[key], counts[key])


def _retitled(slide: DeckSlide, suffix: str, place: int, count: int) -> DeckSlide:
    old = slide.slot("title")
    if old is None or (not suffix and count == 1):
        return slide
    first = old.blocks[0]
    assert isinstance(first, Paragraph), "a title is one paragraph"
    content = (*first.content, Text(f" – {suffix}")) if suffix else first.content
    new = replace(old, blocks=(replace(first, content=numbered(content, place, count)),))
    return replace(slide, texts=tuple(new if f is old else f for f in slide.texts))
