"""The edition for the web: what stands in it, word by word, and what it says of itself."""

from __future__ import annotations

import base64
import io
import re
import unicodedata
from collections import Counter
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from lxml import html

from builder.build import prepare
from builder.diagnostics import Diagnostics
from builder.document.nodes import (
    Code,
    CrossReference,
    Document,
    Metadata,
    Node,
    Note,
    PullQuote,
    Text,
)
from builder.document.walk import every, rebuild, walk
from builder.job import Job
from builder.passes.editions import for_format
from builder.writers.html import write_html
from builder.writers.pdf_words import words_of
from tests.support.built import EXAMPLE, SHIPPED, TORTURE, built
from tests.support.paper import STAMP, strand
from tests.support.reading import read

UNREAD = {"nav", "header", "footer", "head", "script"}
UNSHOWN = {"skip", "in-short", "by-night"}


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


def words_of_the_tree(document: Document) -> Counter[str]:
    """Count the words that an edition has to show: each note once, no context of quotations."""
    found: Counter[str] = Counter()
    called: set[object] = set()

    def count(root: object) -> None:
        for node in walk(without_notes(root)):
            if isinstance(node, Text | Code):
                found.update(words_of(node.value))
            elif isinstance(node, CrossReference):
                found.update(words_of(node.shown))

    for section in document.sections:
        shown = (section.title, section.standfirst or section.takeaway, section.key_points)
        for part in (*shown, section.blocks):
            count(part)
            for note in every(part, Note):
                key = (note.label, note.blocks[0].at) if note.label else id(note)
                if key not in called:
                    count(note.blocks)
                called.add(key)
    return found


def without_notes(root: object) -> object:
    def less(node: Node) -> Node | tuple[Node, ...]:
        if isinstance(node, Note):
            return ()
        return replace(node, context=()) if isinstance(node, PullQuote) else node

    return rebuild(root, less)


def words_of_the_page(root: html.HtmlElement) -> Counter[str]:
    """Count the words between the landmarks; what is drawn twice counts once."""
    for element in list(root.iter()):
        classes = set((element.get("class") or "").split())
        if element.tag in UNREAD or classes & UNSHOWN:
            element.drop_tree()
    texts = [text for e in root.iter() for text in (e.text, e.tail) if text]
    return Counter(word for text in texts for word in words_of(text))


@pytest.mark.parametrize("project", [SHIPPED, EXAMPLE, TORTURE], ids=lambda p: p.name)
def test_no_word_of_the_tree_is_lost(project: Path) -> None:
    log = Diagnostics()
    document = for_format(prepare(Job(project), log).document, "html")
    root = html.fromstring(built(project, "html").data.decode())

    lost = words_of_the_tree(document) - words_of_the_page(root)
    assert dict(lost) == {}
