"""What templates run in: without Python's inside, without huge values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.loaders import split_template_path
from jinja2.runtime import Context
from jinja2.sandbox import (
    ImmutableSandboxedEnvironment,
    SandboxedEscapeFormatter,
    SandboxedFormatter,
)
from markupsafe import Markup

from builder.limits import LARGEST_TEXT

LARGEST = 1_000_000
"""Characters, or items, that a multiplication, a width or a count in a template may make."""

MOST_MADE = 50 * LARGEST
"""Characters by which `replace` and `join` may make a text longer: a whole page is one text."""

LARGEST_POWER = 64

_PRINTF = re.compile(r"%(?:\([^()%]*\))?[#0\- +]*(\*|\d+)?(?:\.(\*|\d+))?")
_DIGITS = len(str(LARGEST))
_COUNTING = ("batch", "center", "indent", "slice", "tojson", "truncate", "wordwrap")
"""Filters that take widths and counts."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Keeps templates from Python's inside, from changing values, and from making huge ones."""

    intercepted_binops = frozenset(("*", "**", "%"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in _COUNTING:
            self.filters[name] = _counted(self.filters[name])
        self.filters["format"] = _checked(self.filters["format"], _check_printf)
        self.filters["replace"] = _checked(self.filters["replace"], _check_replace)
        self.filters["join"] = _checked(self.filters["join"], _check_join)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Reckon, unless the result would be larger than any page needs."""
        if operator == "**" and abs(right) > LARGEST_POWER:
            raise SecurityError(f"{right!r} is too large a power")
        if operator == "*":
            _check_product(left, right)
        if operator == "%" and isinstance(left, str):
            _check_printf(left, *(right if isinstance(right, tuple) else (right,)))
        return super().call_binop(context, operator, left, right)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805  # as Jinja2 names them, which no keyword of a template can be
        """Call, unless a method of a text or a number was asked for more than any page needs."""
        text = getattr(__obj, "__self__", None)
        if isinstance(text, str | bytes | int):
            _check_counts((*args, *kwargs.values()))
            match getattr(__obj, "__name__", ""):
                case "replace":
                    _check_replace(text, *args)
                case "join":
                    _check_join(*args[:1], text)
                case "expandtabs":
                    _check_replace(text, "\t", " " * max((8, *args, *kwargs.values())))
        elif __obj in (jinja2.utils.generate_lorem_ipsum,):
            _check_counts((*args, *kwargs.values()))
        return super().call(__context, __obj, *args, **kwargs)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Give `str.format` with its widths looked at; None for anything else."""
        if super().wrap_str_format(value) is None:
            return None
        text: str = value.__self__
        formatter: SandboxedFormatter = _Formatter(self)
        if isinstance(text, Markup):
            formatter = _EscapeFormatter(self, escape=text.escape)
        with_map = value.__name__ == "format_map"

        def formatted(*args: Any, **kwargs: Any) -> str:
            given = (*args[:1], kwargs) if with_map else (args, kwargs)
            made = formatter.vformat(text, *((), given[0]) if with_map else given)
            return type(text)(made)

        return formatted


class Loader(jinja2.FileSystemLoader):
    """Loads templates from folders, none beyond a size."""

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Give a template's text. Raises TemplateError where it has more than 5 MB."""
        parts = split_template_path(template)
        found = (Path(folder, *parts) for folder in self.searchpath)
        path = next((path for path in found if path.is_file()), None)
        if path is not None and path.stat().st_size > LARGEST_TEXT:
            raise jinja2.TemplateError(f"it has more than {LARGEST_TEXT // 1_000_000} MB")
        return super().get_source(environment, template)


class _Widths:
    """Looks at the widths in a format's fields, those that are fields themselves filled in."""

    def format_field(self, value: Any, format_spec: str) -> str:
        _check_widths(re.findall(r"\d+", format_spec))
        made: str = super().format_field(value, format_spec)  # type: ignore[misc]  # a formatter's
        return made


class _Formatter(_Widths, SandboxedFormatter):
    pass


class _EscapeFormatter(_Widths, SandboxedEscapeFormatter):
    pass


def _counted(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a filter take no huge number besides its value."""
    before = 2 if hasattr(function, "jinja_pass_arg") else 1  # the context, the value

    @wraps(function)
    def careful(*args: Any, **kwargs: Any) -> Any:
        _check_counts((*args[before:], *kwargs.values()))
        return function(*args, **kwargs)

    return careful


def _checked(function: Callable[..., Any], check: Callable[..., None]) -> Callable[..., Any]:
    before = 1 if hasattr(function, "jinja_pass_arg") else 0

    @wraps(function)
    def careful(*args: Any, **kwargs: Any) -> Any:
        check(*args[before:], *kwargs.values())
        return function(*args, **kwargs)

    return careful


def _check_product(left: Any, right: Any) -> None:
    for one, other in ((left, right), (right, left)):
        if isinstance(one, int) and hasattr(other, "__len__") and one * len(other) > LARGEST:
            raise SecurityError(f"{one:,} times {type(other).__name__!r} is too much")


def _check_counts(given: Iterable[Any]) -> None:
    for number in given:
        if isinstance(number, int) and number > LARGEST:
            raise SecurityError(f"{number:,} is more than any page needs")


def _check_widths(written: Iterable[str]) -> None:
    for digits in written:
        if len(digits) > _DIGITS or int(digits) > LARGEST:
            raise SecurityError("a width is more than any page needs")


def _check_printf(text: Any, *values: Any) -> None:
    widths = [width for pair in _PRINTF.findall(str(text)) for width in pair if width]
    _check_widths(width for width in widths if width != "*")
    if "*" in widths:
        _check_counts(values)


def _check_replace(text: Any, old: Any = "", new: Any = "", *_: Any) -> None:
    times = len(text) // max(len(str(old)), 1) + 1 if hasattr(text, "__len__") else 1
    if times * len(str(new)) > MOST_MADE and str(text).count(str(old)) * len(str(new)) > MOST_MADE:
        raise SecurityError("it would make a text longer than any page needs")


def _check_join(items: Any = (), between: Any = "", *_: Any) -> None:
    if hasattr(items, "__len__") and len(items) * len(str(between)) > MOST_MADE:
        raise SecurityError("it would make a text longer than any page needs")
