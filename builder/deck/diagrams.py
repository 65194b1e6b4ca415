"""Diagrams on slides: two to four actors in fixed places, arrows between their sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from builder.deck.layout import Box, Layout
from builder.deck.measure import Ruler, leading
from builder.deck.model import ArrowPlan, DiagramPlan
from builder.deck.search import largest
from builder.deck.text import Run, runs
from builder.document.nodes import Diagram
from builder.units import Length

TOP, LEFT, BOTTOM, RIGHT = 0, 1, 2, 3
MIDDLE = 2  # the quarter in the middle of a side
QUARTERS = {1: (2,), 2: (1, 3), 3: (1, 2, 3)}
NEAR = Length.from_inches(0.06)  # between a line and its label
CLEAR = Length.from_inches(0.2)  # between an actor and a label
PAD = Length.from_inches(0.12)
PLACES = ("left", "right", "above", "below")
LARGER = 1.3
"""How much larger the text is where two actors have the slide to themselves."""
MAIN_ACTORS = 2  # the first ones, which stand left and right
Point = tuple[int, int]


def plan_diagram(diagram: Diagram, layout: Layout, ruler: Ruler) -> DiagramPlan | None:
    """Place actors and arrows at the largest size at which all labels stand; None: at none."""
    boxes = _boxes(len(diagram.actors), layout)
    if len(boxes) < len(diagram.actors):
        return None
    style = layout.styles["flow"]
    larger = LARGER if len(diagram.actors) == MAIN_ACTORS else 1.0
    actors = _actors(diagram, boxes, layout, ruler, larger)
    arrows = _arrows(diagram, boxes)
    if actors is None or arrows is None:
        return None

    def fits(size: Length) -> bool:
        return all(_stands(arrow, diagram, layout, ruler, size) for arrow in arrows)

    size = largest(_whole(style.size * larger), style.minimum, fits)
    return DiagramPlan(size, actors, arrows) if size is not None else None


def _whole(size: float) -> Length:
    return Length.from_pt(round(size / Length.from_pt(1)))


def site(box: Box, side: int, quarter: int) -> tuple[int, int]:
    """Give the point of a box where a connector is glued."""
    match side:
        case 0:
            return box.x + box.width * quarter // 4, box.y
        case 1:
            return box.x, box.y + box.height * quarter // 4
        case 2:
            return box.x + box.width * quarter // 4, box.bottom
        case 3:
            return box.right, box.y + box.height * quarter // 4
    raise ValueError(f"a box has no side {side}")


def arrow_points(diagram: Diagram, plan: DiagramPlan, planned: ArrowPlan) -> tuple[Point, ...]:
    """Give the points of an arrow from its source to its target; around a corner: three."""
    names = [actor.name for actor in diagram.actors]
    arrow = diagram.arrows[planned.arrow]
    start = site(plan.actors[names.index(arrow.source)][0], *planned.start)
    end = site(plan.actors[names.index(arrow.target)][0], *planned.end)
    if start[0] == end[0] or start[1] == end[1]:
        return start, end
    leaves_upright = planned.start[0] in (TOP, BOTTOM)
    corner = (start[0], end[1]) if leaves_upright else (end[0], start[1])
    return start, corner, end


def arrow_ink(planned: ArrowPlan) -> tuple[str, Length]:
    """Name an arrow's colour, and give its width."""
    match planned.lead:
        case 0:
            return "accent", Length.from_pt(3)
        case 1:
            return "accent_2", Length.from_pt(3)
        case _:
            return "muted", Length.from_pt(2)


def actor_colours(turn: int) -> tuple[str, str]:
    """Name the colours of an actor's box and of its name."""
    return ("accent", "on_dark") if turn < MAIN_ACTORS else ("mist", "ink")


def around(boxes: Sequence[Box]) -> Box:
    """Give the smallest rectangle that holds all boxes."""
    left, top = min(b.x for b in boxes), min(b.y for b in boxes)
    right, bottom = max(b.right for b in boxes), max(b.bottom for b in boxes)
    return Box(left, top, Length(right - left), Length(bottom - top))


def _boxes(count: int, layout: Layout) -> tuple[Box, ...]:
    variant = "" if count == 3 else f"-{min(max(count, 2), 4)}"
    return tuple(
        layout.areas.get(f"{place}{variant}", layout.areas[place]) for place in PLACES[:count]
    )


def _actors(
    diagram: Diagram, boxes: Sequence[Box], layout: Layout, ruler: Ruler, larger: float
) -> tuple[tuple[Box, Length], ...] | None:
    style = layout.styles["actor"]
    made: list[tuple[Box, Length]] = []
    for actor, box in zip(diagram.actors, boxes, strict=True):
        width, name = Length(box.width - 2 * PAD), (Run(actor.name),)

        def fits(
            size: Length, name: tuple[Run, ...] = name, width: Length = width, box: Box = box
        ) -> bool:
            lines = ruler.count(name, style, size, width)
            whole = ruler.longest_word(name, style, size) <= width * 0.98
            return whole and lines * leading(style, size) <= box.height - PAD

        size = largest(_whole(style.size * larger), style.minimum, fits)
        if size is None:
            return None
        made.append((box, size))
    return tuple(made)


