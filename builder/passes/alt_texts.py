"""Alt texts: every drawing gets one, from its title and values where the author gave none."""

from __future__ import annotations

from dataclasses import replace

from builder.charts.numbers import format_number
from builder.charts.vocabulary import shown_date
from builder.document.nodes import (
    Annotation,
    Captioned,
    Chart,
    Comparison,
    Diagram,
    Document,
    Figure,
    KeyNumbers,
    Node,
    Series,
    Table,
    Timeline,
)
from builder.document.walk import CAPTIONED, plain, rebuild

SIGNS = {"arrow": "→", "both": "↔", "line": "–"}


def describe(document: Document) -> Document:
    """Fill in the alt text of every captioned block that has none."""

    def fill(node: Node) -> Node:
        if isinstance(node, CAPTIONED) and not node.caption.alt:
            words = _sentence(plain(node.caption.title)) + _content(node, document.meta.language)
            return replace(node, caption=replace(node.caption, alt=words.strip()))
        return node

    return rebuild(document, fill)


def _sentence(text: str) -> str:
    if not text:
        return ""
    return f"{text} " if text[-1] in ".!?…" else f"{text}. "


def _content(block: Captioned, language: str) -> str:
    match block:
        case Chart():
            return _values(block, language)
        case KeyNumbers(items=items):
            return "; ".join(f"{n.value} {plain(n.label)}" for n in items)
        case Timeline(events=events):
            return "; ".join(f"{e.date} {plain(e.head)}" for e in events)
        case Diagram(arrows=arrows):
            return "; ".join(
                f"{a.source} {SIGNS[a.kind]} {a.target}: {plain(a.label)}" for a in arrows
            )
        case Comparison(sides=sides):
            return "; ".join(f"{plain(s.title)}: {plain(s.blocks)}" for s in sides)
        case Table(head=head):
            return ", ".join(text for cell in head if (text := plain(cell.content)))
        case Figure(image=image):
            return image.alt


def _values(chart: Chart, language: str) -> str:
    parts: list[str] = []
    for series in chart.series:
        values = ", ".join(
            f"{name} {format_number(v, chart.decimals, language)}"
            for name, v in zip(_places(chart, series, language), series.values, strict=True)
        )
        parts.append(f"{series.name}: {values}" if len(chart.series) > 1 else values)
    unit = f" ({chart.unit})" if chart.unit else ""
    said = "".join(f". {_said(chart, remark)}" for remark in chart.annotations)
    return "; ".join(parts) + unit + said


def _places(chart: Chart, series: Series, language: str) -> tuple[str, ...]:
    """Name the data: by date in the reader's language, a point by name and horizontal value."""
    if chart.type != "scatter" or chart.dates:
        return tuple(shown_date(c, language) if chart.dates else c for c in chart.categories)
    across = [format_number(x, None, language) for x in series.xs]
    rows = zip(chart.categories, across, strict=True)
    return tuple(x if _is_number(name) else f"{name} {x} /" for name, x in rows)


def _said(chart: Chart, remark: Annotation) -> str:
    data = [datum for datum in (remark.source, remark.target) if datum]
    names = [f"{d.series} {d.category}" if len(chart.series) > 1 else d.category for d in data]
    return f"{' → '.join(names)}: {plain(remark.text)}"


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "").lstrip("-−").isdigit()
