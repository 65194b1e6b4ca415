"""Footnotes that WeasyPrint loses, or sends away though there is room for them.

Where a paragraph may not be cut before a line, WeasyPrint sends the page's last notes to the next
page until the line fits; but it forgets the notes that the line itself calls, and they are lost.
Ours go to the next page too, behind those that were sent there for them.

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
        context: Any, box: Any, index: int, child: Any, new_children: list[Any], *rest: Any
    ) -> Any:
        done = lays_out(context, box, index, child, new_children, *rest)
        is_aborted, is_stopped, *_ = done
        if is_stopped and not is_aborted and new_children and context.footnotes:
            for part in new_children[-1].descendants():
                if part.footnote in context.footnotes:
                    context.footnotes.remove(part.footnote)
                    context.reported_footnotes.append(part.footnote)
        return done

    def update_footnote_area(context: Any) -> bool:
        overflows = updates(context)
        style = context.current_footnote_area.style
        bounded = style["height"] != "auto" or style["max_height"].value != inf
        return overflows and bounded

    weasyprint.layout.block._linebox_layout = linebox_layout
    LayoutContext._update_footnote_area = update_footnote_area
    try:
        yield
    finally:
        weasyprint.layout.block._linebox_layout = lays_out
        LayoutContext._update_footnote_area = updates
