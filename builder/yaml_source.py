"""YAML with places: plain data, and the line and column of every key and value.

Scalars are resolved as YAML 1.2's core schema does: `no` is a word, `1:30` and `012` are words,
dates stay as typed. Duplicate keys are errors, and aliases may not multiply a file without end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from builder.diagnostics import Code, Diagnostics, Span, did_you_mean

M = TypeVar("M", bound=BaseModel)
Path = tuple[str | int, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"^[-+]?(0|[1-9][0-9]*)$")
_FLOAT = re.compile(r"^[-+]?(\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))([eE][-+]?[0-9]+)?$")
_CONSTANTS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_QUOTED = re.compile(r"""^\s*(?:-\s+|[\w-]+:\s+)(?P<mark>["'])""")
_NEXT_KEY = re.compile(r"^\s*(?:-\s|[\w-]+:(\s|$)|$)")
_MOST_NODES = 100_000


@dataclass(frozen=True, slots=True)
class Yaml:
    """A YAML file's plain data, and where each key and value stands."""

    data: object
    file: str
    keys: Mapping[Path, Span] = field(default_factory=dict)
    values: Mapping[Path, Span] = field(default_factory=dict)

    def span(self, path: Path) -> Span:
        """Give the place of a key or list item; for an absent one that of the nearest around it."""
        while path:
            if path in self.keys:
                return self.keys[path]
            path = path[:-1]
        return self.values.get((), Span(self.file, 1, 1))

    def value_span(self, path: Path) -> Span:
        """Give the place of a value; for an absent one that of the nearest around it."""
        return self.values[path] if path in self.values else self.span(path)


@dataclass(slots=True)
class _Reader:
    file: str
    log: Diagnostics
    lines: int
    keys: dict[Path, Span] = field(default_factory=dict)
    values: dict[Path, Span] = field(default_factory=dict)
    count: int = 0

    def at(self, mark: yaml.Mark) -> Span:
        return Span(self.file, mark.line + 1 + self.lines, mark.column + 1)

    def read(self, node: yaml.Node, path: Path) -> object:
        self.count += 1
        if self.count > _MOST_NODES:
            raise _TooLarge
        self.values[path] = self.at(node.start_mark)
        if isinstance(node, yaml.ScalarNode):
            return scalar(node)
        if isinstance(node, yaml.SequenceNode):
            items: list[object] = []
            for index, item in enumerate(node.value):
                self.keys[(*path, index)] = self.at(item.start_mark)
                items.append(self.read(item, (*path, index)))
            return items
        return self.mapping(node, path)

    def mapping(self, node: yaml.Node, path: Path) -> dict[str, object]:
        result: dict[str, object] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.log.error(
                    Code.YAML_SYNTAX,
                    "a key is no plain word",
                    at=self.at(key.start_mark),
                    hint="write key: value",
                )
                continue
            name = str(key.value)
            at = self.at(key.start_mark)
            if name in result:
                first = self.keys[(*path, name)]
                self.log.error(
                    Code.YAML_DUPLICATE_KEY,
                    f"the key {name!r} stands in line {first.line} already",
                    at=at,
                    hint="keep one of the two",
                )
                continue
            self.keys[(*path, name)] = at
            result[name] = self.read(value, (*path, name))
        return result


class _TooLarge(Exception):
    pass


def scalar(node: yaml.ScalarNode) -> object:
    """Give a scalar's value; what is quoted or no number, boolean or null is a string."""
    text = str(node.value)
    if node.style is not None:
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INT.match(text) and len(text) < 19:
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    return text


def read_yaml(text: str, file: str, log: Diagnostics, first_line: int = 1) -> Yaml | None:
    """Read YAML; None, with an error, where its syntax is broken or a key is given twice.

    `first_line` is the line of the file in which `text` begins (front matter: 2).
    """
    reader = _Reader(file, log, first_line - 1)
    before = sum(1 for _ in log)
    try:
        loader = _LOADER(text)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
        data = reader.read(node, ()) if node is not None else {}
    except yaml.MarkedYAMLError as fault:
        _syntax(fault, text, reader)
        return None
    except yaml.YAMLError as fault:
        _character(fault, text, reader)
        return None
    except (_TooLarge, RecursionError):
        log.error(
            Code.YAML_SYNTAX,
            "the YAML is nested or repeated too much to be read",
            at=Span(file, first_line, 1),
            hint="write it without anchors and aliases",
        )
        return None
    if len(log) > before:
        return None
    return Yaml(data, file, reader.keys, reader.values)


def _open_quote(text: str) -> tuple[int, int] | None:
    """Find a value whose quotation mark is not closed in its line though the next is a new key."""
    lines = text.split("\n")
    for number, line in enumerate(lines[:-1]):
        match = _QUOTED.match(line)
        if match is None or not _NEXT_KEY.match(lines[number + 1]):
            continue
        mark = match["mark"]
        rest = line[match.end() :].replace("\\" + mark, "").replace("''", "")
        if mark not in rest:
            return number, match.start("mark")
    return None


def _syntax(fault: yaml.MarkedYAMLError, text: str, reader: _Reader) -> None:
    quote = _open_quote(text)
    if quote is not None:
        code, message, hint = _explained("", "quoted scalar")
        at = Span(reader.file, quote[0] + 1 + reader.lines, quote[1] + 1)
        reader.log.error(code, message, at=at, hint=hint)
        return
    problem = fault.problem or "the YAML cannot be read"
    mark = fault.problem_mark or fault.context_mark
    context = fault.context or ""
    opened = "quoted scalar" in context or "flow" in context
    if opened and fault.context_mark is not None:
        mark = fault.context_mark
    code, message, hint = _explained(problem, context)
    at = reader.at(mark) if mark is not None else Span(reader.file, 1 + reader.lines, 1)
    reader.log.error(code, message, at=at, hint=hint)


def _explained(problem: str, context: str) -> tuple[Code, str, str]:
    if "quoted scalar" in context:
        return (
            Code.QUOTE_UNCLOSED,
            "the quotation mark that opens here is never closed",
            "close it at the end of the value",
        )
    if "flow" in context:
        closing = "]" if "sequence" in context else "}"
        return (
            Code.YAML_SYNTAX,
            "the bracket that opens here is never closed",
            f"close it by {closing}, with commas between the items",
        )
    if "mapping values are not allowed" in problem:
        return (
            Code.YAML_SYNTAX,
            "a colon stands where none may be",
            "put a value that holds ': ' into quotation marks",
        )
    if "could not find expected ':'" in problem:
        return (
            Code.YAML_SYNTAX,
            "a key has no colon",
            "write key: value, and mind the indentation",
        )
    if "cannot start any token" in problem:
        return (
            Code.YAML_SYNTAX,
            "the YAML cannot be read from here on",
            "indent by spaces, and put values that begin with @, ` or % into quotation marks",
        )
    return (Code.YAML_SYNTAX, problem, "check indentation, quotation marks and brackets")


def _character(fault: yaml.YAMLError, text: str, reader: _Reader) -> None:
    position = int(getattr(fault, "position", 0) or 0)
    upto = text[:position]
    reader.log.error(
        Code.YAML_SYNTAX,
        "the YAML holds a character that may not be there",
        at=Span(
            reader.file,
            upto.count("\n") + 1 + reader.lines,
            len(upto) - upto.rfind("\n"),
        ),
        hint="delete it; it may be invisible",
    )


# ---------------------------------------------------------------- checking


def check(model: type[M], source: Yaml, log: Diagnostics) -> M | None:
    """Check plain data by a model; None, with an error for each fault, where it does not fit."""
    data = source.data if source.data is not None else {}
    try:
        return model.model_validate(data)
    except ValidationError as fault:
        for error in fault.errors(include_url=False):
            _diagnose(error, model, source, log)
        return None


def _diagnose(error: ErrorDetails, model: type[BaseModel], source: Yaml, log: Diagnostics) -> None:
    path: Path = tuple(error["loc"])
    kind = error["type"]
    name = str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        known = _keys_at(model, path[:-1])
        log.error(
            Code.KEY_UNKNOWN,
            f"there is no key {name!r} here",
            at=source.span(path),
            hint=did_you_mean(name, known, otherwise=f"known keys are {', '.join(known)}"),
        )
        return
    if kind == "missing":
        log.error(
            Code.KEY_MISSING,
            f"the key {name!r} is missing",
            at=source.value_span(path[:-1]),
            hint=f"add {name}: …",
        )
        return
    message, hint = _plain_words(error)
    where = ".".join(str(part) for part in path) or "the file"
    log.error(Code.VALUE_INVALID, f"{where}: {message}", at=_value(path, source), hint=hint)


def _value(path: Path, source: Yaml) -> Span:
    """Give the place of a value; what pydantic adds to a path (union members) is left out."""
    while path and path not in source.values:
        path = path[:-1]
    return source.value_span(path)


def _plain_words(error: ErrorDetails) -> tuple[str, str]:
    value = error.get("input")
    shown = (
        repr(value)
        if not isinstance(value, Mapping | Sequence) or isinstance(value, str)
        else ("a mapping" if isinstance(value, Mapping) else "a list")
    )
    kind = error["type"]
    context = error.get("ctx", {})
    if kind == "literal_error":
        expected = str(context.get("expected", ""))
        words = re.findall(r"'([^']*)'", expected)
        return f"{shown} is none of {expected}", did_you_mean(
            str(value), words, otherwise=f"write {expected}"
        )
    wanted = {
        "string_type": "text",
        "bool_parsing": "true or false",
        "bool_type": "true or false",
        "int_parsing": "a whole number",
        "int_type": "a whole number",
        "float_parsing": "a number",
        "float_type": "a number",
        "list_type": "a list",
        "dict_type": "a mapping of keys and values",
        "model_type": "a mapping of keys and values",
        "model_attributes_type": "a mapping of keys and values",
    }
    if kind in wanted:
        return f"{shown} is not {wanted[kind]}", f"write {wanted[kind]}"
    if kind == "string_too_short":
        return "the text is empty", "write something, or delete the key"
    if kind == "value_error":
        return f"{shown}: {context.get('error', error['msg'])}", "see the manual for this key"
    return f"{shown}: {error['msg'].lower()}", "see the manual for this key"


def _keys_at(model: type[BaseModel], path: Path) -> list[str]:
    """Give the keys that a model has at a path."""
    current: type[BaseModel] | None = model
    for part in path:
        if current is None or isinstance(part, int):
            continue
        current = _inner_model(current, part)
    if current is None:
        return []
    return [field.alias or name for name, field in current.model_fields.items()]


def _inner_model(model: type[BaseModel], key: str) -> type[BaseModel] | None:
    for name, info in model.model_fields.items():
        if key in (name, info.alias):
            return next(iter(_models(info.annotation)), None)
    return None


def _models(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) is None:
        return []
    return [model for part in get_args(annotation) for model in _models(part)]
