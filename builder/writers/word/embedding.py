"""Fonts inside the document, so that everybody sees the theme's: cut down and obfuscated."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from docx.opc.packuri import PackURI
from docx.opc.part import Part

from builder.diagnostics import Code, Diagnostics
from builder.theme.model import Face, FontFamily, Theme
from builder.theme.subset import subset
from builder.writers.word.fonts import major, minor
from builder.writers.word.parts import Parts, TextPart
from builder.writers.word.xml import Element, qualified, x

OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
FONT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
HIDDEN = 32
"""Bytes at the beginning that are hidden by the key."""

Slot = Literal["Regular", "Bold", "Italic", "BoldItalic"]
SLOTS: dict[tuple[bool, bool], Slot] = {
    (False, False): "Regular",
    (True, False): "Bold",
    (False, True): "Italic",
    (True, True): "BoldItalic",
}


@dataclass(frozen=True, slots=True)
class Embedded:
    """A face to be embedded for one of the four looks that Office knows of a family."""

    family: str
    slot: Slot
    face: Face


def embed(
    table: TextPart, parts: Parts, theme: Theme, content: list[Element], log: Diagnostics
) -> None:
    """Embed the faces of every family that the content names, and say so in the font table.

    A typeface whose maker forbids it is noted: who has not installed it sees another.
    """
    fonts = {font.get(qualified("w:name"), ""): font for font in _fonts(table)}
    characters = frozenset(ord(c) for element in content for text in _text(element) for c in text)
    wanted = _named(content) | {major(theme), minor(theme)}
    for family in dict.fromkeys((*theme.families, *theme.fallbacks)):
        if not family.embeddable and wanted & {face.office_family for face in family.faces}:
            log.note(
                Code.FORMAT_CANNOT_SHOW,
                f"the typeface {family.name!r} may not be embedded: Word shows another where it is"
                " not installed",
                hint="take a typeface whose licence allows it, or send the PDF",
            )
    for number, one in enumerate(_faces(theme, wanted), start=1):
        data = subset(one.face, characters)
        key = _key(one, data)
        name = PackURI(f"/word/fonts/font{number}.odttf")
        part = Part(name, OBFUSCATED, obfuscate(data, key), parts.package)
        relation = table.relate_to(part, FONT)
        fonts[one.family].append(
            x(f"w:embed{one.slot}", r__id=relation, w__fontKey=f"{{{str(key).upper()}}}")
        )


def obfuscate(data: bytes, key: UUID) -> bytes:
    """Hide a font's first bytes by its key, as ECMA-376 (part 4, 11.1) asks; undone likewise."""
    backwards = key.bytes[::-1]
    hidden = bytes(byte ^ backwards[i % 16] for i, byte in enumerate(data[:HIDDEN]))
    return hidden + data[HIDDEN:]


def _key(one: Embedded, data: bytes) -> UUID:
    """Make a key that the same face with the same characters always has."""
    digest = hashlib.sha256(f"{one.family}/{one.slot}".encode() + data).digest()
    return UUID(bytes=digest[:16], version=4)


def _fonts(table: TextPart) -> list[Element]:
    return [] if table.content is None else list(table.content)


def _text(element: Element) -> Iterator[str]:
    for tag in ("w:t", "a:t"):
        for words in element.iter(qualified(tag)):
            yield words.text or ""


def _named(content: list[Element]) -> set[str]:
    tag, attribute = qualified("w:rFonts"), qualified("w:ascii")
    return {fonts.get(attribute, "") for part in content for fonts in part.iter(tag)} - {""}


def _faces(theme: Theme, wanted: set[str]) -> Iterator[Embedded]:
    """Give the faces that may be embedded, each look of a family once, in a fixed order."""
    families: tuple[FontFamily, ...] = (*theme.families, *theme.fallbacks)
    found: dict[tuple[str, Slot], Face] = {}
    for family in families:
        for face in family.faces:
            slot = SLOTS[face.office_bold, face.italic]
            whole = face.office_family == family.name or slot == "Regular"
            if family.embeddable and face.office_family in wanted and whole:
                found.setdefault((face.office_family, slot), face)
    order = list(SLOTS.values())
    for name, slot in sorted(found, key=lambda key: (key[0], order.index(key[1]))):
        yield Embedded(name, slot, found[name, slot])
