"""Fuzzing for minutes on end: `make fuzz MINUTES=10`."""

from __future__ import annotations

import argparse
import collections
import tempfile
import time
import traceback
from pathlib import Path

from builder.build import build, check
from builder.diagnostics import Diagnostics
from builder.job import Job, WordOptions
from builder.outputs_lint import lint_outputs
from tests.fuzz.projects import project_of

SLOW = 10.0
WHOLE = 10
"""One project of so many is built in all formats, the others are checked."""


def try_project(seed: int) -> str:
    """Build or check the project of a seed; give "valid" or "refused", or what went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "p"
        for name, data in project_of(seed).items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(data)
        started = time.process_time()
        try:
            if seed % WHOLE:
                log = check(Job(root))
            else:
                job = Job(
                    root,
                    ("pdf", "docx", "pptx", "html"),
                    Path(folder) / "out",
                    word=WordOptions(embed_fonts=False),
                )
                outcome = build(job)
                log, linted = outcome.log, Diagnostics()
                lint_outputs(
                    {p: p.read_bytes() for p in outcome.paths if p.suffix != ".pdf"}, linted
                )
                if linted.has_errors:
                    return f"unsound outputs: {next(iter(linted))}"
        except Exception:
            return traceback.format_exc()
        if time.process_time() - started > SLOW:
            return f"slow: {time.process_time() - started:.0f} seconds"
        return "refused" if log.has_errors else "valid"


def main() -> int:
    """Run seeds one after another until the time is over; 1 if anything was found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=0, help="the first")
    asked = parser.parse_args()
    until, seed = time.monotonic() + 60 * asked.minutes, asked.seed
    count: collections.Counter[str] = collections.Counter()
    while time.monotonic() < until:
        found = try_project(seed)
        if found not in ("valid", "refused"):
            print(f"seed {seed}:\n{found}", flush=True)
            found = "FOUND"
        count[found] += 1
        seed += 1
    print(f"{seed - asked.seed} projects: {dict(count)}")
    return bool(count["FOUND"])


if __name__ == "__main__":
    raise SystemExit(main())
