"""One writer a format: a document and a theme in, an artifact out. Writers open no files."""

from __future__ import annotations

from functools import partial

from builder.hands import Hands
from builder.job import PLAIN, WordOptions
from builder.writers.base import Printed, Writer
from builder.writers.libraries import ask_no_compilers
from builder.writers.pdf_standing import Standing

ask_no_compilers()  # before any writer imports WeasyPrint


def writer_for(
    name: str,
    word: WordOptions = PLAIN,
    counted: Printed | None = None,
    hands: Hands | None = None,
    standing: Standing | None = None,
) -> Writer:
    """Give the writer of a format; its library is imported only now.

    `counted` says on which pages LibreOffice puts what the Word document's contents list; `hands`
    are processes that lay out parts of the report, `standing` has parts that were laid out before.

    Raises ValueError for a format that nobody writes.
    """
    match name:
        case "pdf":
            from builder.writers.pdf import write_pdf

            return partial(write_pdf, hands=hands, standing=standing)
        case "print":
            from builder.writers.pdf import write_print

            return partial(write_print, hands=hands, standing=standing)
        case "docx":
            from builder.writers.word import write_word

            return partial(write_word, options=word, counted=counted)
        case "pptx":
            from builder.writers.powerpoint import write_powerpoint

            return write_powerpoint
        case "html":
            from builder.writers.html import write_html

            return write_html
        case "slides-pdf":
            from builder.writers.slides import write_slides

            return write_slides
        case "handout":
            from builder.writers.slides import write_handout

            return write_handout
        case _:
            raise ValueError(f"{name!r} is no format")
