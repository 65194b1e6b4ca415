"""Lists: every list is one of Word's own, and every ordered one counts for itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from builder.document.nodes import ListDelimiter, ListStyle, OrderedList
from builder.theme.model import Theme
from builder.units import Length
from builder.writers.word.fonts import text_format
from builder.writers.word.formats import RunFormat
from builder.writers.word.styles import BULLETS, HEADINGS, NUMBERS, STEP
from builder.writers.word.xml import Element, root, w

LEVELS = 9
DEEPEST = 6
"""Levels of headings; those below the first show no number until a theme's user asks Word to."""

DASH = "\u2013"
FORMATS: dict[ListStyle, str] = {
    "decimal": "decimal",
    "lower-alpha": "lowerLetter",
    "upper-alpha": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
}
FIRST_OWN = 10
"""The first instance that is not linked to a style."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What lists may share a definition by: Word's name of the numbers, place and delimiter."""

    form: str
    left: Length
    delimiter: ListDelimiter = "."

    def mark(self, level: int) -> str:
        """Give an item's sign, with Word's placeholder for the number."""
        if self.form == "bullet":
            return DASH
        number = f"%{level + 1}"
        return f"({number})" if self.delimiter == "()" else f"{number}{self.delimiter}"


@dataclass(slots=True)
class Numbering:
    """Hands out list instances while the document is written; makes numbering.xml at the end."""

    theme: Theme
    _abstracts: dict[_Kind, int] = field(default_factory=dict)
    _instances: list[Element] = field(default_factory=list)
    _bullets: dict[Length, int] = field(default_factory=dict)

    def bullets(self, left: Length) -> int:
        """Give the instance of dashed lists whose first level stands at `left`."""
        if left == self.theme.grid.indent:
            return BULLETS
        if left not in self._bullets:
            self._bullets[left] = self._instance(self._abstract("bullet", left), ())
        return self._bullets[left]

    def ordered(self, node: OrderedList, level: int, left: Length) -> int:
        """Give a new instance for one ordered list, which counts from its start."""
        override = w("lvlOverride", w("startOverride", val=node.start), ilvl=level)
        abstract = self._abstract(FORMATS[node.style], left, node.delimiter)
        return self._instance(abstract, (override,))

    def part(self) -> Element:
        """Make numbering.xml."""
        main = self.theme.grid.indent
        bullets = self._abstract("bullet", main)
        numbers = self._abstract("decimal", main)
        abstracts = [self._definition(key, number) for key, number in self._abstracts.items()]
        linked = [
            w("num", w("abstractNumId", val=bullets), numId=BULLETS),
            w("num", w("abstractNumId", val=numbers), numId=NUMBERS),
            w("num", w("abstractNumId", val=0), numId=HEADINGS),
        ]
        return root("w:numbering", self._headings(), *abstracts, *linked, *self._instances)

    def _instance(self, abstract: int, overrides: tuple[Element, ...]) -> int:
        number = FIRST_OWN + len(self._instances)
        self._instances.append(w("num", w("abstractNumId", val=abstract), *overrides, numId=number))
        return number

    def _abstract(self, form: str, left: Length, delimiter: ListDelimiter = ".") -> int:
        kind = _Kind(form, left, delimiter)
        return self._abstracts.setdefault(kind, len(self._abstracts) + 1)

    def _definition(self, kind: _Kind, number: int) -> Element:
        main = self.theme.grid.indent
        linked = {
            _Kind("bullet", main): "ListBullet",
            _Kind("decimal", main): "ListNumber",
        }.get(kind)
        levels = [self._level(kind, level, linked) for level in range(LEVELS)]
        return self._abstract_element(number, levels)

    def _abstract_element(self, number: int, levels: list[Element]) -> Element:
        nsid = f"{0x1B5A0000 + number:08X}"
        return w(
            "abstractNum",
            w("nsid", val=nsid),
            w("multiLevelType", val="multilevel"),
            w("tmpl", val=nsid),
            *levels,
            abstractNumId=number,
        )

    def _level(self, kind: _Kind, level: int, linked: str | None) -> Element:
        text_left = Length(kind.left + STEP * (level + 1))
        label = text_format(self.theme.styles["eyebrow"], self.theme)
        mark = RunFormat(
            family=label.family,
            theme_font=label.theme_font,
            bold=label.bold,
            italic=False,
            colour=self.theme.colour("accent_2"),
        )
        return w(
            "lvl",
            w("start", val=1),
            w("numFmt", val=kind.form),
            w("pStyle", val=linked) if linked and level == 0 else None,
            w("lvlText", val=kind.mark(level)),
            w("lvlJc", val="left"),
            w("pPr", w("ind", left=text_left.twips, hanging=STEP.twips)),
            mark.element(),
            ilvl=level,
        )

    def _headings(self) -> Element:
        main = self.theme.grid.indent
        number = text_format(self.theme.styles["opener_num"], self.theme)
        light = RunFormat(
            family=number.family,
            theme_font=number.theme_font,
            bold=number.bold,
            colour=self.theme.colour("accent_2"),
        )
        first = w(
            "lvl",
            w("start", val=1),
            w("numFmt", val="decimal"),
            w("pStyle", val="Heading1"),
            w("suff", val="tab"),
            w("lvlText", val="%1"),
            w("lvlJc", val="left"),
            w("pPr", w("ind", left=main.twips, hanging=main.twips)),
            light.element(),
            ilvl=0,
        )
        deeper = [
            w(
                "lvl",
                w("start", val=1),
                w("numFmt", val="none"),
                w("pStyle", val=f"Heading{level + 1}") if level < DEEPEST else None,
                w("suff", val="nothing"),
                w("lvlText", val=""),
                w("lvlJc", val="left"),
                w("pPr", w("ind", left=main.twips, firstLine=0)),
                ilvl=level,
            )
            for level in range(1, LEVELS)
        ]
        return self._abstract_element(0, [first, *deeper])
