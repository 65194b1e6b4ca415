"""What a picture of pixels is, and how large: without unpacking it, and without trusting it."""

from __future__ import annotations

import io
import warnings

MOST_PIXELS = 80_000_000
"""A page of A3 at 600 dots an inch has 70 million; each takes four bytes while it is drawn."""

LARGEST_SIDE = 100_000
TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif"}


def raster_of(
    data: bytes, formats: tuple[str, ...] | None = None
) -> tuple[str, tuple[int, int]] | str:
    """Give content type and size in pixels, or why it cannot be used; `formats` alone are tried."""
    from PIL import Image  # slow to import, and needed only where there is a picture

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we are stricter
            with Image.open(io.BytesIO(data), formats=formats) as image:
                kind, size = str(image.format), image.size
                if size[0] * size[1] > MOST_PIXELS or max(size) > LARGEST_SIDE:
                    return f"it has {size[0]:,} by {size[1]:,} pixels"
                image.verify()
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError) as fault:
        return str(fault).replace("<_io.BytesIO object at ", "<").split(" <")[0] or "it is damaged"
    except Image.DecompressionBombError:
        return "it has too many pixels"
    except Exception as fault:  # struct.error, zlib.error: Pillow's readers name no family
        return f"it is damaged ({type(fault).__name__})"
    if kind not in TYPES:
        return f"{kind} is a format that not every output can show"
    return TYPES[kind], size
