"""The numbers of lists, as letters and Roman numerals as well."""

from __future__ import annotations

from builder.document.nodes import ListDelimiter, ListStyle

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def numeral(number: int, style: ListStyle) -> str:
    """Write an item's number; letters run on as office programs have them: z, aa, bb."""
    match style:
        case "decimal":
            return str(number)
        case "lower-alpha":
            return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        case "upper-alpha":
            return numeral(number, "lower-alpha").upper()
        case "lower-roman":
            return _roman(number)
        case "upper-roman":
            return _roman(number).upper()


def marker(number: int, style: ListStyle, delimiter: ListDelimiter) -> str:
    """Write the sign before an item: 1. or a) or (iv)."""
    written = numeral(number, style)
    return f"({written})" if delimiter == "()" else f"{written}{delimiter}"


def _roman(number: int) -> str:
    made = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        made += letters * count
    return made
