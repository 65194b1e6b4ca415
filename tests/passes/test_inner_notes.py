"""A note inside a note stands in brackets, so that all formats count the same notes."""

from __future__ import annotations

import pytest

from builder.document.nodes import Note
from builder.document.walk import every, plain
from tests.support.reading import read

BOOK = "- {id: a, type: book, title: A Book, author: [{family: Ames}], issued: 2011}\n"


@pytest.mark.parametrize(
    ("markdown", "notes"),
    [
        ("Tea^[with milk^[cold]].", ["with milk (cold)"]),
        ("Tea^[with milk ^[cold] and sugar].", ["with milk (cold) and sugar"]),
        ("Tea^[a ^[b ^[c]]] and^[d].", ["a (b (c))", "d"]),
        ("Tea^[*with ^[cold]* milk].", ["with (cold) milk"]),
        ("Tea[^1].\n\n[^1]: One[^2].\n\n[^2]: Two.\n\n    Three.\n", ["One (Two. Three.)."]),
        ("Tea[^1].\n\n[^1]: One[^2].\n\n[^2]: - a\n    - b\n", ["One (a b)."]),
        ("Tea[^1].\n\n[^1]: One[^2].\n\n[^2]: ```\n    code\n    ```\n", ["One (code)."]),
    ],
)
def test_a_note_in_a_note_stands_in_brackets(markdown: str, notes: list[str]) -> None:
    document = read(markdown)

    found = list(every(document.sections, Note))

    assert [plain(note.blocks) for note in found] == notes


def test_a_work_cited_in_the_inner_note_is_cited_in_the_brackets() -> None:
    document = read("Tea^[milk^[see [@a, p. 3]]].", references=BOOK)

    (note,) = every(document.sections, Note)

    assert plain(note.blocks).startswith("milk (see Ames, A Book")
