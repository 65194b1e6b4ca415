"""The same parts give the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

from builder.writers.zip_settle import settle

STAMP = datetime(2014, 10, 1, tzinfo=UTC)
CORE = '<x><dcterms:created xsi:type="dcterms:W3CDTF">{0}</dcterms:created></x>'


def packed(members: dict[str, bytes | str], year: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as target:
        for name, data in members.items():
            target.writestr(zipfile.ZipInfo(name, (year, 1, 1, 0, 0, 0)), data)
    return file.getvalue()


def test_order_and_times_of_members_do_not_matter() -> None:
    one = packed({"a.xml": "a", "[Content_Types].xml": "types", "b.xml": "b"}, 1999)
    other = packed({"b.xml": "b", "a.xml": "a", "[Content_Types].xml": "types"}, 2026)

    assert settle(one, STAMP) == settle(other, STAMP)
    names = zipfile.ZipFile(io.BytesIO(settle(one, STAMP))).namelist()
    assert names == ["[Content_Types].xml", "a.xml", "b.xml"]


def test_core_properties_are_dated_by_the_stamp() -> None:
    settled = settle(
        packed({"docProps/core.xml": CORE.format("2026-11-24T03:00:00Z")}, 2026), STAMP
    )

    core = zipfile.ZipFile(io.BytesIO(settled)).read("docProps/core.xml").decode()
    assert core == CORE.format("2014-10-01T00:00:00Z")


def test_a_workbook_inside_is_settled_as_well() -> None:
    one = packed({"book.xlsx": packed({"docProps/core.xml": CORE.format("1")}, 1999)}, 1999)
    other = packed({"book.xlsx": packed({"docProps/core.xml": CORE.format("2")}, 2026)}, 2026)

    assert settle(one, STAMP) == settle(other, STAMP)
