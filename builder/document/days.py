"""Days as data name them: ISO 8601, in which the day, or day and month, may be left out."""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def parse_day(text: str) -> date | None:
    """Read "2014-10-31", "2014-10" (its first day) or "2014"; None for anything else."""
    found = _ISO.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None
