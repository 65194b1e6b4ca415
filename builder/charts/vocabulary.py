"""Words that drawings need besides the author's: months, and what a logarithmic axis is."""

from __future__ import annotations

import re
from datetime import date

from builder.document.days import parse_day

_MONTHS = {
    "en": "Jan|Feb|Mar|Apr|May|June|July|Aug|Sept|Oct|Nov|Dec",
    "de": "Jan.|Feb.|März|Apr.|Mai|Juni|Juli|Aug.|Sept.|Okt.|Nov.|Dez.",
    "fr": "janv.|févr.|mars|avr.|mai|juin|juil.|août|sept.|oct.|nov.|déc.",
    "ru": "янв.|февр.|март|апр.|май|июнь|июль|авг.|сент.|окт.|нояб.|дек.",
    "tr": "Oca|Şub|Mar|Nis|May|Haz|Tem|Ağu|Eyl|Eki|Kas|Ara",
    "az": "yan|fev|mar|apr|may|iyn|iyl|avq|sen|okt|noy|dek",
    "he": "ינו׳|פבר׳|מרץ|אפר׳|מאי|יוני|יולי|אוג׳|ספט׳|אוק׳|נוב׳|דצמ׳",
}
_GENITIVES = {"март": "марта", "май": "мая", "июнь": "июня", "июль": "июля"}
_LOGARITHMIC = {
    "en": "logarithmic scale",
    "de": "logarithmische Skala",
    "fr": "échelle logarithmique",
    "ru": "логарифмическая шкала",
    "tr": "logaritmik ölçek",
    "az": "loqarifmik şkala",
    "he": "סולם לוגריתמי",
}
_NO_BREAK = "\u00a0"
_PARTS = re.compile(r"\d{4}(-\d{2})?(-\d{2})?")


def logarithmic(language: str) -> str:
    """Give the words that warn of a logarithmic axis; English ones for an unknown language."""
    return _LOGARITHMIC.get(_primary(language), _LOGARITHMIC["en"])


def shown_date(text: str, language: str) -> str:
    """Write an ISO date as a reader of the language expects it, as exact as it is given."""
    day, given = parse_day(text), _PARTS.fullmatch(text.strip())
    if day is None or given is None:
        return text
    if not given[1]:
        return str(day.year)
    return month_of(day, language) if not given[2] else day_of(day, language)


def month_of(day: date, language: str) -> str:
    """Write a month and its year: "Mar 2014"."""
    return f"{_month(day, language)}{_NO_BREAK}{day.year}"


def day_of(day: date, language: str) -> str:
    """Write a day: "15 Mar 2014"."""
    primary = _primary(language)
    month = _month(day, language)
    number = f"{day.day}." if primary == "de" else str(day.day)
    if primary == "he":
        month = f"ב{month}"
    return _NO_BREAK.join((number, _GENITIVES.get(month, month), str(day.year)))


def _month(day: date, language: str) -> str:
    names = _MONTHS.get(_primary(language), _MONTHS["en"]).split("|")
    return names[day.month - 1]


def _primary(language: str) -> str:
    return language.split("-")[0].lower()
