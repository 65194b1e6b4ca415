"""The closed tree of a briefing: nothing in it belongs to one output format.

Nodes compare by meaning: where they stand (`at`) and what identifies them (`id`) do not count.
Writers `match` over `Block` and `Inline` and end with `assert_never`, so that mypy names every
writer that a new node leaves unfinished.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import PurePosixPath
from typing import Literal

from builder.diagnostics import NOWHERE, Span

FormatName = Literal["pdf", "docx", "pptx"]
Alignment = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What every node has: the place in the author's file where it begins."""

    at: Span = field(default=NOWHERE, compare=False, repr=False)


# ---------------------------------------------------------------- inlines


@dataclass(frozen=True, slots=True)
class Text(Node):
    """Characters, white space collapsed; never empty."""

    value: str


@dataclass(frozen=True, slots=True)
class LineBreak(Node):
    """A hard line break."""


@dataclass(frozen=True, slots=True)
class Emphasis(Node):
    """Stressed text (italic)."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strong(Node):
    """Important text (bold or semibold)."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strikeout(Node):
    """Deleted text."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Script(Node):
    """Superscript or subscript."""

    kind: Literal["super", "sub"]
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Code(Node):
    """Inline code."""

    value: str


@dataclass(frozen=True, slots=True)
class Link(Node):
    """A link to an address (http, https, mailto) or, with a leading "#", to a label."""

    target: str
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Picture(Node):
    """An image in running text."""

    path: PurePosixPath  # relative to the project's folder
    alt: str
    width: str = ""  # "60%" of the measure or a length; empty: natural size
    content_type: str = ""  # "image/png", set when the file was checked
    size: tuple[int, int] = (0, 0)  # pixels, width and height


@dataclass(frozen=True, slots=True)
class Words(Node):
    """A span: words in another language, or of a class of their own."""

    content: tuple[Inline, ...]
    lang: str = ""  # BCP 47; empty: as around it
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note(Node):
    """A footnote, at the place of its call. Its number is counted by each writer."""

    blocks: tuple[Block, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """One work cited, with where in it."""

    key: str
    prefix: str = ""
    locator: str = ""  # as typed: "p. 3", "ch. 2", "Chapter IV"
    suffix: str = ""
    suppress_author: bool = False


@dataclass(frozen=True, slots=True)
class Cite(Node):
    """A citation. `shown` is filled in by the citations pass: a Note or inlines."""

    citations: tuple[Citation, ...]
    in_text: bool = False  # @key in the sentence, against [@key]
    shown: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class CrossReference(Node):
    """A reference to a labelled figure, table or section. `shown` is filled in by a pass."""

    label: str
    shown: str = ""  # "Figure 3", "Section 2"


Inline = (
    Text
    | LineBreak
    | Emphasis
    | Strong
    | Strikeout
    | Script
    | Code
    | Link
    | Picture
    | Words
    | Note
    | Cite
    | CrossReference
)
Inlines = tuple[Inline, ...]


# ---------------------------------------------------------------- blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockNode(Node):
    """What every block has besides: a stable id, unique in the document."""

    id: str = field(default="", compare=False, repr=False)


class FloatKind(Enum):
    """The two counted series of captioned blocks."""

    FIGURE = "figure"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands around a figure or table.

    The title is the finding; the subtitle says what is measured, its unit and period; the source
    comes below. All three may be empty; a caption without a title is not counted.
    """

    kind: FloatKind
    title: Inlines = ()
    subtitle: Inlines = ()
    source: Inlines = ()
    label: str = ""  # "fig-exports"; empty: nothing refers to it
    number: int = 0  # set by the numbering pass; 0: not counted
    alt: str = ""  # alt text of the drawing; the passes see to it that it is never empty


@dataclass(frozen=True, slots=True)
class Paragraph(BlockNode):
    """Running text."""

    content: Inlines


