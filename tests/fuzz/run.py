"""Fuzzing for minutes on end: `make fuzz MINUTES=10`.

Half of the time goes to whole projects, from pieces by chance and from Hypothesis's grammar; half to
the readers alone, which atheris fuzzes where it is installed: it changes inputs towards code that
has not run yet.
"""

from __future__ import annotations

import argparse
import importlib.util
import struct
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from hypothesis import given

from tests.fuzz.dice import tries
from tests.fuzz.projects import project_of
from tests.fuzz.seeds import plant
from tests.fuzz.strategies import projects
from tests.fuzz.targets import TARGETS
from tests.fuzz.whole import REFUSED, VALID, try_project

WHOLE = 4
"""One project of so many is built in all formats, the others are checked."""

COUNT = "count"
"""The file in which a fuzzed reader counts its inputs."""

ROUND = 50
"""Projects of the grammar in a round."""

LEAST = 5
"""Seconds for which it is worth while to start a reader."""


def main() -> int:
    """Fuzz until the time is over; 1 if anything was found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=0, help="the first project's number")
    parser.add_argument("--only", choices=(*WHOLE_PROJECTS, *TARGETS), help="nothing else")
    parser.add_argument("--keep", type=Path, default=Path("build/fuzz"), help="for what is found")
    asked = parser.parse_args()
    readers = list(TARGETS)
    if importlib.util.find_spec("atheris") is None:
        print("atheris is not for this system or Python; whole projects are tried alone")
        readers = []
    names = [asked.only] if asked.only else [*WHOLE_PROJECTS, *readers]
    seconds = 60 * asked.minutes
    halves = 2 if len(names) > len(WHOLE_PROJECTS) else 1
    found = 0
    for name in names:
        kin = [n for n in names if (n in TARGETS) == (name in TARGETS)]
        fuzz = WHOLE_PROJECTS.get(name, _reader)
        found += fuzz(name, seconds / halves / len(kin), asked.seed, asked.keep / name)
    return bool(found)


def _pieces(name: str, seconds: float, first: int, keep: Path) -> int:
    """Try projects of pieces, one seed after another; give how many went wrong."""
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


def _grammar(name: str, seconds: float, seed: int, keep: Path) -> int:
    """Build projects of the grammar, made anew in each round; give how many rounds went wrong."""
    until, found = time.monotonic() + seconds, 0
    count: Counter[str] = Counter()

    def build(files: dict[str, bytes]) -> None:
        ended = try_project(files, whole=True)
        count[ended if ended in (VALID, REFUSED) else "FOUND"] += 1
        assert ended in (VALID, REFUSED), ended

    while time.monotonic() < until:
        try:
            tries(ROUND, seed, smaller=True)(given(projects(sound=True))(build))()
        except AssertionError:
            found += 1
            print(f"round {seed}:\n{traceback.format_exc()}", flush=True)
        seed += 1
    print(f"{name}: {count.total()} inputs, {dict(count)}", flush=True)
    return found


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
    # Where the machine paused us, what libFuzzer takes for a hang is none.
    finds = [p for p in sorted(found.glob("hang-*")) if _hangs(name, p)]
    finds += [path for path in sorted(found.glob("find-*")) if path.suffix != ".txt"]
    for find in finds:
        print(f"{name} found: {find}", flush=True)
        if (told := find.with_suffix(".txt")).exists():
            print(told.read_text(), flush=True)
    print(f"{name}: {ran} inputs, {len(finds)} finds", flush=True)
    return len(finds)


def _hangs(name: str, path: Path) -> bool:
    """Try an input again, by itself."""
    said = f"from tests.fuzz.targets import {name}; {name}(open({str(path)!r}, 'rb').read())"
    try:
        return bool(
            subprocess.run([sys.executable, "-c", said], timeout=60, check=False).returncode
        )
    except subprocess.TimeoutExpired:
        return True


WHOLE_PROJECTS = {"pieces": _pieces, "grammar": _grammar}


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
