"""The elements of citation styles: citeproc-py's, mended.

citeproc-py 0.11 ships no types (hence the ignores: an untyped import, and classes that derive from
what mypy sees as Any) and departs from the CSL specification in ways that show in print. It
evaluates a style as a tree of lxml elements with one class a tag; `_MENDED` replaces some of these
classes. Each says below what it corrects.
"""

from __future__ import annotations

import re
from functools import cache, cmp_to_key
from typing import Any

from citeproc import model
from citeproc.source import VariableError

from builder.bibliography import marks
from builder.bibliography._date_element import Date
from builder.bibliography._items import Element, Item, Options
from builder.bibliography.collation import sort_key
from builder.bibliography.dates import WorkDate

_NUMERIC = re.compile(
    r"(?:[A-Za-z]{0,2}\d+[A-Za-z]{0,2}|[IVXLCDM]+)(?:\s*[-–,&]\s*[A-Za-z]?\d+\w?)*"
)
_FORMATS = frozenset(
    ["font-style", "font-variant", "font-weight", "text-decoration", "vertical-align"]
)
# Where a term lacks a form, the one to take instead (CSL 1.0.2, "Terms").
_FORMS: dict[str | None, str | None] = {
    "verb-short": "verb",
    "symbol": "short",
    "verb": None,
    "short": None,
}


class Mended:
    """What every element gets: macros and terms found once, case and quotes that keep marks."""

    def get_macro(self: Any, name: str) -> Element:
        """Find a macro in a table; citeproc-py searches the style by XPath at each call."""
        return self.get_root().macros[name]

    def get_term(self: Any, name: str, form: str | None = None, **options: Any) -> Element:
        """Find a term, falling back to the less special form, which citeproc-py does not."""
        if options:
            return super().get_term(name, form, **options)  # type: ignore[misc]
        terms = self.get_root().terms
        if (name, form) not in terms:
            terms[name, form] = self._find_term(name, form)
        return terms[name, form]

    def xpath_search(self: Any, expression: str) -> list[Element]:
        """Remember what was found: a style does not change, and its elements are kept alive."""
        found = self.__dict__.setdefault("found", {})
        if expression not in found:
            found[expression] = super().xpath_search(expression)  # type: ignore[misc]
        return list(found[expression])

    def format(self: Any, text: object) -> str:
        """Pass by the five formats that most elements do not ask for."""
        asked = not _FORMATS.isdisjoint(self.keys())
        return str(super().format(text) if asked else text)  # type: ignore[misc]

    def _find_term(self: Any, name: str, form: str | None) -> Element:
        while (term := super().get_term(name, form)) is None and form in _FORMS:  # type: ignore[misc]
            form = _FORMS[form]
        return term

    def case(self: Any, text: object, language: str | None = None) -> str:
        """Change case without touching marks; titles are cased in English alone.

        Without a language it is a word of the style's own locale.
        """
        value = str(text)
        language = language or self.get_root().locale_language
        match self.get("text-case"):
            case "lowercase":
                return value.lower()
            case "uppercase":
                return value.upper()
            case "capitalize-first":
                return marks.capitalize_first(value)
            case "capitalize-all":
                return " ".join(marks.capitalize_first(word) for word in value.split(" "))
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
        if self.get("form") == "short" and f"{variable}-short".replace("-", "_") in item.reference:
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
        self, item: Item, variable: str | None = None, plural: bool | None = None, **_: object
    ) -> object:
        name = str(self.get("variable")) if variable is None else variable.replace("_", "-")
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
    """Counts calls, takes the form of the names replaced, may leave the first names away."""

    def process(
        self, item: Item, names_context: Element = None, context: Element = None, **options: Any
    ) -> object:
        if names_context is None and self.name is None:
            names_context = self.host()
        item.called += 1
        item.depth += 1
        try:
            text = self._names(item, names_context, context, **options)
        finally:
            item.depth -= 1
        if item.without_author and text and not item.depth:
            item.without_author = False
            return None
        return text

    def _names(
        self, item: Item, names_context: Element, context: Element, **options: Any
    ) -> object:
        roles = [role.replace("-", "_") for role in self.get("variable").split()]
        found = [r for r in roles if r in item.reference and r not in item.suppressed]
        if found:
            item.shown.extend(found)
            return super().process(item, names_context=names_context, context=context, **options)
        if (substitute := self.substitute()) is not None:
            return substitute.render(item, context=self if context is None else context, **options)
        return None

    def host(self) -> Element:
        """Give the names for which these are a substitute, whose form they take; else None.

        citeproc-py knows them only directly below, not in a choice within the substitute.
        """
        substitute = next(self.iterancestors("{*}substitute"), None)
        return None if substitute is None else substitute.getparent()

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

    def process(self, item: Item, variable: str, context: Element = None, **options: Any) -> object:
        options["sort_options"] = item.sort_options  # citeproc-py loses them in nested macros
        return super().process(item, variable, context=context, **options)


