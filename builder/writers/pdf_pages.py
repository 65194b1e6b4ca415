"""What the report's template is filled with: cover, contents, sections, back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile

from markupsafe import Markup

from builder.document.nodes import (
    Block,
    BulletList,
    DefinitionList,
    Document,
    Heading,
    KeyNumbers,
    KeyPoints,
    ListItem,
    Note,
    Paragraph,
    PullQuote,
    Section,
    SectionRole,
    Table,
    Timeline,
)
from builder.document.walk import CAPTIONED, captioned, every, plain, text
from builder.theme.model import Page
from builder.units import Length
from builder.writers.markup import block, blocks
from builder.writers.markup_figures import count_of, key_numbers, source, table_height
from builder.writers.markup_inlines import Setting, direction, inlines, title
from builder.writers.markup_sides import Piece, arrange, text_height
from builder.writers.pdf_cover import back, cover
from builder.writers.pdf_plan import Part, Plan, in_order, notes_height

LABEL = Length.from_mm(17)
LABEL_GAP = Length.from_mm(2)

LONG_SECTION = 2.3
"""Pages of text and figures from which a section opens on a band of its own."""

FIGURE_HEIGHT = 270.0
FULL_WIDTH = (*CAPTIONED, PullQuote)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents."""

    number: str
    title: str
    anchor: str
    parts: tuple[Entry, ...] = ()
    page: int | None = None  # None: not known yet


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents; `dense` where they would need a second page, `close` where even then."""

    title: str
    entries: tuple[Entry, ...]
    floats_title: str
    floats: tuple[Entry, ...]
    label: float  # width of the column "Figure 10", in points
    dense: bool
    close: bool


@dataclass(frozen=True, slots=True)
class Imprint:
    """A ruled row of the page behind the cover."""

    term: Markup
    content: Markup


@dataclass(frozen=True, slots=True)
class About:
    """The page behind the cover; `spacer` pushes its rows down."""

    anchor: str
    rows: tuple[Imprint, ...]
    spacer: float


@dataclass(frozen=True, slots=True)
class Opened:
    """A section as the template shows it; `kind` is its CSS classes."""

    kind: str
    anchor: str
    number: str
    title: Markup
    label: str
    running: str
    standfirst: Markup
    body: Markup


def report_values(
    document: Document,
    setting: Setting,
    page: Page,
    stamp: datetime,
    plan: Plan,
    part: Part | None = None,
) -> dict[str, object]:
    """Give the values that `report.html.j2` names, for all of the report or a part of it."""
    meta = document.meta
    about = next((s for s in document.sections if s.role is SectionRole.ABOUT), None)
    shown = [s for s in document.sections if s.role is not SectionRole.ABOUT]
    setting = replace(setting, parted=plan.parted)
    issue = f"No. {meta.number}" if meta.number else ""
    front = part is None or part.pages is not None
    pages = part.pages if part else None
    return {
        "meta": meta,
        "language": meta.language,
        "direction": direction(meta.language),
        "stamp": stamp.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "series": " ".join(part for part in (meta.series, issue) if part),
        "issue": issue,
        "loose": plan.loose,
        "logo": "theme:///logo" if setting.theme.logo else "",
        "cover": cover(document, setting, page),
        "about": about_page(about, setting, page) if about else None,
        # Of all sections: made for each of many parts, they would cost more than the parts.
        "contents": contents(document, shown, setting, page, plan, pages) if front else None,
        "front": front,
        "whole": part is None,
        "ends": part is None or part.back,
        "first_page": 0 if part is None else part.first,
        "notes_before": notes_before(shown, part),
        "sections": [
            opened(section, setting, page, plan)
            for section in shown
            if part is None or (section.label or section.id) in part.sections
        ],
        "back": back(document, setting, page),
    }


def notes_before(sections: list[Section], part: Part | None) -> int:
    """Count the footnotes before the first section shown, so that their numbers are as wide."""
    if part is None:
        return 0
    if part.notes_before is not None:
        return part.notes_before
    if not part.sections:
        return 0
    chosen = part.sections
    before = takewhile(lambda section: (section.label or section.id) not in chosen, sections)
    return sum(1 for section in before for _ in first_calls(section))


def first_calls(section: Section) -> list[Note]:
    """Give a section's footnotes, each once however often it is called."""
    notes = every(section, Note)
    known = {(n.label, str(n.blocks[0].at) if n.label and n.blocks else id(n)): n for n in notes}
    return list(known.values())


