"""What is shipped passes its own rules."""

from __future__ import annotations

from builder.build import check
from builder.job import Job
from tests.support.built import SHIPPED

KNOWN = {
    ("sections/04-periphery-doctrine.md", "takeaway-no-verb"),
    ("sections/06-american-dimension.md", "acronym-undefined"),
}
"""Findings that are right, and for the briefing's author to decide."""


def test_the_shipped_briefing_has_no_finding_that_is_not_its_authors_to_decide() -> None:
    assert {(d.at.file, d.code.value) for d in check(Job(SHIPPED))} <= KNOWN
