"""The colours that a slide's text and its ground come to, through layout, master and theme."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from builder.outputs_lint.package import Package
from builder.theme.colours import contrast, shade

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PLAIN, LARGE = 4.5, 3.0
"""The contrast that text needs, and large text: WCAG 2.2, success criterion 1.4.3."""
LARGE_SIZE, LARGE_BOLD = 1800, 1400  # hundredths of a point
_SLOTS = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}


@dataclass(frozen=True, slots=True)
class Colours:
    """Looks up colours in a deck."""

    package: Package

    def of_text(self, slide: str, shape: etree._Element) -> Iterator[tuple[str, float, float]]:
        """Give each run's words, its contrast, and what it needs."""
        ground = self._ground(slide, shape)
        inherited = self._inherited(slide, shape)
        for run in shape.iter(f"{A}r", f"{A}fld"):
            words, look = run.findtext(f"{A}t") or "", run.find(f"{A}rPr")
            ink = self._fill(look) or self._fill(inherited)
            if not words.strip() or ink is None or ground is None:
                continue
            size = int(_said(look, inherited, "sz") or 1800)
            strong = _said(look, inherited, "b") == "1"
            large = size >= LARGE_SIZE or (strong and size >= LARGE_BOLD)
            yield words, contrast(ink, ground), LARGE if large else PLAIN

    def _ground(self, slide: str, shape: etree._Element) -> str | None:
        """Give what a shape's text stands on: its own fill, its placeholder's, or the slide's."""
        own = self._fill(shape.find(f"{P}spPr"))
        placeholder = self._placeholder(slide, shape)
        if own is None and placeholder is not None:
            own = self._fill(placeholder.find(f"{P}spPr"))
        if own is not None:
            return own
        for part in (slide, *self._above(slide)):
            ground = self.package.parts[part].find(f"{P}cSld/{P}bg/{P}bgPr")
            if ground is not None:
                return self._fill(ground)
        return None

    def _inherited(self, slide: str, shape: etree._Element) -> etree._Element | None:
        """Give the look that a placeholder's text has from its layout."""
        placeholder = self._placeholder(slide, shape)
        if placeholder is None:
            return None
        return next(placeholder.iter(f"{A}defRPr"), None)

    def _placeholder(self, slide: str, shape: etree._Element) -> etree._Element | None:
        own = shape.find(f"./*/{P}nvPr/{P}ph")
        if own is None:
            return None
        layout = self.package.parts[self._above(slide)[0]]
        for other in layout.iter(f"{P}sp"):
            ph = other.find(f"./*/{P}nvPr/{P}ph")
            if ph is None:
                continue
            same = ph.get("idx") == own.get("idx") and ph.get("type") == own.get("type")
            if same:
                return other
        return None

    def _above(self, slide: str) -> tuple[str, str]:
        layout = self.package.targets(slide, "slideLayout")[0]
        return layout, self.package.targets(layout, "slideMaster")[0]

    def _fill(self, element: etree._Element | None) -> str | None:
        """Give the colour of an element's solid fill, as six digits."""
        fill = element.find(f"{A}solidFill") if element is not None else None
        if fill is None or not len(fill):
            return None
        named = fill[0]
        if named.tag == f"{A}srgbClr":
            return named.get("val")
        slot = _SLOTS.get(named.get("val", ""), named.get("val", ""))
        theme = self.package.parts["ppt/theme/theme1.xml"]
        scheme = next(theme.iter(f"{A}clrScheme")).find(f"{A}{slot}")
        if scheme is None or not len(scheme):
            return None
        plain = scheme[0].get("val") or scheme[0].get("lastClr") or ""
        modulation, offset = (named.find(f"{A}{kind}") for kind in ("lumMod", "lumOff"))
        if modulation is None and offset is None:
            return plain
        return shade(
            plain,
            int(modulation.get("val", "100000")) if modulation is not None else 100000,
            int(offset.get("val", "0")) if offset is not None else 0,
        )


def _said(look: etree._Element | None, inherited: etree._Element | None, name: str) -> str | None:
    own = look.get(name) if look is not None else None
    if own is not None:
        return own
    return inherited.get(name) if inherited is not None else None
