"""Faults in decks that Microsoft's validator does not see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from builder.outputs_lint.package import Package

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SECTIONS = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
NO_STYLES = frozenset(
    {"{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}", "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"}
)
"""Table styles that PowerPoint knows without being told."""


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


CHECKS = (_shape_ids, _layouts, _sections_of_deck, _tables_of_deck)
