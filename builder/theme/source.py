"""`_brand.yml` as its author writes it: the brand.yml standard, and what we add to it.

The standard's levels (meta, logo, color, typography) are closed where the standard closes them;
`defaults` is free, but for `defaults.briefing`, which is ours: see docs/theme.md.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from builder.theme.model import STYLES, Slot
from builder.theme.values import (
    ColourName,
    Extent,
    FamilyName,
    Measure,
    Share,
    Text,
    Tracking,
    Variants,
    Weight,
    as_family,
    as_light,
    as_list,
    as_medium,
    as_path,
    named,
)
from builder.units import Length

Voice = Literal["text", "titles", "labels", "code"]
Generic = Literal["serif", "sans-serif", "monospace"]


def _styles(value: dict[str, TypeStyle]) -> dict[str, TypeStyle]:
    for role in value:
        if role not in STYLES:
            raise ValueError(f"no text style is called {role!r}; there are {', '.join(STYLES)}")
    return value


class Closed(BaseModel):
    """A level whose keys are all known."""

    model_config = ConfigDict(
        extra="forbid",
        populate_by_name=True,
        arbitrary_types_allowed=True,
        str_strip_whitespace=True,
        alias_generator=lambda name: name.replace("_", "-"),
    )


class Meta(Closed):
    """`meta`: who the brand is. The standard leaves this level open."""

    model_config = ConfigDict(extra="allow")
    name: str | dict[str, Text] = Field(default="", description="The brand's name")
    link: object = None


class LogoFile(Closed):
    """A logo's file."""

    path: str = Field(description="The file, relative to _brand.yml")
    alt: str = Field(default="", description="What it shows")


LogoResource = Annotated[
    LogoFile,
    BeforeValidator(as_path),
    BeforeValidator(as_light, json_schema_input_type=LogoFile | str | Variants),
]


class Logo(Closed):
    """`logo`."""

    images: dict[str, LogoResource] = Field(default_factory=dict, description="Logos by name")
    small: LogoResource | None = None
    medium: LogoResource | None = None
    large: LogoResource | None = None


class Color(Closed):
    """`color`: named colours, and what the standard's names stand for."""

    palette: Annotated[dict[str, ColourName], AfterValidator(named)] = Field(
        default_factory=dict, description="Colours by name"
    )
    foreground: ColourName = Field(default="", description="Text")
    background: ColourName = Field(default="", description="The page")
    primary: ColourName = Field(default="", description="The brand's main colour")
    secondary: ColourName = Field(default="", description="Its second colour")
    tertiary: ColourName = ""
    success: ColourName = ""
    info: ColourName = ""
    warning: ColourName = ""
    danger: ColourName = ""
    light: ColourName = ""
    dark: ColourName = ""
    link: ColourName = ""


class FontFile(Closed):
    """One of a font's files."""

    path: str = Field(description="The file, relative to _brand.yml")
    weight: object = None
    style: object = None


class Font(Closed):
    """An entry of `typography.fonts`."""

    family: FamilyName = Field(description="The typeface's name")
    source: Literal["google", "bunny", "file", "system"] = Field(
        default="google", description="Where from"
    )
    weight: object = None
    style: object = None
    display: str = ""
    files: list[
        Annotated[FontFile, BeforeValidator(as_path, json_schema_input_type=FontFile | str)]
    ] = Field(default_factory=list)


class TextOptions(Closed):
    """`base`, `headings` or `monospace…` of typography; a lone string is the family."""

    family: FamilyName | None = Field(default=None, description="The typeface's name")
    size: Text | None = None
    weight: Weight | None = None
    style: Literal["normal", "italic", "oblique"] | None = None
    color: ColourName = ""
    background_color: ColourName = ""
    line_height: Text | None = None


class LinkOptions(Closed):
    """`typography.link`."""

    weight: Weight | None = None
    color: ColourName = ""
    background_color: ColourName = ""
    decoration: str = ""


Options = Annotated[
    TextOptions, BeforeValidator(as_family, json_schema_input_type=TextOptions | str)
]


class Typography(Closed):
    """`typography`."""

    fonts: list[Annotated[Font, BeforeValidator(as_family, json_schema_input_type=Font | str)]] = (
        Field(default_factory=list)
    )
    base: Options | None = None
    headings: Options | None = None
    monospace: Options | None = None
    monospace_inline: Options | None = None
    monospace_block: Options | None = None
    link: LinkOptions | None = None


