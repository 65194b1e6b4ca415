"""One quantity, one value, written one way: in report, table, chart and deck."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from builder.diagnostics import Code, Span
from builder.document.nodes import Chart, KeyNumbers, Slide, Table
from builder.document.walk import every, plain
from builder.editorial.numerals import Numeral, numerals
from builder.editorial.passages import PROSE, Passage, Role, passages
from builder.editorial.places import locate
from builder.editorial.rule import Finding, Manuscript

_PERCENT = re.compile(r"\d(?P<sign>[ \u00a0\u202f]?%|[ \u00a0]per cent\b|[ \u00a0]percent\b)")
_CURRENCY = re.compile(
    r"(?P<code>\b(?:USD|EUR|GBP)[ \u00a0]?\d[\d.,]{0,40})|(?P<sign>(?:US)?[$€£]\d[\d.,]{0,40})"
    r"|(?P<word>\b\d[\d.,]{0,40}(?: (?:thousand|million|billion))? (?:dollars|euros|pounds)\b)"
)
_GROUPS = re.compile(
    r"(?<![\d.,])(?:(?P<comma>\d{1,3}(?:,\d{3})+)|(?P<space>\d{1,3}(?:[ \u00a0\u202f]\d{3})+)"
    r"|(?P<none>\d{5,}))(?![\d,.]\d|\d)"
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that a table, chart or set of key numbers states."""

    subject: str  # the row and column, or the label
    value: str
    shown: str
    at: Span


def quantity_differs(manuscript: Manuscript) -> Iterator[Finding]:
    """Find one quantity with two values: in tables of one title, key numbers of one label,
    and sentences that state the value of a chart.
    """
    seen: dict[str, Fact] = {}
    for fact in _facts(manuscript):
        first = seen.setdefault(fact.subject, fact)
        if first.value != fact.value:
            yield Finding(
                Code.QUANTITY_DIFFERS,
                f"{fact.shown!r} here, {first.shown!r} at {first.at}, for the same quantity",
                fact.at,
                "give one value, or say in what they differ",
            )
    for chart in every(manuscript.document.sections, Chart):
        yield from _against(chart, manuscript)


def _facts(manuscript: Manuscript) -> Iterator[Fact]:
    sections = manuscript.document.sections
    language = manuscript.language
    titled = {
        id(table): plain(slide.title)
        for slide in every(sections, Slide)
        for table in every(slide.blocks, Table)
    }
    for table in every(sections, Table):
        title = plain(table.caption.title) or titled.get(id(table), "")
        if title and table.head:
            yield from _cells(table, _bare(title), language)
    for numbers in every(sections, KeyNumbers):
        for item in numbers.items:
            label = _bare(re.split(r"[,;:(]", plain(item.label))[0])
            if len(label.split()) > 2:
                yield Fact(label, _value(item.value, language), item.value, item.at)


def _cells(table: Table, title: str, language: str) -> Iterator[Fact]:
    heads = [_bare(plain(cell.content)) for cell in table.head]
    names = Counter(_bare(plain(row.cells[0].content)) for row in table.rows)
    for row in table.rows:
        name = _bare(plain(row.cells[0].content))
        if len(row.cells) != len(heads) or names[name] > 1:
            continue
        for head, column, cell in zip(heads[1:], table.columns[1:], row.cells[1:], strict=False):
            shown = plain(cell.content)
            if column.numeric and re.search(r"\d", shown):
                subject = f"{title}/{name}/{head}"
                yield Fact(subject, _value(shown, language), shown, cell.at)


def _value(shown: str, language: str) -> str:
    found = list(numerals(shown, language))
    return " ".join(numeral.value for numeral in found) if found else shown


