"""The resolved theme: every value concrete, every text style named by its role.

Writers read nothing else about looks. Colours and fonts are named by slots as well, so that Word
and PowerPoint can refer to their theme part instead of fixed values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from builder.units import Length

Slot = Literal[
    "dk1",
    "lt1",
    "dk2",
    "lt2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
    "hlink",
    "folHlink",
]
SLOTS: tuple[Slot, ...] = (
    "dk1",
    "lt1",
    "dk2",
    "lt2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
    "hlink",
    "folHlink",
)


@dataclass(frozen=True, slots=True)
class Colour:
    """A palette colour.

    `slot` is the DrawingML theme slot that has this value, or None; `near` is the slot from which
    `lum_mod` and `lum_off` (thousandths of a per cent, as in `a:lumMod`) make the nearest match,
    always given, so that a picker recolours it too.
    """

    name: str
    hex: str  # six digits, upper case, no "#"
    slot: Slot | None
    near: Slot
    lum_mod: int = 100000
    lum_off: int = 0
    faithful: bool = True  # whether `near` with lum_mod and lum_off looks the same as `hex`

    @property
    def css(self) -> str:
        """The colour as CSS writes it."""
        return f"#{self.hex}"


@dataclass(frozen=True, slots=True)
class Face:
    """One font file."""

    path: Path
    office_family: str  # name ID 1: "Source Serif Pro Semibold" is a family of its own in Office
    office_bold: bool  # whether Office reaches this face by its bold switch
    weight: int  # 100 to 900
    italic: bool
    index: int = 0  # inside a collection


@dataclass(frozen=True, slots=True)
class FontFamily:
    """A typeface with its files."""

    name: str  # typographic family: "Source Serif Pro"
    generic: Literal["serif", "sans-serif", "monospace"]
    faces: tuple[Face, ...]
    substitutes: tuple[str, ...] = ()  # of like width, for readers without the fonts: "Georgia"
    embeddable: bool = True  # the licence bits (fsType) allow embedding

    def face(self, weight: int = 400, *, italic: bool = False) -> Face:
        """Give the face nearest in weight; slope comes first. Faces are never empty."""
        return min(self.faces, key=lambda f: (f.italic != italic, abs(f.weight - weight), f.weight))


FontRole = Literal["serif", "sans", "mono"]


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How one role of text looks, on paper and on screen."""

    role: str  # "body", "h2", "fig_title"
    font: FontRole
    family: FontFamily
    weight: int
    italic: bool
    size: Length
    leading: Length
    colour: Colour
    before: Length = Length(0)
    after: Length = Length(0)
    tracking: float = 0.0  # em
    caps: bool = False
    minimum: Length = Length(0)  # smallest size that fitting may choose; 0: `size`

    @property
    def face(self) -> Face:
        """The font file that sets this style."""
        return self.family.face(self.weight, italic=self.italic)


@dataclass(frozen=True, slots=True)
class Page:
    """A paper size with its margins."""

    width: Length
    height: Length
    top: Length
    bottom: Length
    left: Length
    right: Length
    header: Length = Length(468000)  # from the page's top to the running header's baseline
    footer: Length = Length(468000)  # from the page's foot to the folio's baseline

    @property
    def block(self) -> Length:
        """The width between the margins."""
        return Length(self.width - self.left - self.right)


@dataclass(frozen=True, slots=True)
class Grid:
    """The page's columns: side + gutter + main = the full block."""

    side: Length
    gutter: Length
    main: Length
    full: Length

    @property
    def indent(self) -> Length:
        """Where the main column begins, from the left margin."""
        return Length(self.side + self.gutter)


@dataclass(frozen=True, slots=True)
class Tab:
    """The house mark: a short bar hanging on a strong rule."""

    width: Length
    height: Length
    colour: Colour


@dataclass(frozen=True, slots=True)
class TableLook:
    """The rules and paddings of tables; their text styles are `table_head` and `table_body`."""

    head_rule: Length = Length(9525)  # below the head
    row_rule: Length = Length(6350)  # below each row
    pad_vertical: Length = Length(47625)
    pad_horizontal: Length = Length(76200)
    group_pad: Length = Length(114300)  # above a group's row
    missing: str = "n/s"  # stands for a value that is not known


