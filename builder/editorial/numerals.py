"""Numbers in words: read with their units, by the habits of each language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.editorial.calendar import MONTHS

_SPACE = "\u00a0\u202f\u2009"
_NUMBER = re.compile(
    rf"(?<![\w.,:/\u2011\ufffc])(?<!\w-)"
    rf"(?P<before>(?:USD|EUR|GBP|AZN|ILS|CHF|US\$|[$€£¥₪₼])[ {_SPACE}]?)?"
    rf"(?P<digits>\d{{1,3}}(?:[ {_SPACE},.’']\d{{3}})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
    rf"(?P<after>[ {_SPACE}]?(?:%|‰|€|per cent\b|percent\b|Prozent\b|pour cent\b|процент\w*"
    rf"|(?:million|billion|thousand|trillion|bn|m|Millionen|Milliarden|millions|milliards)\b))?"
    rf"(?![\w:/]|-\w|[.,]\d)"
)
_LEADS = re.compile(
    r"(?:\b(?:no|nos|nr|p|pp|vol|ch|art|sec|fig|tab|cf|v|tel|issn|isbn|ref|item|version|level|grade)\.?"
    r"|\b(?:article|chapter|section|table|figure|part|step|page|pages|volume|number|phase|type|resolution"
    r"|act|law|room|line|bus|route|annex|appendix|paragraph|zone|day|week|question|option|scenario"
    r"|artikel|kapitel|seite|abschnitt|nummer|chapitre|page)|§+|№|#|[A-Z]\.)\s*$",
    re.IGNORECASE,
)
_REACH, _LEADS_REACH = 80, 24
"""Letters around a number that are looked at: no word and no space between words is longer."""

_WORD_BEHIND = re.compile(r"\.?(?:[–-]\d{1,2}\.?)?\s+(\w+)")
_WORD_AHEAD = re.compile(r"(\w+)\.?\s+$")
_SPAN_AHEAD = re.compile(r"\d[–-]$")
_NAME_AHEAD = re.compile(r"(?P<lead>^|[.!?:;“\"(]\s*|\s)(?P<word>[^\W\d_][\w’'.-]*)\s+$")
_OPENERS = frozenset(
    """
    about some over nearly almost only in by of with from for at after before between around since
    under up another all these those the more fewer less least and but out every exactly roughly
    approximately today currently within total
    """.split()
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as written, and what it comes to."""

    text: str  # with currency and unit: "USD 56 million"
    value: str  # without separators, decimal point: "1100", "3.95"
    start: int
    before: str  # currency in front
    after: str  # unit behind
    year: bool  # four digits that may be a year
    dated: bool  # a day of a month
    named: bool  # part of a name: "Resolution 242", "Article 5"


def numerals(text: str, language: str) -> Iterator[Numeral]:
    """Give the numbers of a text."""
    for found in _NUMBER.finditer(text):
        digits = found["digits"]
        before, after = (found["before"] or "").strip(), (found["after"] or "").strip()
        plain = not before and not after
        yield Numeral(
            found[0].strip(),
            value_of(digits, language),
            found.start(),
            before,
            after,
            plain and re.fullmatch(r"1\d{3}|20\d\d|2100", digits) is not None,
            _dated(text, found, language),
            plain and _named(text, found.start()),
        )


def value_of(digits: str, language: str) -> str:
    """Give a number's value in one form for all languages: "1,100.50" → "1100.5"."""
    bare = re.sub(rf"[ {_SPACE}’']", "", digits)
    if language == "en":
        bare = bare.replace(",", "")
    else:
        bare = re.sub(r"\.(?=\d{3}(?:\D|$))", "", bare).replace(",", ".")
    if "." in bare:
        bare = bare.rstrip("0").rstrip(".")
    return bare.lstrip("0") or "0"


def _dated(text: str, found: re.Match[str], language: str) -> bool:
    months = MONTHS.get(language, MONTHS["en"])
    start, end = found.span()
    behind = _WORD_BEHIND.match(text, end, end + _REACH)
    ahead = _WORD_AHEAD.search(text, max(start - _REACH, 0), start)
    span = _SPAN_AHEAD.search(text, max(start - 2, 0), start)
    names = [match[1].casefold() for match in (behind, ahead) if match]
    return any(name in months for name in names) or bool(span and behind)


def _named(text: str, start: int) -> bool:
    """Tell whether a capital word or a designation in front makes the number a name."""
    first = max(start - _REACH, 0)
    if _LEADS.search(text, max(start - _LEADS_REACH, 0), start):
        return True
    word = _NAME_AHEAD.search(text, first, start)
    if word is None or not word["word"][0].isupper():
        return False
    begins = word["lead"].strip() or word.start("word") == 0
    return not (begins and word["word"].casefold() in _OPENERS)
