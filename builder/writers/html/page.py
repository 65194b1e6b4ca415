"""What the edition's template is filled with: head, cover, contents, sections, foot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from builder.document.byline import byline
from builder.document.nodes import (
    BulletList,
    Document,
    Heading,
    KeyNumbers,
    KeyPoints,
    ListItem,
    Paragraph,
    Section,
    SectionRole,
)
from builder.document.walk import every, lead_series, plain, text
from builder.drawings import plain_drawing
from builder.theme.model import Theme
from builder.writers.html.addresses import with_breaks
from builder.writers.html.blocks import block, blocks, footnotes
from builder.writers.html.data import image_uri
from builder.writers.html.meta import tags
from builder.writers.html.web import Web
from builder.writers.markup_inlines import direction


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the cover's motif: its height as a part of the tallest, and its colour."""

    height: float
    fill: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents."""

    number: str
    title: str
    anchor: str
    parts: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A section as the template shows it; `marks` are its attributes."""

    role: str
    anchor: str
    marks: Markup
    number: str
    title: Markup
    standfirst: Markup
    body: Markup
    notes: Markup


def page_values(document: Document, web: Web, stamp: datetime) -> dict[str, object]:
    """Give the values that `edition.html.j2` names; the imprint comes last."""
    meta, logo = document.meta, web.setting.theme.logo
    sections = sorted(document.sections, key=lambda s: s.role is SectionRole.ABOUT)
    contact = meta.contact
    return {
        "meta": meta,
        "language": meta.language,
        "direction": direction(meta.language),
        "tags": tags(meta, stamp),
        "logo": image_uri(plain_drawing(logo.read_bytes())) if logo else "",
        "issue": f"No. {meta.number}" if meta.number else "",
        "by": byline(meta),
        "title": web.title(text(meta.title)),
        "motif": motif(document, web.setting.theme),
        "word": web.word,
        "contents": [entry(section) for section in sections],
        "sections": [shown(section, web) for section in sections],
        "lines": [line for line in (contact.name, *contact.lines) if line],
        "contact": contact,
        "address": with_breaks(contact.url),
    }


def motif(document: Document, theme: Theme) -> list[Bar]:
    """Draw the lead series as bars; the peak has its own colour."""
    values = lead_series(document)
    peak = max(values)
    order = sorted(set(values))[:-1]
    fills = theme.motif.fills
    bars = []
    for value in values:
        rank = order.index(value) * len(fills) // max(len(order), 1) if value < peak else 0
        fill = theme.motif.peak if value == peak else fills[rank]
        bars.append(Bar(round(value / peak * 100, 2), fill.css))
    return bars


def entry(section: Section) -> Entry:
    """Give a section's line of the contents, with its headings of the highest level."""
    parts = tuple(
        Entry("", plain(heading.content), heading.label or heading.id)
        for heading in every(section.blocks, Heading)
        if heading.level == 2
    )
    name = section.short_title or plain(section.title)
    return Entry(_number(section), name, section.label or section.id, parts)


def shown(section: Section, web: Web) -> Shown:
    """Give a section in its order of reading: title, standfirst, points, text, notes."""
    anchor = section.label or section.id
    title = web.title(section.title)
    standfirst = web.title(section.standfirst or section.takeaway)
    body = (
        glance(section, web)
        if section.role is SectionRole.GLANCE
        else blocks((*_points(section), *section.blocks), web)
    )
    return Shown(
        section.role.value,
        anchor,
        web.marks(section, name=anchor),
        _number(section),
        title,
        standfirst,
        body,
        footnotes(web),
    )


def glance(section: Section, web: Web) -> Markup:
    """Write "At a glance": numbers, findings, then whatever else there is."""
    first = [n for n in section.blocks if isinstance(n, KeyNumbers)][:1]
    rest = tuple(n for n in section.blocks if n not in first)
    parts = [block(node, web) for node in first]
    return Markup("\n").join([*parts, blocks((*_points(section), *rest), web)])


def _points(section: Section) -> tuple[KeyPoints, ...]:
    if not section.key_points:
        return ()
    items = tuple(
        ListItem((Paragraph(point, at=section.at),), at=section.at) for point in section.key_points
    )
    name = f"{section.id}-key-points"
    listed = BulletList(items, at=section.at)
    return (KeyPoints(text(section.key_points_title), (listed,), id=name, at=section.at),)


def _number(section: Section) -> str:
    return str(section.number) if section.number else ""
