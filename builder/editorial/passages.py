"""The briefing as passages of plain words: what each is for, where it stands, what backs it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from builder.diagnostics import Span
from builder.document.nodes import (
    Block,
    BulletList,
    Callout,
    Chart,
    Cite,
    Code,
    CodeBlock,
    Columns,
    Comparison,
    Conditional,
    CrossReference,
    DefinitionList,
    Diagram,
    Document,
    Emphasis,
    Figure,
    Group,
    Heading,
    Inlines,
    KeyNumbers,
    KeyPoints,
    LineBreak,
    Link,
    Node,
    Note,
    OrderedList,
    PageBreak,
    Paragraph,
    Picture,
    PullQuote,
    Quotation,
    References,
    Rule,
    Script,
    Section,
    Slide,
    SpeakerNotes,
    Strikeout,
    Strong,
    Table,
    Text,
    Timeline,
    Words,
)

HOLE = "\ufffc"
"""Stands for what is no word of the author's: code, a picture, a reference's number."""


class Role(Enum):
    """What a passage is for."""

    TITLE = "title"
    TAKEAWAY = "takeaway"
    STANDFIRST = "standfirst"
    KEY_POINT = "key point"
    HEADING = "heading"
    BODY = "body"
    BOX = "box"
    QUOTE = "quotation"
    CAPTION = "caption"
    SOURCE = "source"
    DATA = "data"
    NOTE = "note"
    SLIDE = "slide"
    SPEAKER = "speaker notes"


PROSE = frozenset({Role.TAKEAWAY, Role.STANDFIRST, Role.KEY_POINT, Role.BODY, Role.BOX, Role.NOTE})
"""What is read as running text, on paper."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Some words of the briefing, notes and citations cut out."""

    text: str
    at: Span
    role: Role
    section: Section
    language: str  # without region
    sourced: bool = False  # it has a note, a citation or a reference to a figure or table


@dataclass(frozen=True, slots=True)
class _Setting:
    section: Section
    role: Role
    language: str


def passages(document: Document) -> Iterator[Passage]:
    """Give every passage in reading order; a note comes right behind the passage that calls it."""
    language = document.meta.language
    for section in document.sections:
        setting = _Setting(section, Role.TITLE, language)
        yield from _inlines(section.title, section.at, setting)
        yield from _inlines(section.takeaway, section.at, replace(setting, role=Role.TAKEAWAY))
        yield from _inlines(section.standfirst, section.at, replace(setting, role=Role.STANDFIRST))
        for point in section.key_points:
            yield from _inlines(point, section.at, replace(setting, role=Role.KEY_POINT))
        yield from _blocks(section.blocks, replace(setting, role=Role.BODY))


def _blocks(blocks: tuple[Block, ...], setting: _Setting) -> Iterator[Passage]:
    for block in blocks:
        yield from _block(block, setting)


def _block(block: Block, setting: _Setting) -> Iterator[Passage]:
    match block:
        case Paragraph(content=content):
            yield from _inlines(content, block.at, setting)
        case Heading(content=content):
            yield from _inlines(content, block.at, _within(setting, Role.HEADING))
        case BulletList(items=items) | OrderedList(items=items):
            for item in items:
                yield from _blocks(item.blocks, setting)
        case DefinitionList(items=definitions):
            for definition in definitions:
                yield from _inlines(definition.term, definition.at, setting)
                for meaning in definition.meanings:
                    yield from _blocks(meaning, setting)
        case Quotation(blocks=inner):
            yield from _blocks(inner, _within(setting, Role.QUOTE))
        case PullQuote(content=content, context=context):
            yield from _inlines(content, block.at, _within(setting, Role.QUOTE))
            yield from _inlines(context, block.at, setting)
        case Callout(title=title, blocks=inner) | KeyPoints(title=title, blocks=inner):
            yield from _inlines(title, block.at, _within(setting, Role.HEADING))
            yield from _blocks(inner, _within(setting, Role.BOX))
        case SpeakerNotes(blocks=inner):
            yield from _blocks(inner, replace(setting, role=Role.SPEAKER))
        case Slide(title=title, blocks=inner):
            yield from _inlines(title, block.at, replace(setting, role=Role.SLIDE))
            yield from _blocks(inner, replace(setting, role=Role.SLIDE))
        case Group(blocks=inner, lang=lang):
            yield from _blocks(inner, replace(setting, language=lang or setting.language))
        case Columns(columns=columns):
            for column in columns:
                yield from _blocks(column.blocks, setting)
        case Conditional(blocks=inner):
            yield from _blocks(inner, setting)
        case Table() | Figure() | Chart() | KeyNumbers() | Timeline() | Comparison() | Diagram():
            yield from _captioned(block, setting)
        case CodeBlock() | Rule() | PageBreak() | References():
            pass


