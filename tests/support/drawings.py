"""Reading drawings: their words, where each label's ink is, and which labels touch."""

from __future__ import annotations

import itertools
from dataclasses import replace
from xml.etree import ElementTree

from builder.units import Length
from tests.support.paper import book, strand

SVG = "{http://www.w3.org/2000/svg}"
RISE, FALL = 0.72, 0.21
"""What letters reach above and below their base line in the theme's sans, of the size."""

ALLOWED = 0.25
Ink = tuple[float, float, float, float]


def words(svg: ElementTree.Element) -> list[str]:
    """Give the texts of a drawing, in order."""
    return [text.text or "" for text in svg.iter(f"{SVG}text")]


def label_boxes(svg: ElementTree.Element) -> list[tuple[str, Ink]]:
    """Measure the ink of each label: left, top, right, foot."""
    style = strand().styles["chart_label"]
    found = []
    for text in svg.iter(f"{SVG}text"):
        size = float(text.get("font-size", 0))
        weight = int(text.get("font-weight", 400))
        shown = text.text or ""
        width = book().width_of(shown, replace(style, weight=weight), Length.from_pt(size)).pt
        x, y = float(text.get("x", 0)), float(text.get("y", 0))
        share = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.get("text-anchor", "start")]
        left = x - width * share
        found.append((shown, (left, y - size * RISE, left + width, y + size * FALL)))
    return found


def faults(svg: ElementTree.Element) -> list[str]:
    """Say which labels touch one another, or leave the drawing."""
    boxes = label_boxes(svg)
    left, top, width, height = (float(n) for n in svg.get("viewBox", "").split())
    found = [
        f"{shown!r} leaves the drawing: {box}"
        for shown, box in boxes
        if box[0] < left - ALLOWED
        or box[2] > left + width + ALLOWED
        or box[1] < top - ALLOWED
        or box[3] > top + height + ALLOWED
    ]
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        if touch(a, b):
            found.append(f"{one!r} touches {other!r}")
    return found


def touch(a: Ink, b: Ink) -> bool:
    """Tell whether two boxes overlap by more than rounding."""
    return (
        a[0] < b[2] - ALLOWED
        and b[0] < a[2] - ALLOWED
        and a[1] < b[3] - ALLOWED
        and b[1] < a[3] - ALLOWED
    )
