"""A citation style at work: citations and references as inlines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from citeproc.source import Name as ProcessorName

from builder.bibliography import marks
from builder.bibliography._citeproc import Style, locator, style_names, style_source
from builder.bibliography._citeproc import has_words as has_words
from builder.bibliography._items import Item, Reference
from builder.bibliography.locators import parse_locator
from builder.bibliography.typeset import Setting, has_own_letters, inlines, is_latin, tidy
from builder.bibliography.vocabulary import QUOTED, TITLES
from builder.bibliography.works import Name, Work
from builder.document.nodes import Citation, Inline, Inlines, Link, Text

ALIASES = {
    "chicago": "chicago-notes-bibliography",
    "chicago-notes": "chicago-notes-bibliography",
    "chicago-note-bibliography": "chicago-notes-bibliography",
    "chicago-fullnote-bibliography": "chicago-notes-bibliography",
    "harvard": "harvard-cite-them-right",
    "mla": "modern-language-association",
    "vancouver": "nlm-citation-sequence",
}
"""Names that people use for styles, and those under which the styles are installed."""

MOST_STYLES = 8
"""Styles that a process keeps, each in one language."""

FIRST: frozenset[str] = frozenset({"first"})
SUBSEQUENT: frozenset[str] = frozenset({"subsequent"})


class UnknownStyleError(Exception):
    """No style has the name; `known` are those that are installed."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(name)
        self.name = name
        self.known = known


def load_style(name: str, language: str, source: bytes | None = None) -> Style:
    """Load a style by its name, or from the bytes of a .csl file.

    Raises UnknownStyleError, or ValueError where the bytes are no style.
    """
    if source is None:
        source = style_source(ALIASES.get(name, name))
    if source is None:
        raise UnknownStyleError(name, [*ALIASES, *style_names()])
    return _parsed(source, language)


@lru_cache(MOST_STYLES)
def _parsed(source: bytes, language: str) -> Style:
    return Style(source, language)


@dataclass(frozen=True, slots=True)
class Cited:
    """One work in a citation, with its position ("first", "subsequent", "ibid" and so on)."""

    citation: Citation
    positions: frozenset[str] = FIRST


