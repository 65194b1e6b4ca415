"""What differs between two editions of a briefing: settings, variables, blocks of text."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from builder.diagnostics import NOWHERE, Diagnostics, Span
from builder.document.nodes import Document, Node, Section
from builder.document.walk import plain
from builder.job import Copy
from builder.readers.project import Project, flat, read_document, read_project

LONGEST = 72
_UNNAMED = {"id", "at", "blocks", "number"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two editions have each in their way."""

    what: str  # "language", "variables.rate", "paragraph"
    one: str | None  # None: the first edition does not have it
    other: str | None
    at: Span = NOWHERE

    def as_dict(self) -> dict[str, str | int | None]:
        """Give the difference in the form that `--format json` prints."""
        told = {"what": self.what, "one": self.one, "other": self.other}
        return {**told, "file": self.at.file, "line": self.at.line}


@dataclass(frozen=True, slots=True)
class Differences:
    """All that two editions have each in their way."""

    settings: tuple[Difference, ...]
    text: tuple[Difference, ...]


def compare(root: Path, one: str, other: str, log: Diagnostics) -> Differences | None:
    """Compare two editions; an empty name means the briefing as it stands.

    None, with errors in `log`, where the briefing cannot be read.
    """
    first, second = (read_project(root, log, Copy(name)) for name in (one, other))
    if first is None or second is None or log.has_errors:
        return None
    pair = tuple(read_document(project, {}, log) for project in (first, second))
    return Differences(tuple(_settings(first, second)), tuple(_text(*pair)))


def _settings(first: Project, second: Project) -> Iterator[Difference]:
    one, other = _values(first), _values(second)
    for key in [*one, *(k for k in other if k not in one)]:
        if one.get(key) != other.get(key):
            yield Difference(key, one.get(key), other.get(key), _place(key, first, second))


def _place(key: str, first: Project, second: Project) -> Span:
    """Find the edition that says a setting, the second one where both do."""
    path = tuple(key.split("."))
    for project in (second, first):
        if project.edition and project.edition.changes.has(path):
            return project.edition.changes.span(path)
    return NOWHERE


def _values(project: Project) -> Mapping[str, str]:
    """Give the settings by dotted names; lists are joined."""
    edition = project.edition
    audience = ", ".join(edition.audience) if edition else ""
    values = {"audience": audience, "formats": ", ".join(project.formats)}
    tree = project.settings.model_dump(by_alias=True, exclude={"editions", "matrix"})
    values |= flat(_joined(tree))
    return {key: value for key, value in values.items() if value}


def _joined(tree: Mapping[str, object]) -> dict[str, object]:
    return {
        key: _joined(value)
        if isinstance(value, Mapping)
        else ", ".join(map(str, value))
        if isinstance(value, list)
        else value
        for key, value in tree.items()
    }


def _text(one: Document, other: Document) -> Iterator[Difference]:
    sections = {section.at.file: section for section in one.sections}
    others = {section.at.file: section for section in other.sections}
    for file in [*sections, *(f for f in others if f not in sections)]:
        first, second = sections.get(file), others.get(file)
        if first is None or second is None:
            there = first or second
            assert there is not None
            title = _short(there.title)
            here = Span(file, 1, 1)
            yield Difference("section", title if first else None, title if second else None, here)
        else:
            yield from _heads(first, second)
            yield from _blocks(first.blocks, second.blocks)


def _heads(one: Section, other: Section) -> Iterator[Difference]:
    for field in dataclasses.fields(Section):
        mine, theirs = getattr(one, field.name), getattr(other, field.name)
        if field.name not in _UNNAMED and mine != theirs:
            name = field.name.replace("_", "-")
            yield Difference(name, _short(mine) or None, _short(theirs) or None, one.at)


def _blocks(one: Sequence[Node], other: Sequence[Node]) -> Iterator[Difference]:
    """Compare neighbouring blocks; `repr` leaves out where they stand, and knows all they say."""
    matcher = difflib.SequenceMatcher(None, [repr(b) for b in one], [repr(b) for b in other], False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        mine, theirs = list(one[a:b]), list(other[c:d])
        places = {block.at for block in mine} & {block.at for block in theirs}
        for block in mine:
            twin = next((t for t in theirs if t.at == block.at and t.at in places), None)
            shown = _short(twin, block) if twin else None
            yield Difference(_kind(block), _short(block, twin), shown, block.at)
        for block in theirs:
            if block.at not in places:
                yield Difference(_kind(block), None, _short(block), block.at)


def _kind(block: Node) -> str:
    """Name a kind of block as authors would: "bullet list"."""
    name = type(block).__name__
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()


def _short(content: object, beside: object = None) -> str:
    """Give the first words; of two texts that begin alike, those before they part."""
    words = _words(content)
    common = 0
    if beside is not None:
        pairs = zip(words, _words(beside), strict=False)
        common = next((i for i, (a, b) in enumerate(pairs) if a != b), 0)
    start = words.rfind(" ", 0, max(common - LONGEST // 3, 0)) + 1
    cut = ("… " if start else "") + words[start:]
    if len(cut) <= LONGEST:
        return cut
    return (cut[: LONGEST - 1].rpartition(" ")[0] or cut[: LONGEST - 2]) + " …"


def _words(content: object) -> str:
    if isinstance(content, str | int | bool) or content is None:
        return str(content) if content else ""
    return plain(content)
