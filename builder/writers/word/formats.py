"""Paragraph and run properties, their children in the order that the schema asks for."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from builder.theme.model import Colour, Slot
from builder.units import Length
from builder.writers.word.xml import Element, w

THEME_COLOURS: dict[Slot, str] = {
    "dk1": "text1",
    "lt1": "background1",
    "dk2": "text2",
    "lt2": "background2",
    "accent1": "accent1",
    "accent2": "accent2",
    "accent3": "accent3",
    "accent4": "accent4",
    "accent5": "accent5",
    "accent6": "accent6",
    "hlink": "hyperlink",
    "folHlink": "followedHyperlink",
}
WHOLE = 100000
"""A colour's modulation that changes nothing."""

TabKind = Literal["left", "right", "center", "clear"]
Side = Literal["top", "left", "bottom", "right", "insideH", "insideV", "between"]


@dataclass(frozen=True, slots=True)
class Line:
    """A border's line; `space` is the distance to the text, in whole points."""

    colour: Colour
    width: Length
    space: int = 0

    def element(self, side: str) -> Element:
        """Make the border of one side."""
        eighths = max(2, min(96, round(self.width.pt * 8)))
        return w(
            side,
            val="single",
            sz=eighths,
            space=min(self.space, 31),
            color=self.colour.hex,
            **theme_colour(self.colour),
        )


@dataclass(frozen=True, slots=True)
class RunFormat:
    """What is said of a run; None says nothing, so that the style's own holds."""

    style: str | None = None
    family: str | None = None
    theme_font: Literal["major", "minor"] | None = None
    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None
    strike: bool = False
    no_proof: bool = False
    colour: Colour | None = None
    tracking: int | None = None  # twips
    kerned: Length | None = None  # letters of this size and larger
    raised: Length | None = None
    size: Length | None = None
    underline: Colour | None = None
    shade: Colour | None = None
    script: Literal["super", "sub", "base"] | None = None
    rtl: bool = False
    lang: str = ""

    def element(self) -> Element | None:
        """Make `w:rPr`; None where nothing is said."""
        made = _made_once(self)
        return None if made is None else deepcopy(made)

    def _made(self) -> Element | None:
        made = w(
            "rPr",
            w("rStyle", val=self.style) if self.style else None,
            self._fonts(),
            *_switch("b", self.bold),
            *_switch("i", self.italic),
            *([w("caps", val=_off(self.caps))] if self.caps is not None else []),
            w("strike") if self.strike else None,
            w("noProof") if self.no_proof else None,
            colour_element(self.colour) if self.colour else None,
            w("spacing", val=self.tracking) if self.tracking is not None else None,
            w("kern", val=round(self.kerned.pt * 2)) if self.kerned is not None else None,
            w("position", val=round(self.raised.pt * 2)) if self.raised is not None else None,
            *self._sizes(),
            _underline(self.underline),
            shade(self.shade) if self.shade else None,
            w("vertAlign", val=_SCRIPTS[self.script]) if self.script else None,
            w("rtl") if self.rtl else None,
            self._language(),
        )
        return made if len(made) else None

    def _fonts(self) -> Element | None:
        if self.theme_font:
            part = self.theme_font
            return w(
                "rFonts",
                asciiTheme=f"{part}HAnsi",
                eastAsiaTheme=f"{part}EastAsia",
                hAnsiTheme=f"{part}HAnsi",
                cstheme=f"{part}Bidi",
            )
        if self.family:
            name = self.family
            return w("rFonts", ascii=name, eastAsia=name, hAnsi=name, cs=name)
        return None

    def _sizes(self) -> list[Element]:
        if self.size is None:
            return []
        half_points = round(self.size.pt * 2)
        return [w("sz", val=half_points), w("szCs", val=half_points)]

    def _language(self) -> Element | None:
        if not self.lang:
            return None
        return w("lang", bidi=self.lang) if self.rtl else w("lang", val=self.lang)


@lru_cache(maxsize=512)
def _made_once(look: RunFormat) -> Element | None:
    """Make a look's element; to be copied, as an element stands in one place only."""
    return look._made()


_SCRIPTS = {"super": "superscript", "sub": "subscript", "base": "baseline"}


