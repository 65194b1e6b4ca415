"""YAML with places: plain data in, and the line and column of every key and value.

Scalars are read as YAML 1.2 means them, and more carefully where authors stumble: `no`, `1:30`,
`012` and dates stay text. Keys are always text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import yaml
from yaml.events import CollectionEndEvent, CollectionStartEvent, Event
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from builder.characters import FORBIDDEN, unpaired, why_forbidden
from builder.diagnostics import Code, Diagnostics, Span
from builder.yaml_syntax import report_syntax, report_unprintable, span_of

if TYPE_CHECKING:
    from pydantic import BaseModel

    M = TypeVar("M", bound=BaseModel)

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]
Path = tuple[str | int, ...]

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_WORDS: dict[str, bool | None] = {"": None, "~": None}
_WORDS |= dict.fromkeys(("null", "Null", "NULL"), None)
_WORDS |= dict.fromkeys(("true", "True", "TRUE"), True)
_WORDS |= dict.fromkeys(("false", "False", "FALSE"), False)
_PLAIN = "plain"  # our own tag for scalars without quotes or tag
_STANDARD = "tag:yaml.org,2002:"
_MAX_DEPTH = 64
_MAX_REPEATED = 10_000  # nodes that aliases may add


class Decimal(float):
    """A number with a fraction that still knows how it was written, so that 1.10 can be text."""

    __slots__ = ("written",)
    written: str

    def __str__(self) -> str:
        return self.written


@dataclass(frozen=True, slots=True)
class Yaml:
    """The plain data of a YAML text, and where each part of it stands."""

    data: Plain
    file: str
    first_line: int = 1
    root: Node | None = field(default=None, repr=False, compare=False)

    def span(self, path: Path = ()) -> Span:
        """Give the place of a key, or of a list's item; else of the nearest thing above it."""
        return self._find(path, of_value=False)

    def value_span(self, path: Path) -> Span:
        """Give the place where a key's value begins; inside its quotation mark."""
        return self._find(path, of_value=True)

    def value(self, path: Path) -> Plain:
        """Give the data at a path; None where there is none."""
        found, data = _walk(self.data, path)
        return data if found else None

    def has(self, path: Path) -> bool:
        """Tell whether there is anything at a path."""
        return _walk(self.data, path)[0]

    def _find(self, path: Path, *, of_value: bool) -> Span:
        node, place = self.root, self.root
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            place, node = found
        chosen = node if of_value else place
        if chosen is None:
            return Span(self.file, 1, 1)
        quoted = of_value and isinstance(chosen, ScalarNode) and chosen.style in ("'", '"')
        return span_of(chosen.start_mark, self.file, self.first_line, inside=int(quoted))


REMEMBERED = 64
"""Texts; then all are forgotten."""

_read: dict[tuple[str, str, int], Yaml] = {}


class _RefusedError(Exception):
    """A text that is YAML but that we do not take; the reason has been logged."""


class _Loader(yaml.CSafeLoader):
    """Composes nodes, leaving unquoted scalars for us to resolve."""

    yaml_implicit_resolvers = {None: [(_PLAIN, re.compile(""))]}  # noqa: RUF012  # as PyYAML has it


def read_yaml(text: str, file: str, log: Diagnostics, *, first_line: int = 1) -> Yaml | None:
    """Read YAML; None, with an error, where it cannot be understood.

    `first_line` is the line of `file` at which `text` begins. A text that is empty, or holds only
    comments, gives None as data; whatever is then missing is missing at the file's beginning.
    What was read without fault is remembered: a preview reads the same texts after each save.
    """
    key = (text, file, first_line)
    if key in _read:
        return _read[key]
    found = _read_anew(text, file, first_line, log)
    if found is not None:
        if len(_read) >= REMEMBERED:
            _read.clear()
        _read[key] = found
    return found


