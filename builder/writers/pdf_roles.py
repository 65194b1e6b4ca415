"""Which structure element an HTML element becomes, and what it says of itself."""

from __future__ import annotations

import re
from typing import Any

BLOCKS = {
    "section": "Sect",
    "figure": "Div",
    "p": "P",
    "pre": "P",
    "h1": "H1",
    "h2": "H2",
    "h3": "H3",
    "h4": "H4",
    "h5": "H5",
    "h6": "H6",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "blockquote": "BlockQuote",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "a": "Link",
    "code": "Code",
}
CLASSES = {
    "toc": "TOC",
    "run": "TOC",
    "l1": "TOCI",
    "l2": "TOCI",
    "key": "Div",
    "callout": "Div",
    "refs": "Div",
    "fighead": "Caption",
    "np": "P",
}
NUMBERING = {"decimal": "Decimal", "lower-alpha": "LowerAlpha", "upper-alpha": "UpperAlpha"}
NUMBERING |= {"lower-roman": "LowerRoman", "upper-roman": "UpperRoman", "dash": "Disc"}
SCOPES = {"row": "/Row", "col": "/Column"}
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


def role_of(source: Any, name: str, classes: list[str]) -> str:
    """Give the kind of structure element for an HTML element; "" where it means nothing."""
    kind = next((CLASSES[c] for c in classes if c in CLASSES), BLOCKS.get(name, ""))
    if not kind and source.get("lang"):
        return "Div" if name == "div" else "Span"
    return kind


def attributes_of(source: Any, kind: str) -> dict[str, Any]:
    """Give the attributes of a table's cell or of a list."""
    found: dict[str, Any] = {}
    if kind == "TH":
        found["Scope"] = SCOPES.get(source.get("scope") or "", "/Column")
    if kind in ("TH", "TD") and int(source.get("colspan") or 1) > 1:
        found["ColSpan"] = int(source.get("colspan"))
    if kind == "L":
        classes = (source.get("class") or "").split()
        numbering = next((NUMBERING[c] for c in classes if c in NUMBERING), "None")
        found["ListNumbering"] = f"/{numbering}"
    return found


def alt_of(source: Any) -> str:
    """Give the alternative text of a drawing or image; "" where it only adorns."""
    title = source.find("{http://www.w3.org/2000/svg}title")
    return str((title.text if title is not None else source.get("alt")) or "")


def words_in(source: Any) -> str:
    """Give an element's words, for an image those that stand for it."""
    image = source.find(".//img")
    words = " ".join("".join(source.itertext()).split())
    return words or (str(image.get("alt") or "") if image is not None else "")


def is_from_right(text: str) -> bool:
    """Tell whether letters of a text are written from right to left."""
    return RIGHT_TO_LEFT.search(text) is not None
