"""The deck as a PowerPoint file."""

from __future__ import annotations

from builder.writers.powerpoint.deck import write_powerpoint

__all__ = ["write_powerpoint"]