class Substitute(model.Substitute):  # type: ignore[misc]
    """Keeps everything that stood in the author's place from standing there twice."""

    def render(self, item: Item, context: Element = None, **options: Any) -> object:
        shown = len(item.shown)
        for child in self:
            try:
                text = child.render(item, context=context, **options)
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
        if "tests" not in self.__dict__:
            self.match = self.get("match", "all")
            self.tests = [
                (name, word)
                for name in self.keys()
                if name != "match"
                for word in self.get(name).split()
            ]
        ends = self.match != "all"  # what one test must say to make the others needless
        found = not ends
        for name, word in self.tests:
            if self._holds(item, name, word) == ends:
                found = ends
                break
        if found != (self.match in ("all", "any")):
            raise model.ConditionFailed
        return self.render_children(item, context=context, delimiter=delimiter, **options)

    def _holds(self, item: Item, test: str, word: str) -> bool:
        match test:
            case "type":
                return bool(word == item.reference["type"])
            case "variable":
                return self._is_there(item, word)
            case "is-numeric":
                return self._numeric(item, word)
            case "is-uncertain-date":
                return self._uncertain(item, word)
            case "locator":
                return item.has_locator and bool(word.replace("-", " ") == item.locator.label)
            case "position":
                return word in item.positions
            case "disambiguate":
                return item.disambiguate
            case _:
                return False  # of a later CSL, or another dialect of it

    def _is_there(self, item: Item, name: str) -> bool:
        if name == "locator":
            return item.has_locator
        return name == "citation-number" or name.replace("-", "_") in item.reference

    def _numeric(self, item: Item, name: str) -> bool:
        if name == "locator":
            return item.has_locator and bool(_NUMERIC.fullmatch(item.locator.identifier))
        return bool(_NUMERIC.fullmatch(str(item.reference.get(name.replace("-", "_"), ""))))

    def _uncertain(self, item: Item, name: str) -> bool:
        date = item.reference.get(name.replace("-", "_"))
        return isinstance(date, WorkDate) and date.circa


class ElseIf(If):
    """The same for `else-if`."""


class Sort(model.Sort):  # type: ignore[misc]
    """Sorts by letters alone, accents and marks aside; citeproc-py compares the set strings."""

    def sort(self, items: list[Item], context: Element) -> list[Item]:
        keys = [
            (key, key.get("sort") == "descending") for key in self.findall("cs:key", self.nsmap)
        ]

        @cache
        def value(column: int, row: int) -> tuple[tuple[int, str], ...]:
            return self._key(keys[column][0], items[row], context)  # set only where it is asked for

        def compare(left: int, right: int) -> int:
            for column, (_, descending) in enumerate(keys):
                a, b = value(column, left), value(column, right)
                if a == b:
                    continue
                if not a or not b:  # what lacks the value comes last
                    return 1 if not a else -1
                return (1 if a > b else -1) * (-1 if descending else 1)
            return left - right

        return [items[i] for i in sorted(range(len(items)), key=cmp_to_key(compare))]

    def _key(self, key: Element, item: Item, context: Element) -> tuple[tuple[int, str], ...]:
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
        names = {f"et-al-{o[6:]}": v for o, v in key.attrib.items() if o.startswith("names-")}
        fresh = Item(
            item.reference, item.number, sort_options={"name-as-sort-order": "all"} | names
        )
        text = self.get_macro(key.get("macro")).render(fresh, context=context)
        return sort_key("" if text is None else str(text))


_MENDED = (Text, Number, Label, Group, Names, Name, Substitute, If, ElseIf, Date, Sort)


def element_classes() -> dict[str, type]:
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
