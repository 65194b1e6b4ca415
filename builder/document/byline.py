"""What stands below the title of a cover: who wrote the briefing, and when."""

from __future__ import annotations

from builder.document.dates import shown_date
from builder.document.nodes import Metadata


def byline(meta: Metadata) -> tuple[str, ...]:
    """Give the cover's last lines: `byline`, else the authors; then the date in words."""
    who = meta.byline or ", ".join(meta.authors)
    return tuple(filter(None, (who, shown_date(meta.date, meta.language))))