class Bibliographer:
    """Sets the citations and references of one document.

    `cited` are the keys of the works, in the order in which they are first cited; every one of
    them must be among `works`.
    """

    def __init__(
        self, style: Style, works: Mapping[str, Work], cited: Sequence[str], language: str
    ) -> None:
        self.style = style
        self.works = {key: works[key] for key in cited}
        self.language = language
        self._references = {key: _reference(work, language) for key, work in self.works.items()}
        items = [Item(self._references[key], number) for number, key in enumerate(cited, start=1)]
        self._order = [item.key for item in style.sort_entries(items)]
        self._numbers = {key: number for number, key in enumerate(self._order, start=1)}
        self._ambiguous: frozenset[str] = frozenset()
        self._tell_apart()
        self._entries = self._set_entries() if style.has_bibliography else {}

    @property
    def is_note(self) -> bool:
        """Whether citations stand in footnotes."""
        return self.style.is_note

    @property
    def entries(self) -> Mapping[str, Inlines]:
        """The list of references, in order; works that the style leaves out are not in it."""
        return self._entries

    def note(self, cites: Sequence[Cited], *, opens: bool = True, ends: bool = True) -> Inlines:
        """Set a citation as the text of a note; `opens` and `ends`: it begins or ends the note."""
        _, delimiter, suffix = self.style.cite_affixes
        result: list[Inline] = []
        for index, cite in enumerate(cites):
            behind = delimiter if index < len(cites) - 1 else suffix if ends else ""
            text = self._cite(cite, linked=False) + behind
            if opens and index == 0:
                text = marks.capitalize_first(text)
            result.extend(self._set(text, cite.citation.key))
            if index < len(cites) - 1:
                result.append(Text(" "))
        return _merged(result)

    def in_text(self, cites: Sequence[Cited]) -> Inlines:
        """Set a citation in the running text: "(Murinson 2014, 3)", "[1]".

        Empty where the style leaves nothing, as MLA does of an author that is named already.
        """
        prefix, delimiter, suffix = self.style.cite_affixes
        parts = [(cite, part) for cite in self._sorted(cites) if (part := self._linked(cite))]
        if not parts:
            return ()
        result: list[Inline] = [Text(prefix)] if prefix else []
        for index, (cite, part) in enumerate(parts):
            if index:
                spaced = cite.citation.prefix and not delimiter.endswith(" ")
                result.append(Text(f"{delimiter} " if spaced else delimiter or "; "))
            result.extend(part)
        return _merged([*result, Text(suffix)] if suffix else result)

    def authors(self, key: str) -> Inlines:
        """Name a work's authors as the text does: "Cagaptay and Murinson"; else its title."""
        work = self.works[key]
        names = next((work.names[role] for role in ("author", "editor") if role in work.names), ())
        if not names:
            return self._title(key)
        short = [name.short for name in names]
        if len(short) > 3:
            text = f"{short[0]} {self.style.term('et-al')}"
        elif len(short) > 1:
            text = f"{', '.join(short[:-1])} {self.style.term('and')} {short[-1]}"
        else:
            text = short[0]
        return self._set(marks.prepare(text), key)

    def _title(self, key: str) -> Inlines:
        reference = self._references[key]
        title = str(reference.get("title_short") or reference.get("title") or key)
        if reference["type"] in QUOTED:
            title = f"{marks.QUOTE}{title}{marks.QUOTE_END}"
        else:
            title = f"{marks.ITALIC}{title}{marks.ITALIC_END}"
        return self._set(marks.without_translation(title), key)

    def _cite(self, cite: Cited, *, linked: bool) -> str:
        """Give a work's citation with its prefix and suffix; these stand outside a link."""
        citation = cite.citation
        place = parse_locator(citation.locator) if citation.locator else None
        words = "" if place or not citation.locator else citation.locator
        item = Item(
            self._references[citation.key],
            self._numbers[citation.key],
            locator(place.label, place.number) if place else None,
            cite.positions,
            disambiguate=citation.key in self._ambiguous,
            without_author=citation.suppress_author,
        )
        core = tidy(self.style.set_cite(item), punctuation_in_quote=False)
        core = core.strip() if linked else core
        suffix = ", ".join(filter(None, (words, citation.suffix)))
        return _with_affixes(core, marks.prepare(citation.prefix), marks.prepare(suffix))

    def _linked(self, cite: Cited) -> Inlines:
        bare = Citation(
            cite.citation.key,
            locator=cite.citation.locator,
            suppress_author=cite.citation.suppress_author,
        )
        key = bare.key
        core = self._set(self._cite(Cited(bare, cite.positions), linked=True), key)
        if not core and not cite.citation.prefix and not cite.citation.suffix:
            return ()
        linked: Inlines = (Link(f"#ref-{key}", core),) if key in self._entries and core else core
        before, _, after = _with_affixes(
            "\0", marks.prepare(cite.citation.prefix), marks.prepare(cite.citation.suffix)
        ).partition("\0")
        return (*_text(before), *linked, *_text(after))

    def _sorted(self, cites: Sequence[Cited]) -> Sequence[Cited]:
        if len(cites) < 2 or any(c.citation.prefix or c.citation.suffix for c in cites):
            return cites
        items = [
            Item(self._references[c.citation.key], self._numbers[c.citation.key]) for c in cites
        ]
        by_item = {id(item): cite for item, cite in zip(items, cites, strict=True)}
        return [by_item[id(item)] for item in self.style.sort_cites(items)]

    def _set(self, marked: str, key: str) -> Inlines:
        work = self.works[key]
        setting = Setting(
            self.style.quotes(),
            self.style.punctuation_in_quote,
            work.language if _differs(work.language, self.language) else "",
            work.texts.get("URL", ""),
            _bare_doi(work.texts.get("DOI", "")),
        )
        return inlines(tidy(marked, punctuation_in_quote=setting.punctuation_in_quote), setting)

    def _set_entries(self) -> dict[str, Inlines]:
        entries: dict[str, Inlines] = {}
        for key in self._order:
            marked = self.style.set_entry(Item(self._references[key], self._numbers[key]))
            if marked:
                entries[key] = self._set(marked, key)
        return entries

    def _tell_apart(self) -> None:
        """Find works whose citations look the same; give them letters where the style does."""
        looks = {
            key: self.style.set_cite(Item(self._references[key], number, positions=SUBSEQUENT))
            for key, number in self._numbers.items()
        }
        count = Counter(looks.values())
        same = [key for key in self._order if count[looks[key]] > 1]
        if not self.style.adds_year_suffix:
            self._ambiguous = frozenset(same)
            return
        given: Counter[str] = Counter()
        for key in same:
            self._references[key]["year_suffix"] = _letter(given[looks[key]])
            given[looks[key]] += 1


