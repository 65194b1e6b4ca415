"""The handout: each slide with what is said to it."""

from __future__ import annotations

from typing import Literal

import pypdfium2
import pytest

from builder.document.nodes import Metadata
from tests.support.slides import handout, texts

META = Metadata("test", "A title", language="en", paper="a4", date="2026-01-02")
SECTION = "---\ntitle: A section {#sec-a}\ntakeaway: Rivers rise in spring\nkey-points:\n  - One point\n---\n"


def test_a_slide_stands_above_its_notes() -> None:
    made = handout(f"{SECTION}\n::: notes\nSay this aloud.\n:::\n", meta=META)

    page = texts(made.data)[1]
    assert (
        page.index("Rivers rise in spring") < page.index("Speaker notes".upper())
        or "Speaker notes" in page
    )
    assert "Say this aloud." in page
    assert (made.name, made.format, made.pages) == ("test-handout.pdf", "handout", 3)


@pytest.mark.parametrize(("paper", "size"), [("a4", (595.3, 841.9)), ("letter", (612, 792))])
def test_the_paper_is_the_briefings(
    paper: Literal["a4", "letter"], size: tuple[float, float]
) -> None:
    made = handout(SECTION, meta=Metadata("test", "A title", language="en", paper=paper))

    with pypdfium2.PdfDocument(made.data) as pdf:
        assert pdf[0].get_size() == pytest.approx(size, abs=0.5)


def test_long_notes_run_on_and_nothing_is_lost() -> None:
    said = "\n\n".join(
        f"Sentence number{n} is said at some length, so that it takes a line or two of the page, and a word more."
        for n in range(60)
    )

    pages = texts(handout(f"{SECTION}\n::: notes\n{said}\n:::\n", meta=META).data)

    assert len(pages) > 4
    found = " ".join(pages)
    assert all(f"number{n} " in found for n in range(60))
    assert "2 Rivers rise in spring" in " ".join(pages[2].split())


def test_notes_may_hold_lists_tables_and_footnotes() -> None:
    notes = "- first\n- second\n\n| River | Length |\n|---|---|\n| Kura | 1,515 km |\n\nSee below.[^1]\n"

    found = " ".join(
        texts(handout(f"{SECTION}\n::: notes\n{notes}\n:::\n\n[^1]: A remark.\n", meta=META).data)
    )

    for words in ("first", "second", "Kura", "1,515\u00a0km", "See below. (A remark.)"):
        assert words in found


def test_a_reference_in_notes_is_plain_text() -> None:
    text = f"{SECTION}\nText.\n\n| A |\n|---|\n| b |\n\n: Rivers {{#tbl-r}}\n\n::: notes\nAs @tbl-r shows.\n:::\n"

    assert "As Table 1 shows." in " ".join(texts(handout(text, meta=META).data))
