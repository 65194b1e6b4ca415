"""A digest of everything that tests make by chance, as `python -m tests.fuzz.repeated MODULE...`."""

from __future__ import annotations

import hashlib
import importlib
import random
import sys

from hypothesis import given

from tests.charts.test_random_charts import random_chart
from tests.deck.random_slides import slides
from tests.editorial.test_random import FILES, damaged
from tests.fuzz.dice import tries
from tests.fuzz.projects import project_of
from tests.fuzz.strategies import projects

TRIES = 30


def digest() -> str:
    """Make some of each kind, and give one digest of all."""
    made: list[object] = [project_of(seed) for seed in range(TRIES)]
    made += [random_chart(seed) for seed in range(TRIES)]
    made += [slides(TRIES, seed=1)]
    made += [damaged(FILES[0].read_text("utf-8"), random.Random(seed)) for seed in range(TRIES)]
    for sound in (True, False):
        made += _of_grammar(sound=sound)
    return hashlib.sha256(repr(made).encode()).hexdigest()


def _of_grammar(*, sound: bool) -> list[object]:
    made: list[object] = []

    @tries(TRIES, 1)
    @given(projects(sound=sound))
    def keep(files: dict[str, bytes]) -> None:
        made.append(files)

    keep()
    return made


if __name__ == "__main__":
    for module in sys.argv[1:]:
        importlib.import_module(module)
    print(digest())
