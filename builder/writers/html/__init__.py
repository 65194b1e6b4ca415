"""The edition for the web: one page that needs nothing else."""

from __future__ import annotations

from builder.writers.html.edition import write_html

__all__ = ["write_html"]
