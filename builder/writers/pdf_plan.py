"""Where pages end: what a first layout shows is mended in a second one.

A figure that found no room leaves a gap, which the text behind it fills. A section that opens on a
page of its own after a nearly empty one runs on instead. A few lines on a page of their own are
drawn back by setting their section a little tighter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, dropwhile, pairwise
from typing import Any
from xml.etree.ElementTree import Element

from builder.document.nodes import (
    Block,
    Blocks,
    BulletList,
    Document,
    Heading,
    KeyPoints,
    Note,
    OrderedList,
    Paragraph,
    Quotation,
    Section,
)
from builder.document.walk import CAPTIONED, every, plain
from builder.writers.markup_inlines import Setting
from builder.writers.markup_sides import text_height

FIRST_PAGES = 3
"""Cover, about and contents, whose emptiness is meant."""

GAP = 0.2
"""Part of a page's height that may be empty without anybody's minding."""

HOLE = 0.3
"""A figure that leaves more than this part of a page empty before it lets text pass."""

FULL = 0.92
"""Part of a page that a figure and the text before it may take together."""

EMPTY = 0.36
"""A page filled less than this is not left to itself when a section ends on it."""

OPENING = 0.12
"""Part of a page's height kept free below an appendix that runs on."""

SPILL = 0.3
"""Contents that fill less than this of their second page are set closer."""

PASSING = (Heading, Paragraph, BulletList, OrderedList, Quotation, KeyPoints)
"""Blocks that may come before a figure that they stand behind."""

SECTIONS = ("section", "glance", "appendix")
OWN_PAGE = ("section long", "glance", "appendix")

MENTION = "mention"
"""The kind of a place where a link leads to a figure, or to anything else."""

STUB = 0.14
"""A page filled less than this should not be there at all."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What differs from the plain order: by the ids that elements have in the HTML."""

    deferred: Mapping[str, int] = field(default_factory=dict)  # figure → blocks that pass it
    running_on: frozenset[str] = frozenset()  # sections that do not begin a page
    tight: frozenset[str] = frozenset()  # sections set with less space
    close_contents: bool = False  # contents set as closely as can be
    kept: frozenset[str] = frozenset()  # side boxes tied to their text
    loose: bool = False  # single lines may stand alone: tried where text was lost otherwise
    parted: frozenset[str] = frozenset()  # tables that a page may end in


@dataclass(frozen=True, slots=True)
class Part:
    """What is laid out of a report: some sections as they stand in it, or what is before them."""

    sections: frozenset[str] = frozenset()
    first: int = 0  # the page that it begins on
    pages: Mapping[str, int] | None = None  # of all ids: what is before the sections, knowing them
    notes_before: int | None = None  # None: as many as can be counted before its first section
    back: bool = False  # with the back cover


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of an element on one page; top and bottom as parts of the text's height."""

    name: str  # the element's id
    kind: str  # its classes
    page: int
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Survey:
    """What a layout shows: where sections and figures are, and what each page leaves empty."""

    places: tuple[Place, ...]
    empty: tuple[float, ...]  # below the text, above the footnotes; as parts of the text's height
    lost: tuple[str, ...] = ()  # for each footnote that found no page, the section that it is of

    @property
    def waste(self) -> float:
        """How much is left empty, in pages: big gaps count more than many small ones."""
        inner = self.empty[FIRST_PAGES:-1]
        return sum(gap * gap for gap in inner if gap > GAP) + 0.1 * len(inner)

    @property
    def front(self) -> int:
        """Count the pages before the first section."""
        return min((p.page for p in self.places if p.kind.startswith(SECTIONS)), default=0)

    @property
    def split_boxes(self) -> frozenset[str]:
        """Give the side boxes that a page's end cuts in two."""
        boxes = Counter(place.name for place in self.places if place.kind.startswith("key"))
        return frozenset(name for name, pieces in boxes.items() if pieces > 1)

    @property
    def far_figures(self) -> frozenset[str]:
        """Give the figures and tables that begin more than a page behind their first mention."""
        first: dict[str, int] = {}
        for place in self.places:
            if place.kind == MENTION:
                first.setdefault(place.name, place.page)
        figures = (place for place in self.places if place.kind.startswith("fig"))
        begun = {place.name: place.page for place in reversed(list(figures))}
        return frozenset(name for name, page in begun.items() if page > first.get(name, page) + 1)


