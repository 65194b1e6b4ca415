"""Every citation set as its style asks: a footnote or words in the text; and the references."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from builder.bibliography._citeproc import Style
from builder.bibliography.shelf import Shelf
from builder.bibliography.style import (
    FIRST,
    SUBSEQUENT,
    Bibliographer,
    Cited,
    UnknownStyleError,
)
from builder.bibliography.works import Work
from builder.diagnostics import NOWHERE, Code, Diagnostics, Span, did_you_mean
from builder.document.nodes import (
    Citation,
    Cite,
    Document,
    Inlines,
    Node,
    Note,
    Paragraph,
    Reference,
    References,
    Strong,
    Text,
)
from builder.document.walk import every, rebuild
from builder.passes.citation_context import absorb, is_raised, settle
from builder.passes.citation_places import Occurrence, Place, occurrences

DEFAULT_STYLE = "chicago-notes"
_NEAR = 5  # notes between two mentions that still count as near


def cite(
    document: Document,
    works: Mapping[str, Work],
    log: Diagnostics,
    *,
    style_file: bytes | None = None,
    style_at: Span = NOWHERE,
    shelf: Shelf | None = None,
) -> Document:
    """Fill in what every citation shows, and the entries of every list of references.

    `style_file` is the content of the .csl file where `meta.csl` names one, `style_at` the place
    that names the style. Citations of unknown
    keys and an unknown style are diagnosed; what they concern is left as it was typed. A `shelf`
    that is given again saves setting what has not changed.
    """
    shelf = shelf or Shelf()
    style = _style(document, style_file, style_at, shelf, log)
    document = absorb(document, notes=style.is_note)
    found = tuple(occurrences(document.sections))
    _check_keys(found, works, log)
    cited = _cited_keys(found, works)
    bibliographer = shelf.bibliographer(style, works, cited, document.meta.language)
    shown = _Shower(bibliographer).show(found)
    entries = tuple(
        Reference(key, content, at=works[key].at) for key, content in bibliographer.entries.items()
    )

    def fill(node: Node) -> Node:
        if isinstance(node, Cite):
            return replace(node, shown=shown.get(id(node), _as_typed(node)))
        if isinstance(node, References):
            return replace(node, entries=entries)
        return node

    return settle(rebuild(document, fill))


def references(document: Document) -> tuple[Reference, ...]:
    """Give the entries that `cite` put into the document's list of references."""
    for section in document.sections:
        for node in every(section, References):
            return node.entries
    return ()


# ---------------------------------------------------------------- what is wrong with them


def _check_keys(found: Sequence[Occurrence], works: Mapping[str, Work], log: Diagnostics) -> None:
    otherwise = "add it to references.yml" if works else "references.yml has no works: add it there"
    otherwise += "; a name that begins by @ and cites nothing is written \\@"
    for occurrence in found:
        for citation in occurrence.cite.citations:
            if citation.key not in works:
                log.error(
                    Code.CITATION_UNDEFINED,
                    f"no work has the key {citation.key!r}",
                    at=occurrence.cite.at,
                    hint=did_you_mean(citation.key, works, otherwise=otherwise),
                )


def _cited_keys(found: Sequence[Occurrence], works: Mapping[str, Work]) -> list[str]:
    ordered = sorted(found, key=lambda o: not o.place.shared)  # the deck's own come last
    keys = (c.key for o in ordered for c in o.cite.citations)
    return list(dict.fromkeys(key for key in keys if key in works))


def _style(
    document: Document, style_file: bytes | None, at: Span, shelf: Shelf, log: Diagnostics
) -> Style:
    """Load the document's style; the usual one, with an error, where that cannot be had."""
    name, language = document.meta.csl, document.meta.language
    try:
        return shelf.style(name, language, style_file)
    except UnknownStyleError as error:
        hint = did_you_mean(name, error.known, otherwise="try chicago-notes, or give a .csl file")
        log.error(Code.CITATION_STYLE, f"no citation style is called {name!r}", at=at, hint=hint)
    except ValueError as error:
        hint = "take an independent style, such as those at zotero.org/styles"
        log.error(Code.CITATION_STYLE, f"{name}: {error}", at=at, hint=hint)
    return shelf.style(DEFAULT_STYLE, language)


