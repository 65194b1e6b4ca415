"""How fast the Word document is made: against Pandoc's whole command, and up to 1,000 pages.

Pandoc is timed as a command, citations resolved; ours is the writer in a warm process, as an editor
who builds again and again has it. Longer documents are written in processes of their own, so that
their memory can be told. Times are those of the processor. Run it by: make bench
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.bench import PROJECT, Run, child, pandoc_program
from benchmarks.record import record
from builder.build import prepare, write_format
from builder.diagnostics import Diagnostics
from builder.job import Job

LIMIT = 1.5
"""How many times Pandoc's time the writer may take."""
MOST_MEMORY = 400
"""Megabytes."""
STEEPEST = 1.3
"""How many times longer a further page may take in a long document than in a short one."""
PAIRS = 5
SHORT_SIZES, LONG_SIZES = (1, 4, 9), (1, 9, 35)


def main() -> int:
    """Run both comparisons; give 1 where a limit is passed, 2 where Pandoc is missing."""
    pandoc = pandoc_program()
    if pandoc is None:
        print("Pandoc is missing; run: make bench", file=sys.stderr)
        return 2
    ratio = against_pandoc(pandoc)
    steep = growth(LONG_SIZES if "--long" in sys.argv[1:] else SHORT_SIZES)
    return 0 if ratio and steep else 1


def against_pandoc(pandoc: str) -> bool:
    """Compare the warm writer with Pandoc on the shipped briefing, pair by pair."""
    prepared = prepare(Job(PROJECT), Diagnostics())
    write_format("docx", prepared, Diagnostics())
    ours, theirs = [], []
    for _ in range(PAIRS):
        begun = time.process_time()
        write_format("docx", prepared, Diagnostics())
        ours.append(time.process_time() - begun)
        theirs.append(pandoc_seconds(pandoc))
    ratio = median(one / other for one, other in zip(ours, theirs, strict=True))
    record("the Word writer, warm, to Pandoc's command", ratio, LIMIT)
    told = "within" if ratio <= LIMIT else "ABOVE"
    print(f"Word writer {median(ours):.2f} s, Pandoc {median(theirs):.2f} s: ", end="")
    print(f"{ratio:.2f} times, {told} {LIMIT}")
    return ratio <= LIMIT


def pandoc_seconds(pandoc: str) -> float:
    """Give the time of Pandoc's whole command."""
    sections = sorted(str(path) for path in (PROJECT / "sections").glob("*.md"))
    with tempfile.TemporaryDirectory() as folder:
        line = [pandoc, *sections, "--standalone", "--toc", "--citeproc", "--quiet"]
        line += [f"--bibliography={PROJECT / 'references.yml'}", "--metadata=title:Briefing"]
        line += ["-o", str(Path(folder) / "pandoc.docx")]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(line, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def growth(sizes: tuple[int, int, int]) -> bool:
    """Write longer and longer documents: time grows as the pages do, and memory stays small."""
    runs: list[Run] = []
    for size in sizes:
        runs.append(child("word", size))
        last = runs[-1]
        print(f"{last.pages:5} pages: {last.seconds:.2f} s, ", end="")
        print(f"{last.megabytes:.0f} MB")
    first, middle, last = runs  # differences: what a process begins with is the same in all
    steep = further_page(middle, last) / further_page(first, middle)
    most = max(run.megabytes for run in runs)
    record("a further Word page's time in a long document", steep, STEEPEST)
    record("MB of the longest Word document", most, MOST_MEMORY)
    print(f"a further page takes {steep:.2f} times as long (at most {STEEPEST}), ", end="")
    print(f"{most:.0f} MB (at most {MOST_MEMORY})")
    return steep <= STEEPEST and most <= MOST_MEMORY


def further_page(shorter: Run, longer: Run) -> float:
    """Give the milliseconds that one page more took."""
    return (longer.seconds - shorter.seconds) / (longer.pages - shorter.pages) * 1000


if __name__ == "__main__":
    sys.exit(main())
