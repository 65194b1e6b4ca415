"""What a covering mail says of a briefing, chosen from its tree for both of its bodies."""

from __future__ import annotations

from dataclasses import dataclass

from builder.document.nodes import (
    Chart,
    Document,
    Inlines,
    KeyNumber,
    KeyNumbers,
    Metadata,
    Section,
    SectionRole,
)
from builder.document.walk import every, plain

FEWEST_POINTS, MOST_POINTS = 3, 5
MOST_NUMBERS = 3


@dataclass(frozen=True, slots=True)
class Body:
    """The parts of a covering mail that are the same for everybody."""

    meta: Metadata
    issue: str  # "Policy Briefing No. 1"; empty: no series
    summary: str  # the abstract
    numbers: tuple[KeyNumber, ...]
    points: tuple[Inlines, ...]
    chart: Chart | None

    @property
    def preview(self) -> str:
        """What mail programs show behind the subject in their lists."""
        return self.meta.subtitle or self.summary


def compose_body(document: Document) -> Body:
    """Choose what the mail shows: summary, three numbers, three to five points, one chart."""
    meta = document.meta
    glance = next((s for s in document.sections if s.role is SectionRole.GLANCE), None)
    return Body(
        meta,
        _issue(meta),
        meta.abstract or _standfirst(glance) or meta.subtitle,
        _numbers(glance),
        _points(document, glance),
        _chart(document),
    )


def _issue(meta: Metadata) -> str:
    number = f"No. {meta.number}" if meta.number else ""
    return " ".join(part for part in (meta.series, number) if part)


def _standfirst(glance: Section | None) -> str:
    return plain(glance.standfirst or glance.takeaway) if glance else ""


def _numbers(glance: Section | None) -> tuple[KeyNumber, ...]:
    first = next(every(glance.blocks, KeyNumbers), None) if glance else None
    return first.items[:MOST_NUMBERS] if first else ()


def _points(document: Document, glance: Section | None) -> tuple[Inlines, ...]:
    """Give the points of "at a glance"; where they are few, the sections' takeaways follow."""
    points = list(glance.key_points) if glance else []
    said = {plain(point) for point in points}
    for section in document.sections:
        counted = section.role is SectionRole.SECTION and section.takeaway
        if len(points) < FEWEST_POINTS and counted and plain(section.takeaway) not in said:
            points.append(section.takeaway)
    return tuple(points[:MOST_POINTS])


def _chart(document: Document) -> Chart | None:
    """Give the chart that the cover is drawn from, else the first."""
    charts = list(every(document.sections, Chart))
    named = (c for c in charts if c.caption.label and c.caption.label == document.meta.cover_data)
    return next(named, charts[0] if charts else None)


def default_subject(body: Body) -> str:
    """Give "Policy Briefing No. 1: A quiet partnership"."""
    title = " ".join(body.meta.title.split())
    return f"{body.issue}: {title}" if body.issue else title
