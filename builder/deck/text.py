"""A slot's blocks as paragraphs and runs, for measuring and for writing alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, assert_never

from builder.diagnostics import NOWHERE, Span
from builder.document.nodes import (
    Block,
    Blocks,
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
    Emphasis,
    Figure,
    Group,
    Heading,
    Inline,
    Inlines,
    KeyNumbers,
    KeyPoints,
    LineBreak,
    Link,
    ListDelimiter,
    ListStyle,
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
    Slide,
    SpeakerNotes,
    Strikeout,
    Strong,
    Table,
    Text,
    Timeline,
    Words,
)

HIGHLIGHT, MUTED = "highlight", "muted"
"""The classes of words that are set in the theme's highlight, and that step back."""

ParagraphKind = Literal["plain", "bullet", "number", "head", "code"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one appearance. A line feed is a run of its own."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    strike: bool = False
    script: Literal["", "super", "sub"] = ""
    link: str = ""  # an address, or "#label": the slide that shows it
    lang: str = ""
    highlight: bool = False
    muted: bool = False

    def with_text(self, text: str) -> Run:
        """Give other text in the same appearance; `replace` is slow, and this is called often."""
        return Run(
            text,
            self.bold,
            self.italic,
            self.code,
            self.strike,
            self.script,
            self.link,
            self.lang,
            self.highlight,
            self.muted,
        )

    def looks_like(self, other: Run) -> bool:
        """Tell whether two runs have the same appearance."""
        return (
            self.bold == other.bold
            and self.italic == other.italic
            and self.code == other.code
            and self.strike == other.strike
            and self.script == other.script
            and self.link == other.link
            and self.lang == other.lang
            and self.highlight == other.highlight
            and self.muted == other.muted
        )


@dataclass(frozen=True, slots=True)
class SlideParagraph:
    """One paragraph of a slot."""

    runs: tuple[Run, ...]
    kind: ParagraphKind = "plain"
    depth: int = 0  # of a list
    start: int = 1  # the number of a numbered item
    style: ListStyle = "decimal"
    delimiter: ListDelimiter = "."
    at: Span = NOWHERE
    ends: bool = False  # whether a nested list ends here, and the one around it goes on


def runs(content: Inlines) -> tuple[Run, ...]:
    """Give inlines as runs; notes and what a slide cannot show are left away."""
    return _tidy(_runs(content, Run("")))


def paragraphs(blocks: Blocks) -> tuple[SlideParagraph, ...]:
    """Give blocks as paragraphs; empty ones are left away."""
    found = [p for block in blocks for p in _block(block, 0) if p.runs]
    for place, following in enumerate(found[1:]):
        if found[place].depth > following.depth:
            found[place] = replace(found[place], ends=True)
    return tuple(found)


def _runs(content: Iterable[Inline], look: Run) -> Iterator[Run]:
    for inline in content:
        yield from _inline(inline, look)


def _inline(inline: Inline, look: Run) -> Iterator[Run]:
    match inline:
        case Text(value):
            yield look.with_text(value)
        case LineBreak():
            yield look.with_text("\n")
        case Emphasis(content):
            yield from _runs(content, replace(look, italic=not look.italic))
        case Strong(content):
            yield from _runs(content, replace(look, bold=True))
        case Strikeout(content):
            yield from _runs(content, replace(look, strike=True))
        case Script(kind, content):
            yield from _runs(content, replace(look, script=kind))
        case Code(value):
            yield replace(look, text=value, code=True)
        case Link(target, content):
            yield from _runs(content, replace(look, link=target))
        case Picture(alt=alt):
            yield replace(look, text=alt)
        case Words(content, lang, classes):
            stressed = look.highlight or HIGHLIGHT in classes
            muted = look.muted or MUTED in classes
            look = replace(look, lang=lang or look.lang, highlight=stressed, muted=muted)
            yield from _runs(content, look)
        case Note():
            return
        case Cite(shown=shown):
            yield from _runs(shown, look)
        case CrossReference(shown=shown):
            yield replace(look, text=shown)
        case _:
            assert_never(inline)


def _tidy(given: Iterable[Run]) -> tuple[Run, ...]:
    """Join runs that look alike, with single spaces and none at the ends."""
    joined: list[Run] = []
    for run in given:
        text = run.text
        if text != "\n" and text.startswith(" ") and joined and joined[-1].text[-1:] in " \n":
            text = text.lstrip(" ")
        if not text or (not joined and not text.strip()):
            continue
        last = joined[-1] if joined else None
        if last and "\n" not in (last.text, text) and last.looks_like(run):
            joined[-1] = last.with_text(last.text + text)
        else:
            joined.append(run if text == run.text else run.with_text(text))
    if joined and joined[0].text[:1] == " ":
        joined[0] = joined[0].with_text(joined[0].text.lstrip(" "))
    if joined and joined[-1].text[-1:] in (" ", "\n"):
        joined[-1] = joined[-1].with_text(joined[-1].text.rstrip(" \n"))
    return tuple(run for run in joined if run.text)


def _block(block: Block, depth: int) -> Iterator[SlideParagraph]:
    match block:
        case Paragraph(content):
            yield SlideParagraph(runs(content), at=block.at)
        case Heading(content=content):
            yield SlideParagraph(runs(content), "head", at=block.at)
        case BulletList():
            yield from _bullets(block, depth)
        case OrderedList():
            yield from _numbered(block, depth)
        case DefinitionList():
            yield from _definitions(block)
        case Quotation(blocks):
            yield from _emphasised(blocks)
        case CodeBlock():
            yield from _code(block)
        case Callout(title=title, blocks=blocks) | KeyPoints(title=title, blocks=blocks):
            yield from _titled(title, blocks)
        case PullQuote():
            yield from _quote(block)
        case Columns(columns):
            for column in columns:
                yield from _all(column.blocks, depth)
        case Conditional(blocks=blocks) | Group(blocks=blocks):
            yield from _all(blocks, depth)
        case References(entries):
            for entry in entries:
                yield SlideParagraph(runs(entry.content), at=entry.at)
        case Comparison():
            yield from _comparison(block)
        case KeyNumbers():
            yield from _key_numbers(block)
        case Table() | Figure() | Chart() | Timeline() | Diagram():
            return  # a graphic has a slide of its own
        case Rule() | PageBreak() | SpeakerNotes() | Slide():
            return
        case _:
            assert_never(block)


def _all(blocks: Blocks, depth: int) -> Iterator[SlideParagraph]:
    for block in blocks:
        yield from _block(block, depth)


def _bullets(block: BulletList, depth: int) -> Iterator[SlideParagraph]:
    for item in block.items:
        yield from _item(item.blocks, SlideParagraph((), "bullet", depth, at=item.at))


def _numbered(block: OrderedList, depth: int) -> Iterator[SlideParagraph]:
    for count, item in enumerate(block.items, start=block.start):
        first = SlideParagraph((), "number", depth, count, block.style, block.delimiter, at=item.at)
        yield from _item(item.blocks, first)


def _item(blocks: Blocks, first: SlideParagraph) -> Iterator[SlideParagraph]:
    """Give an item's paragraphs: the first has the sign, later ones stand below it."""
    for place, paragraph in enumerate(_all(blocks, first.depth + 1)):
        if place == 0 and paragraph.kind == "plain":
            yield replace(first, runs=paragraph.runs)
        elif paragraph.kind == "plain":
            yield replace(paragraph, depth=first.depth + 1)
        else:
            yield paragraph


def _definitions(block: DefinitionList) -> Iterator[SlideParagraph]:
    for item in block.items:
        term = tuple(replace(run, bold=True) for run in runs(item.term))
        meanings = [p for meaning in item.meanings for p in _all(meaning, 0)]
        first = meanings[0].runs if meanings and meanings[0].kind == "plain" else ()
        gap = (Run(" "),) if first else ()
        yield SlideParagraph((*term, *gap, *first), at=item.at)
        yield from meanings[1 if first else 0 :]


def _emphasised(blocks: Blocks) -> Iterator[SlideParagraph]:
    for paragraph in _all(blocks, 0):
        yield replace(paragraph, runs=tuple(replace(r, italic=True) for r in paragraph.runs))


def _code(block: CodeBlock) -> Iterator[SlideParagraph]:
    for line in block.text.rstrip("\n").split("\n"):
        yield SlideParagraph((Run(line or " ", code=True),), "code", at=block.at)


def _titled(title: Inlines, blocks: Blocks) -> Iterator[SlideParagraph]:
    if title:
        yield SlideParagraph(tuple(replace(run, bold=True) for run in runs(title)))
    yield from _all(blocks, 0)


def _quote(block: PullQuote) -> Iterator[SlideParagraph]:
    yield SlideParagraph(tuple(replace(r, italic=True) for r in runs(block.content)), at=block.at)
    who = ", ".join(part for part in (block.speaker, block.role) if part)
    if who:
        yield SlideParagraph((Run(who),), at=block.at)


def _comparison(block: Comparison) -> Iterator[SlideParagraph]:
    for side in block.sides:
        yield from _titled(side.title, side.blocks)


def _key_numbers(block: KeyNumbers) -> Iterator[SlideParagraph]:
    for item in block.items:
        number = Run(item.value, bold=True)
        yield SlideParagraph((number, Run(" "), *runs(item.label)), "bullet", at=item.at)
