"""What a build gave."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from builder.diagnostics import Diagnostics
from builder.writers.base import Artifact

if TYPE_CHECKING:
    from builder.deck.map import DeckMap


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build gave: the files written, and what was found on the way."""

    artifacts: tuple[Artifact, ...]
    paths: tuple[Path, ...]
    log: Diagnostics
    deck_map: DeckMap | None = None  # where the job asks for it
    is_kept: bool = False  # of an earlier build: nothing has changed since
