"""The tree as a page for the web: one function a node."""

from __future__ import annotations

from typing import assert_never

from markupsafe import Markup

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
from builder.writers.html import figures
from builder.writers.html.tables import table
from builder.writers.html.web import Web, joined, label
from builder.writers.markup import CALLOUT_WORDS
from builder.writers.markup_inlines import direction

DEEPEST = 6
"""HTML has no heading below this level; the briefing's title is the first."""


def blocks(nodes: Blocks, web: Web) -> Markup:
    """Write blocks one after the other."""
    return joined([block(node, web) for node in nodes])


def block(node: Block, web: Web) -> Markup:
    """Write one block."""
    match node:
        case Paragraph():
            return paragraph(node, web)
        case Heading():
            return heading(node, web)
        case BulletList():
            return bullet_list(node, web)
        case OrderedList():
            return ordered_list(node, web)
        case DefinitionList():
            return definition_list(node, web)
        case Quotation():
            return quotation(node, web)
        case CodeBlock():
            return code_block(node, web)
        case Rule():
            return Markup("<hr{}>").format(web.marks(node))
        case PageBreak():
            return Markup('<div class="pagebreak"></div>')  # for those who print the page
        case Table():
            return table(node, web)
        case Figure():
            return figures.figure(node, web)
        case Chart():
            return figures.chart(node, web)
        case KeyNumbers():
            return figures.key_numbers(node, web)
        case Timeline():
            return figures.timeline(node, web)
        case Callout():
            return callout(node, web)
        case KeyPoints():
            return key_points(node, web)
        case PullQuote():
            return pull_quote(node, web)
        case Comparison():
            return comparison(node, web)
        case Diagram():
            return figures.diagram(node, web)
        case SpeakerNotes() | Slide():
            return Markup("")  # the deck alone shows these
        case Columns():
            return columns(node, web)
        case Conditional():
            return blocks(node.blocks, web)
        case Group():
            return group(node, web)
        case References():
            return references(node, web)
        case _:
            assert_never(node)


def paragraph(node: Paragraph, web: Web) -> Markup:
    """Write running text."""
    return Markup("<p{}>{}</p>").format(web.marks(node), web.words(node.content))


def heading(node: Heading, web: Web) -> Markup:
    """Write a heading, one level down: the first is the briefing's title."""
    name = f"h{min(node.level + 1, DEEPEST)}"
    marks = web.marks(node, name=node.label)
    return Markup("<{}{}>{}</{}>").format(name, marks, web.words(node.content), name)


def bullet_list(node: BulletList, web: Web) -> Markup:
    """Write an unordered list."""
    marks = web.marks(node, "dash tight" if node.tight else "dash")
    return Markup("<ul{}>{}</ul>").format(marks, items(node.items, web))


def ordered_list(node: OrderedList, web: Web) -> Markup:
    """Write a numbered or lettered list."""
    start = Markup(' start="{}"').format(node.start) if node.start != 1 else Markup("")
    delimiter = {".": "", ")": " paren", "()": " parens"}[node.delimiter]
    marks = web.marks(node, node.style + delimiter + (" tight" if node.tight else ""))
    return Markup("<ol{}{}>{}</ol>").format(marks, start, items(node.items, web))


def items(nodes: tuple[ListItem, ...], web: Web) -> Markup:
    """Write the items of a list."""
    return joined(
        [
            Markup("<li{}>{}</li>").format(web.marks(node), blocks(node.blocks, web.inner))
            for node in nodes
        ]
    )


def definition_list(node: DefinitionList, web: Web) -> Markup:
    """Write terms with their meanings."""
    parts = []
    for item in node.items:
        parts.append(Markup("<dt{}>{}</dt>").format(web.marks(item), web.words(item.term)))
        parts += [Markup("<dd>{}</dd>").format(blocks(m, web.inner)) for m in item.meanings]
    return Markup("<dl{}>{}</dl>").format(web.marks(node), joined(parts))


def quotation(node: Quotation, web: Web) -> Markup:
    """Write a block quotation."""
    return Markup("<blockquote{}>{}</blockquote>").format(
        web.marks(node, "quote"), blocks(node.blocks, web.inner)
    )


def code_block(node: CodeBlock, web: Web) -> Markup:
    """Write preformatted text; long lines are broken."""
    return Markup("<pre{}><code>{}</code></pre>").format(web.marks(node), node.text)


