"""Whether the words of a web page can be told from their ground, by day and by night."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from builder.outputs_lint.web import SPACE, WebPage
from builder.outputs_lint.web_style import looks
from builder.theme.colours import contrast

LEAST, LEAST_LARGE = 4.5, 3.0
LARGE, LARGE_BOLD = 24.0, 18.66
"""Pixels from which text is large: 18 pt, bold 14 pt."""

UNREAD = frozenset({"script", "style", "title", "option", "noscript", "template"})


def faint(page: WebPage) -> Iterator[str]:
    """Find words whose colour is too near to that of their ground, each pair once."""
    blind: set[str] = set()
    for night in (False, True):
        told: set[tuple[str, str]] = set()
        drawings = {inner for svg in page.root.iter("svg") for inner in svg.iter()}
        for element, look in looks(page, night=night):
            if not look.shown or element in drawings:
                continue
            unread = [value for value in look.unread.values() if value]
            for value in unread if _own_words(element) else ():
                if value not in blind:
                    blind.add(value)
                    yield (
                        f"{page.at(element)}: the colour {value[:60]!r} cannot be reckoned in sRGB:"
                        " nobody has looked whether its words can be told from their ground"
                    )
            if look.ground is None or unread:
                continue
            pair = (look.colour, look.ground)
            if element.tag in UNREAD or pair in told or not (said := _own_words(element)):
                continue
            large = look.size >= (LARGE_BOLD if look.bold else LARGE)
            found = contrast(*pair)
            if found < (LEAST_LARGE if large else LEAST):
                told.add(pair)
                when = " in dark colours" if night else ""
                yield (
                    f"{page.at(element)}: {said[:40]!r} has a contrast of {found:.1f} to its"
                    f" ground{when}"
                )


def _own_words(element: Element) -> str:
    said = "".join([element.text or "", *(child.tail or "" for child in element)])
    return SPACE.sub(" ", said).strip()
