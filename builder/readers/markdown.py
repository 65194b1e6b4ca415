"""One Markdown file in, the blocks of a section out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.deflist import deflist_plugin

from builder.diagnostics import Code, Diagnostics, Span, did_you_mean
from builder.document.nodes import (
    Block,
    BulletList,
    Caption,
    CodeBlock,
    Definition,
    DefinitionList,
    Figure,
    FloatKind,
    Heading,
    Inlines,
    ListDelimiter,
    ListItem,
    OrderedList,
    PageBreak,
    Paragraph,
    Picture,
    Quotation,
    Rule,
    Table,
)
from builder.readers.attributes import Attributes, BraceError, in_deck, parse_braces
from builder.readers.block_rules import RawCell, RawTable, add_block_rules
from builder.readers.data import DataTable, read_table
from builder.readers.editions import NO_EDITIONS, Scope
from builder.readers.files import ProjectFiles
from builder.readers.filled import ATTRIBUTES, OPENING
from builder.readers.footnotes import DEEPEST_NOTES, Footnotes
from builder.readers.inline_rules import add_inline_rules
from builder.readers.inlines import InlineMaker
from builder.readers.lettered import ListMarker, exchange_markers
from builder.readers.origin import Origin, origin_of_lines, origin_of_value
from builder.readers.table_captions import captioned
from builder.readers.tables import make_table

Directive = Callable[["Div", "MarkdownReader"], tuple[Block, ...]]

_HEADING_BRACES = re.compile(r"\s*(\{[^{}]*\})\s*$")
_CAPTION = re.compile(r"^(?:Table)?:[ \t]+")
_PAGE_BREAK = re.compile(r"^\{\{<\s*pagebreak\s*>\}\}$")
_FIGURE_KEYS = ("fig-alt", "alt", "width", "subtitle", "source", "deck")


@dataclass(frozen=True, slots=True)
class Div:
    """A fenced div, its inside not yet made into blocks."""

    name: str  # the class that decides; empty: none
    attributes: Attributes
    children: tuple[SyntaxTreeNode, ...]
    at: Span
    brace: Span  # of the opening brace

    def place(self, key: str) -> Span:
        """Give the place of an attribute's key."""
        if key not in self.attributes.columns:
            return self.at
        return replace(self.brace, column=self.brace.column + self.attributes.columns[key])


