"""YAML that cannot be read: where it breaks off, in an author's words."""

from __future__ import annotations

import re
from typing import Protocol

import yaml
from yaml.events import CollectionEndEvent, CollectionStartEvent

from builder.diagnostics import Code, Diagnostics, Span

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Mark(Protocol):
    """A place as YAML's parser counts it: from 0."""

    line: int
    column: int


def span_of(mark: Mark | None, file: str, first_line: int, *, inside: int = 0) -> Span:
    """Give the place of a mark in its file; without one, the text's beginning."""
    if mark is None:
        return Span(file, first_line, 1)
    return Span(file, first_line + mark.line, mark.column + 1 + inside)


_HINTS = (
    ("found a tab character", "indent by spaces, not tabs"),
    ("mapping values are not allowed", "put the value in quotes: it holds a colon"),
    ("found character that cannot", "indent by spaces, not tabs; quote text that has @ or ` first"),
    ("could not find expected ':'", "a key needs a colon and a space after it"),
    (
        "expected <document start>",
        "check the indentation: keys of one level begin in the same column",
    ),
    ("did not find expected key", "check the indentation; put quotes around the whole value"),
    ("unknown escape character", "write the text in single quotes, or \\\\ for a backslash"),
    ("undefined alias", "put text that begins with * in quotes"),
    ("expected alphabetic or numeric", "put text that begins with * or & in quotes"),
    ("found unexpected end of stream", "close the quotation mark"),
    ("found unexpected document", "close the quotation mark"),
    ("expected ',' or", "close the bracket, and part the items by commas"),
    ("a value is missing", "write it, close the bracket, or take a comma away"),
    ("but found another document", "a file holds one document: take out the line ---"),
    ("expected '-' indicator", "begin every item of the list by a hyphen in the same column"),
)  # fmt: skip
_PLAIN = (
    ("found a tab character", "a tab stands where only spaces may"),
    ("mapping values are not allowed", "a second colon cannot stand here"),
    ("found character that cannot", "nothing can begin with this character"),
    ("did not find expected <document start>", "this line does not fit those above it"),
    ("did not find expected key", "this line does not fit those above it"),
    ("did not find expected '-' indicator", "this line is no item of the list above it"),
    ("could not find expected ':'", "this line is no 'key: value'"),
)
"""What YAML's parser says of frequent faults, in an author's words."""

_QUOTED = re.compile(r"""^\s*(?:-\s+|[\w-]+:\s+)(?P<mark>["'])""")
_NEXT_KEY = re.compile(r"^\s*(?:-\s|[\w-]+:(?:\s|$))")


def report_syntax(
    error: yaml.MarkedYAMLError, text: str, file: str, first_line: int, log: Diagnostics
) -> None:
    """Note an error where a text is no YAML."""
    context, problem = error.context or "", (error.problem or "this is no YAML").strip()
    quote = _open_quote(text)
    unclosed = "quoted scalar" in context and "end of stream" in problem
    if quote is not None or unclosed:
        at = span_of(error.context_mark, file, first_line)
        if quote is not None:
            at = Span(file, first_line + quote[0], quote[1] + 1)
        log.error(
            Code.QUOTE_UNCLOSED,
            "the quotation mark that opens here is never closed",
            at=at,
            hint="close it at the end of the value",
        )
        return
    opened: Mark | None = error.context_mark if "flow" in context else None
    place = error.problem_mark
    behind = place is None or not text[place.index :].strip()
    if "flow node" in context:
        opened = _open_bracket(text) if place is not None and behind else None
        problem = "a value is missing here"
    mark = place if opened is None else opened
    if opened is None and error.context_mark and (behind or "simple key" in context):
        mark = error.context_mark  # the key without a colon, or where it began that broke off
    hint = next((hint for words, hint in _HINTS if words in problem), "put the value in quotes")
    plain = next((said for words, said in _PLAIN if words in problem), problem)
    message = plain if opened is None else "the bracket that opens here is never closed"
    log.error(Code.YAML_SYNTAX, message, at=span_of(mark, file, first_line), hint=hint)


def _open_bracket(text: str) -> Mark | None:
    """Find the innermost bracket that is open where a text breaks off."""
    opened: list[Mark] = []
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            mark: Mark | None = event.start_mark
            if isinstance(event, CollectionStartEvent) and event.flow_style and mark:
                opened.append(mark)
            elif isinstance(event, CollectionEndEvent) and opened:
                opened.pop()
    except yaml.YAMLError:
        pass  # where it breaks off
    return opened[-1] if opened else None


def _open_quote(text: str) -> tuple[int, int] | None:
    """Find a value whose quotation mark is not closed in its line though the next is a new key."""
    lines = text.split("\n")
    for number, line in enumerate(lines[:-1]):
        match = _QUOTED.match(line)
        if match is None or not _NEXT_KEY.match(lines[number + 1]):
            continue
        mark = match["mark"]
        if mark not in line[match.end() :].replace("\\" + mark, "").replace("''", ""):
            return number, match.start("mark")
    return None


def report_unprintable(text: str, file: str, first_line: int, log: Diagnostics) -> None:
    """Note an error at the first character that YAML cannot hold."""
    found = _UNPRINTABLE.search(text)
    place = found.start() if found else 0
    line = text.count("\n", 0, place)
    column = place - (text.rfind("\n", 0, place) + 1)
    log.error(
        Code.YAML_SYNTAX,
        f"the character U+{ord(text[place]):04X} cannot stand in YAML" if text else "no text",
        at=Span(file, first_line + line, column + 1),
        hint="delete it, or write it as an escape in double quotes",
    )
