"""The readers that take what others wrote, each as a function of bytes.

Whatever the bytes are, they give a tree or diagnostics: an exception is a fault of ours.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from PIL import Image

from builder.bibliography.shelf import Shelf
from builder.bibliography.works import Work, read_works
from builder.diagnostics import Diagnostics, Severity
from builder.document.nodes import Document, Metadata
from builder.passes import improve
from builder.readers.editions import read_editions
from builder.readers.files import ProjectFiles
from builder.readers.identify import identify
from builder.readers.section import read_section
from builder.readers.settings import Settings
from builder.theme.resolve import default_search, load_theme
from builder.theme.words import words_for
from builder.yaml_source import check, read_yaml

_CSV = "Year,Value,Other\n2007,82.5,3\n2008,90,-4\n"
_SHELF = Shelf()
_WORKS = "- {id: a, type: book, title: A Book, author: [{family: Ames}], issued: 2011}\n"


def markdown(data: bytes) -> None:
    """Read a section, and improve it as far as writers want it."""
    text, log = _text(data), Diagnostics()
    section = read_section("sections/01.md", text, _files(), {"v": "12"}, log)
    document = Document(Metadata("test", "A test"), (section,), "", _words(), {"v": "12"})
    improve(identify(document), _works(), log, shelf=_SHELF)
    _look_at(log, text)


def yaml(data: bytes) -> None:
    """Read settings, editions and works."""
    log = Diagnostics()
    text = _text(data)
    read = read_yaml(text, "briefing.yml", log)
    if read is not None:
        check(Settings, read, log)
        read_editions(read, log)
        read_works(read, log)
    _look_at(log, text)


def theme(data: bytes) -> None:
    """Load a theme from its brand file."""
    log = Diagnostics()
    folder = _files().root / "theme"
    (folder / "_brand.yml").write_bytes(data)
    load_theme(folder, default_search(folder), log)
    _look_at(log, None)


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "markdown": markdown,
    "yaml": yaml,
    "theme": theme,
}


def _look_at(log: Diagnostics, text: str | None) -> None:
    """Raise where a diagnostic is of no use: an error without a place in the text."""
    lines = (text or "").count("\n") + 1
    for found in log:
        assert found.message, f"nothing is said: {found}"
        if found.severity is Severity.ERROR:
            assert found.at.file, f"an error without a place: {found}"
        if text is not None:
            assert found.at.line <= lines, f"a place behind the end: {found}"


def _text(data: bytes) -> str:
    """Give bytes as the text that the door lets in: UTF-8 without what no file may hold."""
    text = data.decode("utf-8", "ignore").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\t\n" or c >= " ")


@cache
def _works() -> Mapping[str, Work]:
    read = read_yaml(_WORKS, "references.yml", Diagnostics())
    return read_works(read, Diagnostics()) if read else {}


@cache
def _words() -> Mapping[str, str]:
    return words_for("en", None, {}, Diagnostics())


@cache
def _files() -> ProjectFiles:
    """Give the files that a text can name."""
    root = Path(tempfile.mkdtemp(prefix="fuzz-"))
    for name in ("data", "images", "theme"):
        (root / name).mkdir()
    (root / "data" / "x.csv").write_text(_CSV)
    picture = io.BytesIO()
    Image.new("RGB", (4, 3)).save(picture, "PNG")
    (root / "images" / "x.png").write_bytes(picture.getvalue())
    return ProjectFiles(root)
