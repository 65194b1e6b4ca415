"""Dates in words, as covers and slides show them: "24 November 2026", "October 2014"."""

from __future__ import annotations

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "az": "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
    "he": "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
}
_OF_DAYS = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "he": "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר",
}
"""The months behind a day, where they have another form there."""
_DAY = {"de": "{0}. {1} {2}"}


def months_of_days(language: str) -> tuple[str, ...]:
    """Give the months as they are called behind a day; none where they are not known."""
    base = language.split("-")[0].lower()
    return tuple(_OF_DAYS.get(base, _MONTHS.get(base, "")).split())


def shown_date(date: str, language: str) -> str:
    """Write an ISO date ("2014-10-31", "2014-10", "2014") in a language.

    A language whose months are not known, or a month that no calendar has, keeps the ISO form.
    """
    year, month, day = (*(int(part) for part in date.split("-")), 0, 0)[:3] if date else (0, 0, 0)
    base = language.split("-")[0].lower()
    if not 1 <= month <= 12 or base not in _MONTHS:
        return date
    if not day:
        return f"{_MONTHS[base].split()[month - 1]} {year}"
    name = months_of_days(base)[month - 1]
    number = "1er" if base == "fr" and day == 1 else day
    return _DAY.get(base, "{0} {1} {2}").format(number, name, year)