def _read_anew(text: str, file: str, first_line: int, log: Diagnostics) -> Yaml | None:
    reader = _Reader(file, first_line, log)
    try:
        reader.measure(text)
        root = yaml.compose(text, Loader=_Loader)
        data = reader.plain(root) if root is not None else None
    except yaml.MarkedYAMLError as error:
        report_syntax(error, text, file, first_line, log)
        return None
    except yaml.YAMLError:
        report_unprintable(text, file, first_line, log)
        return None
    except _RefusedError:
        return None
    if reader.duplicates:
        return None
    return Yaml(data, file, first_line, root if data is not None else None)


def below(source: Yaml, path: Path) -> Yaml:
    """Give what stands at a path as a YAML of its own; its places stay those of the file."""
    node = source.root
    for step in path:
        found = _child(node, step)
        node = found[1] if found else None
    return Yaml(source.value(path), source.file, source.first_line, node)


def nested(keys: Sequence[str], source: Yaml, at: Node | None) -> Yaml:
    """Put data below keys, one inside the other; `at` is the node that stands for the keys."""
    data, node = source.data, source.root
    for key in reversed(keys):
        data = {key: data}
        if node is not None and at is not None:
            name = ScalarNode(_PLAIN, key, at.start_mark, at.end_mark)
            node = MappingNode("map", [(name, node)], at.start_mark, at.end_mark)
    return Yaml(data, source.file, source.first_line, node)


def without(source: Yaml, keys: Collection[str]) -> Yaml:
    """Give a mapping without some of its keys."""
    if not isinstance(source.data, dict):
        return source
    data = {key: value for key, value in source.data.items() if key not in keys}
    node = source.root
    if isinstance(node, MappingNode):
        kept = [(key, value) for key, value in node.value if key.value not in keys]
        node = MappingNode(node.tag, kept, node.start_mark, node.end_mark)
    return Yaml(data, source.file, source.first_line, node)


def overlaid(source: Yaml, layer: Yaml) -> Yaml:
    """Lay one mapping over another, and mappings inside them; places are those of what shows."""
    data = _overlaid_data(source.data, layer.data)
    return Yaml(data, source.file, source.first_line, _overlaid_nodes(source.root, layer.root))


def _overlaid_data(lower: Plain, upper: Plain) -> Plain:
    if not isinstance(lower, dict) or not isinstance(upper, dict):
        return upper
    both = {key: _overlaid_data(lower[key], upper[key]) for key in upper if key in lower}
    return {**lower, **upper, **both}


def _overlaid_nodes(lower: Node | None, upper: Node | None) -> Node | None:
    if not isinstance(lower, MappingNode) or not isinstance(upper, MappingNode):
        return upper if upper is not None else lower
    pairs = {key.value: (key, value) for key, value in lower.value}
    for key, value in upper.value:
        below = pairs.get(key.value)
        pairs[key.value] = (key, _overlaid_nodes(below[1], value) if below else value)
    return MappingNode(lower.tag, list(pairs.values()), lower.start_mark, lower.end_mark)


def check(model: type[M], source: Yaml, log: Diagnostics, *, path: Path = ()) -> M | None:
    """Validate the data at `path`; None, with an error for each fault, where it does not fit.

    Data that is missing altogether counts as an empty mapping.
    """
    from pydantic import ValidationError

    from builder.yaml_faults import report_faults

    data = source.value(path)
    try:
        return model.model_validate({} if data is None else data)
    except ValidationError as error:
        report_faults(error, model, source, path, log)
        return None


