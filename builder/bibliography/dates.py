"""Dates of works: days that may lack their month, ranges, seasons, and words such as "n.d."."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

SEASONS = ("spring", "summer", "autumn", "winter")
_ISO = re.compile(r"(-?\d{1,4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_SEASON = re.compile(r"(spring|summer|autumn|fall|winter)\s+(\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Day:
    """A year, or a month or day in it; 0: not given."""

    year: int
    month: int = 0
    day: int = 0


@dataclass(frozen=True, slots=True)
class WorkDate:
    """When a work was issued, accessed and so on. A literal stands for itself."""

    begin: Day = Day(0)
    end: Day | None = None
    season: int = 0  # 1 spring to 4 winter
    circa: bool = False
    literal: str = ""

    @property
    def sort_key(self) -> str:
        """Give digits that sort by time; years before ours as well."""
        day = self.begin
        return "" if self.literal else f"{day.year + 10000:05}{day.month:02}{day.day:02}"

    def differing_parts(self) -> frozenset[str]:
        """Name the parts in which a range's two ends differ, and all smaller ones."""
        if self.end is None:
            return frozenset()
        if self.begin.year != self.end.year:
            return frozenset({"year", "month", "day"})
        if self.begin.month != self.end.month:
            return frozenset({"month", "day"})
        return frozenset({"day"}) if self.begin.day != self.end.day else frozenset()


def parse_date(value: str) -> WorkDate:
    """Read a date as people type it: "2012", "2012-10-18", "2012/2014", "Spring 2008".

    What is none of these is kept as a literal. Raises ValueError for a day that no calendar has.
    """
    text = " ".join(value.split())
    if match := _SEASON.fullmatch(text):
        name = match[1].lower().replace("fall", "autumn")
        return WorkDate(Day(int(match[2])), season=SEASONS.index(name) + 1)
    circa = text.endswith("~") or text.lower().startswith(("c. ", "ca. ", "circa "))
    bare = text.rstrip("~").split(" ")[-1] if circa else text
    ends = [_ISO.fullmatch(part.strip()) for part in bare.split("/", 1)]
    days = [make_day([int(g) for g in end.groups() if g]) for end in ends if end]
    if len(days) < len(ends):
        return WorkDate(literal=text)
    return make_range(days, circa=circa)


def make_day(parts: list[int]) -> Day:
    """Make a day of year, month and day, or of the first of these. Raises ValueError."""
    if not 1 <= len(parts) <= 3:
        raise ValueError(f"a date has one to three parts, not {len(parts)}")
    day = Day(*parts)
    if not 0 <= day.month <= 24 or not 0 <= day.day <= 31:
        raise ValueError("no calendar has " + "-".join(map(str, parts)))
    return day


def make_range(days: list[Day], *, season: int = 0, circa: bool = False) -> WorkDate:
    """Make a date of one or two days; a month of 21 to 24 is a season (EDTF)."""
    begin = days[0]
    if begin.month > 20:
        begin, season = replace(begin, month=0), begin.month - 20
    if not 0 <= begin.month <= 12 or not 0 <= season <= 4:
        raise ValueError(f"no calendar has a month {begin.month}")
    return WorkDate(begin, days[1] if len(days) > 1 else None, season, circa)
