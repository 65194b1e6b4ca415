"""Switching rules off in the text: comments, and how far each reaches.

`<!-- check: off rule -->` reaches to `<!-- check: on rule -->`, or to the end of the div or file;
`<!-- check: skip rule -->` to the end of the block that follows, or that it stands in. In YAML the
same is written behind a number sign. Brackets behind the rules may say why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from builder.diagnostics import EDITORIAL, Code, Span, did_you_mean
from builder.editorial.places import span_of
from builder.editorial.rule import Finding

NAMES = {code.value: code for code in EDITORIAL}
_COMMENT = re.compile(
    r"(?P<open><!--|#)[ \t]*check:[ \t]*(?P<verb>[\w-]*)[ \t]*(?P<rules>[\w, \t-]*?)[ \t]*"
    r"(?:\([^)\n]*\))?[ \t]*(?P<close>-->|$)",
    re.MULTILINE,
)
_FENCE = re.compile(r"^[ \t]*(?P<colons>:{3,})[ \t]*(?P<rest>.*?)[ \t]*:*[ \t]*$")
_VERBS = ("off", "on", "skip")


@dataclass(frozen=True, slots=True)
class Reach:
    """Lines of a file in which some rules are silent; first and last, from 1."""

    file: str
    first: int
    last: int
    codes: frozenset[Code]

    def covers(self, finding: Finding) -> bool:
        """Tell whether a finding is silenced."""
        inside = self.first <= finding.at.line <= self.last
        return finding.at.file == self.file and inside and finding.code in self.codes


def reaches(sources: Mapping[str, str]) -> Iterator[Reach]:
    """Give what the comments of all files silence."""
    for name, text in sources.items():
        lines = text.split("\n")
        for comment in _comments(text, name):
            codes = frozenset(NAMES[rule] for rule in comment.rules if rule in NAMES)
            if comment.verb == "skip":
                yield Reach(name, *_block(lines, comment, name), codes)
            elif comment.verb == "off":
                for code in sorted(codes, key=lambda code: code.value):
                    last = _last(lines, comment, code, text, name)
                    yield Reach(name, comment.line, last, frozenset({code}))


def faults(sources: Mapping[str, str]) -> Iterator[Finding]:
    """Find switches that switch nothing: an unknown word or rule, or no rule at all."""
    for name, text in sources.items():
        for comment in _comments(text, name):
            message = hint = ""
            unknown = [rule for rule in comment.rules if rule not in NAMES]
            if comment.verb not in _VERBS:
                message = f"{comment.verb!r} is no switch"
                hint = did_you_mean(comment.verb, _VERBS, otherwise="write off, on or skip")
            elif unknown:
                message = f"no rule is called {unknown[0]!r}"
                hint = did_you_mean(unknown[0], NAMES, otherwise="the rules are in docs/check.md")
            elif not comment.rules:
                message = "the switch names no rule"
                hint = "write check: skip rule-name"
            if message:
                yield Finding(Code.CHECK_COMMENT, message, comment.at, hint)


@dataclass(frozen=True, slots=True)
class _Comment:
    verb: str
    rules: tuple[str, ...]
    at: Span
    alone: bool  # on a line of its own

    @property
    def line(self) -> int:
        return self.at.line


@lru_cache(maxsize=64)
def _comments(text: str, name: str) -> tuple[_Comment, ...]:
    return tuple(_comments_of(text, name))


def _comments_of(text: str, name: str) -> Iterator[_Comment]:
    lines = text.split("\n")
    front = _front_lines(text) if name.endswith(".md") else text.count("\n") + 1
    for found in _COMMENT.finditer(text):
        at = span_of(text, found.start(), name)
        in_yaml = at.line <= front
        if in_yaml != (found["open"] == "#") or (found["close"] == "-->") == in_yaml:
            continue
        line = lines[at.line - 1].strip()
        rules = tuple(word for word in re.split(r"[\s,]+", found["rules"]) if word)
        yield _Comment(found["verb"], rules, at, line == found[0].strip())


def _front_lines(text: str) -> int:
    """Give the number of the line that closes the front matter; 0 where there is none."""
    found = re.match(r"---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*$", text, re.DOTALL | re.MULTILINE)
    return text.count("\n", 0, found.end()) + 1 if found else 0


def _last(lines: list[str], comment: _Comment, code: Code, text: str, name: str) -> int:
    """Give the last line that an `off` reaches."""
    end = len(lines)
    if name.endswith(".md"):
        front = _front_lines(text)
        end = front if comment.line <= front else _end_of_div(lines, comment.line)
    for other in _comments(text, name):
        if other.verb == "on" and other.line > comment.line and code.value in other.rules:
            return min(end, other.line)
    return end


def _end_of_div(lines: list[str], line: int) -> int:
    """Give the line of the fence that closes the div around a line; else the last one."""
    depth = 0
    for number in range(line, len(lines)):
        found = _FENCE.match(lines[number])
        if found:
            depth += 1 if found["rest"] else -1
            if depth < 0:
                return number + 1
    return len(lines)


def _block(lines: list[str], comment: _Comment, name: str) -> tuple[int, int]:
    """Give the lines of the block that a `skip` is about."""
    index = comment.line - 1
    if (
        not name.endswith(".md")
        or lines[index].lstrip().startswith("#")
        or "<!--" not in lines[index]
    ):
        return _entry(lines, index, alone=comment.alone)
    if not comment.alone:
        return _paragraph(lines, index)
    start = index + 1
    while start < len(lines) and not lines[start].strip():
        start += 1
    if start < len(lines) and (fence := _FENCE.match(lines[start])) and fence["rest"]:
        return comment.line, _end_of_div(lines, start + 1)
    first, last = _paragraph(lines, min(start, len(lines) - 1))
    if first <= comment.line and lines[index - 1 : index] != [""]:
        return first, last
    return comment.line, _with_caption(lines, last)


def _paragraph(lines: list[str], index: int) -> tuple[int, int]:
    first = last = index
    while first > 0 and lines[first - 1].strip():
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].strip():
        last += 1
    return first + 1, last + 1


def _with_caption(lines: list[str], last: int) -> int:
    """Take in the caption that follows a table."""
    following = last
    while following < len(lines) and not lines[following].strip():
        following += 1
    if not lines[last - 1].lstrip().startswith("|") or following == len(lines):
        return last
    if re.match(r"(?:Table)?:[ \t]+", lines[following]):
        return _paragraph(lines, following)[1]
    return last


def _entry(lines: list[str], index: int, *, alone: bool) -> tuple[int, int]:
    """Give the lines of a YAML entry: the comment's own, or the one below it."""
    start = index + 1 if alone and index + 1 < len(lines) else index
    indent = len(lines[start]) - len(lines[start].lstrip())
    last = start
    while last + 1 < len(lines) and lines[last + 1].strip():
        if len(lines[last + 1]) - len(lines[last + 1].lstrip()) <= indent:
            break
        last += 1
    return index + 1, last + 1
