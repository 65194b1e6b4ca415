"""What has a caption, as HTML: eyebrow, finding, what is measured, the thing itself, source."""

from __future__ import annotations

from markupsafe import Markup

from builder.charts.diagram import draw_diagram
from builder.charts.draw import draw_chart
from builder.document.nodes import (
    Caption,
    Cell,
    Chart,
    Diagram,
    Event,
    Figure,
    FloatKind,
    KeyNumber,
    KeyNumbers,
    Row,
    RowKind,
    Table,
    Timeline,
)
from builder.document.walk import plain
from builder.units import Length
from builder.writers.display import parted_number
from builder.writers.markup_inlines import PIXEL, Setting, address, inlines, title

LONG_TABLE = 540.0
"""Points; a table whose rows are taller may break over pages, its head repeated."""

LONG_TURNED = 330.0
"""The same for a table on a page that lies on its side."""

TURNING = 0.97
"""Part of the block's width that a table may need before it is turned: no word may be cut."""

WIDEST_WORD = 130.0
"""Points; a longer word of a table is broken, and does not turn its page."""

LONG_TIMELINE = 18
LONGEST_WORD = 28
"""Characters; a longer one in a cell, such as an address, may be broken anywhere."""

TABLE_CHARACTER = 4.2
"""Points; mean width of a character in tables."""

PER_ROW = 3
TALLEST = Length.from_mm(165)
MISSING_MARKS = frozenset({"n/s", "n/a", "–", "—", "..", "…"})


def framed(
    caption: Caption, drawing: Markup, setting: Setting, *, classes: str, block_id: str = ""
) -> Markup:
    """Put eyebrow, title, subtitle and source around a drawing, in the order that is ours."""
    name = caption.label or block_id
    identity = Markup(' id="{}"').format(name) if name else Markup("")
    wide = " full" if setting.top and "main" not in classes.split() else ""
    return Markup('<figure class="{}"{}>{}{}{}</figure>').format(
        classes + wide, identity, head(caption, setting), drawing, source(caption, setting)
    )


def head(caption: Caption, setting: Setting) -> Markup:
    """Write what stands above a figure or table; nothing where it has no words."""
    if not caption.title and not caption.subtitle:
        return Markup("")
    parts = []
    if caption.number:
        parts.append(Markup('<p class="figno">{}</p>').format(count_of(caption, setting)))
    if caption.title:
        parts.append(Markup('<p class="figtitle">{}</p>').format(title(caption.title, setting)))
    if caption.subtitle:
        parts.append(Markup('<p class="figsub">{}</p>').format(inlines(caption.subtitle, setting)))
    return Markup('<div class="fighead">{}</div>').format(Markup("").join(parts))


def count_of(caption: Caption, setting: Setting) -> str:
    """Give "Figure 3" or "Table 2" in the document's language."""
    if caption.kind is FloatKind.FIGURE:
        return f"{setting.word('figure', 'Figure')} {caption.number}"
    return f"{setting.word('table', 'Table')} {caption.number}"


def source(caption: Caption, setting: Setting) -> Markup:
    """Write the source line; nothing where none is given."""
    if not caption.source:
        return Markup("")
    return Markup('<p class="source"><b>{}:</b> {}</p>').format(
        setting.word("source", "Source"), inlines(caption.source, setting)
    )


def figure(node: Figure, setting: Setting) -> Markup:
    """Write an image, no wider than it was asked for and no taller than a page allows."""
    width, height = image_size(node, setting)
    image = Markup('<img src="{}" alt="{}" style="width: {}pt; height: {}">').format(
        address(node.image, setting),
        node.caption.alt or node.image.alt,
        round(width.pt, 2),
        f"{round(height.pt, 2)}pt" if height else "auto",
    )
    if node.link:
        image = Markup('<a href="{}">{}</a>').format(node.link, image)
    drawing = Markup('<div class="drawing">{}</div>').format(image)
    return framed(node.caption, drawing, setting, classes="fig image", block_id=node.id)


def image_size(node: Figure, setting: Setting) -> tuple[Length, Length]:
    """Give an image's size on the page; height 0 where the image's own size is unknown."""
    across, down = node.image.size
    wanted = node.image.width
    room = setting.full
    if wanted.endswith("%"):
        width = Length(int(room * min(float(wanted[:-1]), 100) / 100))
    elif wanted:
        width = Length(min(Length.parse(wanted), room))
    else:
        width = Length(min(across * PIXEL, room)) if across else room
    if not across or not down:
        return width, Length(0)
    height = Length(int(width * down / across))
    if height > TALLEST:
        return Length(int(TALLEST * across / down)), TALLEST
    return width, height


