"""The PDF as a document: outline, destinations, page labels, metadata, links."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest

from builder.document.nodes import Contact, Metadata
from builder.document.walk import captioned
from tests.support.built import SHIPPED, TORTURE, built, tagged
from tests.support.paper import printed
from tests.support.reading import read

META = Metadata(
    "test",
    "A quiet partnership",
    subtitle="Arms one way",
    authors=("First Person", "Second Person"),
    date="2026-01-02",
    language="en-GB",
    abstract="What it says & how.",
    keywords=("energy", "security"),
    publisher="The Institute",
    rights="© The Institute",
    contact=Contact("The Desk"),
)
TEXT = """---
title: Two states
id: sec-two
---
See @fig-x, [a part](#part) and the [web](https://example.org/a?b=c&d=(e)).

## A part {#part}

### A smaller one {#smaller}

#### The smallest

::: {#fig-x .chart data="d.csv" type="column" x="y" y="v" alt="Bars"}
The finding
:::

::: {#grouped}
Text.
:::
"""
DATA = {"d.csv": "y,v\n2001,1\n2002,3\n2003,2\n"}


@pytest.fixture(scope="module")
def pdf() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(printed(read(TEXT, files=dict(DATA), meta=META)))) as opened:
        yield opened


def test_bookmarks_go_to_level_three(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        shown = [
            (
                one.title,
                [(two.title, [three.title for three in two.children]) for two in one.children],
            )
            for one in outline.root
        ]

    assert shown == [("Contents", []), ("1 Two states", [("A part", ["A smaller one"])])]


def test_every_label_is_a_named_destination(pdf: pikepdf.Pdf) -> None:
    names = {str(name) for name in list(pdf.Root.Names.Dests.Names)[::2]}

    assert names >= {"sec-two", "part", "smaller", "fig-x", "grouped", "contents"}


@pytest.mark.parametrize("project", [SHIPPED, TORTURE], ids=lambda p: p.name)
def test_every_id_of_the_html_is_a_named_destination(project: Any) -> None:
    report, source = tagged(project)

    ids = {e.get("id") for e in source.iter() if e.get("id")}
    assert ids - set(report.places()) == set()


def test_links_say_where_they_lead_and_lead_there(pdf: pikepdf.Pdf) -> None:
    links = [link for page in pdf.pages for link in page.get("/Annots", [])]

    told = {str(link.Contents): str(link.get("/Dest") or link.A.URI) for link in links}
    assert told["Figure 1"] == "fig-x"
    assert told["a part"] == "part"
    assert told["web"] == "https://example.org/a?b=c&d=(e)"
    assert told["1Two states"] == "sec-two"  # the page's number in the contents


def test_a_link_of_nothing_but_a_notes_call_says_where_it_leads() -> None:
    text = "[^[[Hot](https://example.org)]](#tea)\n\n## Tea {#tea}\n"

    data = printed(read(text, meta=META))

    with pikepdf.open(io.BytesIO(data)) as opened:
        links = [link for page in opened.pages for link in page.get("/Annots", [])]

    assert "tea" in [str(link.Contents) for link in links]
    assert all(str(link.Contents) for link in links)


def test_front_matter_is_counted_in_roman_numerals_and_the_text_goes_on(pdf: pikepdf.Pdf) -> None:
    assert [page.label for page in pdf.pages] == ["i", "ii", "3", "4"]


def test_the_number_printed_on_a_page_is_its_label() -> None:
    report, _ = tagged(SHIPPED)
    labels = [page.label for page in report.pdf.pages]

    printed_numbers = [_folio(report, number) for number in range(len(labels))]
    assert [n for n in printed_numbers if n] == labels[1:-1]  # none on cover and back


def _folio(report: Any, page: int) -> str:
    """Give what is printed at the foot of a page's outer side: the last run of its margin boxes."""
    text = "".join(report.texts.get((page, -1), "")).strip()
    found = re.search(r"(\d+|[ivx]+)$", text)
    return found[1] if found else ""


def test_metadata_are_complete_and_the_same_in_both_places(pdf: pikepdf.Pdf) -> None:
    info = {str(key): str(value) for key, value in pdf.docinfo.items()}
    with pdf.open_metadata() as xmp:
        assert xmp["dc:title"] == info["/Title"] == "A quiet partnership"
        assert xmp["dc:creator"] == ["First Person", "Second Person"]
        assert info["/Author"] == "First Person, Second Person"
        assert xmp["dc:description"] == info["/Subject"] == "What it says & how."
        assert xmp["dc:subject"] == {"energy", "security"}
        assert xmp["pdf:Keywords"] == info["/Keywords"] == "energy, security"
        assert xmp["dc:publisher"] == {"The Institute"}
        assert xmp["dc:rights"] == "© The Institute"
        assert xmp["dc:language"] == {"en-GB"}
        assert xmp["xmp:CreatorTool"] == info["/Creator"] == "briefing-builder"
        assert xmp["pdf:Producer"] == info["/Producer"] == "WeasyPrint 70.0"
        assert xmp["xmp:CreateDate"] == xmp["xmp:ModifyDate"] == "2026-01-02T00:00:00Z"
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "A")
        assert xmp["pdfuaid:part"] == "1"
    assert str(pdf.Root.Lang) == "en-GB"


def test_the_window_shows_the_title_and_the_outline(pdf: pikepdf.Pdf) -> None:
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.Root.PageMode) == "/UseOutlines"


def test_section_titles_are_headings_of_the_first_level_and_the_cover_has_none() -> None:
    report, _ = tagged(TORTURE)
    sections = [node for node in report.root.kids if node.kind == "Sect"]

    assert [n.kind for n in sections[0].walk() if n.kind.startswith("H")] == []
    titles = [report.spoken(n) for n in report.root.walk() if n.kind == "H1"]
    assert titles[0] == "Contents"
    assert "Textofeverykind" in titles


def test_captioned_things_of_the_torture_document_are_all_destinations() -> None:
    from builder.build import prepare
    from builder.diagnostics import Diagnostics
    from builder.job import Job

    document = prepare(Job(TORTURE), Diagnostics()).document
    labels = {n.caption.label for n in captioned(document.sections) if n.caption.label}

    assert labels - set(tagged(TORTURE)[0].places()) == set()
    assert built(TORTURE, "pdf").pages == len(tagged(TORTURE)[0].pdf.pages)
