"""The theme part: twelve colours and two families, which styles and charts refer to."""

from __future__ import annotations

from builder.theme.model import SLOTS, Theme
from builder.writers.word.fonts import major, minor
from builder.writers.word.xml import Element, root, x


def theme_part(theme: Theme) -> Element:
    """Make theme1.xml; its effects are flat."""
    return root_theme(
        theme.name.title(),
        x(
            "a:clrScheme",
            *(x(f"a:{slot}", x("a:srgbClr", val=theme.slots[slot].hex)) for slot in SLOTS),
            name=theme.name.title(),
        ),
        x(
            "a:fontScheme",
            _fonts("a:majorFont", major(theme)),
            _fonts("a:minorFont", minor(theme)),
            name=theme.name.title(),
        ),
        _flat_effects(),
    )


def root_theme(name: str, *elements: Element) -> Element:
    """Wrap colours, fonts and effects."""
    part = root("a:theme", x("a:themeElements", *elements))
    part.set("name", name)
    return part


def _fonts(tag: str, family: str) -> Element:
    return x(
        tag,
        x("a:latin", typeface=family),
        x("a:ea", typeface=family),
        x("a:cs", typeface=family),
    )


def _flat_effects() -> Element:
    def fill() -> Element:
        return x("a:solidFill", x("a:schemeClr", val="phClr"))

    def line() -> Element:
        return x("a:ln", fill(), x("a:prstDash", val="solid"), w=6350)

    return x(
        "a:fmtScheme",
        x("a:fillStyleLst", fill(), fill(), fill()),
        x("a:lnStyleLst", line(), line(), line()),
        x("a:effectStyleLst", *(x("a:effectStyle", x("a:effectLst")) for _ in range(3))),
        x("a:bgFillStyleLst", fill(), fill(), fill()),
        name="Flat",
    )
