"""From a document to its deck: which slides there are, in which order, and what stands on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from builder.deck.authored import authored_slides, bullets_slide, check_layout, summary_slide
from builder.deck.framing import (
    agenda_slide,
    anchor_of,
    bulleted,
    closing_slide,
    short_title,
    sources_slide,
    title_slide,
)
from builder.deck.graphics import Setting, graphic_slides, quote_slide
from builder.deck.layout import Layouts
from builder.deck.model import Deck, DeckSlide, LeftOut, Origin, line
from builder.deck.notes import (
    Leads,
    block_notes,
    flat,
    listed,
    own_notes,
    said_of,
    says,
    section_notes,
    sources,
    spoken_of,
)
from builder.deck.selection import (
    arranged,
    is_refused,
    left_out,
    ordered,
    origin_of,
    section_origin,
    selection,
)
from builder.diagnostics import Code, Diagnostics
from builder.document.dates import shown_date
from builder.document.nodes import (
    Block,
    Blocks,
    Captioned,
    Document,
    Inlines,
    KeyPoints,
    Paragraph,
    Picture,
    PullQuote,
    Section,
    SectionRole,
    Slide,
)
from builder.document.walk import CAPTIONED, captioned, every, lead_series, plain, text
from builder.theme.model import Theme

MOST_BULLETS = 4
MOST_LETTERS = 160


def compose(document: Document, theme: Theme, layouts: Layouts, log: Diagnostics) -> Deck:
    """Make the deck of a document: opening, sections, sources, closing.

    What the author says in `.slide` wins, then the front matter, then good defaults.
    """
    composer = _Composer(document, layouts, log)
    slides = tuple(composer.slides())
    _report_pictures(slides, log)
    meta = document.meta
    return Deck(
        slides,
        meta.title,
        meta.title,
        meta.language,
        lead_series(document),
        document.words,
        "" if meta.deck.date == "none" else shown_date(meta.date, meta.language),
        meta.deck.date == "today",
        meta.deck.maximum,
        meta.deck.at,
        tuple(composer.left_out),
    )


class _Composer:
    """Goes through a document once."""

    def __init__(self, document: Document, layouts: Layouts, log: Diagnostics) -> None:
        self.document, self.layouts, self.log = document, layouts, log
        self.labelled: Mapping[str, Captioned] = {
            block.caption.label: block
            for block in captioned(document.sections)
            if block.caption.label
        }
        self.placed = {slide.show for slide in every(document.sections, Slide) if slide.show}
        self.selection = selection(document, log)
        self.left_out: list[LeftOut] = []

    def slides(self) -> Iterator[DeckSlide]:
        yield title_slide(self.document)
        for section in self._of(SectionRole.GLANCE):
            yield from self._chosen(self._spoken(self._glance(section), section), section)
        sections = ordered(self._of(SectionRole.SECTION), self.document.meta.deck.order)
        parts = [(s, self._chosen(self._spoken(self._section(s), s), s)) for s in sections]
        listed_sections = [s for s, slides in parts if slides]
        if self.document.meta.deck.agenda and len(listed_sections) > 1:
            yield from self._chosen((agenda_slide(self.document, listed_sections),))
        for _, slides in parts:
            yield from slides
        for section in self._of(SectionRole.APPENDIX):
            yield from self._chosen(self._spoken(self._appendix(section), section), section)
        found = sources_slide(self.document)
        yield from self._chosen((found,) if found else ())
        yield closing_slide(self.document)

    def _spoken(self, slides: Iterator[DeckSlide], section: Section) -> tuple[DeckSlide, ...]:
        """Let the author's notes be spoken at a section's first slide where none has them yet."""
        made, own = tuple(slides), own_notes(section.blocks)
        if not own or any(slide.notes[: len(own)] == own for slide in made):
            return made
        if made:
            return (replace(made[0], notes=(*own, *made[0].notes)), *made[1:])
        self.log.warning(
            Code.FORMAT_CANNOT_SHOW,
            f"section {plain(section.title)!r} has no slide, and so nowhere to keep its notes",
            at=own[0].at,
            hint="write key-points into its front matter, or a .slide around the notes",
        )
        return ()

    def _of(self, role: SectionRole) -> Iterator[Section]:
        for section in self.document.sections:
            if section.role is not role:
                continue
            if section.deck.include:
                yield section
            else:
                origin = section_origin("key-points", section)
                self.left_out.append(left_out(origin, "deck=false"))

    def _chosen(
        self, slides: Iterator[DeckSlide] | tuple[DeckSlide, ...], section: Section | None = None
    ) -> list[DeckSlide]:
        """Give the slides that the front matter wants, in its order; links find the first."""
        kept: list[DeckSlide] = []
        for slide in slides:
            assert slide.origin is not None, "every slide says what it is made of"
            reason = self.selection.refuses(slide.origin, section.deck if section else None)
            if reason is None:
                kept.append(slide)
            elif reason:
                self.left_out.append(left_out(slide.origin, reason))
        if section is None or not kept:
            return kept
        kept = arranged(kept, section.deck.order)
        first = kept[0]
        return [replace(first, anchors=(anchor_of(section), *first.anchors)), *kept[1:]]

    def _word(self, key: str, english: str) -> str:
        return self.document.words.get(key, english)

    def _leads(self) -> Leads:
        return Leads(self._word("source", "Source"), self._word("note", "Note"))

    def _setting(self, section: Section) -> Setting:
        title = section.takeaway or section.title
        part = f"{section.number or ''} {plain(short_title(section))}".strip()
        return Setting(title, self._leads(), part)

    # ------------------------------------------------------------ sections

    def _glance(self, section: Section) -> Iterator[DeckSlide]:
        opening = replace(self._setting(section), part=self.document.meta.title)
        title, lead = section.title, section.takeaway
        if section.standfirst and section.takeaway:
            title, lead = section.takeaway, section.standfirst
        findings = tuple((Paragraph(point),) for point in section.key_points)
        if findings or lead:
            slide = summary_slide(title, lead, findings)
            notes = own_notes(section.blocks) or self._said(section)
            origin = section_origin("summary", section)
            yield replace(slide, notes=notes, part=opening.part, at=section.at, origin=origin)
        rest = section.title if section.standfirst else section.takeaway or section.title
        yield from self._blocks(section, replace(opening, title=rest))

    def _said(self, section: Section) -> Blocks:
        """Give a section's own points as notes where it has no running text."""
        made = section_notes(section, self._leads())
        return made or listed((section.takeaway, *section.key_points)) or (says(plain(section)),)

    def _section(self, section: Section) -> Iterator[DeckSlide]:
        setting = self._setting(section)
        layout = check_layout(section.deck.layout, self.layouts, self.log, section)
        wanted = section.deck.divider
        if wanted is None:
            wanted = self.document.meta.deck.dividers == "all"
        if wanted or layout == "divider":
            yield self._divider(section, setting)
        if layout != "divider":
            yield from self._assertion(section, setting, layout)
        yield from self._blocks(section, setting)

    def _divider(self, section: Section, setting: Setting) -> DeckSlide:
        texts = (
            *line("title", short_title(section)),
            *line("numeral", str(section.number or "")),
            *line("standfirst", section.standfirst or section.takeaway),
        )
        origin = section_origin("divider", section)
        return DeckSlide(
            "divider",
            texts,
            notes=self._said(section),
            part=setting.part,
            at=section.at,
            origin=origin,
        )

    def _assertion(self, section: Section, setting: Setting, layout: str) -> Iterator[DeckSlide]:
        points = section.key_points or _first_sentences(section)
        box = next((b for b in flat(section.blocks) if isinstance(b, KeyPoints)), None)
        if not points and box is None:
            return
        blocks: Blocks = (bulleted(points),) if points else ()
        if not blocks and box is not None:
            blocks, box = box.blocks, None
        word = self._word("key_points", "Key points")
        lead = section.standfirst if layout in ("", "bullets-lead") else ()
        slide = bullets_slide(setting.title, blocks, box, word, lead=lead)
        notes = own_notes(section.blocks)
        if notes:
            notes += sources((section.takeaway, section.key_points), setting.leads)
        notes = notes or self._said(section)
        origin = section_origin("key-points", section)
        yield replace(slide, notes=notes, part=setting.part, at=section.at, origin=origin)

    def _blocks(self, section: Section, setting: Setting) -> Iterator[DeckSlide]:
        for block in flat(section.blocks):
            yield from self._block(block, section, setting)

    def _block(self, block: Block, section: Section, setting: Setting) -> Iterator[DeckSlide]:
        if isinstance(block, Slide):
            made = authored_slides(block, section, setting, self.labelled, self.layouts, self.log)
            yield from _made_of(origin_of(block, section), made, block.show)
        elif isinstance(block, (PullQuote, *CAPTIONED)):
            origin = origin_of(block, section)
            if is_refused(block):
                self.left_out.append(left_out(origin, "deck=false"))
            elif origin.label and origin.label in self.placed:
                self.left_out.append(left_out(origin, "shown by a slide"))
            elif isinstance(block, PullQuote):
                notes = block_notes(section, block, setting.leads)
                quote = quote_slide(block, setting.part, notes or listed((block.content,)))
                yield from _made_of(origin, (quote,))
            else:
                notes = block_notes(section, block, setting.leads)
                notes = notes or (says(block.caption.alt or plain(block)),)
                said = said_of(section, block)
                made = graphic_slides(block, setting, notes, said=said)
                yield from _made_of(origin, made, origin.label)

    def _appendix(self, section: Section) -> Iterator[DeckSlide]:
        """Show of an appendix its key points, and what its author put on slides of their own."""
        if section.key_points:
            setting = self._setting(section)
            for slide in self._assertion(section, setting, "bullets"):
                yield replace(slide, origin=section_origin("remarks", section))
        for block in flat(section.blocks):
            if isinstance(block, Slide):
                yield from self._block(block, section, self._setting(section))
            elif isinstance(block, (PullQuote, *CAPTIONED)):
                self.left_out.append(left_out(origin_of(block, section), "not included"))


