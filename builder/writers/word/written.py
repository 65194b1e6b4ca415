"""What is read back from elements that were written, to count their pages."""

from __future__ import annotations

from builder.writers.word.table_styles import BOX
from builder.writers.word.xml import Element, qualified

P, TABLE, ROW, CELL = (qualified(f"w:{name}") for name in ("p", "tbl", "tr", "tc"))
FRAME = f"{qualified('w:pPr')}/{qualified('w:framePr')}"
EXTENT = qualified("wp:extent")
CONTENT_CONTROL = qualified("w:sdt")
BOX_STYLE = f"{qualified('w:tblPr')}/{qualified('w:tblStyle')}[@{qualified('w:val')}='{BOX}']"
BOOKMARK, BOOKMARK_END = qualified("w:bookmarkStart"), qualified("w:bookmarkEnd")
TEXT, NOTE = qualified("w:t"), qualified("w:footnoteReference")
NAME, VALUE = qualified("w:name"), qualified("w:val")
SPACING, STYLE = (f"{qualified('w:pPr')}/{qualified(f'w:{n}')}" for n in ("spacing", "pStyle"))
OWN = {name: qualified(f"w:{name}") for name in ("line", "before", "after")}
KEEP_NEXT = f"{qualified('w:pPr')}/{qualified('w:keepNext')}"
MARK_SIZE = f"{qualified('w:pPr')}/{qualified('w:rPr')}/{qualified('w:sz')}"
INLINE, PAGE_BREAK, POSITION = map(qualified, ("wp:inline", "w:pageBreakBefore", "w:pos"))
SAID = {qualified("w:t"): "", qualified("w:br"): "\n", qualified("w:tab"): "  "}
"""What stands for words, and its text where that is always the same."""


def own_spacing(paragraph: Element) -> dict[str, float]:
    """Give what a paragraph itself says of its spacing."""
    spacing = paragraph.find(SPACING)
    if spacing is None:
        return {}
    said = {name: spacing.get(attribute) for name, attribute in OWN.items()}
    return {name: int(value) / 20 for name, value in said.items() if value is not None}


def style_of(element: Element) -> str:
    """Give a paragraph's style; what else there is has none, and counts as Normal."""
    style = element.find(STYLE)
    return "Normal" if style is None else style.get(VALUE, "Normal")


def calls(element: Element) -> list[tuple[int, float]]:
    """Give the footnotes called in an element, each with the share of the text before it."""
    made: list[tuple[int, int]] = []
    passed = 0
    for inner in element.iter(TEXT, NOTE):
        if inner.tag == NOTE:
            made.append((int(inner.get(qualified("w:id"), "0")), passed))
        else:
            passed += len(inner.text or "")
    return [(number, at / (passed or 1)) for number, at in made]


def words(paragraph: Element) -> list[str]:
    """Give what takes room in a paragraph's lines."""
    return [
        SAID[element.tag] or element.text or ""
        for element in paragraph.iter(*SAID)
        if not element.get(POSITION)
    ]


def names(element: Element) -> list[str]:
    """Give the bookmarks in an element."""
    return [mark.get(NAME, "") for mark in element.iter(BOOKMARK)]


def is_whole(element: Element) -> bool:
    """Tell whether a table is kept on one page, and with what follows it."""
    if element.tag != TABLE:
        return False
    rows = list(element.iter(ROW))
    kept = qualified("w:keepNext")
    return all(next(row.iter(kept), None) is not None for row in rows)


def is_wide(caption: Element) -> bool:
    """Tell whether a caption spans the full block."""
    return caption.find(f"{qualified('w:pPr')}/{qualified('w:ind')}") is None