@dataclass(frozen=True, slots=True)
class TextFrame:
    """Where framed paragraphs stand: beside the text that follows, `left` from the page's edge.

    None puts them at the right margin: a distance is counted from there by LibreOffice where text
    runs from right to left, and from the left by Word. Neighbouring paragraphs in the same frame
    stand in it together.
    """

    width: Length
    left: Length | None
    gap: Length

    def element(self) -> Element:
        """Make `w:framePr`."""
        return w(
            "framePr",
            w=self.width.twips,
            hSpace=self.gap.twips,
            wrap="around",
            vAnchor="text",
            hAnchor="margin" if self.left is None else "page",
            xAlign="right" if self.left is None else None,
            x=None if self.left is None else self.left.twips,
            y=1,
        )


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """What is said of a paragraph; None says nothing."""

    style: str | None = None
    keep_next: bool | None = None
    keep_lines: bool = False
    page_break: bool = False
    frame: TextFrame | None = None
    list_id: int | None = None  # 0 takes the style's numbering away
    list_level: int = 0
    borders: tuple[tuple[Side, Line | None], ...] = ()
    shade: Colour | None = None
    tabs: tuple[tuple[TabKind, Length], ...] = ()
    bidi: bool | None = None
    before: Length | None = None
    after: Length | None = None
    leading: Length | None = None
    leading_rule: Literal["exact", "atLeast", "auto"] = "exact"
    left: Length | None = None
    right: Length | None = None
    hanging: Length | None = None
    contextual: bool = False
    align: Literal["left", "right", "center"] | None = None
    outline: int | None = None
    mark: RunFormat | None = None  # of the paragraph's mark, and with it of its number

    def element(self) -> Element | None:
        """Make `w:pPr`; None where nothing is said."""
        made = w(
            "pPr",
            w("pStyle", val=self.style) if self.style else None,
            *([w("keepNext", val=_off(self.keep_next))] if self.keep_next is not None else []),
            w("keepLines") if self.keep_lines else None,
            w("pageBreakBefore") if self.page_break else None,
            self.frame.element() if self.frame else None,
            self._numbering(),
            self._borders(),
            shade(self.shade) if self.shade else None,
            self._tabs(),
            *([w("bidi", val=_off(self.bidi))] if self.bidi is not None else []),
            self._spacing(),
            self._indents(),
            w("contextualSpacing") if self.contextual else None,
            w("jc", val=self.align) if self.align else None,
            w("outlineLvl", val=self.outline) if self.outline is not None else None,
            self.mark.element() if self.mark else None,
        )
        return made if len(made) else None

    def _numbering(self) -> Element | None:
        if self.list_id is None:
            return None
        level = w("ilvl", val=self.list_level) if self.list_id else None
        return w("numPr", level, w("numId", val=self.list_id))

    def _borders(self) -> Element | None:
        if not self.borders:
            return None
        given = dict(self.borders)
        made: list[Element] = []
        for side in ("top", "left", "bottom", "right", "between"):
            if side in given:
                line = given[side]
                made.append(line.element(side) if line else w(side, val="nil"))
        return w("pBdr", *made)

    def _tabs(self) -> Element | None:
        if not self.tabs:
            return None
        ordered = sorted(self.tabs, key=lambda tab: tab[1])
        return w("tabs", *(w("tab", val=kind, pos=at.twips) for kind, at in ordered))

    def _spacing(self) -> Element | None:
        if self.before is None and self.after is None and self.leading is None:
            return None
        return w(
            "spacing",
            before=_twips(self.before),
            after=_twips(self.after),
            line=_twips(self.leading),
            lineRule=self.leading_rule if self.leading is not None else None,
        )

    def _indents(self) -> Element | None:
        if self.left is None and self.right is None and self.hanging is None:
            return None
        return w(
            "ind",
            left=_twips(self.left),
            right=_twips(self.right),
            hanging=_twips(self.hanging) if self.hanging != 0 else None,
            firstLine=0 if self.hanging == 0 else None,
        )


def theme_colour(colour: Colour, kind: Literal["Color", "Fill"] = "Color") -> dict[str, str]:
    """Refer to the theme's colour, or to a tint or shade of it that looks the same.

    In WordprocessingML's words; where none looks the same, nothing is given.
    """
    if colour.slot is None and not colour.faithful:
        return {}
    made = {f"theme{kind}": THEME_COLOURS[colour.slot or colour.near]}
    if colour.slot is None and (colour.lum_mod != WHOLE or colour.lum_off):
        change = "Tint" if colour.lum_off else "Shade"
        middle = "Fill" if kind == "Fill" else ""
        made[f"theme{middle}{change}"] = f"{round(colour.lum_mod / WHOLE * 255):02X}"
    return made


def colour_element(colour: Colour) -> Element:
    """Make the colour of text."""
    return w("color", val=colour.hex, **theme_colour(colour))


def shade(colour: Colour) -> Element:
    """Make a ground."""
    return w("shd", val="clear", color="auto", fill=colour.hex, **theme_colour(colour, "Fill"))


def _underline(colour: Colour | None) -> Element | None:
    if colour is None:
        return None
    return w("u", val="single", color=colour.hex, **theme_colour(colour))


def _switch(name: str, value: bool | None) -> list[Element]:
    """Make a switch and its twin for complex scripts."""
    if value is None:
        return []
    return [w(name, val=_off(value)), w(f"{name}Cs", val=_off(value))]


def _off(value: bool) -> int | None:
    return None if value else 0


def _twips(length: Length | None) -> int | None:
    return None if length is None else length.twips