def chart(node: Chart, setting: Setting) -> Markup:
    """Write a chart as SVG."""
    drawing = draw_chart(
        node, setting.theme, setting.book, width=setting.full, language=setting.language
    )
    return framed(
        node.caption,
        Markup('<div class="drawing">{}</div>').format(drawing),
        setting,
        classes=f"fig chart chart-{node.type}",
        block_id=node.id,
    )


def diagram(node: Diagram, setting: Setting) -> Markup:
    """Write a diagram as SVG."""
    drawing = draw_diagram(node, setting.theme, setting.book, width=setting.full)
    return framed(
        node.caption,
        Markup('<div class="drawing">{}</div>').format(drawing),
        setting,
        classes="fig diagram",
        block_id=node.id,
    )


# ---------------------------------------------------------------- tables


def table(node: Table, setting: Setting) -> Markup:
    """Write a table; wide ones over the full block, long ones may break between rows."""
    classes = "fig table" if node.spans_block else "fig table main"
    turned = setting.top and too_wide(node, setting)
    if turned:
        classes = "fig table landscape"
    parted = (node.caption.label or node.id) in setting.parted
    if parted or table_height(node, setting) > (LONG_TURNED if turned else LONG_TABLE):
        classes += " long"
    shares = any(column.share for column in node.columns)
    columns = Markup("").join(
        Markup('<col style="width: {}%">').format(round(column.share * 100, 3))
        if column.share
        else Markup("<col>")
        for column in node.columns
    )
    rows = [_row(row, node, setting) for row in node.rows]
    body = Markup(
        '<table class="data{}"><colgroup>{}</colgroup>{}<tbody>{}</tbody></table>'
    ).format(
        " shares" if shares else "", columns, _table_head(node, setting), Markup("").join(rows)
    )
    return framed(node.caption, body, setting, classes=classes, block_id=node.id)


def table_height(node: Table, setting: Setting) -> float:
    """Guess the height in points of a table's rows."""
    width = (setting.full if node.spans_block else setting.measure).pt
    line = setting.theme.styles["table_body"].leading.pt
    around = 2 * setting.theme.table.pad_vertical.pt + 0.5
    return sum(_lines(row, node, width / TABLE_CHARACTER) * line + around for row in node.rows)


def too_wide(node: Table, setting: Setting) -> bool:
    """Tell whether a table's words need more than the full block: it gets a page on its side."""
    body, head = setting.theme.styles["table_body"], setting.theme.styles["table_head"]
    cells = [
        (cell, body) for row in node.rows if row.kind is not RowKind.GROUP for cell in row.cells
    ]
    count = len(node.columns)
    widths = [0.0] * count
    places = [i % count for i in range(len(cells))]
    rows = [*zip(places, cells, strict=True), *enumerate((cell, head) for cell in node.head)]
    for column, (cell, style) in rows:
        text = plain(cell.content)
        words = [text] if node.columns[column].numeric and style is body else text.split()
        for word in words:
            width = min(setting.book.width_of(word, style, bold=not column).pt, WIDEST_WORD)
            widths[column] = max(widths[column], width)
    around = 2 * setting.theme.table.pad_horizontal.pt
    return sum(widths) + around * (count - 1) > setting.full.pt * TURNING


def _lines(row: Row, node: Table, room: float) -> int:
    """Guess into how many lines a row breaks; `room` is the table's width in characters."""
    lengths = [len(plain(cell.content)) for cell in row.cells]
    shares = [column.share for column in node.columns]
    if row.kind is RowKind.GROUP or not all(shares):
        return 1 + int(sum(lengths) / (room * 0.85))
    return max(
        1 + int(length / max(room * share - 3, 4))
        for length, share in zip(lengths, shares, strict=True)
    )


def _table_head(node: Table, setting: Setting) -> Markup:
    if not node.head:
        return Markup("")
    cells = [
        Markup('<th scope="col" class="{}">{}</th>').format(
            column_class(node, index), inlines(cell.content, setting)
        )
        for index, cell in enumerate(node.head)
    ]
    return Markup("<thead><tr>{}</tr></thead>").format(Markup("").join(cells))


def _row(row: Row, node: Table, setting: Setting) -> Markup:
    if row.kind is RowKind.GROUP:
        return Markup('<tr class="grp"><th scope="colgroup" colspan="{}">{}</th></tr>').format(
            len(node.columns), inlines(row.cells[0].content, setting)
        )
    cells = [_cell(cell, node, index, setting) for index, cell in enumerate(row.cells)]
    kind = Markup(' class="total"') if row.kind is RowKind.TOTAL else Markup("")
    return Markup("<tr{}>{}</tr>").format(kind, Markup("").join(cells))


