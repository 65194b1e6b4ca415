"""Pictures of pixels within a drawing, as `data:` addresses: decoded as browsers do, and looked at.

An address says of itself what it holds, and may lie: programs that draw go by the bytes. So do we.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from builder.rasters import MOST_PIXELS, raster_of

MOST_INLAYS = 1_000
"""Pictures within a drawing; a map of tiles has some hundred."""

MOST_INLAID = MOST_PIXELS // 2
"""Their pixels: programs that draw no drawings get them drawn once more, for each format."""

_ENDS = "".join(map(chr, range(0x21)))
"""What browsers take off both ends of an address; tabs and ends of lines they leave out."""

_BREAKS = "\t\n\r"
_LABEL = re.compile(r"data:image/(?:png|jpe?g|gif)[ ]*(;[^,]*)?,", re.IGNORECASE)
_PACKED = re.compile(r"; *base64 *", re.IGNORECASE)
_SPACES = b"\t\n\f\r "
_LETTERS = re.compile(rb"[A-Za-z0-9+/]*")
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
)


@dataclass(frozen=True, slots=True)
class Inlay:
    """A sound picture of pixels that an address holds."""

    kind: str
    data: bytes
    size: tuple[int, int]

    @property
    def pixels(self) -> int:
        """How many there are."""
        return self.size[0] * self.size[1]

    @property
    def address(self) -> str:
        """Its address as every program reads it alike."""
        return f"data:{self.kind};base64,{base64.b64encode(self.data).decode('ascii')}"


def bare(address: str) -> str:
    """Give an address as browsers follow it."""
    address = address.strip(_ENDS)
    for sign in _BREAKS:  # quicker than a pattern, and pictures have millions of letters
        address = address.replace(sign, "")
    return address


def is_inlay(address: str) -> bool:
    """Tell whether an address says that it holds a picture of pixels; see `inlay_of`."""
    return _LABEL.match(bare(address)) is not None


def inlay_of(address: str) -> Inlay | str:
    """Give the picture that an address holds, or why it cannot be used."""
    address = bare(address)
    label = _LABEL.match(address)
    if label is None:
        return "is none of PNG, JPEG or GIF"
    data = _unpacked(address[label.end() :], (label[1] or "").rpartition(";")[2])
    if data is None:
        return "cannot be decoded"
    kind = next((kind for start, kind in _SIGNATURES if data.startswith(start)), "")
    if not kind:
        return "is none of PNG, JPEG or GIF, whatever it is called"
    found = raster_of(data, (kind,))
    if isinstance(found, str):
        return f"cannot be used: {found}"
    return Inlay(found[0], data, found[1])


def pixels_at(address: str) -> int:
    """Give the pixels of the picture that an address holds; 0: there is none."""
    found = inlay_of(address) if is_inlay(address) else ""
    return 0 if isinstance(found, str) else found.pixels


@dataclass(slots=True)
class Inlays:
    """The pictures of one drawing, as they are found."""

    count: int = 0
    pixels: int = 0

    def fault_of(self, address: str) -> str:
        """Count a picture in; tell why the drawing cannot be used because of it, else ""."""
        self.count += 1
        if self.count > MOST_INLAYS:
            return f"it holds more than {MOST_INLAYS:,} pictures"
        found = inlay_of(address)
        if isinstance(found, str):
            return f"a picture within it {found}"
        self.pixels += found.pixels
        if self.pixels > MOST_INLAID:
            return f"the pictures within it have more than {MOST_INLAID:,} pixels"
        return ""


def _unpacked(body: str, last: str) -> bytes | None:
    """Decode what stands behind the comma; None: it cannot be. `last` is the last parameter."""
    if "#" in body:  # browsers end an address there, others do not
        return None
    data = unquote_to_bytes(body)
    if not _PACKED.fullmatch(f";{last}"):
        return data
    data = data.translate(None, _SPACES)
    if len(data) % 4 == 0:
        data = data[:-2] + data[-2:].rstrip(b"=")
    if len(data) % 4 == 1 or not _LETTERS.fullmatch(data):
        return None
    return base64.b64decode(data + b"=" * (-len(data) % 4))
