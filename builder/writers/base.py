"""What every writer gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished file, not yet on disk."""

    name: str  # file name: "israel-azerbaijan.pdf"
    format: str  # "pdf", "docx", "pptx"
    data: bytes
    pages: int  # pages or slides; 0: unknown
