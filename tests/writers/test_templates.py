"""The theme's templates: a theme may bring its own; a fault in one is found with its line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from builder.diagnostics import ContentErrors, Diagnostics
from builder.theme.model import Theme
from builder.writers.stylesheet import Css, stylesheet
from builder.writers.templates import fill
from tests.support.paper import strand


def theme_with(folder: Path, **templates: str) -> Theme:
    for name, text in templates.items():
        (folder / f"{name}.html.j2").write_text(text)
    return replace(strand(), search=(folder, *strand().search))


def test_a_themes_own_template_goes_before_the_shipped_one(tmp_path: Path) -> None:
    theme = theme_with(tmp_path, page="Own: {{ words }}")

    assert fill("page.html.j2", {"words": "a < b"}, theme, Diagnostics()) == "Own: a &lt; b"


def test_a_template_that_the_theme_lacks_is_the_shipped_one(tmp_path: Path) -> None:
    css = stylesheet(theme_with(tmp_path), strand().pages["a4"], Diagnostics())

    assert "float: footnote" in css


@pytest.mark.parametrize(
    ("template", "finding"),
    [
        ("one\n{% if %}", "page.html.j2:2:1: error[template-error]: Expected an expression"),
        ("one\n\n{{ missing }}", "page.html.j2:3:1: error[template-error]: 'missing' is undefined"),
        (
            "{{ words.none }}",
            "page.html.j2:1:1: error[template-error]: 'str object' has no attribute",
        ),
        (
            "{{ words.__class__.__mro__ }}",
            "page.html.j2:1:1: error[template-error]: access to attribute '__class__'",
        ),
        (
            "one\n{{ 1 / 0 }}",
            "page.html.j2:2:1: error[template-error]: ZeroDivisionError: division by zero",
        ),
        ("{{ words * 10 ** 9 }}", "page.html.j2:1:1: error[template-error]: 1,000,000,000 times"),
        ("{{ 9 ** 999 }}", "page.html.j2:1:1: error[template-error]: 999 is too large a power"),
        ("{{ range(10 ** 9) }}", "page.html.j2:1:1: error[template-error]: OverflowError: Range"),
        (
            "{% set x = [] %}{{ x.append(1) }}",
            "page.html.j2:1:1: error[template-error]: access to attribute 'append'",
        ),
        (
            "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
            "page.html.j2:1:1: error[template-error]: RecursionError",
        ),
    ],
)
def test_a_fault_in_a_template_is_found_at_its_line(
    tmp_path: Path, template: str, finding: str
) -> None:
    log = Diagnostics()

    with pytest.raises(ContentErrors):
        fill("page.html.j2", {"words": "x"}, theme_with(tmp_path, page=template), log)

    told = [str(d).removeprefix(f"{tmp_path}/") for d in log]
    assert [t.startswith(finding) for t in told] == [True]


def test_a_template_that_nobody_has_is_named() -> None:
    log = Diagnostics()

    with pytest.raises(ContentErrors):
        fill("none.html.j2", {}, strand(), log)

    assert "none.html.j2: error[template-error]: there is no such template" in str(next(iter(log)))


def test_every_text_style_is_written_with_its_font_size_and_colour() -> None:
    css = Css(strand())

    for role, style in strand().styles.items():
        declared = css.text(role)
        assert f" {style.weight} {style.size.pt}pt/{style.leading.pt}pt " in declared
        assert f'"{style.family.name}"' in declared
        assert f"color: {style.colour.css}" in declared
