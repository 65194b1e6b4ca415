"""What keeps readers with disabilities from a deck."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from lxml import etree

from builder.outputs_lint.package import Package
from builder.outputs_lint.powerpoint_colours import Colours

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SECTIONS = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
TITLES = ("title", "ctrTitle")
FOOT = ("ftr", "sldNum", "dt")
DRAWN = (f"{P}pic", f"{P}graphicFrame", f"{P}grpSp")
READ = (f"{P}sp", f"{P}cxnSp", *DRAWN)


def _slides(package: Package) -> Iterator[tuple[str, etree._Element]]:
    return package.like("ppt/slides/")


def _shapes(slide: etree._Element) -> list[etree._Element]:
    """Give a slide's shapes in the order in which they are read."""
    tree = next(slide.iter(f"{P}spTree"))
    return [shape for shape in tree if shape.tag in READ]


def _kind(shape: etree._Element) -> str:
    """Give the type of a shape's placeholder; empty where it is none."""
    found = shape.find(f"./*/{P}nvPr/{P}ph")
    return "" if found is None else found.get("type", "body")


def _words(shape: etree._Element) -> str:
    return "".join(t.text or "" for t in shape.iter(f"{A}t")).strip()


def _titles(package: Package) -> Iterator[str]:
    """Find slides without a title, and titles that several slides have."""
    seen: dict[str, str] = {}
    for name, slide in _slides(package):
        title = next((_words(s) for s in _shapes(slide) if _kind(s) in TITLES), "")
        if not title:
            yield f"{name}: the slide has no title"
        elif title in seen:
            yield f"{name}: the title {title!r} is that of {seen[title]}, too"
        seen.setdefault(title, name)


def _alt_texts(package: Package) -> Iterator[str]:
    """Find pictures, charts, tables and drawings that say nothing to those who do not see them."""
    for name, slide in _slides(package):
        for shape in _shapes(slide):
            label = next(shape.iter(f"{P}cNvPr"))
            silent = not label.get("descr") and next(label.iter(DECORATIVE), None) is None
            bare = shape.tag == f"{P}sp" and not _words(shape) and not _kind(shape)
            if silent and (shape.tag in DRAWN or bare):
                yield f"{name}: {label.get('name')!r} has no alt text and is not decorative"


def _order(package: Package) -> Iterator[str]:
    """Find slides that are not read from the title to the footer."""
    for name, slide in _slides(package):
        kinds = [_kind(shape) for shape in _shapes(slide)]
        titles = [place for place, kind in enumerate(kinds) if kind in TITLES]
        if titles and titles[0] != 0:
            yield f"{name}: the title is read after {titles[0]} other shapes"
        feet = [place for place, kind in enumerate(kinds) if kind in FOOT]
        if feet and feet != list(range(len(kinds) - len(feet), len(kinds))):
            yield f"{name}: something is read after the footer"


def _empty(package: Package) -> Iterator[str]:
    """Find placeholders that nobody filled: they are read aloud as "Click to add text"."""
    for name, slide in _slides(package):
        for shape in _shapes(slide):
            if shape.tag == f"{P}sp" and _kind(shape) and not _words(shape):
                yield f"{name}: {next(shape.iter(f'{P}cNvPr')).get('name')!r} is empty"


def _head_rows(package: Package) -> Iterator[str]:
    """Find tables of more than one row whose first is not named as their head.

    Where the first row is no head, as in an agenda, PowerPoint asks for a name of the table only.
    """
    for name, slide in _slides(package):
        for frame in slide.iter(f"{P}graphicFrame"):
            for table in frame.iter(f"{A}tbl"):
                look = table.find(f"{A}tblPr")
                headed = look is not None and look.get("firstRow") == "1"
                bold = _looks_like_head(table)
                if bold and not headed:
                    yield f"{name}: the table's head row is not named as one"


def _looks_like_head(table: etree._Element) -> bool:
    rows = table.findall(f"{A}tr")
    if len(rows) < 2:
        return False
    looks = [[_is_strong(cell) for cell in row.findall(f"{A}tc")] for row in rows[:2]]
    return all(looks[0]) and not all(looks[1])


def _is_strong(cell: etree._Element) -> bool:
    runs = list(cell.iter(f"{A}rPr"))
    return any(r.get("b") == "1" for r in runs)


def _sections(package: Package) -> Iterator[str]:
    """Find sections without a name, and names that several sections have."""
    presentation = package.parts["ppt/presentation.xml"]
    names = [section.get("name", "") for section in presentation.iter(f"{SECTIONS}section")]
    for section, count in Counter(names).items():
        if not section.strip():
            yield "ppt/presentation.xml: a section has no name"
        elif count > 1:
            yield f"ppt/presentation.xml: {count} sections are called {section!r}"


def _languages(package: Package) -> Iterator[str]:
    """Find runs that do not say in which language they are to be read."""
    for name, slide in _slides(package):
        silent = [r for r in slide.iter(f"{A}rPr") if not r.get("lang")]
        if silent:
            yield f"{name}: {len(silent)} stretches of text name no language"


def _contrast(package: Package) -> Iterator[str]:
    """Find text that is hard to read on its ground."""
    colours = Colours(package)
    for name, slide in _slides(package):
        for shape in slide.iter(f"{P}sp", f"{P}graphicFrame"):
            for words, ratio, least in colours.of_text(name, shape):
                if ratio < least:
                    told = f"{words[:30]!r} has a contrast of {ratio:.1f}, less than {least}"
                    yield f"{name}: {told}"


CHECKS: tuple[Callable[[Package], Iterator[str]], ...] = (
    _titles,
    _alt_texts,
    _order,
    _empty,
    _head_rows,
    _sections,
    _languages,
    _contrast,
)
