"""Charts that would mislead: what the data are is checked against how they are to be drawn."""

from __future__ import annotations

from itertools import pairwise

from builder.diagnostics import Code, Diagnostics, Span
from builder.document.days import parse_day
from builder.document.nodes import Chart

MOST_SERIES = 6
MOST_CATEGORIES = 30
MOST_POINTS = 20_000
"""Ten years of days in five series; what is beyond that is drawn for minutes, seen by nobody."""
MOST_NAMED = 1_000
LONGEST_NAME = 300
PARTS = ("pie", "share")
ON_AXIS = ("line", "scatter")


def check_chart(chart: Chart, log: Diagnostics) -> None:
    """Note what makes a chart misleading or unreadable."""
    values = [v for series in chart.series for v in series.values if v is not None]
    if not values:
        log.error(
            Code.CHART_EMPTY,
            "every value of the chart is missing",
            at=chart.at,
            hint="fill in the column, or name another by y=",
        )
        return
    _check_axis(chart, values, log)
    _check_count(chart, log)
    if chart.type in PARTS:
        _check_parts(chart, log)
    if chart.dates:
        _check_dates(chart, log)


def _check_axis(chart: Chart, values: list[float], log: Diagnostics) -> None:
    on_axis = chart.type in ON_AXIS
    if chart.minimum not in (None, 0.0) and not on_axis:
        what = "the parts of a whole have no axis" if chart.type in PARTS else "bars begin at zero"
        log.error(
            Code.CHART_BASELINE,
            f"min={chart.minimum:g}: {what}",
            at=chart.at,
            hint="leave min out, or take type=line, whose axis may begin elsewhere",
        )
    elif chart.minimum is not None and on_axis and chart.minimum > min(values):
        log.error(
            Code.CHART_BASELINE,
            f"min={chart.minimum:g} cuts off the value {min(values):g}",
            at=chart.at,
            hint="let the axis begin at or below the smallest value",
        )
    if not chart.log:
        return
    if not on_axis:
        log.error(
            Code.CHART_LOG,
            f"a logarithmic axis has no zero for a {chart.type} chart to stand on",
            at=chart.at,
            hint="leave log out, or take type=line or type=scatter",
        )
    elif min(values) <= 0 or (chart.minimum is not None and chart.minimum <= 0):
        least = min(values) if min(values) <= 0 else chart.minimum or 0.0
        log.error(
            Code.CHART_LOG,
            f"a logarithmic axis has no place for {least:g}",
            at=chart.at,
            hint="leave log out; zero and negative values need a straight axis",
        )


def _check_count(chart: Chart, log: Diagnostics) -> None:
    categories = len(chart.categories)
    if too_much := _too_much(chart):
        log.error(
            Code.DATA_SHAPE,
            f"the chart would show {too_much}",
            at=chart.at,
            hint="name the columns to show by y, keep fewer rows, or shorten their names",
        )
        return
    series = categories if chart.type in PARTS else len(chart.series)
    if series > MOST_SERIES:
        what = "parts" if chart.type in PARTS else "series"
        log.warning(
            Code.CHART_SERIES,
            f"{series} {what}; more than {MOST_SERIES} cannot be told apart by colour",
            at=chart.at,
            hint="join the small ones to one, or make two charts",
        )
    elif categories > MOST_CATEGORIES and chart.type != "scatter" and not chart.dates:
        log.warning(
            Code.CHART_CATEGORIES,
            f"{categories} categories; more than {MOST_CATEGORIES} cannot be read",
            at=chart.at,
            hint="join some, or make a line over time with dates=true",
        )


def _too_much(chart: Chart) -> str:
    """Tell of which a chart has so much that it would be drawn for minutes; "": of nothing."""
    categories = len(chart.categories)
    points = categories * len(chart.series)
    longest = max(map(len, chart.categories), default=0)
    if points > MOST_POINTS:
        return f"{points:,} values, more than {MOST_POINTS:,}"
    if categories > MOST_NAMED and chart.type not in ON_AXIS:
        return f"{categories:,} categories, more than {MOST_NAMED:,}"
    if longest > LONGEST_NAME:
        return f"a name of {longest:,} letters, more than {LONGEST_NAME}"
    return ""


def _check_parts(chart: Chart, log: Diagnostics) -> None:
    pairs = zip(chart.categories, chart.series[0].values, strict=True)
    for category, value in pairs:
        if value is not None and value < 0:
            log.error(
                Code.CHART_PARTS,
                f"{category!r} is {value:g}; a part of a whole is not negative",
                at=chart.at,
                hint="take type=bar, which shows negative values",
            )
    if not any(chart.series[0].values):
        log.error(
            Code.CHART_PARTS,
            "the parts add up to nothing",
            at=chart.at,
            hint="a chart of parts needs a value above zero",
        )
    if len(chart.series) > 1:
        log.warning(
            Code.CHART_PARTS,
            f"a {chart.type} chart shows one column, {chart.series[0].name!r}, not the other "
            f"{len(chart.series) - 1}",
            at=chart.at,
            hint=f"name it: y={chart.series[0].name}; or take type=stacked",
        )


def _check_dates(chart: Chart, log: Diagnostics) -> None:
    if chart.type not in ON_AXIS:
        log.error(
            Code.CHART_DATES,
            f"a {chart.type} chart has no axis of time",
            at=chart.at,
            hint="leave dates out, or take type=line or type=scatter",
        )
        return
    if chart.type == "scatter":
        return  # its days are checked where they become places
    days = [(text, parse_day(text)) for text in chart.categories]
    for text, day in days:
        if day is None:
            no_date(text, chart.at, log)
            return
    for (_, before), (text, day) in pairwise(days):
        if before is not None and day is not None and day <= before:
            log.error(
                Code.CHART_DATES,
                f"{text!r} does not come after the date before it",
                at=chart.at,
                hint="put the rows in order of time, each date once",
            )
            return


def no_date(text: str, at: Span, log: Diagnostics) -> None:
    """Note that a category or cell is no date."""
    log.error(
        Code.CHART_DATES,
        f"{text!r} is no date",
        at=at,
        hint="write 2014-10-31, 2014-10 or 2014",
    )
