"""Styles are made for the elements that use them, and the same bytes come out."""

from __future__ import annotations

import pytest
import weasyprint

from builder.writers import pdf_source
from builder.writers.pdf_source import ITEM, NOTED, narrowed
from builder.writers.pdf_words import NOTE
from tests.support.paper import printed
from tests.support.reading import read

TEXT = """
Words^[A note.] go on.

- one
- two^[Another note.]

1. first
    - below
2. second
"""


def test_the_bytes_are_the_same_with_and_without(monkeypatch: pytest.MonkeyPatch) -> None:
    document = read(TEXT)
    narrow = printed(document)
    monkeypatch.setattr(pdf_source, "Source", weasyprint.HTML)

    assert printed(document) == narrow


def test_rules_for_parts_are_looked_up_for_their_elements_only() -> None:
    (sheet,) = weasyprint.HTML(string="x")._ua_stylesheets()

    matcher = narrowed(sheet).matcher

    assert {part for _, _, _, part, _ in matcher.class_selectors[NOTE]} == NOTED
    assert "marker" in {part for _, _, _, part, _ in matcher.lower_local_name_selectors[ITEM]}
    assert not {part for _, _, _, part, _ in matcher.other_selectors} & {*NOTED, "marker"}


def test_weasyprints_own_sheet_stays_as_it_is() -> None:
    (sheet,) = weasyprint.HTML(string="x")._ua_stylesheets()
    before = len(sheet.matcher.other_selectors)

    assert len(narrowed(sheet).matcher.other_selectors) == before - len(NOTED) - 1
    assert len(sheet.matcher.other_selectors) == before
    assert NOTE not in sheet.matcher.class_selectors
