"""Runs the editor's rules over Markdown written in a test."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from PIL import Image

from builder.bibliography.works import read_works
from builder.diagnostics import Diagnostics
from builder.document.nodes import Metadata
from builder.editorial.desk import findings
from builder.editorial.rule import Finding, Manuscript
from builder.theme.model import Theme
from builder.theme.resolve import default_search, load_theme
from builder.yaml_source import read_yaml
from tests.support.reading import read_with_findings

CSV = "Year,Exports\n2009,250\n2011,125\n"


@cache
def shipped_theme() -> Theme:
    theme = load_theme(Path("strand"), default_search(Path.cwd()), Diagnostics())
    assert theme is not None
    return theme


@cache
def picture() -> bytes:
    """Give a picture of 320 by 200 pixels."""
    data = io.BytesIO()
    Image.new("RGB", (320, 200), "#5694B2").save(data, "PNG")
    return data.getvalue()


def manuscript(
    text: str, *, front: str = "", references: str = "", language: str = "en-GB"
) -> Manuscript:
    """Read one section, whose front matter has a title and what is given."""
    source = f"---\ntitle: A section\n{front}---\n{text}"
    meta = Metadata("test", "A test", language=language, date="2026-01-02")
    files: Mapping[str, str | bytes] = {"data/exports.csv": CSV, "images/map.png": picture()}
    document, log = read_with_findings(source, files=files, references=references, meta=meta)
    assert not log.has_errors, "\n".join(map(str, log))
    yaml = read_yaml(references, "references.yml", Diagnostics()) if references else None
    works = read_works(yaml, Diagnostics()) if yaml else {}
    sources = {"test.md": source, "references.yml": references}
    return Manuscript(document, shipped_theme(), works, sources)


def together(*parts: Manuscript) -> Manuscript:
    """Make one briefing of several sections."""
    sections = tuple(s for part in parts for s in part.document.sections)
    return replace(parts[0], document=replace(parts[0].document, sections=sections))


def codes(text: str, **given: str) -> list[str]:
    """Give the codes of what is found, in order."""
    return [finding.code.value for finding in findings(manuscript(text, **given), {})]


def found(text: str, **given: str) -> Iterator[Finding]:
    """Give what is found."""
    return findings(manuscript(text, **given), {})


def shown(text: str, **given: str) -> list[str]:
    """Give what is found as "line:column code message"."""
    return [f"{f.at.line}:{f.at.column} {f.code.value} {f.message}" for f in found(text, **given)]
