"""Links to headings by their words, as GitHub and Pandoc name them: `[below](#how-to-install)`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from urllib.parse import unquote

from builder.document.nodes import (
    Document,
    Figure,
    Heading,
    Link,
    Node,
    Section,
    Slide,
    SpeakerNotes,
)
from builder.document.walk import Leading, every, links, plain, rebuild, target_of, walk

Titled = Heading | Section
OURS = "to-"
"""How the labels begin that headings get here."""


def label_headings(document: Document, labels: Mapping[str, object]) -> Document:
    """Give a label to every heading that a link finds by its words, and lead the link there.

    Links to one of `labels` are as they were. A link means a heading of its own file first; one
    that no heading answers stays, to be diagnosed.
    """
    wanted = [link for link in links(document) if _is_open(link, labels)]
    if not wanted:
        return document
    places = _places(document)
    named: dict[str, str] = {}  # labels by the ids of what they name
    led: dict[tuple[str, str], str] = {}
    for link in wanted:
        slug = _slug_of(link)
        found = places.get((link.at.file, slug)) or places.get(("", slug))
        if found is None:
            continue
        label = found.label or named.get(found.id) or _free(slug, named.values())
        if not found.label:
            named[found.id] = label
        led[link.at.file, slug] = f"#{label}"

    def lead(node: Node) -> Node:
        if isinstance(node, Link) and _is_open(node, labels):
            return replace(node, target=led.get((node.at.file, _slug_of(node)), node.target))
        if isinstance(node, Figure) and _is_open(node, labels):
            return replace(node, link=led.get((node.at.file, _slug_of(node)), node.link))
        if isinstance(node, Heading | Section) and node.id in named:
            return replace(node, label=named[node.id])
        return node

    return rebuild(document, lead)


def _is_open(node: Leading, labels: Mapping[str, object]) -> bool:
    target = target_of(node)
    label = target.removeprefix("#")
    return label != target and label not in labels and not label.startswith("ref-")


def _slug_of(node: Leading) -> str:
    return unquote(target_of(node).removeprefix("#")).casefold()


def _places(document: Document) -> Mapping[tuple[str, str], Titled]:
    """Give headings by file and slug, and those of all files, first come first, by no file."""
    found: dict[tuple[str, str], Titled] = {}
    for name in (_github, _pandoc):
        counts: Counter[tuple[str, str]] = Counter()
        for heading in _headings(document):
            file, slug = heading.at.file, name(_words(heading))
            turn = counts[file, slug]
            counts[file, slug] += 1
            slug = f"{slug}-{turn}" if turn else slug
            found.setdefault((file, slug), heading)
            found.setdefault(("", slug), heading)
    return found


def _headings(document: Document) -> Iterator[Titled]:
    """Give the headings that readers of the report see."""
    apart = (b for b in walk(document.sections) if isinstance(b, Slide | SpeakerNotes))
    unseen = {heading.id for block in apart for heading in every(block, Heading)}
    for section in document.sections:
        yield section
        yield from (h for h in every(section.blocks, Heading) if h.id not in unseen)


def _words(heading: Titled) -> str:
    return plain(heading.title if isinstance(heading, Section) else heading.content)


def _github(words: str) -> str:
    return re.sub(r"[^\w\- ]", "", words.casefold()).replace(" ", "-")


def _pandoc(words: str) -> str:
    kept = re.sub(r"[^\w\-. ]", "", words.casefold()).replace(" ", "-")
    return re.sub(r"^[\W\d_]+", "", kept)


def _free(slug: str, taken: Collection[str]) -> str:
    """Give a label that is not taken; by its beginning it is no label or anchor of other things."""
    label = f"{OURS}{slug}"
    if label not in taken:
        return label
    return next(name for n in range(2, len(taken) + 3) if (name := f"{label}-{n}") not in taken)
