"""The deck as PDF: `-t slides-pdf` and `-t handout`."""

from builder.writers.slides.writer import write_handout, write_slides

__all__ = ["write_handout", "write_slides"]
