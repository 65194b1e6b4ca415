"""The page setup of each of Word's sections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from builder.theme.model import Page
from builder.units import Length
from builder.writers.word.xml import Element, w, x

Break = Literal["nextPage", "continuous"] | None
Kind = Literal["default", "even"]

FURNITURE = Length.from_mm(12)
"""The farthest that headers and footers stand from the edge of the page."""

EVERY_LINES = 5
"""How many lines are counted for each number in the margin of a draft."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """The relationship ids of a section's headers and footers; none is as the section before."""

    headers: tuple[tuple[Kind, str], ...] = ()
    footers: tuple[tuple[Kind, str], ...] = ()


def landscape_block(page: Page) -> Length:
    """Give the width between the margins of a page in landscape."""
    return Length(page.height - 2 * _landscape_margin(page))


def _landscape_margin(page: Page) -> Length:
    return Length(max(page.left, page.right))


@dataclass(frozen=True, slots=True)
class PageSetup:
    """What is said of a section's pages."""

    page: Page
    furniture: Furniture = Furniture()
    bleed: bool = False  # no margins
    roman: bool = False  # the folios are roman
    rtl: bool = False
    lines_counted: bool = False  # numbers in the margin

    def element(self, begins: Break, *, landscape: bool = False) -> Element:
        """Make `w:sectPr`; `begins` says how the section begins."""
        kinds = ("header", self.furniture.headers), ("footer", self.furniture.footers)
        return w(
            "sectPr",
            *(
                x(f"w:{name}Reference", w__type=kind, r__id=relation)
                for name, relations in kinds
                for kind, relation in relations
            ),
            w("type", val=begins) if begins else None,
            self._size(landscape=landscape),
            self._margins(landscape=landscape),
            w("lnNumType", countBy=EVERY_LINES, distance=227, restart="newPage")
            if self.lines_counted
            else None,
            w("pgNumType", fmt="lowerRoman" if self.roman else "decimal"),
            w("cols", space=708),
            w("bidi") if self.rtl else None,
        )

    def _size(self, *, landscape: bool) -> Element:
        width, height = self.page.width.twips, self.page.height.twips
        if landscape:
            return w("pgSz", w=height, h=width, orient="landscape")
        return w("pgSz", w=width, h=height)

    def _margins(self, *, landscape: bool) -> Element:
        page, zero = self.page, Length(0)
        top, right, bottom, left = (
            (zero, zero, zero, zero)
            if self.bleed
            else (page.top, page.right, page.bottom, page.left)
        )
        if landscape:
            left = right = _landscape_margin(page)
        return w(
            "pgMar",
            top=top.twips,
            right=right.twips,
            bottom=bottom.twips,
            left=left.twips,
            header=zero.twips if self.bleed else min(page.header, FURNITURE).twips,
            footer=zero.twips if self.bleed else min(page.footer, FURNITURE).twips,
            gutter=0,
        )