def _arrows(diagram: Diagram, boxes: Sequence[Box]) -> tuple[ArrowPlan, ...] | None:
    names = [actor.name for actor in diagram.actors]
    pairs: dict[tuple[int, int], list[int]] = defaultdict(list)
    for place, arrow in enumerate(diagram.arrows):
        one, two = names.index(arrow.source), names.index(arrow.target)
        if one != two:
            pairs[min(one, two), max(one, two)].append(place)
    made: list[ArrowPlan] = []
    for (one, two), places in sorted(pairs.items()):
        if len(places) > len(QUARTERS):
            return None
        for turn, place in enumerate(places):
            backward = names.index(diagram.arrows[place].source) == two
            lane = _Lane(one, two, turn, len(places), tuple(boxes), (2, 3) in pairs)
            made.append(lane.plan(place, backward=backward))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class _Lane:
    """One of the arrows between two actors."""

    one: int
    two: int
    turn: int
    count: int
    boxes: tuple[Box, ...]
    crossed: bool  # a line from above to below may cross those from left to right

    def plan(self, place: int, *, backward: bool) -> ArrowPlan:
        """Place an arrow and its label."""
        quarter = QUARTERS[self.count][self.turn]
        match self.one, self.two:
            case 0, 1:
                start, end = (RIGHT, quarter), (LEFT, quarter)
                label, align, anchor = self._between(quarter), "center", self._side()
                lead = min(self.turn, 1)
            case 2, 3:
                start, end = (BOTTOM, quarter), (TOP, quarter)
                label, align, anchor = self._beside(quarter), "left", "bottom"
                lead = 2
            case _:
                start, end, label, align, anchor = self._corner(quarter)
                lead = 2
        if backward:
            start, end = end, start
        return ArrowPlan(place, start, end, label, align, anchor, lead)

    def _side(self) -> str:
        """Say whether a label stands on its line or below it: the last of several below."""
        return "top" if self.count > 1 and self.turn == self.count - 1 else "bottom"

    def _between(self, quarter: int) -> Box:
        """Give the room for a label between left and right."""
        left, right = self.boxes[0], self.boxes[1]
        y = site(left, RIGHT, quarter)[1]
        x, end = left.right + CLEAR, right.x - CLEAR
        if self.crossed:
            end = (x + end) // 2 - CLEAR
        room = left.height // 4 - 2 * NEAR
        if self.count < len(QUARTERS):
            room = max(room, Length.from_inches(0.62))
        top = y + NEAR if self._side() == "top" else y - NEAR - room
        return Box(Length(x), Length(top), Length(end - x), Length(room))

    def _beside(self, quarter: int) -> Box:
        """Give the room for a label beside the line from above to below."""
        above, below = self.boxes[2], self.boxes[3]
        x = site(above, BOTTOM, quarter)[0] + CLEAR
        top = above.bottom + NEAR
        room = (below.y - above.bottom) // 3
        return Box(Length(x), Length(top), Length(self.boxes[1].x - CLEAR - x), Length(room))

    def _corner(self, quarter: int) -> tuple[tuple[int, int], tuple[int, int], Box, str, str]:
        """Give an arrow around a corner, from a side actor to the one above or below."""
        outer, inner = self.boxes[self.one], self.boxes[self.two]
        leftward = self.one == 0
        upper = self.two == 2
        nearest = quarter if upper else 4 - quarter
        beside = (TOP if upper else BOTTOM, nearest if leftward else 4 - nearest)
        inward = (LEFT if leftward else RIGHT, quarter)
        corner, _ = site(outer, *beside)
        _, y = site(inner, *inward)
        edge = inner.x if leftward else inner.right
        last = self.count > 1 and self.turn == self.count - 1
        x, end = (corner + NEAR, edge - CLEAR) if leftward else (edge + CLEAR, corner - NEAR)
        below = last and upper
        room = Length.from_inches(0.62)
        top = y + NEAR if below else y - NEAR - room
        box = Box(Length(x), Length(top), Length(end - x), Length(room))
        return beside, inward, box, "right" if leftward else "left", "top" if below else "bottom"


def _stands(arrow: ArrowPlan, diagram: Diagram, layout: Layout, ruler: Ruler, size: Length) -> bool:
    style = layout.styles["flow"]
    text = runs(diagram.arrows[arrow.arrow].label)
    if not text:
        return True
    lines = ruler.count(text, style, size, arrow.label.width)
    whole = ruler.longest_word(text, style, size) <= arrow.label.width * 0.99
    return whole and lines * leading(style, size) <= arrow.label.height
