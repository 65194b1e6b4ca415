"""What pydantic found wrong, in plain words, at the line and column of the fault."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

from builder.diagnostics import Code, Diagnostics, did_you_mean

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from builder.yaml_source import Path, Plain, Yaml

_KINDS = {
    "string": ("text", "write text; in quotes if it looks like something else"),
    "bool": ("true or false", "write true or false"),
    "int": ("a whole number", "write a whole number, without quotes"),
    "float": ("a number", "write a number, without quotes"),
    "list": ("a list", "write [one, two], or one '- item' a line"),
    "dict": ("a mapping", "write 'key: value' lines below it"),
    "model": ("a mapping", "write 'key: value' lines below it"),
    "dataclass": ("a mapping", "write 'key: value' lines below it"),
}
_BOUNDS = {
    "greater_than": ("is not more than {gt}", "write more than {gt}"),
    "greater_than_equal": ("is less than {ge}", "write {ge} or more"),
    "less_than": ("is not less than {lt}", "write less than {lt}"),
    "less_than_equal": ("is more than {le}", "write {le} or less"),
    "string_too_long": ("is longer than {max_length} characters", "shorten it"),
    "too_short": ("has too few items", "write {min_length} or more"),
    "too_long": ("has too many items", "write {max_length} at most"),
}

MOST_FAULTS = 200
"""Of one file; each is looked for among its lines."""


def report_faults(
    error: ValidationError,
    model: type[BaseModel],
    source: Yaml,
    path: Path,
    log: Diagnostics,
) -> None:
    """Log each fault once, in the order of the fields; of a union's branches, the one meant."""
    faults = [(_place(source, path, detail), detail) for detail in error.errors()[:MOST_FAULTS]]
    for place, detail in _meant(faults, source):
        match detail["type"]:
            case "extra_forbidden":
                _unknown(place, detail, model, source, log)
            case "missing":
                _missing(place, detail, model, source, log)
            case _:
                _invalid(place, detail, source, log)


def _unknown(
    place: Path,
    detail: ErrorDetails,
    model: type[BaseModel],
    source: Yaml,
    log: Diagnostics,
) -> None:
    key = str(place[-1])
    known = _keys(model, detail["loc"][:-1])
    log.error(
        Code.KEY_UNKNOWN,
        f"{_named(place[:-1])}has no key {key!r}" if place[:-1] else f"there is no key {key!r}",
        at=source.span(place),
        hint=did_you_mean(key, known, otherwise=f"known keys: {', '.join(known)}"),
    )


def _missing(
    place: Path,
    detail: ErrorDetails,
    model: type[BaseModel],
    source: Yaml,
    log: Diagnostics,
) -> None:
    key = str(detail["loc"][-1])
    about = _describe(model, detail["loc"])
    log.error(
        Code.KEY_MISSING,
        f"{_named(place)}needs the key {key!r}" if place else f"the key {key!r} is missing",
        at=source.span(place),
        hint=f"add '{key}: …'" + (f" ({about[:1].lower()}{about[1:]})" if about else ""),
    )


def _invalid(place: Path, detail: ErrorDetails, source: Yaml, log: Diagnostics) -> None:
    value = source.value(place)
    message, hint = _words(detail, value)
    log.error(
        Code.VALUE_INVALID,
        f"{_named(place, ': ')}{message}",
        at=source.value_span(place),
        hint=hint,
    )


def _words(detail: ErrorDetails, value: Plain) -> tuple[str, str]:
    """Say what a value is, and what to write instead."""
    kind, context = detail["type"], detail.get("ctx", {})
    shown = _shown(value)
    if kind in ("literal_error", "enum"):
        expected = str(context.get("expected", ""))
        allowed = [w.strip("' ") for w in expected.replace(" or ", ",").split(",")]
        hint = did_you_mean(str(value), allowed, otherwise=f"write one of {', '.join(allowed)}")
        return f"{shown} is not among the values that can stand here", hint
    if kind == "value_error":
        return f"{shown} is not valid", str(context.get("error", detail["msg"]))
    if kind == "string_too_short":
        return (f"{shown} is too short", "write more") if value else ("it is empty", "write text")
    if kind == "string_pattern_mismatch":
        return f"{shown} is not valid", f"it has to match {context.get('pattern', '')}"
    if kind in _BOUNDS:
        message, hint = _BOUNDS[kind]
        return f"{shown} {message.format_map(context)}", hint.format_map(context)
    if value is None:
        return (
            "the value is missing",
            "write one after the colon; in quotes if it begins with #",
        )
    name = kind.partition("_")[0]
    if name in _KINDS:
        what, hint = _KINDS[name]
        return f"{shown} is not {what}", hint
    return f"{shown} is not valid", detail["msg"][:1].lower() + detail["msg"][1:]


