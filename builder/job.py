"""What to build, from where, to where."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FORMATS = ("pdf", "docx", "pptx")


@dataclass(frozen=True, slots=True)
class Job:
    """One build, fixed before it starts."""

    project: Path
    formats: tuple[str, ...] = FORMATS
    output: Path | None = None  # None: output/<project>/ in the folder that the manual names
    theme: Path | None = None  # None: as briefing.yml says
    strict: bool = False
