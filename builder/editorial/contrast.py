"""The theme's colours: every text style legible on its ground, every series of a chart visible."""

from __future__ import annotations

from collections.abc import Iterator

from builder.diagnostics import Code, Span
from builder.editorial.rule import Finding, Manuscript
from builder.theme.colours import LEGIBLE, contrast

VISIBLE = 3.0
"""What shapes that carry meaning need: WCAG 2.2, success criterion 1.4.11."""

_GROUNDS = {"box_head": "sand", "box_text": "sand", "opener_num": "sand"}
_LARGE = 18  # points from which 3 : 1 is enough for text


def contrast_pair(manuscript: Manuscript) -> Iterator[Finding]:
    """Find text styles and chart colours that are too faint on what they stand on."""
    theme = manuscript.theme
    brand = Span(f"{theme.folder.name}/_brand.yml")
    for role, style in theme.styles.items():
        if role.startswith("cover"):
            continue  # covers are dark or light as the theme has it, and derived to be legible
        ground = _GROUNDS.get(role, "paper")
        ratio = contrast(style.colour.hex, theme.colour(ground).hex)
        least = VISIBLE if style.size.pt >= _LARGE else LEGIBLE
        if ratio < least:
            yield Finding(
                Code.CONTRAST_PAIR,
                f"the text style {role} ({style.colour.css}) on {ground} has {ratio:.2f} : 1",
                brand,
                f"text of this size needs {least} : 1; take a darker colour",
            )
    for place, colour in enumerate(theme.chart.series, start=1):
        ratio = contrast(colour.hex, theme.colour("paper").hex)
        if ratio < VISIBLE:
            yield Finding(
                Code.CONTRAST_PAIR,
                f"colour {place} of charts ({colour.css}) on paper has {ratio:.2f} : 1",
                brand,
                f"shapes need {VISIBLE} : 1; take a darker colour",
            )
