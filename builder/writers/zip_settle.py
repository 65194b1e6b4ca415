"""Settle an Office file: the same parts give the same bytes, whenever it is written."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

CONTENT_TYPES = "[Content_Types].xml"
CORE = "docProps/core.xml"
BOOK = ".xlsx"
MEMBER_TIME = (1980, 1, 1, 0, 0, 0)
UNIX = 3

_CORE_DATE = re.compile(
    rb"(<dcterms:(created|modified)\b[^>]*>)[^<]*(</dcterms:(?:created|modified)>)"
)


def settle(data: bytes, stamp: datetime) -> bytes:
    """Write a zip anew with fixed times, sorted members and `stamp` as its core properties' dates.

    `[Content_Types].xml` comes first, as readers expect; workbooks inside are settled as well.
    """
    source = zipfile.ZipFile(io.BytesIO(data))
    settled = io.BytesIO()
    with zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for name in sorted(source.namelist(), key=_rank):
            target.writestr(_member(name), _content(name, source.read(name), stamp))
    return settled.getvalue()


def _rank(name: str) -> tuple[int, str]:
    return (0 if name == CONTENT_TYPES else 1 if name.startswith("_rels/") else 2, name)


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, MEMBER_TIME)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = UNIX
    member.external_attr = 0o600 << 16
    return member


def _content(name: str, data: bytes, stamp: datetime) -> bytes:
    if name == CORE:
        date = stamp.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
        return _CORE_DATE.sub(lambda found: found[1] + date + found[3], data)
    if name.endswith(BOOK):
        return settle(data, stamp)
    return data
