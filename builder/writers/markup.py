"""The tree as HTML: one function a node, for every writer that speaks HTML."""

from __future__ import annotations

from typing import assert_never

from markupsafe import Markup, escape

from builder.diagnostics import Span
from builder.document.nodes import (
    Block,
    Blocks,
    BulletList,
    Callout,
    Chart,
    CodeBlock,
    Columns,
    Comparison,
    Conditional,
    DefinitionList,
    Diagram,
    Figure,
    Group,
    Heading,
    KeyNumbers,
    KeyPoints,
    ListItem,
    OrderedList,
    PageBreak,
    Paragraph,
    PullQuote,
    Quotation,
    References,
    Rule,
    Slide,
    SpeakerNotes,
    Table,
    Timeline,
)
from builder.document.walk import plain
from builder.units import Length
from builder.writers import markup_figures as figures
from builder.writers.markup_inlines import Setting, direction, inlines, title
from builder.writers.markup_sides import arrange, key_points_box

GUTTER = Length.from_mm(8)
CALLOUT_WORDS = {
    "note": "Note",
    "tip": "Tip",
    "warning": "Warning",
    "caution": "Caution",
    "important": "Important",
}


def blocks(nodes: Blocks, setting: Setting) -> Markup:
    """Write blocks one after the other; in a section, side boxes go beside their text."""
    if setting.top:
        return arrange(nodes, setting, block)
    return Markup("\n").join(block(node, setting) for node in nodes)


def block(node: Block, setting: Setting) -> Markup:
    """Write one block, where the setting asks with the line that it comes from."""
    made = _block(node, setting)
    return sourced(made, node.at) if setting.sources else made


def sourced(made: Markup, at: Span) -> Markup:
    """Say in an element, by `data-src`, from which file and line it comes."""
    if not at.line or not made.startswith("<"):
        return made
    opening, end, rest = made.partition(">")
    if "data-src=" in opening:
        return made  # a conditional part is no element of its own
    name, space, attributes = opening.partition(" ")
    place = Markup(' data-src="{}:{}"').format(at.file, at.line)
    return Markup(name) + place + Markup(space + attributes + end + rest)


def _block(node: Block, setting: Setting) -> Markup:
    match node:
        case Paragraph():
            return paragraph(node, setting)
        case Heading():
            return heading(node, setting)
        case BulletList():
            return bullet_list(node, setting)
        case OrderedList():
            return ordered_list(node, setting)
        case DefinitionList():
            return definition_list(node, setting)
        case Quotation():
            return quotation(node, setting)
        case CodeBlock():
            return code_block(node)
        case Rule():
            return Markup('<hr class="break">')
        case PageBreak():
            return Markup('<div class="pagebreak"></div>')
        case Table():
            return figures.table(node, setting)
        case Figure():
            return figures.figure(node, setting)
        case Chart():
            return figures.chart(node, setting)
        case KeyNumbers():
            return figures.key_numbers(node, setting)
        case Timeline():
            return figures.timeline(node, setting)
        case Callout():
            return callout(node, setting)
        case KeyPoints():
            return key_points(node, setting)
        case PullQuote():
            return pull_quote(node, setting)
        case Comparison():
            return comparison(node, setting)
        case Diagram():
            return figures.diagram(node, setting)
        case SpeakerNotes() | Slide():
            return Markup("")  # the deck alone shows these
        case Columns():
            return columns(node, setting)
        case Conditional():
            return blocks(node.blocks, setting)
        case Group():
            return group(node, setting)
        case References():
            return references(node, setting)
        case _:
            assert_never(node)


def paragraph(node: Paragraph, setting: Setting) -> Markup:
    """Write running text."""
    return Markup("<p>{}</p>").format(inlines(node.content, setting))


def heading(node: Heading, setting: Setting) -> Markup:
    """Write a heading; its plain words go into the outline."""
    return Markup('<h{} id="{}" data-label="{}">{}</h{}>').format(
        node.level,
        node.label or node.id,
        plain(node.content),
        inlines(node.content, setting),
        node.level,
    )


def bullet_list(node: BulletList, setting: Setting) -> Markup:
    """Write an unordered list."""
    return Markup('<ul class="dash{}">{}</ul>').format(
        " tight" if node.tight else "", items(node.items, setting)
    )


def ordered_list(node: OrderedList, setting: Setting) -> Markup:
    """Write a numbered or lettered list."""
    start = Markup("")
    if node.start != 1:  # WeasyPrint heeds the counter, not the attribute
        start = Markup(' start="{}" style="counter-reset: list-item {}"').format(
            node.start, node.start - 1
        )
    delimiter = {".": "", ")": " paren", "()": " parens"}[node.delimiter]
    return Markup('<ol class="{}{}{}"{}>{}</ol>').format(
        node.style,
        delimiter,
        " tight" if node.tight else "",
        start,
        items(node.items, setting),
    )


