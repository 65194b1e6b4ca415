"""Jobs that do what they are called; processes that do them import little."""

from __future__ import annotations

import os
import time
from pathlib import Path

from builder.batch.copied import Copied
from builder.job import Copy, Job


def make(job: Job) -> Copied:
    """Do what the name of the copy says."""
    match job.copy.name:
        case "die":
            os._exit(9)
        case "fail":
            raise RuntimeError("a fault of ours")
        case "slow":
            time.sleep(0.2)
    return Copied((), (), 0.0)


def jobs(*names: str) -> dict[str, Job]:
    return {f"{n}{i}": Job(Path("x"), copy=Copy(name=n)) for i, n in enumerate(names)}
