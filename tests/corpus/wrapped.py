"""A document that knows nothing of briefings, wrapped as a project.

What is changed: every picture becomes one that is there, and a document that begins by no heading gets
a title. Its text is the report's section. For the deck, which summarises, it stands once more in a
second section: as speaker notes.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from markdown_it import MarkdownIt
from PIL import Image

from tests.corpus.documents import Paper

SECTION, NOTES, PICTURE = "sections/01-text.md", "sections/02-notes.md", "images/picture.png"
TITLE, NOTES_TITLE = "A document of somebody else", "The whole text as notes"
_SETTINGS = f'title: {TITLE}\nsections: ["sections/*.md"]\ntheme: strand\n'
_OWN_SLIDE = "key-points: [The text stands in these notes]\n"
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.MULTILINE | re.DOTALL)
_TITLE = re.compile(r"^title:[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_ID = re.compile(r"(\{:?[^{}\n]*?)#[\w:.-]+")
_OPENS_BY_HEADING = re.compile(r"\A#[ \t]+\S")
_IMAGE = re.compile(
    r"(!\[(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*\]\(\s*)(<[^>\n]*>|[^\s()]+(?:\([^\s()]*\)[^\s()]*)?)"
)


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A document as a project: its files, and what of it is to be read."""

    title: str  # put before a text that has none of its own; empty: it has
    body: str
    files: dict[str, bytes]

    def write(self, folder: Path) -> Path:
        """Write the project's files."""
        for name, data in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        return folder


def wrap(paper: Paper) -> Wrapped:
    """Make a project of a document."""
    text = paper.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    named = _TITLE.search(front[1]) if front else None
    body = with_local_pictures(text[front.end() :] if front else text)
    title = named[1].strip("\"'") if named else ""
    if not title and not _OPENS_BY_HEADING.match(body):
        title = PurePosixPath(paper.path).stem
    section = _front_matter(title) + body if title else body
    colons = ":" * (max(map(len, re.findall(":+", body)), default=0) + 3)
    notes = f"{_front_matter(NOTES_TITLE, _OWN_SLIDE)}{colons} {{.notes}}\n{_to_be_enclosed(body)}\n{colons}\n"
    files = {
        "briefing.yml": _SETTINGS.encode(),
        SECTION: section.encode(),
        NOTES: notes.encode(),
        PICTURE: picture(),
    }
    return Wrapped(title, body, files)


def _to_be_enclosed(body: str) -> str:
    """Take the ids from a text that stands in the briefing a second time, and end its last code."""
    lines = body.split("\n")
    for token in MarkdownIt("commonmark", {"html": False}).parse(body):
        if token.type == "inline" and token.map:
            for line in range(*token.map):
                lines[line] = _ID.sub(r"\1", lines[line])
        elif token.type == "fence" and token.map and token.map[1] >= len(lines) - 1:
            lines += [] if lines[token.map[1] - 1].strip() == token.markup else [token.markup]
    return "\n".join(lines)


def with_local_pictures(text: str) -> str:
    """Let every image of a text show the picture that is there."""
    text = _IMAGE.sub(rf"\g<1>{PICTURE}", text)
    for label in sorted(_labels_of_images(text)):
        wanted = r"\s+".join(re.escape(word) for word in label.split())
        definition = re.compile(rf"^( {{0,3}}\[{wanted}\]:\s*)(<[^>\n]*>|\S+)", re.M | re.I)
        text = definition.sub(rf"\g<1>{PICTURE}", text)
    return text


def _labels_of_images(text: str) -> set[str]:
    """Give the labels by which a text's images name their definitions."""
    return {label for html in (True, False) for label in _labels(text, html)}


def _labels(text: str, html: bool) -> list[str]:
    parsed: dict[str, Any] = {}
    tokens = MarkdownIt("commonmark", {"html": html}).parse(text, parsed)
    inside = [child for token in tokens for child in token.children or ()]
    shown = {token.attrs.get("src") for token in inside if token.type == "image"} - {PICTURE}
    known: dict[str, dict[str, str]] = parsed.get("references", {})
    return [label for label, reference in known.items() if reference["href"] in shown]


@cache
def picture() -> bytes:
    """Give the picture that stands for all."""
    data = io.BytesIO()
    Image.new("RGB", (320, 200), "#46688c").save(data, "PNG")
    return data.getvalue()


def _front_matter(title: str, more: str = "") -> str:
    escaped = title.replace("\\", "\\\\").replace('"', '\\"')
    return f'---\ntitle: "{escaped}"\n{more}---\n\n'
