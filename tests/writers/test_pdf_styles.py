"""Shared styles: pages of one kind and parts of like elements, and the same bytes."""

from __future__ import annotations

import inspect
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest
import weasyprint.layout
import weasyprint.layout.page
from weasyprint.css import ComputedStyle, StyleFor

from builder.writers import pdf_styles
from builder.writers.pdf_styles import rules_of
from tests.support.paper import printed
from tests.support.reading import read

TEXT = "\n\n".join(
    f"Paragraph {n}^[Note {n}, with some words.] goes on and on. " * 4 + "\n\n- an item\n1. first"
    for n in range(30)
)


def test_the_hooks_are_where_they_were() -> None:
    sets_page = weasyprint.layout.page.set_page_type_computed_styles
    assert list(inspect.signature(sets_page).parameters) == ["page_type", "html", "style_for"]
    assert list(inspect.signature(StyleFor.set_computed_styles).parameters) == [
        "self",
        "element",
        "parent",
        "root",
        "pseudo_type",
        "base_url",
        "target_collector",
    ]


def test_the_bytes_are_the_same_with_and_without(monkeypatch: pytest.MonkeyPatch) -> None:
    document = read(TEXT)
    shared = printed(document)
    monkeypatch.setattr(pdf_styles, "shared_styles", nullcontext)

    assert printed(document) == shared


def test_more_pages_and_notes_need_no_more_styles(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    begins = ComputedStyle.__init__

    def counted(style: Any, parent: Any, cascaded: Any, part: Any, *rest: Any) -> None:
        begins(style, parent, cascaded, part, *rest)
        made.append(str(part))

    monkeypatch.setattr(ComputedStyle, "__init__", counted)
    printed(read(TEXT))
    first = [made.count(part) for part in ("@bottom-right", "footnote-call", "footnote-marker")]
    made.clear()
    printed(read(f"{TEXT}\n\n{TEXT}"))

    assert first == [
        made.count(part) for part in ("@bottom-right", "footnote-call", "footnote-marker")
    ]


def test_pages_for_which_other_rules_hold_are_of_another_kind() -> None:
    rules = [
        ("@page", ((0, None, "left"), (0, None, "any")), ()),
        ("@page", ((0, None, "right"),), ()),
    ]
    style_for = SimpleNamespace(
        _sheets=[(SimpleNamespace(page_rules=rules), "author", None)],
        _page_type_match=lambda wanted, side: wanted in (side, "any"),
    )

    left, right = rules_of("left", style_for), rules_of("right", style_for)
    assert len(left) == 2 and len(right) == 2
    assert left != right and left == rules_of("left", style_for)
