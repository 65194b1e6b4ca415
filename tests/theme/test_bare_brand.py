"""Somebody else's brand file works as it is, and what is wrong in one is told at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.diagnostics import Diagnostics
from builder.theme.colours import contrast, hue_distance
from builder.theme.model import ROLES, STYLES
from builder.theme.resolve import default_search, load_theme, shipped_templates
from tests.theme.brands import PICTURE, brand, brand_with_findings, findings, strand

TWO_COLOURS = """
meta: {name: {full: Acme Research, short: Acme}}
color:
  palette: {navy: "#1B2A49", coral: "#E4572E", fog: "#F2F4F7"}
  foreground: navy
  primary: navy
  secondary: coral
  light: fog
typography:
  base: Noto Sans
  headings: {family: Noto Serif, weight: 700, color: coral}
"""
ORANGE_ON_WHITE = "color: {primary: orange}"
NIGHT = 'color: {background: "#101820", foreground: "#F0F0F0", primary: "#FFD100"}'
GREY = 'color: {primary: "#777777", secondary: "#999999"}'
PALETTE_ONLY = 'color: {palette: {teal: "#419599", wine: "#9A4665", sun: "#FFC107"}}'


@pytest.mark.parametrize("text", [TWO_COLOURS, ORANGE_ON_WHITE, NIGHT, GREY, PALETTE_ONLY])
def test_every_pair_of_text_and_ground_is_legible(text: str) -> None:
    theme, _ = brand_with_findings(text)

    assert theme is not None and set(ROLES) <= set(theme.palette)
    assert all(
        contrast(theme.colour(on).hex, theme.colour(ground).hex) >= 4.5
        for on, ground in theme.contrast
    )


@pytest.mark.parametrize("text", [TWO_COLOURS, ORANGE_ON_WHITE, NIGHT, GREY, PALETTE_ONLY])
def test_charts_have_six_visible_colours_and_a_highlight_of_another_hue(text: str) -> None:
    theme, _ = brand_with_findings(text)

    assert theme is not None
    series = [colour.hex for colour in theme.chart.series]
    assert len(set(series)) == 6
    assert all(contrast(colour, theme.colour("paper").hex) >= 3 for colour in series)
    assert theme.chart.highlight != theme.chart.single


def test_a_brand_keeps_its_colours_where_they_are_legible() -> None:
    theme = brand(TWO_COLOURS.replace("E4572E", "B83A14"))

    assert theme.name == "Acme"
    assert {role: theme.colour(role).hex for role in ("ink", "accent", "accent_2", "sand")} == {
        "ink": "1B2A49",
        "accent": "1B2A49",
        "accent_2": "B83A14",
        "sand": "F2F4F7",
    }


def test_a_colour_that_is_too_faint_for_text_is_darkened_in_sight() -> None:
    theme, told = brand_with_findings("color:\n  primary: '#FFC107'\n")

    assert theme is not None
    assert contrast(theme.colour("accent").hex, "FFFFFF") >= 4.5
    assert hue_distance(theme.colour("accent").hex, "FFC107") < 0.01
    assert told == [
        f"2:13 note[contrast-low] primary #FFC107 is too faint for text: {theme.colour('accent').css} is used "
        "(to choose yourself, write defaults: {briefing: {colors: {accent: …}}})"
    ]


def test_headings_follow_typography_and_labels_take_the_face_without_serifs() -> None:
    theme = brand(TWO_COLOURS)

    h2, body, head = (theme.styles[role] for role in ("h2", "body", "table_head"))
    assert (h2.family.name, h2.weight, h2.font) == ("Noto Serif", 700, "serif")
    assert contrast(h2.colour.hex, "FFFFFF") >= 4.5
    assert (body.family.name, body.font) == ("Noto Sans", "sans")
    assert head.family.name == "Noto Sans"
    assert (theme.serif.name, theme.sans.name) == ("Noto Serif", "Noto Sans")


def test_a_file_that_says_nothing_is_strand_with_its_own_templates_first() -> None:
    theme, shipped = brand("{}"), strand()

    assert theme.styles == shipped.styles
    assert theme.palette == shipped.palette
    assert theme.chart == shipped.chart
    assert theme.search[0].name == "acme" and theme.search[1] == shipped.folder


def test_sizes_for_the_screen_become_sizes_for_paper() -> None:
    theme = brand("typography: {base: {size: 17.6px, line-height: 1.5}}")

    assert theme.styles["body"].size.pt == 11.5
    assert theme.styles["body"].leading.pt == 17.25
    assert theme.styles["h1"].size == strand().styles["h1"].size


def test_what_a_theme_says_of_styles_stands_above_all() -> None:
    theme = brand(
        """
