"""A link finds a heading by its words, as on GitHub and in Pandoc."""

from __future__ import annotations

import pytest

from builder.diagnostics import Diagnostics
from builder.document.nodes import Document, Figure, Heading, Link, Metadata, Section
from builder.document.walk import every, plain
from builder.passes import improve
from builder.passes.references import open_dead_links
from builder.readers.files import ProjectFiles
from builder.readers.identify import identify
from builder.readers.section import read_section
from tests.support.office import docx
from tests.support.outputs import xml_part
from tests.support.reading import findings, first, read


def targets(document: Document) -> list[str]:
    return [link.target for link in every(document.sections, Link)]


def labels(document: Document) -> list[str]:
    return [heading.label for heading in every(document.sections, Heading)]


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("How to *boil* water", "how-to-boil-water"),
        ("What's new?", "whats-new"),
        ("`kettle.boil()`", "kettleboil"),
        ("`kettle.boil()`", "kettle.boil"),
        ("3. Tea", "tea"),
        ("Чай и вода", "%D1%87%D0%B0%D0%B9-%D0%B8-%D0%B2%D0%BE%D0%B4%D0%B0"),
    ],
)
def test_a_heading_is_found_by_its_words(heading: str, slug: str) -> None:
    document = read(f"See [below](#{slug}).\n\n## {heading}\n")

    assert [f"#{label}" for label in labels(document)] == targets(document)


def test_the_second_of_two_equal_headings_has_the_number_1() -> None:
    document = read("[a](#tea) [b](#tea-1)\n\n## Tea\n\n### Tea\n")

    assert labels(document) == ["to-tea", "to-tea-1"]
    assert targets(document) == ["#to-tea", "#to-tea-1"]


def test_a_label_of_the_author_comes_first() -> None:
    document = read(
        "[a](#tea) [b](#how-to-boil)\n\n## Water {#tea}\n\n## Tea\n\n## How to boil {#boil}\n"
    )

    assert targets(document) == ["#tea", "#boil"]
    assert labels(document) == ["tea", "", "boil"]


def test_headings_that_nobody_links_to_get_no_label() -> None:
    assert labels(read("## Tea\n\n[a](https://example.org)\n")) == [""]


def test_a_sections_title_is_found_too() -> None:
    document = read("---\ntitle: All about tea\n---\n[top](#all-about-tea)\n")

    assert first(document, Section).label == "to-all-about-tea"


def test_a_heading_of_the_same_file_is_meant_first() -> None:
    log, files = Diagnostics(), ProjectFiles.__new__(ProjectFiles)
    texts = {"a.md": "# A\n\n[x](#tea)\n\n## Tea\n", "b.md": "# B\n\n[x](#tea) [y](#a)\n\n## Tea\n"}
    sections = tuple(read_section(name, text, files, {}, log) for name, text in texts.items())

    document = improve(identify(Document(Metadata("t", "T"), sections)), {}, log)

    assert not list(log)
    assert labels(document) == ["to-tea", "to-tea-2"]
    assert targets(document) == ["#to-tea", "#to-tea-2", "#to-a"]


def test_a_heading_in_speaker_notes_is_found_by_nobody() -> None:
    found = findings("[x](#tea)\n\n::: {.notes}\n## Tea\n:::\n")

    assert found == ["4:1 error[xref-missing] no figure, table or section is labelled 'tea'"]


def test_the_link_leads_to_the_heading_in_word() -> None:
    document = xml_part(docx("See [below](#tea).\n\n## Tea\n").data, "word/document.xml")
    name = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

    anchors = [link.get(f"{name}anchor") for link in document.iter(f"{name}hyperlink")]
    marks = [mark.get(f"{name}name") for mark in document.iter(f"{name}bookmarkStart")]

    assert "_Ref_to_tea" in anchors and "_Ref_to_tea" in marks


PICTURE = b"<svg xmlns='http://www.w3.org/2000/svg' width='40' height='30'/>"


def test_a_figure_that_is_a_link_leads_to_a_heading() -> None:
    text = '[![A pot](images/a.svg){source="S"}](#tea)\n\n## Tea\n'

    document = read(text, files={"images/a.svg": PICTURE})

    assert first(document, Figure).link == "#to-tea"
    assert labels(document) == ["to-tea"]


def test_a_figure_that_leads_nowhere_is_told() -> None:
    text = '[![A pot](images/a.svg){source="S"}](#tea)\n'

    found = findings(text, files={"images/a.svg": PICTURE})

    assert found == ["4:1 error[xref-missing] no figure, table or section is labelled 'tea'"]


def test_a_figures_link_leads_to_words_own_bookmark() -> None:
    data = docx(
        '[![A pot](images/a.svg){source="S"}](#tea)\n\n## Tea\n', files={"images/a.svg": PICTURE}
    ).data

    relations = xml_part(data, "word/_rels/document.xml.rels")

    assert "#_Ref_to_tea" in [relation.get("Target") for relation in relations]


def test_a_link_to_a_work_that_is_not_listed_is_no_link() -> None:
    document = read("[*the* book](#ref-a) and [tea](https://example.org)\n")

    opened = open_dead_links(document)

    assert targets(document) == ["#ref-a", "https://example.org"]
    assert targets(opened) == ["https://example.org"]
    assert plain(opened.sections[0].blocks) == "the book and tea"
