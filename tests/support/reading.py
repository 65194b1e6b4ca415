"""Trees written as Markdown: tests show what they read."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from builder.bibliography.works import read_works
from builder.diagnostics import Diagnostics
from builder.document.nodes import Document, Metadata
from builder.document.walk import every
from builder.passes import improve
from builder.readers.files import ProjectFiles
from builder.readers.identify import identify
from builder.readers.section import read_section
from builder.theme.words import words_for
from builder.yaml_source import read_yaml

T = TypeVar("T")


def read(
    text: str,
    *,
    files: Mapping[str, str | bytes] | None = None,
    references: str = "",
    variables: Mapping[str, str] | None = None,
    meta: Metadata | None = None,
) -> Document:
    """Read one section, through all passes; fails if anything was found fault with."""
    document, log = read_with_findings(
        text, files=files, references=references, variables=variables, meta=meta
    )
    assert not list(log), "\n".join(str(finding) for finding in log)
    return document


def findings(
    text: str,
    *,
    files: Mapping[str, str | bytes] | None = None,
    references: str = "",
    variables: Mapping[str, str] | None = None,
) -> list[str]:
    """Read one section and give what was found: "4:1 error[heading-skipped] message"."""
    _, log = read_with_findings(text, files=files, references=references, variables=variables)
    return [
        f"{d.at.line}:{d.at.column} {d.severity.value}[{d.code.value}] {d.message}"
        for d in log.sorted()
    ]


def read_with_findings(
    text: str,
    *,
    files: Mapping[str, str | bytes] | None = None,
    references: str = "",
    variables: Mapping[str, str] | None = None,
    meta: Metadata | None = None,
) -> tuple[Document, Diagnostics]:
    """Read one section through all passes; text without front matter gets a title."""
    log = Diagnostics()
    meta = meta or Metadata("test", "A test", language="en", date="2026-01-02")
    source = text if text.startswith("---") else f"---\ntitle: A section\n---\n{text}"
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, content in (files or {}).items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            data = content.encode() if isinstance(content, str) else content
            (root / name).write_bytes(data)
        section = read_section("test.md", source, ProjectFiles(root), variables or {}, log)
        yaml = read_yaml(references, "references.yml", log) if references else None
        works = read_works(yaml, log) if yaml else {}
        words = words_for(meta.language, None, {}, log)
        document = identify(Document(meta, (section,), "", words, variables or {}))
        return improve(document, works, log), log


def first(root: object, kind: type[T]) -> T:
    """Give the first node of a class; fails if there is none."""
    return next(every(root, kind))
