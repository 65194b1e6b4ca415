"""What is asked of those who print a report, and what they answer: plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from builder.document.nodes import Document
from builder.theme.fonts import FontBook
from builder.theme.model import Page, Theme
from builder.units import Length
from builder.writers.markup_inlines import Setting
from builder.writers.pdf_plan import Plan
from builder.writers.pdf_words import Loss


@dataclass(frozen=True, slots=True)
class Task:
    """A report that is to be printed."""

    document: Document
    theme: Theme
    stamp: datetime
    read: Callable[[PurePosixPath], bytes]
    for_print: bool = False
    sources: bool = False  # elements say from which lines they come

    def setting(self) -> Setting:
        """Give what the markup is made with."""
        return Setting(
            self.document.words,
            self.document.meta.language,
            self.theme,
            FontBook(self.theme),
            self.theme.grid.main,
            self.theme.grid.full,
            sources=self.sources,
        )

    @property
    def page(self) -> Page:
        """The paper and its margins."""
        return self.theme.pages[self.document.meta.paper]

    @property
    def room(self) -> float:
        """The height of a page's text in points."""
        page = self.page
        return (page.height - page.top - page.bottom) / Length.from_pt(1)


@dataclass(frozen=True, slots=True)
class Count:
    """What a unit has come to once it is laid out."""

    pages: int
    notes: int
    places: Mapping[str, int]  # ids → page of the unit, from 0
    plan: Plan


@dataclass(frozen=True, slots=True)
class Bound:
    """The file, the words that it lacks, and all that WeasyPrint had to say."""

    pdf: bytes
    pages: int
    lost: tuple[Loss, ...]
    warnings: tuple[str, ...]
