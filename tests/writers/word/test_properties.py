"""What Word's File > Info shows, and the properties that its users name themselves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from builder.diagnostics import Diagnostics
from builder.document.nodes import Contact, Metadata
from tests.support.judges import ooxml_errors
from tests.support.office import Docx, docx, write
from tests.support.reading import read

EVERYTHING = Metadata(
    "x",
    "A title",
    series="Briefs",
    number="7",
    eyebrow="For the board",
    byline="By the desk",
    date="2026-01-02",
    publisher="The Institute",
    rights="CC BY 4.0",
    closing="The end.",
    contact=Contact("Desk", "desk@example.org", "https://example.org"),
    address="https://example.org/brief",
    picture="https://example.org/brief.png",
)


def written(meta: Metadata, variables: dict[str, str]) -> Docx:
    document = replace(read("Text.\n", meta=meta), variables=variables)
    return write(document, Diagnostics(), {})


def custom(made: Docx) -> dict[str, str]:
    """Give the properties of users by their names."""
    properties = list(made.part("docProps/custom.xml"))
    assert [p.get("pid") for p in properties] == [str(n + 2) for n in range(len(properties))]
    return {p.get("name", ""): p[0].text or "" for p in properties}


def test_properties_title_author_language_and_date() -> None:
    meta = Metadata("x", "A title", authors=("Somebody",), language="fr", keywords=("one", "two"))
    core = docx("Texte.\n", meta=meta).part("docProps/core.xml")

    told = {str(e.tag).rpartition("}")[2]: e.text for e in core}
    assert told["title"] == "A title"
    assert told["creator"] == "Somebody"
    assert told["language"] == "fr-FR"
    assert told["created"] == told["modified"] == "2026-01-02T00:00:00Z"


def test_a_property_that_is_too_long_is_cut_behind_a_word() -> None:
    abstract = "Exports tripled. " * 20
    core = docx("Text.\n", meta=Metadata("x", "A title", abstract=abstract)).part(
        "docProps/core.xml"
    )

    told = {str(e.tag).rpartition("}")[2]: e.text for e in core}
    assert told["description"] == "Exports tripled. " * 14 + "Exports tripled…"


def test_every_other_string_of_the_settings_is_a_property_of_its_own() -> None:
    assert custom(written(EVERYTHING, {})) == {
        "Series": "Briefs",
        "Number": "7",
        "Eyebrow": "For the board",
        "Byline": "By the desk",
        "Date": "2026-01-02",
        "Publisher": "The Institute",
        "Rights": "CC BY 4.0",
        "Closing": "The end.",
        "Contact": "Desk, desk@example.org, https://example.org",
        "Address": "https://example.org/brief",
        "Picture": "https://example.org/brief.png",
        "Citation style": "chicago-notes",
        "Theme": "strand",
    }


def test_variables_are_properties_too_and_what_is_empty_is_none() -> None:
    told = custom(written(Metadata("x", "A title"), {"rate.net": "12 %", "note": "", "a": "x"}))

    assert told == {
        "Citation style": "chicago-notes",
        "Theme": "strand",
        "var.a": "x",
        "var.rate.net": "12 %",
    }


def test_names_that_differ_in_capitals_alone_are_told_apart() -> None:
    told = custom(written(Metadata("x", "A title"), {"rate": "1", "Rate": "2", "RATE": "3"}))

    assert {name: told[name] for name in told if name.startswith("var")} == {
        "var.RATE": "3",
        "var.Rate (2)": "2",
        "var.rate (3)": "1",
    }


def test_long_values_are_cut_behind_a_word() -> None:
    told = custom(written(Metadata("x", "A title"), {"a": "Exports tripled. " * 20}))

    assert told["var.a"] == "Exports tripled. " * 14 + "Exports tripled…"


def test_properties_are_valid(tmp_path: Path) -> None:
    made = written(EVERYTHING, {"a": "שלום & <so>", "A": "again"})
    (tmp_path / "x.docx").write_bytes(made.data)

    assert custom(made)["var.a (2)"] == "שלום & <so>"
    assert ooxml_errors([tmp_path / "x.docx"]) == []
