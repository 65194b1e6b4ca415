"""Charts as SVG: what is written on them, in which colours, and that no label touches another."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from builder.charts.draw import draw_chart
from builder.document.nodes import Chart
from builder.units import Length
from tests.support.drawings import SVG, faults, words
from tests.support.paper import book, strand
from tests.support.reading import first, read

HIGHLIGHT = strand().chart.highlight.css
SINGLE = strand().chart.single.css

EXPORTS = "year,value\n2007,82.5\n2008,129.4\n2009,250\n2010,200\n2011,125\n"
SERIES = "year,a,b,c\n2007,82.5,20,5\n2008,129.4,40,8\n2009,250,60,\n2010,200,30,44\n"
NAMES = "name,v\nA rather long category name indeed,12\nShort,-4\nAnother long name,33\nMissing,\n"
POINTS = "name,x,y\nBaku,1,3\nGanja,1.1,3.1\nQuba,4,9\n"


def chart(data: str, attributes: str, *, language: str = "en") -> ElementTree.Element:
    text = f'::: {{.chart data="d.csv" {attributes}}}\nThe finding\n:::\n'
    node = first(read(text, files={"d.csv": data}), Chart)
    return drawn(node, language)


def drawn(node: Chart, language: str = "en", width: Length | None = None) -> ElementTree.Element:
    width = width or strand().grid.full
    return ElementTree.fromstring(
        draw_chart(node, strand(), book(), width=width, language=language)
    )


def fills(svg: ElementTree.Element, kind: str = "rect") -> list[str]:
    return [shape.get("fill", "") for shape in svg.iter(f"{SVG}{kind}")]


def test_columns_bear_their_values_and_the_highlighted_one_its_colour() -> None:
    svg = chart(EXPORTS, 'type="column" x="year" y="value" highlight="2009"')

    assert words(svg) == [
        *("82.5", "129.4", "250", "200", "125"),
        *("2007", "2008", "2009", "2010", "2011"),
    ]
    assert fills(svg) == [SINGLE, SINGLE, HIGHLIGHT, SINGLE, SINGLE]


def test_columns_stand_on_zero_and_are_as_tall_as_their_values() -> None:
    svg = chart(EXPORTS, 'type="column" x="year" y="value"')

    heights = [float(bar.get("height", 0)) for bar in svg.iter(f"{SVG}rect")]
    assert heights[2] / heights[0] == pytest.approx(250 / 82.5, abs=0.01)


def test_a_missing_value_is_marked_and_a_negative_one_hangs_below_the_line() -> None:
    svg = chart(NAMES, 'type="column" x="name" y="v"')

    assert {"n/s", "−4"} <= set(words(svg))
    tops = [float(bar.get("y", 0)) for bar in svg.iter(f"{SVG}rect")]
    feet = [float(bar.get("y", 0)) + float(bar.get("height", 0)) for bar in svg.iter(f"{SVG}rect")]
    assert tops[1] == pytest.approx(feet[0], abs=0.02)


def test_numbers_are_written_as_the_language_has_them() -> None:
    assert "82,5" in words(chart(EXPORTS, 'type="bar" x="year" y="value"', language="de"))


def test_columns_whose_names_would_touch_lie_down() -> None:
    long = "".join(f"Unbreakableverylongcategory{n},{n}\n" for n in range(1, 9))

    svg = chart("name,v\n" + long, 'type="column" x="name" y="v"')

    widths = [float(bar.get("width", 0)) for bar in svg.iter(f"{SVG}rect")]
    assert widths == sorted(widths)
    assert widths[0] < widths[-1]


def test_the_alt_text_is_the_drawings_title() -> None:
    svg = chart(EXPORTS, 'type="column" x="year" y="value" alt="Five bars"')

    title = svg.find(f"{SVG}title")
    assert title is not None
    assert title.text == "Five bars"
    assert svg.get("aria-label") == "Five bars"


def test_several_series_are_named() -> None:
    for kind in ("column", "stacked", "line"):
        svg = chart(SERIES, f'type="{kind}" x="year" y="a,b,c"')
        assert {"a", "b", "c"} <= set(words(svg)), kind


def test_a_highlighted_series_stands_before_the_others() -> None:
    svg = chart(SERIES, 'type="column" x="year" y="a,b,c" highlight="b"')

    assert set(fills(svg)) == {HIGHLIGHT, strand().chart.context.css}


def test_piles_are_valued_beside_them_and_in_total_above() -> None:
    svg = chart(SERIES, 'type="stacked" x="year" y="a,b,c"')

    assert {"107.5", "177.4", "274"} <= set(words(svg))
    assert {"82.5", "20", "5"} <= set(words(svg))


def test_a_pile_with_a_missing_part_says_so_and_has_no_total() -> None:
    svg = chart(SERIES, 'type="stacked" x="year" y="a,b,c"')

    assert "n/s" in words(svg)
    assert "310" not in words(svg)


def test_a_line_breaks_where_a_value_is_missing() -> None:
    svg = chart(SERIES, 'type="line" x="year" y="a,b,c"')

    assert "n/s" in words(svg)
    assert len([p for p in svg.iter(f"{SVG}polyline") if p.get("stroke-width") == "2"]) == 3


def test_a_pie_names_every_part_with_its_value() -> None:
    svg = chart("n,v\nOil,60\nArms,25\nOther,15\n", 'type="pie" x="n" y="v" highlight="Arms"')

    assert set(words(svg)) == {"Oil", "60", "Arms", "25", "Other", "15"}
    assert fills(svg, "path")[1] == HIGHLIGHT


def test_a_pie_of_one_part_is_a_whole_circle() -> None:
    svg = chart("n,v\nAll,100\n", 'type="pie" x="n" y="v"')

    path = next(svg.iter(f"{SVG}path"))
    assert path.get("d", "").count("A") == 2


def test_a_share_is_one_bar_whose_parts_are_as_long_as_their_values() -> None:
    svg = chart("n,v\nOil,60\nArms,25\nOther,15\n", 'type="share" x="n" y="v" highlight="Arms"')

    assert words(svg) == ["60", "Oil", "25", "Arms", "15", "Other"]
    assert fills(svg)[1] == HIGHLIGHT
    lengths = [float(bar.get("width", 0)) for bar in svg.iter(f"{SVG}rect")]
    assert lengths[0] / lengths[2] == pytest.approx(4, rel=0.02)


def test_a_part_that_is_missing_is_listed_as_such() -> None:
    svg = chart("n,v\nOil,60\nArms,\n", 'type="share" x="n" y="v"')

    assert set(words(svg)) == {"60", "Oil", "n/s", "Arms"}


CASES = [
    ("n,v\nOil,60\nArms,25\nOther,15\nA rather long name indeed,1\n", 'type="share" x="n" y="v"'),
    (EXPORTS, 'type="column" x="year" y="value"'),
    (SERIES, 'type="column" x="year" y="a,b,c"'),
    (SERIES, 'type="stacked" x="year" y="a,b,c"'),
    (SERIES, 'type="line" x="year" y="a,b,c"'),
    (EXPORTS, 'type="line" x="year" y="value" highlight="2009"'),
    (NAMES, 'type="bar" x="name" y="v"'),
    (NAMES, 'type="column" x="name" y="v"'),
    (EXPORTS, 'type="pie" x="year" y="value"'),
    (EXPORTS, 'type="scatter" x="year" y="value"'),
]


@pytest.mark.parametrize(("data", "attributes"), CASES)
@pytest.mark.parametrize("width", [strand().grid.full, strand().grid.main, Length.from_mm(75)])
def test_no_label_touches_another_or_leaves_the_drawing(
    data: str, attributes: str, width: Length
) -> None:
    text = f'::: {{.chart data="d.csv" {attributes}}}\nThe finding\n:::\n'

    svg = drawn(first(read(text, files={"d.csv": data}), Chart), width=width)

    assert faults(svg) == []
