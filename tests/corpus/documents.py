"""The documents of the corpus: which they are, the same ones on every machine."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tests.corpus.packages import fetched

COUNT = 400
SAMPLE = 40
EXAMPLES = 40
"""Of the CommonMark specification: so many of its examples are documents of the corpus."""

MOST_OF_ONE = 25
"""Documents of one package, lest the corpus be that package's manual."""

SHORTEST, LONGEST = 200, 60_000
"""Bytes; longer files are lists of changes over many years."""

SPECIFICATION = "spec.txt"
_EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    """One example of the CommonMark specification."""

    number: int
    markdown: str
    html: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One document, as it was found."""

    package: str
    path: str
    text: str

    def __str__(self) -> str:
        return f"{self.package}:{self.path}"


@cache
def examples() -> tuple[Example, ...]:
    """Give all examples of the CommonMark specification, with the HTML that it expects."""
    package = next(p for p in fetched() if p.name == "commonmark-spec")
    text = package.documents()[SPECIFICATION].decode("utf-8").replace("→", "\t")
    return tuple(Example(n, *m.groups()) for n, m in enumerate(_EXAMPLE.finditer(text), 1))


@cache
def papers() -> tuple[Paper, ...]:
    """Give the documents of the corpus, shuffled: the first of them are a sample of all."""
    tried = [Paper("commonmark-spec", f"example {e.number}", e.markdown) for e in examples()]
    chosen = sorted(tried, key=_chance)[:EXAMPLES]
    found = sorted(_of_packages(), key=_chance)
    assert len(found) >= COUNT - EXAMPLES, f"the packages have {len(found)} documents"
    return tuple(sorted([*chosen, *found[: COUNT - EXAMPLES]], key=_chance))


def _of_packages() -> Iterator[Paper]:
    for package in fetched():
        texts = {
            name: data
            for name, data in package.documents().items()
            if SHORTEST <= len(data) <= LONGEST and name != SPECIFICATION
        }
        own = [Paper(package.name, name, data.decode("utf-8")) for name, data in texts.items()]
        yield from sorted(own, key=_chance)[:MOST_OF_ONE]


def _chance(paper: Paper) -> str:
    return hashlib.sha256(f"corpus {paper}".encode()).hexdigest()
