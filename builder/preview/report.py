"""The report as a web page, each of its blocks with the line that it comes from."""

from __future__ import annotations

from builder.build import Prepared
from builder.diagnostics import Diagnostics
from builder.passes.editions import for_format
from builder.preview.notices import Text
from builder.writers.html import write_html


def report(revision: int, prepared: Prepared, log: Diagnostics) -> Text:
    """Write the edition for the web. Raises ContentErrors where a template has a fault."""
    document = for_format(prepared.document, "html")
    made = write_html(
        document,
        prepared.theme,
        log,
        stamp=prepared.stamp,
        read=prepared.project.files.read,
        sources=True,
    )
    return Text("report", revision, made.data.decode("utf-8"))
