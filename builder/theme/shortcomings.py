"""What a brand file asks for and does not get, though nothing in it is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from builder.diagnostics import Code, Diagnostics, Span
from builder.theme.model import FontFamily
from builder.theme.source import Typography
from builder.theme.voices import LARGEST_TEXT, SMALLEST_TEXT, factor, line_height
from builder.yaml_source import Yaml

_FAMILY = ("family",)
_READ = {
    "base": ("family", "size", "weight", "line_height"),
    "headings": ("family", "weight", "style", "color", "line_height"),
    "monospace": _FAMILY,
    "monospace_block": _FAMILY,
    "monospace_inline": (),
    "link": ("color",),
}
"""What is read of each entry of `typography`; brand.yml has more."""

_BOLD = 600


def tell_unread(typography: Typography, places: Yaml, log: Diagnostics) -> None:
    """Note the keys of brand.yml's typography that nothing reads, and values that are cut."""
    for entry, read in _READ.items():
        options = getattr(typography, entry)
        for name in sorted(options.model_fields_set) if options is not None else ():
            if name not in read:
                keys = ("typography", *(part.replace("_", "-") for part in (entry, name)))
                log.note(
                    Code.KEY_UNKNOWN,
                    f"nothing here reads {'.'.join(keys)}, though it is a key of brand.yml",
                    at=_place(places, keys),
                    hint="text styles are described under defaults: {briefing: {type: …}}",
                )
    _tell_cut(typography, places, log)


def _tell_cut(typography: Typography, places: Yaml, log: Diagnostics) -> None:
    base = typography.base
    if base is not None and base.size:
        wanted, at = factor(base.size), places.value_span(("typography", "base", "size"))
        if not SMALLEST_TEXT <= wanted <= LARGEST_TEXT:
            message = f"text of {base.size!r} suits no page: "
            if wanted:
                taken = min(max(wanted, SMALLEST_TEXT), LARGEST_TEXT)
                message += f"it is {taken} times as large as the shipped theme's, not {wanted:.2f}"
            else:
                message += "it is as large as the shipped theme's"
            hint = "10.5pt, 16px and 1rem are the shipped theme's; or describe the style under type"
            log.note(Code.VALUE_INVALID, message, at=at, hint=hint)
    for entry, options in (("base", base), ("headings", typography.headings)):
        if options is not None and options.line_height and not line_height(options):
            at = places.value_span(("typography", entry, "line-height"))
            message = (
                f"a line height of {options.line_height!r} suits no page: it is left as it was"
            )
            log.note(Code.VALUE_INVALID, message, at=at, hint="write 1.0 to 2.0, or 100% to 200%")


def _place(places: Yaml, keys: tuple[str, ...]) -> Span:
    found = places.span(keys)
    return found if found.line else places.span(keys[:-1])


def tell_shortcomings(family: FontFamily, at: Span, log: Diagnostics) -> None:
    """Note what a typeface of the theme's own lacks: italics, bold, leave to embed it."""
    lacks = {
        "italics": not any(face.italic for face in family.faces),
        "bold face": not any(face.weight >= _BOLD for face in family.faces),
    }
    for what, is_missing in lacks.items():
        if is_missing and family.generic != "monospace":
            log.note(
                Code.FONT_MISSING,
                f"the typeface {family.name!r} has no {what} here: the PDF has the nearest face"
                " instead, other programs slant or thicken it",
                at=at,
                hint="install the whole family; of a variable font, files for each face",
            )
    if not family.embeddable:
        log.note(
            Code.FORMAT_CANNOT_SHOW,
            f"the typeface {family.name!r} may not be embedded, by the bits in its files: Word and"
            " the page for the web show another where it is not installed; PDFs, which need their"
            " fonts inside, hold it all the same",
            at=at,
            hint="ask its maker for leave, or take another typeface",
        )


def tell_plain_code(missing: str, instead: FontFamily, at: Span, log: Diagnostics) -> None:
    """Note that code stands in the typeface of labels: the theme names none, ours is missing."""
    log.note(
        Code.FONT_MISSING,
        f"code is set in {instead.name}: the theme names no typeface for it, and the shipped"
        f" theme's, {missing!r}, is not on this machine",
        at=at,
        hint=f"install {missing}, or name one under typography: {{monospace: …}}",
    )


def tell_fewer_fallbacks(missing: Sequence[str], log: Diagnostics) -> None:
    """Note which of the shipped theme's fallbacks are not there."""
    log.note(
        Code.FONT_MISSING,
        f"fallback typefaces of the shipped theme are not on this machine: {', '.join(missing)};"
        " characters that the others have are set in those",
        hint="install them, so that every machine shows the same: make setup",
    )
