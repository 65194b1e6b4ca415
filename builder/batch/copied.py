"""What comes of one order; it imports little, since every process that works begins with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.diagnostics import Code, Diagnostic, Severity

if TYPE_CHECKING:
    from builder.writers.base import Artifact


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy's files, or why there are none."""

    artifacts: tuple[Artifact, ...]
    found: tuple[Diagnostic, ...]
    seconds: float


def failed(why: str) -> Copied:
    """Give the outcome of a copy that was not made for a reason outside its content."""
    return Copied((), (Diagnostic(Severity.ERROR, Code.BATCH_FAILED, why),), 0.0)