@dataclass(frozen=True, slots=True)
class Heading(BlockNode):
    """A heading inside a section: level 2 to 6 (the section's title is level 1)."""

    level: int
    content: Inlines
    label: str = ""
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class ListItem(BlockNode):
    """One item of a list."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class BulletList(BlockNode):
    """An unordered list."""

    items: tuple[ListItem, ...]
    tight: bool = True


ListStyle = Literal["decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman"]
ListDelimiter = Literal[".", ")", "()"]


@dataclass(frozen=True, slots=True)
class OrderedList(BlockNode):
    """A numbered or lettered list."""

    items: tuple[ListItem, ...]
    start: int = 1
    style: ListStyle = "decimal"
    tight: bool = True
    delimiter: ListDelimiter = "."  # what stands behind the number, or around it


@dataclass(frozen=True, slots=True)
class Definition(BlockNode):
    """A term and what is said of it."""

    term: Inlines
    meanings: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class DefinitionList(BlockNode):
    """Terms with their definitions."""

    items: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Quotation(BlockNode):
    """A block quotation."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class CodeBlock(BlockNode):
    """Preformatted text, line breaks kept."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Rule(BlockNode):
    """A thematic break."""


@dataclass(frozen=True, slots=True)
class PageBreak(BlockNode):
    """The author's page break; the deck has none."""


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column."""

    align: Alignment = "left"
    share: float = 0.0  # of the table's width, 0 to 1; 0: by content
    numeric: bool = False  # every body cell is a number or a missing value


@dataclass(frozen=True, slots=True)
class Cell(Node):
    """A table's cell."""

    content: Inlines


class RowKind(Enum):
    """What a row is for."""

    BODY = "body"
    GROUP = "group"  # one cell across the table, heading the rows below
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Row(Node):
    """A table's row; a GROUP row has exactly one cell, the others one for each column."""

    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.BODY


MANY_COLUMNS = 5
"""Columns that ask for the full block of the page."""


@dataclass(frozen=True, slots=True)
class Table(BlockNode):
    """A table. `wide`: over the full block of the page rather than the main column.

    `row_heads`: the first cell of a row is its head, as the head row holds those of columns.
    """

    columns: tuple[Column, ...]
    head: tuple[Cell, ...]  # empty: no head row
    rows: tuple[Row, ...]
    caption: Caption = Caption(FloatKind.TABLE)
    wide: bool = False
    row_heads: bool = True
    in_deck: bool = True

    @property
    def spans_block(self) -> bool:
        """Whether it takes the full block: its author says so, or it has many columns."""
        return self.wide or len(self.columns) >= MANY_COLUMNS


@dataclass(frozen=True, slots=True)
class Figure(BlockNode):
    """An image with its caption."""

    image: Picture
    caption: Caption = Caption(FloatKind.FIGURE)
    link: str = ""  # the address that a click on the image opens
    in_deck: bool = True


ChartType = Literal["column", "bar", "stacked", "line", "pie", "share", "scatter"]


@dataclass(frozen=True, slots=True)
class Series:
    """One series: a name and a value (None: missing) for each category."""

    name: str
    values: tuple[float | None, ...]
    xs: tuple[float, ...] = ()  # scatter only: the horizontal values, days of `toordinal` for dates


@dataclass(frozen=True, slots=True)
class Datum:
    """One value of a chart; both names are known to the chart."""

    category: str
    series: str


@dataclass(frozen=True, slots=True)
class Annotation(Node):
    """What is said of a chart's data: an arrow from one datum to another, or words at one.

    The reader sees to it that the values are there.
    """

    target: Datum
    text: Inlines
    source: Datum | None = None  # None: words at the target, without an arrow


@dataclass(frozen=True, slots=True)
class Chart(BlockNode):
    """A chart: data, not a drawing. Each writer draws it natively.

    A "share" is one bar divided into its parts: a pie that can be compared. Like a pie it shows
    the first series alone.
    """

    type: ChartType
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    highlight: str = ""  # the one category (or series) that the title speaks of
    unit: str = ""  # "USD million"
    decimals: int | None = None  # digits after the point in labels; None: as in the data
    x_title: str = ""
    y_title: str = ""
    data_path: PurePosixPath = PurePosixPath()
    caption: Caption = Caption(FloatKind.FIGURE)
    in_deck: bool = True
    annotations: tuple[Annotation, ...] = ()
    log: bool = False  # the values stand on a logarithmic axis; lines and scatter plots only
    dates: bool = False  # the categories are ISO dates in order of time, on a true axis of time
    minimum: float | None = None  # where the value axis begins; lines and scatter plots only

    def value(self, datum: Datum) -> float | None:
        """Give the value of a datum; None where it is missing."""
        series = next((s for s in self.series if s.name == datum.series), None)
        if series is None or datum.category not in self.categories:
            return None
        return series.values[self.categories.index(datum.category)]

    def parts_as_series(self) -> Chart:
        """Give a "share" as one stacked bar: each category a series of one value."""
        values = self.series[0].values if self.series else ()
        parts = zip(self.categories, values, strict=True)
        return replace(
            self,
            categories=(self.series[0].name if self.series else "",),
            series=tuple(Series(name, (value,)) for name, value in parts),
        )


