"""Typefaces by name: from a package, the theme's own files, the system, or replaced in sight."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from builder.diagnostics import Code, Diagnostics, Span
from builder.plain_files import leads_out
from builder.theme.fontfiles import FontFinder, Found, Generic, read_faces
from builder.theme.model import FontFamily
from builder.theme.source import Font, FontFile, FontSource
from builder.theme.values import WEIGHTS

_SUBSTITUTES: dict[Generic, tuple[str, ...]] = {
    "serif": ("Georgia", "Times New Roman"),
    "sans-serif": ("Calibri", "Segoe UI", "Arial"),
    "monospace": ("Consolas", "Menlo", "Courier New"),
}


@dataclass(slots=True)
class Typefaces:
    """Finds typefaces for one theme; asks for none twice."""

    folder: Path
    declared: Sequence[Font]  # typography.fonts
    sources: Sequence[FontSource]  # defaults.briefing.fonts, the shipped ones last
    finder: FontFinder
    log: Diagnostics
    _known: dict[str, FontFamily | None] = field(default_factory=dict)

    def find(self, name: str) -> FontFamily | None:
        """Give a typeface with its files; None where there is none of this name."""
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    def _find(self, name: str) -> FontFamily | None:
        source = next((s for s in self.sources if _same(s.family, name)), None)
        found = self._faces(name, source)
        if not found:
            return None
        generic = source.generic if source and source.generic else _commonest(found)
        substitutes = tuple(source.substitutes) if source else ()
        return FontFamily(
            found[0].family,  # as its files say: fontconfig and Office know it by no other name
            generic,
            tuple(f.face for f in found),
            substitutes or _SUBSTITUTES[generic],
            all(f.embeddable for f in found),
        )

    def find_or_replace(
        self, name: str, instead: FontFamily, at: Span, *, quiet: bool = False
    ) -> FontFamily:
        """Give a typeface, or another with a warning (with a note, if `quiet`)."""
        family = self.find(name)
        if family is not None:
            return family
        tell = self.log.note if quiet else self.log.warning
        tell(
            Code.FONT_MISSING,
            f"the typeface {name!r} is not on this machine: {instead.name} is used",
            at=at,
            hint=f"install it, or put its files into {self.folder.name}/fonts",
        )
        return instead

    def check_files(self, place: Sequence[Span]) -> None:
        """Diagnose declared font files that are not there or are no fonts."""
        for font, at in zip(self.declared, place, strict=True):
            for file in font.files:
                path = self.folder / file.path
                if not _remote(file.path) and not self._inside(file):
                    hint = "put the file into the theme's folder"
                    message = f"the font {file.path!r} is elsewhere"
                    self.log.error(Code.PATH_OUTSIDE, message, at=at, hint=hint)
                elif not _remote(file.path) and not read_faces(path):
                    what = "is no font file" if path.is_file() else "is not in the theme's folder"
                    hint = "check the path: it is relative to _brand.yml"
                    self.log.error(Code.FILE_MISSING, f"{file.path!r} {what}", at=at, hint=hint)

    def _faces(self, name: str, source: FontSource | None) -> tuple[Found, ...]:
        if source and source.package and (found := self.finder.package(source.package, name)):
            return found
        for font in self.declared:
            if _same(font.family, name) and (found := self._own_files(font)):
                return found
        return self.finder.folder(self.folder / "fonts", name) or self.finder.system(name)

    def _inside(self, file: FontFile) -> bool:
        return not leads_out(self.folder / file.path, self.folder)

    def _own_files(self, font: Font) -> tuple[Found, ...]:
        faces = [
            _as_declared(found, file)
            for file in font.files
            if not _remote(file.path) and self._inside(file)
            for found in read_faces(self.folder / file.path)
        ]
        return tuple(sorted(faces, key=lambda f: (f.face.weight, f.face.italic)))


def guess_generic(name: str) -> Generic:
    """Guess from its name what kind of typeface a missing one is."""
    if re.search(r"mono|code|courier|consol", name, re.IGNORECASE):
        return "monospace"
    pattern = r"(?<!sans )serif|slab|garamond|times|georgia|merriweather|playfair|lora|roman|book"
    return "serif" if re.search(pattern, name, re.IGNORECASE) else "sans-serif"


def _as_declared(found: Found, file: FontFile) -> Found:
    """Let weight and style that the brand file gives stand above what the font says."""
    face = found.face
    weight = WEIGHTS.get(str(file.weight), face.weight)
    if str(file.weight).isdigit():
        weight = int(str(file.weight))
    italic = face.italic if file.style is None else file.style != "normal"
    return replace(found, face=replace(face, weight=weight, italic=italic))


def _commonest(found: Sequence[Found]) -> Generic:
    return Counter(f.generic for f in found).most_common(1)[0][0]


def _remote(path: str) -> bool:
    return path.startswith(("http://", "https://"))


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
