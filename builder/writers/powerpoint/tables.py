"""Native tables: rules between rows, no fills, numbers to the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from builder.deck.layout import Layout
from builder.deck.model import TablePlan
from builder.deck.tables import AGENDA, cell_look, edges, head_size, padding
from builder.deck.text import Run, runs
from builder.document.nodes import Cell, Row, RowKind, Table
from builder.document.walk import plain
from builder.theme.model import Colour, TextStyle, Theme
from builder.units import Length
from builder.writers.powerpoint.drawing import colour, solid
from builder.writers.powerpoint.text import Typesetter

STYLE = "{8C2F0D6E-5B1A-4E7D-9F34-2A6B7C81D905}"
STYLES_XML_NAMESPACE = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


@dataclass(frozen=True, slots=True)
class Rules:
    """The lines of one row."""

    below: tuple[Colour, Length] | None
    above: tuple[Colour, Length] | None = None


def table_styles_xml(theme: Theme) -> str:
    """Write the house's table style: what PowerPoint gives to rows that are added later."""
    ink = colour(theme.colour("ink"))
    line = solid(theme.colour("rule"))
    head = solid(theme.colour("accent"))
    thin, strong = int(theme.table.row_rule), int(theme.table.head_rule)
    return (
        f'<a:tblStyleLst {STYLES_XML_NAMESPACE} def="{STYLE}">'
        f'<a:tblStyle styleId="{STYLE}" styleName="Briefing table"><a:wholeTbl>'
        f'<a:tcTxStyle><a:fontRef idx="minor"/>{ink}</a:tcTxStyle><a:tcStyle><a:tcBdr>'
        f'<a:bottom><a:ln w="{thin}">{line}</a:ln></a:bottom>'
        f'<a:insideH><a:ln w="{thin}">{line}</a:ln></a:insideH></a:tcBdr>'
        "<a:fill><a:noFill/></a:fill></a:tcStyle></a:wholeTbl><a:firstRow>"
        f'<a:tcTxStyle b="on"><a:fontRef idx="minor"/>{colour(theme.colour("accent"))}'
        f'</a:tcTxStyle><a:tcStyle><a:tcBdr><a:bottom><a:ln w="{strong}">{head}</a:ln></a:bottom>'
        "</a:tcBdr></a:tcStyle></a:firstRow></a:tblStyle></a:tblStyleLst>"
    )


@dataclass(frozen=True, slots=True)
class TableDrawing:
    """One table with its measures and its look."""

    table: Table
    plan: TablePlan
    layout: Layout
    type: Typesetter
    link: Callable[[str], str]

    def xml(self) -> str:
        """Write the `a:tbl`."""
        table, plan = self.table, self.plan
        columns = "".join(f'<a:gridCol w="{int(width)}"/>' for width in plan.widths)
        first = ' firstRow="1"' if table.head else ""
        turned = ' rtl="1"' if self.type.rtl else ""
        body = self._head() if table.head else ""
        for place, (row, height) in enumerate(zip(table.rows, plan.rows, strict=True)):
            body += self._row(row, height, last=place == len(table.rows) - 1)
        return (
            f"<a:tbl><a:tblPr{turned}{first}><a:tableStyleId>{STYLE}</a:tableStyleId></a:tblPr>"
            f"<a:tblGrid>{columns}</a:tblGrid>{body}</a:tbl>"
        )

    def _head(self) -> str:
        theme = self.type.theme
        style = self.layout.styles.get("head", self.layout.slots["table"].style)
        size = head_size(self.layout, self.plan.size)
        rules = Rules((theme.colour("accent"), Length.from_pt(1)))
        cells = "".join(
            self._cell(runs(cell.content), style, size, self._align(place), rules, "b", place)
            for place, cell in enumerate(self.table.head)
        )
        return f'<a:tr h="{int(self.plan.head)}">{cells}</a:tr>'

    def _row(self, row: Row, height: Length, *, last: bool) -> str:
        theme, size = self.type.theme, self.plan.size
        thin = (theme.colour("rule"), theme.table.row_rule)
        foot = (theme.colour("ink"), Length.from_pt(1))
        rules = Rules(foot if last and self.layout.name != AGENDA else thin)
        if row.kind is RowKind.TOTAL:
            rules = replace(rules, above=(theme.colour("ink"), theme.table.head_rule))
        count = len(self.plan.widths)
        if row.kind is RowKind.GROUP:
            style, own = cell_look(self.layout, row, 0, size)
            content = self._cell(
                runs(row.cells[0].content), style, own, "left", rules, "b", 0, span=count
            )
            content += "".join(self._merged(rules) for _ in range(count - 1))
            return f'<a:tr h="{int(height)}">{content}</a:tr>'
        content = ""
        for place in range(count):
            cell = row.cells[place] if place < len(row.cells) else Cell(())
            style, own = cell_look(self.layout, row, place, size)
            found = runs(cell.content)
            if row.kind is RowKind.TOTAL:
                found = tuple(replace(run, bold=True) for run in found)
            if plain(cell.content).casefold() == theme.table.missing.casefold():
                style = replace(style, colour=theme.colour("muted"))
            content += self._cell(found, style, own, self._align(place), rules, "ctr", place)
        return f'<a:tr h="{int(height)}">{content}</a:tr>'

    @property
    def _down(self) -> Length:
        return padding(self.layout)[1]

    def _align(self, column: int) -> str:
        return self.table.columns[column].align

    def _cell(
        self,
        found: tuple[Run, ...],
        style: TextStyle,
        size: Length,
        align: str,
        rules: Rules,
        anchor: str,
        place: int,
        *,
        span: int = 1,
    ) -> str:
        text = self.type.line(found, style, size, self.link, align=align)
        wide = f' gridSpan="{span}"' if span > 1 else ""
        return (
            f"<a:tc{wide}><a:txBody><a:bodyPr/><a:lstStyle/>{text}</a:txBody>"
            f"{self._properties(rules, anchor, place)}</a:tc>"
        )

    def _merged(self, rules: Rules) -> str:
        return (
            '<a:tc hMerge="1"><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr '
            f'lang="{self.type.tag()}"/></a:p></a:txBody>{self._properties(rules, "ctr", 1)}</a:tc>'
        )

    def _properties(self, rules: Rules, anchor: str, place: int) -> str:
        (left, right), down = edges(self.layout, place, len(self.plan.widths)), self._down
        above = _rule("T", rules.above) if rules.above else ""
        return (
            f'<a:tcPr marL="{int(left)}" marR="{int(right)}" marT="{int(down)}" '
            f'marB="{int(down)}" anchor="{anchor}">{_rule("L", None)}{_rule("R", None)}{above}'
            f"{_rule('B', rules.below)}<a:noFill/></a:tcPr>"
        )


def _rule(side: str, line: tuple[Colour, Length] | None) -> str:
    if line is None:
        return f'<a:ln{side} w="0"><a:noFill/></a:ln{side}>'
    ink, width = line
    return (
        f'<a:ln{side} w="{int(width)}" cap="flat" cmpd="sng" algn="ctr">{solid(ink)}'
        f'<a:prstDash val="solid"/></a:ln{side}>'
    )
