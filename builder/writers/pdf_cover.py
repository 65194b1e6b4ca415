"""The first and the last page: title, closing sentence, and the lead series as bars."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from builder.document.byline import byline
from builder.document.nodes import Document
from builder.document.walk import lead_series, text
from builder.theme.model import Page, Theme
from builder.units import Length
from builder.writers.display import balanced_width
from builder.writers.markup_inlines import Setting, title

COVER_TOP = Length.from_mm(47)
BACK_SHARE = 0.16
NARROW = Length.from_mm(135)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the motif, in points from the page's left edge."""

    left: float
    width: float
    height: float
    fill: str


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page: the title broken into lines at a size that fits."""

    lines: tuple[str, ...]
    size: float
    by: tuple[str, ...]
    motif: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Back:
    """The last page."""

    motif: tuple[Bar, ...]
    closing: Markup
    lines: tuple[str, ...]
    foot: float


def cover(document: Document, setting: Setting, page: Page) -> Cover:
    """Set the title in the largest size at which it has three lines at most."""
    style = setting.theme.styles["cover_title"]
    size, least = style.size.pt, (style.minimum or style.size).pt
    words = document.meta.title
    while True:
        lines = setting.book.lines(words, style, NARROW, Length.from_pt(size))
        widest = max(
            (setting.book.width_of(line, style, Length.from_pt(size)) for line in lines), default=0
        )
        if size <= least or (len(lines) <= 3 and widest <= NARROW):
            break
        size = max(size - 2, least)
    length = Length.from_pt(size)
    narrow = balanced_width(words, setting.book, style, length, room=NARROW, count=len(lines))
    lines = setting.book.lines(words, style, narrow, length)
    used = COVER_TOP.pt + 33 + len(lines) * size + 20
    by = byline(document.meta)
    for texts, role, room in (
        ((document.meta.subtitle,), "cover_sub", Length.from_mm(150)),
        (by, "cover_by", Length.from_mm(160)),
    ):
        sub = setting.theme.styles[role]
        count = sum(len(setting.book.lines(words, sub, room)) for words in texts if words)
        used += count * sub.leading.pt + 23 if count else 0
    share = min(setting.theme.motif.max_height, 1 - (used + 30) / page.height.pt)
    return Cover(lines, size, by, motif(document, setting.theme, page, max(share, 0.08)))


def motif(document: Document, theme: Theme, page: Page, share: float) -> tuple[Bar, ...]:
    """Draw the lead series as bars that bleed off the page's foot; the peak has its own colour."""
    values = lead_series(document)
    gap = theme.motif.gap.pt
    width = (page.width.pt - gap * (len(values) - 1)) / len(values)
    peak = max(values)
    order = sorted(set(values))[:-1]
    fills = theme.motif.fills
    bars = []
    for index, value in enumerate(values):
        rank = order.index(value) * len(fills) // max(len(order), 1) if value < peak else 0
        fill = theme.motif.peak if value == peak else fills[rank]
        height = page.height.pt * share * value / peak
        left = index * (width + gap)
        bars.append(Bar(round(left, 2), round(width, 2), round(height, 2), fill.css))
    return tuple(bars)


def back(document: Document, setting: Setting, page: Page) -> Back:
    """Give the last page: the closing sentence, whom to write to, the motif once more, low."""
    meta = document.meta
    contact = meta.contact
    named = (contact.name, *contact.lines, contact.email, contact.url, meta.rights)
    lines = tuple(line for line in named if line)
    foot = page.height.pt * BACK_SHARE + 24
    bars = motif(document, setting.theme, page, BACK_SHARE)
    return Back(bars, title(text(meta.closing), setting), lines, round(foot, 2))
