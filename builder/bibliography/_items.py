"""What is given to citeproc-py: a work's variables, one work to be set, and how to mark text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from citeproc.source import CustomDict, VariableError

from builder.bibliography import marks

Element: TypeAlias = Any  # an element of a style, with the methods that citeproc-py gives it
Options: TypeAlias = Mapping[str, str]


class Reference(CustomDict):  # type: ignore[misc]
    """A work's variables under citeproc-py's names ("-" as "_")."""

    def __init__(self, key: str, type_: str, values: Mapping[str, object]) -> None:
        super().__init__(dict(values), optional=set(values))  # no warning about newer variables
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
    depth: int = 0  # of names within names' substitutes
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


def _between(start: str, end: str) -> Callable[[object], str]:
    return staticmethod(lambda text: f"{start}{text}{end}")


class Marker:
    """citeproc-py's "formatter", under its names: wraps in marks rather than in HTML."""

    preformat = _between("", "")
    Italic = Oblique = Underline = _between(marks.ITALIC, marks.ITALIC_END)
    Bold = _between(marks.BOLD, marks.BOLD_END)
    Light = _between("", "")
    Superscript = _between(marks.SUPER, marks.SUPER_END)
    Subscript = _between(marks.SUB, marks.SUB_END)
    SmallCaps = _between(marks.SMALL, marks.SMALL_END)