def _made_of(
    origin: Origin, slides: tuple[DeckSlide, ...], anchor: str = ""
) -> Iterator[DeckSlide]:
    """Say of slides what they are made of; links to a figure find the first."""
    for turn, slide in enumerate(slides):
        anchors = (anchor,) if anchor and not turn else ()
        yield replace(slide, origin=origin, anchors=(*slide.anchors, *anchors))


def _first_sentences(section: Section) -> tuple[Inlines, ...]:
    """Give how a section's paragraphs begin, for a slide whose author named no key points."""
    paragraphs = [b for b in flat(section.blocks) if isinstance(b, Paragraph)]
    firsts = [told[0] for p in paragraphs if (told := spoken_of(p))]
    short = [words for words in firsts if len(words) <= MOST_LETTERS]
    return tuple(text(words) for words in short[:MOST_BULLETS])


def _report_pictures(slides: tuple[DeckSlide, ...], log: Diagnostics) -> None:
    for slide in slides:
        for filled in slide.texts:
            for picture in every(filled.blocks, Picture):
                log.note(
                    Code.FORMAT_CANNOT_SHOW,
                    f"the picture {str(picture.path)!r} stands in a slide's text; "
                    "the deck shows its alt text",
                    at=picture.at,
                    hint="let it stand alone in a paragraph, as a figure",
                )
