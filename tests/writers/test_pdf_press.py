"""Style sheets are parsed once, and never at the cost of what is to be said of them."""

from __future__ import annotations

import pytest

from builder.diagnostics import Diagnostics
from builder.writers.pdf_press import Press, private_fonts, warnings_of_weasyprint
from tests.support.paper import strand

COUNTED = "@counter-style steps { system: cyclic; symbols: 'x'; suffix: ' ' }"


def started(css: str) -> tuple[Press, list[str]]:
    """Start with a style sheet; give what WeasyPrint has to say of it."""
    with private_fonts(strand()), warnings_of_weasyprint(Diagnostics()) as told:
        return Press.start(strand(), css, lambda path: b""), list(told)


def test_a_sheet_is_parsed_once_with_its_styles_of_numbers() -> None:
    css = f"{COUNTED} p {{ color: #123456 }}"

    one, two = started(css)[0], started(css)[0]
    other = started(f"{css} b {{ color: #654321 }}")[0]

    assert two.sheet is one.sheet and two.counters is one.counters
    assert "steps" in one.counters
    assert other.sheet is not one.sheet
    assert two.fonts is not one.fonts  # they go with the private fonts


@pytest.mark.parametrize(
    "css",
    ["p { colour: red }", "@import 'other.css';", "@\\69mport 'other.css';"],
    ids=["a property that is none", "a file", "a file, spelt oddly"],
)
def test_what_is_said_of_a_sheet_is_said_each_time(css: str) -> None:
    first, second = started(css)[1], started(css)[1]

    assert first == second != []