def survey(pages: Sequence[object], root: Element) -> Survey:
    """Look through WeasyPrint's pages, made of the HTML below `root`."""
    found: list[Place] = []
    empty: list[float] = []
    shown: set[int] = set()
    for number, page in enumerate(pages):
        box = page._page_box  # type: ignore[attr-defined]  # its public face has no boxes
        top, height = box.content_box_y(), box.height or 1
        end, foot = top, top + height
        for part in _boxes(box):
            name = type(part).__name__
            bottom = part.position_y + part.margin_height()
            if name == "FootnoteAreaBox":
                foot = min(foot, part.position_y) if part.children else foot
                shown |= {id(note.element) for note in part.children}
                continue
            if name == "LineBox":
                end = max(end, bottom)
                start = (part.position_y - top) / height
                for target in _mentioned(part):
                    found.append(Place(target, MENTION, number, start, (bottom - top) / height))
            elif part.element_tag == "figure":
                end = max(end, bottom - part.margin_bottom)
            if name not in ("LineBox", "FootnoteAreaBox"):
                element = part.element
                identity = element.get("id", ""), element.get("class", "")
                start = part.position_y - top
                found.append(Place(*identity, number, start / height, (bottom - top) / height))
        empty.append(max((foot - end) / height, 0.0))
    lost = (
        section.get("id", "")
        for section in root.iter("section")
        for note in section.iter("span")
        if note.get("class") == "fn" and id(note) not in shown
    )
    return Survey(tuple(found), tuple(empty), tuple(lost))


def _boxes(box: Any) -> Iterator[Any]:
    """Give lines, footnote areas, sections and figures; nothing of what is inside a figure."""
    box = getattr(box, "_box", box)
    name, tag = type(box).__name__, getattr(box, "element_tag", None)
    own = tag in ("section", "figure") and box.element is not None
    own = own or (tag == "div" and (box.element.get("class") or "").startswith("key side"))
    if name in ("LineBox", "FootnoteAreaBox") or own:
        yield box
    if name in ("LineBox", "FootnoteAreaBox", "MarginBox") or tag == "figure":
        return
    for child in getattr(box, "children", ()):
        yield from _boxes(child)


def _mentioned(line: Any) -> Iterator[str]:
    """Give the ids that a line's links lead to."""
    for part in line.descendants():
        if part.element_tag == "a" and part.element is not None:
            target = part.element.get("href", "")
            if target.startswith("#"):
                yield target[1:]


def improve(plan: Plan, seen: Survey, document: Document, setting: Setting, room: float) -> Plan:
    """Give a better plan, or the same one; `room` is the height of a page's text in points."""
    plan = replace(
        _sections(plan, seen.places),
        kept=plan.kept | seen.split_boxes,
        close_contents=plan.close_contents or spills(seen.places),
    )
    deferred = dict(plan.deferred)
    mended: set[int] = set()
    runs = _runs(seen.places)
    for section in document.sections:
        run = runs.get(section.label or section.id, 0)
        for name, gap in _gaps(section, seen):
            if run in mended:
                break  # what comes after a figure that has moved will stand elsewhere
            figure = _tall(name, seen)
            moved = _passing(section, name, plan, gap * room, figure * room, room, setting)
            if moved:
                deferred |= moved
                mended.add(run)
    return replace(plan, deferred=deferred)


def _runs(found: Sequence[Place]) -> dict[str, int]:
    """Number the runs of sections: each begins on a page of its own, whatever is before it.

    What is mended in one run moves nothing in another.
    """
    runs: dict[str, int] = {}
    for place in found:
        if place.kind.startswith(SECTIONS) and place.name not in runs:
            begins = place.kind.startswith(OWN_PAGE)
            runs[place.name] = max(runs.values(), default=0) + begins
    return runs


def spills(found: Sequence[Place]) -> bool:
    """Tell whether a few lines of the contents stand on a page of their own."""
    pages = [place for place in found if place.name == "contents"]
    return len(pages) > 1 and pages[-1].bottom < SPILL


def _sections(plan: Plan, found: Sequence[Place]) -> Plan:
    sections = [p for p in found if p.kind.startswith((*SECTIONS, "back"))]
    running, tight = set(plan.running_on), set(plan.tight)
    for one, following in pairwise(sections):
        if following.name in plan.running_on and following.top < 0.02:
            running.discard(following.name)  # it begins a page after all
            continue
        if following.name == one.name or following.page == one.page:
            continue
        lonely = one.bottom < EMPTY and following.kind.startswith("section long")
        if lonely or (one.kind.startswith("section") and _is_brief(following, sections, one)):
            running.add(following.name)
        elif one.bottom < STUB and one.kind.startswith("section"):
            tight.add(one.name)
    return replace(plan, running_on=frozenset(running), tight=frozenset(tight))


