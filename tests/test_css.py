"""A name in a style sheet stays a name, whatever is in it and wherever it stands."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
import tinycss2

from builder.charts.canvas import family_list
from builder.css import css_string, unescaped
from builder.diagnostics import Diagnostics
from builder.mail.page import font_stack
from builder.preview.inks import inks
from builder.theme.model import Theme
from builder.writers.html.fonts import WebFont
from builder.writers.html.inks import Inks
from builder.writers.html.look import Look, sheet_values
from builder.writers.slides.stage import Stage
from builder.writers.stylesheet import Css
from builder.writers.templates import fill
from tests.support.paper import strand

HOSTILE = """a"b'c\\d</style><script>&quot;&apos;\n} body {x:y"""


def hostile() -> Theme:
    """Give the shipped theme with names that no brand file may hold."""
    theme = strand()
    odd = replace(theme.sans, name=HOSTILE, substitutes=(HOSTILE,))
    styles = {role: replace(style, family=odd) for role, style in theme.styles.items()}
    return replace(theme, serif=odd, sans=odd, mono=odd, styles=styles, fallbacks=(odd,))


def strings(declared: str) -> list[str]:
    """Read a value as browsers do; fails where it is more than strings and names."""
    tokens = tinycss2.parse_component_value_list(declared)
    kinds = {token.type for token in tokens}
    assert kinds <= {"string", "ident", "literal", "whitespace"}, kinds
    assert {t.value for t in tokens if t.type == "literal"} <= {","}
    return [token.value for token in tokens if token.type == "string"]


@pytest.mark.parametrize("mark", ['"', "'"])
def test_whatever_a_string_holds_is_read_as_it_was(mark: str) -> None:
    written = css_string(HOSTILE, mark=mark)

    assert strings(written) == [HOSTILE]
    assert not set("<>&\n\"'") & set(written[1:-1])


def test_a_usual_name_stands_as_it_is() -> None:
    assert css_string("Noto Sans Hebrew") == '"Noto Sans Hebrew"'


def test_programs_that_read_no_escapes_get_the_name() -> None:
    assert unescaped(css_string("O'Neil & Sons", mark="'")) == "'O'Neil & Sons'"


@pytest.mark.parametrize("point", ["0", "000000", "d800", "DFFF", "110000", "ffffff"])
def test_an_escape_of_no_character_is_read_as_browsers_do(point: str) -> None:
    assert unescaped(f"a\\{point.lower()} b") == "a\N{REPLACEMENT CHARACTER}b"


def attribute(value: str) -> str:
    """Read a value as an HTML parser does that finds it in an attribute."""
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend(given or "" for _, given in attrs)

    reader = Reader()
    reader.feed(f'<p style="{value}">')
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize("where", ["drawing", "slide", "mail"])
def test_a_name_ends_no_attribute(where: str) -> None:
    theme = hostile()
    match where:
        case "drawing":
            value = family_list(theme.sans, theme.fallbacks)
        case "slide":
            stage = Stage(None, None, theme, None)  # type: ignore[arg-type]  # none is asked
            value = stage.families(theme.sans)
        case _:
            value = font_stack(theme.sans)

    assert HOSTILE in strings(attribute(str(value)))


@pytest.mark.parametrize("where", ["page", "report", "preview"])
def test_a_name_ends_no_style(where: str) -> None:
    theme = hostile()
    match where:
        case "page":
            value = Look(theme).face("label").removeprefix("font-family:")
        case "report":
            value = Css(theme).face("label").removeprefix("font-family:")
        case _:
            value = inks(theme).partition("--sans:")[2].partition("; --mono")[0]

    assert HOSTILE in strings(value)


def test_a_font_of_the_page_for_the_web_ends_no_style() -> None:
    theme = hostile()
    font = WebFont(HOSTILE, 400, italic=False, source="data:,", characters="")

    css = fill("edition.css.j2", sheet_values(theme, theme, Inks(), [font]), theme, Diagnostics())

    assert "<" not in css
    face = next(rule for rule in tinycss2.parse_stylesheet(css) if rule.type == "at-rule")
    (family, *_) = tinycss2.parse_blocks_contents(face.content, skip_whitespace=True)
    assert [token.value for token in family.value if token.type == "string"] == [HOSTILE]