def _cell(cell: Cell, node: Table, index: int, setting: Setting) -> Markup:
    words = plain(cell.content)
    missing = " ns" if words in MISSING_MARKS else ""
    endless = " endless" if max(map(len, words.split()), default=0) > LONGEST_WORD else ""
    classes = column_class(node, index) + missing + endless
    content = inlines(cell.content, setting)
    if node.row_heads and index == 0 and len(node.columns) > 1 and cell.content:
        return Markup('<th scope="row" class="{}">{}</th>').format(classes, content)
    return Markup('<td class="{}">{}</td>').format(classes, content)


def column_class(node: Table, index: int) -> str:
    """Give the class of a column's cells: how they are aligned."""
    column = node.columns[index]
    if column.numeric:
        return "num"
    return {"left": "l", "right": "r", "center": "c"}[column.align]


# ---------------------------------------------------------------- key numbers, timeline


def key_numbers(node: KeyNumbers, setting: Setting, *, with_source: bool = True) -> Markup:
    """Write key numbers, three in a row."""
    rows = [node.items[i : i + PER_ROW] for i in range(0, len(node.items), PER_ROW)]
    per_row = min(PER_ROW, len(node.items)) if len(node.items) < PER_ROW else PER_ROW
    body = Markup("").join(
        Markup('<div class="numrow">{}{}</div>').format(
            Markup("").join(key_number(item, setting) for item in row),
            Markup('<div class="none"></div>') * (per_row - len(row)),
        )
        for row in rows
    )
    caption = node.caption
    drawing = Markup('<div class="nums">{}</div>').format(body)
    if with_source:
        return framed(caption, drawing, setting, classes="fig numbers", block_id=node.id)
    name = caption.label or node.id
    return Markup('<div class="fig numbers full" id="{}">{}{}</div>').format(
        name, head(caption, setting), drawing
    )


def key_number(item: KeyNumber, setting: Setting) -> Markup:
    """Write one number: big digits, small signs around them."""
    remark = (
        Markup('<p class="q">{}</p>').format(inlines(item.remark, setting))
        if item.remark
        else Markup("")
    )
    return Markup('<div class="{}"><p class="v">{}</p><p class="d">{}</p>{}</div>').format(
        "number hi" if item.highlight else "number",
        big(item.value),
        inlines(item.label, setting),
        remark,
    )


def big(value: str) -> Markup:
    """Set what is no digit or mark between digits in a smaller size: "$", "m", "%"."""
    before, core, after = parted_number(value)
    small = Markup("<small>{}</small>")
    return Markup("{}{}{}").format(
        small.format(before) if before else "", core, small.format(after) if after else ""
    )


def timeline(node: Timeline, setting: Setting) -> Markup:
    """Write events in two lanes on one axis; a year is named once, where it begins."""
    rows: list[Markup] = []
    year = ""
    for event in node.events:
        rows.append(_event(event, setting, new=event.year != year))
        year = event.year
    body = Markup(
        '<table class="time"><colgroup><col class="cy"><col class="cd"><col class="cl">'
        '<col class="cr"></colgroup>{}<tbody>{}</tbody></table>'
    ).format(_lanes(node), Markup("").join(rows))
    classes = "fig timeline long" if len(node.events) > LONG_TIMELINE else "fig timeline"
    return framed(node.caption, body, setting, classes=classes, block_id=node.id)


def _lanes(node: Timeline) -> Markup:
    if not (node.left or node.right or node.step):
        return Markup("")
    names = Markup("{}").format(node.right)
    if node.step:
        names += Markup("<em>{}{}</em>").format(" / " if node.right else "", node.step)
    return Markup(
        '<thead><tr class="hd"><th></th><th></th><th class="l">{}</th><th class="r">{}</th></tr>'
        "</thead>"
    ).format(node.left, names)


def _event(event: Event, setting: Setting, *, new: bool) -> Markup:
    words = Markup("<b>{}</b>").format(inlines(event.head, setting))
    if event.detail:
        words += Markup(" {}").format(inlines(event.detail, setting))
    mark = Markup('<span class="mark {}"></span>').format(event.lane)
    left = words if event.lane == "left" else Markup("")
    right = Markup("") if event.lane == "left" else words
    return Markup(
        '<tr class="{}"><td class="yr">{}</td><td class="dt">{}</td><td class="l">{}</td>'
        '<td class="r">{}{}</td></tr>'
    ).format(
        f"{'ny ' if new else ''}{event.lane}",
        event.year if new else "",
        event.day,
        left,
        mark,
        right,
    )
