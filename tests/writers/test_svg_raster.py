"""A drawing becomes pixels, or an error at its place: never a clear ground in silence."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import weasyprint.svg
from PIL import Image

from builder.confinement import RanAway
from builder.diagnostics import Diagnostic, Diagnostics
from builder.writers.powerpoint import write_powerpoint
from builder.writers.svg_raster import svg_raster
from tests.deck.decks import theme
from tests.support.office import write
from tests.support.paper import strand
from tests.support.reading import read

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
RECT = '<rect width="40" height="20" fill="red"/></svg>'
SOUND = HEAD + RECT
FAILING = {
    "a box without numbers": '<svg viewBox="a b c d"><rect width="4" height="4"/></svg>',
    "a selector that cannot be compiled": "<style>:has(:hover) { fill: red }</style>",
    "a rule that WeasyPrint cannot read": "<style>a|b { fill: red }</style>",
}


def word(drawing: str) -> list[Diagnostic]:
    log = Diagnostics()
    write(
        read("Text.\n\n![A map](x.svg){fig-alt='M'}\n", files={"x.svg": SOUND}),
        log,
        {"x.svg": drawing},
    )
    return list(log)


def slides(drawing: str) -> list[Diagnostic]:
    log = Diagnostics()
    document = read("Text.\n\n![A map](x.svg){fig-alt='M'}\n", files={"x.svg": SOUND})
    stamp = datetime(2026, 1, 2, tzinfo=UTC)
    write_powerpoint(document, theme(), log, stamp=stamp, read=lambda _: drawing.encode())
    return list(log)


@pytest.mark.parametrize("fault", FAILING)
def test_a_drawing_that_fails_is_no_clear_ground(fault: str) -> None:
    drawn = svg_raster((HEAD + FAILING[fault] + RECT).encode(), (40, 20), strand())

    assert isinstance(drawn, str)
    assert drawn.startswith("the typesetter says: ")


@pytest.mark.parametrize("form", [word, slides])
def test_a_drawing_that_fails_is_an_error_at_its_place(
    form: Callable[[str], list[Diagnostic]],
) -> None:
    (found,) = form(HEAD + FAILING["a rule that WeasyPrint cannot read"] + RECT)

    assert (found.code.value, found.severity.value) == ("image-unreadable", "error")
    assert "'x.svg'" in found.message and "Failed to apply CSS rule" in found.message
    assert found.at.line == 6
    assert "PNG" in found.hint


def test_a_limit_that_is_reached_in_a_drawing_ends_the_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def run_away(*_: object) -> None:
        raise RanAway("writing docx", 1.0)

    monkeypatch.setitem(weasyprint.svg.TAGS, "rect", run_away)

    with pytest.raises(RanAway):
        svg_raster(SOUND.encode(), (40, 20), strand())


def test_a_sound_drawing_is_drawn_whatever_its_family_is_called() -> None:
    named = f'{HEAD}<text font-family="\\ffffff x">.</text>{RECT}'

    drawn = svg_raster(named.encode(), (40, 20), strand())

    assert isinstance(drawn, bytes)
    with Image.open(io.BytesIO(drawn)) as image:
        assert image.getpixel((1000, 500)) == (255, 0, 0, 255)
