"""The package: parts and what relates them. python-docx knows how to pack them."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package

from builder.document.nodes import Metadata
from builder.writers.word.languages import office_language
from builder.writers.word.xml import Element, serialize
from builder.writers.zip_settle import settle

MAIN = CT.WML_DOCUMENT_MAIN
EXTENDED = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas'
    b'.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Microsoft Office'
    b" Word</Application><AppVersion>16.0000</AppVersion></Properties>"
)


class TextPart(Part):
    """A part whose XML is filled in while the document is written."""

    content: Element | None = None

    @property
    def blob(self) -> bytes:
        """Give the part's bytes as they are now."""
        return super().blob if self.content is None else serialize(self.content)

    def link(self, address: str) -> str:
        """Give the relationship id of an address outside."""
        return self.relate_to(address, RT.HYPERLINK, is_external=True)


@dataclass(slots=True)
class Parts:
    """Every part of the file."""

    package: Package = field(default_factory=Package)
    main: TextPart = field(init=False)
    _images: dict[bytes, Part] = field(default_factory=dict)
    _charts: int = 0
    _headers: int = 0

    def __post_init__(self) -> None:
        self.main = self.part("/word/document.xml", MAIN)
        self.package.relate_to(self.main, RT.OFFICE_DOCUMENT)

    def part(self, name: str, content_type: str, data: bytes = b"") -> TextPart:
        """Make a part that nothing refers to yet."""
        return TextPart(PackURI(name), content_type, data, self.package)

    def attach(self, name: str, content_type: str, relation: str, content: Element) -> TextPart:
        """Make a part of the main document."""
        part = self.part(f"/word/{name}.xml", content_type)
        part.content = content
        self.main.relate_to(part, relation)
        return part

    def furniture(self, kind: Literal["header", "footer"]) -> tuple[TextPart, str]:
        """Add a running header or footer, to be filled; gives its relationship id as well."""
        self._headers += 1
        types = {"header": (CT.WML_HEADER, RT.HEADER), "footer": (CT.WML_FOOTER, RT.FOOTER)}
        content_type, relation = types[kind]
        part = self.part(f"/word/{kind}{self._headers}.xml", content_type)
        return part, self.main.relate_to(part, relation)

    def image(self, owner: Part, data: bytes, content_type: str) -> str:
        """Give the relationship id of a picture, which is stored once however often it is shown."""
        if data not in self._images:
            ending = content_type.partition("/")[2].replace("jpeg", "jpg").partition("+")[0]
            name = PackURI(f"/word/media/image{len(self._images) + 1}.{ending}")
            self._images[data] = Part(name, content_type, data, self.package)
        return owner.relate_to(self._images[data], RT.IMAGE)

    def chart(self, owner: Part, content: Element, workbook: bytes) -> str:
        """Add a chart with the workbook that holds its numbers; gives its relationship id.

        The workbook's relationship is the chart's first: `rId1`.
        """
        self._charts += 1
        chart = self.part(f"/word/charts/chart{self._charts}.xml", CT.DML_CHART)
        book_name = PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{self._charts}.xlsx")
        chart.relate_to(Part(book_name, CT.SML_SHEET, workbook, self.package), RT.PACKAGE)
        chart.content = content
        return owner.relate_to(chart, RT.CHART)

    def pack(self, meta: Metadata, stamp: datetime) -> bytes:
        """Write the package with its core properties; the same parts give the same bytes."""
        self.package.relate_to(
            Part(PackURI("/docProps/app.xml"), EXTENDED, APP, self.package), RT.EXTENDED_PROPERTIES
        )
        self._describe(meta, stamp)
        stream = io.BytesIO()
        self.package.save(stream)
        return settle(stream.getvalue(), stamp)

    def _describe(self, meta: Metadata, stamp: datetime) -> None:
        core = self.package.core_properties
        naive = stamp.replace(tzinfo=None)
        core.title = meta.title[:255]
        core.author = "; ".join(meta.authors)[:255] or meta.publisher[:255]
        core.subject = meta.subtitle[:255]
        core.keywords = ", ".join(meta.keywords)[:255]
        core.category = " ".join(filter(None, (meta.series, meta.number)))[:255]
        core.comments = meta.abstract[:255]
        core.language = office_language(meta.language)
        core.last_modified_by = core.author
        core.revision = 1
        core.created = core.modified = naive
