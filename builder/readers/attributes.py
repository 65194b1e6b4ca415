"""The braces of the dialect: `{#id .class key=value key="long value"}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_PART = re.compile(
    r"""\s*(?:
        \#(?P<id>[^\s}"'=]+)
      | \.(?P<cls>[^\s}"'=.\#]+)
      | (?P<key>[A-Za-z][\w-]*)=
        (?: "(?P<double>(?:[^"\\]|\\.)*)" | '(?P<single>(?:[^'\\]|\\.)*)' | (?P<bare>[^\s}"']+) )
      | (?P<dash>-)(?=[\s}])
    )""",
    re.VERBOSE | re.DOTALL,
)
_OPEN_QUOTE = re.compile(r"""\s*[A-Za-z][\w-]*=(?P<quote>["'])""")


LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
"""How the code of a language is written: en, de, en-GB."""


@dataclass(frozen=True, slots=True)
class Attributes:
    """What stands between braces. `columns` gives each key's offset from the opening brace."""

    label: str = ""
    classes: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, int] = field(default_factory=dict)

    def get(self, key: str, default: str = "") -> str:
        """Give the value of a key, or the default."""
        return self.values.get(key, default)

    def with_class(self, name: str) -> bool:
        """Tell whether a class is among the classes."""
        return name in self.classes


def in_deck(attributes: Attributes) -> bool:
    """Tell whether the author lets a figure onto the slides (`deck=false` keeps it off)."""
    return attributes.get("deck") not in ("false", "no")


@dataclass(frozen=True, slots=True)
class BraceError:
    """Why braces cannot be read: the fault's offset from the brace; whether a quote stays open."""

    offset: int
    unclosed_quote: bool


def parse_braces(text: str, start: int = 0) -> tuple[Attributes, int] | BraceError:
    """Read `{…}` that opens at `start`; give the attributes and where the brace ends.

    A class list of "-" alone is Pandoc's short form of `.unnumbered`.
    """
    label, classes = "", list[str]()
    values, columns = dict[str, str](), dict[str, int]()
    position = start + 1
    while match := _PART.match(text, position):
        if match["id"]:
            label = match["id"]
        elif match["cls"]:
            classes.append(match["cls"])
        elif match["dash"]:
            classes.append("unnumbered")
        else:
            raw = next(
                v for v in (match["double"], match["single"], match["bare"]) if v is not None
            )
            values[match["key"]] = re.sub(r"\\(.)", r"\1", raw, flags=re.DOTALL)
            columns[match["key"]] = match.start("key") - start
        position = match.end()
    while position < len(text) and text[position] in " \t\n":
        position += 1
    if position < len(text) and text[position] == "}":
        return Attributes(label, tuple(classes), values, columns), position + 1
    quote = _OPEN_QUOTE.match(text, position)
    if quote:
        return BraceError(quote.start("quote") - start, unclosed_quote=True)
    return BraceError(position - start, unclosed_quote=False)
