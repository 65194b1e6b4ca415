"""What the preview's processes tell each other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from builder.job import ALL_FORMATS

DOWNLOADS = (*ALL_FORMATS, "print", "mail")
"""What can be asked for as a file."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a process is asked for; `briefing` is a pickled Prepared, where one is needed."""

    revision: int
    names: tuple[str, ...] = ()  # panes wanted, or one format to be written
    briefing: bytes = b""
    changed: tuple[str, ...] = ()  # files of the project, relative to it
    known: frozenset[str] = frozenset()  # PDFs that need not be sent again
    layout: bytes = b""  # the finest layout there is, pickled


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic as the browser shows it."""

    file: str
    line: int
    column: int
    severity: str
    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found wrong in one state of the content; `whole`: the editor's rules as well."""

    revision: int
    found: tuple[Finding, ...]
    good: bool  # nothing keeps the briefing from being built
    whole: bool = False
    origin: str = "desk"  # which process found it


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents."""

    anchor: str
    number: str
    title: str
    source: str  # "sections/02-introduction.md:2"
    parts: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class FontFile:
    """A face of the theme, as CSS calls it."""

    family: str
    weight: int
    italic: bool
    path: Path


@dataclass(frozen=True, slots=True)
class Ready:
    """A state of the content that can be shown, with what the application needs to know of it."""

    revision: int
    briefing: bytes
    name: str
    title: str
    language: str
    contents: tuple[Entry, ...]
    images: tuple[str, ...]  # the project's files that may be shown
    logo: Path | None
    fonts: tuple[FontFile, ...]
    inks: str  # the theme's colours, as a style sheet
    place: str = ""  # the first line that changed, "sections/02-introduction.md:17"


@dataclass(frozen=True, slots=True)
class Text:
    """A pane that is an HTML document."""

    name: str
    revision: int
    html: str
    count: int = 0  # slides


@dataclass(frozen=True, slots=True)
class Spot:
    """Where on a sheet something stands, as parts of its width and height."""

    source: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: where its picture comes from, and what stands on it."""

    pdf: str  # digest
    page: int  # in that file, counted from 0
    width: float  # points
    height: float
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheets:
    """A pane that is pages; `files` are the PDFs that the sheets name and that are new."""

    name: str
    revision: int
    sheets: tuple[Sheet, ...]
    files: tuple[tuple[str, bytes], ...]
    draft: bool = False
    layout: bytes = b""  # how the pages were laid out, for drafts to go by


@dataclass(frozen=True, slots=True)
class Written:
    """An output, as a build writes it."""

    revision: int
    format: str
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """The program's own failure, in words."""

    revision: int
    words: str


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing more comes for a wish; `given_up`: it was stopped for something newer."""

    wish: Wish
    given_up: bool = False


Notice = Findings | Ready | Text | Sheets | Written | Fault | Done
