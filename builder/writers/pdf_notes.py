"""Footnotes called on a line that only found room because other notes had gone.

Where a paragraph may not be cut before a line, WeasyPrint sends the page's last notes to the next
page until the line fits; but it forgets the notes that the line itself calls, and they are lost.
Ours go to the next page too, behind those that were sent there for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import weasyprint.layout.block


@contextmanager
def kept_notes() -> Iterator[None]:
    """Let WeasyPrint hand on the notes of a page's last line. The hook is private to 70.0."""
    lays_out = weasyprint.layout.block._linebox_layout

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

    weasyprint.layout.block._linebox_layout = linebox_layout
    try:
        yield
    finally:
        weasyprint.layout.block._linebox_layout = lays_out
