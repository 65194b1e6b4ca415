"""Native tables: rules between rows, no fills, numbers to the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from builder.deck.layout import Layout
from builder.deck.model import TablePlan
from builder.deck.rows import CellLook, RowLook, RowRule, row_looks
from builder.deck.tables import edges, padding
from builder.document.nodes import Table
from builder.theme.model import Theme
from builder.units import Length
from builder.writers.powerpoint.drawing import colour, solid
from builder.writers.powerpoint.text import Typesetter

STYLE = "{8C2F0D6E-5B1A-4E7D-9F34-2A6B7C81D905}"
_ANCHORS = {"middle": "ctr", "bottom": "b"}
STYLES_XML_NAMESPACE = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


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
        rows = row_looks(table, plan, self.layout, self.type.theme)
        body = "".join(self._row(row) for row in rows)
        return (
            f"<a:tbl><a:tblPr{turned}{first}><a:tableStyleId>{STYLE}</a:tableStyleId></a:tblPr>"
            f"<a:tblGrid>{columns}</a:tblGrid>{body}</a:tbl>"
        )

    def _row(self, row: RowLook) -> str:
        cells = ""
        for cell in row.cells:
            cells += self._cell(cell, row)
            cells += "".join(self._merged(row) for _ in range(cell.span - 1))
        return f'<a:tr h="{int(row.height)}">{cells}</a:tr>'

    @property
    def _down(self) -> Length:
        return padding(self.layout)[1]

    def _cell(self, cell: CellLook, row: RowLook) -> str:
        text = self.type.line(cell.runs, cell.style, cell.size, self.link, align=cell.align)
        wide = f' gridSpan="{cell.span}"' if cell.span > 1 else ""
        return (
            f"<a:tc{wide}><a:txBody><a:bodyPr/><a:lstStyle/>{text}</a:txBody>"
            f"{self._properties(row, _ANCHORS[cell.anchor], cell.column)}</a:tc>"
        )

    def _merged(self, row: RowLook) -> str:
        return (
            '<a:tc hMerge="1"><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr '
            f'lang="{self.type.tag()}"/></a:p></a:txBody>{self._properties(row, "ctr", 1)}</a:tc>'
        )

    def _properties(self, row: RowLook, anchor: str, place: int) -> str:
        (left, right), down = edges(self.layout, place, len(self.plan.widths)), self._down
        above = _rule("T", row.above) if row.above else ""
        return (
            f'<a:tcPr marL="{int(left)}" marR="{int(right)}" marT="{int(down)}" '
            f'marB="{int(down)}" anchor="{anchor}">{_rule("L", None)}{_rule("R", None)}{above}'
            f"{_rule('B', row.below)}<a:noFill/></a:tcPr>"
        )


def _rule(side: str, line: RowRule | None) -> str:
    if line is None:
        return f'<a:ln{side} w="0"><a:noFill/></a:ln{side}>'
    return (
        f'<a:ln{side} w="{int(line.width)}" cap="flat" cmpd="sng" algn="ctr">{solid(line.colour)}'
        f'<a:prstDash val="solid"/></a:ln{side}>'
    )