class FontSource(Closed):
    """An entry of `defaults.briefing.fonts`: where a typeface comes from."""

    family: FamilyName = Field(description="The typeface's name")
    package: str = Field(default="", description="The Python package that carries its files")
    generic: Generic | None = Field(default=None, description="serif, sans-serif or monospace")
    substitutes: Annotated[
        list[FamilyName], BeforeValidator(as_list, json_schema_input_type=list[str] | str)
    ] = Field(
        default_factory=list, description="Typefaces of like width for readers without this one"
    )


class TypeStyle(Closed):
    """A text style, as far as it differs from the shipped theme's."""

    font: Voice | None = Field(default=None, description="text, titles, labels or code")
    weight: Weight | None = None
    italic: bool | None = None
    size: Extent | None = None
    leading: Measure | None = None
    color: ColourName = ""
    before: Measure | None = None
    after: Measure | None = None
    tracking: Tracking | None = Field(default=None, description="In em")
    caps: bool | None = None
    minimum: Measure | None = Field(
        default=None, description="The smallest size that fitting may choose"
    )


class PageSize(Closed):
    """A paper size with its margins."""

    width: Extent
    height: Extent
    top: Measure
    bottom: Measure
    left: Measure
    right: Measure
    header: Measure = Length.from_mm(13)
    footer: Measure = Length.from_mm(13)


class Columns(Closed):
    """The page's columns."""

    side: Measure
    gutter: Measure
    main: Extent


class HouseTab(Closed):
    """The bar that hangs on a strong rule."""

    width: Measure
    height: Measure
    color: ColourName


class Rules(Closed):
    """The rules' widths."""

    hair: Measure
    strong: Measure


class TableRules(Closed):
    """The tables' rules and paddings."""

    head_rule: Measure
    row_rule: Measure
    pad_vertical: Measure
    pad_horizontal: Measure
    group_pad: Measure
    missing: str


class Box(Closed):
    """The side box."""

    padding: Measure
    bar: Measure = Field(description="The height of the bar on top")


class Chart(Closed):
    """The charts' colours and proportions."""

    series: list[ColourName] | None = Field(
        default=None, description="In the order of use; six is enough"
    )
    single: ColourName = ""
    highlight: ColourName = ""
    context: ColourName = ""
    axis: ColourName = ""
    grid: ColourName = ""
    gap_print: int | None = Field(default=None, ge=0, le=500)
    gap_deck: int | None = Field(default=None, ge=0, le=500)


class CoverMotif(Closed):
    """The cover's bars."""

    fills: list[ColourName] = Field(min_length=1)
    peak: ColourName
    gap: Measure
    max_height: Share


class Press(Closed):
    """What the printing house asks for."""

    icc: Text = Field(description="The press's CMYK profile, a file in the theme's folder")


class Briefing(Closed):
    """`defaults.briefing`: what print and slides need beyond the standard; all of it optional."""

    version: Text | None = None
    colors: dict[str, ColourName] | None = Field(default=None, description="Colours by their role")
    dark: dict[str, ColourName] | None = Field(
        default=None, description="Colours of roles on dark screens, where they are not derived"
    )
    slots: dict[Slot, ColourName] | None = Field(
        default=None, description="Office's twelve colours"
    )
    contrast: list[tuple[Text, Text]] | None = Field(
        default=None, description="Pairs: text, ground"
    )
    labels: Options | None = Field(default=None, description="The typeface of labels and tables")
    fonts: list[FontSource] | None = None
    fallbacks: list[FamilyName] | None = Field(
        default=None, description="Typefaces for missing characters"
    )
    type: Annotated[dict[str, TypeStyle], AfterValidator(_styles)] | None = Field(
        default=None,
        description="Text styles by their role, as far as they differ",
        json_schema_extra={"propertyNames": {"enum": list(STYLES)}},
    )
    pages: dict[Literal["a4", "letter"], PageSize] | None = None
    grid: Columns | None = None
    rules: Rules | None = None
    tab: HouseTab | None = None
    table: TableRules | None = None
    box: Box | None = None
    chart: Chart | None = None
    motif: CoverMotif | None = None
    print: Press | None = None
    hyphenate: bool | None = None
    facing: bool | None = None
    words: dict[str, dict[str, Text]] | None = Field(
        default=None, description="Fixed words by language"
    )


class Defaults(BaseModel):
    """`defaults`: free for other tools."""

    model_config = ConfigDict(extra="allow")
    briefing: Briefing = Briefing()


class Brand(Closed):
    """The whole file."""

    meta: Meta = Meta()
    logo: Annotated[
        Logo, BeforeValidator(as_medium, json_schema_input_type=Logo | LogoFile | str)
    ] = Logo()
    color: Color = Color()
    typography: Typography = Typography()
    defaults: Defaults = Defaults()
