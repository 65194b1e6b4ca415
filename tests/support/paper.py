"""The report set on paper, for tests: trees in, a PDF's bytes, words and warnings out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import PurePosixPath

from builder.diagnostics import Diagnostics
from builder.document.nodes import Document
from builder.theme.fonts import FontBook
from builder.theme.model import Theme
from builder.theme.resolve import default_search, load_theme
from builder.writers.base import Artifact
from builder.writers.markup_inlines import Setting
from builder.writers.pdf import write_pdf

STAMP = datetime(2026, 1, 2, tzinfo=UTC)


@cache
def strand() -> Theme:
    """Give the shipped theme."""
    theme = load_theme("strand", default_search(), Diagnostics())
    assert theme is not None
    return theme


@cache
def book() -> FontBook:
    """Give the shipped theme's fonts."""
    return FontBook(strand())


def setting(document: Document) -> Setting:
    """Give what markup of a document depends on."""
    theme = strand()
    language = document.meta.language
    return Setting(document.words, language, theme, book(), theme.grid.main, theme.grid.full)


def print_with_findings(
    document: Document, files: Mapping[str, bytes] | None = None
) -> tuple[Artifact, list[str]]:
    """Write the report and give what was found: "error[text-lost] message"."""

    def read(path: PurePosixPath) -> bytes:
        if path.suffix == ".csv":  # attached as it is; most tests do not ask for that
            return (files or {}).get(path.as_posix(), b"")
        return (files or {})[path.as_posix()]

    log = Diagnostics()
    artifact = write_pdf(document, strand(), log, stamp=STAMP, read=read)
    return artifact, [f"{d.severity.value}[{d.code.value}] {d.message}" for d in log]


def printed(document: Document, files: Mapping[str, bytes] | None = None) -> bytes:
    """Write the report; fails if anything was found."""
    artifact, found = print_with_findings(document, files)
    assert not found, "\n".join(found)
    return artifact.data
