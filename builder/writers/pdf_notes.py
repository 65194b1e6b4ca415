"""Footnotes that WeasyPrint loses, or sends away from their calls.

Where a paragraph may not be cut before a line, WeasyPrint sends the page's last notes to the next
page until the line fits. The paragraph goes there instead, and the notes stay with their calls. At
the top of a page, where there is no other way, they do go; but WeasyPrint forgets the notes that
the line itself calls, and they are lost. Ours follow those that were sent away.

With every note WeasyPrint asks whether the last one ends below the area of notes, which is as tall
as its notes; the two sums are not added in the same order, and differ by a rounding now and then.
The line with the call, and the text behind it, then went to the next page and left a hole.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from typing import Any

import weasyprint.layout.block
from weasyprint.layout import LayoutContext


@contextmanager
def kept_notes() -> Iterator[None]:
    """Let WeasyPrint keep its footnotes where they belong. The hooks are private to 70.0."""
    lays_out = weasyprint.layout.block._linebox_layout
    updates = LayoutContext._update_footnote_area

    def linebox_layout(
        context: Any,
        box: Any,
        index: int,
        child: Any,
        new_children: list[Any],
        page_is_empty: bool,
        *rest: Any,
    ) -> Any:
        before = list(context.current_page_footnotes)
        done = lays_out(context, box, index, child, new_children, page_is_empty, *rest)
        is_aborted, is_stopped, resume_at, position_y, new, lines = done
        if not is_stopped or is_aborted:
            return done
        sent = [note for note in before if note in context.reported_footnotes]
        if sent and not page_is_empty:
            for note in sent:
                context.reported_footnotes.remove(note)
            context.current_page_footnotes[:] = before
            context._update_footnote_area()
            return True, False, resume_at, position_y, new, lines
        if new_children and context.footnotes:
            for part in new_children[-1].descendants():
                if part.footnote in context.footnotes:
                    context.footnotes.remove(part.footnote)
                    context.reported_footnotes.append(part.footnote)
        return done

    def update_footnote_area(context: Any) -> bool:
        overflows: bool = updates(context)
        style = context.current_footnote_area.style
        bounded = style["height"] != "auto" or style["max_height"].value != inf
        return overflows and bool(bounded)

    weasyprint.layout.block._linebox_layout = linebox_layout
    LayoutContext._update_footnote_area = update_footnote_area
    try:
        yield
    finally:
        weasyprint.layout.block._linebox_layout = lays_out
        LayoutContext._update_footnote_area = updates