def items(nodes: tuple[ListItem, ...], setting: Setting) -> Markup:
    """Write the items of a list."""
    inner = setting.inside(Length(setting.measure - Length.from_mm(5)))
    return Markup("").join(
        sourced(item, node.at) if setting.sources else item
        for node in nodes
        for item in (Markup("<li>{}</li>").format(blocks(node.blocks, inner)),)
    )


def definition_list(node: DefinitionList, setting: Setting) -> Markup:
    """Write terms with their meanings."""
    inner = setting.inside(Length(setting.measure - Length.from_mm(5)))
    parts = [
        Markup("<dt>{}</dt>{}").format(
            inlines(item.term, setting),
            Markup("").join(
                Markup("<dd>{}</dd>").format(blocks(meaning, inner)) for meaning in item.meanings
            ),
        )
        for item in node.items
    ]
    return Markup("<dl>{}</dl>").format(Markup("").join(parts))


def quotation(node: Quotation, setting: Setting) -> Markup:
    """Write a block quotation."""
    inner = setting.inside(Length(setting.measure - Length.from_mm(10)))
    return Markup('<blockquote class="quote">{}</blockquote>').format(blocks(node.blocks, inner))


def code_block(node: CodeBlock) -> Markup:
    """Write preformatted text."""
    return Markup("<pre><code>{}</code></pre>").format(node.text)


def callout(node: Callout, setting: Setting) -> Markup:
    """Write a boxed remark, headed by its title or by its kind's word."""
    inner = setting.inside(Length(setting.measure - 2 * setting.theme.box_padding))
    head = (
        inlines(node.title, setting)
        if node.title
        else escape(setting.word(node.kind, CALLOUT_WORDS[node.kind]))
    )
    return Markup('<div class="callout {}"><p class="boxhead">{}</p>{}</div>').format(
        node.kind, head, blocks(node.blocks, inner)
    )


def key_points(node: KeyPoints, setting: Setting) -> Markup:
    """Write a box of key points where there is no side column."""
    return key_points_box(node, setting, block, beside=False)


def pull_quote(node: PullQuote, setting: Setting) -> Markup:
    """Write a quotation set large; the speaker stands in the side column."""
    who = Markup("")
    if node.speaker or node.role:
        who = Markup('<p class="who"><b>{}</b> {}</p>').format(node.speaker, node.role)
    return Markup(
        '<div class="pull{}"><div class="tab"></div>{}<blockquote>{}</blockquote></div>'
    ).format(" full" if setting.top else " boxed", who, title(node.content, setting))


def comparison(node: Comparison, setting: Setting) -> Markup:
    """Write sides next to each other."""
    count = max(len(node.sides), 1)
    inner = setting.inside(Length((setting.full - GUTTER * (count - 1)) // count))
    sides = [
        Markup('<div class="side-of"><p class="sidehead">{}</p>{}</div>').format(
            inlines(side.title, setting), blocks(side.blocks, inner)
        )
        for side in node.sides
    ]
    drawing = Markup('<div class="sides"><div class="row">{}</div></div>').format(
        Markup('<div class="between"></div>').join(sides)
    )
    return figures.framed(
        node.caption, drawing, setting, classes="fig comparison", block_id=node.id
    )


def columns(node: Columns, setting: Setting) -> Markup:
    """Write columns side by side."""
    count = max(len(node.columns), 1)
    room = setting.measure - GUTTER * (count - 1)
    parts = []
    for part in node.columns:
        inner = setting.inside(Length(int(room * (part.share or 1 / count))))
        parts.append(
            Markup('<div class="col" style="width: {}pt">{}</div>').format(
                round(inner.measure.pt, 2), blocks(part.blocks, inner)
            )
        )
    return Markup('<div class="cols"><div class="row">{}</div></div>').format(
        Markup('<div class="between"></div>').join(parts)
    )


def group(node: Group, setting: Setting) -> Markup:
    """Write a div that carries a label, a language or classes."""
    attributes = Markup("")
    if node.label:
        attributes += Markup(' id="{}"').format(node.label)
    if node.lang:
        attributes += Markup(' lang="{}"').format(node.lang)
        if direction(node.lang) != direction(setting.language):
            attributes += Markup(' dir="{}"').format(direction(node.lang))
    if node.classes:
        attributes += Markup(' class="{}"').format(" ".join(node.classes))
    return Markup("<div{}>{}</div>").format(attributes, blocks(node.blocks, setting))


def references(node: References, setting: Setting) -> Markup:
    """Write the list of works cited."""
    entries = [
        Markup('<p id="ref-{}">{}</p>').format(entry.key, inlines(entry.content, setting))
        for entry in node.entries
    ]
    return Markup('<div class="refs" id="{}">{}</div>').format(
        node.id or "references", Markup("").join(entries)
    )
