"""Diagrams: every actor and label is there, and none touches another."""

from __future__ import annotations

import itertools
from xml.etree import ElementTree

import pytest

from builder.charts.diagram import draw_diagram
from builder.document.nodes import Diagram
from builder.units import Length
from tests.support.drawings import SVG, label_boxes, words
from tests.support.paper import book, strand
from tests.support.reading import first, read

TWO = "- Israel -> Azerbaijan: weapons\n- Azerbaijan -> Israel: oil\n"
FOUR = """\
- Israel -> Azerbaijan: Weapons, drones, training; a hearing in Washington
- Azerbaijan -> Israel: Oil, about 30 % of supply; a friend on Iran’s northern border
- Turkey -> Azerbaijan: Closest ally; pipeline to Ceyhan
- Azerbaijan -> Turkey: Gas
- Israel -- Turkey: Strained since 2010
- Iran -> Azerbaijan: Pressure, reprisals and, officials say, plots
- Israel <-> Iran: Enemies
- Turkey <-> Iran: Rivals and neighbours
"""


def diagram(arrows: str, width: Length | None = None) -> ElementTree.Element:
    node = first(read(f"::: {{.diagram}}\nThe finding\n\n{arrows}:::\n"), Diagram)
    return ElementTree.fromstring(
        draw_diagram(node, strand(), book(), width=width or strand().grid.full)
    )


def test_every_actor_is_a_box_and_every_arrow_has_its_label() -> None:
    svg = diagram(TWO)

    assert set(words(svg)) == {"Israel", "Azerbaijan", "weapons", "oil"}
    assert len(list(svg.iter(f"{SVG}rect"))) == 2


def test_an_arrow_has_one_head_a_double_one_two_and_a_dashed_line_none() -> None:
    for sign, heads in (("->", 1), ("<->", 2), ("--", 0)):
        svg = diagram(f"- A {sign} B: what passes\n")
        assert len(list(svg.iter(f"{SVG}polygon"))) == heads, sign


def test_a_dashed_line_is_dashed() -> None:
    svg = diagram("- A -- B: nothing\n")

    assert [line.get("stroke-dasharray") for line in svg.iter(f"{SVG}polyline")] == ["5 4"]


@pytest.mark.parametrize("width", [strand().grid.full, strand().grid.main])
def test_labels_and_boxes_keep_apart(width: Length) -> None:
    svg = diagram(FOUR, width)

    labels = label_boxes(svg)
    actors = {"Israel", "Azerbaijan", "Turkey", "Iran"}
    boxes = [
        (
            x := float(r.get("x", 0)),
            y := float(r.get("y", 0)),
            x + float(r.get("width", 0)),
            y + float(r.get("height", 0)),
        )
        for r in svg.iter(f"{SVG}rect")
    ]
    for (one, a), (other, b) in itertools.combinations(labels, 2):
        assert not touch(a, b), f"{one!r} touches {other!r}"
    for (name, a), b in itertools.product(labels, boxes):
        assert name in actors or not touch(a, b), f"{name!r} is on a box"


def touch(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] - 0.6 and b[0] < a[2] - 0.6 and a[1] < b[3] - 0.6 and b[1] < a[3] - 0.6
