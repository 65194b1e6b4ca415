"""Citations in the text, as each kind of style shows them."""

from __future__ import annotations

import pytest

from builder.bibliography.works import read_works
from builder.diagnostics import Code, Diagnostics
from builder.document.nodes import (
    Chart,
    Citation,
    Cite,
    Document,
    Metadata,
    Paragraph,
    References,
    Section,
    SpeakerNotes,
    Text,
)
from builder.passes.citations import cite, references
from builder.yaml_source import read_yaml
from tests.support.reading import first, read, read_with_findings
from tests.support.typed import typed

NB = "\u00a0"

WORKS = """
references:
  - id: murinson
    type: book
    title: "Turkey's Entente with Israel and Azerbaijan: State Identity"
    author: [{family: Murinson, given: Alexander}]
    publisher: Routledge
    issued: 2010
  - id: walt
    type: book
    title: The Origins of Alliances
    author: [{family: Walt, given: Stephen M.}]
    publisher: Cornell University Press
    issued: 1987
  - id: waal
    type: book
    title: Black Garden
    author: [{family: Waal, given: Thomas, non-dropping-particle: de}]
    publisher: NYU Press
    issued: 2003
  - id: pair
    type: report
    title: Good Relations
    author: [{family: Cagaptay, given: Soner}, {family: Murinson, given: Alexander}]
    publisher: The Washington Institute
    issued: 2005-03-30
  - id: lenta
    type: article-newspaper
    title: Drones for Azerbaijan
    container-title: Lenta.ru
    issued: 2011-12-09
  - id: talk
    type: interview
    genre: interview by the author
    author: [{family: Mammadov, given: Rauf}]
    issued: 2014-06-26
"""
MURINSON = "*Turkey’s Entente with Israel and Azerbaijan"


def cited(markdown: str, style: str = "chicago-notes") -> list[str]:
    return [typed(p.content) for p in body(markdown, style)]


def body(markdown: str, style: str = "chicago-notes") -> list[Paragraph]:
    document = read_in(style, markdown)
    return [b for b in document.sections[0].blocks if isinstance(b, Paragraph)]


def read_in(style: str, markdown: str) -> Document:
    return read(markdown, references=WORKS, meta=Metadata("test", "A test", csl=style))


# ---------------------------------------------------------------- notes


def test_a_work_is_cited_in_full_first_and_shortly_afterwards() -> None:
    assert cited("One.[@murinson, p. 3]\n\nTwo.[@murinson, pp. 5-7]") == [
        f"One.^[Alexander Murinson, {MURINSON}: State Identity* (Routledge, 2010), 3.]",
        f"Two.^[Murinson, {MURINSON}*, 5–7.]",
    ]


def test_the_call_of_a_note_stands_behind_punctuation_without_a_space_before_it() -> None:
    assert cited("Entente [@walt], or *axis* [@walt]; so.") == [
        "Entente,^[Stephen M. Walt, *The Origins of Alliances* (Cornell University Press, 1987).]"
        " or *axis*;^[Walt, *The Origins of Alliances*.] so."
    ]


def test_several_works_share_a_note_with_the_words_around_them() -> None:
    assert cited("All.[see @walt, ch. 2; but @murinson, for Turkey]") == [
        "All.^[See Stephen M. Walt, *The Origins of Alliances* (Cornell University Press, 1987),"
        f" chap. 2; but Alexander Murinson, {MURINSON}: State Identity* (Routledge, 2010),"
        " for Turkey.]"
    ]


def test_a_citation_in_the_sentence_names_the_author_and_adds_a_note() -> None:
    assert cited("As @pair say.") == [
        "As Cagaptay and Murinson^[Soner Cagaptay and Alexander Murinson, *Good Relations* (The"
        " Washington Institute, 2005).] say."
    ]


def test_a_work_without_an_author_is_called_by_its_title_in_the_sentence() -> None:
    assert cited("As @lenta has it.")[0].startswith("As “Drones for Azerbaijan”^[")


def test_a_minus_leaves_the_author_away() -> None:
    assert cited("As Walt says.[-@walt, p. 3]") == [
        "As Walt says.^[*The Origins of Alliances* (Cornell University Press, 1987), 3.]"
    ]


def test_in_a_note_of_the_authors_own_the_citation_is_no_note_again() -> None:
    assert cited("Entente.^[Defined by @walt, p. 3, and used since.]\n\nAxis.^[@walt]") == [
        "Entente.^[Defined by Stephen M. Walt, *The Origins of Alliances* (Cornell University"
        " Press, 1987), 3, and used since.]",
        "Axis.^[Walt, *The Origins of Alliances*.]",
    ]