def callout(node: Callout, web: Web) -> Markup:
    """Write a boxed remark, headed by its title or by its kind's word."""
    word = web.setting.word(node.kind, CALLOUT_WORDS[node.kind])
    return Markup(
        '<div{} role="note" aria-labelledby="{}-head">'
        '<p class="boxhead" id="{}-head">{}</p>{}</div>'
    ).format(
        web.marks(node, f"callout {node.kind}"),
        node.id,
        node.id,
        label(node.title, word, web),
        blocks(node.blocks, web.inner),
    )


def key_points(node: KeyPoints, web: Web) -> Markup:
    """Write a box of key points, its list ruled."""
    head = label(node.title, web.setting.word("key_points", "Key points"), web)
    return Markup('<div{}><p class="boxhead">{}</p>{}</div>').format(
        web.marks(node, "key"), head, blocks(node.blocks, web.inner)
    )


def pull_quote(node: PullQuote, web: Web) -> Markup:
    """Write a quotation set large, with its speaker below."""
    quote = Markup("<blockquote><p>{}</p></blockquote>").format(web.title(node.content))
    who = Markup("")
    if node.speaker or node.role:
        who = Markup("<figcaption><b>{}</b> {}</figcaption>").format(node.speaker, node.role)
    return Markup('<figure{}><div class="tab"></div>{}{}</figure>').format(
        web.marks(node, "pull"), quote, who
    )


def comparison(node: Comparison, web: Web) -> Markup:
    """Write sides next to each other, on narrow screens one below the other."""
    sides = [
        Markup('<div{}><p class="sidehead">{}</p>{}</div>').format(
            web.marks(side, "side"), web.words(side.title), blocks(side.blocks, web.inner)
        )
        for side in node.sides
    ]
    head = figures.head(node.caption, web)
    drawing = Markup('<div class="sides">{}</div>').format(joined(sides))
    return figures.framed(node, head, drawing, web, "comparison")


def columns(node: Columns, web: Web) -> Markup:
    """Write columns side by side, on narrow screens one below the other."""
    count = max(len(node.columns), 1)
    parts = [
        Markup('<div{} style="flex: {} 1 0">{}</div>').format(
            web.marks(part, "col"),
            round((part.share or 1 / count) * 100, 2),
            blocks(part.blocks, web.inner),
        )
        for part in node.columns
    ]
    return Markup("<div{}>{}</div>").format(web.marks(node, "cols"), joined(parts))


def group(node: Group, web: Web) -> Markup:
    """Write a div that carries a label, a language or classes."""
    attributes = web.marks(node, " ".join(node.classes), name=node.label)
    if node.lang:
        attributes += Markup(' lang="{}"').format(node.lang)
        if direction(node.lang) != direction(web.setting.language):
            attributes += Markup(' dir="{}"').format(direction(node.lang))
    return Markup("<div{}>{}</div>").format(attributes, blocks(node.blocks, web))


def references(node: References, web: Web) -> Markup:
    """Write the list of works cited."""
    entries = [
        Markup('<li id="{}">{}</li>').format(f"ref-{entry.key}", web.words(entry.content))
        for entry in node.entries
    ]
    return Markup('<ul{} role="list">{}</ul>').format(
        web.marks(node, "refs", name=node.id or "references"), joined(entries)
    )


def footnotes(web: Web) -> Markup:
    """Set the notes called so far, each with the way back; nothing where none was called."""
    if not web.notes.waiting:
        return Markup("")
    entries = []
    while web.notes.waiting:
        number, note = web.notes.waiting.pop(0)
        inside = [part for part in note.blocks if isinstance(part, Paragraph)]
        single = len(note.blocks) == len(inside) == 1
        content = web.words(inside[0].content) if single else blocks(note.blocks, web.inner)
        back = Markup(
            '<a class="back" href="#fnref-{}" role="doc-backlink" aria-label="{}">↩\ufe0e</a>'
        ).format(number, f"{web.word('back_to_text')} ({number})")
        source = web.marks(inside[0]) if single and web.sources else Markup("")
        entries.append(
            Markup('<li id="fn-{}" value="{}"{}>{}\u00a0{}</li>').format(
                number, number, _only_source(source), content, back
            )
        )
    head = Markup('<p class="eyebrow">{}</p>').format(web.word("notes"))
    return Markup('<div class="footnotes">{}<ol>{}</ol></div>').format(head, joined(entries))


def _only_source(marks: Markup) -> Markup:
    """Keep of a block's marks where it stands: the note has an id of its own."""
    _, found, rest = marks.partition(" data-src=")
    return Markup(found + rest)
