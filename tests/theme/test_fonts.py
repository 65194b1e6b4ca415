"""Which font shows a character, how wide text is, where lines end."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.theme.fontconfig import private_fontconfig
from builder.theme.fontfiles import FontFinder, read_faces
from builder.theme.fonts import FontBook
from builder.theme.model import FontFamily, Theme
from builder.units import Length
from tests.theme.brands import strand


@pytest.fixture(scope="module")
def theme() -> Theme:
    return strand()


@pytest.fixture(scope="module")
def book(theme: Theme) -> FontBook:
    return FontBook(theme)


@cache
def shipped_book() -> FontBook:
    return FontBook(strand())


def shown(book: FontBook, theme: Theme, text: str, style: str, *, bold: bool = False) -> list[str]:
    """Give the stretches of a text, each with its font file."""
    segments = book.segments(text, theme.styles[style], bold=bold)
    return [f"{segment.text}|{segment.face.path.stem}" for segment in segments]


@pytest.mark.parametrize(
    ("style", "text", "expected"),
    [
        ("body", "Şəki və Bakı, Отчёт", ["Şəki və Bakı, Отчёт|SourceSerifPro-Regular"]),
        ("quote", "in Azərbaycan only", [
            "in |SourceSerifPro-It", "Azərbaycan |SourceSerifPro-Regular", "only|SourceSerifPro-It",
        ]),
        ("quote", "Отчёт", ["Отчёт|SourceSerifPro-Regular"]),
        ("body", "say שלום again", [
            "say |SourceSerifPro-Regular", "שלום |NotoSerifHebrew-Regular", "again|SourceSerifPro-Regular",
        ]),
        ("table_body", "שלום", ["שלום|NotoSansHebrew-Regular"]),
        ("body", "100₪", ["100|SourceSerifPro-Regular", "₪|NotoSerif-Regular"]),
        ("body", "e\u0301", ["e\u0301|SourceSerifPro-Regular"]),
        ("body", "", []),
        ("body", "漢", ["漢|SourceSerifPro-Regular"]),
    ],
)  # fmt: skip
def test_text_is_divided_among_the_faces_that_have_it(
    book: FontBook, theme: Theme, style: str, text: str, expected: list[str]
) -> None:
    assert shown(book, theme, text, style) == expected


def test_bold_makes_regular_bold_and_leaves_semibold(book: FontBook, theme: Theme) -> None:
    assert shown(book, theme, "x", "body", bold=True) == ["x|SourceSerifPro-Bold"]
    assert shown(book, theme, "x", "h2", bold=True) == ["x|SourceSansPro-Semibold"]


def test_nothing_is_lost_or_reordered_by_dividing(book: FontBook, theme: Theme) -> None:
    text = "Mixed: Отчёт (שלום, עולם) – 5 ₪; ‘Gəncə’ → e\u0301.\u00a0End"

    segments = book.segments(text, theme.styles["quote"])

    assert "".join(segment.text for segment in segments) == text


def test_characters_that_no_font_has_are_named(book: FontBook) -> None:
    assert book.missing("plain ə Ж ש ₪ \u200f\u00ad\n") == set()
    assert book.missing("漢字 and 🙂") == {"漢", "字", "🙂"}


def test_the_family_of_a_character_is_the_first_that_has_it(book: FontBook) -> None:
    families = [book.family_for(character) for character in "aש漢"]

    assert [f.name if f else None for f in families] == [
        "Source Serif Pro",
        "Noto Serif Hebrew",
        None,
    ]


def test_widths_grow_with_size_and_tracking_and_know_kerning(book: FontBook, theme: Theme) -> None:
    face, ten = theme.serif.face(), Length.from_pt(10)

    one = book.width("n", face, ten)
    assert one == Length.from_pt(6.06)  # 606 of 1,000 units
    assert book.width("n", face, Length(ten * 2)) == one * 2
    assert book.width("nn", face, ten, 0.1) == one * 2 + Length.from_pt(2)
    assert book.width("AV", face, ten) < book.width("A", face, ten) + book.width("V", face, ten)


def test_capitals_are_measured_as_capitals(book: FontBook, theme: Theme) -> None:
    eyebrow = theme.styles["eyebrow"]

    assert book.width_of("figure", eyebrow) == book.width_of("FIGURE", eyebrow)


TEXT = "The quick brown fox jumps over the lazy dog, and runs well-nigh for ever – so they say."


@pytest.mark.parametrize("width", [30, 45, 60, 120])
def test_lines_are_as_full_as_they_can_be_and_never_too_wide(
    book: FontBook, theme: Theme, width: int
) -> None:
    style, room = theme.styles["body"], Length.from_mm(width)

    lines = book.lines(TEXT, style, room)

    assert " ".join(lines).replace("- ", "-") == TEXT
    assert all(book.width_of(line, style) <= room for line in lines)
    for line, following in pairwise(lines):
        first = following.split()[0].split("-")[0]
        assert book.width_of(f"{line} {first}", style) > room * 0.99


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ()),
        ("one\ntwo", ("one", "two")),
        ("immeasurablyunbreakable x", ("immeasurablyunbreakable", "x")),
        ("2014-15 and 3-4", ("2014-15", "and 3-4")),
        ("10\u00a0km off", ("10\u00a0km", "off")),
    ],
)
def test_lines_end_where_they_may(
    book: FontBook, theme: Theme, text: str, lines: tuple[str, ...]
) -> None:
    assert book.lines(text, theme.styles["body"], Length.from_mm(14)) == lines


@pytest.mark.parametrize("style", ["body", "h2", "eyebrow", "quote"])
@given(
    text=st.text("aW -\u2013/.\n\u00a0\u200bש漢é1", max_size=60)
    | st.sampled_from([TEXT, TEXT * 9]),
    width=st.integers(5, 120),
)
@settings(max_examples=60, deadline=None)
def test_lines_are_counted_as_they_are_made(style: str, text: str, width: int) -> None:
    book, look, room = shipped_book(), strand().styles[style], Length.from_mm(width)

    for _ in range(2):  # counted, and then known
        assert book.line_count(text, look, room) == len(book.lines(text, look, room))


def test_what_was_counted_holds_for_its_size_width_and_fonts_alone(theme: Theme) -> None:
    body, room = theme.styles["body"], Length.from_mm(60)
    looks = [body, replace(body, size=Length(2 * body.size)), replace(body, weight=700)]
    looks += [replace(body, tracking=0.5), replace(body, caps=True), theme.styles["table_body"]]

    for width in (room, Length(room // 2)):
        for look in looks:
            book = FontBook(theme)
            assert book.line_count(TEXT, look, width) == len(book.lines(TEXT, look, width))


def test_a_line_of_several_faces_is_measured_as_a_whole(book: FontBook, theme: Theme) -> None:
    body = theme.styles["body"]
    runs = (
        *book.runs("plain and ", body),
        *book.runs("bold", body, bold=True),
        *book.runs(", so", body),
    )

    [line] = book.wrap(runs, Length.from_mm(100))

    assert [run.text for run in line] == ["plain and ", "bold", ", so"]


def test_a_word_in_two_faces_is_not_torn(book: FontBook, theme: Theme) -> None:
    body = theme.styles["body"]
    runs = (*book.runs("a somewhat", body), *book.runs("longer", body, bold=True))

    lines = book.wrap(runs, book.width_of("a somewhat", body))

    assert ["".join(run.text for run in line) for line in lines] == ["a ", "somewhatlonger"]


def test_a_typeface_is_found_by_its_name_alone(tmp_path: Path, theme: Theme) -> None:
    (tmp_path / "deep").mkdir()
    for face in (theme.serif.face(400), theme.sans.face(400)):
        (tmp_path / "deep" / face.path.name.lower()[-12:]).write_bytes(face.path.read_bytes())

    found = FontFinder([tmp_path]).system("Source Sans Pro")

    assert [(f.family, f.face.weight, f.generic) for f in found] == [
        ("Source Sans Pro", 400, "sans-serif")
    ]
    assert FontFinder([tmp_path]).system("Source") == ()


def test_a_file_that_is_no_font_has_no_faces(tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_bytes(b"no font")
    (tmp_path / "b.ttf").write_bytes(b"")

    assert read_faces(tmp_path / "a.ttf") == read_faces(tmp_path / "b.ttf") == ()
    assert read_faces(tmp_path / "none.ttf") == ()


def test_of_condensed_cuts_none_is_taken(theme: Theme) -> None:
    noto = next(f for f in theme.fallbacks if f.name == "Noto Sans")

    assert not [face.path.stem for face in noto.faces if "Condensed" in face.path.stem]


def test_the_face_nearest_in_weight_is_given_slope_first(theme: Theme) -> None:
    family = FontFamily("x", "serif", (theme.serif.face(400), theme.serif.face(700, italic=True)))

    assert family.face(700).weight == 400
    assert family.face(400, italic=True).weight == 700


def test_fontconfig_knows_the_themes_fonts_and_no_others(theme: Theme, tmp_path: Path) -> None:
    conf = private_fontconfig(theme, tmp_path)

    wanted = {family.name for family in (*theme.families, *theme.fallbacks)}
    assert conf.read_text() == private_fontconfig(theme, tmp_path).read_text()
    assert {read_faces(path)[0].family for path in (tmp_path / "fonts").iterdir()} == wanted


def test_fontconfig_never_finds_a_substitute_elsewhere(theme: Theme, tmp_path: Path) -> None:
    conf = private_fontconfig(theme, tmp_path)
    try:
        listed = subprocess.run(
            ["fc-list", ":", "file"],
            env={
                "FONTCONFIG_FILE": str(conf),
                "PATH": "/usr/bin:/bin:/usr/local/bin:/opt/homebrew/bin",
            },
            capture_output=True,
            text=True,
            check=True,
        )
    except FileNotFoundError:
        pytest.skip("fc-list is not here; it comes with the package fontconfig")

    files = [line.strip(" :") for line in listed.stdout.splitlines()]
    assert files and all(file.startswith(str(tmp_path)) for file in files)
