"""The report as a web page, each of its blocks with the line that it comes from."""

from __future__ import annotations

from dataclasses import dataclass, field

from builder.build import Prepared
from builder.diagnostics import Diagnostics
from builder.passes.editions import for_format
from builder.preview.notices import Text
from builder.writers.html import write_html
from builder.writers.html.web import Drawings


@dataclass(slots=True)
class Reports:
    """Writes the report again and again; drawings that show the same are not drawn anew."""

    drawings: Drawings = field(default_factory=Drawings)

    def write(self, revision: int, prepared: Prepared, log: Diagnostics) -> Text:
        """Write the edition for the web. Raises ContentErrors where a template has a fault."""
        made = write_html(
            for_format(prepared.document, "html"),
            prepared.theme,
            log,
            stamp=prepared.stamp,
            read=prepared.project.files.read,
            sources=True,
            drawings=self.drawings,
        )
        return Text("report", revision, made.data.decode("utf-8"))