# ---------------------------------------------------------------- what they show


class _Shower:
    """Goes through the citations in order and remembers what was cited where."""

    def __init__(self, bibliographer: Bibliographer) -> None:
        self.bibliographer = bibliographer
        self.last_in: dict[str, int] = {}  # the note in which a work was last cited
        self.previous: Citation | None = None  # the work cited last, in which note
        self.previous_note = 0
        self.previous_keys: set[str] = set()  # all works cited in that note

    def show(self, found: Sequence[Occurrence]) -> dict[int, Inlines]:
        """Give what each citation shows, by the identity of its node.

        By identity, for citations in different places may be equal and yet show different things.
        """
        shown: dict[int, Inlines] = {}
        for occurrence in found:
            known = [c for c in occurrence.cite.citations if c.key in self.bibliographer.works]
            if known:
                shown[id(occurrence.cite)] = self._one(occurrence, tuple(known))
        return shown

    def _one(self, occurrence: Occurrence, citations: tuple[Citation, ...]) -> Inlines:
        cite, place = occurrence.cite, occurrence.place
        if not self.bibliographer.is_note:
            return self._in_text(cite, citations)
        if place.bracketed:
            return self._spoken(cite, citations)
        cited = tuple(Cited(c, self._positions(c, place)) for c in citations)
        self._remember(citations, place)
        if place.own or place.inline:
            return self.bibliographer.note(cited, opens=place.opens, ends=place.ends)
        if cite.in_text:
            name = self.bibliographer.authors(citations[0].key)
            return (*name, self._note(cited, cite.at))
        return (self._note(cited, cite.at),)

    def _note(self, cited: Sequence[Cited], at: Span) -> Note:
        return Note((Paragraph(self.bibliographer.note(cited), at=at),), at=at)

    def _in_text(self, cite: Cite, citations: tuple[Citation, ...]) -> Inlines:
        if not cite.in_text:
            return self.bibliographer.in_text([Cited(c) for c in citations])
        bare = [Cited(replace(c, suppress_author=True)) for c in citations]
        rest = self.bibliographer.in_text(bare)
        name = self.bibliographer.authors(citations[0].key)
        gap = (Text(" "),) if rest and not is_raised(rest[0]) else ()
        return (*name, *gap, *rest)

    def _spoken(self, cite: Cite, citations: tuple[Citation, ...]) -> Inlines:
        """Name the work in passing, in a speaker's notes."""
        if cite.in_text:
            return self.bibliographer.authors(citations[0].key)
        short = [Cited(c, SUBSEQUENT) for c in citations]
        words = self.bibliographer.note(short, opens=False, ends=False)
        return (Text("("), *words, Text(")"))

    def _positions(self, citation: Citation, place: Place) -> frozenset[str]:
        """Say how a citation relates to those before it (CSL 1.0.2, "Choose": position)."""
        if place.alone or citation.key not in self.last_in:
            return FIRST
        positions = {"subsequent"}
        if place.note - self.last_in[citation.key] <= _NEAR:
            positions.add("near-note")
        if self._follows_itself(citation, place):
            before = self.previous.locator if self.previous else ""
            if citation.locator or not before:
                positions.add("ibid")
            if citation.locator and citation.locator != before:
                positions.add("ibid-with-locator")
        return frozenset(positions)

    def _follows_itself(self, citation: Citation, place: Place) -> bool:
        """Whether the citation before, in this note or alone in the one before, is of the work."""
        if self.previous is None or self.previous.key != citation.key or place.inline:
            return False
        if place.note == self.previous_note:
            return True
        return place.note == self.previous_note + 1 and len(self.previous_keys) == 1

    def _remember(self, citations: tuple[Citation, ...], place: Place) -> None:
        if not place.shared:
            return
        if place.note != self.previous_note:
            self.previous_keys = set()
        self.previous_keys |= {c.key for c in citations}
        self.previous, self.previous_note = citations[-1], place.note
        self.last_in |= {c.key: place.note for c in citations}


def _as_typed(cite: Cite) -> Inlines:
    keys = "; ".join(f"@{citation.key}" for citation in cite.citations)
    return (Strong((Text(keys if cite.in_text else f"[{keys}]"),)),)
