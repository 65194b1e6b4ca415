"""What a theme asks for and does not get is told, each with its line."""

from __future__ import annotations

import io

import pytest
from fontTools.ttLib import TTFont

from tests.theme.brands import brand, findings, strand

ONE_FACE = """typography:
  fonts:
    - {family: Acme, source: file, files: [fonts/Acme.ttf]}
  base: Acme
"""
RESTRICTED = 2
"""The licence bits that forbid to embed a font (OpenType, OS/2, fsType)."""


def acme(*, licence: int = 0) -> bytes:
    """Give a font file of one face under a name of its own."""
    font = TTFont(strand().sans.face(400).path)
    for number in (1, 16):
        font["name"].setName("Acme", number, 3, 1, 0x409)
    font["OS/2"].fsType = licence
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()


def test_a_typeface_without_italics_and_bold_is_told() -> None:
    told = findings(ONE_FACE, files={"fonts/Acme.ttf": acme()})

    assert [line.partition(" here")[0] for line in told] == [
        "4:9 note[font-missing] the typeface 'Acme' has no italics",
        "4:9 note[font-missing] the typeface 'Acme' has no bold face",
    ]


def test_a_typeface_that_may_not_be_embedded_is_told() -> None:
    told = findings(ONE_FACE, files={"fonts/Acme.ttf": acme(licence=RESTRICTED)})

    assert "4:9 note[format-cannot-show] the typeface 'Acme' may not be embedded" in told[-1]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("link: {decoration: underline}", "typography.link.decoration"),
        ("base: {family: Source Sans Pro, color: red}", "typography.base.color"),
        ("headings: {size: 30pt}", "typography.headings.size"),
        ("monospace-inline: {size: 9pt}", "typography.monospace-inline.size"),
    ],
)
def test_a_key_of_brand_yml_that_nothing_reads_is_told(written: str, said: str) -> None:
    (told,) = findings(f"color: {{palette: {{red: '#aa0000'}}}}\ntypography:\n  {written}\n")

    assert told.startswith(
        f"3:{told.split(' ')[0].partition(':')[2]} note[key-unknown] nothing here"
    )
    assert f" {said}," in told


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("size: 30px", "it is 1.25 times as large as the shipped theme's, not 1.88"),
        ("size: 1.2.3px", "it is as large as the shipped theme's"),
        ("size: large", "it is as large as the shipped theme's"),
        ("line-height: 3", "a line height of '3' suits no page"),
        ("line-height: 1.2.3", "a line height of '1.2.3' suits no page"),
    ],
)
def test_a_size_that_suits_no_page_is_told(written: str, said: str) -> None:
    (told,) = findings(f"typography:\n  base: {{{written}}}\n")

    assert "note[value-invalid]" in told
    assert said in told


def test_sizes_that_suit_a_page_are_taken_without_a_word() -> None:
    theme = brand("typography:\n  base: {size: 17px, line-height: 1.5}\n")

    assert theme.styles["body"].size.pt == 11.25


def test_a_charts_colour_may_be_written_out_and_an_unknown_one_is_an_error() -> None:
    written = 'defaults: {{briefing: {{chart: {{highlight: "{}"}}}}}}\n'

    assert brand(written.format("#123456")).chart.highlight.hex == "123456"
    (told,) = findings(written.format("teel"))
    assert "error[colour-unknown] no colour is called 'teel'" in told
