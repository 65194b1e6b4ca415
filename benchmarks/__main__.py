"""All benchmarks, one after the other, and then the table and the plot: python -m benchmarks.

Exit code 1 where a limit is passed, 2 where one of them broke off: what it did not measure would
else be missing from the table without a word.
"""

from __future__ import annotations

import subprocess
import sys

from benchmarks import record
from benchmarks.running import ROOT

ALL = ("commands", "bench", "deck", "word", "edits", "batch", "preview")
LONG = ("commands", "bench", "word")
"""Those that go to a thousand pages, if they are asked to."""

RUN = """
import importlib, sys, traceback
sys.argv = sys.argv[1:]
try:
    code = importlib.import_module(sys.argv[0]).main()
except BaseException:
    traceback.print_exc()
    code = 2
sys.exit(code)
"""


def main() -> int:
    """Run all of them."""
    long = [word for word in sys.argv[1:] if word == "--long"]
    record.FIGURES.unlink(missing_ok=True)
    broken = []
    for name in ALL:
        print(f"\n{name}", flush=True)
        line = [sys.executable, "-c", RUN, f"benchmarks.{name}", *(long if name in LONG else [])]
        if subprocess.run(line, cwd=ROOT).returncode not in (0, 1):
            broken.append(name)
    print(flush=True)
    code = record.main()
    if broken:
        print(f"broke off, and lack figures: {', '.join(broken)}", file=sys.stderr)
        return 2
    return code


if __name__ == "__main__":
    sys.exit(main())