# ---------------------------------------------------------------- about and contents


def about_page(section: Section, setting: Setting, page: Page) -> About:
    """Set definitions as ruled rows with the term in the side column; anything else without one."""
    rows: list[Imprint] = []
    height = 0.0
    for node in section.blocks:
        if isinstance(node, DefinitionList):
            for item in node.items:
                body = Markup("").join(
                    blocks(m, setting.inside(setting.measure)) for m in item.meanings
                )
                rows.append(Imprint(inlines(item.term, setting), body))
                height += 12 + sum(
                    text_height(part, setting) for meaning in item.meanings for part in meaning
                )
        else:
            rows.append(Imprint(Markup(""), block(node, setting.inside(setting.measure))))
            height += 12 + text_height(node, setting)
    room = (page.height - page.top - page.bottom) / Length.from_pt(1)
    spacer = max(0.0, min(Length.from_mm(96).pt, room - height * 1.1 - 30))
    return About(section.label or section.id, tuple(rows), round(spacer, 2))


def contents(
    document: Document,
    sections: list[Section],
    setting: Setting,
    page: Page,
    plan: Plan,
    pages: Mapping[str, int] | None = None,
) -> Contents:
    """List sections with their headings of level 2, then figures and tables.

    Where the `pages` of ids are known they are written down, else WeasyPrint finds them out.
    """
    known = {} if pages is None else pages  # one that knows a page for any id is empty, too
    entries = tuple(
        Entry(
            str(section.number) if section.number else "",
            plain(section.title),
            section.label or section.id,
            tuple(
                Entry("", plain(heading.content), anchor, page=known.get(anchor))
                for heading in every(section.blocks, Heading)
                if heading.level == 2 and (anchor := heading.label or heading.id)
            ),
            known.get(section.label or section.id),
        )
        for section in sections
    )
    floats = tuple(
        Entry(
            count_of(node.caption, setting),
            plain(node.caption.title),
            node.caption.label or node.id,
            page=known.get(node.caption.label or node.id),
        )
        for node in captioned(document.sections)
        if node.caption.number
    )
    height = sum(36 + 14 * len(entry.parts) for entry in entries)
    height += 80 + 14 * sum(1 + len(entry.title) // 68 for entry in floats) + 110
    room = (page.height - page.top - page.bottom) / Length.from_pt(1)
    return Contents(
        setting.word("contents", "Contents"),
        entries,
        setting.word("figures_and_tables", "Figures and tables"),
        floats,
        _label_column(floats, setting),
        dense=height > room or plan.close_contents,
        close=plan.close_contents,
    )


def _label_column(floats: tuple[Entry, ...], setting: Setting) -> float:
    """Give the width at which no label of a figure breaks, in any language."""
    style = setting.theme.styles["toc_2"]
    widths = (setting.book.width_of(entry.number, style, style.size).pt for entry in floats)
    return round(max(LABEL.pt, max(widths, default=0) + LABEL_GAP.pt), 2)


# ---------------------------------------------------------------- sections


def opened(section: Section, setting: Setting, page: Page, plan: Plan) -> Opened:
    """Give a section with the opening that its role, length and place call for."""
    anchor = section.label or section.id
    number = str(section.number) if section.number else ""
    words = plain(section.title)
    short = section.short_title or words
    kind = kind_of(section, setting, page, plan)
    standfirst = title(section.standfirst or section.takeaway, setting)
    lead = None
    if kind == "section short" and standfirst:
        length = len(plain(section.standfirst or section.takeaway))
        markup = Markup('<p class="sf">{}</p>').format(standfirst)
        lead = Piece(None, markup, 12 + 18.75 * (1 + length // 52))
    return Opened(
        f"{kind} tight" if anchor in plan.tight else kind,
        anchor,
        number,
        title(section.title, setting),
        f"{number} {words}" if number else words,
        f"{number}\u2002{short}" if number else short,
        Markup("") if lead else standfirst,
        glance(section, setting)
        if section.role is SectionRole.GLANCE
        else body(section, setting, plan, lead),
    )


def kind_of(section: Section, setting: Setting, page: Page, plan: Plan) -> str:
    """Give the CSS classes that say how a section opens."""
    if (section.label or section.id) in plan.running_on:
        return "section short"
    match section.role:
        case SectionRole.GLANCE:
            return "glance"
        case SectionRole.APPENDIX | SectionRole.ABOUT:
            return "appendix"
        case SectionRole.SECTION:
            room = (page.height - page.top - page.bottom) / Length.from_pt(1)
            long = estimate(section, setting) > room * LONG_SECTION
            return "section long" if long else "section short"


def estimate(section: Section, setting: Setting) -> float:
    """Guess a section's height in points."""
    return sum(_height(node, setting) for node in section.blocks)


def _height(node: Block, setting: Setting) -> float:
    """Guess the height of a block with its footnotes."""
    notes = notes_height(node)
    if isinstance(node, Table):
        return notes + 70 + table_height(node, setting)
    if isinstance(node, Timeline):
        return notes + 90 + 30 * len(node.events)
    if next(captioned(node), None) is not None:
        return notes + FIGURE_HEIGHT
    if isinstance(node, KeyPoints):
        return 0.0
    return notes + text_height(node, setting)


def body(section: Section, setting: Setting, plan: Plan, lead: Piece | None) -> Markup:
    """Write a section's blocks, its key points in a box beside the first text."""
    nodes = list(in_order(section.blocks, plan))
    if section.key_points and lead:
        nodes.insert(0, _points_of(section))
    elif section.key_points:
        first = next((i for i, n in enumerate(nodes) if not isinstance(n, FULL_WIDTH)), len(nodes))
        nodes.insert(first, _points_of(section))
    return arrange(tuple(nodes), setting, block, lead, plan.kept)


def _points_of(section: Section) -> KeyPoints:
    items = tuple(ListItem((Paragraph(point),)) for point in section.key_points)
    return KeyPoints(
        text(section.key_points_title), (BulletList(items),), id=f"{section.id}-key-points"
    )


def glance(section: Section, setting: Setting) -> Markup:
    """Write the page "At a glance": numbers, findings, then whatever else there is."""
    numbers = next((n for n in section.blocks if isinstance(n, KeyNumbers)), None)
    rest = tuple(n for n in section.blocks if n is not numbers)
    parts: list[Markup] = []
    if numbers is not None:
        parts.append(key_numbers(numbers, setting, with_source=False))
    if section.key_points:
        parts.append(_findings(section, setting))
    parts.append(blocks(rest, setting))
    if numbers is not None and numbers.caption.source:
        parts.append(Markup('<div class="full">{}</div>').format(source(numbers.caption, setting)))
    return Markup("\n").join(parts)


def _findings(section: Section, setting: Setting) -> Markup:
    head = section.key_points_title or setting.word("key_points", "Key points")
    items = Markup("").join(
        Markup("<li>{}</li>").format(inlines(point, setting)) for point in section.key_points
    )
    return Markup(
        '<div class="findings"><p class="eyebrow">{}</p><ul class="dash">{}</ul></div>'
    ).format(head, items)
