"""From a document to its deck: which slides there are, in which order, and what stands on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from builder.deck.authored import authored_slides, bullets_slide, check_layout, summary_slide
from builder.deck.graphics import Setting, graphic_slides, numbered, quote_slide
from builder.deck.layout import Layouts
from builder.deck.model import Deck, DeckSlide, Filled, body, line
from builder.deck.notes import (
    block_notes,
    flat,
    listed,
    own_notes,
    says,
    section_notes,
    sentences,
    sources,
)
from builder.diagnostics import Code, Diagnostics
from builder.document.nodes import (
    Block,
    Blocks,
    BulletList,
    Captioned,
    Cell,
    Cite,
    Column,
    Document,
    FloatKind,
    Heading,
    Inlines,
    KeyPoints,
    Link,
    ListItem,
    Node,
    Paragraph,
    Picture,
    PullQuote,
    Reference,
    References,
    Row,
    Section,
    SectionRole,
    Slide,
    Table,
    Text,
)
from builder.document.nodes import Caption as TableCaption
from builder.document.walk import CAPTIONED, captioned, every, lead_series, plain, rebuild, text
from builder.theme.model import Theme

MOST_BULLETS = 4
MOST_LETTERS = 160


def compose(document: Document, theme: Theme, layouts: Layouts, log: Diagnostics) -> Deck:
    """Make the deck of a document: opening, sections, sources, closing.

    What the author says in `.slide` wins, then the front matter, then good defaults.
    """
    composer = _Composer(document, layouts, log)
    slides = tuple(_with_unique_titles(list(composer.slides())))
    _report_pictures(slides, log)
    meta = document.meta
    return Deck(
        slides,
        meta.title,
        meta.title,
        meta.language,
        lead_series(document),
        document.words,
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

    def slides(self) -> Iterator[DeckSlide]:
        yield self._title()
        for section in self._of(SectionRole.GLANCE):
            yield from self._glance(section)
        if self.document.meta.deck.agenda and len(list(self._agenda_sections())) > 1:
            yield self._agenda()
        for section in self._of(SectionRole.SECTION):
            yield from self._section(section)
        for section in self._of(SectionRole.APPENDIX):
            yield from self._appendix(section)
        yield from self._sources()
        yield self._closing()

    def _of(self, role: SectionRole) -> Iterator[Section]:
        return (s for s in self.document.sections if s.role is role and s.deck.include)

    def _word(self, key: str, english: str) -> str:
        return self.document.words.get(key, english)

    def _setting(self, section: Section) -> Setting:
        title = section.takeaway or section.title
        return Setting(title, self._word("source", "Source"), _part(section))

    # ------------------------------------------------------------ opening

    def _title(self) -> DeckSlide:
        meta = self.document.meta
        byline = meta.byline or ", ".join((*meta.authors, *((meta.date,) if meta.date else ())))
        spoken = [meta.abstract] if meta.abstract else [meta.subtitle, byline]
        texts = (
            *line("title", meta.title),
            *line("subtitle", meta.subtitle),
            *line("eyebrow", meta.eyebrow),
            *line("series", self._series()),
            *line("byline", byline),
        )
        notes = tuple(says(words) for words in spoken if words) or (says(meta.title),)
        return DeckSlide("title", texts, notes=notes, part=meta.title)

    def _series(self) -> str:
        meta = self.document.meta
        issue = f"No. {meta.number}" if meta.number else ""
        return f"{meta.series} {issue}".strip() or meta.publisher

    def _glance(self, section: Section) -> Iterator[DeckSlide]:
        opening = replace(self._setting(section), part=self.document.meta.title)
        title, lead = section.title, section.takeaway
        if section.standfirst and section.takeaway:
            title, lead = section.takeaway, section.standfirst
        findings = tuple((Paragraph(point),) for point in section.key_points)
        if findings or lead:
            slide = summary_slide(title, lead, findings)
            notes = own_notes(section.blocks) or self._said(section)
            yield replace(slide, notes=notes, part=opening.part, at=section.at)
        yield from self._blocks(section, replace(opening, title=section.title))

    def _said(self, section: Section) -> Blocks:
        """Give a section's own points as notes where it has no running text."""
        made = section_notes(section, self._word("source", "Source"))
        return made or listed((section.takeaway, *section.key_points)) or (says(plain(section)),)

    def _agenda_sections(self) -> Iterator[Section]:
        return self._of(SectionRole.SECTION)

    def _agenda(self) -> DeckSlide:
        sections = list(self._agenda_sections())
        rows = tuple(
            Row((_cell(text(str(s.number or ""))), _cell(_short(s)), _cell(s.takeaway)))
            for s in sections
        )
        table = Table(
            (Column(share=0.075), Column(share=0.345), Column(share=0.58)),
            (),
            rows,
            TableCaption(FloatKind.TABLE, alt=self._word("agenda", "Agenda")),
        )
        notes = tuple(
            says(f"{s.number or ''} {plain(_short(s))}: {plain(s.takeaway)}".strip(" :"))
            for s in sections
        )
        title = line("title", self._word("agenda", "Agenda"))
        return DeckSlide("agenda", title, table, notes=notes, part=self.document.meta.title)

    # ------------------------------------------------------------ sections

    def _section(self, section: Section) -> Iterator[DeckSlide]:
        setting = self._setting(section)
        layout = check_layout(section.deck.layout, self.layouts, self.log, section)
        wanted = section.deck.divider
        if wanted is None:
            wanted = self.document.meta.deck.dividers == "all"
        if wanted or layout == "divider":
            yield self._divider(section, setting)
        if layout != "divider":
            yield from self._assertion(section, setting)
        yield from self._blocks(section, setting)

    def _divider(self, section: Section, setting: Setting) -> DeckSlide:
        texts = (
            *line("title", _short(section)),
            *line("numeral", str(section.number or "")),
            *line("standfirst", section.standfirst or section.takeaway),
        )
        notes = self._said(section)
        return DeckSlide("divider", texts, notes=notes, part=setting.part, at=section.at)

    def _assertion(self, section: Section, setting: Setting) -> Iterator[DeckSlide]:
        points = section.key_points or _first_sentences(section)
        box = next((b for b in flat(section.blocks) if isinstance(b, KeyPoints)), None)
        if not points and box is None:
            return
        blocks: Blocks = (_bulleted(points),) if points else ()
        if not blocks and box is not None:
            blocks, box = box.blocks, None
        word = self._word("key_points", "Key points")
        slide = bullets_slide(setting.title, blocks, box, word)
        notes = own_notes(section.blocks)
        if notes:
            notes += sources((section.takeaway, section.key_points), setting.source_word)
        notes = notes or self._said(section)
        yield replace(slide, notes=notes, part=setting.part, at=section.at)

    def _blocks(self, section: Section, setting: Setting) -> Iterator[DeckSlide]:
        for block in flat(section.blocks):
            yield from self._block(block, section, setting)

    def _block(self, block: Block, section: Section, setting: Setting) -> Iterator[DeckSlide]:
        if isinstance(block, Slide):
            yield from authored_slides(
                block, section, setting, self.labelled, self.layouts, self.log
            )
        elif isinstance(block, PullQuote) and block.in_deck:
            notes = block_notes(section, block, setting.source_word)
            yield quote_slide(block, setting.part, notes or listed((block.content,)))
        elif isinstance(block, CAPTIONED) and block.in_deck:
            if block.caption.label and block.caption.label in self.placed:
                return
            notes = block_notes(section, block, setting.source_word) or (
                says(block.caption.alt or plain(block)),
            )
            yield from graphic_slides(block, setting, notes)

    # ------------------------------------------------------------ closing

    def _appendix(self, section: Section) -> Iterator[DeckSlide]:
        """Show of an appendix only what its author put on slides of their own."""
        for block in flat(section.blocks):
            if isinstance(block, Slide):
                yield from self._block(block, section, self._setting(section))

    def _sources(self) -> Iterator[DeckSlide]:
        title = self._word("sources", "Sources")
        entries = self._works()
        left: Blocks = (References(entries),) if entries else ()
        right = self._remarks()
        if not left and not right:
            return
        texts = (*line("title", title), *body("left", left), *body("right", right))
        notes = tuple(says(plain(e.content)) for e in entries[:3]) or listed((text(title),))
        yield DeckSlide("sources", texts, notes=notes, part=title)

    def _works(self) -> tuple[Reference, ...]:
        """Give the works cited, those most often cited first."""
        counted = Counter(
            c.key for cite in every(self.document.sections, Cite) for c in cite.citations
        )
        listed_works = next(every(self.document.sections, References), References()).entries
        ranked = sorted(listed_works, key=lambda entry: -counted[entry.key])
        return tuple(rebuild(entry, _shortened) for entry in ranked)

    def _remarks(self) -> Blocks:
        """Give the points of data notes, else the first words about the briefing."""
        for section in self._of(SectionRole.APPENDIX):
            if section.key_points:
                return (Heading(2, section.title), *(Paragraph(p) for p in section.key_points))
        for section in self._of(SectionRole.ABOUT):
            said = [b for b in flat(section.blocks) if not isinstance(b, Slide | Heading)]
            if said:
                return (Heading(2, section.title), *said)
        return ()

    def _closing(self) -> DeckSlide:
        meta = self.document.meta
        sentence = meta.deck.closing or text(meta.closing or meta.subtitle or meta.title)
        contact = meta.contact
        lines = [contact.name, *contact.lines, contact.email, contact.url]
        block: Blocks = tuple(says(words) for words in lines if words)
        if block:
            block = (Heading(2, text(self._word("contact", "Contact"))), *block)
        texts: tuple[Filled, ...] = (
            *line("title", sentence),
            *line("series", self._series()),
            *body("contact", block),
        )
        notes = listed((sentence,))
        part = self._word("closing", "Closing")
        return DeckSlide("closing", texts, notes=notes, part=part)


