"""Where citeproc-py 0.11 departs from CSL, and we do not: one test a fault."""

from __future__ import annotations

import pytest

from builder.bibliography.style import (
    SUBSEQUENT,
    Bibliographer,
    Cited,
    UnknownStyleError,
    load_style,
)
from builder.bibliography.works import read_works
from builder.diagnostics import Diagnostics
from builder.document.nodes import Citation
from builder.yaml_source import read_yaml
from tests.support.typed import typed

BOOK = """
- {id: book, type: book, title: A book, author: [{family: Author, given: First Middle}],
   publisher: The Press, issued: 2001}
"""
ARTICLE = """
- {id: article, type: article-newspaper, title: An article, container-title: The Paper,
   author: [{family: Author, given: First}], issued: 2012-12-07}
"""
UNSIGNED = """
- {id: unsigned, type: interview, title: An interview, container-title: The Paper, issued: 2012}
"""


def bibliographer(works: str, style: str = "chicago-notes", language: str = "en") -> Bibliographer:
    log = Diagnostics()
    yaml = read_yaml(works, "references.yml", log)
    assert yaml is not None
    read = read_works(yaml, log)
    assert not list(log)
    return Bibliographer(load_style(style, language), read, list(read), language)


def note(works: str, key: str, *, again: bool = False, language: str = "en") -> str:
    cited = Cited(Citation(key), SUBSEQUENT) if again else Cited(Citation(key))
    return typed(bibliographer(works, "chicago-notes", language).note([cited]))


def entries(works: str, style: str = "chicago-notes", language: str = "en") -> list[str]:
    return [typed(e) for e in bibliographer(works, style, language).entries.values()]


def test_given_names_stay_in_full() -> None:
    assert note(BOOK, "book") == "First Middle Author, *A Book* (The Press, 2001)."


def test_given_names_become_initials_where_the_style_asks() -> None:
    assert entries(BOOK, "apa") == ["Author, F. M. (2001). *A book*. The Press."]


def test_a_comma_goes_inside_american_quotation_marks() -> None:
    assert note(ARTICLE, "article") == (
        "First Author, “An Article,” *The Paper*, December 7, 2012."
    )


def test_a_comma_stays_outside_british_quotation_marks() -> None:
    assert entries(ARTICLE, "ieee", "en-GB") == [
        "[1] F. Author, “An article”, *The Paper*, Dec. 07, 2012."
    ]


def test_other_languages_have_their_own_quotation_marks_and_dates() -> None:
    assert note(ARTICLE, "article", language="de") == (
        "First Author, „An article“, *The Paper*, 7. Dezember 2012."
    )
    assert note(ARTICLE, "article", language="en-GB") == (
        "First Author, “An Article”, *The Paper*, 7 December 2012."
    )


def test_no_edition_is_left_over_where_there_is_none() -> None:
    assert note(ARTICLE, "article", again=True) == "Author, “An Article.”"


def test_a_title_in_the_authors_place_stands_there_alone() -> None:
    assert note(UNSIGNED, "unsigned", again=True) == "“An Interview.”"
    assert entries(UNSIGNED) == ["“An Interview.” *The Paper*, 2012."]


def test_a_full_stop_is_not_doubled_nor_put_behind_a_question_mark() -> None:
    works = "- {id: a, type: book, title: Why Now?, author: [{literal: Press Inc.}], issued: 2001}"

    assert entries(works) == ["Press Inc. *Why Now?* 2001."]


def test_works_that_the_list_leaves_out_do_not_shift_the_others() -> None:
    letter = "- {id: letter, type: personal_communication, title: A letter, issued: 1999}"

    assert list(bibliographer(letter + ARTICLE).entries) == ["article"]


def test_keys_that_differ_in_case_alone_are_different_works() -> None:
    works = "- {id: Key, type: book, title: One}\n- {id: key, type: book, title: Two}"

    assert [note(works, "Key"), note(works, "key")] == ["*One*.", "*Two*."]


def test_variables_with_a_hyphen_are_found() -> None:
    works = """
    - {id: a, type: chapter, title: A chapter, container-title: A book, chapter-number: 4,
       author: [{family: Author, given: First}], issued: 2001}
    """

    assert note(works, "a") == "First Author, “A Chapter,” chap. 4 in *A Book* (2001)."


