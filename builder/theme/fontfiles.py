"""Finding font files by the name of their typeface, without fontconfig and its substitutions."""

from __future__ import annotations

import importlib.util
import os
import re
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Literal

from builder.css import typeface
from builder.theme.model import Face

Generic = Literal["serif", "sans-serif", "monospace"]

SYSTEM_FOLDERS = (
    "~/.local/share/fonts",
    "~/.fonts",
    "/usr/local/share/fonts",
    "/usr/share/fonts",
    "~/Library/Fonts",
    "/Library/Fonts",
    "/opt/homebrew/share/fonts",
    "/System/Library/Fonts",
    "/System/Library/Fonts/Supplemental",
)

_SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")
_MOST_FACES = 1_000
_NORMAL_WIDTH = 5


@dataclass(frozen=True, slots=True)
class Found:
    """A face as its file describes it."""

    family: str  # typographic family
    face: Face
    generic: Generic
    embeddable: bool
    normal_width: bool


class FontFinder:
    """Looks up typefaces in folders; each folder is listed once."""

    def __init__(self, folders: Sequence[Path] | None = None) -> None:
        if folders is None:
            folders = [Path(folder).expanduser() for folder in SYSTEM_FOLDERS]
        self._folders = tuple(folders)
        self._files: dict[str, list[Path]] | None = None
        self._read: dict[Path, tuple[Found, ...]] = {}

    def system(self, family: str) -> tuple[Found, ...]:
        """Give the installed faces of a family; of condensed cuts none. Nothing found: empty."""
        wanted = _squeezed(family)
        listed = self._listed()
        for paths in (
            listed.get(wanted, []),
            [p for stem in sorted(listed) if stem.startswith(wanted) for p in listed[stem]],
            [p for stem in sorted(listed) for p in listed[stem]],
        ):
            if found := _of_family(family, (f for path in paths for f in self._faces(path))):
                return found
        return ()

    def _faces(self, path: Path) -> tuple[Found, ...]:
        if path not in self._read:
            self._read[path] = read_faces(path)
        return self._read[path]

    def package(self, package: str, family: str) -> tuple[Found, ...]:
        """Give the faces of a family that an installed Python package carries."""
        spec = importlib.util.find_spec(package) if package.isidentifier() else None
        folders = list(spec.submodule_search_locations or ()) if spec else []
        files = [path for folder in folders for path in _font_files(Path(folder))]
        truetype = [path for path in files if path.suffix.lower() == ".ttf"]
        return faces_of(family, truetype or files)

    def folder(self, folder: Path, family: str) -> tuple[Found, ...]:
        """Give the faces of a family in one folder and those below it."""
        return faces_of(family, list(_font_files(folder)))

    def _listed(self) -> dict[str, list[Path]]:
        """List all font files by what their names say before weight and slope."""
        if self._files is None:
            self._files = {}
            for folder in self._folders:
                for path in _font_files(folder):
                    stem = re.split(r"[-_\[]", path.stem, maxsplit=1)[0]
                    self._files.setdefault(_squeezed(stem), []).append(path)
        return self._files


def faces_of(family: str, paths: Sequence[Path]) -> tuple[Found, ...]:
    """Give the faces among files that belong to a family, one for each weight and slope."""
    return _of_family(family, (found for path in paths for found in read_faces(path)))


def _of_family(family: str, faces: Iterable[Found]) -> tuple[Found, ...]:
    """Keep what bears the name; "Noto Sans Symbols 2" is "Noto Sans Symbols2" in some releases."""
    wanted = _squeezed(family)
    chosen: dict[tuple[int, bool], Found] = {}
    for found in faces:
        names = (_squeezed(found.family), _squeezed(found.face.office_family))
        if wanted in names and found.normal_width:
            chosen.setdefault((found.face.weight, found.face.italic), found)
    return tuple(chosen[key] for key in sorted(chosen))


def read_faces(path: Path) -> tuple[Found, ...]:
    """Read what a font file says of its faces; a file that is no font has none."""
    try:
        if not path.is_file():  # a pipe would be waited for
            return ()
        with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
            return _read_all(path, data)
    except (OSError, ValueError, struct.error, KeyError, IndexError):
        return ()


def _read_all(path: Path, data: mmap) -> tuple[Found, ...]:
    count = struct.unpack_from(">L", data, 8)[0] if data[:4] == b"ttcf" else 0
    if count > _MOST_FACES:
        return ()
    offsets = struct.unpack_from(f">{count}L", data, 12) if count else (0,)
    return tuple(_read_face(path, data, start, i) for i, start in enumerate(offsets))


def _read_face(path: Path, data: mmap, start: int, index: int) -> Found:
    tables = _tables(data, start)
    names = _names(data, tables["name"])
    os2 = tables["OS/2"]
    weight, width, kind = struct.unpack_from(">HHH", data, os2 + 4)
    panose = data[os2 + 32 : os2 + 42]
    selection = struct.unpack_from(">H", data, os2 + 62)[0]
    fixed = bool(struct.unpack_from(">L", data, tables["post"] + 12)[0])
    family, office = typeface(names.get(16) or names[1]), typeface(names[1])
    face = Face(path, office, bool(selection & 0x20), int(weight), bool(selection & 1), index)
    embeddable = kind & 0x000F != 2 and not kind & 0x0200
    return Found(family, face, _generic(family, panose, fixed), embeddable, width == _NORMAL_WIDTH)


def _tables(data: mmap, start: int) -> dict[str, int]:
    count = struct.unpack_from(">H", data, start + 4)[0]
    records = (struct.unpack_from(">4sLLL", data, start + 12 + 16 * i) for i in range(count))
    return {tag.decode("latin-1"): offset for tag, _, offset, _ in records}


def _names(data: mmap, start: int) -> dict[int, str]:
    """Give the font's names by their number, in English where there is a choice."""
    _, count, strings = struct.unpack_from(">HHH", data, start)
    ranked: dict[int, tuple[int, str]] = {}
    for i in range(count):
        record = struct.unpack_from(">HHHHHH", data, start + 6 + 12 * i)
        platform, _, language, name, length, offset = record
        raw = data[(at := start + strings + offset) : at + length]
        text = raw.decode("mac-roman" if platform == 1 else "utf-16-be", errors="replace")
        rank = (3 if language == 0x409 else 2) if platform == 3 else 1 - platform
        if text and rank > ranked.get(name, (-9, ""))[0]:
            ranked[name] = rank, text
    return {name: text for name, (_, text) in ranked.items()}


def _generic(family: str, panose: bytes, fixed: bool) -> Generic:
    words = family.lower()
    if fixed or "mono" in words:
        return "monospace"
    if panose[0] == 2 and panose[1] > 1:
        return "serif" if panose[1] <= 10 else "sans-serif"
    return "serif" if re.search(r"serif|slab|roman|garamond|georgia|times", words) else "sans-serif"


def _font_files(folder: Path) -> Iterator[Path]:
    for here, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            if name.lower().endswith(_SUFFIXES):
                yield Path(here, name)


def _squeezed(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())
