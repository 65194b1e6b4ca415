"""Diagrams of native shapes: actors as boxes, arrows as connectors glued to their sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from builder.deck.diagrams import PAD, actor_colours, around, arrow_ink, arrow_points, site
from builder.deck.layout import Box, Layout
from builder.deck.model import ArrowPlan, DiagramPlan
from builder.deck.text import Run, runs
from builder.document.nodes import Arrow, Diagram
from builder.units import Length
from builder.writers.powerpoint.drawing import Ids, group, label, outline, place, solid
from builder.writers.powerpoint.labels import connector, glued, text_label
from builder.writers.powerpoint.links import nowhere
from builder.writers.powerpoint.text import Typesetter, bare_body

_SITES = (*((side, 2) for side in range(4)), *((s, q) for s in range(4) for q in (1, 3)))
"""The places on a box where connectors are glued: first those that every rectangle has."""
_ANGLES = (16200000, 10800000, 5400000, 0)  # of a connector at top, left, bottom and right
_HEAD = '<a:tailEnd type="triangle" w="med" len="med"/>'
_BOTH = '<a:headEnd type="triangle" w="med" len="med"/>' + _HEAD
_DASH = '<a:prstDash val="dash"/>'


@dataclass(frozen=True, slots=True)
class DiagramDrawing:
    """One diagram with its places and its look."""

    diagram: Diagram
    plan: DiagramPlan
    layout: Layout
    type: Typesetter

    def xml(self, ids: Ids) -> str:
        """Draw the diagram as one group."""
        number = ids.next()
        actors = [ids.next() for _ in self.plan.actors]
        shapes = "".join(self._actor(turn, actor) for turn, actor in enumerate(actors))
        shapes += "".join(self._arrow(arrow, actors, ids) for arrow in self.plan.arrows)
        area = around([box for box, _ in self.plan.actors])
        return group(number, "Diagram", self.diagram.caption.alt, area, shapes)

    def _actor(self, turn: int, number: int) -> str:
        theme = self.type.theme
        box, size = self.plan.actors[turn]
        fill, ink = (theme.colour(name) for name in actor_colours(turn))
        style = replace(self.layout.styles["actor"], colour=ink)
        name = self.diagram.actors[turn].name
        text = self.type.line((Run(name),), style, size, nowhere, align="center")
        return (
            f"<p:sp><p:nvSpPr>{label(number, name)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
            f"<p:spPr>{place(box)}{_box_geometry(box)}{solid(fill)}{outline(None)}</p:spPr>"
            f"<p:txBody>{bare_body('middle', PAD)}<a:lstStyle/>{text}</p:txBody></p:sp>"
        )

    def _arrow(self, planned: ArrowPlan, actors: Sequence[int], ids: Ids) -> str:
        arrow = self.diagram.arrows[planned.arrow]
        names = [actor.name for actor in self.diagram.actors]
        source, target = names.index(arrow.source), names.index(arrow.target)
        points = arrow_points(self.diagram, self.plan, planned)
        start, end, bent = points[0], points[-1], len(points) > 2
        ends = [(source, planned.start, start), (target, planned.end, end)]
        turned = bent and planned.start[0] in (0, 2)  # bent connectors go across first
        if turned:
            ends.reverse()
        glue = glued("stCxn", actors[ends[0][0]], _index(ends[0][1]))
        glue += glued("endCxn", actors[ends[1][0]], _index(ends[1][1]))
        line = self._line(arrow, planned, turned=turned)
        name = f"{arrow.source} – {arrow.target}"
        drawn = connector(ids.next(), name, ends[0][2], ends[1][2], line, glue=glue, bent=bent)
        return drawn + self._label(arrow, planned, ids)

    def _line(self, arrow: Arrow, planned: ArrowPlan, *, turned: bool) -> str:
        name, width = arrow_ink(planned)
        ink = self.type.theme.colour(name)
        head = {"arrow": _HEAD, "both": _BOTH, "line": ""}[arrow.kind]
        if turned:
            head = head.replace("tailEnd", "headEnd") if arrow.kind == "arrow" else head
        dash = _DASH if arrow.kind == "line" else ""
        return outline(ink, width, f"{dash}<a:miter lim='800000'/>{head}".replace("'", '"'))

    def _label(self, arrow: Arrow, planned: ArrowPlan, ids: Ids) -> str:
        content = runs(arrow.label)
        if not content:
            return ""
        style = self.layout.styles["flow"]
        text = self.type.line(content, style, self.plan.size, nowhere, align=planned.align)
        return text_label(
            ids, f"{arrow.source} – {arrow.target}", planned.label, text, anchor=planned.anchor
        )


def _box_geometry(box: Box) -> str:
    """Draw a rectangle with three sites on each side, so that several connectors find a place."""
    width, height = int(box.width), int(box.height)
    sites = ""
    corner = Box(Length(0), Length(0), box.width, box.height)
    for side, quarter in _SITES:
        x, y = site(corner, side, quarter)
        sites += f'<a:cxn ang="{_ANGLES[side]}"><a:pos x="{x}" y="{y}"/></a:cxn>'
    points = ((width, 0), (width, height), (0, height))
    lines = "".join(f'<a:lnTo><a:pt x="{x}" y="{y}"/></a:lnTo>' for x, y in points)
    return (
        f"<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst>{sites}</a:cxnLst>"
        '<a:rect l="l" t="t" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{width}" h="{height}"><a:moveTo><a:pt x="0" y="0"/></a:moveTo>{lines}'
        "<a:close/></a:path></a:pathLst></a:custGeom>"
    )


def _index(where: tuple[int, int]) -> int:
    """Give the number of a site in the box's list."""
    return _SITES.index(where)
