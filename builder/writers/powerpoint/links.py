"""Where a run or a picture leads when it is clicked: an address, or another slide."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from builder.deck.model import Deck
from builder.writers.powerpoint.package import Part

Link = Callable[[str], str]
_OWN_COLOUR = (
    '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr '
    'xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/>'
    "</a:ext></a:extLst>"
)


def links(part: Part, deck: Deck, slides: Sequence[Part]) -> Link:
    """Give what writes `a:hlinkClick` for a part; nothing for a label that no slide shows."""

    def link(address: str) -> str:
        if not address.startswith("#"):
            return link_to(part, address)
        place = deck.slide_of(address)
        if place is None or slides[place] is part:
            return ""
        jump = f'r:id="{part.relate("slide", slides[place])}" action="ppaction://hlinksldjump"'
        return f"<a:hlinkClick {jump}>{_OWN_COLOUR}</a:hlinkClick>"

    return link


def link_to(part: Part, address: str) -> str:
    """Write a link to an address outside, in the text's own colour: it is legible on any ground."""
    return f'<a:hlinkClick r:id="{part.link(address)}">{_OWN_COLOUR}</a:hlinkClick>'


def nowhere(address: str) -> str:
    """Write no link: what is drawn here leads nowhere."""
    return ""


def external(part: Part) -> Link:
    """Give what writes links to addresses alone, for notes."""
    return lambda address: "" if address.startswith("#") else link_to(part, address)
