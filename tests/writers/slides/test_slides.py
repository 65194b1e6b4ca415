"""The deck as PDF: what stands on its pages, and what a screen reader finds there."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from builder.deck.make import make_deck
from builder.deck.measure import Ruler
from builder.diagnostics import Diagnostics
from builder.document.nodes import Metadata
from builder.writers.slides.slide import slide_markup
from builder.writers.slides.stage import Stage
from builder.writers.slides.words import deck_passages, report_lost_words
from tests.support.built import TORTURE, built
from tests.support.judges import pdf_structure
from tests.support.paper import book, strand
from tests.support.reading import read
from tests.support.slides import jumps, slides, texts

META = Metadata("test", "A title", language="en", date="2026-01-02")
SECTION = (
    "---\ntitle: A section\ntakeaway: Rivers rise in spring\nkey-points:\n  - One point\n---\n"
)
DATA = "year,value\n2007,82.5\n2008,129.4\n"


def structure(text: str, folder: Path, **files: str) -> str:
    path = folder / "slides.pdf"
    path.write_bytes(slides(text, files={f"{n}.csv": d for n, d in files.items()}, meta=META).data)
    told = re.sub(r" \((block|inline)\):?|^ +/.*$", "", pdf_structure(path), flags=re.MULTILINE)
    return " ".join(told.split())


def markup(text: str, language: str = "en") -> list[str]:
    document = read(text, meta=Metadata("test", "A title", language=language))
    made = make_deck(document, strand(), Diagnostics())
    assert made is not None
    deck, layouts = made
    stage = Stage(deck, layouts, strand(), Ruler(strand(), book()))
    return [str(slide_markup(s, n, stage)) for n, s in enumerate(deck.slides, start=1)]


def test_every_slide_is_a_page_of_its_size() -> None:
    made = slides(SECTION, meta=META)

    with pypdfium2.PdfDocument(made.data) as pdf:
        assert [page.get_size() for page in pdf] == [pytest.approx((960, 540), abs=0.1)] * 3
    assert (made.name, made.format, made.pages) == ("test-slides.pdf", "slides-pdf", 3)


def test_text_stands_in_the_lines_that_were_measured() -> None:
    long = "Most of the water that the valley drinks comes from two rivers that rise abroad"
    page = texts(slides(SECTION.replace("Rivers rise in spring", long), meta=META).data)[1]

    first, second, *_ = (line.strip() for line in page.split("\n"))
    assert first == "Most of the water that the valley drinks"
    assert second == "comes from two rivers that rise abroad"


def test_titles_are_headings_and_bullets_are_lists(tmp_path: Path) -> None:
    text = f"{SECTION}\n::: {{.slide}}\n# Mine\n\n- outer\n    - inner\n\n:::\n"

    found = structure(text, tmp_path)

    assert 'H1 "A title"' in found
    assert 'H2 "Rivers rise in spring" L LI Lbl "–" LBody P "One point"' in found
    assert 'LI Lbl "–" LBody P "outer" L LI Lbl "–" LBody P "inner"' in found


def test_a_table_has_a_head_and_cells(tmp_path: Path) -> None:
    text = (
        f"{SECTION}\n| River | Length |\n|---|---:|\n| Kura | 1,515 |\n\n: Long rivers {{#tbl-r}}\n"
    )

    found = structure(text, tmp_path)

    assert 'TH: P "River" TH: P "Length"' in found
    assert 'TD P "Kura" TD P "1,515"' in found


def test_footers_and_numbers_are_on_the_page_and_not_read_aloud(tmp_path: Path) -> None:
    assert texts(slides(SECTION, meta=META).data)[1].split("\n")[-1] == "A title 2 January 2026 2"
    assert structure(SECTION, tmp_path).count('"A title"') == 1


def test_a_chart_is_a_figure_with_its_alt_text(tmp_path: Path) -> None:
    chart = '::: {.chart data="d.csv" type="column" x="year" y="value" alt="Columns rising"}\nTwo\n:::\n'
    text = f"{SECTION}\n{chart}"

    assert "Figure" in structure(text, tmp_path, d=DATA)
    page = texts(slides(text, files={"d.csv": DATA}, meta=META).data)[2]
    assert {"82.5", "129.4", "2007", "2008"} <= set(page.split())


def test_a_timelines_events_are_text_in_their_order() -> None:
    rows = "| 1991 | step | Recognition | |\n| 1993 | left | Embassy | opened |\n"
    head = "| Date | Lane | Event | Detail |\n|---|---|---|---|\n"
    events = f"::: {{.timeline}}\nThe ties\n\n{head}{rows}:::\n"

    page = texts(slides(f"{SECTION}\n{events}", meta=META).data)[2]

    assert page.index("1991") < page.index("Recognition") < page.index("1993")
    assert page.index("1993") < page.index("Embassy") < page.index("opened")


def test_the_agenda_leads_to_the_sections() -> None:
    pdf = built(TORTURE, "slides-pdf").data
    agenda = next(n for n, page in enumerate(texts(pdf)) if page.startswith("Agenda"))

    starts = [texts(pdf)[n].split("\n")[0].strip(" 123") for n in jumps(pdf, agenda)]

    assert starts[:2] == ["Text", "Figures and tables"]


def test_bookmarks_name_the_parts_and_their_slides() -> None:
    with pypdfium2.PdfDocument(built(TORTURE, "slides-pdf").data) as pdf:
        entries = [(item.level, item.get_title()) for item in pdf.get_toc()]

    assert entries[:3] == [
        (0, "Every block there is"),
        (1, "Every block there is"),
        (1, "At a glance"),
    ]
    assert (0, "2 Figures and tables") in entries


def test_words_in_other_languages_say_so() -> None:
    page = markup(SECTION.replace("One point", "The [Отчёт]{lang=ru} of May"))[1]

    assert '<span lang="ru" dir="ltr"' in page


def test_a_hebrew_deck_is_turned_around() -> None:
    number = r'aria-hidden="true"><div class="text right" style="left:([\d.]+)pt'
    left, right = (re.search(number, markup(SECTION, lang)[1]) for lang in ("he", "en"))

    assert left is not None and right is not None
    assert (float(left[1]), float(right[1])) == pytest.approx((50.4, 837.6), abs=0.1)
    assert "margin-right" in markup(SECTION, "he")[1]
    assert "margin-right" not in markup(SECTION)[1]


def test_content_for_the_deck_is_shown_as_well() -> None:
    only = '::: {.content-visible when-format="pptx"}\n::: {.slide}\n# For the deck\n:::\n:::\n'

    assert any(
        "For the deck" in page for page in texts(slides(f"{SECTION}\n{only}", meta=META).data)
    )


def test_a_word_that_is_not_on_its_page_is_an_error() -> None:
    made = make_deck(read(SECTION, meta=META), strand(), Diagnostics())
    assert made is not None
    deck, log = made[0], Diagnostics()
    there = "A title 2 January 2026 Rivers rise in One point A title – Closing"

    report_lost_words(deck_passages(deck, notes=False), [there + " spring"], deck, log)
    assert not list(log)
    report_lost_words(deck_passages(deck, notes=False), [there], deck, log)
    assert [d.message for d in log] == [
        "1 words of the slide 'Rivers rise in spring' are not on its page: spring"
    ]


def test_numbers_of_lists_keep_style_and_delimiter() -> None:
    text = f"{SECTION}\n::: {{.slide}}\n# T\n\na) one\nb) two\n\n(i) three\n:::\n"
    found = " ".join(" ".join(texts(slides(text, meta=META).data)).split())

    assert all(sign in found for sign in ("a)", "b)", "(i)")), found
