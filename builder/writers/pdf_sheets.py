"""Painted pages: what the file needs of a page once its boxes are gone.

A part of a report is painted where it was laid out, it may be in another process. What comes of it
is plain data that takes little room: packed content, with the resources that it names, links,
anchors, bookmarks, and the part's piece of the structure tree. `pdf_binding` makes the file of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pydyf
from weasyprint.pdf.stream import Stream

from builder.writers.pdf_about import Claim, compress
from builder.writers.pdf_folios import set_folios
from builder.writers.pdf_losses import stranded
from builder.writers.pdf_svg import whole_texts
from builder.writers.pdf_tags import PIXEL, Tagger
from builder.writers.pdf_tree import Element, Link
from builder.writers.pdf_words import Loss, Passage, passages

FIRST_PROFILE = 3
"""The number of the first colour profile in a file of WeasyPrint's."""

APART = ("hb_font", "hb_face", "file_content", "get_unused_glyph_id")
"""What of a font stays in the process that has it open."""

MOST_GLYPHS = 2**16 - 1


@dataclass(slots=True, eq=False)
class Sheet:
    """A painted page, with as much of WeasyPrint's page as its writing of files asks for."""

    width: float
    height: float
    bleed: Mapping[str, float]
    links: list[tuple[str, str, tuple[float, ...], Link]]
    anchors: Mapping[str, tuple[float, ...]]
    bookmarks: list[tuple[int, str, tuple[float, float], str]]
    kind: str  # the page's name in the style sheet
    content: list[Any]
    extra: dict[str, Any]  # how the content is packed
    resources: Any
    forms: Mapping[None, list[Any]] = field(default_factory=dict)

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Put the content where WeasyPrint wants it; what is packed stays so."""
        stream.stream = self.content
        if self.extra:
            stream.extra, stream.compress = self.extra, False


@dataclass(frozen=True, slots=True)
class Face:
    """A font as some pages use it; `file` only where it was not handed over before."""

    about: Mapping[str, Any]
    file: bytes | None


@dataclass(frozen=True, slots=True)
class Painted:
    """The pages of a part of a report, ready to be bound."""

    sheets: tuple[Sheet, ...]
    tree: Element
    untied: tuple[Link, ...]
    faces: Mapping[int, Face]
    images: Mapping[str, Any]
    passages: tuple[Passage, ...]
    stranded: tuple[Loss, ...]


class Fonts(dict[int, Any]):
    """The fonts of a process, by WeasyPrint's keys, which say in which order pages ask for them."""

    def __init__(self, characters: str) -> None:
        super().__init__()
        self._ranks = {ord(char): n for n, char in enumerate(sorted(set(characters)))}
        self._used: dict[int, None] = {}
        self._given: set[int] = set()
        self._turn = 0

    def __getitem__(self, key: int) -> Any:
        """Give a font, and note that it is used."""
        self._used.setdefault(key)
        return super().__getitem__(key)

    def __setitem__(self, key: int, font: Any) -> None:
        """Take in a font; a letter that it lacks gets the same number in every part."""

        def unused(codepoint: int) -> int:
            rank = self._ranks.get(codepoint, len(self._ranks))
            font.missing[codepoint] = min(font.glyph_count + rank, MOST_GLYPHS)
            return int(font.missing[codepoint])

        font.get_unused_glyph_id = unused
        super().__setitem__(key, font)

    def taken(self, turn: int = 0) -> dict[int, Face]:
        """Give the fonts used since this was asked last, with the glyphs used.

        A font's file goes with it once in every `turn` that a report is painted.
        """
        if turn != self._turn:
            self._turn = turn
            self._given.clear()
        faces: dict[int, Face] = {}
        for key in self._used:
            font = super().__getitem__(key)
            about = {name: value for name, value in vars(font).items() if name not in APART}
            faces[key] = Face(about, None if key in self._given else font.file_content)
            self._given.add(key)
            font.widths, font.to_unicode, font.missing = {}, {}, {}
        self._used.clear()
        return faces


