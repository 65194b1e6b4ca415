"""One thing that was looked at, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class State(Enum):
    """How a thing is."""

    WELL = "ok"
    OPTIONAL = "optional"  # something that some work needs; everything else goes on
    BROKEN = "broken"  # nothing, or not this briefing, can be built


@dataclass(frozen=True, slots=True)
class Remark:
    """What was looked at, how it is, and the cure where it is not well."""

    what: str
    state: State = State.WELL
    cure: str = ""
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """Remarks on one matter."""

    title: str
    remarks: tuple[Remark, ...]
