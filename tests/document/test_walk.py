"""Going through the tree: its words."""

from __future__ import annotations

from builder.document.nodes import Callout, KeyPoints
from builder.document.walk import plain
from tests.support.reading import first, read


def test_a_boxes_title_and_its_text_are_words_of_their_own() -> None:
    document = read(
        "::: {.key-points title='So what'}\nOne.\n:::\n\n::: {.callout-tip title=Do}\nTwo.\n:::"
    )

    assert plain(first(document, KeyPoints)) == "So what One."
    assert plain(first(document, Callout)) == "Do Two."