def test_one_dates_form_does_not_stick_to_the_next() -> None:
    styled = bibliographer(BOOK + ARTICLE, "apa")

    first = typed(styled.entries["article"])
    styled.in_text([Cited(Citation("article"))])
    again = bibliographer(ARTICLE + BOOK, "apa")

    assert first == "Author, F. (2012, December 7). An article. *The Paper*."
    assert typed(again.entries["article"]) == first


@pytest.mark.parametrize(
    ("issued", "shown"),
    [
        ("2013-04-21/2013-04-24", "April 21–24, 2013"),
        ("2013-04-21/2013-05-02", "April 21–May 2, 2013"),
        ("2012-12-30/2013-01-02", "December 30, 2012–January 2, 2013"),
        ("2013-04/2013-05", "April–May 2013"),
        ("2013-04", "April 2013"),
        ("{date-parts: [[2013]], season: 1}", "Spring 2013"),
        ("{literal: undated}", "undated"),
    ],
)
def test_a_date_gives_once_what_both_its_ends_share(issued: str, shown: str) -> None:
    works = f"- {{id: a, type: webpage, title: A page, issued: {issued}}}"

    assert note(works, "a") == f"“A Page,” {shown}."


def test_a_term_that_lacks_a_form_takes_the_next() -> None:
    works = """
    - {id: a, type: book, title: A book, editor: [{family: Editor, given: First},
       {family: Editor, given: Second}], issued: 2001}
    """

    assert entries(works, "apa") == ["Editor, F., & Editor, S. (Eds.). (2001). *A book*."]


def test_an_undated_work_says_so_where_the_style_does() -> None:
    works = "- {id: a, type: book, title: A book, author: [{literal: A Body}], publisher: P}"

    assert entries(works, "apa") == ["A Body. (n.d.). *A book*. P."]


def test_entries_are_sorted_by_letters_whatever_marks_they_carry() -> None:
    names = ["Zeta", "Åkesson", "The Body", "Атаев", "de la Alpha", "Çelik", "“Quoted”"]
    works = "\n".join(
        f"- {{id: n{i}, type: book, title: T, author: [{{literal: {name}}}], publisher: P}}"
        for i, name in enumerate(names)
    )

    assert [entry.split(".")[0] for entry in entries(works)] == [
        "Åkesson",
        "The Body",
        "Çelik",
        "de la Alpha",
        "“Quoted",
        "Zeta",
        "Атаев",
    ]


def test_titles_are_cased_in_english_alone() -> None:
    works = """
    - {id: a, type: book, title: "bringing relations back in: news.az and the eBay of it"}
    - {id: b, type: book, title: la vie d'une alliance, language: fr}
    """

    assert [note(works, "a"), note(works, "b")] == [
        "*Bringing Relations Back In: news.az and the eBay of It*.",
        "*[La vie d’une alliance]{lang=fr}*.",
    ]


def test_italics_within_italics_stand_upright() -> None:
    works = '- {id: a, type: book, title: "Reading *Capital* again"}'

    assert note(works, "a") == "*Reading *Capital* Again*."


def test_an_address_is_a_link_and_the_full_stop_no_part_of_it() -> None:
    works = """
    - {id: a, type: webpage, title: A page, URL: "https://example.org/a,b/%D0%BF%D0%BE%20x?q=1"}
    """

    assert note(works, "a") == (
        "“A Page,” [https://example.org/a,b/по%20x?q=1]"
        "(https://example.org/a,b/%D0%BF%D0%BE%20x?q=1)."
    )


def test_a_style_is_known_by_its_usual_names() -> None:
    assert load_style("chicago-notes", "en").is_note
    assert load_style("ieee", "en").is_numeric
    assert not load_style("harvard", "en").is_note


def test_a_style_that_depends_on_another_is_that_one() -> None:
    assert load_style("university-of-york-chicago", "en").has_bibliography


def test_an_unknown_style_comes_with_those_that_are_known() -> None:
    with pytest.raises(UnknownStyleError) as caught:
        load_style("chicago-nots", "en")

    assert "chicago-notes" in caught.value.known


@pytest.mark.parametrize("source", [b"", b"<style>", b"<html/>"])
def test_a_file_that_is_no_style_is_refused(source: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        load_style("own.csl", "en", source)


def test_every_alias_leads_to_an_installed_style() -> None:
    from builder.bibliography._citeproc import style_source
    from builder.bibliography.style import ALIASES

    assert [name for name, real in ALIASES.items() if style_source(real) is None] == []
