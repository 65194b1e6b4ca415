"""Variables in words that are no Markdown: a title of briefing.yml may name its reader.

Where no variable can stand, one that does is an error: it would be printed as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from builder.diagnostics import Code, Diagnostics, Span, did_you_mean
from builder.yaml_source import Path, Plain, Yaml, overlaid

TEXTS: tuple[Path, ...] = (
    *((key,) for key in ("title", "subtitle", "eyebrow", "byline", "series", "number")),
    *((key,) for key in ("abstract", "closing", "publisher", "rights")),
    *(("contact", key) for key in ("name", "email", "url", "lines")),
    *(("authors",), ("keywords",), ("deck", "closing")),
)
"""The keys whose values are words for readers; no path and no choice is ever filled in."""

ATTRIBUTES = (
    *("alt", "fig-alt", "title", "subtitle", "source", "context", "by", "role"),
    *("unit", "x-title", "y-title", "left", "right", "step"),
)
"""The attributes whose values are words for readers."""

OPENING = "{{<"
_APART = (("editions",), ("matrix",))
"""Keys that are looked at where an edition is made of them."""

_CLOSING = ">}}"
_NAME = re.compile(r"\s*(\w+)\s*")


def filled(yaml: Yaml, variables: Mapping[str, str], log: Diagnostics) -> Yaml:
    """Give briefing.yml with its variables filled in; its places stay as they were."""
    for path in TEXTS:
        written = yaml.value(path)
        filled_in: Plain
        if isinstance(written, str) and OPENING in written:
            filled_in = fill(written, variables, yaml.value_span(path), log)
        elif isinstance(written, list) and any(OPENING in str(text) for text in written):
            spans = (yaml.value_span((*path, place)) for place in range(len(written)))
            texts = zip(map(str, written), spans, strict=True)
            filled_in = [f for text, at in texts if (f := fill(text, variables, at, log))]
        else:
            continue
        for key in reversed(path):
            filled_in = {str(key): filled_in}
        yaml = overlaid(yaml, Yaml(filled_in, yaml.file))
    return yaml


def refuse_elsewhere(yaml: Yaml, texts: Collection[Path], log: Diagnostics) -> None:
    """Tell of shortcodes in values that are not filled in; `texts` are the keys of those that are.

    What a list gives may look like one: it is laid over briefing.yml afterwards.
    """
    for path, text in _texts(yaml.data, ()):
        keys = tuple(key for key in path if isinstance(key, str))
        if OPENING in text and keys not in texts and keys[:1] not in _APART:
            log.error(
                Code.SHORTCODE_UNKNOWN,
                f"no shortcode can stand in {'.'.join(keys)}",
                at=yaml.value_span(path),
                hint=f"write the words themselves; filled in are {', '.join(_named(texts))}",
            )


def _texts(data: Plain, path: Path) -> Iterator[tuple[Path, str]]:
    match data:
        case str():
            yield path, data
        case list():
            for place, item in enumerate(data):
                yield from _texts(item, (*path, place))
        case dict():
            for key, item in data.items():
                yield from _texts(item, (*path, key))


def _named(texts: Collection[Path]) -> list[str]:
    return [".".join(map(str, path)) for path in texts]


def fill(
    text: str,
    variables: Mapping[str, str],
    at: Span,
    log: Diagnostics,
    elsewhere: Collection[str] = (),
) -> str:
    """Give words with their variables filled in; those that only exist `elsewhere` are empty."""
    if OPENING not in text:
        return text

    def given(name: str, argument: str) -> str:
        if name == "var":
            return value_of(argument, variables, at, log, elsewhere)
        log.error(
            Code.SHORTCODE_UNKNOWN,
            f"{{{{< {name} >}}}} is no shortcode that can stand here",
            at=at,
            hint=did_you_mean(name, ["var"], otherwise="here stands {{< var … >}} only"),
        )
        return ""

    words, values, end = [], [], 0
    for found in _shortcodes(text):
        words.append(text[end : found.start])
        values.append(given(found.name, found.argument))
        end = found.end
    words.append(text[end:])
    if OPENING in "".join(words):
        log.error(
            Code.BRACKET_UNCLOSED,
            "the shortcode that opens here is never closed",
            at=at,
            hint="close it by >}}",
        )
    return "".join(map("".join, zip(words, (*values, ""), strict=True))).strip()


@dataclass(frozen=True, slots=True)
class _Shortcode:
    start: int
    end: int
    name: str
    argument: str


def _shortcodes(text: str) -> Iterator[_Shortcode]:
    """Find shortcodes, each of whose letters is looked at once: one may never end."""
    start, close = text.find(OPENING), 0
    while start >= 0:
        after = start + len(OPENING)
        if close < after:
            close = text.find(_CLOSING, after)
        if close < 0:
            return
        named = _NAME.match(text, after)
        end = after
        if named:
            end = close + len(_CLOSING)
            yield _Shortcode(start, end, named[1], text[named.end() : close].rstrip())
        start = text.find(OPENING, end)


def value_of(
    name: str,
    variables: Mapping[str, str],
    at: Span,
    log: Diagnostics,
    elsewhere: Collection[str] = (),
) -> str:
    """Give a variable's value; none, with an error, where it is not even known `elsewhere`."""
    if name not in variables and name not in elsewhere:
        log.error(
            Code.VARIABLE_UNDEFINED,
            f"no variable is called {name!r}",
            at=at,
            hint=did_you_mean(name, variables, otherwise="define it in briefing.yml: variables:"),
        )
    return variables.get(name, "")
