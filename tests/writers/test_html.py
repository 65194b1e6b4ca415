"""The edition for the web: what stands in it, word by word, and what it says of itself."""

from __future__ import annotations

import base64
import io
import re
import unicodedata
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from lxml import html

from builder.build import prepare
from builder.diagnostics import Code, Diagnostics
from builder.document.nodes import Document, Metadata
from builder.job import Job
from builder.passes.editions import for_format
from builder.writers.html import write_html
from builder.writers.html.words import shown, wanted
from builder.writers.pdf_words import losses
from tests.support.built import EXAMPLE, SHIPPED, TORTURE, built
from tests.support.paper import STAMP, strand
from tests.support.reading import read


def having(root: html.HtmlElement, name: str) -> list[html.HtmlElement]:
    """Give the elements of a class."""
    return [e for e in root.iter() if name in (e.get("class") or "").split()]


def inside(root: html.HtmlElement, name: str, *tags: str) -> list[html.HtmlElement]:
    """Give the elements of some tags below those of a class."""
    return [e for outer in having(root, name) for e in outer.iter(*tags)]


def page(document: Document, *, sources: bool = False) -> html.HtmlElement:
    """Write a document's edition, and read it as a browser does."""

    def no_image(path: PurePosixPath) -> bytes:
        raise AssertionError(path)

    artifact = write_html(
        document, strand(), Diagnostics(), stamp=STAMP, read=no_image, sources=sources
    )
    return html.fromstring(artifact.data.decode())


def test_notes_are_set_once_and_lead_back_to_their_call() -> None:
    root = page(read("One.[^a] Two.[^b]\n\n[^a]: First note.\n\n[^b]: Second note.\n"))

    calls = [a.get("href") for a in inside(root, "call", "a")]
    backs = [a.get("href") for a in having(root, "back")]
    assert (calls, backs) == (["#fn-1", "#fn-2"], ["#fnref-1", "#fnref-2"])
    assert [li.text_content().strip("\u00a0↩\ufe0e") for li in inside(root, "footnotes", "li")] == [
        "First note.",
        "Second note.",
    ]


def test_a_note_called_again_keeps_its_number() -> None:
    root = page(read("One.[^a] Two.[^b] Three.[^a]\n\n[^a]: First.\n\n[^b]: Second.\n"))

    assert [a.text for a in inside(root, "call", "a")] == ["1", "2", "1"]
    assert len(inside(root, "footnotes", "li")) == 2
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))


def test_headings_begin_below_the_title_and_skip_no_level() -> None:
    root = page(read("## Two\n\ntext\n\n### Three\n\ntext\n"))

    assert [e.tag for e in root.iter("h1", "h2", "h3", "h4")] == ["h1", "h2", "h3", "h4"]


def test_blocks_say_where_they_stand_only_when_asked() -> None:
    document = read("A paragraph.\n\n- an item\n")

    asked = page(document, sources=True).iter("p")
    assert [p.get("data-src") for p in asked if p.get("data-src")] == ["test.md:4", "test.md:6"]
    assert not any(e.get("data-src") for e in page(document).iter())


def test_a_chart_has_its_data_as_a_table_behind_it() -> None:
    text = "::: {.chart data=d.csv alt='Bars'}\n:::\n"
    root = page(read(text, files={"d.csv": "Year,Rain\n2011,12.5\n2012,\n"}))

    (table,) = inside(root, "behind", "table")
    assert [cell.text_content() for cell in table.iter("th", "td")] == [
        "",
        "Rain",
        "2011",
        "12.5",
        "2012",
        "n/s",
    ]


def test_groups_of_rows_are_heads_of_their_own_bodies() -> None:
    root = html.fromstring(built(SHIPPED, "html").data.decode())

    heads = inside(root, "grp", "th")
    assert heads
    assert {th.get("scope") for th in heads} == {"rowgroup"}
    assert all(th.getparent() is th.getparent().getparent()[0] for th in heads)