def test_a_full_stop_of_the_authors_own_goes_into_the_quotation_marks() -> None:
    assert cited("A.[@lenta] B.^[So @lenta.] C.^[So @walt, Chapter IV, and @lenta, too.]")[0] == (
        f"A.^[“Drones for Azerbaijan,” *Lenta.ru*, December{NB}9, 2011.]"
        " B.^[So *Lenta.ru*, “Drones for Azerbaijan.”]"
        " C.^[So Stephen M. Walt, *The Origins of Alliances* (Cornell University Press, 1987),"
        " chap. IV, and *Lenta.ru*, “Drones for Azerbaijan,” too.]"
    )


def test_a_note_begins_with_a_capital_even_where_the_name_does_not() -> None:
    assert cited("One.[@waal] Two.[@waal, p. 4; @walt]")[0].endswith(
        "Two.^[De Waal, *Black Garden*, 4; Stephen M. Walt, *The Origins of Alliances* (Cornell"
        " University Press, 1987).]"
    )


def test_within_a_note_the_name_stays_small() -> None:
    assert "See de Waal, *Black Garden*" in cited("A.[@waal] B.^[See @waal, p. 2.]")[0]


def test_chicago_shortens_rather_than_writing_ibid() -> None:
    assert cited("A.[@walt] B.[@walt]")[0].endswith("B.^[Walt, *The Origins of Alliances*.]")


def test_a_style_that_asks_for_ibid_gets_it_with_a_capital() -> None:
    ibid = "chicago-notes-bibliography-16th-edition"

    assert cited("A.[@walt, p. 3] B.[@walt, p. 4]", ibid)[0].endswith("B.^[Ibid., 4.]")


def test_another_note_in_between_forbids_ibid() -> None:
    ibid = "chicago-notes-bibliography-16th-edition"

    text = cited("A.[@walt] B.^[No more is known.] C.[@walt]", ibid)[0]

    assert text.endswith("C.^[Walt, *The Origins of Alliances*.]")


def test_what_a_slide_cites_does_not_shorten_the_report() -> None:
    document = read_in("chicago-notes", "::: slide\n## A slide\n\nA.[@walt]\n:::\n\nB.[@walt]")

    slide, paragraph, *_ = document.sections[0].blocks
    assert "Stephen M. Walt" in typed(first(slide, Paragraph).content)
    assert "Stephen M. Walt" in typed(first(paragraph, Paragraph).content)


def test_a_figures_source_is_cited_in_words_rather_than_by_a_note() -> None:
    chart = '::: {.chart data="x.csv" x=a y=b type=bar source="[@walt, p. 4]" alt="Bars"}\nT\n:::\n'

    document = read(chart, references=WORKS, files={"x.csv": "a,b\n1,2\n"})

    assert typed(first(document, Chart).caption.source) == (
        "Stephen M. Walt, *The Origins of Alliances* (Cornell University Press, 1987), 4"
    )


def test_speaker_notes_name_the_work_in_passing() -> None:
    document = read_in("chicago-notes", "::: notes\nSay so [@walt, p. 4], as @pair do.\n:::")

    spoken = first(first(document, SpeakerNotes), Paragraph)
    assert typed(spoken.content) == (
        "Say so (Walt, *The Origins of Alliances*, 4), as Cagaptay and Murinson do."
    )


# ---------------------------------------------------------------- styles that cite in the text


def test_an_author_date_style_cites_in_the_text_with_a_link_to_the_reference() -> None:
    assert cited("So it is [see @walt, p. 3; @murinson].", "chicago-author-date") == [
        "So it is (see [Walt 1987, 3](#ref-walt); [Murinson 2010](#ref-murinson))."
    ]


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("chicago-author-date", "@walt → Walt ([1987, 3](#ref-walt))."),
        ("apa", f"@walt → Walt ([1987, p.{NB}3](#ref-walt))."),
        ("ieee", f"@walt → Walt [[1, p.{NB}3]](#ref-walt)."),
        ("nature", "@walt → Walt.[^1^](#ref-walt)"),
    ],
)
def test_a_citation_in_the_sentence_keeps_the_rest_in_brackets(style: str, shown: str) -> None:
    assert [f"@walt → {cited('@walt [p. 3].', style)[0]}"] == [shown]


def test_what_is_not_among_the_references_gets_no_link() -> None:
    assert cited("He said so [@talk].", "chicago-author-date") == [
        f"He said so (Rauf Mammadov, interview by the author, June{NB}26, 2014)."
    ]


