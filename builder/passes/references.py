"""Labels and what refers to them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace

from builder.diagnostics import Code, Diagnostics, Span, did_you_mean
from builder.document.nodes import (
    CrossReference,
    Document,
    Figure,
    FloatKind,
    Group,
    Heading,
    Link,
    Node,
    References,
    Section,
    Slide,
)
from builder.document.walk import CAPTIONED, every, links, plain, rebuild, target_of, walk
from builder.passes.heading_links import label_headings

NO_BREAK_SPACE = "\u00a0"


@dataclass(frozen=True, slots=True)
class Label:
    """What a label names, and how a reference to it reads; empty: it has no number or title."""

    shown: str
    at: Span


def refer(document: Document, log: Diagnostics) -> Document:
    """Fill in every cross-reference; diagnose labels given twice and references to none."""
    labels = collect_labels(document, log)
    linked = label_headings(document, labels)
    if linked is not document:
        document, labels = linked, collect_labels(linked, Diagnostics())
    _check_links(document, labels, log)
    _check_slides(document, labels, log)
    _check_lists(document, log)

    def fill(node: Node) -> Node:
        if not isinstance(node, CrossReference):
            return node
        found = labels.get(node.label)
        if found is None:
            _missing(node.label, labels, node.at, log)
            return node
        if not found.shown:
            log.error(
                Code.XREF_MISSING,
                f"{node.label!r} has no caption, and so no number to refer to",
                at=node.at,
                hint="give the figure or table a title",
            )
        return replace(node, shown=found.shown)

    return rebuild(document, fill)


def open_dead_links(document: Document) -> Document:
    """Take away what leads to works that are not in the list of references; the words stay."""
    entries = {f"#ref-{e.key}" for listed in every(document, References) for e in listed.entries}

    def is_dead(node: Node) -> bool:
        led = target_of(node) if isinstance(node, Link | Figure) else ""
        return led.startswith("#ref-") and led not in entries

    def change(node: Node) -> Node | tuple[Node, ...]:
        if not is_dead(node):
            return node
        return node.content if isinstance(node, Link) else replace(node, link="")  # type: ignore[call-arg]  # a figure

    return rebuild(document, change) if any(map(is_dead, links(document))) else document


def collect_labels(document: Document, log: Diagnostics) -> Mapping[str, Label]:
    """Give every label of the document; a second one of the same name is diagnosed."""
    labels: dict[str, Label] = {}
    for node in walk(document.sections):
        name, shown = _label(node, document.words)
        if not name:
            continue
        if name in labels:
            log.error(
                Code.ID_DUPLICATE,
                f"the id {name!r} is given in {labels[name].at} already",
                at=node.at,
                hint="give one of the two another id",
            )
        else:
            labels[name] = Label(shown, node.at)
    _check_likeness(labels, log)
    return labels


_LIKE_LATIN = str.maketrans("аеорсхуіјѕԁһԛԝαοερνκιυ", "aeopcxyijsdhqwaoepvkiu")
"""Letters of Cyrillic and Greek that no reader tells from those of Latin."""


def _check_likeness(labels: Mapping[str, Label], log: Diagnostics) -> None:
    """Warn of ids that look the same and are not: a reference to one may mean the other."""
    seen: dict[str, str] = {}
    for name, label in labels.items():
        looks = unicodedata.normalize("NFKC", name).casefold().translate(_LIKE_LATIN)
        if looks in seen:
            log.warning(
                Code.ID_LOOKALIKE,
                f"the id {name!r} looks like {seen[looks]!r}, and is another: {name!a}",
                at=label.at,
                hint="write ids in the letters of one script, and tell them apart by more",
            )
        seen.setdefault(looks, name)


def _label(node: Node, words: Mapping[str, str]) -> tuple[str, str]:
    if isinstance(node, CAPTIONED):
        kind = node.caption.kind
        word = (
            words.get("figure", "Figure")
            if kind is FloatKind.FIGURE
            else words.get("table", "Table")
        )
        number = node.caption.number
        return node.caption.label, f"{word}{NO_BREAK_SPACE}{number}" if number else ""
    if isinstance(node, Section):
        section = f"{words.get('section', 'Section')}{NO_BREAK_SPACE}{node.number}"
        return node.label, section if node.number else plain(node.title)
    if isinstance(node, Heading):
        return node.label, plain(node.content)
    if isinstance(node, Group):
        return node.label, node.label
    return "", ""


def _check_links(document: Document, labels: Mapping[str, Label], log: Diagnostics) -> None:
    for link in links(document):
        target = target_of(link)
        label = target.removeprefix("#")
        if label != target and label not in labels and not label.startswith("ref-"):
            _missing(label, labels, link.at, log)


def _check_slides(document: Document, labels: Mapping[str, Label], log: Diagnostics) -> None:
    for slide in every(document.sections, Slide):
        if slide.show and slide.show not in labels:
            _missing(slide.show, labels, slide.at, log)


def _check_lists(document: Document, log: Diagnostics) -> None:
    lists = tuple(every(document.sections, References))
    for other in lists[1:]:
        log.error(
            Code.ID_DUPLICATE,
            f"the list of references stands in {lists[0].at} already",
            at=other.at,
            hint="keep one {#refs}",
        )


def _missing(name: str, labels: Mapping[str, Label], at: Span, log: Diagnostics) -> None:
    log.error(
        Code.XREF_MISSING,
        f"no figure, table or section is labelled {name!r}",
        at=at,
        hint=did_you_mean(name, labels, otherwise=_how_to_label(name)),
    )


def _how_to_label(name: str) -> str:
    """Say how the thing that a label of this kind names gets it."""
    match name.partition("-")[0]:
        case "fig":
            return "a figure gets its label in its braces: {#fig-name}"
        case "tbl":
            return "a table gets its label at its caption's end: ': Caption {#tbl-name}'"
        case "sec":
            return "a heading gets its label by {#sec-name}, a section by 'id:' in its front matter"
        case _:
            return (
                "a heading is found by its words, as in #how-to-begin; "
                "other things have the label that is given in their braces: {#fig-name}"
            )
