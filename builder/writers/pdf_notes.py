"""Footnotes that WeasyPrint loses, or sends away from their calls.

Where a paragraph may not be cut before a line, WeasyPrint sends the page's last notes to the next
page until the line fits. The paragraph goes there instead, and the notes stay with their calls. At
the top of a page, where there is no other way, they do go; but WeasyPrint forgets the notes that
the line itself calls, and they are lost. Ours follow those that were sent away.

With every note WeasyPrint asks whether the last one ends below the area of notes, which is as tall
as its notes; the two sums are not added in the same order, and differ by a rounding now and then.
The line with the call, and the text behind it, then went to the next page and left a hole.

To learn how tall the area is with one note more, WeasyPrint lays all of them out again, on a page
of ten notes more than fifty. Each note's height is asked for once here, and they are added up.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from typing import Any

import weasyprint.layout.block
from weasyprint.formatting_structure.boxes import BlockLevelBox
from weasyprint.formatting_structure.build import create_anonymous_boxes
from weasyprint.layout import LayoutContext
from weasyprint.layout.block import block_level_layout


class Heights:
    """How tall notes are on pages of a given width."""

    def __init__(self) -> None:
        self.simple: dict[int, tuple[bool, Any]] = {}  # with the note, so that its id stays its own
        self.known: dict[tuple[int, float], float] = {}

    def knows(self, note: Any) -> bool:
        """Tell whether notes like this one are as tall together as each alone: without margins."""
        if id(note) not in self.simple:
            boxes = (note, *(box for box in note.descendants() if isinstance(box, BlockLevelBox)))
            margins = (box.style[side] for box in boxes for side in ("margin_top", "margin_bottom"))
            self.simple[id(note)] = all(margin.value == 0 for margin in margins), note
        return self.simple[id(note)][0]

    def of(self, note: Any, context: Any) -> float:
        """Lay the note out alone, unless it was."""
        area = context.current_footnote_area
        key = id(note), area.page.width
        if key not in self.known:
            area.children = [note]
            alone = create_anonymous_boxes(area.deepcopy())
            laid = block_level_layout(context, alone, -inf, None, area.page)[0]
            self.known[key] = laid.height
        return self.known[key]


@contextmanager
def kept_notes() -> Iterator[None]:
    """Let WeasyPrint keep its footnotes where they belong. The hooks are private to 70.0."""
    lays_out = weasyprint.layout.block._linebox_layout
    updates = LayoutContext._update_footnote_area
    heights = Heights()

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
        area, notes = context.current_footnote_area, context.current_page_footnotes
        style = area.style
        if style["height"] != "auto" or style["max_height"].value != inf:
            return bool(updates(context))
        if context.in_column or not all(heights.knows(note) for note in notes):
            updates(context)
            return False
        if area.height != "auto":
            context.page_bottom += area.margin_height()
        area.height = sum(heights.of(note, context) for note in notes)
        area.children = notes
        context.page_bottom -= area.margin_height()
        return False

    weasyprint.layout.block._linebox_layout = linebox_layout
    LayoutContext._update_footnote_area = update_footnote_area
    try:
        yield
    finally:
        weasyprint.layout.block._linebox_layout = lays_out
        LayoutContext._update_footnote_area = updates