@dataclass(slots=True)
class MarkdownReader:
    """Reads one file; `directives` make blocks of divs by their class."""

    file: str
    text: str
    files: ProjectFiles
    variables: Mapping[str, str]
    directives: Mapping[str, Directive]
    log: Diagnostics
    scope: Scope = NO_EDITIONS
    lines: list[str] = field(default_factory=list)
    markers: dict[int, ListMarker] = field(default_factory=dict)  # of ordered lists, by line
    level: int = 1  # of the last heading
    inner: int = 0  # how deep inside divs that have headings of their own
    footnotes: Footnotes = field(default_factory=Footnotes)
    inlines: InlineMaker = field(init=False)

    def __post_init__(self) -> None:
        self.inlines = InlineMaker(
            make_parser(), self.log, self.variables, self._picture, self._note
        )

    def read(self) -> tuple[Block, ...]:
        """Give the blocks of the file."""
        self.lines = self.text.split("\n")
        exchanged, self.markers = exchange_markers(self.text)
        tokens = self.inlines.parser.parse(exchanged, {})
        self._check_depth(tokens)
        children = SyntaxTreeNode(tokens).children
        self.footnotes.collect(children, self)
        return self.blocks(children)

    def _check_depth(self, tokens: Sequence[Token]) -> None:
        """Diagnose blocks so deep that the parser has left out what they hold."""
        deep = next((t for t in tokens if t.nesting == 1 and t.level >= DEEPEST - 1), None)
        if deep is not None:
            self.too_deep(Span(self.file, deep.map[0] + 1 if deep.map else 1, 1))

    def too_deep(self, at: Span) -> None:
        """Diagnose what stands deeper inside something else than is read."""
        self.log.error(
            Code.NESTING_DEEP,
            "lists, quotations, divs or notes stand too deep inside one another",
            at=at,
            hint=f"write it flatter: {DEEPEST // 2} levels, notes in notes {DEEPEST_NOTES} deep",
        )

    def value(self, text: str, at: Span) -> Inlines:
        """Make inlines of a string from front matter or an attribute."""
        return self.inlines.parse(text, origin_of_value(text, at))

    def words(self, div: Div, key: str) -> str:
        """Give an attribute's words, which are no Markdown, with their variables filled in."""
        return self.inlines.filled(div.attributes.get(key), div.place(key))

    def table_data(self, name: str, at: Span) -> DataTable | None:
        """Read a CSV that a div asks for."""
        return read_table(name, self.files, at, self.log)

    # ------------------------------------------------------------ blocks

    def left_out(self, nodes: Sequence[SyntaxTreeNode]) -> None:
        """Look through what another edition shows; it may name variables that only that one has."""
        before = self.inlines, self.level
        self.inlines = replace(self.inlines, elsewhere=self.scope.elsewhere)
        self.blocks(nodes)
        self.inlines, self.level = before

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> tuple[Block, ...]:
        """Make blocks of neighbouring syntax nodes, captions joined to their tables."""
        made: list[Block] = []
        waiting: tuple[str, SyntaxTreeNode] | None = None
        for node in nodes:
            caption = self._caption_text(node)
            if caption is not None:
                if made and isinstance(last := made[-1], Table) and not last.caption.title:
                    made[-1] = captioned(last, caption, self.at(node), self)
                else:
                    waiting = (caption, node)
                continue
            new = self.block(node)
            if waiting and new and isinstance(table := new[0], Table):
                new = (captioned(table, waiting[0], self.at(waiting[1]), self), *new[1:])
            elif waiting:
                made.extend(self._paragraph(waiting[1]))
            waiting = None
            made.extend(new)
        if waiting:
            made.extend(self._paragraph(waiting[1]))
        return tuple(made)

    def block(self, node: SyntaxTreeNode) -> tuple[Block, ...]:
        """Make the block, or blocks, of one syntax node."""
        match node.type:
            case "paragraph":
                return self._paragraph(node)
            case "heading":
                return self._heading(node)
            case "bullet_list":
                return (BulletList(self._items(node), _tight(node), at=self.at(node)),)
            case "ordered_list":
                return (self._ordered(node),)
            case "dl":
                return (self._definitions(node),)
            case "blockquote":
                return (Quotation(self.blocks(node.children), at=self.at(node)),)
            case "fence" | "code_block":
                language = (node.info or "").split()[0:1]
                text = node.content.removesuffix("\n")
                return (CodeBlock(text, language[0] if language else "", at=self.at(node)),)
            case "hr":
                return (Rule(at=self.at(node)),)
            case "pipe_table":
                return (self._table(node),)
            case "div":
                return self._div(node)
            case "stray_fence":
                self._stray_fence(node)
                return ()
            case "note":
                return ()
            case _:
                raise ValueError(f"no block is made of {node.type}")

    def at(self, node: SyntaxTreeNode) -> Span:
        """Give the place where a syntax node begins."""
        if node.map is None:
            return Span(self.file)
        line = node.map[0]
        source = self.lines[line] if line < len(self.lines) else ""
        return Span(self.file, line + 1, len(source) - len(source.lstrip()) + 1)

    def origin(self, node: SyntaxTreeNode) -> Origin:
        """Give the origin of a syntax node's inline text."""
        first = node.map[0] if node.map else 0
        return origin_of_lines(self.file, node.content, self.lines, first)

    def inline(self, node: SyntaxTreeNode) -> Inlines:
        """Make inlines of the inline node below a paragraph."""
        child = node.children[0]
        token = child.token
        return self.inlines.make(token.children or [], self.origin(child)) if token else ()

    def _paragraph(self, node: SyntaxTreeNode) -> tuple[Block, ...]:
        if not node.children:
            return ()
        text = node.children[0].content
        if _PAGE_BREAK.match(text.strip()):
            return (PageBreak(at=self.at(node)),)
        figure = self._figure(node)
        if figure is not None:
            return (figure,)
        content = self.inline(node)
        return (Paragraph(content, at=self.at(node)),) if content else ()

    def _heading(self, node: SyntaxTreeNode) -> tuple[Block, ...]:
        child = node.children[0]
        attributes, text = Attributes(), child.content
        match = _HEADING_BRACES.search(text)
        if match:
            parsed = parse_braces(match[1])
            if not isinstance(parsed, BraceError):
                attributes, text = parsed[0], text[: match.start()]
        content = self.inlines.parse(text, self.origin(child))
        level = int(node.tag[1])
        if not self.inner:
            level = self._checked_level(level, node)
        if attributes.with_class("unlisted"):
            attributes = replace(attributes, classes=(*attributes.classes, "unnumbered"))
        numbered = not attributes.with_class("unnumbered")
        return (Heading(level, content, attributes.label, numbered, at=self.at(node)),)

    def _checked_level(self, level: int, node: SyntaxTreeNode) -> int:
        if level > self.level + 1:
            self.log.error(
                Code.HEADING_SKIPPED,
                f"a heading of level {level} follows one of level {self.level}",
                at=self.at(node),
                hint=f"write {'#' * (self.level + 1)} here, or add the level between",
            )
        self.level = max(level, 1)
        return max(level, 2)

    def _items(self, node: SyntaxTreeNode) -> tuple[ListItem, ...]:
        return tuple(ListItem(self.blocks(i.children), at=self.at(i)) for i in node.children)

    def _ordered(self, node: SyntaxTreeNode) -> OrderedList:
        line = node.map[0] if node.map else -1
        marker = self.markers.get(line)
        if marker is None:  # a list that only CommonMark sees, such as the inner one of "- 1. a"
            delimiter: ListDelimiter = ")" if node.markup == ")" else "."
            marker = ListMarker("decimal", int(node.attrs.get("start", 1)), delimiter)
        return OrderedList(
            self._items(node),
            marker.number,
            marker.style,
            _tight(node),
            marker.delimiter,
            at=self.at(node),
        )

    def _definitions(self, node: SyntaxTreeNode) -> DefinitionList:
        items: list[Definition] = []
        term: Inlines = ()
        at = self.at(node)
        meanings: list[tuple[Block, ...]] = []
        for child in node.children:
            if child.type == "dt":
                if meanings:
                    items.append(Definition(term, tuple(meanings), at=at))
                term, at, meanings = self.inline(child), self.at(child), []
            else:
                meanings.append(self.blocks(child.children))
        items.append(Definition(term, tuple(meanings), at=at))
        return DefinitionList(tuple(items), at=self.at(node))

    # ------------------------------------------------------------ figures and tables

    def _figure(self, node: SyntaxTreeNode) -> Figure | None:
        token = node.children[0].token
        inner = [t for t in (token.children if token else None) or [] if t.type != "softbreak"]
        link = ""
        if len(inner) == 3 and inner[0].type == "link_open" and inner[1].type == "image":
            link = str(inner[0].attrs.get("href", ""))
            if not self.inlines.may_lead(link, self.at(node)):
                link = ""
            inner = [inner[1]]
        if len(inner) != 1 or inner[0].type != "image":
            return None
        origin = self.origin(node.children[0])
        image = self.inlines.make([inner[0]], origin)[0]
        if not isinstance(image, Picture):
            raise TypeError("an image makes a picture")
        attributes: Attributes = inner[0].meta.get("attributes", Attributes())
        self.known_keys(attributes, _FIGURE_KEYS, "an image", image.at)
        inside = origin.inner(inner[0].meta.get("pos", 0) + 2)
        title = self.inlines.make(inner[0].children or [], inside)
        caption = self.caption(attributes, FloatKind.FIGURE, title, image.at)
        caption = replace(caption, alt=image.alt)
        return Figure(image, caption, link, in_deck=in_deck(attributes), at=self.at(node))

    def caption(self, attributes: Attributes, kind: FloatKind, title: Inlines, at: Span) -> Caption:
        """Make a caption of a title and the attributes subtitle, source, alt and the label."""
        label = attributes.label
        if label.startswith("fig-"):
            kind = FloatKind.FIGURE
        elif label.startswith("tbl-"):
            kind = FloatKind.TABLE
        return Caption(
            kind,
            title,
            self.value(attributes.get("subtitle"), at),
            self.value(attributes.get("source"), at),
            label,
            alt=self.inlines.filled(attributes.get("fig-alt") or attributes.get("alt"), at),
        )

    def _table(self, node: SyntaxTreeNode) -> Table:
        token = node.token
        raw: RawTable = token.meta["table"] if token else RawTable.__new__(RawTable)

        def read(cell: RawCell, line: int) -> Inlines:
            origin = Origin(self.file, cell.text, ((line, cell.column),))
            return self.inlines.parse(cell.text, origin)

        return make_table(raw, self.file, read, self.log, self.at(node))

    def _caption_text(self, node: SyntaxTreeNode) -> str | None:
        if node.type != "paragraph" or not node.children:
            return None
        match = _CAPTION.match(node.children[0].content)
        return node.children[0].content[match.end() :] if match else None

    # ------------------------------------------------------------ divs

    def _div(self, node: SyntaxTreeNode) -> tuple[Block, ...]:
        opening = node.nester_tokens.opening.meta["opening"] if node.nester_tokens else None
        if opening is None:
            raise ValueError("a div has an opening")
        at = replace(self.at(node), column=opening.column)
        brace = replace(at, column=opening.brace_column or opening.column)
        if not opening.closed:
            self.log.error(
                Code.DIV_UNCLOSED,
                "the div that opens here is never closed",
                at=at,
                hint="end it by a line of three colons",
            )
        if opening.fault is not None:
            self.brace_fault(opening.fault, brace)
            return self.blocks(node.children)
        attributes: Attributes = opening.attributes
        name = next((c for c in attributes.classes if c in self.directives), "")
        unknown = [c for c in attributes.classes if c not in self.directives and c not in PLAIN]
        if unknown and not name:
            self.log.error(
                Code.DIV_UNKNOWN,
                f"no div has the class {unknown[0]!r}",
                at=at,
                hint=did_you_mean(
                    unknown[0],
                    [*self.directives, *PLAIN],
                    otherwise=f"the dialect has {', '.join(sorted(filter(None, self.directives)))}",
                ),
            )
        div = Div(name, attributes, tuple(node.children), at, brace)
        return self.directives[name](div, self)

    def _stray_fence(self, node: SyntaxTreeNode) -> None:
        token = node.token
        column = token.meta["column"] if token else 1
        self.log.error(
            Code.DIV_STRAY_FENCE,
            "these colons close no div",
            at=replace(self.at(node), column=column),
            hint="delete the line, or open a div above by ::: {.class}",
        )

    def brace_fault(self, fault: BraceError, brace: Span) -> None:
        """Diagnose braces that cannot be read."""
        at = replace(brace, column=brace.column + fault.offset)
        if fault.unclosed_quote:
            self.log.error(
                Code.QUOTE_UNCLOSED,
                "the quotation mark that opens here is never closed",
                at=at,
                hint="close it before the brace",
            )
        else:
            self.log.error(
                Code.ATTRIBUTE_INVALID,
                "the braces cannot be read from here on",
                at=at,
                hint='write {#id .class key="value"}',
            )

    def known_keys(self, attributes: Attributes, known: Sequence[str], what: str, at: Span) -> None:
        """Diagnose attributes that nothing reads, and variables in those that are no words."""
        for key, value in attributes.values.items():
            if OPENING in value and key in known and key not in ATTRIBUTES:
                self.log.error(
                    Code.SHORTCODE_UNKNOWN,
                    f"no shortcode can stand in the attribute {key!r}",
                    at=at,
                    hint="write the value itself",
                )
            if key not in known:
                self.log.error(
                    Code.ATTRIBUTE_UNKNOWN,
                    f"{what} has no attribute {key!r}",
                    at=at,
                    hint=did_you_mean(key, known, otherwise=f"it takes {', '.join(known)}"),
                )

    # ------------------------------------------------------------ images and footnotes

    def _picture(self, path: str, alt: str, at: Span) -> Picture:
        return self.files.picture(path, alt, at, self.log)

    def _note(self, label: str, at: Span) -> tuple[Block, ...] | None:
        return self.footnotes.called(label, at, self)


DEEPEST = 40
"""Blocks inside one another; a list and its item count as two."""

PLAIN = frozenset({"unnumbered", "unlisted", "wide", "column-page", "small", "refs"})
"""Classes that change nothing by themselves and are passed on."""


def make_parser() -> MarkdownIt:
    """Make the dialect's parser: CommonMark without HTML, and what we add."""
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST})
    parser.enable("strikethrough")
    parser.use(deflist_plugin)
    add_block_rules(parser)
    add_inline_rules(parser)
    return parser


def _tight(node: SyntaxTreeNode) -> bool:
    paragraphs = [
        child for item in node.children for child in item.children if child.type == "paragraph"
    ]
    tokens: list[Token] = [p.nester_tokens.opening for p in paragraphs if p.nester_tokens]
    return all(token.hidden for token in tokens)
