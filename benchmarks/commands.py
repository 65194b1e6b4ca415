"""How fast whole commands are by the clock: against Pandoc's, and with and without help.

Each command gets an empty home and cache, and all processors; fonts are looked up anew. Commands
are run in turns, and medians of the turns' ratios are taken. Run it by: make bench
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.bench import CHILD, PROJECT, ROOT, pandoc_program
from benchmarks.record import record
from benchmarks.running import cold, run

TURNS = 5
LONG_SIZE = 38
"""Times that the shipped briefing's sections stand in a report of a thousand pages."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A comparison: what is measured, in which measure, and how large it may be."""

    name: str
    ours: str
    theirs: str
    limit: float


RATIOS = (
    Ratio("the PDF, to Pandoc with WeasyPrint", "pdf", "pandoc-pdf", 1.1),
    Ratio("all three formats, to our PDF alone", "all", "pdf", 1.15),
    Ratio("all three formats, to Pandoc's three commands", "all", "pandoc-all", 1.0),
    Ratio("the PDF by all processors, to one process", "pdf", "pdf-alone", 1.0),
    Ratio("all three by all processors, to one process", "all", "all-alone", 1.0),
)
LONG = Ratio("a thousand pages by two processes, to one", "long", "long-alone", 0.75)


def main() -> int:
    """Run all comparisons; give 1 where a limit is passed, 2 where Pandoc is missing."""
    pandoc = pandoc_program()
    if pandoc is None:
        print("Pandoc is missing; run: make bench", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        runs = commands(pandoc, Path(folder))
        times = {name: [] for name in runs}  # type: dict[str, list[float]]
        for _ in range(TURNS):
            for name, run in runs.items():
                times[name].append(run())
    good = [tell(ratio, times) for ratio in RATIOS]
    if "--long" in sys.argv[1:]:
        found = {"long": [long_report(2)], "long-alone": [long_report(0)]}
        good.append(tell(LONG, found))
    return 0 if all(good) else 1


def tell(ratio: Ratio, times: Mapping[str, list[float]]) -> bool:
    """Print a comparison; give whether it is within its limit."""
    ours, theirs = times[ratio.ours], times[ratio.theirs]
    value = median(one / other for one, other in zip(ours, theirs, strict=True))
    record(ratio.name, value, ratio.limit)
    told = "within" if value <= ratio.limit else "ABOVE"
    print(
        f"{ratio.name}: {median(ours):.2f} s, {median(theirs):.2f} s:"
        f" {value:.2f} times, {told} {ratio.limit}"
    )
    return value <= ratio.limit


def commands(pandoc: str, folder: Path) -> dict[str, Callable[[], float]]:
    """Give what is timed, by name; each call runs a command and gives its seconds."""
    build = [sys.executable, "-m", "builder", "build", str(PROJECT), "--force", "-q"]
    sections = sorted(str(path) for path in (PROJECT / "sections").glob("*.md"))
    convert = [pandoc, *sections, "--standalone", "--toc", "--citeproc", "--quiet"]
    convert += [f"--bibliography={PROJECT / 'references.yml'}", "--metadata=title:Briefing"]
    engine = f"--pdf-engine={Path(sys.executable).with_name('weasyprint')}"
    pdf = [*convert, engine, "-o", str(folder / "other.pdf")]
    others = [[*convert, "-o", str(folder / f"other.{kind}")] for kind in ("docx", "pptx")]
    ours, alone = folder / "ours", {"BRIEFING_PROCESSES": "0"}
    return {
        "pdf": lambda: timed([*build, "-t", "pdf", "-d", str(ours)]),
        "pandoc-pdf": lambda: timed(pdf),
        "all": lambda: timed([*build, "-d", str(ours)]),
        "pandoc-all": lambda: sum(timed(line) for line in (*others, pdf)),
        "pdf-alone": lambda: timed([*build, "-t", "pdf", "-d", str(ours)], alone),
        "all-alone": lambda: timed([*build, "-d", str(ours)], alone),
    }


def timed(line: list[str], more: Mapping[str, str] | None = None) -> float:
    """Run a command in an empty home; give its seconds by the clock."""
    return cold(line, more).seconds


def long_report(processes: int) -> float:
    """Write a thousand pages; give the seconds by the clock."""
    line = [sys.executable, str(CHILD), f"clock-{processes}", str(LONG_SIZE)]
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as told:
        used = run([*line, told.name], {"PYTHONPATH": str(ROOT)}).megabytes
        found = json.load(told)
    print(f"{processes or 1} at work: {found['pages']} pages in {found['seconds']:.1f} s")
    print(f"the largest process took {used:.0f} MB")
    record(f"MB of the largest of {processes or 1} at a thousand pages", used, 1000)
    return float(found["seconds"])


if __name__ == "__main__":
    sys.exit(main())
