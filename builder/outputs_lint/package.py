"""A built Office file, opened: its parts, its relationships, and what is wrong with these."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
MAIN_OF_WORD = "word/document.xml"
MAIN_OF_POWERPOINT = "ppt/presentation.xml"

LARGEST = 500_000_000
"""Bytes of all parts together; a report of 1,000 pages has a tenth of it."""


@dataclass(frozen=True, slots=True)
class Package:
    """An Office file's parts and relationships; `parts` holds those that are XML."""

    parts: dict[str, etree._Element]
    names: frozenset[str]
    data: dict[str, bytes]  # the parts that are no XML: fonts, pictures, workbooks

    def targets(self, part: str, kind: str) -> list[str]:
        """Give the parts that a part is related to by a kind of relationship."""
        return [
            posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
            for target in self.relations(part, kind)
        ]

    def relations(self, part: str, kind: str) -> list[str]:
        """Give the targets of a part's relationships of a kind, as they are written."""
        folder, name = posixpath.split(part)
        relations = self.parts.get(f"{folder}/_rels/{name}.rels")
        if relations is None:
            return []
        return [
            r.get("Target", "")
            for r in relations.iter(RELATION)
            if r.get("Type", "").endswith(f"/{kind}") and r.get("TargetMode") != "External"
        ]

    def related(self, part: str) -> Iterator[tuple[str, str]]:
        """Give the ids of a part's relationships with the parts that they lead to."""
        folder, name = posixpath.split(part)
        relations = self.parts.get(f"{folder}/_rels/{name}.rels")
        for relation in () if relations is None else relations.iter(RELATION):
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            yield relation.get("Id", ""), target.lstrip("/")

    def like(self, start: str) -> Iterator[tuple[str, etree._Element]]:
        """Give the parts whose name begins in a certain way, without relationships."""
        for name, part in self.parts.items():
            if name.startswith(start) and not name.endswith(".rels"):
                yield name, part


def open_package(data: bytes) -> Package:
    """Open a .docx or .pptx.

    Raises zipfile.BadZipFile or etree.XMLSyntaxError where it is none.
    """
    archive = zipfile.ZipFile(io.BytesIO(data))
    size = sum(entry.file_size for entry in archive.infolist())
    if size > LARGEST:
        raise zipfile.BadZipFile(f"it would unpack to {size // 1_000_000:,} MB")
    names = frozenset(archive.namelist())
    ordered = sorted(names)
    texts = [name for name in ordered if name.endswith((".xml", ".rels"))]
    parts = {name: etree.fromstring(archive.read(name), _parser()) for name in texts}
    return Package(
        parts, names, {name: archive.read(name) for name in ordered if name not in parts}
    )


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def dangling(package: Package) -> Iterator[str]:
    """Find relationships to parts that are not there, and ids that no relationship has."""
    for name, part in package.parts.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        owner = posixpath.join(folder, posixpath.basename(name).removesuffix(".rels"))
        for relation in part.iter(RELATION):
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            if relation.get("TargetMode") != "External" and target[1:] not in package.names:
                yield f"{name}: {target} is not there"
        known = {relation.get("Id") for relation in part.iter(RELATION)}
        content = package.parts.get(owner)
        if content is None:
            continue
        for element in content.iter():
            for key, value in element.attrib.items():
                if str(key).startswith(R) and value and value not in known:
                    yield f"{owner}: {value!s} is no relationship"
