"""What is counted has one number in all formats, and each format's own counting agrees with it."""

from __future__ import annotations

import re

import pytest

from builder.build import prepare, write_format
from builder.diagnostics import Diagnostics
from builder.job import Job
from builder.outputs_lint.package import open_package
from builder.outputs_lint.word_fields import fields_of, stale
from tests.contract.test_broken_projects import GOOD, make
from tests.support.outputs import html_words, office_words, pdf_words

FORMATS = ("pdf", "docx", "pptx", "html")
READ = {"pdf": pdf_words, "docx": office_words, "pptx": office_words, "html": html_words}
TABLE = "| A | B |\n| --- | --- |\n| x | y |\n\n: {title} {{#tbl-{label}}}\n\n"
OWN = f"::: {{{{.content-visible when-format={{label}}}}}}\n{TABLE}A note.[^{{label}}]\n:::\n\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give every format of a report that holds a table and a note for each format alone."""
    own = [OWN.format(title=f"Only {name}", label=name) for name in FORMATS]
    notes = [f"[^{name}]: Of {name}.\n\n" for name in (*FORMATS, "all")]
    seen = TABLE.format(title="For all", label="all") + "See @tbl-all.[^all] Again.[^all]\n\n"
    hidden = "::: {.content-visible when-format=pptx}\n## A heading\n\nFor slides.\n:::\n"
    sections: dict[str, str | bytes] = {
        "sections/01-one.md": "".join(["---\ntitle: One\n---\n\n", *own, seen, *notes]),
        "sections/02-out.md": "---\ntitle: Uncounted\nnumbered: false\n---\n\nSee @sec-three.\n",
        "sections/03-two.md": f"---\ntitle: Two\n---\n\n{hidden}",
        "sections/04-three.md": "---\ntitle: Three\nid: sec-three\n---\n\n## A heading\n\nText.\n",
    }
    project = make(tmp_path_factory.mktemp("counted"), {**GOOD, **sections})
    log = Diagnostics()
    prepared = prepare(Job(project), log)
    return {name: write_format(name, prepared, log).data for name in FORMATS}


@pytest.mark.parametrize(("name", "own"), [("pdf", 1), ("docx", 2), ("html", 4)])
def test_a_table_has_the_same_number_whatever_a_format_leaves_out(
    name: str, own: int, made: dict[str, bytes]
) -> None:
    words = READ[name](made[name])

    shown = re.findall(r"table (\d) ?(Only \w+|For all) ?A ?B", words, re.IGNORECASE)
    assert shown == [(str(own), f"Only {name}"), ("5", "For all")]
    assert "See Table 5." in words


def test_the_deck_shows_its_own_table_and_numbers_none(made: dict[str, bytes]) -> None:
    words = office_words(made["pptx"], r"ppt/slides/.*")

    assert re.findall("Only [a-z]+|For all|Table [0-9]", words) == ["Only pptx", "For all"]


@pytest.mark.parametrize("name", ["pdf", "docx", "html"])
def test_notes_run_on_in_each_format_and_a_second_call_says_the_number_of_the_first(
    name: str, made: dict[str, bytes]
) -> None:
    words = READ[name](made[name])

    assert words.index(f"Of {name}.") < words.index("Of all.")
    assert "Again.2" in words
    assert [other for other in FORMATS if f"Of {other}." in words] == [name]


@pytest.mark.parametrize("name", ["pdf", "docx", "html"])
def test_sections_are_counted_whatever_of_them_is_shown(name: str, made: dict[str, bytes]) -> None:
    assert "See Section\u00a03." in READ[name](made[name]).replace("Section 3", "Section\u00a03")


def test_word_counts_what_it_shows(made: dict[str, bytes]) -> None:
    package = open_package(made["docx"])

    counted = [f for f in fields_of(package) if f.words[0] == "SEQ"]
    assert [(f.instruction, f.result) for f in counted] == [
        (r"SEQ Table \* ARABIC \r 2", "2"),
        (r"SEQ Table \* ARABIC \r 5", "5"),
    ]
    assert [f.result for f in fields_of(package) if f.instruction.endswith(r"\r \h")] == ["3"]
    assert list(stale(package)) == []
