"""Run every attack and write how it ended: `make attacks`, which writes docs/attacks.md."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.attacks import test_bombs, test_doors, test_network, test_paths, test_text
from tests.attacks.arena import LONGEST, Attack, Outcome, judge_codes
from tests.attacks.judge import judge

PAGE = Path(__file__).parents[2] / "docs" / "attacks.md"
GROUPS: Mapping[str, Sequence[Attack]] = {
    "Files outside the project": test_paths.ATTACKS,
    "Network and links": test_network.ATTACKS,
    "Endless work": test_bombs.ATTACKS,
    "Text that is not what it seems": test_text.ATTACKS,
    "Templates, fonts, editions, workbooks": test_doors.ATTACKS,
}
HEAD = """# Attacks

Each row is a small hostile project of `tests/attacks/`, built or checked as users do, in a process that is watched, under the
usual limits (those named *by the thousand* of text: under `--limits strict`). `make attacks` writes this page; `make test` runs a sample of them, `make test-long` all. **Ends** says how: the finding
that refuses it, or *harmless* where it builds and nothing comes of it. **Seconds** are those of the processor, start of the program
and all (by the clock they are the same where nothing else works); **MB** is the most memory that the working process held.

"""


@dataclass(frozen=True)
class Row:
    """One attack, and how it ended."""

    name: str
    end: str
    seconds: float
    peak: int

    def __str__(self) -> str:
        return f"| {self.name} | {self.end} | {self.seconds:.1f} | {self.peak:,} |"


def row(attack: Attack, outcome: Outcome) -> Row:
    """Say how an attack ended: by the finding that was expected, where there are several."""
    codes = judge_codes(outcome)
    expected = [code for code in codes if code in attack.ends.split()]
    end = f"`{(expected or codes or ['?'])[0]}`" if outcome.code else "*harmless*"
    return Row(attack.name, end, outcome.seconds, outcome.peak)


def run() -> Iterator[tuple[str, Row]]:
    """Let every attack run; one that ends otherwise than it may has no row."""
    for group, attacks in GROUPS.items():
        for attack in attacks:
            with tempfile.TemporaryDirectory(prefix="attack-") as folder:
                before = attack.name.startswith("output")
                try:
                    made = row(attack, judge(attack, Path(folder), outputs_before=before))
                except AssertionError as fault:
                    told = " ".join(str(fault).split())[:400]
                    print(f"{attack.name}: {told}", file=sys.stderr, flush=True)
                    continue
            print(made, file=sys.stderr, flush=True)
            yield group, made


def page(rows: Sequence[tuple[str, Row]], machine: str) -> str:
    """Write the page."""
    every = [made for _, made in rows]
    slowest = max(every, key=lambda made: made.seconds)
    largest = max(every, key=lambda made: made.peak)
    stopped = sum("limit-reached" in made.end for made in every)
    harmless = sum("harmless" in made.end for made in every)
    summary = (
        f"**{len(every)} attacks:** {len(every) - stopped - harmless} are refused at their place,"
        f" {harmless} are harmless, {stopped} are ended by a limit. The slowest took"
        f" {slowest.seconds:.1f} seconds ({slowest.name}); none may take {LONGEST:.0f}. The largest"
        f" held {largest.peak:,} MB ({largest.name}). Measured on {machine}.\n"
    )
    parts = []
    for group in GROUPS:
        lines = [str(made) for name, made in rows if name == group]
        table = ["| attack | ends | seconds | MB |", "| --- | --- | --: | --: |", *lines]
        parts.append(f"\n## {group}\n\n" + "\n".join(table) + "\n")
    return HEAD + summary + "".join(parts)


def described() -> str:
    """Describe this machine: processor, cores, memory, system, Python."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in _lines("/proc/cpuinfo")
            if line.startswith("model name")
        ),
        platform.processor() or platform.machine(),
    )
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    python = platform.python_version()
    return f"{cores} cores ({model}), {memory:.0f} GB, {platform.system()}, Python {python}"


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="attack-") as cache:
        os.environ |= {"BRIEFING_CACHE": cache, "BRIEFING_FORCE": "1"}  # nothing is kept
        rows = list(run())
    if len(rows) < sum(map(len, GROUPS.values())):
        sys.exit("some attacks ended otherwise than they may; the page is as it was")
    PAGE.write_text(page(rows, described()), encoding="utf-8")
    print(f"{PAGE} is written")
