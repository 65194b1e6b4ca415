"""What the PDF says of itself: standards, metadata, attached data, page labels.

One file is PDF/A-3a and PDF/UA-1 at once. PDF/A wants every property of the XMP packet to be
known, and `pdfuaid:part` is not, so a description of that schema goes with it (ISO 19005-3,
clause 6.6.2.3).
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Any

import pydyf
import weasyprint
from markupsafe import escape
from weasyprint.css import ColorProfile
from weasyprint.pdf.metadata import DocumentMetadata

from builder.diagnostics import Code, Diagnostics, Span
from builder.document.nodes import Chart, Document, Metadata
from builder.document.walk import every, plain

CREATOR = "briefing-builder"
COMPRESSION = 6
PRODUCER = f"WeasyPrint {weasyprint.VERSION}"

ARCHIVE = """\
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file keeps to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


class Identity(DocumentMetadata):  # type: ignore[misc]  # WeasyPrint ships no types
    """A briefing's metadata, complete, in WeasyPrint's form."""

    def __init__(self, meta: Metadata, stamp: datetime, xmp: str) -> None:
        moment = stamp.strftime("%Y-%m-%dT%H:%M:%SZ")
        super().__init__(
            title=meta.title,
            authors=list(meta.authors),
            description=meta.abstract or meta.subtitle,
            keywords=list(meta.keywords),
            generator=CREATOR,
            created=moment,
            modified=moment,
            lang=meta.language,
        )
        self._meta = meta
        self._standard = xmp

    def generate_rdf_metadata(self, *_: object) -> bytes:
        """Write the packet's inner part; it must say what the information dictionary says."""
        meta = self._meta
        fields = [
            _alternatives("dc:title", self.title, meta.language),
            _listed("dc:creator", "Seq", self.authors),
            _alternatives("dc:description", self.description, meta.language),
            _listed("dc:subject", "Bag", self.keywords),
            _listed("dc:publisher", "Bag", [meta.publisher] if meta.publisher else []),
            _alternatives("dc:rights", meta.rights, meta.language),
            _listed("dc:language", "Bag", [meta.language]),
            _listed("dc:date", "Seq", [self.created]),
            "<dc:format>application/pdf</dc:format>",
            _field("pdf:Keywords", ", ".join(self.keywords)),
            _field("pdf:Producer", PRODUCER),
            _field("xmp:CreatorTool", self.generator),
            _field("xmp:CreateDate", self.created),
            _field("xmp:ModifyDate", self.modified),
            _field("xmp:MetadataDate", self.modified),
        ]
        inner = "\n".join(field for field in fields if field)
        return (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
            '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
            ' xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">\n'
            f"{inner}\n</rdf:Description>\n{self._standard}</rdf:RDF>"
        ).encode()


def _field(name: str, value: str) -> str:
    return f"<{name}>{escape(value)}</{name}>" if value else ""


def _listed(name: str, kind: str, values: Sequence[str]) -> str:
    items = "".join(f"<rdf:li>{escape(value)}</rdf:li>" for value in values)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>" if items else ""


def _alternatives(name: str, value: str, language: str) -> str:
    if not value:
        return ""
    items = "".join(
        f'<rdf:li xml:lang="{escape(code)}">{escape(value)}</rdf:li>'
        for code in ("x-default", language)
    )
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"


# ---------------------------------------------------------------- attached data


@dataclass(frozen=True, slots=True)
class Data:
    """A file of numbers behind a chart, to be attached."""

    name: str
    content: bytes
    description: str


