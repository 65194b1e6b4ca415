"""Which font Word is to take: the theme part's, a named one, and its bold and italic switches."""

from __future__ import annotations

from builder.theme.model import FontFamily, TextStyle, Theme
from builder.writers.word.formats import RunFormat
from builder.writers.word.xml import Element, w

PANOSE_FAMILY = {"serif": "roman", "sans-serif": "swiss", "monospace": "modern"}


def major(theme: Theme) -> str:
    """Give the theme part's family for headings, in Office's sense of a family."""
    return theme.styles["h1"].face.office_family


def minor(theme: Theme) -> str:
    """Give the theme part's family for running text."""
    return theme.styles["body"].face.office_family


def text_format(style: TextStyle, theme: Theme) -> RunFormat:
    """Say everything that a role's text style says of its characters."""
    face = style.face
    family = face.office_family
    named = family not in (major(theme), minor(theme))
    return RunFormat(
        family=family if named else None,
        theme_font=None if named else "minor" if family == minor(theme) else "major",
        bold=face.office_bold,
        italic=face.italic,
        caps=style.caps,
        colour=style.colour,
        tracking=round(style.tracking * style.size.pt * 20),
        size=style.size,
    )


def font_table(theme: Theme) -> Element:
    """Make the font table: each family with a substitute of like width for who lacks it."""
    fonts = [
        _entry(face.office_family, family)
        for family in (theme.serif, theme.sans, theme.mono, *theme.fallbacks)
        for face in sorted(family.faces, key=lambda f: (f.weight, f.italic))
    ]
    once = {str(font.get(font.keys()[0])): font for font in fonts}
    return w("fonts", *(once[name] for name in sorted(once)))


def _entry(name: str, family: FontFamily) -> Element:
    return w(
        "font",
        w("altName", val=family.substitutes[0]) if family.substitutes else None,
        w("charset", val="00"),
        w("family", val=PANOSE_FAMILY[family.generic]),
        w("pitch", val="fixed" if family.generic == "monospace" else "variable"),
        name=name,
    )
