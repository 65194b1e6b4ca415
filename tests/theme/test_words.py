"""The builder's own words."""

from __future__ import annotations

import pytest

from builder.diagnostics import Diagnostics
from builder.theme.words import KEYS, LANGUAGES, words_for


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word(language: str) -> None:
    log = Diagnostics()

    words = words_for(language, None, None, log)

    assert set(words) == set(KEYS) and all(words.values()) and not list(log)


def test_the_seven_languages_are_there() -> None:
    figures = {
        language: words_for(language, None, None, Diagnostics())["figure"] for language in LANGUAGES
    }

    assert figures == {
        "en": "Figure",
        "de": "Abbildung",
        "fr": "Figure",
        "ru": "Рисунок",
        "tr": "Şekil",
        "az": "Şəkil",
        "he": "איור",
    }


def test_the_project_stands_above_the_theme_and_the_theme_above_ours() -> None:
    theme = {"en": {"figure": "Fig.", "key-points": "In short"}, "en-GB": {"source": "Origin"}}

    words = words_for("en-GB", theme, {"figure": "Plate"}, Diagnostics())

    assert [words[key] for key in ("figure", "key_points", "source", "table")] == [
        "Plate",
        "In short",
        "Origin",
        "Table",
    ]


def test_an_unknown_language_is_noted_and_speaks_english() -> None:
    log = Diagnostics()

    words = words_for("nl", None, None, log)

    assert words["contents"] == "Contents"
    assert [d.code.value for d in log] == ["language-unknown"]
    assert not log.has_errors and not log.has_warnings


def test_a_theme_may_bring_a_language_of_its_own() -> None:
    log = Diagnostics()

    words = words_for("nl", {"nl": {"contents": "Inhoud"}}, None, log)

    assert words["contents"] == "Inhoud" and not list(log)
