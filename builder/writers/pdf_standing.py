"""Standing type: parts of a report that were printed before, kept to be printed once more.

A part whose HTML, styles, fonts and images are as they were comes out as it did. A copy that names
its reader in one section lays out that section and the contents; so does a report whose editor has
changed one section. Kept in the memory of one process.
"""

from __future__ import annotations

import hashlib
import pickle
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder.theme.model import Theme
from builder.writers.pdf_task import Count

if TYPE_CHECKING:
    from builder.writers.pdf_sheets import Painted

MOST_BYTES = 64_000_000
"""Of packed pages; the parts that were asked for longest ago go first."""

MOST_FORMES = 2_000

Spot = tuple[int, int]
"""A part's place among the parts, and the pages before it."""


@dataclass(slots=True)
class Forme:
    """The standing type of a part of a report."""

    count: Count
    looks: bytes  # what `looks` gave
    images: Mapping[str, bytes]  # addresses → digests
    pages: dict[Spot, bytes] = field(default_factory=dict)  # packed, without files of fonts

    @property
    def size(self) -> int:
        """The room that it takes, in bytes."""
        return sum(map(len, self.pages.values()))


@dataclass(slots=True)
class Standing:
    """The type that a process keeps, by the digests of what it was made of."""

    most: int = MOST_BYTES
    _formes: OrderedDict[bytes, Forme] = field(default_factory=OrderedDict)
    _files: dict[tuple[bytes, int], bytes] = field(default_factory=dict)  # of fonts

    def get(self, key: bytes, read: Callable[[str], bytes]) -> Forme | None:
        """Give a part as it was printed, unless an image of it is another by now."""
        forme = self._formes.get(key)
        if forme is None:
            return None
        for address, digest in forme.images.items():
            try:
                if digest_of(read(address)) != digest:
                    return None
            except (OSError, ValueError):
                return None
        self._formes.move_to_end(key)
        return forme

    def put(self, key: bytes, forme: Forme) -> Forme:
        """Keep a forme."""
        self._formes[key] = forme
        self._formes.move_to_end(key)
        return forme

    def keep(self, forme: Forme, place: int, before: int, painted: Painted) -> None:
        """Keep the pages of a part, which stand at some place of a report.

        No font may lack a letter of theirs: what is printed instead depends on the whole report.
        """
        for key, face in painted.faces.items():
            if face.file is not None:
                self._files[forme.looks, key] = face.file
        if any((forme.looks, key) not in self._files for key in painted.faces):
            return  # it was handed over with a part that was not kept
        bare = {key: replace(face, file=None) for key, face in painted.faces.items()}
        forme.pages[place, before] = pickle.dumps(replace(painted, faces=bare))
        while len(self._formes) > 1 and self._is_full():
            self._formes.popitem(last=False)

    def pages(self, forme: Forme, place: int, before: int) -> Painted | None:
        """Give a part's pages if they stood at this place before."""
        packed = forme.pages.get((place, before))
        if packed is None:
            return None
        painted: Painted = pickle.loads(packed)
        faces = {
            key: replace(face, file=self._files[forme.looks, key])
            for key, face in painted.faces.items()
        }
        return replace(painted, faces=faces)

    def _is_full(self) -> bool:
        size = sum(forme.size for forme in self._formes.values())
        return size > self.most or len(self._formes) > MOST_FORMES


def digest_of(*parts: bytes | str) -> bytes:
    """Give the digest of several things."""
    made = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(len(data).to_bytes(8, "big"))
        made.update(data)
    return made.digest()


def looks(theme: Theme, *rest: bytes | str) -> bytes:
    """Give the digest of what all pages look like: the files of the fonts, and the rest."""
    faces = (face for family in (*theme.families, *theme.fallbacks) for face in family.faces)
    files = sorted({(str(face.path), face.index) for face in faces})
    marks = []
    for name, index in files:
        about = Path(name).stat()
        marks.append(f"{name} {index} {about.st_size} {about.st_mtime_ns}")
    return digest_of(*marks, *rest)
