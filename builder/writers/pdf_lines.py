"""Lines of text that were broken already are not broken again.

WeasyPrint lays out a page's footnotes anew with every note that comes, and cells once for their
widths and once for good. The same text in the same style and width breaks alike each time, so what
was found is kept for some pages. The bytes of the PDF are the same, with or without.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import weasyprint.layout.inline
import weasyprint.layout.preferred

KEPT = 2_000
"""Lines, some ten pages of them: what came before is not asked for again."""

PLACES = (weasyprint.layout.inline, weasyprint.layout.preferred)


@contextmanager
def remembered_lines() -> Iterator[None]:
    """Let WeasyPrint ask us before it breaks a line."""
    breaks = weasyprint.layout.inline.split_first_line
    known: dict[tuple[object, ...], tuple[Any, Any]] = {}

    def split_first_line(
        text: str,
        style: Any,
        context: Any,
        max_width: float | None,
        justification_spacing: float,
        is_line_start: bool = True,
        minimum: bool = False,
    ) -> Any:
        key = (text, id(style), max_width, justification_spacing, is_line_start, minimum)
        if key not in known:
            if len(known) >= KEPT:
                known.clear()
            line = breaks(
                text, style, context, max_width, justification_spacing, is_line_start, minimum
            )
            known[key] = line, style  # the style is held, so that its id stays its own
        return known[key][0]

    for place in PLACES:
        place.split_first_line = split_first_line
    try:
        yield
    finally:
        for place in PLACES:
            place.split_first_line = breaks