def _against(chart: Chart, manuscript: Manuscript) -> Iterator[Finding]:
    """Compare a chart with sentences that name it: one category, its unit, one number."""
    if not chart.unit or len(chart.series) != 1:
        return
    unit = chart.unit.casefold()
    topic = _bare(chart.series[0].name).split()
    values = dict(zip(chart.categories, chart.series[0].values, strict=True))
    for sentence, at in _sentences(manuscript):
        folded = sentence.casefold()
        named = [c for c in values if re.search(rf"(?<![\w-]){re.escape(c)}(?![\w-])", sentence)]
        if len(named) != 1 or not all(word in folded for word in topic):
            continue
        stated = _in_unit(sentence, unit, manuscript.language)
        expected = values[named[0]]
        if len(stated) != 1 or expected is None:
            continue
        value, shown = stated[0]
        if not _near(float(value), expected, value):
            yield Finding(
                Code.QUANTITY_DIFFERS,
                f"{shown!r} for {named[0]} in the text, {expected:g} {chart.unit} in the chart"
                f" at {chart.at}",
                locate(shown, at, manuscript.sources),
                "give one value, or say in what they differ",
            )


def _in_unit(sentence: str, unit: str, language: str) -> list[tuple[str, str]]:
    """Give the numbers of a sentence that are in a unit such as "USD million" or "per cent"."""
    result: list[tuple[str, str]] = []
    for numeral in numerals(sentence, language):
        behind = sentence[numeral.start + len(numeral.text) :].strip().casefold()
        marks = f"{numeral.before} {numeral.after}".strip().casefold()
        percent = marks in ("%", "per cent", "percent") and unit in ("%", "per cent", "percent")
        if percent or marks == unit or (not marks and re.match(rf"{re.escape(unit)}\b", behind)):
            result.append((numeral.value, numeral.text))
    return result


def _near(stated: float, charted: float, written: str) -> bool:
    """Tell whether a value rounds to what the text says: text may be rounder than data."""
    digits = len(written.split(".")[1]) if "." in written else 0
    zeros = len(written) - len(written.rstrip("0")) if not digits else 0
    step = 10.0**zeros if zeros else 10.0**-digits
    return abs(stated - charted) <= step / 2 + 1e-9


def _sentences(manuscript: Manuscript) -> Iterator[tuple[str, Span]]:
    roles = (*PROSE, Role.SLIDE, Role.SPEAKER)
    for passage in passages(manuscript.document):
        if passage.role in roles:
            for sentence in re.split(r"(?<=[.!?;])\s+", passage.text):
                yield sentence, passage.at


# ---------------------------------------------------------------- notation


def quantity_notation(manuscript: Manuscript) -> Iterator[Finding]:
    """Find per cent, money and large numbers written in more than one way in running text."""
    prose = [p for p in passages(manuscript.document) if p.role in PROSE]
    english = [p for p in prose if p.language == "en"]
    for pattern, among in ((_PERCENT, english), (_CURRENCY, english), (_GROUPS, prose)):
        yield from _minority(pattern, among, manuscript)


def _minority(
    pattern: re.Pattern[str], among: list[Passage], manuscript: Manuscript
) -> Iterator[Finding]:
    found: list[tuple[str, str, Passage]] = []
    for passage in among:
        for match in pattern.finditer(passage.text):
            ways = {name: text for name, text in match.groupdict().items() if text}
            way, text = next(iter(ways.items()))
            if pattern is _PERCENT:
                way = text = text.replace("\u00a0", " ").replace("\u202f", " ")
            if way == "none" and _is_name(passage, match.start()):
                continue  # a postal code, the number of a document
            found.append((way, text.strip(), passage))
    counts = Counter(way for way, _, _ in found)
    if len(counts) < 2:
        return
    usual = counts.most_common(1)[0][0]
    example = next(text for way, text, _ in found if way == usual)
    for way, text, passage in found:
        if way != usual:
            yield Finding(
                Code.QUANTITY_NOTATION,
                f"{text!r} here, but {example!r} in most places",
                locate(text, passage.at, manuscript.sources),
                "write it in one way throughout the text",
            )


def _is_name(passage: Passage, start: int) -> bool:
    """Tell whether a number belongs to a name, or to a language that groups no digits."""
    found = _numerals_by_place(passage.text, passage.language).get(start)
    return found is None or found.named or passage.language != "en"


@lru_cache(16)
def _numerals_by_place(text: str, language: str) -> Mapping[int, Numeral]:
    return {numeral.start: numeral for numeral in numerals(text, language)}


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
