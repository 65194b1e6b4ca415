"""Style sheets of drawings: what their rules name, and at which elements, found in bounded time.

Selectors are those of cssselect2, which WeasyPrint matches by as well. So what is counted here is
the work that it has with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cssselect2 import ElementWrapper, Matcher, compile_selector_list

from builder.drawings import MOST_STYLE, TooMuch, named_ids, walked

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_NAMES = 10_000
"""Names in all selectors of a drawing; an exported one has some hundred."""

LONGEST = 30
"""Names in one selector, those within `:not()` and the like included."""

MOST_STEPS = 1_000_000
"""Times that an element may be asked whether a part of a selector fits it."""

_NAMES = frozenset(("ident", "hash", "function", "[] block"))
_MADE = 10
"""Steps that take as long as making an element once more."""

_ROW = 5
"""Siblings that are counted in the time of one step."""

_READ = 8
"""Letters of an attribute, or names of a selector, that take as long as a step."""


@dataclass(slots=True)
class Work:
    """Steps that were taken, at a weight."""

    steps: int = 0
    weight: int = 0  # nobody is asked yet

    def add(self, steps: int) -> None:
        """Count steps. Raises TooMuch."""
        self.steps += steps * self.weight
        if self.steps > MOST_STEPS:
            raise TooMuch(f"its styles compare its elements more than {MOST_STEPS:,} times")


@dataclass(frozen=True, slots=True)
class Dressed:
    """What rules do to an element."""

    names: tuple[tuple[str, str], ...] = ()  # ids, and the styles that name them
    steps: int = 0  # that it takes to find the rules


@dataclass(frozen=True, slots=True)
class _Rule:
    names: tuple[tuple[str, str], ...]
    declared: int


@dataclass(slots=True)
class _Sheet:
    matcher: Any = field(default_factory=Matcher)
    names: int = 0

    def take(self, sheet: str, letters: dict[str, int]) -> None:
        """Take the rules of a style sheet; WeasyPrint looks at none within @media and the like."""
        import tinycss2

        for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
            if rule.type != "qualified-rule":
                continue
            self._bound(rule.prelude)
            named = tuple(declared_ids(rule.content))
            declared = sum(token == ";" for token in rule.content) + 1
            weight = 1 + _weight(rule.prelude, letters)
            for selector in _compiled(rule.prelude):
                if selector.pseudo_element is None:
                    selector.test = _counted(selector.test, weight)
                    self.matcher.add_selector(selector, _Rule(named, declared))

    def _bound(self, prelude: Iterable[Any]) -> None:
        longest = 0
        for selector in _selectors(prelude):
            names = sum(token.type in _NAMES or token == "*" for token in walked(selector))
            longest, self.names = max(longest, names), self.names + max(names, 1)
        if longest > LONGEST:
            raise TooMuch(f"its styles have a selector of more than {LONGEST} names")
        if self.names > MOST_NAMES:
            raise TooMuch(f"its styles select by more than {MOST_NAMES:,} names")


def dressed(root: _Element, sheets: list[str]) -> dict[_Element, Dressed]:
    """Give what the rules of style sheets do to the elements of a drawing. Raises TooMuch.

    Elements that no rule fits, and took no time, are left out.
    """
    if sum(map(len, sheets)) > MOST_STYLE:
        raise TooMuch(f"its styles have more than {MOST_STYLE:,} letters")
    if sum(sheet.count("{") for sheet in sheets) > MOST_NAMES:
        raise TooMuch(f"its styles have more than {MOST_NAMES:,} rules")
    taken = _Sheet()
    letters = _letters(root) if any("[" in sheet for sheet in sheets) else {}
    for sheet in sheets:
        taken.take(sheet, letters)
    if not taken.names:
        return {}
    found = {}
    elements = list(Asked.from_xml_root(root).iter_subtree())
    work = elements[0].work
    for element in elements:
        before = work.steps
        rules = [rule for *_, rule in taken.matcher.match(element)]
        work.weight = 1
        work.add(sum(rule.declared + len(rule.names) for rule in rules))
        names = tuple(name for rule in rules for name in rule.names)
        if names or work.steps > before:
            found[element.etree_element] = Dressed(names, work.steps - before)
    return found


def declared_ids(style: str | list[Any]) -> Iterator[tuple[str, str]]:
    """Give the ids that declarations name, and the style that each of them gives."""
    import tinycss2

    for declared in tinycss2.parse_blocks_contents(style):
        if declared.type == "declaration":
            for name in named_ids(declared.value):
                yield name, declared.lower_name


def _compiled(prelude: list[Any]) -> list[Any]:
    """Compile selectors; what WeasyPrint cannot read fits nothing, and it says so itself."""
    try:
        return list(compile_selector_list(prelude))
    except Exception:  # what fails is Python's own compiler, too: cssselect2 names no family
        return []


def _counted(test: Any, weight: int) -> Any:
    def counted(element: Asked) -> bool:
        element.work.weight = weight
        element.work.add(1)
        return bool(test(element))

    return counted


def _selectors(prelude: Iterable[Any]) -> Iterator[list[Any]]:
    selector: list[Any] = []
    for token in prelude:
        if token == ",":
            yield selector
            selector = []
        else:
            selector.append(token)
    yield selector


def _weight(prelude: Iterable[Any], letters: dict[str, int]) -> int:
    """Give the steps that it takes to look once whether the names of selectors fit an element."""
    most = 0
    for selector in _selectors(prelude):
        weight = 0
        for token in walked(selector):
            weight += token.type in _NAMES
            if token.type == "[] block":
                weight += sum(
                    letters.get(inner.value, 0) for inner in token.content if inner.type == "ident"
                )
        most = max(most, weight)
    return most // _READ


def _letters(root: _Element) -> dict[str, int]:
    """Give the letters of the longest value of each attribute."""
    found: dict[str, int] = {}
    for node in root.iter():
        for name, value in node.attrib.items():
            local = str(name).rpartition("}")[2]
            found[local] = max(found.get(local, 0), len(value))
    return found


class Asked(ElementWrapper):  # type: ignore[misc]  # cssselect2 has no types
    """An element that counts what it is asked for by selectors."""

    def __init__(self, etree_element: Any, parent: Any, *others: Any, **named: Any) -> None:
        self.work: Work = Work() if parent is None else parent.work
        self.work.add(_MADE)
        super().__init__(etree_element, parent, *others, **named)

    @property
    def ancestors(self) -> Iterator[Any]:
        """Give the elements around it, from the root on."""
        for element in super().ancestors:
            self.work.add(1)
            yield element

    @property
    def previous_siblings(self) -> Iterator[Any]:
        """Give the elements before it; the list of them that WeasyPrint keeps counts as well."""
        before, element = [], self.previous
        while element is not None:
            self.work.add(1)
            before.append(element)
            element = element.previous
        for element in reversed(before):
            self.work.add(1)
            yield element

    @property
    def etree_siblings(self) -> list[Any]:
        """Give it and its siblings."""
        self.work.add(len(self._row) // _ROW)
        return self._row

    @etree_siblings.setter
    def etree_siblings(self, row: list[Any]) -> None:
        self._row = row
