"""The table styles: the house's table, box, key numbers, and a bare grid for layout."""

from __future__ import annotations

from builder.theme.model import Theme
from builder.units import Length
from builder.writers.word.fonts import text_format
from builder.writers.word.formats import Line, shade
from builder.writers.word.xml import Element, w

TABLE, BOX, NUMBERS, PLAIN = "BriefingTable", "BriefingBox", "BriefingNumbers", "BriefingPlain"


def table_styles(theme: Theme) -> list[Element]:
    """Make every table style."""
    return [_normal(), _table(theme), _box(theme), _numbers(theme), _plain()]


def cell_margins(tag: str, top: Length, left: Length, bottom: Length, right: Length) -> Element:
    """Make the paddings of a table's cells (`tblCellMar`) or of one cell (`tcMar`)."""
    sides = (("top", top), ("left", left), ("bottom", bottom), ("right", right))
    return w(tag, *(w(side, w=length.twips, type="dxa") for side, length in sides))


def _normal() -> Element:
    zero = Length(0)
    return w(
        "style",
        w("name", val="Normal Table"),
        w("uiPriority", val=99),
        w("semiHidden"),
        w("unhideWhenUsed"),
        w(
            "tblPr",
            w("tblInd", w=0, type="dxa"),
            cell_margins("tblCellMar", zero, zero, zero, zero),
        ),
        type="table",
        default=1,
        styleId="TableNormal",
    )


def _style(id: str, name: str, properties: Element, *conditions: Element) -> Element:
    return w(
        "style",
        w("name", val=name),
        w("basedOn", val="TableNormal"),
        w("uiPriority", val=40),
        w("qFormat"),
        properties,
        *conditions,
        type="table",
        customStyle=1,
        styleId=id,
    )


def _table(theme: Theme) -> Element:
    look = theme.table
    strong = Line(theme.colour("ink"), theme.strong)
    between = Line(theme.colour("rule"), look.row_rule)
    below_head = Line(theme.colour("accent"), look.head_rule)
    side, height = look.pad_horizontal, look.pad_vertical
    head = text_format(theme.styles["table_head"], theme)
    return _style(
        TABLE,
        "Briefing Table",
        w(
            "tblPr",
            w("tblStyleRowBandSize", val=1),
            w("tblBorders", strong.element("bottom"), between.element("insideH")),
            cell_margins("tblCellMar", height, side, height, side),
        ),
        w(
            "tblStylePr",
            head.element(),
            w("tcPr", w("tcBorders", below_head.element("bottom")), w("vAlign", val="bottom")),
            type="firstRow",
        ),
        w("tblStylePr", w("tcPr", shade(theme.colour("mist"))), type="lastRow"),
    )


def _box(theme: Theme) -> Element:
    pad = theme.box_padding
    top = Length(round(pad * 0.8))
    bar = Line(theme.tab.colour, theme.box_bar)
    return _style(
        BOX,
        "Briefing Box",
        w(
            "tblPr",
            w("tblBorders", bar.element("top")),
            cell_margins("tblCellMar", top, pad, pad, pad),
        ),
        w("tcPr", shade(theme.colour("sand"))),
    )


def _numbers(theme: Theme) -> Element:
    zero = Length(0)
    return _style(
        NUMBERS,
        "Briefing Numbers",
        w("tblPr", cell_margins("tblCellMar", zero, zero, zero, Length.from_mm(4))),
    )


def _plain() -> Element:
    zero = Length(0)
    return _style(
        PLAIN, "Briefing Plain", w("tblPr", cell_margins("tblCellMar", zero, zero, zero, zero))
    )
