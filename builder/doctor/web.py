"""What the page for the web needs: fonts that may go into it, packed; colours for dark screens."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module, metadata

from builder.doctor.remark import Remark, State
from builder.theme.colours import contrast
from builder.theme.dark import READ_AFTER_DARK, dark
from builder.theme.model import Theme

PACKERS = ("brotli", "brotlicffi")
"""Modules that pack fonts as WOFF2; one of them is enough."""


def web(theme: Theme) -> Iterator[Remark]:
    """Look at what `-t html` needs besides the theme's templates. No browser, no network."""
    yield _packing()
    for family in theme.families:
        if family.embeddable:
            yield Remark(f"{family.name} may go into the page")
        else:
            yield Remark(
                f"{family.name} may not go into the page: its licence bits forbid it",
                State.OPTIONAL,
                f"readers without {family.name} see another font; choose one that may be embedded",
            )
    yield _after_dark(theme)


def _packing() -> Remark:
    for name in PACKERS:
        try:
            import_module(name)
        except ImportError:
            continue
        return Remark(f"{name} {metadata.version(name)}, which packs the page's fonts")
    return Remark(
        "the page's fonts cannot be packed: neither brotli nor brotlicffi is here",
        State.OPTIONAL,
        "for the page for the web run: make setup",
    )


def _after_dark(theme: Theme) -> Remark:
    """Tell the faintest pair of the page's colours on dark screens."""
    night = dark(theme).palette
    paper = night["paper"].hex
    faintest = min(READ_AFTER_DARK, key=lambda name: contrast(night[name].hex, paper))
    found = contrast(night[faintest].hex, paper)
    whose = "its own" if theme.dark else "made from its light ones"
    shown = f"colours for dark screens: {whose}; the faintest, {faintest}, has a contrast of"
    if found < 4.5:
        cure = "give it a lighter colour under dark: in _brand.yml"
        return Remark(f"{shown} {found:.1f}, less than 4.5", State.OPTIONAL, cure)
    return Remark(f"{shown} {found:.1f}")