def data_of(
    document: Document, read: Callable[[PurePosixPath], bytes], log: Diagnostics
) -> tuple[Data, ...]:
    """Give the CSVs behind the charts, each once, with the titles of the charts made of it."""
    titles: dict[PurePosixPath, list[str]] = {}
    for chart in every(document.sections, Chart):
        if chart.data_path.name:
            titles.setdefault(chart.data_path, []).append(plain(chart.caption.title))
    names = [path.name for path in titles]
    found = []
    for path in sorted(titles):
        name = path.name if names.count(path.name) == 1 else "-".join(path.parts)
        try:
            content = read(path)
        except OSError as fault:
            log.error(
                Code.FILE_UNREADABLE,
                f"the data cannot be attached: {fault.strerror}",
                at=Span(path.as_posix()),
                hint="leave the files of a briefing alone while it is built",
            )
            continue
        found.append(Data(name, content, "; ".join(filter(None, titles[path]))))
    return tuple(found)


# ---------------------------------------------------------------- the finished file


def finish(document: Any, pdf: Any) -> None:
    """Put the last things right before the file is written; WeasyPrint calls it."""
    pdf.catalog["PageLabels"] = _page_labels(document.pages)
    pdf.catalog["PageMode"] = "/UseOutlines" if "Outlines" in pdf.catalog else "/UseNone"
    for image in pdf.objects:
        if getattr(image, "extra", {}).get("Interpolate"):
            image.extra["Interpolate"] = "false"  # PDF/A forbids it (ISO 19005-3, 6.2.8)
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream) and stream.compress:
            compress(stream)
    if "AF" in pdf.catalog:  # WeasyPrint names each file twice
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def compress(stream: Any) -> None:
    """Compress a stream once; pydyf would do so at every look, and it looks twice."""
    raw = b"\n".join(pydyf._to_bytes(item) for item in stream.stream)
    stream.stream, stream.compress = [zlib.compress(raw, COMPRESSION)], False
    stream.extra["Filter"] = "/FlateDecode"


def front_pages(pages: Sequence[Any]) -> int:
    """Count the pages before the first section: cover, about and contents."""
    for index, page in enumerate(pages):
        if page.kind == "":
            return index
    return len(pages)


def _page_labels(pages: Sequence[Any]) -> Any:
    """Number the front matter in roman numerals; what follows goes on in arabic ones.

    So the number printed on a page is the number that a reader types to go there.
    """
    front = front_pages(pages)
    labels = pydyf.Array()
    if front:
        labels += [0, pydyf.Dictionary({"S": "/r"})]
    if front < len(pages):
        labels += [front, pydyf.Dictionary({"S": "/D", "St": front + 1})]
    return pydyf.Dictionary({"Nums": labels})


# ---------------------------------------------------------------- standards

SCREEN = "screen"


def screen_profile() -> Any:
    """Give the profile of sRGB; WeasyPrint's own way would leave its file open."""
    profile = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
    intent = "relative-colorimetric"
    return ColorProfile(io.BytesIO(profile), "sRGB2014.icc", intent, ("r", "g", "b"))


@dataclass(frozen=True, slots=True)
class Claim:
    """A standard that a file keeps to, and what has to be done for it."""

    variant: str | None  # WeasyPrint's name of it
    xmp: str  # its part of the XMP packet
    tagged: bool = True
    intent: str | None = None  # the colour profile that the file is meant for
    colours: Callable[[], dict[str, Any]] = dict  # all profiles, by name
    finish: Callable[[Any, Any], None] = finish


ARCHIVED = Claim("pdf/a-3a", ARCHIVE, True, SCREEN, lambda: {SCREEN: screen_profile()})


@dataclass(frozen=True, slots=True)
class About:
    """What goes into the file besides its pages."""

    meta: Metadata
    stamp: datetime
    data: tuple[Data, ...]
    claim: Claim = ARCHIVED

    def metadata(self) -> Identity:
        """Give the metadata in WeasyPrint's form."""
        return Identity(self.meta, self.stamp, self.claim.xmp)

    def attachments(self) -> list[Any]:
        """Give the attachments in WeasyPrint's form, which can be read once."""
        return [
            weasyprint.Attachment(
                string=data.content,
                name=data.name,
                description=data.description,
                created=self.stamp,
                modified=self.stamp,
                relationship="Data",
            )
            for data in self.data
        ]
