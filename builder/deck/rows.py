"""How the rows of a table on a slide look: text, alignment and rules, for every writer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from builder.deck.layout import Layout
from builder.deck.model import TablePlan
from builder.deck.tables import AGENDA, cell_look, head_size
from builder.deck.text import Run, runs
from builder.document.nodes import Cell, Row, RowKind, Table
from builder.document.walk import plain
from builder.theme.model import Colour, TextStyle, Theme
from builder.units import Length


@dataclass(frozen=True, slots=True)
class RowRule:
    """A line above or below a row."""

    colour: Colour
    width: Length


@dataclass(frozen=True, slots=True)
class CellLook:
    """One cell."""

    runs: tuple[Run, ...]
    style: TextStyle
    size: Length
    column: int
    align: str
    anchor: str  # "middle", "bottom"
    span: int = 1


@dataclass(frozen=True, slots=True)
class RowLook:
    """One row with its cells and rules; `is_head` where it names the columns."""

    height: Length
    cells: tuple[CellLook, ...]
    below: RowRule
    above: RowRule | None = None
    is_head: bool = False


def row_looks(table: Table, plan: TablePlan, layout: Layout, theme: Theme) -> Iterator[RowLook]:
    """Give the rows of a planned table from head to foot."""
    looks = _Looks(table, plan, layout, theme)
    if table.head:
        yield looks.head()
    for place, (row, height) in enumerate(zip(table.rows, plan.rows, strict=True)):
        yield looks.row(row, height, last=place == len(table.rows) - 1)


@dataclass(frozen=True, slots=True)
class _Looks:
    """Gives the looks of one table's rows."""

    table: Table
    plan: TablePlan
    layout: Layout
    theme: Theme

    def head(self) -> RowLook:
        style = self.layout.styles.get("head", self.layout.slots["table"].style)
        size = head_size(self.layout, self.plan.size)
        cells = tuple(
            CellLook(runs(cell.content), style, size, place, self._align(place), "bottom")
            for place, cell in enumerate(self.table.head)
        )
        rule = RowRule(self.theme.colour("accent"), Length.from_pt(1))
        return RowLook(self.plan.head, cells, rule, is_head=True)

    def row(self, row: Row, height: Length, *, last: bool) -> RowLook:
        theme, size = self.theme, self.plan.size
        below = RowRule(theme.colour("rule"), theme.table.row_rule)
        if last and self.layout.name != AGENDA:
            below = RowRule(theme.colour("ink"), Length.from_pt(1))
        count = len(self.plan.widths)
        if row.kind is RowKind.GROUP:
            style, own = cell_look(self.layout, row, 0, size)
            found = runs(row.cells[0].content)
            cell = CellLook(found, style, own, 0, "left", "bottom", span=count)
            return RowLook(height, (cell,), below)
        above = None
        if row.kind is RowKind.TOTAL:
            above = RowRule(theme.colour("ink"), theme.table.head_rule)
        cells = tuple(self._cell(row, place) for place in range(count))
        return RowLook(height, cells, below, above)

    def _cell(self, row: Row, place: int) -> CellLook:
        cell = row.cells[place] if place < len(row.cells) else Cell(())
        style, size = cell_look(self.layout, row, place, self.plan.size)
        found = runs(cell.content)
        if row.kind is RowKind.TOTAL:
            found = tuple(replace(run, bold=True) for run in found)
        if plain(cell.content).casefold() == self.theme.table.missing.casefold():
            style = replace(style, colour=self.theme.colour("muted"))
        return CellLook(found, style, size, place, self._align(place), "middle")

    def _align(self, column: int) -> str:
        return self.table.columns[column].align