def _shown(value: Plain) -> str:
    match value:
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case bool():
            return str(value).lower()
        case str() if len(value) > 60:
            return repr(f"{value[:57]}...")
        case str():
            return repr(value)
        case _:
            return str(value)


def _named(place: Path, after: str = " ") -> str:
    """Name a place as authors would: contact.email, or sections, item 2."""
    text = ""
    for step in place:
        if isinstance(step, int):
            text += f" item {step + 1}" if text else f"item {step + 1}"
        else:
            text += f".{step}" if text else step
    return f"{text}{after}" if text else ""


def _place(source: Yaml, path: Path, detail: ErrorDetails) -> Path:
    """Give the path in the data, without the names of branches and functions that pydantic adds."""
    place = path
    for step in detail["loc"]:
        if source.has((*place, step)):
            place = (*place, step)
    return place


def _meant(
    faults: list[tuple[Path, ErrorDetails]], source: Yaml
) -> Iterator[tuple[Path, ErrorDetails]]:
    """Leave out what only says that a value is not of another branch of its union."""
    told: set[tuple[Path, str]] = set()
    for place, detail in faults:
        deeper = any(len(p) > len(place) and p[: len(place)] == place for p, _ in faults)
        absent = detail["type"] in ("extra_forbidden", "missing")
        if deeper and not absent and isinstance(source.value(place), dict | list):
            continue
        what = str(detail["loc"][-1]) if absent else ""
        if (place, what) not in told:
            told.add((place, what))
            yield place, detail


def _keys(model: type[BaseModel], loc: Iterable[str | int]) -> list[str]:
    """Give the keys that a mapping may have, by the names that authors write."""
    return [
        field.alias or name
        for owner in _models_at(model, loc)
        for name, field in owner.model_fields.items()
    ]


def _describe(model: type[BaseModel], loc: tuple[str | int, ...]) -> str:
    for owner in _models_at(model, loc[:-1]):
        for name, field in owner.model_fields.items():
            if loc[-1] in (name, field.alias):
                return field.description or ""
    return ""


def _models_at(model: type[BaseModel], loc: Iterable[str | int]) -> list[type[BaseModel]]:
    """Follow pydantic's location through the annotations of the models."""
    here: list[object] = [model]
    for step in loc:
        found = [inner for kind in here for inner in _step(kind, step)]
        here = found or here  # the name of a branch leads nowhere: stay
    return [m for kind in here for m in _models_in(kind)]


def _step(kind: object, step: str | int) -> Iterator[object]:
    for model in _models_in(kind):
        known = [f.annotation for n, f in model.model_fields.items() if step in (n, f.alias)]
        yield from known or _others(model)
    for part in _parts(kind):
        arguments = typing.get_args(part)
        if typing.get_origin(part) in (list, tuple) and isinstance(step, int):
            yield arguments[0]
        if typing.get_origin(part) is dict and isinstance(step, str):
            yield arguments[1]


def _others(model: type[BaseModel]) -> Iterator[object]:
    """Give what a model takes for keys of any other name."""
    if model.model_config.get("extra") == "allow":
        yield typing.get_args(typing.get_type_hints(model)["__pydantic_extra__"])[1]


def _models_in(kind: object) -> list[type[BaseModel]]:
    return [p for p in _parts(kind) if isinstance(p, type) and issubclass(p, BaseModel)]


def _parts(kind: object) -> list[object]:
    """Give the members of a union, without Annotated around them."""
    origin = typing.get_origin(kind)
    if origin is typing.Annotated:
        return _parts(typing.get_args(kind)[0])
    if origin in (typing.Union, types.UnionType):
        return [p for member in typing.get_args(kind) for p in _parts(member)]
    return [kind]
