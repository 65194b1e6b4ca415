"""Charts on slides: they fill their place, and say what the deck's native charts say."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from builder.charts.draw import draw_slide_chart
from builder.charts.sheet import SlideLook
from builder.deck.charts import is_valued
from builder.document.nodes import Chart
from builder.units import Length
from tests.deck.decks import layouts
from tests.support.paper import book, strand
from tests.support.reading import first, read

SVG = "{http://www.w3.org/2000/svg}"
WIDTH, HEIGHT = 860.0, 295.0
DATA = "year,value\n2007,82.5\n2008,129.4\n2009,250\n"
SERIES = "year,a,b\n2007,82.5,20\n2008,129.4,40\n"


def drawn(attributes: str, data: str = DATA) -> ElementTree.Element:
    text = f'::: {{.chart data="d.csv" {attributes}}}\nThe finding\n:::\n'
    node = first(read(text, files={"d.csv": data}), Chart)
    styles = layouts()["chart"].styles
    svg = draw_slide_chart(
        node,
        strand(),
        book(),
        width=Length.from_pt(WIDTH),
        height=Length.from_pt(HEIGHT),
        look=SlideLook(styles["value"], styles["axis"], is_valued(node)),
        language="en",
    )
    return ElementTree.fromstring(svg)


def words(svg: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in svg.iter(f"{SVG}text")]


@pytest.mark.parametrize("kind", ["column", "bar", "pie", "line"])
def test_a_chart_is_as_large_as_its_place(kind: str) -> None:
    svg = drawn(f'type="{kind}" x="year" y="value"')

    assert svg.get("viewBox") == f"0 0 {WIDTH:g} {HEIGHT:g}"


def test_text_has_the_sizes_of_the_layout() -> None:
    svg = drawn('type="column" x="year" y="value"')

    sizes = {text.text: text.get("font-size") for text in svg.iter(f"{SVG}text")}
    assert sizes == {
        "82.5": "16",
        "129.4": "16",
        "250": "16",
        **dict.fromkeys(["2007", "2008", "2009"], "14"),
    }


def test_bars_lie_in_all_of_the_height() -> None:
    svg = drawn('type="bar" x="year" y="value"')

    bars = [(float(r.get("y", 0)), float(r.get("height", 0))) for r in svg.iter(f"{SVG}rect")]
    assert bars[0][0] > 0 and HEIGHT * 0.9 < bars[-1][0] + bars[-1][1] < HEIGHT


def test_a_pie_names_its_sectors_where_they_are() -> None:
    assert words(drawn('type="pie" x="year" y="value"')) == [
        "2007: 82.5",
        "2008: 129.4",
        "2009: 250",
    ]


def test_names_of_a_pie_that_would_touch_stand_in_a_list() -> None:
    many = "name,v\nGiant,1000\n" + "".join(f"Number {n},1\n" for n in range(5))

    assert "Number 3" in words(drawn('type="pie" x="name" y="v"', many))


def test_stacked_columns_have_an_axis_in_place_of_values() -> None:
    found = words(drawn('type="stacked" x="year" y="a,b"', SERIES))

    assert "82.5" not in found
    assert {"a", "b", "0", "100", "200"} <= set(found)


def fills(svg: ElementTree.Element, tag: str) -> list[str | None]:
    return [shape.get("fill") for shape in svg.iter(f"{SVG}{tag}")]


def test_values_are_ink_whatever_colour_their_columns_have() -> None:
    svg = drawn('type="column" x="year" y="value" highlight="2009"')

    ink = strand().colour("ink").css
    assert {text.get("fill", ink) for text in svg.iter(f"{SVG}text")} == {ink}


def test_beside_a_highlighted_sector_the_others_step_back() -> None:
    svg = drawn('type="pie" x="year" y="value" highlight="2009"')

    look = strand().chart
    assert fills(svg, "path") == [look.context.css, look.context.css, look.highlight.css]


@pytest.mark.parametrize("kind", ["pie", "share"])
def test_parts_counted_in_hundredths_bear_the_sign(kind: str) -> None:
    svg = drawn(f'type="{kind}" x="part" y="value" unit="%"', "part,value\na,60\nb,40\n")

    assert any(text.endswith("60\u00a0%") for text in words(svg))


def test_a_share_stands_in_the_middle_of_its_place_and_names_its_parts_on_itself() -> None:
    svg = drawn('type="share" x="part" y="value"', "part,value\na,60\nb,40\n")

    bars = [bar for bar in svg.iter(f"{SVG}rect") if float(bar.get("height", 0)) > HEIGHT / 3]
    assert len(bars) == 2
    top, high = (float(bars[0].get(key, 0)) for key in ("y", "height"))
    assert top + high / 2 == pytest.approx(HEIGHT / 2, abs=1)
    assert words(svg) == ["a", "60", "b", "40"]


def test_each_line_has_marks_of_its_own_shape() -> None:
    svg = drawn('type="line" x="year" y="a,b"', SERIES)

    assert len(fills(svg, "circle")) == 2  # of the first line
    assert len(fills(svg, "polygon")) == 2  # squares of the second


def test_a_logarithmic_line_has_its_values_as_well_as_its_axis() -> None:
    svg = drawn('type="line" x="year" y="value" log=true', "year,value\na,1\nb,30\nc,900\n")

    assert {"1", "30", "900", "10", "100"} <= set(words(svg))
