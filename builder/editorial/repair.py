"""Repairing what has one right answer: edits found until none is left, then written at once."""

from __future__ import annotations

import difflib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from builder.diagnostics import Code
from builder.editorial.desk import Loudness
from builder.editorial.marks import dashes_mixed, quotes_mixed, range_hyphen, spaces_double
from builder.editorial.rule import Edit
from builder.editorial.source_text import MASK, without_code
from builder.editorial.switches import reaches

RULES = {
    Code.SPACES_DOUBLE: spaces_double,
    Code.RANGE_HYPHEN: range_hyphen,
    Code.QUOTES_MIXED: quotes_mixed,
    Code.DASHES_MIXED: dashes_mixed,
}
"""The rules whose findings may carry an edit; they look at the text alone."""

_ROUNDS = 8
_ID = re.compile(r"\{#(?P<id>[A-Za-z][\w:.-]*)")


@dataclass(frozen=True, slots=True)
class Copy:
    """The text of a briefing's files, and its language."""

    sources: Mapping[str, str]
    language: str


@dataclass(frozen=True, slots=True)
class Page:
    """A file as it was read: its bytes, and its text without byte order mark and returns."""

    path: Path
    raw: bytes

    @property
    def text(self) -> str:
        """The text that edits count in. Raises UnicodeDecodeError where it is no UTF-8."""
        return self.raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")

    def with_text(self, text: str) -> bytes:
        """Give the bytes of another text, with this file's mark and its lines' own endings."""
        endings = re.findall(r"\r\n|\r|\n", self.raw.decode("utf-8-sig"))
        lines = text.split("\n")
        if len(lines) != len(endings) + 1:
            raise ValueError("a repair may not change the number of lines")
        joined = "".join(line + ending for line, ending in zip(lines, [*endings, ""], strict=True))
        mark = b"\xef\xbb\xbf" if self.raw.startswith(b"\xef\xbb\xbf") else b""
        return mark + joined.encode()


class ChangedMeanwhileError(Exception):
    """A file is not as it was read."""


def repaired(copy: Copy, loudness: Loudness) -> Mapping[str, str]:
    """Give the files' text with every repair made; repairing it again changes nothing."""
    for _ in range(_ROUNDS):
        edits = sorted(_edits(copy, loudness))
        if not edits:
            return copy.sources
        copy = Copy(apply(copy.sources, edits), copy.language)
    return copy.sources


def _edits(copy: Copy, loudness: Loudness) -> Iterator[Edit]:
    silent = tuple(reaches(copy.sources))
    for code, rule in RULES.items():
        if loudness.get(code.value) == "off":
            continue
        for finding in rule(copy):
            if finding.edit and not any(reach.covers(finding) for reach in silent):
                yield finding.edit
    yield from _ids(copy.sources)


def _ids(sources: Mapping[str, str]) -> Iterator[Edit]:
    """Give the second thing of one id another: references go on leading to the first."""
    pages = {name: without_code(text) for name, text in sources.items() if name.endswith(".md")}
    given = [found["id"] for text in pages.values() for found in _ID.finditer(text)]
    taken, seen = set(given), set[str]()
    for name, text in pages.items():
        for found in _ID.finditer(text):
            label = found["id"]
            if label in seen and MASK not in label:
                number = 2
                while f"{label}-{number}" in taken:
                    number += 1
                taken.add(f"{label}-{number}")
                yield Edit(name, found.start("id"), found.end("id"), f"{label}-{number}")
            seen.add(label)


def apply(sources: Mapping[str, str], edits: list[Edit]) -> Mapping[str, str]:
    """Make edits, given in order; of two that overlap the first."""
    result = dict(sources)
    for name in {edit.file for edit in edits}:
        text, parts, end = sources[name], [], 0
        for edit in (e for e in edits if e.file == name):
            if edit.start >= end:
                parts += [text[end : edit.start], edit.new]
                end = edit.end
        result[name] = "".join(parts) + text[end:]
    return result


def difference(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """Give a unified diff of all files, line by line."""
    for name, text in before.items():
        if after[name] != text:
            yield from difflib.unified_diff(
                text.splitlines(keepends=True),
                after[name].splitlines(keepends=True),
                f"a/{name}",
                f"b/{name}",
            )


def write(pages: Mapping[str, Page], after: Mapping[str, str]) -> tuple[str, ...]:
    """Write changed files, all or none of them; give their names.

    Each is staged beside its place and moved there at once. Raises ChangedMeanwhileError where a
    file is no longer what was read, OSError where one cannot be written.
    """
    staged: dict[str, Path] = {}
    try:
        for name, page in pages.items():
            if after[name] != page.text:
                staged[name] = _stage(page, after[name])
        for name in staged:
            if pages[name].path.read_bytes() != pages[name].raw:
                raise ChangedMeanwhileError(name)
        for name in list(staged):
            os.replace(staged[name], pages[name].path)
            del staged[name]
            # what is moved is done; a fault of the next one leaves whole files behind
    finally:
        for path in staged.values():
            path.unlink(missing_ok=True)
    return tuple(name for name, page in pages.items() if after[name] != page.text)


def _stage(page: Page, text: str) -> Path:
    handle, name = tempfile.mkstemp(prefix=".repair-", dir=page.path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(page.with_text(text))
        file.flush()
        os.fsync(file.fileno())
    shutil.copymode(page.path, name)
    return Path(name)
