"""Themes written as brand files: tests show what they load."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from builder.diagnostics import Code, Diagnostics
from builder.theme.model import Theme
from builder.theme.resolve import default_search, load_theme

PICTURE = bytes.fromhex(  # a PNG of one grey pixel
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c636800000082008177cd72b60000000049454e44ae426082"
)


def strand() -> Theme:
    """Load the shipped theme; fails if anything is wrong with it, but for a font not installed."""
    log = Diagnostics()
    theme = load_theme("strand", default_search(), log)
    assert theme is not None
    assert [str(d) for d in log if d.code is not Code.FONT_MISSING] == []
    return theme


def brand(text: str, *, files: Mapping[str, bytes] | None = None) -> Theme:
    """Load a brand file; fails if anything was found fault with."""
    theme, told = brand_with_findings(text, files=files)
    assert theme is not None and not told, told
    return theme


def findings(text: str, *, files: Mapping[str, bytes] | None = None) -> list[str]:
    """Load a brand file and give what was found: "4:1 error[colour-unknown] message (hint)"."""
    return brand_with_findings(text, files=files)[1]


def brand_with_findings(
    text: str, *, files: Mapping[str, bytes] | None = None
) -> tuple[Theme | None, list[str]]:
    """Load a brand file from a folder "acme"."""
    log = Diagnostics()
    with tempfile.TemporaryDirectory() as here:
        folder = Path(here, "acme")
        folder.mkdir()
        (folder / "_brand.yml").write_text(text, encoding="utf-8")
        for name, data in (files or {}).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        theme = load_theme(folder, default_search(), log)
    return theme, [
        f"{d.at.line}:{d.at.column} {d.severity.value}[{d.code.value}] {d.message} ({d.hint})"
        for d in log
    ]
