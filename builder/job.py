"""What to build, from where, to where."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FORMATS = ("pdf", "docx", "pptx")
"""What is built where nothing is asked for."""

ALL_FORMATS = (*FORMATS, "slides-pdf", "handout")


@dataclass(frozen=True, slots=True)
class Job:
    """One build, fixed before it starts."""

    project: Path
    formats: tuple[str, ...] = FORMATS
    output: Path | None = None  # None: output/<project>/ in the current folder
    theme: Path | None = None  # None: as briefing.yml says
    strict: bool = False
    for_print: bool = False  # a PDF for the printing house as well
    deck_map: bool = False  # account for which block feeds which slide

    def folder(self, name: str) -> Path:
        """Give the folder that the outputs of the project of this name go to."""
        return self.output if self.output is not None else Path("output") / name
