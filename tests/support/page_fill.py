"""How full a printed page is, measured on its picture: the ink, not what we believe to be there."""

from __future__ import annotations

from itertools import groupby

import pypdfium2

DPI = 36
INK = 245
"""A row counts as printed if it has anything darker than this."""


def fills(pdf: bytes, *, top: float, bottom: float) -> list[float]:
    """Give for each page which part of its text area is not one empty band at its end.

    `top` and `bottom` are the page's margins in points, where running heads and folios stand.
    Footnotes stand at the foot, so the band that counts is the tallest blank one below the
    first ink.
    """
    found: list[float] = []
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        bitmap = page.render(scale=DPI / 72, grayscale=True)
        whole, wide = bytes(bitmap.buffer), bitmap.stride
        last = bitmap.height - round(bottom * DPI / 72)
        rows = [whole[n * wide : (n + 1) * wide] for n in range(round(top * DPI / 72), last)]
        printed = [min(row[: bitmap.width], default=255) < INK for row in rows]
        first = printed.index(True) if True in printed else 0
        bands = [len(list(group)) for ink, group in groupby(printed[first:]) if not ink]
        found.append(1 - max(bands, default=0) / len(printed) if True in printed else 0.0)
        page.close()
    document.close()
    return found
