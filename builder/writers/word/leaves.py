"""The parts of a document that begin pages: what stands in them, and their headers and footers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from builder.document.nodes import Blocks, Section, SectionRole
from builder.units import Length
from builder.writers.word.boxes import marked_outside
from builder.writers.word.contents import Contents
from builder.writers.word.cover import back_cover, cover
from builder.writers.word.defer import deferred
from builder.writers.word.furniture import BANDED, OPENED, Folios, empty, footers, headers
from builder.writers.word.layout import RUN_ON_SPACE, Laid
from builder.writers.word.openings import LONG, with_band
from builder.writers.word.page_setup import Break, Furniture, PageSetup, landscape_block
from builder.writers.word.pages import Counted
from builder.writers.word.paragraphs import PARAGRAPH, PROPERTIES, gap, space_above
from builder.writers.word.parting import is_turned, parted
from builder.writers.word.place import Place, Writing
from builder.writers.word.sections import body, house_rule, section
from builder.writers.word.xml import Element, w

RAISED = 0.62
"""The part of what the imprint leaves empty of its page that stands above it."""


class Kind(Enum):
    """What a leaf is."""

    COVER = auto()
    ABOUT = auto()
    CONTENTS = auto()
    SECTION = auto()
    BACK = auto()


@dataclass(frozen=True, slots=True)
class Leaf:
    """What begins a page and has running headers of its own."""

    kind: Kind
    elements: list[Element]
    node: Section | None = None
    order: Blocks = ()  # of a section's blocks, below its opening
    banded: bool = False
    folios: Folios = field(default_factory=Folios)

    def laid(self, writing: Writing) -> Laid:
        """Give what is to be known to count its pages."""
        role = None if self.node is None else self.node.role
        section = role in (SectionRole.SECTION, SectionRole.APPENDIX)
        bleeds = self.kind in (Kind.COVER, Kind.BACK)
        return Laid(
            self.elements,
            bleeds=bleeds,
            section=section,
            short=section and not self.banded,
            brief=role is SectionRole.APPENDIX,
            first=next(iter(written_of(self.order, writing)), None),
        )


def leaves(place: Place, listed: Contents) -> list[Leaf]:
    """Write every part of the document in the order in which it is read."""
    sections = place.writing.document.sections
    bleeding = replace(place, left=Length(0), full=place.writing.page.width)
    front = [s for s in sections if s.role is SectionRole.ABOUT]
    rest = [s for s in sections if s.role is not SectionRole.ABOUT]
    return [
        Leaf(Kind.COVER, cover(bleeding)),
        *(Leaf(Kind.ABOUT, section(s, place), folios=Folios(roman=True)) for s in front),
        # The page setup may not stand in a paragraph of the field: LibreOffice loses the folio.
        Leaf(
            Kind.CONTENTS,
            [house_rule(place), *listed.elements, gap(place)],
            folios=Folios(roman=True),
        ),
        *(Leaf(Kind.SECTION, section(s, place), s, _order(s)) for s in rest),
        Leaf(Kind.BACK, back_cover(bleeding)),
    ]


def _order(node: Section) -> Blocks:
    return body(node) if node.role in (SectionRole.SECTION, SectionRole.APPENDIX) else ()


def written_of(blocks: Blocks, writing: Writing) -> list[Element]:
    """Give the elements that blocks have become."""
    return [element for block in blocks for element in writing.written.get(id(block), ())]


def with_figures_passed(made: Sequence[Leaf], counted: Counted, writing: Writing) -> list[Leaf]:
    """Let text pass figures before which much of a page is empty."""
    passed: list[Leaf] = []
    for leaf in made:
        order = deferred(leaf.order, counted, writing.bookmarks)
        if order is not leaf.order:
            before, after = (written_of(blocks, writing) for blocks in (leaf.order, order))
            opening = leaf.elements[: len(leaf.elements) - len(before)]
            leaf = replace(leaf, elements=[*opening, *after], order=order)
        passed.append(leaf)
    return passed


def with_bands(made: Sequence[Leaf], counted: Counted, place: Place) -> list[Leaf]:
    """Let each long section open with a band."""
    return [
        replace(leaf, elements=with_band(leaf.elements, place), banded=True)
        if leaf.node is not None
        and leaf.node.number
        and leaf.node.role is SectionRole.SECTION
        and length >= LONG
        else leaf
        for leaf, length in zip(made, counted.lengths, strict=True)
    ]


def settled(made: Sequence[Leaf], counted: Counted, place: Place) -> list[Leaf]:
    """Begin pages with what begins them, leave spaces above what runs on, lower the imprint."""
    for rule in counted.running_on:
        space_above(rule, RUN_ON_SPACE)
    page = place.writing.page
    room = Length(page.height - page.top - page.bottom).pt
    for leaf, length in zip(made, counted.lengths, strict=True):
        if leaf.kind is Kind.ABOUT and leaf.elements and length < 1:
            space_above(leaf.elements[0], (1 - length) * room * RAISED)
    return [
        replace(leaf, elements=marked_outside(form))
        for leaf, form in zip(made, counted.forms, strict=True)
    ]


def joined(made: Sequence[Leaf], place: Place) -> list[Element]:
    """Put the leaves together: each one's page setup stands in its last paragraph."""
    elements: list[Element] = []
    setup: Element | None = None
    blank = Furniture(empty("header", place), empty("footer", place))
    for leaf in made:
        upright, wide = _setup(leaf, blank, place)
        for part in parted(leaf.elements):
            if setup is not None:
                elements += _closed(elements, setup, place)
            elements += part.elements
            begins: Break = "nextPage" if setup is not None else None
            setup = (wide if part.turned else upright).element(begins, landscape=part.turned)
    return elements if setup is None else [*elements, setup]


