"""The processes that a build of the report gets, started before anything large is imported."""

from __future__ import annotations

import os

from builder.hands import Hands, hirable
from builder.job import Job

PRINTED = ("pdf", "print")
WORKSHOP = "builder.writers.pdf_workshop:Workshop"
COUNT = "BRIEFING_PROCESSES"
"""The environment's say in how many processes help; 0: none."""


def hired(job: Job) -> Hands:
    """Start as many processes as are of use for what the job asks for; they may be none."""
    printed = not job.formats or job.for_print or any(name in PRINTED for name in job.formats)
    return Hands.hired(count() if printed else 0, WORKSHOP)


def count() -> int:
    """Give the number of processes: what the environment says, else what the machine can do."""
    asked = os.environ.get(COUNT, "")
    return min(int(asked), 64) if asked.isascii() and asked.isdigit() else hirable()
