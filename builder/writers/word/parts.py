"""The package: parts and what relates them. python-docx knows how to pack them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Self

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.opc.phys_pkg import PhysPkgWriter
from docx.opc.pkgwriter import PackageWriter
from docx.package import Package

from builder.document.nodes import Document
from builder.writers.word.properties import (
    core_properties,
    custom_properties,
    extended_properties,
)
from builder.writers.word.xml import Element, serialize
from builder.writers.zip_settle import settle

MAIN = CT.WML_DOCUMENT_MAIN
EXTENDED = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"


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

    def texts(self) -> list[Element]:
        """Give the parts that hold words of the document."""
        relations = self.main.rels.values()
        owned = [relation.target_part for relation in relations if not relation.is_external]
        parts = (self.main, *(part for part in owned if isinstance(part, TextPart)))
        return [part.content for part in parts if part.content is not None]

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

    def pack(self, document: Document, stamp: datetime, pages: int) -> bytes:
        """Write the package with its properties; the same parts give the same bytes."""
        extended = self.part("/docProps/app.xml", EXTENDED)
        extended.content = extended_properties(document.meta, pages)
        self.package.relate_to(extended, RT.EXTENDED_PROPERTIES)
        custom = self.part("/docProps/custom.xml", CUSTOM)
        custom.content = custom_properties(document)
        self.package.relate_to(custom, RT.CUSTOM_PROPERTIES)
        core_properties(self.package, document.meta, stamp)
        return settle(_stored(self.package), stamp)


class _Store(PhysPkgWriter):
    """Writes a package without compressing it, as it is to be compressed when it is settled."""

    def __new__(cls, target: zipfile.ZipFile) -> Self:
        """Make one, and not the writer that python-docx would choose by the target's kind."""
        return object.__new__(cls)

    def __init__(self, target: zipfile.ZipFile) -> None:
        self._target = target

    def write(self, name: PackURI, data: bytes | str) -> None:
        """Write one member."""
        self._target.writestr(name.membername, data)


def _stored(package: OpcPackage) -> bytes:
    """Do what `package.save` does, which would compress everything a first time."""
    for part in package.parts:
        part.before_marshal()  # type: ignore[no-untyped-call]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        writer = _Store(target)
        for step, what in (
            (PackageWriter._write_content_types_stream, package.parts),
            (PackageWriter._write_pkg_rels, package.rels),
            (PackageWriter._write_parts, package.parts),
        ):
            step(writer, what)
    return stream.getvalue()
