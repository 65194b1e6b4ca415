"""Where on its pages each block stands, so that a click finds its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from builder.preview.notices import Sheet, Spot


def sheets(pages: Sequence[object], pdf: str, first: int = 0) -> Iterator[Sheet]:
    """Give WeasyPrint's pages as sheets; `first` is their place in the file, from 0."""
    for number, page in enumerate(pages, start=first):
        width, height = page.width, page.height  # type: ignore[attr-defined]  # CSS pixels
        found: dict[str, list[float]] = {}
        for source, *box in _boxes(page._page_box):  # type: ignore[attr-defined]  # see pdf_plan
            _widen(found, source, box)
        spots = tuple(
            Spot(source, *_parts(box, width, height))
            for source, box in sorted(found.items(), key=lambda item: -_area(item[1]))
        )
        yield Sheet(pdf, number, width * 0.75, height * 0.75, spots)


def _boxes(box: Any) -> Iterator[tuple[str, float, float, float, float]]:
    box = getattr(box, "_box", box)
    element = getattr(box, "element", None)
    source = element.get("data-src") if element is not None else None
    # A table's wrapper and its parts share their element; the outermost box is enough.
    if source and box.height not in (None, "auto"):
        right, foot = box.position_x + box.margin_width(), box.position_y + box.margin_height()
        yield source, box.position_x, box.position_y, right, foot
    for child in getattr(box, "children", ()):
        yield from _boxes(child)


def _widen(found: dict[str, list[float]], source: str, box: list[float]) -> None:
    known = found.setdefault(source, box)
    known[:] = [
        min(known[0], box[0]),
        min(known[1], box[1]),
        max(known[2], box[2]),
        max(known[3], box[3]),
    ]


def _area(box: list[float]) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _parts(box: list[float], width: float, height: float) -> tuple[float, float, float, float]:
    """Give a box as parts of the page: left, top, width, height."""
    left, top = max(box[0], 0.0) / width, max(box[1], 0.0) / height
    right, foot = min(box[2], width) / width, min(box[3], height) / height
    return (
        round(left, 4),
        round(top, 4),
        round(max(right - left, 0), 4),
        round(max(foot - top, 0), 4),
    )
