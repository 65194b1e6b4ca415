"""Lines of slide text: where they end, and in which font each stretch is."""

from __future__ import annotations

from builder.deck.lines import Line, set_label, set_lines, text_height
from builder.deck.measure import Ruler
from builder.deck.numerals import numeral
from builder.deck.text import Run
from builder.units import Length
from tests.deck.decks import layouts, theme

BODY = layouts()["bullets"].slots["body"].style
RULER = Ruler(theme())


def broken(*runs: Run, inches: float) -> list[str]:
    return [words(line) for line in lines(*runs, inches=inches)]


def lines(*runs: Run, inches: float) -> tuple[Line, ...]:
    return set_lines([(runs, BODY, BODY.size)], Length.from_inches(inches), RULER)


def words(line: Line) -> str:
    return "".join(piece.text for piece in line)


def test_lines_hold_as_many_words_as_fit_and_keep_their_spaces() -> None:
    assert broken(Run("Caspian oil has reached the sea"), inches=2.4) == [
        "Caspian oil has ",
        "reached the sea",
    ]


def test_no_line_is_wider_than_its_room() -> None:
    text = "Each side supplies what the other lacks, in arms, in oil and in a voice abroad"

    for line in lines(Run(text), inches=3):
        width = RULER.width(
            [piece.run for piece in line[:0]] or [Run(words(line))], BODY, BODY.size
        )
        assert width <= Length.from_inches(3)


def test_a_hard_break_ends_a_line() -> None:
    assert broken(Run("One"), Run("\n"), Run("two"), inches=5) == ["One", "two"]


def test_a_word_wider_than_a_line_is_broken_and_nothing_of_it_is_lost() -> None:
    found = broken(Run("a Donaudampfschifffahrtsgesellschaft rises"), inches=2)

    assert len(found) > 2
    assert "".join(found) == "a Donaudampfschifffahrtsgesellschaft rises"
    assert found[0] == "a "


def test_pieces_keep_the_look_of_their_runs() -> None:
    found = lines(Run("plain and "), Run("strong", bold=True), Run(" words"), inches=9)[0]

    assert [(piece.text, piece.run.bold) for piece in found] == [
        ("plain and ", False),
        ("strong", True),
        (" words", False),
    ]
    assert found[1].face.weight > found[0].face.weight


def test_letters_that_a_font_lacks_are_pieces_in_another() -> None:
    italic = lines(Run("in Мир itself", italic=True), inches=9)[0]

    assert [(piece.text, piece.face.italic) for piece in italic] == [
        ("in ", True),
        ("Мир ", False),
        ("itself", True),
    ]


def test_text_of_two_sizes_breaks_as_one_line() -> None:
    year = ((Run("1997"),), BODY, Length.from_pt(22))
    day = ((Run("  29 August"),), BODY, Length.from_pt(14))

    label = set_label(year, day, width=Length.from_inches(3), ruler=RULER)

    assert [words(line) for line in label.lines] == ["1997  29 August"]
    assert text_height([label]) == label.leading


def test_list_numbers_are_written_as_offices_write_them() -> None:
    assert [numeral(n, "lower-roman") for n in (1, 4, 9, 14)] == ["i", "iv", "ix", "xiv"]
    assert [numeral(n, "upper-alpha") for n in (1, 26, 27)] == ["A", "Z", "AA"]
    assert numeral(7, "decimal") == "7"
