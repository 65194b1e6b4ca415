"""The processes that a build of the report gets, started before anything large is imported."""

from __future__ import annotations

import os

from builder.hands import PRINTED, Hands, hirable
from builder.job import FORMATS, Job

WORKSHOP = "builder.writers.pdf_workshop:Workshop"
COUNT = "BRIEFING_PROCESSES"
"""The environment's say in how many processes help; 0: none."""


def hired(job: Job) -> Hands:
    """Start as many processes as are of use for what the job asks for; they may be none."""
    is_printed = job.for_print or any(name in PRINTED for name in job.formats or FORMATS)
    return Hands.hired(count() if is_printed else 0, WORKSHOP)


def count() -> int:
    """Give the number of processes: what the environment says, else what the machine can do."""
    asked = os.environ.get(COUNT, "")
    return min(int(asked), 64) if asked.isascii() and asked.isdigit() else hirable()
