"""What became of the corpus, as the table that docs/corpus.md shows."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.corpus.trial import Verdict

SAVED = Path(__file__).parents[2] / "build" / "corpus.md"


def table(verdicts: Sequence[Verdict]) -> str:
    """Count documents by package, and refusals by code."""
    rows = [
        _row(name, [v for v in verdicts if _package(v) == name]) for name in _packages(verdicts)
    ]
    rows.append(_row("**all**", verdicts))
    head = "| package | documents | built | refused | words, each in all three | pages | seconds |"
    lines = [head, "| --- |" + " ---: |" * 6, *rows, "", *_refusals(verdicts)]
    return "\n".join(lines) + "\n"


def save(made: str) -> None:
    """Leave the table in build/, from where it is taken into the manual."""
    SAVED.parent.mkdir(exist_ok=True)
    unfinished = SAVED.with_suffix(f".{os.getpid()}")
    unfinished.write_text(made, encoding="utf-8")
    os.replace(unfinished, SAVED)


def _row(name: str, verdicts: Sequence[Verdict]) -> str:
    built = [v for v in verdicts if not v.code]
    counts = (len(verdicts), len(built), len(verdicts) - len(built), sum(v.words for v in built))
    pages = sum(v.pages for v in built)
    seconds = sum(v.seconds for v in verdicts)
    return f"| {name} | " + " | ".join(f"{n:,}" for n in (*counts, pages)) + f" | {seconds:.0f} |"


def _refusals(verdicts: Sequence[Verdict]) -> list[str]:
    counts = Counter(v.code for v in verdicts if v.code)
    examples = {v.code: f"{v.paper}, line {v.line}" for v in reversed(verdicts) if v.code}
    head = ["| refused by | documents | for example |", "| --- | ---: | --- |"]
    return head + [f"| `{code}` | {n} | {examples[code]} |" for code, n in counts.most_common()]


def _packages(verdicts: Sequence[Verdict]) -> list[str]:
    return sorted({_package(verdict) for verdict in verdicts})


def _package(verdict: Verdict) -> str:
    return verdict.paper.partition(":")[0]