class _Reader:
    """Turns composed nodes into plain data."""

    def __init__(self, file: str, first_line: int, log: Diagnostics) -> None:
        self.file = file
        self.first_line = first_line
        self.log = log
        self.duplicates = False
        self._seen: set[int] = set()
        self._above: list[int] = []
        self._repeated = 0

    def measure(self, text: str) -> None:
        """Refuse text that is nested so deep that composing it would overrun the C stack."""
        depth = 0
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, CollectionStartEvent):
                depth += 1
            elif isinstance(event, CollectionEndEvent):
                depth -= 1
            if depth > _MAX_DEPTH:
                self._refuse(
                    event,
                    f"nested more than {_MAX_DEPTH} levels deep",
                    "write it flatter",
                )

    def plain(self, node: Node) -> Plain:
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        self._guard(node)
        self._above.append(id(node))
        data = self._mapping(node) if isinstance(node, MappingNode) else self._sequence(node)
        self._above.pop()
        return data

    def _guard(self, node: Node) -> None:
        """Refuse what would never end, or would grow beyond measure."""
        if id(node) in self._above:
            self._refuse(
                node,
                "this is repeated inside itself",
                "take the alias (*name) out of it",
            )
        if len(self._above) >= _MAX_DEPTH:
            self._refuse(node, f"nested more than {_MAX_DEPTH} levels deep", "write it flatter")
        if id(node) in self._seen:
            self._repeated += len(node.value) + 1
        self._seen.add(id(node))
        if self._repeated > _MAX_REPEATED:
            hint = "write things out instead of repeating them by *name"
            self._refuse(node, f"aliases repeat more than {_MAX_REPEATED:,} values", hint)

    def _mapping(self, node: MappingNode) -> Plain:
        self._expect(node, "map")
        data: dict[str, Plain] = {}
        first: dict[str, Node] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                hint = "put the key in quotes if it begins with [ or {"
                self._refuse(key_node, "a key is a list or a mapping", hint)
            key = self._text(key_node)
            if key in first:
                self._duplicate(key, key_node, first[key])
                continue
            first[key] = key_node
            data[key] = self.plain(value_node)
        return data

    def _sequence(self, node: Node) -> Plain:
        self._expect(node, "seq")
        return [self.plain(item) for item in node.value]

    def _scalar(self, node: ScalarNode) -> Plain:
        if node.tag == _PLAIN:
            return resolve(self._text(node))
        self._expect(node, "str")
        return self._text(node)

    def _text(self, node: ScalarNode) -> str:
        """Give the text of a scalar; by an escape it could hold what no text can."""
        text = str(node.value)
        found = FORBIDDEN.search(text)
        odd = found[0] if found else unpaired(text)
        if not odd:
            return text
        at = span_of(node.start_mark, self.file, self.first_line)
        what = "can stand in no text" if found else "has no other end here"
        message = f"the character U+{ord(odd):04X} {what}"
        hint = why_forbidden(odd)
        self.log.error(Code.CHARACTER_FORBIDDEN, message, at=at, hint=hint)
        raise _RefusedError

    def _expect(self, node: Node, tag: str) -> None:
        if node.tag not in (_STANDARD + tag, "!"):
            name = node.tag.replace(_STANDARD, "!!")
            self._refuse(
                node,
                f"the tag {name!r} is not used here",
                "put text that begins with ! in quotes",
            )

    def _duplicate(self, key: str, node: Node, first: Node) -> None:
        self.duplicates = True
        line = span_of(first.start_mark, self.file, self.first_line).line
        self.log.error(
            Code.YAML_DUPLICATE_KEY,
            f"the key {key!r} was given before, in line {line}",
            at=span_of(node.start_mark, self.file, self.first_line),
            hint="keep one of the two",
        )

    def _refuse(self, part: Node | Event, message: str, hint: str) -> None:
        at = span_of(part.start_mark, self.file, self.first_line)
        self.log.error(Code.YAML_SYNTAX, message, at=at, hint=hint)
        raise _RefusedError


def resolve(written: str) -> bool | int | float | str | None:
    """Give the meaning of a scalar without quotes: null, boolean, number, or else text."""
    if written in _WORDS:
        return _WORDS[written]
    if _INTEGER.fullmatch(written):
        return int(written)
    if _FLOAT.fullmatch(written):
        number = Decimal(written)
        number.written = written
        return number if math.isfinite(number) else written
    return written


def _child(node: Node | None, step: str | int) -> tuple[Node, Node] | None:
    """Give where a step along a path stands, and what it leads to."""
    if isinstance(node, MappingNode):
        return next(((k, v) for k, v in node.value if k.value == str(step)), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _walk(data: Plain, path: Path) -> tuple[bool, Plain]:
    for step in path:
        if isinstance(data, dict) and step in data:
            data = data[str(step)]
        elif isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
            data = data[step]
        else:
            return False, None
    return True, data
