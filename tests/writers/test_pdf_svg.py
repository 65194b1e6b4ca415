"""Texts in drawings are set as lines."""

from __future__ import annotations

import pypdfium2
import pytest
import weasyprint
from weasyprint.text.fonts import FontConfiguration

from builder.confinement import RanAway
from builder.units import Length
from builder.writers.pdf_press import private_fonts
from builder.writers.pdf_svg import whole_texts
from tests.support.paper import book, strand

SIZE = 40


def places(attributes: str, words: str) -> list[tuple[str, float, float]]:
    """Draw words; give each letter of the page with its left and right edge, from left to right."""
    family = strand().sans.name
    svg = (
        '<svg width="600pt" height="200pt" viewBox="0 0 600 200">'
        f'<text y="100" font-family="{family}" font-size="{SIZE}" {attributes}>{words}</text></svg>'
    )
    with private_fonts(strand()), whole_texts():
        sheet = weasyprint.CSS(string="@page { size: 600pt 200pt; margin: 0 } body { margin: 0 }")
        pdf = weasyprint.HTML(string=svg).write_pdf(
            font_config=FontConfiguration(), stylesheets=[sheet]
        )
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[0].get_textpage()
        letters = [
            (text.get_text_range(index, 1), *text.get_charbox(index, loose=True)[0:3:2])
            for index in range(text.count_chars())
        ]
    return sorted((one for one in letters if one[0].strip()), key=lambda one: one[1])


@pytest.mark.parametrize("anchor", ["start", "middle", "end"])
def test_hebrew_runs_from_right_to_left_whatever_its_anchor(anchor: str) -> None:
    found = places(f'x="300" text-anchor="{anchor}"', "לקוחות")

    assert "".join(letter for letter, _, _ in found) == "לקוחות"[::-1]
    left, right = found[0][1], found[-1][2]
    at = {"start": left, "middle": (left + right) / 2, "end": right}[anchor]
    assert at == pytest.approx(300, abs=2)


def test_letters_are_kerned_and_as_wide_as_they_are_measured() -> None:
    found = places('x="10"', "AVAVAVAVTo")

    face = strand().sans.face()
    wide = book().width("AVAVAVAVTo", face, Length.from_pt(SIZE)).pt
    apart = sum(book().width(letter, face, Length.from_pt(SIZE)).pt for letter in "AVAVAVAVTo")
    assert wide < apart - 5
    assert found[-1][2] - found[0][1] == pytest.approx(wide, abs=1)


def test_letters_that_have_places_of_their_own_keep_them() -> None:
    found = places('x="10 110 210"', "abc")

    assert [letter for letter, _, _ in found] == ["a", "b", "c"]
    assert [left for _, left, _ in found] == pytest.approx([10, 110, 210], abs=1)


@pytest.mark.parametrize("stopped", [RanAway("writing pdf", 1.0), KeyboardInterrupt()])
def test_what_ends_the_work_ends_it_in_a_drawing_too(
    stopped: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WeasyPrint takes whatever is raised there for a fault of the drawing, and goes on."""

    def run_away(*_: object) -> None:
        raise stopped

    monkeypatch.setitem(weasyprint.svg.TAGS, "rect", run_away)
    image = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><rect/></svg>"

    with whole_texts(), pytest.raises(type(stopped)):
        weasyprint.HTML(string=f'<img src="{image}">').write_pdf()


def test_a_fault_of_a_drawing_is_still_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(weasyprint.svg.TAGS, "rect", lambda *_: 1 / 0)
    image = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><rect/></svg>"

    with whole_texts():
        weasyprint.HTML(string=f'<img src="{image}">').write_pdf()

    assert "Failed to render SVG image" in caplog.text
