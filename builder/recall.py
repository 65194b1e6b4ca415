"""What was made the last time, for those who make much the same again and again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass(slots=True)
class Recall(Generic[T, R]):
    """Gives again what was made of the same thing under the same circumstances.

    It remembers one round: what is not asked for in the next one is forgotten.
    """

    around: object = None  # the circumstances, compared by what they are
    made: dict[Hashable, tuple[T, R]] = field(default_factory=dict)
    _before: dict[Hashable, tuple[T, R]] = field(default_factory=dict)

    def begin(self, around: object) -> None:
        """Begin a round."""
        self._before = self.made if self.around == around else {}
        self.around, self.made = around, {}

    def of(self, key: Hashable, thing: T, make: Callable[[T], R]) -> R:
        """Give what is made of a thing, which has a name of its own in this round."""
        known = self._before.get(key)
        made = known[1] if known is not None and known[0] == thing else make(thing)
        self.made[key] = thing, made
        return made

    def clear(self) -> None:
        """Forget everything."""
        self.around, self.made, self._before = None, {}, {}
