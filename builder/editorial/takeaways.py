"""Takeaways: an assertion each, short enough for a slide's title, and none twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.diagnostics import Code, Diagnostics, Span
from builder.document.nodes import Section
from builder.document.walk import every, plain
from builder.editorial.english import may_assert
from builder.editorial.rule import Finding, Manuscript


def takeaway_no_verb(manuscript: Manuscript) -> Iterator[Finding]:
    """Find takeaways without a verb; in English only."""
    if manuscript.language != "en":
        return
    for section in manuscript.document.sections:
        words = plain(section.takeaway)
        if words and not may_assert(words):
            yield Finding(
                Code.TAKEAWAY_NO_VERB,
                f"the takeaway asserts nothing: there is no verb in {words!r}",
                place(section),
                "say what is the case: who does what, what rose, what follows",
            )


def takeaway_long(manuscript: Manuscript) -> Iterator[Finding]:
    """Find takeaways that are longer than a slide's title may be: two lines."""
    from builder.deck.fit import takeaway_fits
    from builder.deck.layouts import load_layouts  # only where a deck could be made

    layouts = load_layouts(manuscript.theme, Diagnostics())
    if layouts is None:
        return
    for section in every(manuscript.document.sections, Section):
        if section.takeaway and not takeaway_fits(section.takeaway, manuscript.theme, layouts):
            yield Finding(
                Code.TAKEAWAY_LONG,
                "the takeaway is longer than two lines of a slide's title",
                place(section),
                "say it in fewer words; one assertion is enough",
            )


def takeaway_repeated(manuscript: Manuscript) -> Iterator[Finding]:
    """Find takeaways that another section has already."""
    first: dict[str, Section] = {}
    for section in manuscript.document.sections:
        words = " ".join(re.findall(r"\w+", plain(section.takeaway).casefold()))
        if not words:
            continue
        if words in first:
            yield Finding(
                Code.TAKEAWAY_REPEATED,
                f"the takeaway is that of {place(first[words])}",
                place(section),
                "say what this section adds",
            )
        first.setdefault(words, section)


def place(section: Section) -> Span:
    """Give the place of a section's takeaway."""
    first = section.takeaway[0].at if section.takeaway else section.at
    return first if first.line else section.at
