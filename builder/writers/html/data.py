"""Files inside the page: `data:` addresses."""

from __future__ import annotations

import base64

SIGNATURES = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
)


def data_uri(data: bytes, kind: str) -> str:
    """Write a file as an address that holds it."""
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"


def image_uri(data: bytes) -> str:
    """Write an image as an address; what is no known pixel format is SVG."""
    kind = next((name for start, name in SIGNATURES if data.startswith(start)), "image/svg+xml")
    return data_uri(data, kind)
