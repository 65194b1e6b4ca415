"""The theme after dark: legible everywhere, hues kept, the theme's own word first."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.diagnostics import Diagnostics
from builder.theme.colours import LEGIBLE, contrast, hue_distance
from builder.theme.dark import READ_AFTER_DARK, dark
from builder.theme.model import Theme
from builder.theme.resolve import default_search, load_theme
from tests.support.paper import strand

GROUNDS = ("paper", "sand", "mist")


def loaded(folder: Path, text: str) -> tuple[Theme | None, list[str]]:
    (folder / "_brand.yml").write_text(text, encoding="utf-8")
    log = Diagnostics()
    theme = load_theme(folder, default_search(), log)
    return theme, [f"{d.at.line} {d.code.value} {d.message}" for d in log]


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", READ_AFTER_DARK)
def test_text_is_legible_on_every_dark_ground(text: str, ground: str) -> None:
    palette = dark(strand()).palette

    assert contrast(palette[text].hex, palette[ground].hex) >= LEGIBLE


def test_words_on_the_accent_are_dark_since_it_is_light() -> None:
    palette = dark(strand()).palette

    assert contrast(palette["on_dark"].hex, palette["accent"].hex) >= LEGIBLE


def test_series_are_seen_on_the_dark_page_in_hues_of_their_own() -> None:
    by_day, by_night = strand().chart.series, dark(strand()).chart.series

    assert all(contrast(c.hex, dark(strand()).palette["paper"].hex) >= 3 for c in by_night)
    assert len({c.hex for c in by_night}) == len(by_day)
    assert all(
        hue_distance(a.hex, b.hex) < 0.06 for a, b in zip(by_day[:5], by_night[:5], strict=True)
    )


@pytest.mark.parametrize("primary", ["#FFD400", "#000000", "#FF00AA", "#777777"])
def test_any_brand_is_legible_after_dark(primary: str, tmp_path: Path) -> None:
    theme, _ = loaded(tmp_path, f'color: {{primary: "{primary}"}}\n')
    assert theme is not None
    palette = dark(theme).palette

    faint = [
        (text, ground)
        for text in READ_AFTER_DARK
        for ground in GROUNDS
        if contrast(palette[text].hex, palette[ground].hex) < LEGIBLE
    ]
    assert faint == []


def test_a_theme_says_its_dark_colours_itself(tmp_path: Path) -> None:
    own = 'defaults: {briefing: {dark: {paper: "#202020", accent: "#80C0FF"}}}\n'
    theme, found = loaded(tmp_path, own)
    assert theme is not None and found == []

    palette = dark(theme).palette
    assert (palette["paper"].hex, palette["accent"].hex) == ("202020", "80C0FF")


def test_dark_colours_that_are_faint_or_of_no_role_are_told(tmp_path: Path) -> None:
    own = 'defaults: {briefing: {dark: {paper: "#202020", accent: "#303060", inc: "#FFFFFF"}}}\n'
    _, found = loaded(tmp_path, own)

    assert found == [
        "1 key-unknown no colour role of dark screens is called 'inc'",
        "1 contrast-low dark: #303060 on #202020 has a contrast of 1.33 : 1",
    ]
