"""What one changed paragraph costs in a process that stays, as in `briefing watch` and the preview.

In turn, several times: the shipped briefing built in full by a process that has its libraries,
fonts and styles ready; and each format built anew after one paragraph was changed. Times are those
of the processor. Run it by: python -m benchmarks.edits
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.bench import PROJECT
from benchmarks.record import record
from builder.job import FORMATS, Job
from builder.rebuild import Rebuilder

ROUNDS = 7
LIMITS = {"pptx": 0.15, "docx": 0.15, "pdf": 0.5}
"""Of a full build, by formats."""

TITLES = {"pptx": "the slides", "docx": "the Word document", "pdf": "the PDF"}


def main() -> int:
    """Measure; give 1 where a limit is passed."""
    os.environ["BRIEFING_PROCESSES"] = "0"  # the full build is to be one process's work, too
    with tempfile.TemporaryDirectory(prefix="briefing-bench-") as folder:
        project = Path(folder) / PROJECT.name
        shutil.copytree(PROJECT, project)
        full = Job(project, FORMATS, Path(folder) / "full")
        kept = {name: Rebuilder(Job(project, (name,), Path(folder) / name)) for name in LIMITS}
        Rebuilder(full).build()
        for rebuilder in kept.values():
            rebuilder.build()
        whole: list[float] = []
        parts: dict[str, list[float]] = {name: [] for name in LIMITS}
        for number in range(ROUNDS):
            whole.append(timed(Rebuilder(full), *FORMATS))
            change(project, number)
            for name, rebuilder in kept.items():
                parts[name].append(timed(rebuilder, name))
    return told(whole, parts)


def change(project: Path, number: int) -> None:
    """Add words to a paragraph of one section, each time of another one."""
    sections = sorted((project / "sections").glob("*.md"))
    path = sections[2 + number % (len(sections) - 4)]
    front, body = path.read_text(encoding="utf-8").split("\n---\n", 1)
    paragraphs = body.split("\n\n")
    place = next(i for i, p in enumerate(paragraphs) if p.strip() and p.strip()[0].isalpha())
    paragraphs[place] = f"{paragraphs[place].rstrip()} This is edit {number}."
    path.write_text(f"{front}\n---\n" + "\n\n".join(paragraphs), encoding="utf-8")


def timed(rebuilder: Rebuilder, *wanted: str) -> float:
    """Build; give the seconds of the processor. Fails where not all that is wanted was written."""
    before = time.process_time()
    done = rebuilder.build()
    seconds = time.process_time() - before
    if done.written != wanted:
        raise SystemExit(f"{done.written} were written, not {wanted}")
    return seconds


def told(whole: list[float], parts: dict[str, list[float]]) -> int:
    """Print the table; give 1 where a limit is passed."""
    print(f"a full build, warm: {median(whole):.2f} s of work (median of {len(whole)})")
    print("| one paragraph changed | seconds | of a full build | limit |")
    print("| --- | --- | --- | --- |")
    good = True
    for name, limit in LIMITS.items():
        ratio = median(part / full for part, full in zip(parts[name], whole, strict=True))
        record(f"{TITLES[name]} after one paragraph changed, to a full warm build", ratio, limit)
        print(f"| {TITLES[name]} | {median(parts[name]):.2f} | {ratio:.3f} | {limit} |")
        good = good and ratio <= limit
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
