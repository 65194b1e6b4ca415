"""Numbers in the text that nothing backs."""

from __future__ import annotations

from collections.abc import Iterator

from builder.charts.numbers import format_number
from builder.diagnostics import Code
from builder.document.nodes import Chart, SectionRole
from builder.document.walk import every
from builder.editorial.numerals import Numeral, numerals, value_of
from builder.editorial.passages import Passage, Role, passages
from builder.editorial.places import locate
from builder.editorial.rule import Finding, Manuscript

SMALL = 10  # up to here a bare number is a count that the reader can follow
_BACKING = frozenset({Role.NOTE, Role.DATA, Role.CAPTION, Role.SOURCE})


def number_unsourced(manuscript: Manuscript) -> Iterator[Finding]:
    """Find paragraphs with figures that stand in no note, table or chart, and cite nothing."""
    all_passages = list(passages(manuscript.document))
    backed = _backed(manuscript, all_passages)
    for passage in all_passages:
        if passage.sourced or passage.role not in (Role.BODY, Role.BOX):
            continue
        if passage.section.role is not SectionRole.SECTION:
            continue
        bare = [n for n in _figures(passage) if n.value not in backed]
        if bare:
            stands = "stands" if len(bare) == 1 else "stand"
            yield Finding(
                Code.NUMBER_UNSOURCED,
                f"{_list(bare)} {stands} in no note, table or chart",
                locate(bare[0].text, passage.at, manuscript.sources),
                "say in a note where the figure is from, or refer to a figure or table",
            )


def _figures(passage: Passage) -> Iterator[Numeral]:
    """Give the numbers that state a fact: no years, dates, names or small counts."""
    for numeral in numerals(passage.text, passage.language):
        if numeral.year or numeral.dated or numeral.named:
            continue
        bare = not numeral.before and not numeral.after and "." not in numeral.value
        if not (bare and int(numeral.value) <= SMALL):
            yield numeral


def _backed(manuscript: Manuscript, all_passages: list[Passage]) -> frozenset[str]:
    """Give the values that a note, table, chart, key number or sourced paragraph has."""
    values = {
        numeral.value
        for passage in all_passages
        if passage.sourced or passage.role in _BACKING
        for numeral in numerals(passage.text, passage.language)
    }
    for chart in every(manuscript.document.sections, Chart):
        for series in chart.series:
            for value in series.values:
                if value is not None:
                    values.add(value_of(f"{value:.6f}", "en"))
                    shown = format_number(value, chart.decimals, "en")
                    values |= {numeral.value for numeral in numerals(shown, "en")}
    return frozenset(values)


def _list(found: list[Numeral]) -> str:
    words = list(dict.fromkeys(numeral.text for numeral in found))
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