def test_it_says_what_it_is_to_libraries_and_to_those_who_share_it() -> None:
    meta = Metadata(
        "t", "A test", subtitle="Sub", authors=("Ann Lee", "Bo Ray"), date="2026-01-02",
        language="en-GB", abstract="What it says.", keywords=("one", "two"), publisher="House",
    )  # fmt: skip
    root = page(read("text", meta=meta))
    said = {(m.get("name") or m.get("property")): m.get("content") for m in root.iter("meta")}

    assert root.get("lang") == "en-GB"
    assert said["description"] == said["og:description"] == "What it says."
    assert (said["og:title"], said["og:locale"], said["citation_title"]) == (
        "A test",
        "en_GB",
        "A test",
    )
    assert said["citation_publication_date"] == "2026/01/02"
    authors = [m.get("content") for m in root.iter("meta") if m.get("name") == "citation_author"]
    assert authors == ["Ann Lee", "Bo Ray"]


def test_it_names_its_address_where_it_has_one() -> None:
    meta = Metadata(
        "t", "A test", address="https://example.org/1", picture="https://example.org/1.png"
    )
    root = page(read("text", meta=meta))
    said = {(m.get("name") or m.get("property")): m.get("content") for m in root.iter("meta")}

    links = {link.get("rel"): link.get("href") for link in root.iter("link")}
    assert links["canonical"] == said["og:url"] == "https://example.org/1"
    assert said["og:image"] == "https://example.org/1.png"
    assert "canonical" not in {link.get("rel") for link in page(read("text")).iter("link")}


def test_content_may_be_for_the_web_alone() -> None:
    text = (
        "::: {.content-visible when-format=html}\nweb\n:::\n\n"
        "::: {.content-hidden when-format=html}\npaper\n:::\n"
    )
    root = page(for_format(read(text), "html"))

    assert [p.text for p in root.iter("p") if p.text in ("web", "paper")] == ["web"]


def test_hebrew_runs_from_the_right_with_words_of_its_own() -> None:
    root = page(read("טקסט[^a]\n\n[^a]: הערה\n", meta=Metadata("t", "בדיקה", language="he")))

    assert root.get("dir") == "rtl"
    assert having(having(root, "footnotes")[0], "eyebrow")[0].text == "הערות"


@pytest.mark.parametrize("project", [SHIPPED, EXAMPLE, TORTURE], ids=lambda p: p.name)
def test_every_character_has_a_glyph_inside_the_page(project: Path) -> None:
    data = built(project, "html").data.decode()
    fonts = re.findall(r"src: url\(data:font/woff2;base64,([^)]+)\)", data)
    known = {c for font in fonts for c in TTFont(io.BytesIO(base64.b64decode(font))).getBestCmap()}
    root: Any = html.fromstring(data)
    for unseen in list(root.iter("style", "script", "head")):
        unseen.drop_tree()
    shown = {
        c for c in str(root.text_content()) if unicodedata.category(c) not in ("Cc", "Cf", "Mn")
    }
    assert sorted(c for c in shown - {"\ufe0e"} if ord(c) not in known) == []


@pytest.mark.parametrize("project", [SHIPPED, EXAMPLE, TORTURE], ids=lambda p: p.name)
def test_no_word_of_the_tree_is_lost(project: Path) -> None:
    log = Diagnostics()
    document = for_format(prepare(Job(project), log).document, "html")

    page = shown(built(project, "html").data)

    assert sum(len(passage.words) for passage in wanted(document)) > 300
    assert losses(wanted(document), (page,)) == ()


@pytest.mark.parametrize(
    ("cut", "by", "lost"),
    [
        ("{{ section.notes }}", "", "a footnote in section 'A test section' are not .*: only here"),
        ("{{ section.body }}", "<nav>{{ section.body }}</nav>", "section 'A test section'.*text"),
        ('{% if section.standfirst %}<p class="sf">', '{% if 0 %}<p class="sf">', "standfirst"),
    ],
)
def test_a_template_that_leaves_something_out_is_an_error(
    cut: str, by: str, lost: str, tmp_path: Path
) -> None:
    theme = strand()
    whole = (theme.folder / "edition.html.j2").read_text("utf-8")
    assert cut in whole
    (tmp_path / "edition.html.j2").write_text(whole.replace(cut, by), "utf-8")
    own = replace(theme, folder=tmp_path, search=(tmp_path, *theme.search))
    front = "---\ntitle: A test section\nstandfirst: The standfirst\n---\n"
    document = read(f"{front}Some text.[^a]\n\n[^a]: Only here.\n")
    log = Diagnostics()

    write_html(document, own, log, stamp=STAMP, read=lambda path: b"")

    (error,) = log
    assert error.code is Code.TEXT_LOST and re.search(lost, error.message), error
    assert error.at.file == "test.md" and error.at.line
