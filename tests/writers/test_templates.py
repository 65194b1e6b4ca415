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
        ("{{ '%9999999d' % 1 }}", "page.html.j2:1:1: error[template-error]: a width is more"),
        ("{{ '%.*f' % (9999999, 1) }}", "page.html.j2:1:1: error[template-error]: 9,999,999 is"),
        ("{{ '%9999999s' | format(1) }}", "page.html.j2:1:1: error[template-error]: a width is"),
        ("{{ '{:9999999}'.format(1) }}", "page.html.j2:1:1: error[template-error]: a width is"),
        ("{{ '{:{}}'.format(1, 9999999) }}", "page.html.j2:1:1: error[template-error]: a width"),
        (
            "{{ '{a:9999999}'.format_map({'a': 1}) }}",
            "page.html.j2:1:1: error[template-error]: a width is more than any page needs",
        ),
        ("{{ words['format'](1) }}{{ 'x'.ljust(9999999) }}", "page.html.j2:1:1: error[template-er"),
        ("{{ 'x'.zfill(width=9999999) }}", "page.html.j2:1:1: error[template-error]:"),
        ("{{ (1).to_bytes(9999999, 'big') }}", "page.html.j2:1:1: error[template-error]: 9,999,9"),
        ("{{ words | safe | center(9999999) }}", "page.html.j2:1:1: error[template-error]: 9,999"),
        ("{{ 'x\ty' | indent(9999999) }}", "page.html.j2:1:1: error[template-error]: 9,999,999"),
        ("{{ 'x\ty'.expandtabs(9999999) }}", "page.html.j2:1:1: error[template-error]: 9,999,999"),
        ("{{ [1] | tojson(indent=9999999) }}", "page.html.j2:1:1: error[template-error]: 9,999,9"),
        ("{{ lipsum(n=9999999) }}", "page.html.j2:1:1: error[template-error]: 9,999,999 is more"),
        (
            "{% set x = 'x' * 100000 %}{{ x | replace('x', x) }}",
            "page.html.j2:1:1: error[template-error]: it would make a text longer than",
        ),
        (
            "{% set x = 'x' * 100000 %}{{ x.join(x) }}{{ x | join(x) }}",
            "page.html.j2:1:1: error[template-error]: it would make a text longer than",
        ),
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


def test_what_a_page_needs_is_reckoned_as_ever(tmp_path: Path) -> None:
    page = (
        "{{ '%s: %05.1f%%' % ('a%', 12.34) }} {{ '%(a)s' % {'a': 9000000} }}"
        " {{ '{0:>6,} {a[0]}'.format(9000000, a=[1]) }} {{ '{:,}'.format(123456789) }}"
        " {{ '%s' | format(9000000) }} {{ 9000000 | tojson }} {{ 'x'.ljust(3) }}."
        " {{ 9000000 % 7 }} {{ ('<b>{}</b>' | safe).format(words) }} {{ words.replace('<', '>') }}"
        " {{ ['a', 'b'] | join(', ') }} {{ ', '.join(['a', 'b']) }} {{ 'a\tb'.expandtabs(2) }}"
    )

    told = fill("page.html.j2", {"words": "<x"}, theme_with(tmp_path, page=page), Diagnostics())

    assert told == (
        "a%: 012.3% 9000000 9,000,000 1 123,456,789 9000000 9000000 x  . 2 <b>&lt;x</b> &gt;x"
        " a, b a, b a b"
    )


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
