"""Painted parts bound into one file: one structure tree, outline and set of fonts.

WeasyPrint writes the file as it would for pages of its own. What it asks of a page is on our
sheets, and what it asks of a font is put together of what each part used of it. So it makes no
difference where, and in which order, the parts were made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, cast

import pydyf
import weasyprint.document
import weasyprint.pdf
from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import ffi, harfbuzz

from builder.writers.pdf_about import About
from builder.writers.pdf_sheets import FIRST_PROFILE, Painted, Sheet
from builder.writers.pdf_tree import Element, Tie, write_tree

ffi.cdef("""
    hb_blob_t *hb_blob_create(const char *data, unsigned int length, int mode, void *, void *);
    hb_face_t *hb_face_create(hb_blob_t *blob, unsigned int index);
""")
READ_ONLY = 1
"""HarfBuzz's mode of memory that it may neither change nor let go of."""


def bound(parts: Sequence[Painted], about: About) -> bytes:
    """Write the parts' pages, in their order, as a file that keeps to its standard."""
    claim = about.claim
    sheets = [sheet for part in parts for sheet in part.sheets]
    colours = claim.colours()
    made = weasyprint.document.Document(
        sheets, about.metadata(), None, _Forms(), colours, claim.intent
    )
    made.fonts = faces_of(parts)
    images = {name: _ready(image) for part in parts for name, image in part.images.items()}

    def finish(document: Any, pdf: Any) -> None:
        give_resources(pdf, sheets, images, colours)
        claim.finish(document, pdf)

    with _tagged_by(parts):
        written = made.write_pdf(
            pdf_tags=claim.tagged,
            pdf_variant=claim.variant,
            attachments=about.attachments(),
            output_intent=claim.intent,
            finisher=finish,
        )
    return cast("bytes", written)


def give_resources(
    pdf: Any, sheets: Sequence[Sheet], images: dict[str, Any], colours: Mapping[str, Any]
) -> None:
    """Give each page the fonts, images and states that its own content names."""
    for number, profile in enumerate(colours.values(), FIRST_PROFILE):
        if profile.pdf_reference != f"{number} 0 R".encode():
            raise AssertionError("the pages name another colour profile")
    shared = None
    for number, sheet in zip(pdf.pages["Kids"][::3], sheets, strict=True):
        page = pdf.objects[number]
        shared = shared or pdf.objects[int(page["Resources"].split()[0])]
        page["Resources"] = weasyprint.pdf._reference_resources(
            pdf, sheet.resources, images, shared["Font"], colours
        )


@dataclass(frozen=True, slots=True)
class _Forms:
    """What the fonts of forms are looked for in; there are no forms."""

    font_map: None = None


@dataclass(frozen=True, slots=True)
class _Image:
    """An image that is ready, in WeasyPrint's form."""

    made: Any

    def get_x_object(self, interpolate: bool, ratio: float) -> Any:
        """Give it."""
        return self.made


def _ready(image: Any) -> dict[str, Any]:
    return {"image": _Image(image), "interpolate": True, "dpi_ratios": {1}, "x_object": None}


# ---------------------------------------------------------------- fonts


def faces_of(parts: Sequence[Painted]) -> dict[int, Any]:
    """Put together what the parts used of each font."""
    files: dict[int, bytes] = {}
    for part in parts:
        files |= {key: face.file for key, face in part.faces.items() if face.file is not None}
    fonts: dict[int, Any] = {}
    for part in parts:
        for key, face in part.faces.items():
            if key not in fonts:
                fonts[key] = _font(deepcopy(dict(face.about)), files[key])
                continue
            for name in ("widths", "to_unicode", "missing"):
                known = vars(fonts[key])[name]
                for glyph, value in face.about[name].items():
                    known.setdefault(glyph, value)  # a glyph says what it said first
    return fonts


def _font(about: dict[str, Any], file: bytes) -> Any:
    """Make a font that can be cut down to its glyphs, of one that was open in another process."""
    font = Font.__new__(Font)
    vars(font).update(about, file_content=file)
    held = ffi.from_buffer(file)
    blob = harfbuzz.hb_blob_create(held, len(file), READ_ONLY, ffi.NULL, ffi.NULL)
    face = ffi.gc(harfbuzz.hb_face_create(blob, font.index), harfbuzz.hb_face_destroy)
    harfbuzz.hb_blob_destroy(blob)  # the face has it now
    font.hb_face, font.held = face, held  # the file's bytes must stay as long as the face
    return font


# ---------------------------------------------------------------- structure


@contextmanager
def _tagged_by(parts: Sequence[Painted]) -> Iterator[None]:
    """Let WeasyPrint write the parts' structure in place of its own; private to WeasyPrint 70.0."""
    adds = weasyprint.pdf.add_tags

    def add_tags(pdf: Any, document: Any, version: object, streams: Sequence[object]) -> None:
        write_structure(parts, pdf, len(streams))

    weasyprint.pdf.add_tags = add_tags
    try:
        yield
    finally:
        weasyprint.pdf.add_tags = adds


def write_structure(parts: Sequence[Painted], pdf: Any, pages: int) -> None:
    """Write the tree of all parts, and what a tagged file must say."""
    document = Element("Document", 0, None)
    for part in parts:
        for kid in part.tree.kids:
            if isinstance(kid, Element):
                kid.parent = document
            document.kids.append(kid)
    for element in document.walk():  # a link to what does not exist has no annotation
        element.kids = [k for k in element.kids if not isinstance(k, Tie) or k.link.link_annotation]
        for kid in element.kids:
            if isinstance(kid, Tie):
                kid.link.link_annotation["Contents"] = pydyf.String(kid.link.says)
    unwanted = {
        link.link_annotation.reference
        for part in parts
        for link in part.untied
        if link.link_annotation is not None
    }
    for number in pdf.pages["Kids"][::3]:
        page = pdf.objects[number]
        if unwanted and "Annots" in page:
            page["Annots"] = pydyf.Array(a for a in page["Annots"] if a not in unwanted)
    document.sort()
    write_tree(document, pages, pdf)
    catalog = pdf.catalog
    catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