@dataclass(frozen=True, slots=True)
class ChartLook:
    """Colours and proportions of charts; the same for SVG and native charts."""

    series: tuple[Colour, ...]
    single: Colour  # a lone series
    highlight: Colour  # the one datum that the title speaks of
    context: Colour  # the data beside a highlighted one, in several series
    axis: Colour
    grid: Colour
    gap_print: int  # gap between columns, per cent of a column
    gap_deck: int


@dataclass(frozen=True, slots=True)
class Motif:
    """The cover's bars."""

    fills: tuple[Colour, ...]  # by rank, low to high
    peak: Colour
    gap: Length
    max_height: float  # of the page, 0 to 1


@dataclass(frozen=True, slots=True)
class Theme:
    """A house style, ready for every writer."""

    name: str
    folder: Path  # templates/<theme>: the Jinja2 templates and layouts.yml stand here
    palette: Mapping[str, Colour]  # by name; the names of DESIGN are always there (see ROLES)
    styles: Mapping[str, TextStyle]  # by role
    serif: FontFamily
    sans: FontFamily
    mono: FontFamily
    fallbacks: tuple[FontFamily, ...]  # asked in this order for characters that a face lacks
    pages: Mapping[str, Page]  # "a4", "letter"
    grid: Grid
    hair: Length  # the hair rule's width
    strong: Length  # the strong rule's width
    tab: Tab
    box_padding: Length
    box_bar: Length  # height of the bar that tops a box
    chart: ChartLook
    motif: Motif
    slots: Mapping[Slot, Colour]  # the twelve theme colours
    hyphenate: bool = False
    logo: Path | None = None
    words: Mapping[str, Mapping[str, str]] | None = None  # language → word → text; overrides
    version: str = ""
    search: tuple[Path, ...] = ()  # where templates are looked for: `folder`, then the shipped one
    contrast: tuple[tuple[str, str], ...] = ()  # text on ground: pairs that must be legible
    table: TableLook = field(default_factory=TableLook)
    print_profile: Path | None = None  # the press's CMYK profile, for PDF/X-4
    facing: bool = False  # left and right pages differ: odd and even headers
    shown: str = ""  # `folder` as findings name it
    dark: Mapping[str, Colour] = field(default_factory=dict)  # roles on dark screens, if it says so

    @property
    def families(self) -> tuple[FontFamily, ...]:
        """Every typeface that some style is set in, each once; fallbacks are not among them."""
        used = [self.serif, self.sans, self.mono, *(s.family for s in self.styles.values())]
        return tuple(dict.fromkeys(used))

    def colour(self, name: str) -> Colour:
        """Give a palette colour. Raises KeyError for a name that was not checked at the door."""
        return self.palette[name]


ROLES: tuple[str, ...] = (
    "ink",
    "paper",
    "sand",
    "mist",
    "accent",
    "accent_deep",
    "accent_2",
    "muted",
    "rule",
    "positive",
    "negative",
    "on_dark",
    "on_dark_2",
    "on_dark_hi",
    "band_1",
    "band_2",
    "band_3",
    "band_hi",
)
"""The colours that templates and writers may name; a bare brand file gets them derived."""

STYLES: tuple[str, ...] = (
    "cover_title",
    "cover_sub",
    "cover_by",
    "cover_eyebrow",
    "opener_num",
    "h1",
    "h1_inline",
    "standfirst",
    "h2",
    "h3",
    "h4",
    "body",
    "list",
    "quote",
    "pull_quote",
    "box_head",
    "box_text",
    "eyebrow",
    "fig_title",
    "fig_sub",
    "source",
    "table_head",
    "table_body",
    "footnote",
    "running",
    "folio",
    "big_number",
    "number_label",
    "number_remark",
    "toc_1",
    "toc_2",
    "bibliography",
    "code",
    "term",
    "chart_label",
    "chart_axis",
)
"""The text styles that every theme has; what its file leaves out is derived."""
