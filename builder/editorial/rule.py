"""What a rule is given, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from builder.bibliography.works import Work
from builder.diagnostics import Code, Span
from builder.document.nodes import Document
from builder.theme.model import Theme


@dataclass(frozen=True, slots=True)
class Manuscript:
    """All that a rule may look at: the finished tree, and the text that it was read from."""

    document: Document
    theme: Theme
    works: Mapping[str, Work] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)  # a file's text by its name

    @property
    def language(self) -> str:
        """The briefing's language without its region: "en"."""
        return self.document.meta.language.split("-")[0].lower()


class Typescript(Protocol):
    """What a rule may look at that needs no tree: the text alone."""

    @property
    def sources(self) -> Mapping[str, str]:
        """Each file's text by its name."""
        ...

    @property
    def language(self) -> str:
        """The briefing's language without its region."""
        ...


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """The one right answer to a finding: characters of a file, from `start` on, and new ones."""

    file: str
    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found. Its severity is the reader's to choose."""

    code: Code
    message: str
    at: Span
    hint: str
    edit: Edit | None = None


Rule = Callable[[Manuscript], Iterator[Finding]]
