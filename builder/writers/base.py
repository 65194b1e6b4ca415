"""What every writer takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Protocol

from builder.diagnostics import Diagnostics
from builder.document.nodes import Document
from builder.theme.model import Theme


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished file, not yet on disk."""

    name: str  # file name: "israel-azerbaijan.pdf"
    format: str  # "pdf", "docx", "pptx"
    data: bytes
    pages: int  # pages or slides; 0: unknown


@dataclass(frozen=True, slots=True)
class Printed:
    """Where LibreOffice puts what is in a document: pages by the names of PDF destinations."""

    destinations: Mapping[str, int]
    total: int

    def page(self, bookmark: str) -> int | None:
        """Give the page of a bookmark; None where it has none."""
        return self.destinations.get(as_destination(bookmark))


class Writer(Protocol):
    """Makes one file of a document whose conditions are resolved for the format."""

    def __call__(
        self,
        document: Document,
        theme: Theme,
        log: Diagnostics,
        *,
        stamp: datetime,
        read: Callable[[PurePosixPath], bytes],
    ) -> Artifact:
        """Write; `stamp` dates the file, `read` gives the bytes of the project's images."""
        ...


def as_destination(bookmark: str) -> str:
    """Give a bookmark's name as LibreOffice writes it in a PDF: what is no letter as hex."""
    return "".join(c if c.isalnum() and c.isascii() else f"{ord(c):02X}" for c in bookmark)
