"""The axis of time: where days stand, and which of them are named."""

from __future__ import annotations

from datetime import date

from builder.charts.canvas import Canvas
from builder.charts.scale import Scale, steps
from builder.charts.sheet import Sheet
from builder.charts.vocabulary import day_of, month_of
from builder.document.days import parse_day

BETWEEN = 8.0
MONTHS = (1, 2, 3, 6)
WEEK = 7


def time_scale(days: tuple[float, ...], left: float, right: float) -> Scale:
    """Give the scale of days (of `toordinal`) from the first to the last."""
    first, last = min(days), max(days)
    return Scale(first, last if last > first else first + 1, left, right)


def ordinals(categories: tuple[str, ...]) -> tuple[float, ...]:
    """Give ISO dates as days of `toordinal`; what is none stands at the first day."""
    days = [parse_day(text) for text in categories]
    return tuple(float(day.toordinal()) if day else 1.0 for day in days)


def name_days(sheet: Sheet, canvas: Canvas, scale: Scale, foot: float) -> None:
    """Name the data's own days where all have room, else round ones: years, months, days."""
    own = dict(zip(ordinals(sheet.chart.categories), sheet.chart.categories, strict=True))
    names = {day: sheet.category(text) for day, text in own.items()}
    if not _set(sheet, canvas, scale, foot, names):
        for names in _round_days(scale, sheet.language):
            if _set(sheet, canvas, scale, foot, names):
                break


def _set(sheet: Sheet, canvas: Canvas, scale: Scale, foot: float, names: dict[float, str]) -> bool:
    """Name days below `foot` if none touches another; the strokes say where exactly they are."""
    base = foot + 6 + sheet.axis.leading.pt * 0.8
    placed: list[tuple[float, float, str]] = []
    end = -BETWEEN
    for day, words in sorted(names.items()):
        x = scale.place(day)
        half = sheet.ruler.width(words, sheet.axis) / 2
        middle = min(max(x, half), sheet.width - half)
        if middle - half < end + BETWEEN and placed:
            return False
        end = middle + half
        placed.append((x, middle, words))
    for x, middle, words in placed:
        canvas.line(((x, foot), (x, foot + 4)), sheet.ink)
        canvas.text(middle, base, words, sheet.axis, anchor="middle", colour=sheet.ink)
    return bool(placed)


def _round_days(scale: Scale, language: str) -> list[dict[float, str]]:
    """Give ways to name round days within the scale, the finest first."""
    first, last = date.fromordinal(int(scale.low)), date.fromordinal(int(scale.high))
    span = last.toordinal() - first.toordinal()
    ways: list[dict[float, str]] = []
    if span < 90:
        for step in (1, WEEK, 2 * WEEK):
            days = range(first.toordinal(), last.toordinal() + 1, step)
            ways.append({float(d): day_of(date.fromordinal(d), language) for d in days})
    if span < 1500:
        for step in MONTHS:
            ways.append(
                {
                    float(day.toordinal()): month_of(day, language)
                    for year in range(first.year, last.year + 1)
                    for month in range(1, 13, step)
                    if first <= (day := date(year, month, 1)) <= last
                }
            )
    for count in range(12, 1, -1):
        years = {round(y) for y in steps(first.year, last.year + 1, count) if y == round(y)}
        days_ = {year: date(year, 1, 1) for year in years if 1 <= year <= 9999}
        ways.append({float(d.toordinal()): str(y) for y, d in days_.items() if first <= d <= last})
    ways.append({scale.low: day_of(first, language), scale.high: day_of(last, language)})
    ways.append({scale.low: day_of(first, language)})
    return [way for way in ways if len(way) > 1] + ways[-1:]
