"""Numbers as a reader of the language expects them; the same in every format."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from builder.document.nodes import Chart

MISSING = "n/s"
"""What stands in charts and tables for a value that the source does not state."""

MINUS = "\u2212"
NO_BREAK_SPACE = "\u00a0"
PER_CENT = f"{NO_BREAK_SPACE}%"
"""What stands behind the parts of a whole that are counted in hundredths."""
POINT_LANGUAGES = frozenset({"en", "he"})
SPACE_LANGUAGES = frozenset({"fr", "ru"})


def format_number(value: float | None, decimals: int | None, language: str) -> str:
    """Write a number with the group and decimal signs of a language.

    `decimals` None writes as many digits as the value has; a missing value gives "n/s". Halves are
    rounded away from zero, as spreadsheets do.
    """
    if value is None:
        return MISSING
    number = Decimal(repr(float(value)))
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole, _, fraction = f"{abs(number):f}".partition(".")
    if decimals is None:
        fraction = fraction.rstrip("0")
    group, point = separators(language)
    digits = f"{int(whole):,}".replace(",", group) + (point + fraction if fraction else "")
    return MINUS + digits if number < 0 else digits


def is_per_cent(chart: Chart) -> bool:
    """Tell whether a chart shows the parts of a whole in per cent, so that each bears the sign."""
    return chart.type in ("pie", "share") and chart.unit.strip() == "%"


def separators(language: str) -> tuple[str, str]:
    """Give the sign between groups of three digits and the decimal sign."""
    primary = language.split("-")[0].lower()
    if primary in POINT_LANGUAGES:
        return ",", "."
    if primary in SPACE_LANGUAGES:
        return NO_BREAK_SPACE, ","
    return ".", ","
