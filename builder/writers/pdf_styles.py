"""Styles that are alike are made once.

WeasyPrint makes some twenty styles for every page, and two or more for every footnote and list
item, although pages of one kind, and such parts of elements of one style, look alike. They are a
part of the time and of the memory of a long report that grows with every page. The bytes of the
PDF are the same. The hooks are private to WeasyPrint 70.0.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import weasyprint.layout.page
from weasyprint.css import StyleFor


@contextmanager
def shared_styles() -> Iterator[None]:
    """Let pages and parts of elements take the styles of earlier ones, within one layout."""
    sets_page = weasyprint.layout.page.set_page_type_computed_styles
    sets_part = StyleFor.set_computed_styles
    pages: dict[tuple[int, ...], tuple[Any, list[str | None]]] = {}
    parts: dict[tuple[object, ...], tuple[Any, Any]] = {}

    def set_page_type_computed_styles(page_type: Any, html: Any, style_for: Any) -> None:
        kind = rules_of(page_type, style_for)
        styles = style_for.get_computed_styles()
        if kind not in pages:
            sets_page(page_type, html, style_for)
            pages[kind] = page_type, [part for owner, part in styles if owner == page_type]
            return
        known, names = pages[kind]
        for name in names:
            styles[page_type, name] = styles[known, name]

    def set_computed_styles(
        self: Any, element: Any, parent: Any, pseudo_type: str | None = None, **rest: Any
    ) -> None:
        said = self.get_cascaded_styles().get((element, pseudo_type), {})
        of_page = isinstance(element, tuple)
        if pseudo_type is None or of_page or "anchor" in said:
            sets_part(self, element, parent, pseudo_type=pseudo_type, **rest)
            return
        styles = self.get_computed_styles()
        look = tuple((name, id(value), weight) for name, (value, weight) in said.items())
        key = (id(styles[parent, None]), pseudo_type, look)
        if key not in parts:
            sets_part(self, element, parent, pseudo_type=pseudo_type, **rest)
            parts[key] = styles[element, pseudo_type], styles[parent, None]  # so ids stay theirs
        styles[element, pseudo_type] = parts[key][0]

    weasyprint.layout.page.set_page_type_computed_styles = set_page_type_computed_styles
    StyleFor.set_computed_styles = set_computed_styles
    try:
        yield
    finally:
        weasyprint.layout.page.set_page_type_computed_styles = sets_page
        StyleFor.set_computed_styles = sets_part


def rules_of(page_type: Any, style_for: Any) -> tuple[int, ...]:
    """Name the rules that hold for a page; pages with the same rules look alike."""
    return tuple(
        id(selector)
        for sheet, _origin, _specificity in style_for._sheets
        for _rule, selectors, _declarations in sheet.page_rules
        for selector in selectors
        if style_for._page_type_match(selector[2], page_type)
    )
