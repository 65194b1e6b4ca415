"""Lost words are found; words that only look different are not taken for lost."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from builder.writers.pdf_words import Passage, losses, passages, words_of


def wanted(html: str) -> tuple[Passage, ...]:
    return passages(ElementTree.fromstring(f"<body>{html}</body>"))


def lost(html: str, *pages: str) -> list[str]:
    return [word for loss in losses(wanted(html), pages) for word in loss.words]


@pytest.mark.parametrize(
    ("html", "page"),
    [
        ("<p>plain words</p>", "plain words"),
        ("<p>a long-term plan</p>", "a long-\r\nterm plan"),
        ("<p>a long-term plan</p>", "a long\ufffeterm plan"),
        ("<p>hyphenated borders</p>", "hyphenated bor-\nders"),
        ("<p>short- and long-term</p>", "short- and long-term"),
        ("<p>office finding</p>", "oﬃce ﬁnding"),
        ("<p>Figure 1</p>", "FIGURE 1"),
        ("<p>İstanbul’da şəhəri</p>", "ISTANBUL’DA ŞƏHƏRI"),
        ("<p>שלום עולם</p>", "םולש םלוע"),
        ("<p>שנה ערך</p>", "שנהערך"),
        ("<p>עברית and more</p>", "תירבעand more"),
        ("<p>The problem עברית</p>", "1 ehT melborp תירבע"),
        ("<p>in 2010<span class='fn'>Note.</span></p>", "in 20101\n1 Note."),
        ("<p>one <b>w</b>ord</p>", "one word"),
        ("<p>a</p><p>b</p>", "b a"),
        ("<p>un<br/>done</p>", "un\ndone"),
        ("<td>[ж](#a-heading) דה</td>", "-a#) הד\n[ж](heading"),
        ("<div><span class='n'>1</span><a>7meh</a></div>", "7 meh\n1"),
        ("<td>[ж](#fig-a) דה</td>", "-fig#)[ж] הד\n(a"),
    ],
)
def test_these_are_not_lost(html: str, page: str) -> None:
    assert lost(html, page) == []


def test_a_word_cut_by_the_end_of_a_page_is_not_lost() -> None:
    assert lost("<p>the Begin-Sadat Center</p>", "the Begin-\r\n12", "Sadat Center") == []


def test_a_word_behind_one_that_is_cut_is_not_lost() -> None:
    pages = "spoke of Ben-\r\nAzerbaijani law", "Eliezer and Azerbaijan in May"
    html = "<p>spoke of Ben-Eliezer and Azerbaijan in May</p><p>Azerbaijani law</p>"

    assert lost(html, *pages) == []


def test_a_word_is_not_lost_that_another_one_was_glued_to() -> None:
    html = "<p>had Ben-Eliezer met Azerbaijani-Israeli end</p><p>Azerbaijani</p><p>7 notes</p>"
    pages = ("had Ben-\nAzerbaijani", "Eliezer met Azerbaijani-\n7 notes", "Israeli end")

    assert lost(html, *pages) == []
    assert lost(html, *pages[:2], "end") != []


def test_a_short_tail_is_that_of_a_whole_head_alone() -> None:
    assert lost("<p>see fig-a</p>", "see figs", "a") == ["figa"]


def test_a_missing_word_is_lost() -> None:
    assert lost("<p>one two three</p>", "one three") == ["two"]


def test_a_word_that_is_there_too_rarely_is_lost() -> None:
    assert lost("<p>drone and drone</p>", "drone and") == ["drone"]


def test_the_rest_of_a_cut_footnote_is_lost_and_its_section_named() -> None:
    html = (
        "<section id='one'><p>Text here.</p></section>"
        "<section id='two'><p>More text.<span class='fn'>Note of many words</span></p></section>"
    )

    found = losses(wanted(html), ["Text here. More text.1 1 Note of"])

    assert [(loss.section, loss.words, loss.in_note) for loss in found] == [
        ("two", ("many", "words"), True)
    ]


def test_what_is_not_to_be_seen_is_not_asked_for() -> None:
    assert lost("<style>p {}</style><svg><title>alt</title><text>label</text></svg>", "label") == []


def test_accents_and_case_do_not_count() -> None:
    assert words_of("Élan İ ı Straße") == ("elan", "i", "i", "strasse")
