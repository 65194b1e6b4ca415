"""HTML for WeasyPrint, with its own style sheet's rules kept to the elements that they are for.

Its rules for list markers and notes hold for every element, so that each of them gets six styles
which nothing asks for: a quarter of all memory. The bytes of the PDF are the same.
"""

from __future__ import annotations

from copy import copy
from typing import Any

import weasyprint

from builder.writers.pdf_words import NOTE

ITEM = "li"
"""The element that has a marker."""

NOTED = frozenset({"footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"})
"""Parts that only a note has."""


class Source(weasyprint.HTML):  # type: ignore[misc]  # WeasyPrint ships no types
    """HTML as we write it: a note is of the class `fn`, and a list's item is an `li`."""

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
        return [narrowed(sheet) for sheet in super()._ua_stylesheets(forms)]


def narrowed(sheet: Any) -> Any:
    """Give a copy of a style sheet whose rules for such parts are looked up for their elements."""
    result = copy(sheet)
    matcher = result.matcher = copy(sheet.matcher)
    matcher.class_selectors = dict(matcher.class_selectors)
    matcher.lower_local_name_selectors = dict(matcher.lower_local_name_selectors)
    matcher.other_selectors = []
    for rule in sheet.matcher.other_selectors:
        _test, _specificity, _order, part, _declarations = rule
        if part in NOTED:
            rules = matcher.class_selectors
            rules[NOTE] = [*rules.get(NOTE, ()), rule]
        elif part == "marker":
            rules = matcher.lower_local_name_selectors
            rules[ITEM] = [*rules.get(ITEM, ()), rule]
        else:
            matcher.other_selectors.append(rule)
    return result
