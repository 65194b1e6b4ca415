"""Marks: quotation marks, dashes, hyphens in ranges, spaces. Each finding has its one answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from builder.diagnostics import Code
from builder.editorial.places import span_of
from builder.editorial.rule import Edit, Finding, Typescript
from builder.editorial.source_text import MASK, prose_of
from builder.passes.typography import NUMBERED, REACH

QUOTES = {"en": "“”", "de": "„“", "ru": "«»", "tr": "“”", "az": "“”"}
"""The quotation marks of a language, opening and closing; others have more than one answer."""

_SPACES = re.compile(r"(?<=[^\s|>#\ufffc:*+-])(?P<wrong>  +)(?=[^\s|\ufffc:\\])")
_RANGE = re.compile(
    r"(?<![\w.,:/-])(?P<first>\d{1,4})(?P<wrong>-)(?P<last>\d{1,4})(?=[^\w:/.,-]|[.,](?!\d)|$)"
)
_MARKER = re.compile(r"\s*(?:\d+|[A-Za-z]{1,4})[.)]")
_STRAIGHT = re.compile(r"\"")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_DASHES = {
    "–": re.compile(r"(?<=[\w”’)»,.!?%])[ \u00a0]– ?(?=\S)"),
    "—": re.compile(r"(?<=[\w”’)»%])—(?=[\w“‘(«])"),
    " — ": re.compile(r"(?<=[\w”’)»,.!?%])[ \u00a0]— (?=\S)"),
}
_HYPHEN_DASH = re.compile(r"(?<=[^\W\d_]|[”’)»])(?P<wrong> --? |--)(?=[^\W\d_]|[“‘(«])")
_WRITTEN = {"–": " – ", "—": "—", " — ": " — "}


def spaces_double(manuscript: Typescript) -> Iterator[Finding]:
    """Find two spaces between words."""
    for name, prose in _files(manuscript):
        for found in _SPACES.finditer(prose):
            line = prose[prose.rfind("\n", 0, found.start()) + 1 : found.start()]
            if line.lstrip().startswith("|") or _MARKER.fullmatch(line):
                continue  # the cells of a table, and the items of a list, may be aligned
            yield _finding(
                manuscript,
                Code.SPACES_DOUBLE,
                "there are two spaces between the words",
                (name, found.start(), found.end(), " "),
                "write one",
            )


def range_hyphen(manuscript: Typescript) -> Iterator[Finding]:
    """Find hyphens in spans of years or numbers, where an en dash belongs."""
    for name, prose in _files(manuscript):
        for found in _RANGE.finditer(prose):
            if _is_range(found, prose):
                yield _finding(
                    manuscript,
                    Code.RANGE_HYPHEN,
                    f"{found[0]!r} has a hyphen",
                    (name, found.start("wrong"), found.end("wrong"), "–"),
                    f"write the dash that spans: {found['first']}–{found['last']}",
                )


def _is_range(found: re.Match[str], prose: str) -> bool:
    """Tell a span from a score, a telephone number or the number of a document."""
    first, last = found["first"], found["last"]
    if NUMBERED.search(prose[max(found.start() - REACH, 0) : found.start()]):
        return False
    if first.startswith("0"):
        return False
    if len(first) == 4 and len(last) == 2:
        return int(first[2:]) < int(last)  # 2011-12
    if len(first) == 4 or len(last) == 4:
        return 1000 <= int(first) < int(last) <= 2100
    return int(first) < int(last) and not last.startswith("0")


def quotes_mixed(manuscript: Typescript) -> Iterator[Finding]:
    """Find straight quotation marks and apostrophes beside typographic ones."""
    pair = QUOTES.get(manuscript.language)
    files = list(_files(manuscript))
    everything = "".join(prose for _, prose in files)
    if pair and any(mark in everything for mark in "“”„«»"):
        for name, prose in files:
            yield from _straight(manuscript, name, prose, pair)
    if re.search(r"[^\W\d_]’[^\W\d_]", everything):
        for name, prose in files:
            for found in _APOSTROPHE.finditer(prose):
                yield _finding(
                    manuscript,
                    Code.QUOTES_MIXED,
                    "this apostrophe is straight, others are curved",
                    (name, found.start(), found.end(), "’"),
                    "write ’",
                )


def _straight(manuscript: Typescript, name: str, prose: str, pair: str) -> Iterator[Finding]:
    """Report straight marks; a paragraph with an odd number of them has no one right answer."""
    for begin, end in _paragraphs(prose):
        marks = [f.start() for f in _STRAIGHT.finditer(prose, begin, end) if not _inch(prose, f)]
        for count, place in enumerate(marks):
            opening = count % 2 == 0
            fits = _opens(prose, place) if opening else _closes(prose, place)
            sure = len(marks) % 2 == 0 and fits
            new = pair[0] if opening else pair[1]
            yield _finding(
                manuscript,
                Code.QUOTES_MIXED,
                "this quotation mark is straight, others are typographic",
                (name, place, place + 1, new) if sure else (name, place, place + 1, None),
                f"write {pair[0]}…{pair[1]}",
            )


def _paragraphs(prose: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in re.finditer(r"\n[ \t]*\n", prose):
        yield start, gap.start()
        start = gap.end()
    yield start, len(prose)


def _inch(prose: str, found: re.Match[str]) -> bool:
    return prose[found.start() - 1 : found.start()].isdigit()


def _opens(prose: str, place: int) -> bool:
    before, after = prose[place - 1 : place], prose[place + 1 : place + 2]
    return (not before or before in " \n\t([" + MASK) and after not in ("", " ", "\n")


def _closes(prose: str, place: int) -> bool:
    before, after = prose[place - 1 : place], prose[place + 1 : place + 2]
    return before not in ("", " ", "\n") and (not after or not after.isalnum())


def dashes_mixed(manuscript: Typescript) -> Iterator[Finding]:
    """Find dashes of another kind than most, and hyphens in their place."""
    files = list(_files(manuscript))
    counts = Counter(
        {
            kind: sum(len(pattern.findall(prose)) for _, prose in files)
            for kind, pattern in _DASHES.items()
        }
    )
    usual, most = counts.most_common(1)[0]
    if not most:
        return
    tied = sum(count == most for count in counts.values()) > 1
    for name, prose in files:
        for kind, pattern in (*_DASHES.items(), ("-", _HYPHEN_DASH)):
            if kind == usual:
                continue
            for found in pattern.finditer(prose):
                new = None if tied else _WRITTEN[usual]
                yield _finding(
                    manuscript,
                    Code.DASHES_MIXED,
                    f"{found[0]!r} stands for a dash here, {_WRITTEN[usual]!r} in most places",
                    (name, found.start(), found.end(), new),
                    f"write {_WRITTEN[usual]!r} throughout",
                )


def _files(manuscript: Typescript) -> Iterator[tuple[str, str]]:
    for name, text in manuscript.sources.items():
        if name.endswith(".md") or name == "briefing.yml":
            yield name, prose_of(text, name)


def _finding(
    manuscript: Typescript,
    code: Code,
    message: str,
    edit: tuple[str, int, int, str | None],
    hint: str,
) -> Finding:
    name, start, end, new = edit
    at = span_of(manuscript.sources[name], start, name)
    return Finding(code, message, at, hint, None if new is None else Edit(name, start, end, new))
