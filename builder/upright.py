"""Photographs that say how the camera was held: turned here, for programs that do not look."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from builder.rasters import MOST_PIXELS

if TYPE_CHECKING:
    from PIL.Image import Image

ORIENTATION, UPRIGHT = 0x0112, 1
"""The tag of EXIF that says it, and the value that says nothing is to be turned."""

_JPEG, _PNG = b"\xff\xd8", b"\x89PNG"
_MARKS = (b"Exif\0\0", b"eXIf")
_HEAD = 100_000
"""Bytes in which they stand, if anywhere."""

QUALITY = 95
"""Of a photograph that is turned, out of 100."""


def upright(data: bytes) -> bytes:
    """Give a picture as its maker saw it; one that says nothing of that as it is.

    Browsers and the PDF would turn it, Word and PowerPoint not. What cannot be read stays as it is.
    """
    if data[:2] != _JPEG and data[:4] != _PNG:
        return data
    if not any(mark in data[:_HEAD] for mark in _MARKS):
        return data
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as image:
                turns = image.getexif().get(ORIENTATION, UPRIGHT) in range(2, 9)
                if not turns or image.width * image.height > MOST_PIXELS:
                    return data
                return _saved(ImageOps.exif_transpose(image), image)
    except Exception:  # whatever its fault is, it is told where the picture is checked
        return data


def _saved(turned: Image, image: Image) -> bytes:
    """Write the turned picture in its own format, with its profile and without its EXIF."""
    profile = {"icc_profile": image.info["icc_profile"]} if "icc_profile" in image.info else {}
    stream = io.BytesIO()
    if image.format == "JPEG":
        turned.save(stream, "JPEG", quality=QUALITY, subsampling=0, **profile)
    else:
        turned.info.pop("exif", None)
        turned.save(stream, "PNG", **profile)
    return stream.getvalue()
