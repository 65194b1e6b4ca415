"""Headings and paragraphs: nothing divided into one part, no paragraph without end."""

from __future__ import annotations

from collections.abc import Iterator

from builder.diagnostics import Code
from builder.document.nodes import Heading
from builder.document.walk import plain
from builder.editorial.passages import Role, passages
from builder.editorial.rule import Finding, Manuscript

MOST_WORDS = 180


def heading_alone(manuscript: Manuscript) -> Iterator[Finding]:
    """Find headings that divide what is above them into one part only."""
    for section in manuscript.document.sections:
        headings = [b for b in section.blocks if isinstance(b, Heading)]
        for place, heading in enumerate(headings):
            if _alone(headings, place):
                yield Finding(
                    Code.HEADING_ALONE,
                    f"{plain(heading.content)!r} is the only heading on its level here",
                    heading.at,
                    "add a second one, or let the text run on without it",
                )


def _alone(headings: list[Heading], place: int) -> bool:
    level = headings[place].level

    def sibling(others: list[Heading]) -> bool:
        for other in others:
            if other.level <= level:
                return other.level == level
        return False

    return not sibling(headings[place + 1 :]) and not sibling(headings[:place][::-1])


def paragraph_long(manuscript: Manuscript) -> Iterator[Finding]:
    """Find paragraphs of more than 180 words."""
    for passage in passages(manuscript.document):
        count = len(passage.text.split())
        if passage.role in (Role.BODY, Role.BOX) and count > MOST_WORDS:
            yield Finding(
                Code.PARAGRAPH_LONG,
                f"the paragraph has {count} words",
                passage.at,
                f"divide it where the thought turns: {MOST_WORDS} words are enough",
            )
