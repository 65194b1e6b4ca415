"""The parts of an Office package and the relationships between them, as one zip in the end."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CORE = f"{_PACKAGE}/metadata/core-properties"
_DEFAULTS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "tiff": "image/tiff",
    "bmp": "image/bmp",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(slots=True)
class Part:
    """One part: its name inside the package, its bytes, and what it refers to."""

    name: str  # "ppt/slides/slide1.xml"
    content_type: str  # empty: known by its extension
    data: bytes = b""
    relations: list[tuple[str, str, bool]] = field(default_factory=list)

    def relate(self, kind: str, target: Part) -> str:
        """Refer to another part; the relationship's id, the same for the same part."""
        source = posixpath.dirname(self.name)
        return self._add(_kind(kind), posixpath.relpath(target.name, source or "."), False)

    def link(self, address: str) -> str:
        """Refer to an address outside; the relationship's id."""
        return self._add(_kind("hyperlink"), address, True)

    def _add(self, kind: str, target: str, external: bool) -> str:
        relation = (kind, target, external)
        if relation not in self.relations:
            self.relations.append(relation)
        return f"rId{self.relations.index(relation) + 1}"

    @property
    def rels_name(self) -> str:
        """The name of the part that holds the relationships."""
        folder, name = posixpath.split(self.name)
        return posixpath.join(folder, "_rels", f"{name}.rels")

    def rels(self) -> str:
        """Give the relationships as XML."""
        entries = "".join(
            f'<Relationship Id="rId{number}" Type={quoteattr(kind)} Target={quoteattr(target)}'
            f"{' TargetMode=' + quoteattr('External') if external else ''}/>"
            for number, (kind, target, external) in enumerate(self.relations, start=1)
        )
        return f'{HEAD}<Relationships xmlns="{_PACKAGE}">{entries}</Relationships>'


def _kind(name: str) -> str:
    return name if "://" in name else f"{_OFFICE}/{name}"


@dataclass(slots=True)
class Package:
    """All parts of one file."""

    root: Part = field(default_factory=lambda: Part("", ""))
    parts: dict[str, Part] = field(default_factory=dict)

    def add(self, name: str, content_type: str, xml: str | bytes = b"") -> Part:
        """Add a part; its XML may be set later."""
        data = (HEAD + xml).encode() if isinstance(xml, str) else xml
        part = Part(name, content_type, data)
        self.parts[name] = part
        return part

    def image(self, data: bytes, extension: str) -> Part:
        """Add an image, once."""
        for part in self.parts.values():
            if part.data == data and part.name.startswith("ppt/media/"):
                return part
        number = sum(name.startswith("ppt/media/") for name in self.parts) + 1
        return self.add(f"ppt/media/image{number}.{extension}", "", data)

    def save(self) -> bytes:
        """Give the package as a zip."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as target:
            target.writestr("[Content_Types].xml", self._content_types())
            target.writestr("_rels/.rels", self.root.rels())
            for part in self.parts.values():
                target.writestr(part.name, part.data)
                if part.relations:
                    target.writestr(part.rels_name, part.rels())
        return stream.getvalue()

    def _content_types(self) -> str:
        used = {name.rpartition(".")[2] for name in self.parts} | {"rels", "xml"}
        defaults = "".join(
            f'<Default Extension="{extension}" ContentType="{_DEFAULTS[extension]}"/>'
            for extension in sorted(used)
        )
        overrides = "".join(
            f'<Override PartName="/{part.name}" ContentType="{part.content_type}"/>'
            for part in self.parts.values()
            if part.content_type
        )
        return f'{HEAD}<Types xmlns="{_TYPES}">{defaults}{overrides}</Types>'


def xml_bytes(xml: str) -> bytes:
    """Give XML with its declaration."""
    return (HEAD + xml).encode()
