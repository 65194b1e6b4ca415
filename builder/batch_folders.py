"""What a batch puts into its folder: made of content, and none itself.

Its folder may stand in the project, where another batch would take it for content that changes. So
its record, and outputs beside one, do not count. Nothing else in the folder is left out, since
anybody may put such a record where the content is; and what does not count is never read.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

MANIFEST = "manifest.json"
JOURNAL = "manifest.part.jsonl"
LOCK = ".batch.lock"
BEGINS = b'{\n "manifest": '
"""The first bytes of each manifest, which other files of that name have not."""

_OUTPUTS = (".pdf", ".docx", ".pptx", ".html")


def is_of_a_batch(path: Path, root: Path) -> bool:
    """Tell whether a file below a project's folder is one that a batch has put there."""
    name = path.name.lower()
    if path.parent == root:  # where no batch may write
        return False
    if name == JOURNAL:
        return True
    if name == MANIFEST:
        return _is_manifest(path)
    return name.endswith(_OUTPUTS) and _is_folder_of_a_batch(path.parent)


def _is_folder_of_a_batch(folder: Path) -> bool:
    """Look for what a batch has there first, while it works, and in the end, in this order."""
    records = (folder / LOCK, folder / JOURNAL)
    return any(map(os.path.lexists, records)) or _is_manifest(folder / MANIFEST)


def _is_manifest(path: Path) -> bool:
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            is_plain = stat.S_ISREG(os.fstat(descriptor).st_mode)
            return is_plain and os.read(descriptor, len(BEGINS)) == BEGINS
        finally:
            os.close(descriptor)
    return False
