"""How fast the PDF's writer is in one process, against WeasyPrint alone on the same HTML.

Reports of several lengths tell as well what a further page costs: as much in a long one as in a
short one.

Pairs are run one after the other and medians are taken, since machines are busy; times are those of
the processor. Run it by: make bench (make bench LONG=--long goes to a thousand pages).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.record import record

ROOT = Path(__file__).parents[1]
PROJECT = ROOT / "content" / "israel-azerbaijan"
CHILD = Path(__file__).with_name("one_run.py")
PAIRS = 5
SHORT_SIZES, LONG_SIZES = (0, 1, 4), (0, 1, 7, 38)
LIMIT = 1.1
MOST_GROWTH = 1.15
"""The dearest further page against the cheapest."""
MOST_MEMORY = 1000
"""Megabytes."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run cost."""

    seconds: float
    pages: int
    megabytes: float

    @property
    def a_page(self) -> float:
        """Milliseconds a page."""
        return self.seconds / self.pages * 1000

    def further(self, shorter: Run) -> float:
        """Give the milliseconds of each page that this one has more than a shorter one."""
        return (self.seconds - shorter.seconds) / (self.pages - shorter.pages) * 1000


def main() -> int:
    """Run all comparisons; give 1 where a limit is passed."""
    parser = argparse.ArgumentParser(description="Compare the speed of the PDF.")
    parser.add_argument("--long", action="store_true", help="up to a thousand pages")
    arguments = parser.parse_args()
    rows, costs = against_weasyprint(LONG_SIZES if arguments.long else SHORT_SIZES)
    print(table(rows))
    spread = max(costs) / min(costs)
    record("a further page in a long report, to one in a short one", spread, MOST_GROWTH)
    print(f"The dearest further page costs {spread:.2f} of the cheapest (at most {MOST_GROWTH}).")
    return 0 if all(row[-1] == "yes" for row in rows) and spread <= MOST_GROWTH else 1


def pandoc_program() -> str | None:
    """Find the Pandoc of the package pypandoc_binary, else the system's."""
    try:
        import pypandoc
    except ImportError:
        return shutil.which("pandoc")
    return str(pypandoc.get_pandoc_path())


# ---------------------------------------------------------------- comparisons


def against_weasyprint(sizes: tuple[int, ...]) -> tuple[list[list[str]], list[float]]:
    """Compare the writer with plain, untagged WeasyPrint on the same HTML, for several lengths.

    Gives lines of the table, and what a further page costs from one length to the next, in
    milliseconds.
    """
    rows: list[list[str]] = []
    costs: list[float] = []
    before: tuple[Run, Run] | None = None
    for size in sizes:
        pairs = 3 if size < 9 else 1
        ours, plain = [], []
        for _ in range(pairs):
            ours.append(child("ours", size))
            plain.append(child("plain", size))
        rows.append(row(f"WeasyPrint alone, {ours[0].pages} pages", ours, plain))
        now = middle(ours), middle(plain)
        if before is not None:
            further = [one.further(other) for one, other in zip(now, before, strict=True)]
            name = f"a further page, {before[0].pages} to {now[0].pages} pages"
            rows.append(beyond(name, *further))
            costs.append(further[0])
        before = now
    return rows, costs


def middle(runs: list[Run]) -> Run:
    """Give the run of the middle time."""
    return sorted(runs, key=lambda run: run.seconds)[len(runs) // 2]


def child(what: str, size: int) -> Run:
    """Run one writing in a process of its own, so that its memory can be told."""
    line = [sys.executable, str(CHILD), what, str(size)]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(line, check=True, capture_output=True, text=True, env=surroundings)
    return Run(**json.loads(done.stdout))


# ---------------------------------------------------------------- what is shown


def row(name: str, ours: list[Run], theirs: list[Run]) -> list[str]:
    """Give a line of the table: the ratio is the median of the pairs' ratios."""
    ratio = median(one.a_page / other.a_page for one, other in zip(ours, theirs, strict=True))
    memory = max(run.megabytes for run in ours)
    record(f"a page's time, to {name}", ratio, LIMIT)
    record(f"MB beside {name}", memory, MOST_MEMORY)
    good = ratio <= LIMIT and memory <= MOST_MEMORY
    return [
        name,
        f"{median(run.a_page for run in ours):.0f}",
        f"{median(run.a_page for run in theirs):.0f}",
        f"{ratio:.2f}",
        f"{memory:.0f}",
        "yes" if good else "NO",
    ]


def beyond(name: str, ours: float, theirs: float) -> list[str]:
    """Give a line of the table for what a further page costs."""
    ratio = ours / theirs
    good = "yes" if ratio <= LIMIT else "NO"
    return [name, f"{ours:.0f}", f"{theirs:.0f}", f"{ratio:.2f}", "", good]


def table(rows: list[list[str]]) -> str:
    """Give the table as text."""
    head = ["against", "ours, ms/page", "theirs", "ratio", "ours, MB", f"≤ {LIMIT} and 1 GB"]
    widths = [max(len(line[i]) for line in [head, *rows]) for i in range(len(head))]
    lines = [
        "  ".join(
            cell.ljust(w) if i == 0 else cell.rjust(w)
            for i, (cell, w) in enumerate(zip(line, widths, strict=True))
        )
        for line in [head, *rows]
    ]
    return "\n".join(["Processor time; medians of pairs run one after the other.", *lines])


if __name__ == "__main__":
    sys.exit(main())