@dataclass(frozen=True, slots=True)
class KeyNumber(Node):
    """A big number, what it counts and a remark."""

    value: str  # "28", "1 : 0", "30 %", "$250m"
    label: Inlines
    remark: Inlines = ()
    highlight: bool = False


@dataclass(frozen=True, slots=True)
class KeyNumbers(BlockNode):
    """Key numbers side by side."""

    items: tuple[KeyNumber, ...]
    caption: Caption = Caption(FloatKind.FIGURE)
    in_deck: bool = True


@dataclass(frozen=True, slots=True)
class Event(Node):
    """One event of a timeline."""

    date: str  # as shown: "25 December 1991", "21–24 April 2013", "1993"
    lane: Literal["left", "right", "step"]  # a step is institutional: square mark, right lane
    head: Inlines
    detail: Inlines = ()
    in_deck: bool = True

    @property
    def year(self) -> str:
        """The year in the date, its last run of four digits; else the whole date."""
        runs = [word for word in self.date.replace("–", " ").split() if word.isdigit()]
        return next((word for word in reversed(runs) if len(word) == 4), self.date)

    @property
    def day(self) -> str:
        """The date without its year: "25 December"; empty where the date is a year alone."""
        return self.date.removesuffix(self.year).strip(" ,")


@dataclass(frozen=True, slots=True)
class Timeline(BlockNode):
    """Events in two lanes on one axis, in the author's order."""

    events: tuple[Event, ...]
    left: str = ""  # the lanes' names
    right: str = ""
    step: str = ""
    caption: Caption = Caption(FloatKind.FIGURE)
    in_deck: bool = True


CalloutKind = Literal["note", "tip", "warning", "caution", "important"]


@dataclass(frozen=True, slots=True)
class Callout(BlockNode):
    """A boxed remark in the main column. An empty title: the kind's own word."""

    kind: CalloutKind
    title: Inlines
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class KeyPoints(BlockNode):
    """A box in the side column. An empty title: the word list's "Key points"."""

    title: Inlines
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class PullQuote(BlockNode):
    """A quotation set large, with who said it."""

    content: Inlines
    speaker: str = ""
    role: str = ""
    context: Inlines = ()
    in_deck: bool = True


@dataclass(frozen=True, slots=True)
class Side(BlockNode):
    """One side of a comparison."""

    title: Inlines
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Comparison(BlockNode):
    """Two (or three) sides next to each other."""

    sides: tuple[Side, ...]
    caption: Caption = Caption(FloatKind.TABLE)
    in_deck: bool = True


@dataclass(frozen=True, slots=True)
class Actor(Node):
    """A box of a diagram."""

    name: str


@dataclass(frozen=True, slots=True)
class Arrow(Node):
    """What goes from one actor to another."""

    source: str
    target: str
    label: Inlines
    kind: Literal["arrow", "both", "line"] = "arrow"  # "->", "<->", "--" (dashed, no head)


@dataclass(frozen=True, slots=True)
class Diagram(BlockNode):
    """Two to four actors and the arrows between them.

    The first actor stands left, the second right, the third above, the fourth below.
    """

    actors: tuple[Actor, ...]
    arrows: tuple[Arrow, ...]
    caption: Caption = Caption(FloatKind.FIGURE)
    in_deck: bool = True


@dataclass(frozen=True, slots=True)
class SpeakerNotes(BlockNode):
    """What the presenter reads; shown nowhere but in the deck's notes."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Slide(BlockNode):
    """A slide of the author's own, shown in the deck alone."""

    title: Inlines
    blocks: tuple[Block, ...]
    layout: str = ""  # a name of layouts.yml; empty: chosen by content
    show: str = ""  # the label of a figure or table of the document to put on it


@dataclass(frozen=True, slots=True)
class ColumnPart(BlockNode):
    """One of several columns side by side."""

    blocks: tuple[Block, ...]
    share: float = 0.0  # of the width, 0 to 1; 0: an equal part


@dataclass(frozen=True, slots=True)
class Columns(BlockNode):
    """Columns side by side."""

    columns: tuple[ColumnPart, ...]


@dataclass(frozen=True, slots=True)
class Conditional(BlockNode):
    """Content shown or hidden in certain formats. `for_format` resolves it before a writer."""

    visible: bool  # True: .content-visible, False: .content-hidden
    formats: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Group(BlockNode):
    """A div that only carries a label, a language or classes."""

    blocks: tuple[Block, ...]
    label: str = ""
    lang: str = ""
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference(Node):
    """One entry of the list of references, in the citation style's form."""

    key: str
    content: Inlines


