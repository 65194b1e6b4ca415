"""Blocks: one arm a node, each calling the function that is named after it."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

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
    OrderedList,
    PageBreak,
    Paragraph,
    PullQuote,
    Quotation,
    Reference,
    References,
    Rule,
    Slide,
    SpeakerNotes,
    Table,
    Timeline,
)
from builder.units import Length
from builder.writers.word.boxes import callout, key_points, stand_off
from builder.writers.word.captions import captioned, drawn
from builder.writers.word.charts import chart
from builder.writers.word.comparison import columns, comparison
from builder.writers.word.diagram import diagram
from builder.writers.word.fields import run
from builder.writers.word.formats import ParagraphFormat
from builder.writers.word.inlines import inlines, words
from builder.writers.word.key_numbers import key_numbers
from builder.writers.word.lists import bullet_list, definition_list, ordered_list
from builder.writers.word.paragraphs import GAP, PARAGRAPH, PROPERTIES, bookmark_block, paragraph
from builder.writers.word.pictures import inline_picture
from builder.writers.word.place import Place
from builder.writers.word.pull_quote import pull_quote
from builder.writers.word.styles import CODE_PAD, SHORT, STEP
from builder.writers.word.tables import data_table
from builder.writers.word.timeline import timeline
from builder.writers.word.xml import Element, w

DEEPEST = 6


def write_blocks(blocks: Blocks, place: Place) -> list[Element]:
    """Write blocks in order; an author's page break goes to the paragraph behind it."""
    made: list[Element] = []
    breaks = False
    for block in blocks:
        if isinstance(block, PageBreak):
            breaks = not place.boxed
            continue
        written = bookmark_block(_block(block, place), block.id, place)
        if written and breaks:
            written = _on_a_new_page(written, place)
            breaks = False
        if isinstance(block, Callout) and made:
            stand_off(made[-1], place)
        place.writing.written[id(block)] = written
        made += written
    return made


def _block(node: Block, place: Place) -> list[Element]:
    match node:
        case Paragraph():
            return [_paragraph(node, place)]
        case Heading():
            return [heading(node, place)]
        case BulletList():
            return bullet_list(node, place)
        case OrderedList():
            return ordered_list(node, place)
        case DefinitionList():
            return definition_list(node, place)
        case Quotation():
            return _quotation(node, place)
        case CodeBlock():
            return [_code_block(node, place)]
        case Rule():
            return [_thematic_break(place)]
        case PageBreak():
            return []  # done by write_blocks
        case Table():
            return data_table(node, place)
        case Figure():
            return _figure(node, place)
        case Chart():
            return chart(node, place)
        case KeyNumbers():
            return key_numbers(node, place)
        case Timeline():
            return timeline(node, place)
        case Callout():
            return callout(node, place)
        case KeyPoints():
            return key_points(node, place)
        case PullQuote():
            return pull_quote(node, place)
        case Comparison():
            return comparison(node, place)
        case Diagram():
            return diagram(node, place)
        case SpeakerNotes() | Slide():
            return []  # the deck's alone
        case Columns():
            return columns(node, place)
        case Conditional(blocks=blocks):
            return write_blocks(blocks, place)
        case Group():
            return _group(node, place)
        case References():
            return _references(node, place)
        case _:
            assert_never(node)


def _paragraph(node: Paragraph, place: Place) -> Element:
    look = ParagraphFormat(left=_indent(place))
    return paragraph(place, inlines(node.content, place), look)


def _indent(place: Place) -> Length | None:
    """Give the indent where the place asks for another one than its style has."""
    styled = place.writing.sheet.look(place.style).left
    return None if place.boxed or place.left == styled else place.left


def heading(node: Heading, place: Place) -> Element:
    """Write a heading inside a section; contents and references find it by its bookmarks."""
    styled = place.styled(f"Heading{min(max(node.level, 2), DEEPEST)}")
    bookmarks = place.writing.bookmarks
    content = bookmarks.around(bookmarks.of_entry(node.id), inlines(node.content, styled))
    if node.label:
        content = bookmarks.around(bookmarks.of_label(node.label), content)
    left = place.left if place.left != place.theme.grid.indent or place.boxed else None
    return paragraph(styled, content, ParagraphFormat(left=left))


def _quotation(node: Quotation, place: Place) -> list[Element]:
    inner = replace(
        place,
        style="BlockText",
        left=Length(place.left + 2 * STEP),
        width=Length(place.width - 3 * STEP),
        list_left=Length(place.list_left + 2 * STEP),
    )
    return write_blocks(node.blocks, inner)


def _code_block(node: CodeBlock, place: Place) -> Element:
    code = place.styled("HTMLPreformatted")
    content: list[Element] = []
    for number, line in enumerate(node.text.rstrip("\n").split("\n")):
        if number:
            content.append(run(w("br")))
        content += words(line.expandtabs(4), code)
    return paragraph(code, content, ParagraphFormat(left=Length(place.left + CODE_PAD)))


def _thematic_break(place: Place) -> Element:
    rest = Length(place.full - place.left - min(SHORT, place.width))
    line = ParagraphFormat(left=place.left, right=rest)
    return paragraph(place.styled("ThematicBreak"), (), line)


def _figure(node: Figure, place: Place) -> list[Element]:
    left, width = place.spot(wide=True)
    measure = replace(place, style="Figure", left=left, width=width)
    drawing = inline_picture(node.image, measure, link=node.link, alt=node.caption.alt)
    made = [drawn(drawing, node.caption, measure)]
    return captioned(node.caption, node.id, made, place, left)


def _group(node: Group, place: Place) -> list[Element]:
    inner = replace(place, lang=node.lang or place.lang)
    made = write_blocks(node.blocks, inner)
    bookmarks = place.writing.bookmarks
    if not node.label or not made:
        return made
    found = next((p for element in made for p in element.iter(PARAGRAPH)), None)
    if found is not None:
        at = 1 if len(found) and found[0].tag == PROPERTIES else 0
        for mark in reversed(bookmarks.around(bookmarks.of_label(node.label), [])):
            found.insert(at, mark)
    return made


def _references(node: References, place: Place) -> list[Element]:
    return [_reference(entry, place.styled("Bibliography")) for entry in node.entries]


def _reference(entry: Reference, place: Place) -> Element:
    bookmarks = place.writing.bookmarks
    content = bookmarks.around(bookmarks.of_work(entry.key), inlines(entry.content, place))
    return paragraph(place, content)


def _on_a_new_page(written: list[Element], place: Place) -> list[Element]:
    if written[0].tag != PARAGRAPH:
        return [paragraph(place.styled(GAP), [run(w("br", type="page"))]), *written]
    properties = written[0].find(PROPERTIES)
    if properties is None:
        properties = w("pPr")
        written[0].insert(0, properties)
    before = {PROPERTIES.replace("pPr", tag) for tag in ("pStyle", "keepNext", "keepLines")}
    at = sum(1 for child in properties if child.tag in before)
    properties.insert(at, w("pageBreakBefore"))
    return written
