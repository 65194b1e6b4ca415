"""What was made is given again for the same thing under the same circumstances, and only then."""

from __future__ import annotations

from builder.recall import Recall


def test_what_is_the_same_is_made_once() -> None:
    recall: Recall[str, str] = Recall()
    made: list[str] = []

    def loud(word: str) -> str:
        made.append(word)
        return word.upper()

    def round_of(around: str, *words: str) -> list[str]:
        recall.begin(around)
        return [recall.of(number, word, loud) for number, word in enumerate(words)]

    assert round_of("x", "a", "b") == ["A", "B"] and made == ["a", "b"]
    assert round_of("x", "a", "c") == ["A", "C"] and made == ["a", "b", "c"]
    assert round_of("y", "a") == ["A"] and made == ["a", "b", "c", "a"]
    assert round_of("y", "a", "c") == ["A", "C"] and made == ["a", "b", "c", "a", "c"]

    recall.clear()
    assert round_of("y", "a") == ["A"] and made[-1] == "a" and len(made) == 6
