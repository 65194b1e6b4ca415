"""Missing values are named where a native chart draws nothing for them."""

from __future__ import annotations

from builder.charts.missing import can_name_missing, with_missing_named
from builder.deck.charts import axis_marks
from builder.document.nodes import Annotation, Chart, Datum, Series, Text

YEARS = ("2010", "2011")


def test_a_lone_series_names_its_gap_at_the_category() -> None:
    chart = Chart("column", YEARS, (Series("Rain", (1.0, None)),))

    assert with_missing_named(chart).categories == ("2010", "2011 (n/s)")


def test_several_series_say_which_of_them_lacks_a_value() -> None:
    chart = Chart("line", YEARS, (Series("Rain", (1.0, None)), Series("Snow", (2.0, 3.0))))

    assert with_missing_named(chart).categories == ("2010", "2011 (Rain: n/s)")


def test_highlight_and_remarks_follow_a_renamed_category() -> None:
    remark = Annotation(Datum("2011", "Snow"), (Text("more"),))
    series = (Series("Rain", (1.0, None)), Series("Snow", (2.0, 3.0)))
    made = with_missing_named(
        Chart("column", YEARS, series, highlight="2011", annotations=(remark,))
    )

    assert made.highlight == "2011 (Rain: n/s)"
    assert made.value(made.annotations[0].target) == 3.0


def test_a_chart_without_gaps_is_left_as_it_is() -> None:
    chart = Chart("column", YEARS, (Series("Rain", (1.0, 2.0)),))

    assert with_missing_named(chart) is chart


def test_pies_and_axes_of_time_have_no_name_for_a_gap() -> None:
    series = (Series("Rain", (1.0, None)),)

    assert not can_name_missing(Chart("pie", YEARS, series))
    assert not can_name_missing(Chart("line", ("2010-01-01", "2010-02-01"), series, dates=True))


def test_the_axis_of_stacks_holds_what_goes_up_and_what_goes_down() -> None:
    chart = Chart("stacked", YEARS, (Series("a", (10.0, 5.0)), Series("b", (-4.0, -6.0))))

    marks = axis_marks(chart)
    assert marks[0] <= -6 and marks[-1] >= 10
