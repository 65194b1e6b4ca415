"""Pictures of pages, drawn when a browser asks for them, and kept while they may be asked again."""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from dataclasses import dataclass, field

SMALLEST, LARGEST = 60, 3_000
STEP = 20
"""Widths in pixels are rounded up to steps, so that a dragged border does not draw each anew."""

KEPT = 64_000_000
"""Bytes of pictures that are kept."""


@dataclass(slots=True)
class Pictures:
    """Draws pages of PDFs as PNG; may be used from several threads."""

    kept: OrderedDict[tuple[str, int, int], bytes] = field(default_factory=OrderedDict)
    weight: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)  # PDFium takes one at a time

    def draw(self, name: str, data: bytes, page: int, width: int) -> bytes:
        """Give a page, counted from 0, at about a width in pixels."""
        width = max(SMALLEST, min(LARGEST, -(-width // STEP) * STEP))
        key = (name, page, width)
        with self._lock:
            if key in self.kept:
                self.kept.move_to_end(key)
                return self.kept[key]
            drawn = _drawn(data, page, width)
            self.kept[key] = drawn
            self.weight += len(drawn)
            while self.weight > KEPT and len(self.kept) > 1:
                _, old = self.kept.popitem(last=False)
                self.weight -= len(old)
        return drawn


def _drawn(data: bytes, page: int, width: int) -> bytes:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        shown = document[page]
        image = shown.render(scale=width / shown.get_width()).to_pil()
    out = io.BytesIO()
    image.convert("RGB").save(out, "PNG", compress_level=1)
    return out.getvalue()
