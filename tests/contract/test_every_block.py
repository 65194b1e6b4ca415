"""Every writer shows every block: each word of the torture document has its place."""

from __future__ import annotations

import pytest

from tests.support.built import TORTURE, built
from tests.support.outputs import html_words, office_words, pdf_words

REPORT = """
    glancetakeaway glancelead glancesecond glancenote numberlabel numberremark numberssource 493
    pointone pointtwo pointthree standfirstword
    plainword emphword strongword bothword strikeword supword subword codeword linkword varword
    afterbreak noteword notesecond notelink inlinenote emphnote Walt Weitz Отчёт İstanbul’da şəhəri
    Посольство bulletone nestedbullet nestednumber nestedpara nestedlast listnote startthree
    letterone romantwo looseone termword meaningone strongmeaning listinmeaning meaningthree
    thirdheading quoteword nestedquote codeblock codecomment fourthheading
    calltitle callnote calllist calltip warnheading callwarning callcaution callimportant calloutnote
    sidetitle sideone pulledwords pullnote Author speakerrole leftcolumn leftlist rightcolumn groupword
    columntitle columnsub columnsource bartitle barsub stackedtitle linetitle pietitle scattertitle
    groupword cellone celltwo strongcell totalword cellnote tablecaption tablesub tablesource
    widecell widecaption figurecaption figuresub figuresource linkedcaption
    leftlane rightlane steplane timetitle stephead stepdetail lefthead leftdetail righthead secondhead
    comparetitle sideheadone comparepointone comparepointthree comparesource
    diagramtitle Actorone Actortwo Actorthree Actorfour arrowone arrowtwo arrowthree arrowfour arrowfive
    keytitle $250m keylabelone keylabeltwo keysource
    appendixword termabout aboutmeaning imprintmeaning Новости Cornell
""".split()
NOT_IN_REPORT = ["slidetitle", "slidebullet", "speakerwords", "slidespeaker", "quotecontext"]
DECK = """
    glancetakeaway glancelead glancesecond numberlabel 493 pointone pointtwo pointthree figurepoint
    slidetitle slidebullet slidespeaker speakerwords charttext pulledwords Author speakerrole quotecontext
    columnsub bartitle stackedtitle linetitle pietitle scattertitle
    cellone celltwo totalword tablecaption widecell figurecaption timetitle stephead lefthead righthead
    comparetitle sideheadone comparepointone diagramtitle Actorone Actorfour arrowone arrowfive
    keytitle keylabelone Test
""".split()


@pytest.mark.parametrize("word", [*REPORT, "onlypdf", "שלום"])
def test_the_pdf_shows(word: str) -> None:
    shown = pdf_words(built(TORTURE, "pdf").data).casefold()  # labels are set in capitals

    assert word.casefold() in shown or word[::-1] in shown


@pytest.mark.parametrize("word", [*REPORT, "notpdf", "שלום"])
def test_the_word_document_shows(word: str) -> None:
    assert word in office_words(built(TORTURE, "docx").data, r"word/.*\.xml$")


@pytest.mark.parametrize("word", [*REPORT, "notpdf", "שלום"])
def test_the_edition_for_the_web_shows(word: str) -> None:
    assert word in html_words(built(TORTURE, "html").data)


@pytest.mark.parametrize("word", DECK)
def test_the_deck_shows(word: str) -> None:
    assert word in office_words(built(TORTURE, "pptx").data, r"ppt/.*\.xml$")


@pytest.mark.parametrize("word", NOT_IN_REPORT)
def test_the_report_keeps_to_itself(word: str) -> None:
    assert word not in pdf_words(built(TORTURE, "pdf").data)
    assert word not in office_words(built(TORTURE, "docx").data, r"word/.*\.xml$")
    assert word not in html_words(built(TORTURE, "html").data)
