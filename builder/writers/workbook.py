"""The workbooks behind charts: numbers and text, whatever a text looks like."""

from __future__ import annotations

import io
from typing import Any

PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
"""python-pptx lets "=1+1" become a formula and "file:///x" a link: both run when clicked."""


def workbook_of(data: Any) -> bytes:  # python-pptx ships no types
    """Write the workbook of python-pptx's chart data."""
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    book = Workbook(stream, PLAIN)
    data._workbook_writer._populate_worksheet(book, book.add_worksheet())
    book.close()
    return stream.getvalue()
