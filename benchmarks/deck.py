"""How long decks take: 25 slides with 5 charts, and 100 to 500 slides, in a warm process.

The same slides as PDF and as a handout are measured besides; for them no limit is set.

Times are those of the processor; what counts are the seconds of the first line, and that a slide
of a long deck takes no longer than one of a short deck. Run it by: python -m benchmarks.deck
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath

from benchmarks.record import record
from builder.diagnostics import Diagnostics
from builder.document.nodes import (
    BulletList,
    Caption,
    Cell,
    Chart,
    Column,
    Document,
    FloatKind,
    ListItem,
    Metadata,
    Paragraph,
    Row,
    Section,
    Series,
    Slide,
    Table,
    Text,
)
from builder.theme.model import Theme
from builder.theme.resolve import default_search, load_theme
from builder.writers.base import Artifact
from builder.writers.powerpoint import write_powerpoint
from builder.writers.slides import write_handout, write_slides

LIMIT = 0.4
"""Seconds that 25 slides with 5 charts may take."""
MOST_GROWTH = 1.5
"""A slide among 200, to one among 50."""
RUNS = 3
STAMP = datetime(2026, 1, 2, tzinfo=UTC)
YEARS = tuple(str(year) for year in range(2010, 2020))


@dataclass(frozen=True, slots=True)
class Measured:
    """One deck, measured."""

    slides: int
    seconds: float  # the best of several runs


def deck(count: int, charts: int) -> Document:
    """Make a briefing whose deck has so many slides, some with charts and tables."""
    blocks = tuple(_block(place, charts) for place in range(count - 2))  # title and closing besides
    return Document(Metadata("bench", "A benchmark"), (Section((Text("A section"),), blocks),))


def _block(place: int, charts: int) -> Chart | Table | Slide:
    caption = Caption(FloatKind.FIGURE, (Text(f"Figure {place} shows something"),), alt="Values")
    if place < charts:
        names = ("Rain", "Snow")[: 1 + place % 2]
        series = tuple(
            Series(n, tuple(float(place + i * k) for i in range(len(YEARS))))
            for k, n in enumerate(names, start=1)
        )
        return Chart(("line", "column")[place // 2 % 2], YEARS, series, caption=caption)
    if place % 6 == 1:
        rows = tuple(
            Row(tuple(Cell((Text(w),)) for w in (f"row {r}", str(r * place), "words of a cell")))
            for r in range(8)
        )
        columns = (Column(), Column("right"), Column())
        return Table(columns, rows[0].cells, rows[1:], caption)
    items = tuple(ListItem((Paragraph((Text(words),)),)) for words in _points(place))
    return Slide((Text(f"Slide {place} says something in one line"),), (BulletList(items),))


def _points(place: int) -> Iterator[str]:
    for point in range(4):
        yield f"point {point} of slide {place}, with words to be measured and broken over lines"


def measure(
    count: int, charts: int, theme: Theme, write: Callable[..., Artifact] = write_powerpoint
) -> Measured:
    """Write a deck several times; the first time warms up."""
    document, best, slides = deck(count, charts), float("inf"), 0
    for _ in range(RUNS + 1):
        start = time.process_time()
        made = write(document, theme, Diagnostics(), stamp=STAMP, read=_nothing)
        best, slides = min(best, time.process_time() - start), made.pages
    return Measured(slides, best)


def _nothing(path: PurePosixPath) -> bytes:
    raise FileNotFoundError(path)


def main() -> int:
    """Print what was measured; give 1 where a limit is passed."""
    theme = load_theme("strand", default_search(), Diagnostics())
    assert theme is not None, "the shipped theme is there"
    first = measure(25, 5, theme)
    record("seconds of the deck", first.seconds, LIMIT)
    told = "within" if first.seconds <= LIMIT else "ABOVE"
    print(f"{first.slides:4} slides, 5 charts: {first.seconds:.2f} s, {told} {LIMIT} s")
    for count in (100, 250, 500):
        found = measure(count, count // 5, theme)
        each = found.seconds / found.slides * 1000
        print(f"{found.slides:4} slides: {found.seconds:.2f} s, {each:.1f} ms each")
    for name, write in (("slides-pdf", write_slides), ("handout", write_handout)):
        found = measure(25, 5, theme, write)
        print(f"{found.slides:4} slides as {name}: {found.seconds:.2f} s")
    few, many = measure(50, 10, theme), measure(200, 40, theme)
    growth = (many.seconds / many.slides) / (few.seconds / few.slides)
    record("a slide among 200, to one among 50", growth, MOST_GROWTH)
    print(f"a slide among 200 takes {growth:.2f} of one among 50 (at most {MOST_GROWTH})")
    return 0 if first.seconds <= LIMIT and growth <= MOST_GROWTH else 1


if __name__ == "__main__":
    sys.exit(main())