def test_works_of_one_author_and_year_get_letters() -> None:
    works = """
    - {id: b, type: book, title: Bees, author: [{family: Author, given: First}], issued: 2001}
    - {id: a, type: book, title: Ants, author: [{family: Author, given: First}], issued: 2001}
    """
    meta = Metadata("test", "A test", csl="chicago-author-date")

    document = read("Both [@b] [@a].", references=works, meta=meta)

    assert typed(first(document, Paragraph).content) == (
        "Both ([Author 2001b](#ref-b)) ([Author 2001a](#ref-a))."
    )
    assert [typed(r.content) for r in references(document)] == [
        "Author, First. 2001a. *Ants*.",
        "Author, First. 2001b. *Bees*.",
    ]


def test_mla_leaves_nothing_of_an_author_that_is_named() -> None:
    assert cited("As @walt says.", "mla") == ["As Walt says."]


# ---------------------------------------------------------------- the list of references


def test_references_are_sorted_and_hold_what_is_cited() -> None:
    document = read_in("chicago-notes", "A.[@walt] B.[@lenta; @murinson] C.[@talk]")

    assert [(r.key, typed(r.content)) for r in first(document, References).entries] == [
        ("lenta", f"*Lenta.ru*. “Drones for Azerbaijan.” December{NB}9, 2011."),
        ("murinson", f"Murinson, Alexander. {MURINSON}: State Identity*. Routledge, 2010."),
        ("walt", "Walt, Stephen M. *The Origins of Alliances*. Cornell University Press, 1987."),
    ]


def test_numbered_references_stand_in_the_order_of_their_first_citation() -> None:
    document = read_in("ieee", "A [@walt]. B [@murinson].")

    assert [typed(r.content)[:8] for r in references(document)] == ["[1] S. M", "[2] A. M"]


# ---------------------------------------------------------------- what is wrong


def test_an_unknown_key_is_reported_where_it_stands_with_the_nearest_one() -> None:
    _, log = read_with_findings("One.\n\nTwo [@walt; @murinsen].", references=WORKS)

    assert [str(d) for d in log] == [
        "test.md:6:5: error[citation-undefined]: no work has the key 'murinsen'\n"
        "  hint: did you mean 'murinson'?"
    ]


def test_an_unknown_style_is_reported() -> None:
    meta = Metadata("test", "A test", csl="chicago-autor-date")

    _, log = read_with_findings("One.", references=WORKS, meta=meta)

    assert [str(d) for d in log] == [
        "error[citation-style]: no citation style is called 'chicago-autor-date'\n"
        "  hint: did you mean 'chicago-author-date'?"
    ]


# ---------------------------------------------------------------- a style of one's own

OWN_STYLE = b"""<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<citation><layout prefix="{" suffix="}"><names variable="author"><name form="short"/></names>
</layout></citation></style>"""


def with_own_style(source: bytes) -> tuple[Document, Diagnostics]:
    meta = Metadata("test", "A test", csl="own.csl")
    log = Diagnostics()
    yaml = read_yaml(WORKS, "references.yml", log)
    assert yaml is not None
    cites = Paragraph((Text("So it is "), Cite((Citation("walt"),)), Text(".")))
    document = Document(meta, (Section((Text("A section"),), (cites,)),))
    return cite(document, read_works(yaml, log), log, style_file=source), log


def test_a_style_of_ones_own_is_given_as_a_file() -> None:
    document, log = with_own_style(OWN_STYLE)

    assert not list(log)
    assert typed(first(document, Paragraph).content) == "So it is {Walt}."


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (b"<style>", "own.csl: "),
        (
            OWN_STYLE.replace(
                b'<names variable="author">', b'<text macro="m"/><names variable="a">'
            ),
            "own.csl: the style calls a macro 'm' that it does not have",
        ),
    ],
)
def test_a_broken_style_is_reported_and_the_usual_one_taken(source: bytes, message: str) -> None:
    document, log = with_own_style(source)

    ((code, found),) = [(d.code, d.message) for d in log]
    assert code is Code.CITATION_STYLE
    assert found.startswith(message)
    assert "Stephen M. Walt" in typed(first(document, Paragraph).content)


def test_a_day_stays_with_its_month_in_notes_and_references() -> None:
    document = read_in("chicago-notes", "A.[@lenta] B.[@walt, p. 3]")

    assert f", December{NB}9, 2011.]" in typed(first(document, Paragraph).content)
    entries = first(document, References).entries
    assert typed(entries[0].content).endswith(f"December{NB}9, 2011.")
