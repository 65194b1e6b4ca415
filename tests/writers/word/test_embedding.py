"""Fonts inside the Word document: those whose makers allow it; the others are named."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

from builder.diagnostics import Diagnostics
from builder.theme.model import FontFamily, Theme
from builder.writers.word import write_word
from tests.support.office import STAMP
from tests.support.paper import strand
from tests.support.reading import read


def fonts(theme: Theme, log: Diagnostics) -> list[str]:
    document = read("Text.\n")
    made = write_word(document, theme, log, stamp=STAMP, read=lambda path: b"")
    names = zipfile.ZipFile(io.BytesIO(made.data)).namelist()
    return [name for name in names if name.endswith(".odttf")]


def closed(family: FontFamily) -> FontFamily:
    return replace(family, embeddable=False)


def forbidden(theme: Theme) -> Theme:
    """Give the theme with a serif typeface that may not be embedded."""
    styles = {
        role: replace(style, family=closed(style.family)) if style.family == theme.serif else style
        for role, style in theme.styles.items()
    }
    return replace(theme, serif=closed(theme.serif), styles=styles)


def test_a_typeface_that_may_not_be_embedded_is_left_out_and_named() -> None:
    open_log, closed_log = Diagnostics(), Diagnostics()

    all_of_them = fonts(strand(), open_log)
    fewer = fonts(forbidden(strand()), closed_log)

    assert len(open_log) == 0 and 0 < len(fewer) < len(all_of_them)
    assert [(found.code.value, found.severity.value) for found in closed_log] == [
        ("format-cannot-show", "note")
    ]
    told = next(iter(closed_log)).message
    assert told.startswith(f"the typeface '{strand().serif.name}' may not be embedded")