@dataclass(frozen=True, slots=True)
class References(BlockNode):
    """The list of works cited; filled in by the citations pass."""

    entries: tuple[Reference, ...] = ()


Block = (
    Paragraph
    | Heading
    | BulletList
    | OrderedList
    | DefinitionList
    | Quotation
    | CodeBlock
    | Rule
    | PageBreak
    | Table
    | Figure
    | Chart
    | KeyNumbers
    | Timeline
    | Callout
    | KeyPoints
    | PullQuote
    | Comparison
    | Diagram
    | SpeakerNotes
    | Slide
    | Columns
    | Conditional
    | Group
    | References
)
Blocks = tuple[Block, ...]
Captioned = Table | Figure | Chart | KeyNumbers | Timeline | Comparison | Diagram


# ---------------------------------------------------------------- sections and document


class SectionRole(Enum):
    """What a section is for; decides where it stands and how it opens."""

    SECTION = "section"  # counted, opens with number and title
    GLANCE = "glance"  # "At a glance": standfirst, key numbers, findings; not counted
    ABOUT = "about"  # the imprint page behind the cover; not counted
    APPENDIX = "appendix"  # behind the sections: data notes, references; not counted


@dataclass(frozen=True, slots=True)
class SectionDeck:
    """What a section's front matter says about the deck (`deck:`)."""

    include: bool = True
    divider: bool | None = None  # None: as briefing.yml says
    layout: str = ""  # of the section's own slide; empty: chosen by content
    only: tuple[str, ...] = ()  # labels and kinds; empty: everything
    exclude: tuple[str, ...] = ()
    order: tuple[str, ...] = ()  # what comes first
    maximum: int = 0  # slides of the section; 0: as many as it takes
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Section(BlockNode):
    """One section file. Its title is the heading of level 1."""

    title: Inlines
    blocks: tuple[Block, ...]
    role: SectionRole = SectionRole.SECTION
    number: int = 0  # set by the numbering pass; 0: not counted
    unnumbered: bool = False
    label: str = ""
    short_title: str = ""  # running header, agenda; empty: the title
    takeaway: Inlines = ()  # the assertion that the section's slide makes
    standfirst: Inlines = ()  # the large text below the title; empty: the takeaway
    key_points: tuple[Inlines, ...] = ()
    key_points_title: str = ""
    deck: SectionDeck = SectionDeck()


Person = str


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom the reader may write to."""

    name: str = ""
    email: str = ""
    url: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeckOptions:
    """What briefing.yml says about the deck (`deck:`)."""

    agenda: bool = True
    dividers: Literal["all", "none"] = "none"
    closing: Inlines = ()  # the closing slide's sentence; empty: the subtitle
    size: Literal["16:9", "4:3"] = "16:9"
    date: Literal["briefing", "today", "none"] = "briefing"  # what stands beside the footer
    only: tuple[str, ...] = ()  # labels and kinds; empty: everything
    exclude: tuple[str, ...] = ()
    order: tuple[str, ...] = ()  # labels of sections that come first
    maximum: int = 0  # slides of the deck; 0: as many as it takes
    at: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What briefing.yml says of the briefing as a whole."""

    name: str  # the project's folder name; names the outputs
    title: str
    subtitle: str = ""
    series: str = ""
    number: str = ""
    eyebrow: str = ""  # above the title on the cover
    byline: str = ""  # below the subtitle on the cover
    authors: tuple[Person, ...] = ()
    date: str = ""  # ISO 8601: "2014-10-01", "2014-10"
    language: str = "en"  # BCP 47
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    publisher: str = ""
    rights: str = ""
    closing: str = ""  # the sentence on the back cover
    contact: Contact = Contact()
    paper: Literal["a4", "letter"] = "a4"
    theme: str = "strand"
    csl: str = "chicago-notes"
    cover_data: str = ""  # label of the chart that draws the cover's motif; empty: the first
    deck: DeckOptions = DeckOptions()
    address: str = ""  # where the edition for the web can be read
    picture: str = ""  # the address of a picture to be shown where it is shared


@dataclass(frozen=True, slots=True)
class Document:
    """A whole briefing: what the readers give and the passes improve."""

    meta: Metadata
    sections: tuple[Section, ...]
    root: str = ""  # the project's folder, against which Picture.path is resolved
    words: Mapping[str, str] = field(default_factory=dict)  # "figure": "Figure", by language
    variables: Mapping[str, str] = field(default_factory=dict)  # for {{< var a.b >}}