@dataclass(slots=True)
class Easel:
    """What pages are painted with, in one process."""

    fonts: Fonts
    claim: Claim
    profiles: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.profiles = self.claim.colours()
        for number, profile in enumerate(self.profiles.values(), FIRST_PROFILE):
            profile.pdf_reference = f"{number} 0 R".encode()

    def paint(
        self, root: Any, pages: Sequence[Any], before: int = 0, part: int = 0, turn: int = 0
    ) -> Painted:
        """Paint the pages made of the HTML below `root`; `before` of them are in front of it.

        `part` is its place among the report's parts, and `turn` tells one painting of the report
        from another. The pages' boxes are let go.
        """
        claim = self.claim
        tagger = Tagger(root, before, part) if claim.tagged else None
        images: dict[str, Any] = {}
        lost = stranded(pages, root)
        sheets = []
        with whole_texts():
            for page in pages:
                set_folios(page._page_box, before)
                sheets.append(self._sheet(page, tagger, images))
                page._page_box.children = ()
        tree, untied = (tagger.document, tagger.untied) if tagger else (Element("", 0, None), [])
        return Painted(
            tuple(sheets),
            tree,
            tuple(untied),
            self.fonts.taken(turn),
            {name: _image(found) for name, found in images.items()},
            passages(root),
            lost,
        )

    def _sheet(self, page: Any, tagger: Tagger | None, images: dict[str, Any]) -> Sheet:
        links: list[Any] = []
        for kind, target, area, box in page.links:
            box.link_annotation = Link()
            links.append((kind, target, area, box.link_annotation))
        colours = f"{FIRST_PROFILE + len(self.profiles)} 0 R".encode()
        kinds = ("ExtGState", "XObject", "Pattern", "Shading")
        resources = pydyf.Dictionary({kind: pydyf.Dictionary() for kind in kinds})
        resources["ColorSpace"], resources["Font"] = colours, None
        tags: dict[Any, Any] | None = None if tagger is None else {}
        bleed = page.bleed
        width = page.width + bleed["left"] + bleed["right"]
        area = -bleed["left"], -bleed["top"], width, page.height + bleed["top"] + bleed["bottom"]
        stream = Stream(self.fonts, area, resources, images, tags, self.profiles, self.claim.intent)
        stream.transform(d=-1, f=page.height * PIXEL)
        page.paint(stream, PIXEL)
        if tagger is not None:
            tagger.page(page, stream)
            compress(stream)  # an untagged one gets its inks and crop marks yet
        _settle(resources, packed=tagger is not None)
        return Sheet(
            page.width,
            page.height,
            page.bleed,
            links,
            page.anchors,
            page.bookmarks,
            page._page_box.page_type.name,
            stream.stream,
            dict(stream.extra),
            resources,
        )


def _image(found: Mapping[str, Any]) -> Any:
    """Give an image as an object of the file."""
    made = found["image"].get_x_object(found["interpolate"], max(found["dpi_ratios"]))
    made = _plain(made, packed=False)
    if "SMask" in made.extra:
        made.extra["SMask"] = _plain(made.extra["SMask"], packed=False)
    return made


def _settle(resources: Any, *, packed: bool, done: dict[int, Any] | None = None) -> None:
    """Turn WeasyPrint's streams among a page's resources into plain ones."""
    known = {} if done is None else done
    for kind in ("XObject", "Pattern"):
        for name, stream in resources[kind].items():
            if stream is None:  # an image
                continue
            if id(stream) not in known:
                known[id(stream)] = _plain(stream, packed=packed)
                with suppress(KeyError):
                    _settle(stream.extra["Resources"], packed=packed, done=known)
            resources[kind][name] = known[id(stream)]
    for state in resources["ExtGState"].values():
        if "SMask" in state and "G" in state["SMask"]:
            state["SMask"]["G"] = known[id(state["SMask"]["G"])]


def _plain(stream: Any, *, packed: bool) -> Any:
    made = pydyf.Stream([pydyf._to_bytes(item) for item in stream.stream], stream.extra)
    if packed:
        compress(made)
    return made
