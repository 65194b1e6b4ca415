"""What a copy, or a build that has nothing to do, costs beside a cold build; two processors.

Two processes of a batch are compared with one, and with two commands at once that make half of the
copies each: processors share caches and memory, so that not even those are twice as fast.

Each way is run in turn several times and medians are taken, since machines are busy. Run it by:
python -m benchmarks.batch [--copies N] [--rounds N]
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

from benchmarks.bench import PROJECT
from benchmarks.record import record
from benchmarks.running import Run, run
from benchmarks.running import cold as in_empty_home

COPY_LIMIT, SPEED_LIMIT, AGAIN_LIMIT = 0.6, 1.8, 0.08
MOST_MEMORY = 300
"""Megabytes that the largest process of a normal build may have."""
COPIES, ROUNDS = 100, 3


def main() -> int:
    """Run all; give 1 where a limit is passed."""
    parser = argparse.ArgumentParser(description="Measure batches.")
    parser.add_argument("--copies", type=int, default=COPIES, help="rows of the list")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each way is run")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        project = personal(here)
        people = here / "people.csv"
        rows = "".join(f"Reader {n},{n / 10} %\n" for n in range(asked.copies))
        people.write_text(f"name,rate\n{rows}", encoding="utf-8")
        runs: dict[str, list[Run]] = {name: [] for name in ("cold", "again", "one", "two", "apart")}
        for _ in range(asked.rounds):
            first, second = cold(project, here)
            runs["cold"].append(first)
            runs["again"].append(second)
            for name, jobs in (("one", "1"), ("two", "2")):
                runs[name].append(batch(project, people, here / name, jobs))
            runs["apart"].append(apart(project, people, here))
        same = digests(here / "one") == digests(here / "two")
    return told(runs, asked.copies, same=same)


def personal(here: Path) -> Path:
    """Copy the shipped briefing, with a paragraph that names the reader and a figure."""
    project = here / PROJECT.name
    shutil.copytree(PROJECT, project)
    settings = project / "briefing.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}\nvariables: {{name: reader, rate: 1 %}}\n", encoding="utf-8")
    section = sorted((project / "sections").glob("*.md"))[2]
    words = "\n\nThis copy is for {{< var name >}}, whose own rate is {{< var rate >}}.\n"
    section.write_text(section.read_text(encoding="utf-8") + words, encoding="utf-8")
    return project


def cold(project: Path, here: Path) -> tuple[Run, Run]:
    """Build all three formats with nothing in any cache; then once more, nothing changed."""
    kept = {"BRIEFING_CACHE": str(here / "kept"), "BRIEFING_FORCE": ""}
    shutil.rmtree(here / "kept", ignore_errors=True)
    build = [sys.executable, "-m", "builder", "build", str(project), "-d", str(here / "cold"), "-q"]
    return in_empty_home(build, kept), in_empty_home(build, kept)


def batch(project: Path, people: Path, out: Path, jobs: str) -> Run:
    """Make the copies by so many processes."""
    return command(["batch", str(project), "--data", str(people), "-d", str(out), "-j", jobs, "-q"])


def apart(project: Path, people: Path, here: Path) -> Run:
    """Make half of the copies by one command, and at the same time the others by another one."""
    head, *rows = people.read_text(encoding="utf-8").splitlines(keepends=True)
    halves = [here / f"half-{number}.csv" for number in (1, 2)]
    for half, own in zip(halves, (rows[::2], rows[1::2]), strict=True):
        half.write_text("".join([head, *own]), encoding="utf-8")
    with ThreadPoolExecutor(2) as pool:
        began = time.monotonic()
        made = [pool.submit(batch, project, half, here / half.stem, "1") for half in halves]
        for one in made:
            one.result()
    return Run(time.monotonic() - began, 0.0, 0.0)  # whose work it was cannot be told


def command(line: list[str]) -> Run:
    """Run one of our commands."""
    return run([sys.executable, "-m", "builder", *line], {"BRIEFING_FORCE": ""})


def digests(folder: Path) -> list[str]:
    """Give the digests of all files of a batch."""
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return [file["sha256"] for copy in told["copies"] for file in copy["outputs"]]


def told(runs: dict[str, list[Run]], copies: int, *, same: bool) -> int:
    """Print the table; give 1 where a limit is passed."""
    a_copy = median(
        batch.work / copies / once.work
        for once, batch in zip(runs["cold"], runs["one"], strict=True)
    )
    again = median(
        second.work / first.work for first, second in zip(runs["cold"], runs["again"], strict=True)
    )
    faster = median(
        one.seconds / two.seconds for one, two in zip(runs["one"], runs["two"], strict=True)
    )
    print(f"{copies} copies in three formats; medians of {len(runs['cold'])} rounds")
    titles = [("cold", "cold build"), ("again", "once more")]
    for name, title in (*titles, ("one", "batch -j 1"), ("two", "batch -j 2")):
        seconds = median(run.seconds for run in runs[name])
        work = median(run.work for run in runs[name])
        memory = max(run.megabytes for run in runs[name])
        print(f"{title:12} {seconds:7.1f} s by the clock {work:7.1f} s of work {memory:5.0f} MB")
    record("a copy's work, to a cold build", a_copy, COPY_LIMIT)
    record("a build with nothing to do, to a cold one", again, AGAIN_LIMIT)
    memory = max(run.megabytes for run in (*runs["cold"], *runs["one"], *runs["two"]))
    record("MB of the largest process of a build or batch", memory, MOST_MEMORY)
    record("two processes of a batch, times as fast", faster, SPEED_LIMIT, at_least=True)
    print(f"a copy's work beside a cold build's: {a_copy:.2f} (limit {COPY_LIMIT})")
    print(f"a build with nothing to do beside a cold one: {again:.3f} (limit {AGAIN_LIMIT})")
    print(f"two processes beside one: {faster:.2f} times as fast (limit {SPEED_LIMIT})")
    side_by_side = median(
        one.seconds / two.seconds for one, two in zip(runs["one"], runs["apart"], strict=True)
    )
    print(f"two commands at once, half of the copies each: {side_by_side:.2f} times as fast as one")
    print(f"the files of both are {'the same' if same else 'NOT the same'}")
    good = a_copy <= COPY_LIMIT and again <= AGAIN_LIMIT and faster >= SPEED_LIMIT
    return 0 if good and same and memory <= MOST_MEMORY else 1


if __name__ == "__main__":
    sys.exit(main())