color: {palette: {navy: "#1B2A49"}, primary: navy}
typography: {headings: {weight: 700}}
defaults:
  briefing:
    type: {h1: {size: 28pt, weight: 300, color: navy}}
    pages: {a4: {width: 210mm, height: 297mm, top: 20mm, bottom: 20mm, left: 25mm, right: 25mm}}
    words: {en: {figure: Fig.}}
  quarto: {anything: goes}
"""
    )

    h1 = theme.styles["h1"]
    assert (h1.size.pt, h1.leading.pt, h1.weight, h1.colour.hex) == (28, 33, 300, "1B2A49")
    assert theme.styles["h2"].weight == 700
    assert theme.pages["a4"].block.mm == 160
    assert theme.words == {"en": {"figure": "Fig."}}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "color:\n  palette: {navy: '#1B2A49'}\n  primary: nvay",
            "3:12 error[colour-unknown] no colour is called 'nvay' (did you mean 'navy'?)",
        ),
        (
            "color:\n  palette:\n    navy: '#1B2A4'",
            "3:12 error[colour-unknown] '#1B2A4' is no colour (write a colour such as \"#16202A\")",
        ),
        (
            "defaults:\n  briefing:\n    tab: {width: 1mm, height: 1mm, color: acent}",
            "3:43 error[colour-unknown] no colour is called 'acent' (did you mean 'accent'?)",
        ),
        (
            "defaults:\n  briefing:\n    colors:\n      inc: '#000'",
            "4:7 error[key-unknown] no colour role is called 'inc' (did you mean 'ink'?)",
        ),
        (
            "color:\n  primry: red",
            "2:3 error[key-unknown] color has no key 'primry' (did you mean 'primary'?)",
        ),
        (
            "color:\n  primary: #FFF",
            "2:11 error[value-invalid] color.primary: the value is missing (write one after the colon; in quotes if it begins with #)",
        ),
        (
            "defaults:\n  briefing:\n    grid: {side: 42, gutter: 8mm, main: 120mm}",
            "3:18 error[value-invalid] defaults.briefing.grid.side: 42 is not valid (a length is a number with mm, cm, in, pt or px: 10.5pt)",
        ),
        (
            "typography:\n  headings: {weight: heavy}",
            "2:22 error[value-invalid] typography.headings.weight: 'heavy' is not valid (a weight is 100 to 900, or one of thin, extra-light, ultra-light, light, normal, regular, medium, semi-bold, demi-bold, bold, extra-bold, ultra-bold, black)",
        ),
        (
            "logo: {medium: mark.png}",
            "1:16 error[file-missing] there is no logo 'mark.png' (check the path: it is relative to _brand.yml)",
        ),
        (
            "logo: ../../secret.png",
            "1:7 error[path-outside] the logo '../../secret.png' is elsewhere (put the file into the theme's folder)",
        ),
        (
            "typography:\n  fonts:\n    - {family: Acme, source: file, files: [acme.ttf]}",
            "3:7 error[file-missing] 'acme.ttf' is not in the theme's folder (check the path: it is relative to _brand.yml)",
        ),
        (
            "color: {palette: {navy: '#1B2A49', sky: '#AADDEE'}, primary: navy}\ndefaults:\n  briefing:\n    colors:\n      muted: sky",
            "5:7 warning[contrast-low] muted on paper has a contrast of 1.47 : 1 (make one of the two lighter or darker: text needs 4.5 : 1)",
        ),
    ],
)
def test_what_is_wrong_in_a_brand_file_is_told_at_its_place(text: str, told: str) -> None:
    assert told in findings(text)


def test_a_typeface_that_is_nowhere_is_replaced_in_sight() -> None:
    theme, told = brand_with_findings("typography:\n  base: Nowhere Slab\n")

    assert theme is not None and theme.styles["body"].family.name == "Source Serif Pro"
    assert told == [
        "2:9 warning[font-missing] the typeface 'Nowhere Slab' is not on this machine: Source Serif Pro is used "
        "(install it, or put its files into acme/fonts)"
    ]


def test_fonts_come_from_the_themes_own_folder() -> None:
    names = ("type/house.ttf", "type/strong.ttf", "type/kursiv.ttf")
    regular = strand().serif.face(400).path.read_bytes()
    text = """
