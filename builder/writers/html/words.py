"""Nothing may be lost on the web either: the words of the tree are counted again in the page.

A theme may bring a template of its own, and a template may leave out what it does not know.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import html

from builder.diagnostics import Code, Diagnostics
from builder.document.nodes import Code as CodeText
from builder.document.nodes import CrossReference, Document, Node, Note, PullQuote, Text
from builder.document.walk import every, plain, rebuild, walk
from builder.writers.pdf_losses import SHOWN_WORDS, place_of
from builder.writers.pdf_words import INLINE, UNSEEN, Passage, losses, words_of

BESIDE = frozenset({"header", "footer"})
"""Parts of the page that are no part of the text, where they stand outside of it."""

TWICE = frozenset({"skip", "in-short", "by-night"})
"""Classes of what is there once more, for narrow screens or dark ones."""


def report_lost_words(document: Document, page: bytes, log: Diagnostics) -> None:
    """Note an error for every section of which words are not in the page."""
    sections = {section.label or section.id: section for section in document.sections}
    for loss in losses(wanted(document), (shown(page),)):
        section = sections[loss.section]
        words = " ".join(loss.words[:SHOWN_WORDS])
        more = len(loss.words) - SHOWN_WORDS
        log.error(
            Code.TEXT_LOST,
            f"{len(loss.words)} words of {'a footnote in ' if loss.in_note else ''}section"
            f" {plain(section.title)!r} are not in the web page: {words}"
            + (f" and {more} more" if more > 0 else ""),
            at=place_of(loss, section),
            hint="compare the theme's edition.html.j2 with the shipped one,"
            " or report this as a fault of the builder",
        )


def wanted(document: Document) -> Iterator[Passage]:
    """Give the words that the page has to show: each note once, no context of quotations."""
    called: set[object] = set()
    for section in document.sections:
        anchor = section.label or section.id
        parts = (section.title, section.standfirst or section.takeaway, section.key_points)
        whole = (*parts, section.blocks)
        yield Passage(anchor, tuple(_said(whole)), is_note=False)
        for note in every(whole, Note):
            key = (note.label, note.blocks[0].at) if note.label and note.blocks else id(note)
            if key not in called:
                yield Passage(anchor, tuple(_said(note.blocks)), is_note=True)
            called.add(key)


def _said(root: object) -> Iterator[str]:
    for node in walk(rebuild(root, _without_notes)):
        if isinstance(node, Text | CodeText):
            yield from words_of(node.value)
        elif isinstance(node, CrossReference):
            yield from words_of(node.shown)


def _without_notes(node: Node) -> Node | tuple[Node, ...]:
    if isinstance(node, Note):
        return ()
    return replace(node, context=()) if isinstance(node, PullQuote) else node


def shown(page: bytes) -> str:
    """Give the page's text as it is read, without contents, masthead and foot."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    return "".join(_texts(html.document_fromstring(page, parser=parser), outside=True))


def _texts(element: html.HtmlElement, *, outside: bool) -> Iterator[str]:
    name = element.tag
    seen = isinstance(name, str) and name not in UNSEEN and name != "nav"
    seen = seen and not (outside and name in BESIDE)
    apart = name not in INLINE or name == "br"
    if apart:
        yield " "
    if seen and not TWICE & set((element.get("class") or "").split()):
        yield element.text or ""
        for child in element:
            yield from _texts(child, outside=outside and name != "main")
    if apart:
        yield " "
    yield element.tail or ""