def _shortened(node: Node) -> Node:
    """Show of a link that is written out only where it leads to."""
    if isinstance(node, Link) and plain(node.content).startswith(("http://", "https://")):
        host = urlsplit(node.target).hostname or node.target
        return replace(node, content=text(host.removeprefix("www.")))
    return node


def _short(section: Section) -> Inlines:
    return text(section.short_title) or section.title


def _part(section: Section) -> str:
    return f"{section.number or ''} {plain(_short(section))}".strip()


def _cell(content: Inlines) -> Cell:
    return Cell(content)


def _bulleted(points: tuple[Inlines, ...]) -> BulletList:
    return BulletList(tuple(ListItem((Paragraph(point),)) for point in points))


def _first_sentences(section: Section) -> tuple[Inlines, ...]:
    """Give how a section's paragraphs begin, for a slide whose author named no key points."""
    paragraphs = [b for b in flat(section.blocks) if isinstance(b, Paragraph)]
    firsts = [sentences(words)[0] for p in paragraphs if (words := plain(p))]
    short = [words for words in firsts if len(words) <= MOST_LETTERS]
    return tuple(text(words) for words in short[:MOST_BULLETS])


def _with_unique_titles(slides: list[DeckSlide]) -> Iterator[DeckSlide]:
    """Number slides of one part that share a title; name the part where several parts do."""
    parts: dict[str, set[str]] = {}
    counts = Counter((slide.title, slide.part) for slide in slides)
    for slide in slides:
        parts.setdefault(slide.title, set()).add(slide.part)
    seen: Counter[tuple[str, str]] = Counter()
    for slide in slides:
        key = (slide.title, slide.part)
        seen[key] += 1
        first = min(i for i, s in enumerate(slides) if s.title == slide.title)
        suffix = ""
        if len(parts[slide.title]) > 1 and slides[first].part != slide.part:
            suffix = f" – {slide.part}"
        yield _retitled(slide, suffix, seen[key], counts[key])


def _retitled(slide: DeckSlide, suffix: str, place: int, count: int) -> DeckSlide:
    if not suffix and count == 1:
        return slide
    old = slide.slot("title")
    if old is None:
        return slide
    first = old.blocks[0]
    assert isinstance(first, Paragraph), "a title is one paragraph"
    title = numbered((*first.content, *((Text(suffix),) if suffix else ())), place, count)
    new = tuple(
        replace(f, blocks=(replace(first, content=title),)) if f is old else f for f in slide.texts
    )
    return replace(slide, texts=new)


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
