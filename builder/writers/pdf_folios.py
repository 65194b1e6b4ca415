"""Running heads and folios, set when it is known which number a page has.

Parts of a report are laid out side by side, so that a part's first page number is not known before
the parts in front of it are done. What stands in a page's margin changes nothing of the page, and
WeasyPrint makes it last: it is made later still here. The hook is private to WeasyPrint 70.0.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import weasyprint.layout
from weasyprint.layout.background import layout_box_backgrounds
from weasyprint.layout.page import make_margin_boxes

PAGE = "page"
"""The counter of pages."""


@contextmanager
def later_folios() -> Iterator[None]:
    """Let WeasyPrint leave the margins empty, and note on each page what they are made of."""

    def put_off(context: Any, page: Any, state: Any) -> tuple[()]:
        page.folio = context, context.current_page, state
        return ()

    weasyprint.layout.make_margin_boxes = put_off
    try:
        yield
    finally:
        weasyprint.layout.make_margin_boxes = make_margin_boxes


def set_folios(page: Any, before: int) -> None:
    """Fill a page's margins; `before` is the number of pages before its part of the report."""
    context, number, state = page.folio
    quotes, counters, scopes, groups = state
    counted = {**counters, PAGE: [value + before for value in counters[PAGE]]}
    context.current_page = number
    margins = tuple(make_margin_boxes(context, page, (quotes, counted, scopes, groups)))
    for box in margins:
        layout_box_backgrounds(page, box, context.get_image_from_uri)
    page.children = (*page.children, *margins)
    del page.folio
