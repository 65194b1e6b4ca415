"""What to build, from where, to where."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from builder.plain_files import OUTPUTS

FORMATS = ("pdf", "docx", "pptx")
"""What is built where nothing is asked for."""

ATTACHABLE = (*FORMATS, "slides-pdf", "handout")
"""What goes with a mail; the page for the web is linked to."""

ALL_FORMATS = (*ATTACHABLE, "html")
SLIDES = ("pptx", "slides-pdf")
"""The formats whose pages are slides."""

OUTPUT = Path(OUTPUTS)
"""The folder in the current one below which each project has its own for its outputs."""

WordPages = Literal["estimate", "libreoffice"]


@dataclass(frozen=True, slots=True)
class WordOptions:
    """How the Word document is to be made."""

    pages: WordPages = "estimate"  # who counts the pages that its contents show
    embed_fonts: bool = True
    draft: bool = False  # a watermark and numbered lines


PLAIN = WordOptions()


@dataclass(frozen=True, slots=True)
class Copy:
    """Which copy of a briefing is made."""

    edition: str = ""  # empty: the briefing as it stands
    values: tuple[tuple[str, str], ...] = ()  # variables of this copy alone
    name: str = ""  # of its files; empty: the project's, with the edition's behind it


PLAIN_COPY = Copy()


@dataclass(frozen=True, slots=True)
class Job:
    """One build, fixed before it starts."""

    project: Path
    formats: tuple[str, ...] = FORMATS  # empty: those of the edition, else the usual ones
    output: Path | None = None  # None: output/<project>/ in the current folder
    theme: Path | None = None  # None: as briefing.yml says
    strict: bool = False
    for_print: bool = False  # a PDF for the printing house as well
    deck_map: bool = False  # account for which block feeds which slide
    word: WordOptions = PLAIN
    copy: Copy = PLAIN_COPY
    trust: bool = False  # take templates from the project itself

    def folder(self, name: str) -> Path:
        """Give the folder that the outputs of the project of this name go to."""
        return self.output if self.output is not None else OUTPUT / name
