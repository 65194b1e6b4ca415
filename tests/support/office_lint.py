"""Faults in Office files that Microsoft's validator does not see, found by reading the parts."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
SECTIONS = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
NO_STYLES = frozenset(
    {"{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}", "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"}
)
"""Table styles that PowerPoint knows without being told."""


@dataclass(frozen=True, slots=True)
class Package:
    """An Office file's parts and relationships."""

    parts: dict[str, etree._Element]
    names: frozenset[str]

    def targets(self, part: str, kind: str) -> list[str]:
        """Give the parts that a part is related to by a kind of relationship."""
        folder, name = posixpath.split(part)
        relations = self.parts.get(f"{folder}/_rels/{name}.rels")
        if relations is None:
            return []
        return [
            posixpath.normpath(posixpath.join("/", folder, r.get("Target", ""))).lstrip("/")
            for r in relations.iter(RELATION)
            if r.get("Type", "").endswith(f"/{kind}") and r.get("TargetMode") != "External"
        ]

    def like(self, start: str) -> Iterator[tuple[str, etree._Element]]:
        """Give the parts whose name begins in a certain way, without relationships."""
        for name, part in self.parts.items():
            if name.startswith(start) and not name.endswith(".rels"):
                yield name, part


def lint(data: bytes) -> list[str]:
    """Give every fault, each as "part: what is wrong"; nothing for a sound file."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    names = frozenset(archive.namelist())
    texts = [name for name in sorted(names) if name.endswith((".xml", ".rels"))]
    package = Package({name: etree.fromstring(archive.read(name)) for name in texts}, names)
    checks = WORD if "word/document.xml" in names else POWERPOINT
    return [fault for check in (*BOTH, *checks) for fault in check(package)]


def _dangling(package: Package) -> Iterator[str]:
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


def _fields(package: Package) -> Iterator[str]:
    for name, part in package.like("word/"):
        depth = 0
        result = False
        for element in part.iter(f"{W}fldChar", f"{W}t"):
            kind = element.get(f"{W}fldCharType")
            if element.tag == f"{W}t":
                result = True
            elif kind == "begin":
                depth, result = depth + 1, False
            elif kind == "separate":
                result = False
            elif kind == "end":
                depth -= 1
                if not result:
                    yield f"{name}: a field has no result"
        if depth:
            yield f"{name}: {depth} field(s) never end"


def _tables_of_word(package: Package) -> Iterator[str]:
    for name, part in package.like("word/"):
        for table in part.iter(f"{W}tbl"):
            grid = table.findall(f"{W}tblGrid/{W}gridCol")
            for row in table.findall(f"{W}tr"):
                spans = [
                    int(span.get(f"{W}val", "1")) if span is not None else 1
                    for cell in row.findall(f"{W}tc")
                    for span in [cell.find(f"{W}tcPr/{W}gridSpan")]
                ]
                if sum(spans) != len(grid):
                    yield f"{name}: a row has {sum(spans)} cells, the grid {len(grid)}"
            for cell in table.iter(f"{W}tc"):
                if not len(cell) or cell[-1].tag != f"{W}p":
                    yield f"{name}: a cell does not end by a paragraph"


def _styles(package: Package) -> Iterator[str]:
    styles = package.parts["word/styles.xml"]
    known = {(s.get(f"{W}type"), s.get(f"{W}styleId")) for s in styles.iter(f"{W}style")}
    kinds = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
    for name, part in package.like("word/"):
        for tag, kind in kinds.items():
            for use in part.iter(f"{W}{tag}"):
                if (kind, use.get(f"{W}val")) not in known:
                    yield f"{name}: no {kind} style has the id {use.get(f'{W}val')!r}"
    for tag in ("basedOn", "next", "link"):
        for use in styles.iter(f"{W}{tag}"):
            if use.get(f"{W}val") not in {style for _, style in known}:
                yield f"word/styles.xml: {tag} names {use.get(f'{W}val')!r}, which is no style"


def _bookmarks(package: Package) -> Iterator[str]:
    part = package.parts["word/document.xml"]
    names = Counter(mark.get(f"{W}name") for mark in part.iter(f"{W}bookmarkStart"))
    numbers = Counter(mark.get(f"{W}id") for mark in part.iter(f"{W}bookmarkStart"))
    ends = Counter(mark.get(f"{W}id") for mark in part.iter(f"{W}bookmarkEnd"))
    for name, count in names.items():
        if count > 1:
            yield f"word/document.xml: {count} bookmarks are called {name!r}"
    if numbers != ends:
        yield "word/document.xml: bookmarks begin and do not end, or the other way round"
    for link in part.iter(f"{W}hyperlink"):
        anchor = link.get(f"{W}anchor")
        if anchor and anchor not in names:
            yield f"word/document.xml: a link leads to {anchor!r}, which is no bookmark"
    for instruction in part.iter(f"{W}instrText"):
        words = (instruction.text or "").split()
        if words[:1] in (["REF"], ["PAGEREF"]) and words[1] not in names:
            yield f"word/document.xml: a field follows {words[1]!r}, which is no bookmark"


def _notes(package: Package) -> Iterator[str]:
    part = package.parts.get("word/footnotes.xml")
    calls = [
        call.get(f"{W}id")
        for call in package.parts["word/document.xml"].iter(f"{W}footnoteReference")
    ]
    notes = [] if part is None else [n.get(f"{W}id") for n in part.iter(f"{W}footnote")]
    for number in calls:
        if notes.count(number) != 1:
            yield f"word/footnotes.xml: note {number} is there {notes.count(number)} times"


def _numbering(package: Package) -> Iterator[str]:
    part = package.parts.get("word/numbering.xml")
    known = {"0"} if part is None else {"0", *(n.get(f"{W}numId") for n in part.iter(f"{W}num"))}
    for name, content in package.like("word/"):
        for use in content.iter(f"{W}numPr"):
            number = use.find(f"{W}numId")
            if number is not None and number.get(f"{W}val") not in known:
                yield f"{name}: no list has the number {number.get(f'{W}val')}"


def _drawings_of_word(package: Package) -> Iterator[str]:
    for name, part in package.like("word/"):
        numbers = Counter(
            e.get("id")
            for e in part.iter()
            if str(e.tag).endswith(("}docPr", "wordprocessingShape}cNvPr"))
        )
        for number, count in numbers.items():
            if count > 1:
                yield f"{name}: {count} drawings have the id {number}"


def _shape_ids(package: Package) -> Iterator[str]:
    for name, part in package.like("ppt/slide"):
        numbers = Counter(shape.get("id") for shape in part.iter(f"{P}cNvPr"))
        for number, count in numbers.items():
            if count > 1:
                yield f"{name}: {count} shapes have the id {number}"


def _layouts(package: Package) -> Iterator[str]:
    presentation = package.parts["ppt/presentation.xml"]
    masters = [m.get("id") for m in presentation.iter(f"{P}sldMasterId")]
    layouts = [
        layout.get("id")
        for _, master in package.like("ppt/slideMasters/")
        for layout in master.iter(f"{P}sldLayoutId")
    ]
    for number, count in Counter([*masters, *layouts]).items():
        if count > 1:
            yield f"ppt/presentation.xml: {count} masters and layouts have the id {number}"
    for name, _ in package.like("ppt/slideLayouts/"):
        if not package.targets(name, "slideMaster"):
            yield f"{name}: the layout has no master"


def _sections_of_deck(package: Package) -> Iterator[str]:
    presentation = package.parts["ppt/presentation.xml"]
    slides = {slide.get("id") for slide in presentation.iter(f"{P}sldId")}
    for slide in presentation.iter(f"{SECTIONS}sldId"):
        if slide.get("id") not in slides:
            yield f"ppt/presentation.xml: a section names slide {slide.get('id')}, which is missing"
    names = Counter(section.get("name") for section in presentation.iter(f"{SECTIONS}section"))
    for section, count in names.items():
        if count > 1:
            yield f"ppt/presentation.xml: {count} sections are called {section!r}"


def _tables_of_deck(package: Package) -> Iterator[str]:
    listed = package.parts.get("ppt/tableStyles.xml")
    known = set(NO_STYLES)
    if listed is not None:
        known |= {style.get("styleId", "") for style in listed.iter(f"{A}tblStyle")}
    for name, part in package.like("ppt/slides/"):
        for table in part.iter(f"{A}tbl"):
            grid = table.findall(f"{A}tblGrid/{A}gridCol")
            for row in table.findall(f"{A}tr"):
                if len(row.findall(f"{A}tc")) != len(grid):
                    yield f"{name}: a row has other than {len(grid)} cells"
            for style in table.iter(f"{A}tableStyleId"):
                if style.text not in known:
                    yield f"{name}: no table style has the id {style.text}"


Check = Callable[[Package], Iterator[str]]
BOTH: tuple[Check, ...] = (_dangling,)
WORD: tuple[Check, ...] = (
    _fields,
    _tables_of_word,
    _styles,
    _bookmarks,
    _notes,
    _numbering,
    _drawings_of_word,
)
POWERPOINT: tuple[Check, ...] = (_shape_ids, _layouts, _sections_of_deck, _tables_of_deck)