typography:
  fonts:
    - family: House Type
      source: file
      files:
        - type/house.ttf
        - {path: type/strong.ttf, weight: bold}
        - {path: type/kursiv.ttf, style: italic}
  base: House Type
"""

    theme = brand(text, files=dict.fromkeys(names, regular))

    family = theme.styles["body"].family
    assert family.name == "Source Serif Pro"  # what the files say, by which they are found
    assert [(face.path.name, face.weight) for face in family.faces] == [
        ("house.ttf", 400),
        ("kursiv.ttf", 400),
        ("strong.ttf", 700),
    ]


def test_the_logo_may_be_named_among_the_images() -> None:
    theme = brand("logo: {images: {mark: {path: a.png}}, medium: mark}", files={"a.png": PICTURE})

    assert theme.logo is not None and theme.logo.name == "a.png"


def test_a_logo_that_is_no_picture_is_told() -> None:
    told = findings("logo: a.png", files={"a.png": b"no picture"})

    assert told == [
        "1:7 error[image-unreadable] 'a.png' is no picture that can be used: "
        "cannot identify image file (save it as PNG, JPEG or SVG)"
    ]


def test_a_brand_for_dark_screens_is_turned_round_for_paper() -> None:
    theme, told = brand_with_findings(NIGHT)

    assert theme is not None
    assert {role: theme.colour(role).hex for role in ("paper", "ink", "accent_deep")} == {
        "paper": "FFFFFF",
        "ink": "101820",
        "accent_deep": "101820",
    }
    assert told[0].startswith("1:22 note[format-cannot-show] background #101820 is dark")


def test_a_dark_page_is_had_by_asking_for_it() -> None:
    theme, _ = brand_with_findings(
        NIGHT + '\ndefaults: {briefing: {colors: {paper: "#101820", ink: "#F0F0F0"}}}'
    )

    assert theme is not None and theme.colour("paper").hex == "101820"
    assert contrast(theme.colour("muted").hex, "101820") >= 4.5


def test_a_light_and_a_dark_variant_give_the_light_one() -> None:
    theme = brand('color: {primary: {light: "#1B2A49", dark: "#AABBCC"}}')

    assert theme.colour("accent").hex == "1B2A49"


def test_a_theme_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    log = Diagnostics()

    assert load_theme("stand", default_search(), log) is None
    assert load_theme(tmp_path / "none", [shipped_templates()], log) is None

    assert [str(d).replace(str(tmp_path), "") for d in log] == [
        "error[theme-missing]: there is no theme 'stand'\n  hint: did you mean 'strand'?",
        "error[theme-missing]: there is no theme '/none'\n  hint: known here: strand",
    ]


def test_themes_beside_the_content_folder_are_found_from_anywhere(tmp_path: Path) -> None:
    project = tmp_path / "content" / "paper"
    project.mkdir(parents=True)
    (tmp_path / "templates" / "acme").mkdir(parents=True)
    (tmp_path / "templates" / "acme" / "_brand.yml").write_text("meta: {name: Acme}")

    theme = load_theme("acme", default_search(project), Diagnostics())

    assert theme is not None and theme.name == "Acme"


def test_every_style_can_be_set_in_a_brands_only_typeface() -> None:
    theme = brand("typography: {base: Noto Sans}\ndefaults: {briefing: {labels: Noto Sans}}")

    assert {theme.styles[role].family.name for role in STYLES} == {
        "Noto Sans",
        theme.mono.name,
    }
