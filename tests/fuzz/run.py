"""Fuzzing for minutes on end: `make fuzz MINUTES=10`.

Half of the time goes to whole projects made by chance, half to the readers alone, which atheris
fuzzes where it is installed: it changes inputs towards code that has not run yet.
"""

from __future__ import annotations

import argparse
import importlib.util
import struct
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.fuzz.projects import project_of
from tests.fuzz.seeds import plant
from tests.fuzz.targets import TARGETS
from tests.fuzz.whole import REFUSED, VALID, try_project

WHOLE = 4
"""One project of so many is built in all formats, the others are checked."""

COUNT = "count"
"""The file in which a fuzzed reader counts its inputs."""

LEAST = 5
"""Seconds for which it is worth while to start a reader."""


def main() -> int:
    """Fuzz until the time is over; 1 if anything was found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=0, help="the first project's number")
    parser.add_argument("--only", choices=("projects", *TARGETS), help="nothing else")
    parser.add_argument("--keep", type=Path, default=Path("build/fuzz"), help="for what is found")
    asked = parser.parse_args()
    names = [asked.only] if asked.only else ["projects", *TARGETS]
    if importlib.util.find_spec("atheris") is None:
        print("atheris is not for this system or Python; projects made by chance are tried alone")
        names = ["projects"]
    shares = Counter({name: len(TARGETS) if name == "projects" else 1 for name in names})
    seconds = {name: 60 * asked.minutes * n / shares.total() for name, n in shares.items()}
    found = 0
    for name in names:
        fuzz = _projects if name == "projects" else _reader
        found += fuzz(name, seconds[name], asked.seed, asked.keep / name)
    return bool(found)


def _projects(name: str, seconds: float, first: int, keep: Path) -> int:
    """Try projects of one seed after another; give how many went wrong."""
    until, seed = time.monotonic() + seconds, first
    count: Counter[str] = Counter()
    while time.monotonic() < until:
        ended = try_project(project_of(seed), whole=seed % WHOLE == 0)
        if ended not in (VALID, REFUSED):
            print(f"seed {seed}:\n{ended}", flush=True)
            ended = "FOUND"
        count[ended] += 1
        seed += 1
    print(f"{name}: {seed - first} inputs, {dict(count)}", flush=True)
    return count["FOUND"]


def _reader(name: str, seconds: float, seed: int, keep: Path) -> int:
    """Let atheris fuzz one reader, again after each hang; give how many different finds there are."""
    found = keep / "found"
    found.mkdir(parents=True, exist_ok=True)
    (found / COUNT).write_bytes(struct.pack("<Q", 0))
    until = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as planted:
        plant(name, Path(planted))
        while (left := until - time.monotonic()) > LEAST:
            seed += 1
            done = _ask_atheris(name, int(left), seed, found, keep / "corpus", Path(planted))
            if done.returncode and not any(found.glob("hang-*")):
                print(done.stderr[-2000:], flush=True)
                return 1
    (ran,) = struct.unpack("<Q", (found / COUNT).read_bytes())
    finds = sorted(p for p in found.iterdir() if p.name.startswith(("find-", "hang-")))
    for find in finds:
        print(f"{name} found: {find}", flush=True)
        print(find.read_text() if find.suffix == ".txt" else "", end="", flush=True)
    print(f"{name}: {ran} inputs, {len(finds)} files of finds", flush=True)
    return len(finds)


def _ask_atheris(
    name: str, seconds: int, seed: int, found: Path, corpus: Path, planted: Path
) -> subprocess.CompletedProcess[str]:
    corpus.mkdir(exist_ok=True)
    options = {"--seconds": seconds, "--seed": seed, "--found": found}
    told = [str(part) for option in options.items() for part in option]
    command = [sys.executable, "-m", "tests.fuzz.covered", name, *told, str(corpus), str(planted)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    raise SystemExit(main())
