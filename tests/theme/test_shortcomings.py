"""What a theme asks for and does not get is told, each with its line."""

from __future__ import annotations

import io

import pytest
from fontTools.ttLib import TTFont

from builder.diagnostics import Diagnostics
from builder.theme.fontfiles import FontFinder, Found
from builder.theme.resolve import default_search, load_theme
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


def without(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Let some typefaces be on no machine."""
    system = FontFinder.system

    def fewer(finder: FontFinder, family: str) -> tuple[Found, ...]:
        return () if family in names else system(finder, family)

    monkeypatch.setattr(FontFinder, "system", fewer)


def test_code_in_the_face_of_labels_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "Noto Sans Mono")

    (told,) = findings("color: {primary: '#123456'}\n")

    assert told.startswith("1:1 note[font-missing] code is set in Source Sans Pro: the theme names")
    assert "'Noto Sans Mono', is not on this machine (install Noto Sans Mono" in told


def test_code_in_a_face_that_the_theme_names_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "Noto Sans Mono", "Acme Mono")

    (told,) = findings("typography: {monospace: Acme Mono}\n")

    assert "warning[font-missing] the typeface 'Acme Mono' is not on this machine" in told


def test_shipped_fallbacks_that_are_missing_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "Noto Sans Math", "Noto Serif Hebrew")
    log = Diagnostics()

    load_theme("strand", default_search(), log)
    own = findings("color: {primary: '#123456'}\n")

    (told,) = (str(found).splitlines()[0] for found in log)
    assert "note[font-missing]: fallback typefaces of the shipped theme are not on this" in told
    assert "Noto Serif Hebrew, Noto Sans Math; characters that the others have" in told
    assert [line.partition(": ")[0] for line in own] == [
        "0:0 note[font-missing] fallback typefaces of the shipped theme are not on this machine"
    ]


def test_a_fallback_of_the_themes_own_that_is_missing_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without(monkeypatch, "Noto Sans Math")

    (told,) = findings("defaults: {briefing: {fallbacks: [Noto Sans, Noto Sans Math]}}\n")

    assert "warning[font-missing] the fallback typeface 'Noto Sans Math' is not on" in told


@pytest.mark.parametrize(
    "written",
    [
        "typography: {base: 'a<b'}",
        "typography: {headings: {family: 'a;b'}}",
        "typography: {fonts: [{family: 'a}b'}]}",
        "defaults: {briefing: {labels: 'a{b'}}",
        "defaults: {briefing: {fallbacks: ['a>b']}}",
        "defaults: {briefing: {fonts: [{family: 'a\u200bb'}]}}",
        'defaults: {briefing: {fonts: [{family: a, substitutes: ["b\\nc"]}]}}',
    ],
)
def test_what_can_be_no_name_of_a_typeface_is_refused(written: str) -> None:
    (told,) = findings(written + "\n")

    assert "error[value-invalid]" in told and "a typeface's name holds no " in told


def test_a_brand_file_is_read_up_to_a_size() -> None:
    (told,) = findings("color: {}\n#" + "x" * 5_000_000)

    assert told.startswith("0:0 error[file-unreadable] ")
    assert "it has 5 MB, more than the 5 MB that are read (take out" in told
