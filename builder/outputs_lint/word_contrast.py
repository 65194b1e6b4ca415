"""Whether the words of a Word document can be told from their ground."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PAPER, INK = "FFFFFF", "000000"
LEAST, LEAST_LARGE = 4.5, 3.0
LARGE, LARGE_BOLD = 36, 28
"""Half-points from which text is large: 18 pt, bold 14 pt."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What a style says; empty: nothing, so that the one below holds."""

    colour: str = ""
    ground: str = ""
    size: int = 0
    bold: bool = False

    def over(self, below: _Look) -> _Look:
        """Give the two together; what is said here comes first."""
        return _Look(
            self.colour or below.colour,
            self.ground or below.ground,
            self.size or below.size,
            self.bold or below.bold,
        )


def faint(part: etree._Element, styles: etree._Element) -> Iterator[str]:
    """Find words whose colour is too near to that of their ground, each pair once."""
    book = _Book(styles)
    told: set[tuple[str, str]] = set()
    for paragraph in part.iter(f"{W}p"):
        base = _of(paragraph.find(f"{W}pPr")).over(book.style(_named(paragraph, "p")))
        ground = base.ground or _behind(paragraph, book)
        for run in paragraph.iter(f"{W}r"):
            if next(run.iterancestors(f"{W}p")) is not paragraph:
                continue  # words in a shape, which the paragraph holds
            said = "".join(t.text or "" for t in run.findall(f"{W}t")).strip()
            look = _of(run.find(f"{W}rPr")).over(book.style(_named(run, "r"))).over(base)
            colour, behind = look.colour or INK, look.ground or ground
            large = look.size >= (LARGE_BOLD if look.bold else LARGE)
            if not said or (colour, behind) in told:
                continue
            found = ratio(colour, behind)
            if found < (LEAST_LARGE if large else LEAST):
                told.add((colour, behind))
                yield f"{said[:40]!r} has a contrast of {found:.1f} to its ground"


def ratio(one: str, two: str) -> float:
    """Give the contrast of two colours as WCAG 2 reckons it."""
    light, dark = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class _Book:
    """The styles of a document with what they inherit."""

    def __init__(self, styles: etree._Element) -> None:
        self._styles = {s.get(f"{W}styleId", ""): s for s in styles.iter(f"{W}style")}
        self._known: dict[str, _Look] = {}
        defaults = styles.find(f"{W}docDefaults/{W}rPrDefault")
        self._defaults = _of(None if defaults is None else defaults.find(f"{W}rPr"))

    def style(self, name: str) -> _Look:
        """Give what a style says, with what it is based on."""
        if name not in self._styles:
            return _Look()
        if name not in self._known:
            style = self._styles[name]
            own = _of(style.find(f"{W}rPr")).over(_of(style.find(f"{W}pPr")))
            own = own.over(_of(style.find(f"{W}tcPr")))
            below = style.find(f"{W}basedOn")
            kind = style.get(f"{W}type")
            rest = self._defaults if kind == "paragraph" else _Look()
            if below is not None:
                rest = self.style(below.get(f"{W}val", "")).over(rest)
            self._known[name] = own.over(rest)
        return self._known[name]


def _of(properties: etree._Element | None) -> _Look:
    """Read colour, ground and size from properties."""
    if properties is None:
        return _Look()
    colour = _value(properties.find(f"{W}color"), "val")
    ground = _value(properties.find(f"{W}shd"), "fill")
    size = _value(properties.find(f"{W}sz"), "val")
    bold = properties.find(f"{W}b")
    return _Look(
        "" if colour == "auto" else colour,
        "" if ground == "auto" else ground,
        int(size or 0),
        bold is not None and bold.get(f"{W}val") not in ("0", "false"),
    )


def _behind(element: etree._Element, book: _Book) -> str:
    """Give the ground of the cell or shape around a paragraph; outside of them: paper."""
    for around in element.iterancestors():
        name = etree.QName(around).localname
        if name == "tc":
            own = _of(around.find(f"{W}tcPr")).ground
            table = next(around.iterancestors(f"{W}tbl"))
            styled = book.style(_value(table.find(f"{W}tblPr/{W}tblStyle"), "val")).ground
            if own or styled:
                return own or styled
        if name == "wsp":
            fill = next((e for e in around.iter() if str(e.tag).endswith("}srgbClr")), None)
            # A theme colour is the theme's to answer for.
            return fill.get("val", PAPER) if fill is not None else _opposite(element)
    return PAPER


def _opposite(element: etree._Element) -> str:
    """Give a ground that any colour stands out from: what is not known is not judged."""
    colour = next((_value(c, "val") for c in element.iter(f"{W}color")), INK)
    return PAPER if _luminance(colour if colour != "auto" else INK) < 0.18 else INK


def _named(element: etree._Element, kind: str) -> str:
    return _value(element.find(f"{W}{kind}Pr/{W}{kind}Style"), "val")


def _value(element: etree._Element | None, name: str) -> str:
    return "" if element is None else element.get(f"{W}{name}", "")
