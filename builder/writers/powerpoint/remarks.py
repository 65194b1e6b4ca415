"""What is said of a chart's data: words with a line to their datum, arrows from datum to datum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from builder.deck.diagrams import around
from builder.deck.layout import Box
from builder.deck.measure import leading
from builder.deck.text import Run, runs
from builder.document.nodes import Annotation, Datum
from builder.document.walk import plain
from builder.theme.model import TextStyle
from builder.units import Length
from builder.writers.powerpoint.chart_axes import ChartDrawing
from builder.writers.powerpoint.chart_frame import LEVEL, PlotFrame
from builder.writers.powerpoint.drawing import Ids, group, label, outline, place, solid
from builder.writers.powerpoint.labels import connector, glued
from builder.writers.powerpoint.links import nowhere
from builder.writers.powerpoint.text import bare_body

WIDEST = Length.from_inches(2.4)
PAD = Length.from_pt(5)
CLEAR = Length.from_pt(4)  # between an arrow's head and the value below it
STEM = Length.from_inches(0.28)
_THIN = Length.from_pt(1)
_BOLD = Length.from_pt(1.75)
_HEAD = '<a:tailEnd type="triangle" w="med" len="med"/>'


@dataclass(frozen=True, slots=True)
class RemarkDrawing:
    """The remarks of one chart."""

    drawing: ChartDrawing
    frame: PlotFrame

    def xml(self, ids: Ids) -> str:
        """Draw every remark as a group of its own, where nothing else stands."""
        made, taken = "", [self._value(*p) for p in self._data()]
        for remark in self.frame.chart.annotations:
            target = self.frame.place(remark.target)
            source = self.frame.place(remark.source) if remark.source else None
            if target is None:
                continue
            number = ids.next()
            box = self._box(remark, target, source, taken)
            taken.append(box)
            if source is None:
                shapes = self._words(remark, box, target, ids)
            else:
                shapes = self._arrow(remark, box, source, target, ids)
            whole = around([box, _at(target), *([_at(source)] if source else [])])
            made += group(number, "Remark", _alt(remark), whole, shapes)
        return made

    def _data(self) -> Sequence[tuple[int, int]]:
        """Give the places of all data whose values are written beside them."""
        chart = self.frame.chart
        if not self.drawing.labelled:
            return []
        return [
            found
            for series in chart.series
            for category in chart.categories
            if (found := self.frame.place(Datum(category, series.name)))
        ]

    def _value(self, x: int, y: int) -> Box:
        """Give the room that a datum's value takes above it, or behind its bar."""
        high = int(self.drawing.value.leading)
        wide = high * 3
        if self.frame.chart.type in LEVEL:
            return Box(Length(x), Length(y - high // 2), Length(wide), Length(high))
        return Box(Length(x - wide // 2), Length(y - high), Length(wide), Length(high))

    def _size(self, remark: Annotation) -> tuple[int, int]:
        style, ruler = self._style, self.drawing.type.ruler
        said = runs(remark.text)
        wide = min(int(ruler.width(said, style, style.size) / 0.98), int(WIDEST))
        lines = ruler.count(said, style, style.size, Length(wide))
        return wide + 2 * PAD, lines * leading(style, style.size) + PAD

    def _box(
        self,
        remark: Annotation,
        target: tuple[int, int],
        source: tuple[int, int] | None,
        taken: Sequence[Box],
    ) -> Box:
        """Give a remark's place: above its datum (beside a bar), higher until nothing is there."""
        whole = self.frame.whole
        wide, high = self._size(remark)
        above = int(self.drawing.value.leading) if self.drawing.labelled else int(PAD)
        if self.frame.chart.type in LEVEL:
            x, y = target[0] + 2 * above + STEM, target[1] - high // 2
            x = min(x, whole.right - wide)
            return Box(Length(x), Length(y), Length(wide), Length(high))
        middle = target[0] if source is None else (target[0] + source[0]) // 2
        top = target[1] if source is None else min(self._tops(target, source))
        x = min(max(middle - wide // 2, whole.x), whole.right - wide)
        y = top - above - STEM - high
        box = Box(Length(x), Length(y), Length(wide), Length(high))
        while y > whole.y and any(_touch(box, other) for other in taken):
            y -= int(PAD)
            box = replace(box, y=Length(y))
        return replace(box, y=Length(max(y, whole.y)))

    def _tops(self, one: tuple[int, int], two: tuple[int, int]) -> list[int]:
        """Give the heights of the data between two, and of themselves."""
        left, right = sorted((one[0], two[0]))
        between = [y for x, y in self._data() if left <= x <= right]
        return [one[1], two[1], *between]

    def _words(self, remark: Annotation, box: Box, target: tuple[int, int], ids: Ids) -> str:
        """Draw words with a line to the datum; the line is glued to them."""
        number = ids.next()
        shapes = self._label(remark, box, number)
        value = int(self.drawing.value.leading) if self.drawing.labelled else int(PAD)
        if self.frame.chart.type in LEVEL:
            start, side = (int(box.x), int(box.y + box.height // 2)), 1
            end = (target[0] + value * 2, target[1])
        else:
            x = min(max(target[0], int(box.x)), int(box.right))
            start, side = (x, int(box.bottom)), 2
            end = (target[0], target[1] - value)
        line = outline(self.drawing.look.axis, _THIN)
        glue = glued("stCxn", number, side) if start[0] == box.x + box.width // 2 else ""
        return shapes + connector(ids.next(), "Line", start, end, line, glue=glue)

    def _arrow(
        self,
        remark: Annotation,
        box: Box,
        source: tuple[int, int],
        target: tuple[int, int],
        ids: Ids,
    ) -> str:
        """Draw an arrow that rises from one datum and falls on another, over what is between."""
        value = int(self.drawing.value.leading) if self.drawing.labelled else int(PAD)
        shapes = self._label(remark, box, ids.next())
        if self.frame.chart.type in LEVEL:
            line = outline(self.drawing.look.highlight, _BOLD, _HEAD)
            return shapes + connector(ids.next(), "Arrow", source, target, line)
        y = int(box.bottom + PAD)
        line, headed = (outline(self.drawing.look.highlight, _BOLD, end) for end in ("", _HEAD))
        up, over, down = (
            ((source[0], source[1] - value), (source[0], y), line),
            ((source[0], y), (target[0], y), line),
            ((target[0], y), (target[0], target[1] - value - int(CLEAR)), headed),
        )
        for start, end, look in (up, over, down):
            shapes += connector(ids.next(), "Arrow", start, end, look)
        return shapes

    @property
    def _style(self) -> TextStyle:
        return self.drawing.axis

    def _label(self, remark: Annotation, box: Box, number: int) -> str:
        theme = self.drawing.type.theme
        style = replace(self._style, colour=theme.colour("ink"))
        content = self.drawing.type.line(
            runs(remark.text) or (Run(""),), style, style.size, nowhere, align="center"
        )
        return (
            f"<p:sp><p:nvSpPr>{label(number, 'Words')}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
            f'<p:spPr>{place(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            f"{solid(theme.colour('sand'))}{outline(None)}</p:spPr>"
            f"<p:txBody>{bare_body('middle', PAD)}<a:lstStyle/>{content}</p:txBody></p:sp>"
        )


def _alt(remark: Annotation) -> str:
    where = [remark.source, remark.target] if remark.source else [remark.target]
    return f"{' – '.join(datum.category for datum in where)}: {plain(remark.text)}"


def _at(point: tuple[int, int]) -> Box:
    return Box(Length(point[0]), Length(point[1]), Length(0), Length(0))


def _touch(one: Box, two: Box) -> bool:
    apart = one.right <= two.x or two.right <= one.x
    return not (apart or one.bottom <= two.y or two.bottom <= one.y)