def _is_brief(place: Place, sections: Sequence[Place], before: Place) -> bool:
    """Tell whether an appendix fits below what is before it."""
    alone = sum(1 for p in sections if p.name == place.name) == 1
    room = 1 - before.bottom - OPENING
    return place.kind.startswith("appendix") and alone and place.bottom - place.top < room


def _gaps(section: Section, seen: Survey) -> Iterator[tuple[str, float]]:
    """Give the figures of a section that stand at a page's top, with what is empty before them."""
    anchor = section.label or section.id
    for place in seen.places:
        if not place.kind.startswith("fig") or place.top > 0.03:
            continue
        before = any(p.name == anchor and p.page == place.page - 1 for p in seen.places)
        if before and seen.empty[place.page - 1] > HOLE:
            yield place.name, seen.empty[place.page - 1]


def _tall(name: str, seen: Survey) -> float:
    """Give a figure's height as a part of a page's; one that lies on its side takes all of it."""
    if any(place.name == name and "landscape" in place.kind for place in seen.places):
        return 1.0
    return sum(place.bottom - place.top for place in seen.places if place.name == name)


def _passing(
    section: Section,
    name: str,
    plan: Plan,
    gap: float,
    figure: float,
    room: float,
    setting: Setting,
) -> dict[str, int]:
    """Count the blocks behind a figure that may come before it to fill the gap; none: {}.

    Figures among them move with it. What passes is to fill the gap, and to run over
    onto the figure's page only where the `figure` (its height) has room behind it.
    """
    figures, free = _behind(in_order(section.blocks, plan), name)
    height, count = 0.0, 0
    for position, node in enumerate(free, start=1):
        if isinstance(node, KeyPoints):
            continue
        height += text_height(node, setting) + notes_height(node)
        if height > gap and height - gap + figure > room * FULL:
            break
        if not isinstance(node, Heading):  # a heading goes with what it heads
            count = position
        if height >= gap:
            break
    return _deferred(plan, figures, free, count) if count else {}


def _behind(nodes: Blocks, name: str) -> tuple[list[tuple[str, int]], list[Block]]:
    """Give the text behind a figure, and the figure and those in this text that move with it.

    With each figure stands how much of the text comes before it.
    """
    figures: list[tuple[str, int]] = []
    free: list[Block] = []
    for node in dropwhile(lambda b: _anchor(b) != name, nodes):
        if anchor := _anchor(node):
            figures.append((anchor, len(free)))
        elif isinstance(node, PASSING):
            free.append(node)
        else:
            break
    return figures, free


def _deferred(
    plan: Plan, figures: Sequence[tuple[str, int]], free: Sequence[Block], count: int
) -> dict[str, int]:
    """Let so many blocks pass the figures that they stand behind."""
    if count < len(free) and isinstance(free[count], KeyPoints):
        count += 1  # the box stands beside the text that passes
    return {
        anchor: plan.deferred.get(anchor, 0) + count - before
        for anchor, before in figures
        if count > before
    }


def with_passing(
    plan: Plan,
    sections: Sequence[Section],
    name: str,
    gap: float,
    more: int,
    setting: Setting,
) -> Plan | None:
    """Let as many blocks pass a figure as fill the gap, and some more or fewer; None: it cannot.

    Figures among them move with it.
    """
    for section in sections:
        figures, free = _behind(in_order(section.blocks, plan), name)
        if not figures:
            continue
        heights = accumulate(
            0.0 if isinstance(b, KeyPoints) else text_height(b, setting) + notes_height(b)
            for b in free
        )
        wanted = sum(height < gap for height in heights) + more
        while 0 < wanted <= len(free) and isinstance(free[wanted - 1], Heading):
            wanted -= 1
        if not 0 < wanted <= len(free):
            return None
        moved = _deferred(plan, figures, free, wanted)
        return replace(plan, deferred={**plan.deferred, **moved})
    return None


def notes_height(node: Block) -> float:
    """Guess the height of a block's footnotes in points."""
    return sum((1 + len(plain(note.blocks)) // 95) * 11.0 for note in every(node, Note))


def _anchor(node: Block) -> str:
    if not isinstance(node, CAPTIONED):
        return ""
    return node.caption.label or node.id


def in_order(nodes: Blocks, plan: Plan) -> Blocks:
    """Give a section's blocks in the order in which the plan sets them."""
    result = list(nodes)
    for node in reversed(nodes):
        if count := plan.deferred.get(_anchor(node), 0):
            index = result.index(node)
            result.insert(min(index + count, len(result) - 1), result.pop(index))
    return tuple(result)
