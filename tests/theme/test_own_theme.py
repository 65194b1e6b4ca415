"""docs/theme.md tells the truth: its examples load, and it knows every key, role and style."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from builder.theme.model import ROLES, STYLES
from builder.theme.source import Briefing, TypeStyle
from tests.theme.brands import PICTURE, brand, strand

MANUAL = Path(__file__).parents[2].joinpath("docs", "theme.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", MANUAL, re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_every_example_is_a_theme_that_loads_without_a_word(example: str) -> None:
    regular = strand().sans.face(400).path.read_bytes()
    files = {f"fonts/AcmeText-{cut}.ttf": regular for cut in ("Regular", "Bold", "Italic")}

    theme = brand(example, files={**files, "logo.png": PICTURE})

    assert set(STYLES) <= set(theme.styles)


def test_the_bare_brand_looks_as_the_manual_says() -> None:
    theme = brand(EXAMPLES[0])

    assert theme.name == "Acme"
    assert (theme.colour("accent").hex, theme.colour("sand").hex) == ("1B2A49", "F2F4F7")
    assert (theme.styles["h2"].family.name, theme.styles["h2"].colour.hex) == (
        "Noto Serif",
        "1B2A49",
    )
    assert theme.styles["table_body"].family.name == "Noto Sans"


def test_every_key_role_and_style_is_in_the_manual_and_no_other() -> None:
    keys = re.findall(r"^\| `([\w-]+)` \|", MANUAL.partition("## Going further")[2], re.MULTILINE)
    named = {part[0]: part for part in re.split(r"\n(?=\*\*)", MANUAL)}
    roles, styles = (
        re.search(rf"\*\*{title}\.\*\*(.*?)\n\n", MANUAL, re.DOTALL)
        for title in ("Colour roles", "Text styles")
    )

    assert keys == list(Briefing.model_fields)
    assert named and roles and re.findall(r"`(\w+)`", roles[1]) == list(ROLES)
    assert styles and re.findall(r"`(\w+)`", styles[1]) == list(STYLES)
    assert all(f"`{key}`" in MANUAL or key == "font" for key in TypeStyle.model_fields)