def _setup(leaf: Leaf, blank: Furniture, place: Place) -> tuple[PageSetup, PageSetup]:
    """Give the setup of a leaf's pages, upright and in landscape, with headers and footers."""
    bare = PageSetup(place.writing.page, rtl=place.rtl, roman=leaf.folios.roman)
    match leaf.kind:
        case Kind.COVER:
            upright = replace(bare, bleed=True, roman=True)
        case Kind.BACK:
            upright = replace(bare, furniture=blank, bleed=True)
        case Kind.ABOUT:
            furniture = Furniture(blank.headers, footers(place, leaf.folios))
            upright = replace(bare, furniture=furniture)
        case Kind.CONTENTS:
            word = place.writing.word("contents", "Contents")
            furniture = Furniture(headers(None, word, place), footers(place, leaf.folios))
            upright = replace(bare, furniture=furniture)
        case Kind.SECTION:
            return _section_setup(leaf, bare, place)
    return upright, upright


def _section_setup(leaf: Leaf, bare: PageSetup, place: Place) -> tuple[PageSetup, PageSetup]:
    title = BANDED if leaf.banded else OPENED
    furniture = Furniture(headers(leaf.node, title, place), footers(place, leaf.folios))
    upright = replace(bare, furniture=furniture, lines_counted=place.writing.draft)
    if not any(is_turned(element) for element in leaf.elements):
        return upright, upright
    block = landscape_block(place.writing.page)
    above = headers(leaf.node, title, place, block=block)
    wide = Furniture(above, footers(place, leaf.folios, block=block))
    return upright, replace(upright, furniture=wide)


def _closed(made: list[Element], setup: Element, place: Place) -> list[Element]:
    """Hang the page setup on the last paragraph; gives a new one where that may not bear it."""
    last = made[-1] if made and made[-1].tag == PARAGRAPH else None
    extra = [] if last is not None else [gap(place)]
    holder = extra[0] if last is None else last
    properties = holder.find(PROPERTIES)
    if properties is None:
        properties = w("pPr")
        holder.insert(0, properties)
    properties.append(setup)
    return extra
