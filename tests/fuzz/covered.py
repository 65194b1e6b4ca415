"""One reader fuzzed by atheris, which changes inputs towards code that has not run yet.

`make fuzz` starts this in a process of its own, for libFuzzer ends the process that it runs in.
"""

from __future__ import annotations

import argparse
import faulthandler
import hashlib
import struct
import sys
import time
import traceback
from pathlib import Path

import atheris

INSTRUMENTED = {
    "markdown": ["builder.readers", "markdown_it", "mdit_py_plugins"],
    "yaml": ["builder.yaml_source", "builder.yaml_faults", "builder.readers", "yaml"],
    "theme": ["builder.theme"],
}
"""The code whose branches are told apart; each line of it is the slower for it."""

SLOWEST, STOPPED = 5.0, 60
"""Seconds of the processor for one text, and seconds by the clock, after which libFuzzer stops."""

COUNT = "count"
LONGEST = 2000
"""Bytes of an input; the shorter they are, the more are tried."""


def main() -> None:
    """Fuzz a target until the time is over; leave finds and the count of inputs in a folder."""
    parser = argparse.ArgumentParser()
    parser.add_argument("target")
    parser.add_argument("--seconds", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--found", type=Path, required=True, help="where finds are left")
    parser.add_argument("corpus", nargs="+", help="folders of inputs; new ones go to the first")
    asked = parser.parse_args()
    with atheris.instrument_imports(include=INSTRUMENTED[asked.target]):
        from tests.fuzz.targets import TARGETS
    target = TARGETS[asked.target]
    counted = (asked.found / COUNT).open("r+b", buffering=0)
    (ran,) = struct.unpack("<Q", counted.read(8))
    faulthandler.enable()

    def try_one(data: bytes) -> None:
        nonlocal ran
        ran += 1
        counted.seek(0)
        counted.write(struct.pack("<Q", ran))
        started = time.process_time()
        try:
            target(data)
        except Exception as error:
            _keep(asked.found, data, error)
        if time.process_time() - started > SLOWEST:
            _keep(asked.found, data, TimeoutError(f"{time.process_time() - started:.0f} seconds"))

    options = [
        f"-max_total_time={asked.seconds}",
        f"-seed={asked.seed}",
        f"-max_len={LONGEST}",
        f"-timeout={STOPPED}",
        "-rss_limit_mb=3000",
        f"-artifact_prefix={asked.found}/hang-",
        f"-dict={Path(__file__).with_name('words.dict')}",
        "-verbosity=0",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, *asked.corpus], try_one)
    atheris.Fuzz()


def _keep(folder: Path, data: bytes, error: Exception) -> None:
    """Keep the shortest input for each place at which something was raised."""
    where = [(step.filename, step.lineno) for step in traceback.extract_tb(error.__traceback__)]
    place = f"{type(error).__name__} {where[-1:]}"
    name = hashlib.sha256(place.encode()).hexdigest()[:12]
    kept = folder / f"find-{name}"
    if kept.exists() and kept.stat().st_size <= len(data):
        return
    kept.write_bytes(data)
    kept.with_suffix(".txt").write_text("".join(traceback.format_exception(error)))


if __name__ == "__main__":
    main()
