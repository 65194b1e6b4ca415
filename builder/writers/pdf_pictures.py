"""Pictures as WeasyPrint and PDF/A can take them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

JPEG, PNG = b"\xff\xd8", b"\x89PNG"
QUALITY = 92
"""Of a photograph that is encoded anew, out of 100."""

_DEPTH_AND_COLOUR, _GREY_IN_16_BITS = slice(24, 26), b"\x10\x00"
"""Where a PNG says how it stores a pixel, and what it then says."""


def of_eight_bits(data: bytes) -> bytes:
    """Give a PNG of grey in 16 bits in 8, which WeasyPrint reads; other data as they are."""
    if data[:4] != PNG or data[_DEPTH_AND_COLOUR] != _GREY_IN_16_BITS:
        return data
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        if not image.mode.startswith("I;16"):
            return data
        high = image.tobytes()[0 if image.mode.endswith("B") else 1 :: 2]
        made, clear = io.BytesIO(), image.info.get("transparency")
        as_before = {"transparency": clear >> 8} if isinstance(clear, int) else {}
        Image.frombytes("L", image.size, high).save(made, "PNG", **as_before)
    return made.getvalue()


def in_rgb(data: bytes) -> bytes:
    """Give a photograph of four inks in RGB; other data as they are.

    A PDF whose output intent is sRGB may hold no CMYK (PDF/A-3, 6.2.4.3).
    """
    if data[:2] != JPEG:
        return data
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        if image.mode != "CMYK":
            return data
        made = io.BytesIO()
        turned = image.info.get("exif", b"")
        _mixed(image).save(made, "JPEG", quality=QUALITY, subsampling=0, exif=turned)
    return made.getvalue()


def _mixed(image: Image) -> Image:
    """Mix the inks as the picture's profile says; without one, or by one that is broken, simply."""
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            mixed = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (OSError, ImageCms.PyCMSError):
            mixed = None
        if mixed is not None:
            return mixed
    return image.convert("RGB")