def _captioned(
    block: Table | Figure | Chart | KeyNumbers | Timeline | Comparison | Diagram, setting: _Setting
) -> Iterator[Passage]:
    caption = block.caption
    yield from _inlines(caption.title, block.at, _within(setting, Role.CAPTION))
    yield from _inlines(caption.subtitle, block.at, _within(setting, Role.SOURCE))
    data = _within(setting, Role.DATA)
    match block:
        case Table(head=head, rows=rows):
            for cell in (*head, *(cell for row in rows for cell in row.cells)):
                yield from _inlines(cell.content, cell.at, data)
        case KeyNumbers(items=items):
            for item in items:
                yield Passage(
                    item.value, item.at, data.role, setting.section, _short(setting), True
                )
                yield from _inlines(item.label, item.at, data)
                yield from _inlines(item.remark, item.at, data)
        case Timeline(events=events):
            for event in events:
                yield Passage(event.date, event.at, data.role, setting.section, _short(setting))
                yield from _inlines(event.head, event.at, data)
                yield from _inlines(event.detail, event.at, data)
        case Comparison(sides=sides):
            for side in sides:
                yield from _inlines(side.title, side.at, data)
                yield from _blocks(side.blocks, data)
        case Diagram(arrows=arrows):
            for arrow in arrows:
                yield from _inlines(arrow.label, arrow.at, data)
        case Figure() | Chart():
            pass
    yield from _inlines(caption.source, block.at, _within(setting, Role.SOURCE))


def _within(setting: _Setting, role: Role) -> _Setting:
    """Change the role, but what is on a slide or in a note stays there."""
    if setting.role in (Role.SLIDE, Role.SPEAKER, Role.NOTE):
        return setting
    return replace(setting, role=role)


def _short(setting: _Setting) -> str:
    return setting.language.split("-")[0].lower()


def _inlines(content: Inlines, at: Span, setting: _Setting) -> Iterator[Passage]:
    if not content:
        return
    parts: list[str] = []
    apart: list[Note | Words] = []
    sourced = _collect(content, setting.language, parts, apart)
    words = " ".join("".join(parts).split())
    begin = content[0].at if content[0].at.line else at
    if words.strip(HOLE + " "):
        yield Passage(words, begin, setting.role, setting.section, _short(setting), sourced)
    for node in apart:
        if isinstance(node, Note):
            yield from _blocks(node.blocks, replace(setting, role=Role.NOTE))
        else:
            yield from _inlines(node.content, node.at, replace(setting, language=node.lang))


def _collect(content: Inlines, language: str, parts: list[str], apart: list[Note | Words]) -> bool:
    """Gather words into `parts`, notes and foreign words into `apart`; tell of a source."""
    sourced = False
    for node in content:
        match node:
            case Text(value):
                parts.append(value)
            case LineBreak():
                parts.append(" ")
            case Note():
                apart.append(node)
                sourced = True
            case Cite(in_text=in_text):
                parts.append(HOLE if in_text else "")
                sourced = True
            case CrossReference(label=label):
                parts.append(HOLE)
                sourced = sourced or label.startswith(("fig-", "tbl-"))
            case Code() | Picture():
                parts.append(HOLE)
            case Strikeout():
                pass
            case Words(content=inner, lang=lang) if lang and lang != language:
                parts.append(HOLE)
                apart.append(node)
            case Link(target=target, content=inner):
                if _shows_address(inner, target):
                    parts.append(HOLE)
                else:
                    sourced = _collect(inner, language, parts, apart) or sourced
            case Emphasis(inner) | Strong(inner) | Script(content=inner) | Words(content=inner):
                sourced = _collect(inner, language, parts, apart) or sourced
    return sourced


def _shows_address(content: Inlines, target: str) -> bool:
    first: Node | None = content[0] if content else None
    return isinstance(first, Text) and first.value.removeprefix("mailto:") in target
