"""Remarks on data, axes of time and of powers: where they stand and what is written."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from builder.charts.draw import draw_chart
from builder.charts.scale import Scale, log_steps
from builder.charts.vocabulary import day_of, shown_date
from builder.document.days import parse_day
from builder.document.nodes import Chart
from tests.support.drawings import SVG, faults, label_boxes, words
from tests.support.paper import book, strand
from tests.support.reading import first, read

EXPORTS = "year,value\n2007,82.5\n2008,129.4\n2009,250\n2010,200\n2011,125\n"
DAYS = "day,v\n2014-01-31,3\n2014-03-02,400\n2015-01-31,9\n"


def drawn(
    attributes: str, remarks: str = "", data: str = EXPORTS, language: str = "en"
) -> ElementTree.Element:
    text = f"::: {{.chart data=d.csv {attributes}}}\nThe finding\n\n{remarks}\n:::\n"
    node = first(read(text, files={"d.csv": data}), Chart)
    return ElementTree.fromstring(
        draw_chart(node, strand(), book(), width=strand().grid.full, language=language)
    )


def arrows(svg: ElementTree.Element) -> list[list[tuple[float, float]]]:
    """Give the paths of the arrows: thin lines in the colour of secondary text."""
    ink, thin = strand().colour("muted").css, "0.8"
    paths = [
        [(float(x), float(y)) for x, y in (p.split(",") for p in line.get("points", "").split())]
        for line in svg.iter(f"{SVG}polyline")
        if line.get("stroke") == ink and line.get("stroke-width") == thin
    ]
    return paths[::2]  # every second one is a head


def bars(svg: ElementTree.Element) -> list[dict[str, float]]:
    return [
        {key: float(bar.get(key, 0)) for key in ("x", "y", "width", "height")}
        for bar in svg.iter(f"{SVG}rect")
    ]


def test_an_arrow_rises_to_the_taller_bars_side_with_its_words_above() -> None:
    svg = drawn("highlight=2009", "- 2007 -> 2009: three times in two years")

    (path,) = arrows(svg)
    source, target = bars(svg)[0], bars(svg)[2]
    assert path[0][0] == pytest.approx(source["x"] + source["width"] / 2, abs=0.1)
    assert path[-1] == pytest.approx((target["x"] - 4, target["y"]), abs=0.1)
    boxes = dict(label_boxes(svg))
    assert boxes["three times in two years"][3] < path[-1][1]


def test_an_arrow_falls_onto_the_lower_bar() -> None:
    svg = drawn("highlight=2009", "- 2009 -> 2011: half two years later")

    (path,) = arrows(svg)
    target = bars(svg)[4]
    assert path[-1][0] == pytest.approx(target["x"] + target["width"] / 2, abs=0.1)
    assert path[-1][1] < target["y"]


def test_an_arrow_over_taller_bars_passes_above_them() -> None:
    svg = drawn("", "- 2008 -> 2010: up by half")

    (path,) = arrows(svg)
    assert min(y for _, y in path) < min(bar["y"] for bar in bars(svg))


@pytest.mark.parametrize("kind", ["column", "bar", "stacked", "line", "share", "scatter"])
def test_each_kind_of_chart_draws_arrows_and_words(kind: str) -> None:
    remarks = "- 2008 -> 2010: rising again\n- 2011: the end of it"

    svg = drawn(f"type={kind}", remarks)

    assert len(arrows(svg)) == 1
    said = " ".join(words(svg))
    assert "rising again" in said
    assert "the end of it" in said
    assert faults(svg) == []


def test_a_pie_says_its_remarks_below() -> None:
    svg = drawn("type=pie", "- 2008 -> 2010: rising again\n- 2011: the end")

    assert words(svg)[-2:] == ["2008 → 2010: rising again", "2011: the end"]


def test_a_legend_stands_above_the_remarks() -> None:
    data = "year,North,South\n2007,1,2\n2008,3,9\n2009,2,1\n"

    svg = drawn("", "- North 2007 -> North 2009: doubled", data)

    boxes = dict(label_boxes(svg))
    assert boxes["North"][3] < boxes["doubled"][1]


def test_days_stand_where_they_are_in_time() -> None:
    svg = drawn("type=line dates=true", data=DAYS)

    boxes = dict(label_boxes(svg))
    middles = [(boxes[w][0] + boxes[w][2]) / 2 for w in boxes if "201" in w]
    assert middles == sorted(middles)
    points = [float(c.get("cx", 0)) for c in svg.iter(f"{SVG}circle")]
    assert (points[1] - points[0]) / (points[2] - points[0]) == pytest.approx(30 / 365, abs=0.001)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "2 Mar 2014"),
        ("de", "2. März 2014"),
        ("fr", "2 mars 2014"),
        ("ru", "2 марта 2014"),
        ("tr", "2 Mar 2014"),
        ("az", "2 mar 2014"),
        ("he", "2 במרץ 2014"),
    ],
)
def test_days_are_written_as_the_language_has_them(language: str, shown: str) -> None:
    day = parse_day("2014-03-02")
    assert day is not None
    assert day_of(day, language).replace("\u00a0", " ") == shown


def test_a_date_is_as_exact_as_it_is_given() -> None:
    shown = [shown_date(text, "en") for text in ("2014", "2014-03", "2014-03-02", "March")]

    assert [text.replace("\u00a0", " ") for text in shown] == [
        *("2014", "Mar 2014", "2 Mar 2014", "March"),
    ]


def test_a_logarithmic_axis_has_its_powers_apart_alike_and_says_what_it_is() -> None:
    scale = Scale(1, 1000, 0, 30, log=True)
    assert [round(scale.place(v), 6) for v in (1, 10, 100, 1000)] == [0, 10, 20, 30]

    svg = drawn('type=line log=true y-title="USD"', data="n,v\na,1\nb,30000\n")
    assert "USD (logarithmic scale)" in words(svg)
    assert {"1", "10", "100", "1,000", "10,000", "100,000"} <= set(words(svg))


def test_a_short_logarithmic_axis_has_twos_and_fives() -> None:
    assert log_steps(3, 40) == (2, 5, 10, 20, 50)


def test_an_axis_begins_where_the_author_says() -> None:
    data = "n,a,b\nx,60,70\ny,80,90\n"

    assert "50" in words(drawn("type=line min=50", data=data))
    assert "0" not in words(drawn("type=line min=50", data=data))


def test_points_are_named_from_their_own_column_and_what_is_missing_is_said() -> None:
    svg = drawn(
        "type=scatter x=x y=y names=Name", data="Name,x,y\nBaku,1,3\nQuba,4,9\nSheki,2,n/s\n"
    )

    assert {"Baku", "Quba", "n/s: Sheki"} <= set(words(svg))


def test_years_that_have_no_room_are_thinned_but_the_highlighted_one_stays() -> None:
    data = "year,v\n" + "".join(f"{year},{year - 1980}\n" for year in range(1985, 2014))

    shown = [w for w in words(drawn("highlight=2008", data=data)) if len(w) == 4]

    assert "2008" in shown
    assert len(shown) < 29
