"""Faults in Word documents that Microsoft's validator does not see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from builder.outputs_lint.package import Package
from builder.outputs_lint.word_fields import stale

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SFNT = (b"\x00\x01\x00\x00", b"OTTO", b"true")
"""How font files begin."""

EXTENTS = (
    "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent",
    "{http://schemas.openxmlformats.org/drawingml/2006/main}ext",
)
LARGEST = 27_273_042_316_900
"""EMU; what the schema allows a positive coordinate."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


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


def _extents(package: Package) -> Iterator[str]:
    """Find sizes of drawings that are none, those too that the validator passes over.

    Of an mc:AlternateContent it looks at one branch only.
    """
    for name, part in package.like("word/"):
        for extent in part.iter(*EXTENTS):
            if extent.tag == EXTENTS[1] and extent.get("uri") is not None:
                continue  # an extension is called a:ext as well
            for side in ("cx", "cy"):
                value = extent.get(side, "")
                if not (value.isascii() and value.isdigit()) or int(value) > LARGEST:
                    yield f"{name}: a drawing's {side} is {value!r}, which is no size"


def _fonts(package: Package) -> Iterator[str]:
    """Find embedded fonts that are none once their key has been taken off."""
    table = "word/fontTable.xml"
    part = package.parts.get(table)
    if part is None:
        return
    files = dict(package.related(table))
    for slot in ("Regular", "Bold", "Italic", "BoldItalic"):
        for embedded in part.iter(f"{W}embed{slot}"):
            name = files.get(embedded.get(f"{R}id", ""), "")
            key = embedded.get(f"{W}fontKey", "").strip("{}").replace("-", "")
            data = package.data.get(name, b"")[:4]
            if (
                len(key) != 32
                or bytes(
                    byte ^ back for byte, back in zip(data, bytes.fromhex(key)[::-1], strict=False)
                )
                not in SFNT
            ):
                yield f"{name or table}: the embedded font cannot be read"


CHECKS = (
    _fields,
    _tables_of_word,
    _styles,
    _bookmarks,
    _notes,
    _numbering,
    _drawings_of_word,
    _extents,
    _fonts,
    stale,
)
