"""Diagrams: two to four actors and what goes between them, every label in a place of its own.

The first actor stands left, the second right, the third above, the fourth below. Between left and
right arrows run straight, one below the other; to the actors above and below they turn a corner.
All heights follow from the measured labels.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from builder.charts.canvas import Canvas
from builder.charts.measure import Ruler
from builder.document.nodes import Arrow, Diagram
from builder.document.walk import plain
from builder.theme.fonts import FontBook
from builder.theme.model import Colour, TextStyle, Theme
from builder.units import Length

SIDE_SHARE, SIDE_LEAST = 0.27, 84.0
BOX_PADDING = 9.0
LEAST_BOX = 46.0
DROP = 26.0
HEAD = 7.0
CLEAR = 6.0


@dataclass(frozen=True, slots=True)
class Row:
    """One arrow with its label broken into lines; `forward`: from the pair's first actor on."""

    arrow: Arrow
    lines: tuple[str, ...]
    forward: bool

    def height(self, leading: float) -> float:
        """Give the height of label and line."""
        return len(self.lines) * leading + 2 * CLEAR + 3


def draw_diagram(diagram: Diagram, theme: Theme, book: FontBook, *, width: Length) -> Markup:
    """Draw a diagram as inline SVG with real text."""
    return Drawing.plan(diagram, theme, Ruler(book), width.pt).draw().svg(diagram.caption.alt)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A diagram with its labels measured; lengths in points."""

    theme: Theme
    ruler: Ruler
    width: float
    side: float  # width of the boxes left and right
    middle: float  # width of the boxes above and below
    names: tuple[tuple[str, ...], ...]
    across: tuple[Row, ...]  # left to right
    through: tuple[Row, ...]  # above to below
    corners: tuple[tuple[Row, ...], ...]  # left-above, right-above, left-below, right-below

    @classmethod
    def plan(cls, diagram: Diagram, theme: Theme, ruler: Ruler, width: float) -> Drawing:
        """Break every label into the room that its place will have."""
        side = max(width * SIDE_SHARE, SIDE_LEAST)
        middle = min(side, width * 0.24)
        head = theme.styles["box_head"]
        names = [actor.name for actor in diagram.actors]
        style = theme.styles["chart_axis"]

        def rows(pair: tuple[int, int], room: float) -> tuple[Row, ...]:
            if max(pair) >= len(names):
                return ()
            first, second = names[pair[0]], names[pair[1]]
            found = [a for a in diagram.arrows if {a.source, a.target} == {first, second}]
            return tuple(
                Row(a, ruler.lines(plain(a.label), style, room), a.source == first) for a in found
            )

        through = rows((2, 3), width * 0.2)
        span = width - 2 * side - 16
        corner = width / 2 - middle / 2 - side * 0.5 - 14
        return cls(
            theme,
            ruler,
            width,
            side,
            middle,
            tuple(
                ruler.lines(name, head, (side if i < 2 else middle) - 2 * BOX_PADDING)
                for i, name in enumerate(names)
            ),
            rows((0, 1), span * (0.62 if through else 1.0) - 8),
            through,
            tuple(rows(pair, corner) for pair in ((0, 2), (1, 2), (0, 3), (1, 3))),
        )

    @property
    def style(self) -> TextStyle:
        """How labels are set."""
        return self.theme.styles["chart_axis"]

    def draw(self) -> Canvas:
        """Place boxes, arrows and labels from the top down."""
        leading = self.style.leading.pt
        above = self._box_height(2, self.corners[0], self.corners[1])
        below = self._box_height(3, self.corners[2], self.corners[3])
        rows = sum(row.height(leading) for row in self.across)
        tall = max(self._name_height(0), self._name_height(1), rows + CLEAR)
        passing = sum(row.height(leading) for row in self.through)
        top = above + (max(DROP, passing) if above else 0)
        foot = top + tall + (DROP if below else 0)
        canvas = Canvas(self.width, foot + below + 2, self.ruler, self.theme.fallbacks)
        accent, mist = self.theme.colour("accent"), self.theme.colour("mist")
        light, ink = self.theme.colour("on_dark"), self.theme.colour("ink")
        centre = self.width / 2 - self.middle / 2
        self._box(canvas, 0, 0, top, self.side, tall, accent, light)
        self._box(canvas, 1, self.width - self.side, top, self.side, tall, accent, light)
        if above:
            self._box(canvas, 2, centre, 0, self.middle, above, mist, ink)
        if below:
            self._box(canvas, 3, centre, foot, self.middle, below, mist, ink)
        self._across(canvas, top, tall)
        self._through(canvas, above, foot)
        for corner, rows_there in enumerate(self.corners):
            upper = corner < 2
            edge = 0.0 if upper else foot
            self._corner(
                canvas,
                rows_there,
                corner,
                edge,
                above if upper else below,
                top if upper else top + tall,
            )
        return canvas

    def _name_height(self, actor: int) -> float:
        leading = self.theme.styles["box_head"].leading.pt
        lines = len(self.names[actor]) if actor < len(self.names) else 0
        return max(LEAST_BOX, lines * leading + 2 * BOX_PADDING)

    def _box_height(self, actor: int, *sides: tuple[Row, ...]) -> float:
        if actor >= len(self.names):
            return 0.0
        leading = self.style.leading.pt
        needed = (sum(row.height(leading) for row in rows) + CLEAR for rows in sides)
        return max(self._name_height(actor), *needed)

    def _box(
        self,
        canvas: Canvas,
        actor: int,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: Colour,
        ink: Colour,
    ) -> None:
        canvas.rect(x, y, width, height, fill)
        style = self.theme.styles["box_head"]
        lines = self.names[actor] if actor < len(self.names) else ()
        for n, words in enumerate(lines):
            base = y + height / 2 + (n - (len(lines) - 1) / 2) * style.leading.pt
            canvas.text(
                x + width / 2,
                base + style.size.pt * 0.35,
                words,
                style,
                anchor="middle",
                colour=ink,
            )

    def _across(self, canvas: Canvas, top: float, tall: float) -> None:
        leading = self.style.leading.pt
        total = sum(row.height(leading) for row in self.across)
        start, end = self.side + 8, self.width - self.side - 8
        middle = (start + (start + (end - start) * 0.62 if self.through else end)) / 2
        y = top + (tall - total) / 2
        for row in self.across:
            self._label(canvas, row, middle, y + CLEAR / 2, "middle")
            y += row.height(leading)
            colour = self.theme.colour("accent" if row.forward else "accent_2")
            if row.arrow.kind == "line":
                colour = self.theme.colour("muted")
            self._arrow(canvas, ((start, y - CLEAR - 1), (end, y - CLEAR - 1)), row, colour, 2.0)

    def _through(self, canvas: Canvas, above: float, foot: float) -> None:
        leading = self.style.leading.pt
        span = self.width - 2 * self.side - 16
        y = above
        for n, row in enumerate(self.through):
            left = max(self.side + 8 + span * 0.62 + 6, self.width / 2 - self.middle / 2 + 6)
            x = min(left, self.width / 2 + self.middle / 2 - 6) + n * 8
            self._label(canvas, row, x + 6, y + CLEAR, "start")
            y += row.height(leading)
            self._arrow(
                canvas, ((x, above + 3), (x, foot - 3)), row, self.theme.colour("muted"), 1.5
            )

    def _corner(
        self,
        canvas: Canvas,
        rows: tuple[Row, ...],
        corner: int,
        edge: float,
        height: float,
        end: float,
    ) -> None:
        """Draw the arrows of one corner, the outer one farthest from the side boxes."""
        left, upper = corner % 2 == 0, corner < 2
        leading = self.style.leading.pt
        total = sum(row.height(leading) for row in rows)
        y = edge + (height - total) / 2
        for n, row in enumerate(rows):
            rank = n + 1 if upper else len(rows) - n
            out = self.side * 0.5 * rank / len(rows)
            x = out if left else self.width - out
            near = self.width / 2 + (self.middle / 2 + 3) * (-1 if left else 1)
            if len(rows) == 1:
                x = self.side * 0.45 if left else self.width - self.side * 0.45
            self._label(
                canvas,
                row,
                near - 5 if left else near + 5,
                y + CLEAR / 2,
                "end" if left else "start",
            )
            y += row.height(leading)
            level = y - CLEAR - 1
            stop = end - 3 if upper else end + 3
            self._arrow(
                canvas, ((x, stop), (x, level), (near, level)), row, self.theme.colour("muted"), 1.5
            )

    def _label(self, canvas: Canvas, row: Row, x: float, top: float, anchor: str) -> None:
        leading = self.style.leading.pt
        for n, words in enumerate(row.lines):
            canvas.text(
                x,
                top + (n + 0.78) * leading,
                words,
                self.style,
                anchor=anchor,
                colour=self.theme.colour("ink"),
            )

    def _arrow(
        self,
        canvas: Canvas,
        points: tuple[tuple[float, float], ...],
        row: Row,
        colour: Colour,
        width: float,
    ) -> None:
        """Draw the line with its heads; the points go from the pair's first actor on."""
        to_end = row.arrow.kind == "both" or (row.arrow.kind == "arrow" and row.forward)
        to_start = row.arrow.kind == "both" or (row.arrow.kind == "arrow" and not row.forward)
        line = list(points)
        if to_end:
            line[-1] = _head(canvas, points[-2], points[-1], colour)
        if to_start:
            line[0] = _head(canvas, points[1], points[0], colour)
        dashes = "5 4" if row.arrow.kind == "line" else ""
        canvas.line(tuple(line), colour, width=width, dashes=dashes)


def _head(
    canvas: Canvas, start: tuple[float, float], tip: tuple[float, float], colour: Colour
) -> tuple[float, float]:
    """Draw an arrow head and give the point where the line ends behind it."""
    across = start[1] == tip[1]
    sign = 1.0 if (tip[0] > start[0] if across else tip[1] > start[1]) else -1.0
    half = HEAD * 0.5
    corners: Iterable[tuple[float, float]]
    if across:
        back = (tip[0] - sign * HEAD, tip[1])
        corners = ((back[0], back[1] - half), tip, (back[0], back[1] + half))
    else:
        back = (tip[0], tip[1] - sign * HEAD)
        corners = ((back[0] - half, back[1]), tip, (back[0] + half, back[1]))
    canvas.polygon(tuple(corners), colour)
    return back
