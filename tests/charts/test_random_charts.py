"""Charts of data nobody foresaw: no label touches another or leaves the drawing.

The data are drawn by seed; a failing case is named by its seed and can be drawn again.
"""

from __future__ import annotations

import datetime
import random
from dataclasses import replace
from typing import get_args
from xml.etree import ElementTree

import pytest

from builder.charts.draw import draw_chart
from builder.document.nodes import (
    Annotation,
    Caption,
    Chart,
    ChartType,
    Datum,
    FloatKind,
    Series,
    Text,
)
from builder.units import Length
from tests.support.drawings import faults, words
from tests.support.paper import book, strand

WIDTHS = (strand().grid.full, strand().grid.main, Length.from_mm(75))
LANGUAGES = ("en", "de", "fr", "ru", "tr", "az", "he")
TYPES: tuple[ChartType, ...] = get_args(ChartType)
WORDS = ("Baku", "Export", "of", "gas", "Müdafiə", "Отчёт", "and", "Unbreakableverylongname", "Oil")
TOGETHER = 100
"""Cases in one test: each for itself would cost more in pytest than in drawing."""


def name(chance: random.Random, kind: int, n: int) -> str:
    if kind == 0:
        return str(1990 + n)
    if kind == 1:
        return f"Q{n % 4 + 1} {2000 + n // 4}"
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 5))) + f" {n}"


def value(chance: random.Random, *, positive: bool, scale: float) -> float | None:
    if chance.random() < 0.08:
        return None
    number = chance.random() ** 3 * scale
    if chance.random() < 0.05:
        number = 0.0
    if positive:
        return round(number + scale / 1000, 4)
    return round(number * (-1 if chance.random() < 0.15 else 1), chance.choice((0, 1, 3)))


def random_chart(seed: int) -> Chart:
    chance = random.Random(seed)
    kind = TYPES[seed % len(TYPES)]
    log = kind in ("line", "scatter") and chance.random() < 0.3
    dates = kind in ("line", "scatter") and chance.random() < 0.4
    count = chance.choice((1, 2, 3, 5, 8, 13, 25, 30))
    naming = chance.randint(0, 2)
    categories = tuple(name(chance, naming, n) for n in range(count))
    if dates:
        days = sorted(
            chance.sample(range(600000, 600000 + count * chance.choice((2, 40, 400))), count)
        )
        form = chance.choice(("%Y-%m-%d", "%Y-%m-%d", "%Y-%m"))
        shown = [datetime.date.fromordinal(day).strftime(form) for day in days]
        categories = tuple(dict.fromkeys(shown))
        count = len(categories)
    scale = chance.choice((1.0, 9.0, 250.0, 4e4, 3e9))
    several = chance.choice((1, 1, 2, 3, 6)) if kind not in ("pie", "share") else 1
    positive = log or kind in ("pie", "share")
    series = tuple(
        Series(
            name(chance, 2, s),
            (scale, *(value(chance, positive=positive, scale=scale) for _ in range(count - 1))),
            tuple(float(chance.randint(-50, 3000)) for _ in range(count))
            if kind == "scatter" and not dates
            else tuple(
                float(datetime.date.fromisoformat((c + "-01")[:10]).toordinal()) for c in categories
            )
            if kind == "scatter"
            else (),
        )
        for s in range(several)
    )
    names = [*categories, *(s.name for s in series)]
    made = Chart(
        kind,
        categories,
        series,
        chance.choice(["", *names]),
        decimals=chance.choice((None, None, 0, 1)),
        y_title=chance.choice(("", "USD million")),
        x_title=chance.choice(("", "Share of GDP, per cent")),
        caption=Caption(FloatKind.FIGURE, alt="A chart"),
        log=log,
        dates=dates,
    )
    return annotated(made, chance)


def annotated(chart: Chart, chance: random.Random) -> Chart:
    data = [
        Datum(category, series.name)
        for series in chart.series
        for category in dict.fromkeys(chart.categories)
        if chart.value(Datum(category, series.name)) is not None
    ]
    remarks: list[Annotation] = []
    for _ in range(chance.choice((0, 0, 1, 2, 3))):
        if len(data) < 2:
            break
        source, target = chance.sample(data, 2)
        text = " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 6)))
        arrow = chance.random() < 0.6 and source.category != target.category
        remarks.append(Annotation(target, (Text(text),), source if arrow else None))

    return replace(chart, annotations=tuple(remarks))


def drawn(chart: Chart, seed: int) -> ElementTree.Element:
    width, language = WIDTHS[seed // 7 % 3], LANGUAGES[seed // 21 % 7]
    return ElementTree.fromstring(
        draw_chart(chart, strand(), book(), width=width, language=language)
    )


def check(seeds: range) -> None:
    wrong: dict[int, list[str]] = {}
    for seed in seeds:
        chart = random_chart(seed)
        svg = drawn(chart, seed)
        found = faults(svg)
        shown = " ".join("".join(words(svg)).split())
        for remark in chart.annotations:
            said = "".join(part.value for part in remark.text if isinstance(part, Text))
            if said.replace(" ", "") not in shown.replace(" ", ""):
                found.append(f"the remark {said!r} is not shown whole")
        if found:
            wrong[seed] = found[:3]
    assert not wrong, f"{len(wrong)} of {len(seeds)}: {dict(list(wrong.items())[:12])}"


@pytest.mark.parametrize("start", range(0, 400, TOGETHER))
def test_no_label_of_a_random_chart_touches_another(start: int) -> None:
    check(range(start, start + TOGETHER))


@pytest.mark.long
@pytest.mark.parametrize("start", range(1000, 4000, TOGETHER))
def test_no_label_of_thousands_of_random_charts_touches_another(start: int) -> None:
    check(range(start, start + TOGETHER))
