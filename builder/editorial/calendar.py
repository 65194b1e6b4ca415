"""Dates in words: the months of each language, and full dates of English ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_NAMES = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "az": "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
    "he": "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר",
}
MONTHS = {
    language: {name: place for place, name in enumerate(names.split(), start=1)}
    for language, names in _NAMES.items()
}
"""The months' names as they stand in dates, by language."""

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = "(?P<month>" + "|".join(_NAMES["en"].split()) + ")"
_WEEKDAY = rf"(?:(?P<weekday>{'|'.join(_DAYS)}),?\s+(?:the\s+)?)?"
_FORMS = {
    "day first": rf"\b{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}"
    r"(?:,?\s+(?P<year>\d{4}))?\b",
    "month first": rf"\b{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
    r"(?:,?\s+(?P<year>\d{4}))?\b(?!\s*[–-]\s*\d{4})",
    "digits": r"(?<![\d/.-])(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})(?![\d/.-])",
    "digits, year first": r"(?<![\d/.-])(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?![\d/.-])",
}
_PATTERNS = {form: re.compile(pattern, re.IGNORECASE) for form, pattern in _FORMS.items()}


@dataclass(frozen=True, slots=True)
class Written:
    """A date as an English text has it."""

    text: str
    start: int
    form: str
    day: int
    month: int
    year: int  # 0: not given
    weekday: int  # from Monday, 0; -1: not given

    @property
    def value(self) -> date | None:
        """The day meant; None where there is no such day, or no year."""
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None

    @property
    def exists(self) -> bool:
        """Whether there is such a day, in a leap year where no year is given."""
        try:
            date(self.year or 2000, self.month, self.day)
        except ValueError:
            return False
        return True


def dates(text: str) -> Iterator[Written]:
    """Give the dates with a day of an English text, by form."""
    months = MONTHS["en"]
    for form, pattern in _PATTERNS.items():
        for found in pattern.finditer(text):
            parts = found.groupdict()
            month = parts["month"].lower()
            weekday = (parts.get("weekday") or "").lower()
            yield Written(
                found[0],
                found.start(),
                form,
                int(parts["day"]),
                months[month] if month in months else int(month),
                int(parts["year"] or 0),
                _DAYS.index(weekday) if weekday else -1,
            )
