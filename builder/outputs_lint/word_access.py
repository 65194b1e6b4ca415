"""What keeps readers with disabilities from a Word document: rules of Word's own checker."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from builder.outputs_lint.package import Package
from builder.outputs_lint.word_contrast import faint

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
DC = "{http://purl.org/dc/elements/1.1/}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
LAYOUT_ROWS = 3
"""Rows up to which a table may have no head: boxes and key numbers are no tables of data."""

VAGUE = frozenset({"click here", "here", "link", "more", "read more", "this link", "this page"})
BLANKS = "    "
"""Blanks in a row that lay out by hand."""

Check = Callable[[Package], Iterator[str]]


def _bodies(package: Package) -> Iterator[tuple[str, etree._Element]]:
    for name in ("word/document.xml", "word/footnotes.xml"):
        if name in package.parts:
            yield name, package.parts[name]


def _words(element: etree._Element) -> str:
    return "".join(t.text or "" for t in element.iter(f"{W}t")).strip()


def _alt_texts(package: Package) -> Iterator[str]:
    for name, part in _bodies(package):
        for drawing in part.iter(f"{WP}docPr"):
            decorative = next(drawing.iter(DECORATIVE), None) is not None
            if not (drawing.get("descr", "").strip() or decorative):
                yield f"{name}: {drawing.get('name')!r} has no alt text and is no decoration"


def _inline(package: Package) -> Iterator[str]:
    for name, part in _bodies(package):
        for anchor in part.iter(f"{WP}anchor"):
            if next(anchor.iter(DECORATIVE), None) is None:
                properties = anchor.find(f"{WP}docPr")
                shown = "a drawing" if properties is None else repr(properties.get("name"))
                yield f"{name}: {shown} is not in line with the text"


def _tables(package: Package) -> Iterator[str]:
    for name, part in _bodies(package):
        for number, table in enumerate(part.iter(f"{W}tbl"), start=1):
            yield from (f"{name}: table {number} {fault}" for fault in _faults_of(table))


def _faults_of(table: etree._Element) -> Iterator[str]:
    rows = table.findall(f"{W}tr")
    look = table.find(f"{W}tblPr/{W}tblLook")
    flagged = look is not None and look.get(f"{W}firstRow") == "1"
    repeated = bool(rows) and rows[0].find(f"{W}trPr/{W}tblHeader") is not None
    if len(rows) > LAYOUT_ROWS and not (flagged and repeated):
        yield "has no head row"
    if flagged != repeated and len(rows) <= LAYOUT_ROWS:
        yield "has a head row that is not marked as one"
    described = [table.find(f"{W}tblPr/{W}{tag}") for tag in ("tblCaption", "tblDescription")]
    if len(rows) > LAYOUT_ROWS and all(element is None for element in described):
        yield "has no alt text"
    if next(table.iterdescendants(f"{W}tbl"), None) is not None:
        yield "holds another table"
    for row in rows:
        cells = row.findall(f"{W}tc")
        merged = [cell for cell in cells if cell.find(f"{W}tcPr/{W}gridSpan") is not None]
        if merged and len(cells) > 1:
            yield f"has merged cells in the row {_words(row)[:40]!r}"
        if any(cell.find(f"{W}tcPr/{W}vMerge") is not None for cell in cells):
            yield f"has cells merged down the rows at {_words(row)[:40]!r}"


def _headings(package: Package) -> Iterator[str]:
    part, before = package.parts["word/document.xml"], 0
    for paragraph in part.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = "" if style is None else style.get(f"{W}val", "")
        level = name.removeprefix("Heading").removesuffix("Opener")
        if not name.startswith("Heading") or not level.isdigit():
            continue
        said = _words(paragraph)
        if not said:
            yield "word/document.xml: a heading has no words"
        if int(level) > before + 1:
            yield f"word/document.xml: {said!r} is of level {level}, after one of level {before}"
        before = int(level)
    if not before:
        yield "word/document.xml: there is no heading"


def _links(package: Package) -> Iterator[str]:
    for name, part in _bodies(package):
        for link in part.iter(f"{W}hyperlink"):
            said = _words(link)
            if not said and next(link.iter(f"{WP}docPr"), None) is None:
                yield f"{name}: a link has no words"
            elif said.casefold() in VAGUE:
                yield f"{name}: a link says {said!r}, which does not tell where it leads"


def _title(package: Package) -> Iterator[str]:
    core = package.parts.get("docProps/core.xml")
    for tag, what in (("title", "title"), ("language", "language")):
        found = None if core is None else core.find(f"{DC}{tag}")
        if found is None or not (found.text or "").strip():
            yield f"docProps/core.xml: the document has no {what}"


def _language(package: Package) -> Iterator[str]:
    defaults = package.parts["word/styles.xml"].find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    if defaults is None or not defaults.get(f"{W}val"):
        yield "word/styles.xml: no language is the text's own"


def _blanks(package: Package) -> Iterator[str]:
    for name, part in _bodies(package):
        for paragraph in part.iter(f"{W}p"):
            # A drawing stands between blanks like a word; each may have one on either side.
            parts = paragraph.iter(f"{W}t", f"{W}drawing")
            if BLANKS in "".join((t.text or "") if t.tag == f"{W}t" else "\0" for t in parts):
                style = paragraph.find(f"{W}pPr/{W}pStyle")
                if style is None or style.get(f"{W}val") != "HTMLPreformatted":
                    yield f"{name}: blanks are used for layout in {_words(paragraph)[:40]!r}"


def _contrast(package: Package) -> Iterator[str]:
    styles = package.parts["word/styles.xml"]
    for name, part in _bodies(package):
        yield from (f"{name}: {said}" for said in faint(part, styles))


CHECKS: tuple[Check, ...] = (
    _alt_texts,
    _inline,
    _tables,
    _headings,
    _links,
    _title,
    _language,
    _blanks,
    _contrast,
)
