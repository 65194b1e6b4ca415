"""`deck: {max-slides: 12}`: which slides give way where there are more than the author wants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from builder.deck.model import Deck, DeckSlide, Kind, LeftOut, Origin
from builder.deck.selection import left_out
from builder.diagnostics import Code, Diagnostics

RANKS: dict[Kind, int] = {
    "divider": 1,
    "pull-quote": 2,
    "remarks": 3,
    "sources": 3,
    "figure": 4,
    "table": 4,
    "timeline": 4,
    "comparison": 4,
    "diagram": 4,
    "key-numbers": 4,
    "chart": 5,
    "agenda": 6,
    "key-points": 7,
    "summary": 8,
}
"""What gives way first: the lowest. What is not named here stays: `.slide`, title, closing."""


@dataclass(frozen=True, slots=True)
class Group:
    """The slides that one block became."""

    origin: Origin | None
    part: str
    slides: tuple[DeckSlide, ...]

    @property
    def rank(self) -> int:
        """How long the slides stay; 0: for ever."""
        return RANKS.get(self.origin.kind, 0) if self.origin else 0


def limited(
    groups: Sequence[Group], deck: Deck, log: Diagnostics
) -> tuple[list[Group], tuple[LeftOut, ...]]:
    """Drop slides until every section, and then the deck, has no more than it may.

    What one block became goes together. In the deck, the part with the most slides gives first.
    """
    kept, dropped = list(groups), list[Group]()
    for part in dict.fromkeys(group.part for group in groups):
        most = max((g.origin.maximum for g in kept if g.part == part and g.origin), default=0)
        while most and _count(kept, part) > most:
            if not _drop([g for g in kept if g.part == part], kept, dropped):
                _warn(f"the slides of {part!r}", _count(kept, part), most, kept, part, log, deck)
                break
    while deck.maximum and _count(kept) > deck.maximum:
        if not _drop(kept, kept, dropped):
            _warn("the slides of the deck", _count(kept), deck.maximum, kept, "", log, deck)
            break
    notes = tuple(left_out(group.origin, "maximum") for group in dropped if group.origin)
    return kept, notes


def _count(groups: Sequence[Group], part: str | None = None) -> int:
    return sum(len(g.slides) for g in groups if part is None or g.part == part)


def _drop(among: Sequence[Group], kept: list[Group], dropped: list[Group]) -> bool:
    """Drop the group that matters least: of the lowest rank, from the fullest part, the last."""
    sizes = Counter[str]()
    for group in among:
        sizes[group.part] += len(group.slides)
    free = [(g.rank, -sizes[g.part], -place) for place, g in enumerate(among) if g.rank]
    if not free:
        return False
    group = among[-min(free)[2]]
    kept.remove(group)
    dropped.append(group)
    return True


def _warn(
    what: str, count: int, most: int, kept: Sequence[Group], part: str, log: Diagnostics, deck: Deck
) -> None:
    at = next((g.origin.at for g in kept if g.origin and g.part == part), deck.at)
    log.warning(
        Code.SLIDES_TOO_MANY,
        f"{what} are {count} where max-slides is {most}: what stands in .slide is kept",
        at=at if part else deck.at,
        hint="raise max-slides, or take a .slide away",
    )
