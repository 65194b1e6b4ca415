"""One section file in, one section out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from builder.diagnostics import Code, Diagnostics, Span
from builder.document.nodes import Block, Heading, Inlines, Section, Text
from builder.readers.directives import DIRECTIVES
from builder.readers.editions import NO_EDITIONS, Scope
from builder.readers.files import ProjectFiles
from builder.readers.filled import refuse_elsewhere
from builder.readers.markdown import MarkdownReader
from builder.readers.settings import FrontMatter
from builder.yaml_source import Yaml, check, read_yaml

_OPENING = re.compile(r"^---[ \t]*\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_TEXTS = (
    *(("title",), ("short-title",), ("takeaway",), ("standfirst",)),
    *(("key-points",), ("key-points-title",)),
)
_FIRST_HEADING = re.compile(r"^#[ \t]+(?P<title>.+?)[ \t]*#*[ \t]*$", re.MULTILINE)


def read_section(
    file: str,
    text: str,
    files: ProjectFiles,
    variables: Mapping[str, str],
    log: Diagnostics,
    scope: Scope = NO_EDITIONS,
) -> Section:
    """Read a section file; whatever is wrong in it, there is a section.

    What is meant for other editions than that of `scope` is left out.
    """
    yaml_text, body = split_front_matter(text, file, log)
    reader = MarkdownReader(file, body, files, variables, DIRECTIVES, log, scope)
    section = _read(reader, yaml_text)
    reader.footnotes.warn_of_unused(log)
    return section


def _read(reader: MarkdownReader, yaml_text: str | None) -> Section:
    file, log = reader.file, reader.log
    if yaml_text is None:
        return _without_front_matter(reader, file, log)
    yaml = read_yaml(yaml_text, file, log, first_line=2)
    front = check(FrontMatter, yaml, log) if yaml is not None else None
    blocks = reader.read()
    if front is None or yaml is None:
        said = yaml.data.get("id") if yaml is not None and isinstance(yaml.data, dict) else None
        label = said if isinstance(said, str) else ""  # so that nobody who refers to it is blamed
        return Section((Text(PurePosixPath(file).stem),), blocks, label=label, at=Span(file, 1, 1))
    return _section(front, yaml, reader, blocks)


def split_front_matter(text: str, file: str, log: Diagnostics) -> tuple[str | None, str]:
    """Part the front matter from the body; the body keeps its line numbers by blank lines."""
    opening = _OPENING.match(text)
    if opening is None:
        return None, text
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        log.error(
            Code.YAML_SYNTAX,
            "the front matter that opens here is never closed",
            at=Span(file, 1, 1),
            hint="end it by a line of three hyphens",
        )
        return None, text
    front = text[opening.end() : closing.start()]
    return front, "\n" * text.count("\n", 0, closing.end()) + text[closing.end() :]


def _section(
    front: FrontMatter, yaml: Yaml, reader: MarkdownReader, blocks: tuple[Block, ...]
) -> Section:
    def value(text: str, *path: str | int) -> Inlines:
        return reader.value(text, yaml.value_span(path))

    def words(text: str, key: str) -> str:
        return reader.inlines.filled(text, yaml.value_span((key,)))

    refuse_elsewhere(yaml, _TEXTS, reader.log)
    points = tuple(value(p, "key-points", i) for i, p in enumerate(front.key_points))
    deck = front.deck.options(yaml.span(("deck",)))
    return Section(
        value(front.title, "title"),
        blocks,
        front.section_role,
        0,
        not front.numbered,
        front.id,
        words(front.short_title, "short-title"),
        value(front.takeaway, "takeaway"),
        value(front.standfirst, "standfirst"),
        points,
        words(front.key_points_title, "key-points-title"),
        deck,
        at=yaml.span(("title",)),
    )


def _without_front_matter(reader: MarkdownReader, file: str, log: Diagnostics) -> Section:
    """Take the first heading of level 1 as the title, where the file has no front matter."""
    blocks = reader.read()
    if blocks and isinstance(first := blocks[0], Heading) and _FIRST_HEADING.search(reader.text):
        return Section(first.content, blocks[1:], label=first.label, at=first.at)
    log.error(
        Code.KEY_MISSING,
        "the section has no title",
        at=Span(file, 1, 1),
        hint="begin the file by front matter: ---, title: …, ---; or by a heading: # Title",
    )
    return Section((Text(PurePosixPath(file).stem),), blocks, at=Span(file, 1, 1))
