"""The prose of a file as typed: code, addresses, YAML keys and marks of the dialect masked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from builder.diagnostics import Diagnostics
from builder.readers.markdown import make_parser
from builder.readers.section import split_front_matter
from builder.yaml_source import read_yaml

MASK = "\ufffc"

FRONT_KEYS = frozenset(
    ("title", "short-title", "takeaway", "standfirst", "key-points", "key-points-title")
)
SETTINGS_KEYS = frozenset(
    ("title", "subtitle", "eyebrow", "byline", "abstract", "closing", "deck", "rights", "series")
)
_PROSE_ATTRIBUTE = re.compile(
    r"\b(?:subtitle|source|alt|fig-alt|title|context)=\"((?:[^\"\\]|\\.)*)\""
)
_BRACES = re.compile(r"\{(?:[^{}\"]|\"(?:[^\"\\]|\\.)*\")*\}")
_MASKED = re.compile(
    r"<!--.*?-->|(?<!`)(`++).{0,5000}?(?<!`)\1(?!`)|\{\{<.{0,500}?>\}\}|\[(?=[^\]\[]*@[\w-])[^\]\[]*\]|@[\w:.#/-]*\w"
    r"|(?<=\])\([^()\s]*(?:\([^()]*\)[^()\s]*)*\)|<[a-z]+:[^<>\s]+>|\b(?:https?://|www\.|mailto:)[^\s<>)\]]+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+|\[\^[^\]\s]+\]:?|\\.|\b\w{1,200}(?:[./]\w+){0,20}\.(?:md|csv|yml|png|svg|jpe?g|pdf)\b",
    re.DOTALL,
)
_INLINE_CODE = re.compile(r"<!--.*?-->|(?<!`)(`++).{0,5000}?(?<!`)\1(?!`)", re.DOTALL)
_DIV = re.compile(r"^[ \t]*:{3,}.*$", re.MULTILINE)
_DIAGRAM = re.compile(r"^:{3,}[^\n]*\.diagram\b.*?^:{3,}[ \t]*$", re.MULTILINE | re.DOTALL)
_RULES = re.compile(r"^(?:(?=[^\n]*--)[ \t:|-]+|[*_ \t]{3,})$", re.MULTILINE)


@lru_cache(maxsize=64)
def prose_of(text: str, name: str) -> str:
    """Give a file's text of the same length, every character that is no prose masked."""
    if name.endswith(".md"):
        front, body = split_front_matter(text, name, Diagnostics())
        start = len(text) - len(body.lstrip("\n")) if front is not None else 0
        shown = _hidden_all(text[:start]) + _markdown(text[start:])
        if front is None:
            return shown
        opening = text.index("\n") + 1
        return _with_values(shown, front, opening, FRONT_KEYS)
    return _with_values(_hidden_all(text), text, 0, SETTINGS_KEYS)


def without_code(text: str) -> str:
    """Give a Markdown text of the same length with code, comments and nothing else masked."""
    masked = list(text)
    for start, end in _code(text):
        _hide(masked, start, end)
    for found in _INLINE_CODE.finditer(text):
        _hide(masked, found.start(), found.end())
    return "".join(masked)


def _markdown(text: str) -> str:
    masked = list(text)
    for start, end in _code(text):
        _hide(masked, start, end)
    for pattern in (_DIAGRAM, _RULES):
        for found in pattern.finditer(text):
            _hide(masked, found.start(), found.end())
    for found in _MASKED.finditer(text):
        _hide(masked, found.start(), found.end())
    for found in _DIV.finditer(text):
        _hide_braces(masked, text, found.start(), found.end())
    for found in _BRACES.finditer(text):
        _hide_braces(masked, text, found.start(), found.end())
    return "".join(masked)


def _hide_braces(masked: list[str], text: str, start: int, end: int) -> None:
    """Mask attributes but for the values that are read as prose."""
    kept = [found.span(1) for found in _PROSE_ATTRIBUTE.finditer(text, start, end)]
    for place in range(start, end):
        inside = any(first <= place < last for first, last in kept)
        if not inside and masked[place] != "\n":
            masked[place] = MASK


def _code(text: str) -> Iterator[tuple[int, int]]:
    """Give where code blocks stand."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    for token in make_parser().parse(text):
        if token.type in ("fence", "code_block") and token.map:
            yield starts[token.map[0]], min(starts[token.map[1]], len(text))


def _with_values(shown: str, yaml_text: str, offset: int, keys: frozenset[str]) -> str:
    """Lay the values of some keys of a YAML text over the masked one."""
    yaml = read_yaml(yaml_text, "", Diagnostics())
    if yaml is None or not isinstance(yaml.root, MappingNode):
        return shown
    result = list(shown)
    for key, value in yaml.root.value:
        if key.value in keys:
            for start, end in _scalars(value):
                result[offset + start : offset + end] = _inline(yaml_text[start:end])
    return "".join(result)


def _scalars(node: Node) -> Iterator[tuple[int, int]]:
    if isinstance(node, ScalarNode):
        quoted = int(node.style in ("'", '"'))
        if node.tag in ("plain", "!", "tag:yaml.org,2002:str"):
            yield node.start_mark.index + quoted, node.end_mark.index - quoted
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _scalars(item)
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == "closing":
                yield from _scalars(value)


def _inline(text: str) -> str:
    masked = list(text)
    for found in _MASKED.finditer(text):
        _hide(masked, found.start(), found.end())
    for found in _BRACES.finditer(text):
        _hide_braces(masked, text, found.start(), found.end())
    return "".join(masked)


def _hidden_all(text: str) -> str:
    return re.sub(r"[^\n]", MASK, text)


def _hide(masked: list[str], start: int, end: int) -> None:
    for place in range(start, end):
        if masked[place] != "\n":
            masked[place] = MASK
