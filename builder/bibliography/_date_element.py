"""Dates as a style sets them."""

from __future__ import annotations

from citeproc import model
from citeproc.source import VariableError

from builder.bibliography import marks
from builder.bibliography._items import Element, Item, Options
from builder.bibliography.dates import Day, WorkDate


class Date(model.Date):  # type: ignore[misc]
    """Sets dates anew: citeproc-py writes one date's form into the locale for all that follow."""

    def process(self, item: Item, context: Element = None, **_: object) -> object:
        date = item.look_up(self.get("variable"))
        if not isinstance(date, WorkDate):
            raise VariableError
        if item.sort_options is not None:
            return date.sort_key
        if date.literal:
            return date.literal
        parts = self._parts()
        begin = [self._part(part, date.begin, date.season) for part in parts]
        delimiter = self.get("delimiter", self._localized().get("delimiter", ""))
        if date.end is None:
            return delimiter.join(filter(None, begin)) or None
        end = [self._part(part, date.end, 0) for part in parts]
        return _join_range(begin, end, [part["name"] for part in parts], date)

    def markup(self, text: object) -> object:
        return self.wrap(self.format(self.case(text))) if text else None

    def _parts(self) -> list[dict[str, str]]:
        """Give the attributes of the parts to show: the locale's, overruled by the style's."""
        own = [dict(part.attrib) for part in self.findall("cs:date-part", self.nsmap)]
        if self.get("form") is None:
            return own
        shown = self.get("date-parts", "year-month-day").split("-")
        overrule = {part["name"]: part for part in own}
        locale = [dict(part.attrib) for part in self._localized().iterchildren()]
        return [part | overrule.get(part["name"], {}) for part in locale if part["name"] in shown]

    def _localized(self) -> Element:
        """Give the locale's date of this one's form, else this one."""
        form = self.get("form")
        return self if form is None else self.get_date(form)

    def _part(self, part: Options, day: Day, season: int) -> str:
        form = part.get("form", "long" if part["name"] == "month" else "numeric")
        match part["name"]:
            case "day":
                text = self._day(day.day, form) if day.day else ""
            case "month" if day.month:
                text = self._month(f"month-{day.month:02}", day.month, form)
            case "month":
                text = self._month(f"season-{season:02}", season, "long") if season else ""
            case _:
                text = str(abs(day.year)) if form != "short" else f"{day.year % 100:02}"
        if part.get("strip-periods") == "true":
            text = text.replace(".", "")
        if part.get("text-case") == "capitalize-first":
            text = marks.capitalize_first(text)
        return f"{part.get('prefix', '')}{text}{part.get('suffix', '')}" if text else ""

    def _day(self, day: int, form: str) -> str:
        only_first = self.get_locale_option("limit-day-ordinals-to-day-1") == "true"
        if form == "ordinal" and not (only_first and day > 1):
            return str(model.to_ordinal(day, self))
        return f"{day:02}" if form == "numeric-leading-zeros" else str(day)

    def _month(self, term: str, number: int, form: str) -> str:
        if form.startswith("numeric"):
            return f"{number:02}" if form == "numeric-leading-zeros" else str(number)
        return str(self.get_single_term(name=term, form="short" if form == "short" else None))


def _join_range(begin: list[str], end: list[str], names: list[str], date: WorkDate) -> str:
    """Join two dates, giving what both share once: "April 21–24, 2013"."""
    differing = date.differing_parts()
    places = [i for i, name in enumerate(names) if name in differing]
    if not places:
        return "".join(begin)
    first, last = places[0], places[-1]
    former = "".join(begin[first : last + 1]).rstrip(" ,")
    return "".join([*begin[:first], former, "–", *end[first : last + 1], *begin[last + 1 :]])
