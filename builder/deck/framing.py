"""The slides around the sections: title, agenda, sources, what is noted about the data, closing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from builder.deck.model import DeckSlide, Filled, Origin, body, line
from builder.deck.notes import flat, listed, says
from builder.document.byline import byline
from builder.document.nodes import (
    Blocks,
    BulletList,
    Cell,
    Cite,
    Column,
    Document,
    FloatKind,
    Heading,
    Inlines,
    Link,
    ListItem,
    Node,
    Paragraph,
    Reference,
    References,
    Row,
    Section,
    SectionRole,
    Slide,
    Table,
)
from builder.document.nodes import Caption as TableCaption
from builder.document.walk import every, plain, rebuild, text

AGENDA_SHARES = (0.07, 0.31, 0.62)


def title_slide(document: Document) -> DeckSlide:
    """Make the first slide."""
    meta = document.meta
    by = byline(meta)
    spoken = [meta.abstract] if meta.abstract else [meta.subtitle, ", ".join(by)]
    texts = (
        *line("title", meta.title),
        *line("subtitle", meta.subtitle),
        *line("eyebrow", meta.eyebrow),
        *line("series", _series(document)),
        *body("byline", tuple(says(words) for words in by)),
    )
    notes = tuple(says(words) for words in spoken if words) or (says(meta.title),)
    origin = Origin("title", words=meta.title)
    return DeckSlide("title", texts, notes=notes, part=meta.title, origin=origin)


def agenda_slide(document: Document, sections: Sequence[Section]) -> DeckSlide:
    """List the sections; each leads to its divider, or else to its first slide."""
    word = document.words.get("agenda", "Agenda")
    rows = tuple(
        Row(
            (
                Cell((Link(f"#{anchor_of(s)}", text(str(s.number or "–"))),)),
                Cell(short_title(s)),
                Cell(s.takeaway),
            )
        )
        for s in sections
    )
    columns = tuple(Column(share=share) for share in AGENDA_SHARES)
    table = Table(columns, (), rows, TableCaption(FloatKind.TABLE, alt=word))
    notes = tuple(
        says(f"{s.number or ''} {plain(short_title(s))}: {plain(s.takeaway)}".strip(" :"))
        for s in sections
    )
    origin = Origin("agenda", words=word)
    return DeckSlide(
        "agenda",
        line("title", word),
        table,
        notes=notes,
        part=document.meta.title,
        origin=origin,
    )


def sources_slide(document: Document) -> DeckSlide | None:
    """List the works cited, those most often cited first; None where nothing is cited."""
    word = document.words.get("sources", "Sources")
    works = _works(document)
    about = _about(document)
    if not works and not about:
        return None
    left: Blocks = (References(works),) if works else ()
    texts = (*line("title", word), *body("left", left), *body("right", about))
    notes = tuple(says(plain(e.content)) for e in works[:3]) or listed((text(word),))
    return DeckSlide("sources", texts, notes=notes, part=word, origin=Origin("sources", words=word))


def closing_slide(document: Document) -> DeckSlide:
    """Make the last slide: a sentence, and whom to write to."""
    meta = document.meta
    sentence = meta.deck.closing or text(meta.closing or meta.subtitle or meta.title)
    contact = meta.contact
    block: Blocks = tuple(_contact(document))
    if block:
        block = (Heading(2, text(document.words.get("contact", "Contact"))), *block)
    texts: tuple[Filled, ...] = (
        *line("title", sentence),
        *line("series", _series(document)),
        *body("contact", block),
    )
    reached = ", ".join(w for w in (contact.name, contact.email) if w)
    notes = (*listed((sentence,)), *((says(reached),) if reached else ()))
    part = document.words.get("closing", "Closing")
    origin = Origin("closing", words=plain(sentence))
    return DeckSlide("closing", texts, notes=notes, part=part, origin=origin)


def anchor_of(section: Section) -> str:
    """Give the name by which links find a section's first slide."""
    return section.label or f"section-{section.number or plain(section.title)}"


def short_title(section: Section) -> Inlines:
    """Give a section's title as agenda and dividers show it."""
    return text(section.short_title) or section.title


def bulleted(points: Sequence[Inlines]) -> BulletList:
    """Make a list of points."""
    return BulletList(tuple(ListItem((Paragraph(point),)) for point in points))


def _contact(document: Document) -> Iterator[Paragraph]:
    """Give the contact's lines; addresses lead to where they say."""
    contact = document.meta.contact
    yield from (says(words) for words in (contact.name, *contact.lines) if words)
    if contact.email:
        yield Paragraph((Link(f"mailto:{contact.email}", text(contact.email)),))
    if contact.url:
        yield Paragraph((Link(contact.url, text(contact.url)),))


def _series(document: Document) -> str:
    meta = document.meta
    issue = f"No. {meta.number}" if meta.number else ""
    return f"{meta.series} {issue}".strip() or meta.publisher


def _works(document: Document) -> tuple[Reference, ...]:
    """Give the works cited, those most often cited first."""
    counted = Counter(c.key for cite in every(document.sections, Cite) for c in cite.citations)
    listed_works = next(every(document.sections, References), References()).entries
    ranked = sorted(listed_works, key=lambda entry: -counted[entry.key])
    return tuple(rebuild(entry, _shortened) for entry in ranked)


def _about(document: Document) -> Blocks:
    """Give the words about the briefing itself."""
    for section in document.sections:
        if section.role is SectionRole.ABOUT and section.deck.include:
            said = [b for b in flat(section.blocks) if not isinstance(b, Slide | Heading)]
            if said:
                return (Heading(2, section.title), *said)
    return ()


def _shortened(node: Node) -> Node:
    """Show of a link that is written out only where it leads to."""
    if isinstance(node, Link) and plain(node.content).startswith(("http://", "https://")):
        host = urlsplit(node.target).hostname or node.target
        return replace(node, content=text(host.removeprefix("www.")))
    return node