def _reference(work: Work, language: str) -> Reference:
    """Give a work the form that the processor reads, with marks in its texts."""
    own = work.language or language
    foreign = _differs(work.language, language)
    values: dict[str, object] = {"language": own}
    for name, text in work.texts.items():
        if name == "URL":
            value = marks.ADDRESS
        elif name == "DOI":
            value = marks.DOI
        elif name == "language":
            continue
        elif name in TITLES:
            marked = foreign and (is_latin(own) or has_own_letters(text, own))
            value = marks.prepare_title(text, foreign=marked)
        else:
            value = marks.prepare(text)
        values[name.replace("-", "_")] = value
    if "title" in values and "title_short" not in values:
        values["title_short"] = _short_title(str(values["title"]))
    values |= {role.replace("-", "_"): list(map(_name, ns)) for role, ns in work.names.items()}
    values |= {name.replace("-", "_"): date for name, date in work.dates.items()}
    return Reference(work.key, work.type, values)


def _name(name: Name) -> ProcessorName:
    if name.literal:
        return ProcessorName(literal=marks.prepare(name.literal))
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "dropping-particle": name.dropping_particle,
        "suffix": name.suffix,
    }
    return ProcessorName(**{part: marks.prepare(value) for part, value in parts.items() if value})


def _short_title(title: str) -> str:
    """Leave subtitle and translation away, unless a single word would remain."""
    title = marks.without_translation(title)
    main, colon, _ = title.partition(": ")
    if not colon or len(main.split()) < 2 or main.count(marks.QUOTE) > main.count(marks.QUOTE_END):
        return title
    return main + marks.FOREIGN_END if marks.FOREIGN in main else main


def _with_affixes(core: str, prefix: str, suffix: str) -> str:
    gap = "" if not prefix or prefix[-1] in "([“‘" else " "
    comma = "" if not suffix or suffix[0] in ",;:.)" else ", "
    return f"{prefix}{gap}{core}{comma}{suffix}"


def _differs(language: str, other: str) -> bool:
    return bool(language) and language.split("-")[0] != other.split("-")[0]


def _letter(index: int) -> str:
    return chr(ord("a") + index) if index < 26 else _letter(index // 26 - 1) + _letter(index % 26)


def _bare_doi(doi: str) -> str:
    return re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", doi)


def _text(value: str) -> Inlines:
    plain = value.replace(marks.QUOTE, "“").replace(marks.QUOTE_END, "”")
    return (Text(plain),) if plain else ()


def _merged(content: Sequence[Inline]) -> Inlines:
    """Join neighbouring texts."""
    result: list[Inline] = []
    for inline in content:
        if isinstance(inline, Text) and result and isinstance(result[-1], Text):
            result[-1] = Text(result[-1].value + inline.value)
        else:
            result.append(inline)
    return tuple(result)
