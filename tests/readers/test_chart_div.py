"""Charts: their attributes, remarks on their data, and what would mislead."""

from __future__ import annotations

import pytest

from builder.document.nodes import Chart, Datum
from builder.document.walk import plain
from tests.support.reading import findings, first, read

DATA = "year,North,South\n2007,82.5,20\n2008,129.4,-4\n2009,250,n/s\n"
DAYS = "day,v\n2014-01-31,3\n2014-03,4\n2015,9\n"


def div(attributes: str, remarks: str = "") -> str:
    return f"::: {{.chart data=d.csv {attributes}}}\nThe finding\n\n{remarks}\n:::\n"


def chart(attributes: str, remarks: str = "", data: str = DATA) -> Chart:
    return first(read(div(attributes, remarks), files={"d.csv": data}), Chart)


def found(attributes: str, remarks: str = "", data: str = DATA) -> list[str]:
    return [
        finding.split(" ", 1)[1]
        for finding in findings(div(attributes, remarks), files={"d.csv": data})
    ]


def test_an_arrow_leads_from_one_datum_to_another() -> None:
    made = chart("y=North", "- 2007 -> 2009: three times in *two* years")

    (remark,) = made.annotations
    assert (remark.source, remark.target) == (Datum("2007", "North"), Datum("2009", "North"))
    assert plain(remark.text) == "three times in two years"


def test_words_stand_at_one_datum() -> None:
    (remark,) = chart("y=North", "- 2009: the peak").annotations

    assert remark.source is None
    assert remark.target == Datum("2009", "North")


def test_a_datum_of_several_series_is_named_by_series_and_category() -> None:
    made = chart("", "- South 2007 -> North 2007: four times\n- 2008: growth")

    assert [(a.source, a.target) for a in made.annotations] == [
        (Datum("2007", "South"), Datum("2007", "North")),
        (None, Datum("2008", "North")),
    ]


def test_without_a_series_the_highlighted_one_is_meant() -> None:
    (remark,) = chart("highlight=South", "- 2008: a loss").annotations

    assert remark.target == Datum("2008", "South")


def test_a_colon_in_the_name_of_a_category_is_kept() -> None:
    (remark,) = chart("", "- 10:30: noon is near", "at,v\n10:30,4\n11:30,5\n").annotations

    assert remark.target.category == "10:30"


@pytest.mark.parametrize(
    ("remark", "message"),
    [
        ("- 2010: x", "the chart has no datum '2010'"),
        ("- South 2009: x", "the value of 'South 2009' is missing"),
        ("- 2007 -> 2007: x", "the arrow leads from '2007' to itself"),
        ("- 2007 -> 2008 -> 2009: x", "'2007 -> 2008 -> 2009' has more than one arrow"),
        ("- 2007 -> 2008:", "'2007 -> 2008:' says nothing"),
        ("- just words", "'just words' names no datum of the chart"),
    ],
)
def test_a_remark_that_names_no_datum_is_an_error(remark: str, message: str) -> None:
    assert found("", remark) == [f"error[chart-annotation] {message}"]


def test_dates_of_a_scatter_plot_become_days() -> None:
    made = chart("type=scatter dates=true", data=DAYS)

    assert made.series[0].xs == (735264.0, 735293.0, 735599.0)


def test_a_point_without_a_horizontal_value_is_missing() -> None:
    made = chart("type=scatter", data="x,y\n1,2\n,3\n")

    assert made.series[0].values == (2.0, None)


def test_a_share_is_one_bar_of_a_series_for_each_part() -> None:
    made = chart("type=share", data="n,v\nOil,60\nArms,25\n").parts_as_series()

    assert made.categories == ("v",)
    assert [(s.name, s.values) for s in made.series] == [("Oil", (60.0,)), ("Arms", (25.0,))]


MANY = "n,v\n" + "".join(f"a{n},{n}\n" for n in range(1, 33))
WIDE = "n,a,b,c,d,e,f,g\nx,1,2,3,4,5,6,7\n"


@pytest.mark.parametrize(
    ("attributes", "data", "finding"),
    [
        ("y=North min=50", DATA, "error[chart-baseline] min=50: bars begin at zero"),
        (
            "type=pie y=North min=5",
            DATA,
            "error[chart-baseline] min=5: the parts of a whole have no axis",
        ),
        (
            "type=line y=North min=90",
            DATA,
            "error[chart-baseline] min=90 cuts off the value 82.5",
        ),
        (
            "y=North log=true",
            DATA,
            "error[chart-log] a logarithmic axis has no zero for a column chart to stand on",
        ),
        (
            "type=line y=South log=true",
            DATA,
            "error[chart-log] a logarithmic axis has no place for -4",
        ),
        ("", MANY, "warning[chart-categories] 32 categories; more than 30 cannot be read"),
        (
            "type=line",
            WIDE,
            "warning[chart-series] 7 series; more than 6 cannot be told apart by colour",
        ),
        (
            "type=share",
            MANY,
            "warning[chart-series] 32 parts; more than 6 cannot be told apart by colour",
        ),
        (
            "type=pie y=South",
            DATA,
            "error[chart-parts] '2008' is -4; a part of a whole is not negative",
        ),
        ("type=share", "n,v\na,0\nb,n/s\n", "error[chart-parts] the parts add up to nothing"),
        (
            "type=share",
            "n,v,w\na,1,2\nb,3,4\n",
            "warning[chart-parts] a share chart shows one column, 'v', not the other 1",
        ),
        ("type=line dates=true", "n,v\nMay,1\n", "error[chart-dates] 'May' is no date"),
        (
            "type=line dates=true",
            "n,v\n2014,1\n2013-05,2\n",
            "error[chart-dates] '2013-05' does not come after the date before it",
        ),
        ("dates=true", DAYS, "error[chart-dates] a column chart has no axis of time"),
        ("", "n,v\na,n/s\nb,\n", "error[chart-empty] every value of the chart is missing"),
        ("log=maybe", DAYS, "error[attribute-invalid] log='maybe' is neither true nor false"),
        ("type=line min=low", DAYS, "error[attribute-invalid] min='low' is no number"),
    ],
)
def test_what_would_mislead_is_said(attributes: str, data: str, finding: str) -> None:
    assert found(attributes, data=data) == [finding]


@pytest.mark.parametrize(
    ("attributes", "data"),
    [
        ("y=North min=0", DATA),
        ("type=line y=North min=50", DATA),
        ("type=line y=North log=true", DATA),
        ("type=line dates=true", DAYS),
        ("type=scatter", "x,y\n" + "".join(f"{n},{n}\n" for n in range(40))),
        ("type=share y=North", DATA),
    ],
)
def test_what_is_honest_is_not_complained_of(attributes: str, data: str) -> None:
    assert found(attributes, data=data) == []
