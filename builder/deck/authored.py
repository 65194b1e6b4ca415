"""The author's own slides: `.slide` says what stands on them, and may say how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from textwrap import shorten

from builder.deck.graphics import Setting, graphic_slides, quote_slide
from builder.deck.layout import Layouts
from builder.deck.model import DeckSlide, body, line
from builder.deck.notes import block_notes, flat, own_notes
from builder.diagnostics import Code, Diagnostics, did_you_mean
from builder.document.nodes import (
    Block,
    Blocks,
    BulletList,
    Captioned,
    Columns,
    Comparison,
    Heading,
    Inlines,
    KeyPoints,
    OrderedList,
    Paragraph,
    PullQuote,
    Quotation,
    Section,
    Side,
    Slide,
    SpeakerNotes,
    Text,
)
from builder.document.nodes import Code as InlineCode
from builder.document.walk import CAPTIONED, every, plain, text, walk

MOST_FINDINGS = 5
MOST_LOST = 80
"""Letters of the words that a finding shows."""


def authored_slides(
    slide: Slide,
    section: Section,
    setting: Setting,
    shown: Mapping[str, Captioned],
    layouts: Layouts,
    log: Diagnostics,
) -> tuple[DeckSlide, ...]:
    """Make the slides of one `.slide`; `shown` gives the document's figures and tables by label.

    A slide shows one figure or table: each further one gets a slide of its own behind it.
    """
    layout = _layout(slide, layouts, log)
    blocks = tuple(b for b in slide.blocks if not isinstance(b, SpeakerNotes))
    graphics = [*_named(slide, shown, log), *(b for b in flat(blocks) if isinstance(b, CAPTIONED))]
    notes = own_notes(slide.blocks)
    if not graphics:
        _check_sides(layout, blocks, slide, log)
        notes = notes or block_notes(section, slide, setting.leads)
        made = _text_slides(layout, slide.title or setting.title, blocks, slide, setting)
        made = tuple(replace(s, notes=notes, part=setting.part, at=slide.at) for s in made)
    else:
        made = _graphics(graphics, blocks, slide, setting, section, notes)
    _report_losses(slide, blocks, made, log)
    return made


def _graphics(
    graphics: list[Captioned],
    blocks: Blocks,
    slide: Slide,
    setting: Setting,
    section: Section,
    notes: Blocks,
) -> tuple[DeckSlide, ...]:
    rest = tuple(b for b in flat(blocks) if not isinstance(b, CAPTIONED))
    made: list[DeckSlide] = []
    for turn, graphic in enumerate(graphics):
        said = notes or block_notes(section, graphic, setting.leads)
        # The first takes the slide's title and text; the others speak for themselves.
        own = graphic.caption.title if turn else ()
        title, call = own or slide.title, () if turn else rest
        slides = graphic_slides(graphic, setting, said, title=title, call=call)
        made += (replace(s, at=slide.at) for s in slides)
    return tuple(made)


def _words(root: object) -> Counter[str]:
    """Count the words of all text below; a box's title and its first word are two."""
    texts = (node.value for node in walk(root) if isinstance(node, Text | InlineCode))
    return Counter(word for text in texts for word in text.split())


def _report_losses(
    slide: Slide, blocks: Blocks, made: tuple[DeckSlide, ...], log: Diagnostics
) -> None:
    """Warn of words that found no slot: an author's slide is never thinned out in silence."""
    texts = tuple(b for b in flat(blocks) if not isinstance(b, CAPTIONED))
    shown = tuple(s.texts for s in made)
    lost = _words((slide.title, texts)) - _words(shown)
    if lost:
        words = shorten(" ".join(lost.elements()), MOST_LOST, placeholder=" …")
        log.warning(
            Code.FORMAT_CANNOT_SHOW,
            f"words of this slide have no place in its layout: {words}",
            at=slide.at,
            hint="leave out layout=, or take the slide apart",
        )


def check_layout(name: str, layouts: Layouts, log: Diagnostics, node: Slide | Section) -> str:
    """Give a layout's name, or nothing, with an error, where there is none of that name."""
    if not name or layouts.find(name) is not None:
        return name
    known = [n for n in layouts.layouts if not n[-1].isdigit()]
    log.error(
        Code.ATTRIBUTE_INVALID,
        f"there is no slide layout {name!r}",
        at=node.at,
        hint=did_you_mean(name, known, otherwise=f"there are {', '.join(known)}"),
    )
    return ""


def _check_sides(layout: str, blocks: Blocks, slide: Slide, log: Diagnostics) -> None:
    if layout in ("comparison", "comparison-3") and len(sides := _sides(blocks)) not in (2, 3):
        log.error(
            Code.DIV_CONTENT,
            f"a slide of the layout {layout!r} has two or three sides, this one {len(sides)}",
            at=slide.at,
            hint="begin each side by a heading below the slide's own, or use .columns",
        )


def _layout(slide: Slide, layouts: Layouts, log: Diagnostics) -> str:
    return check_layout(slide.layout, layouts, log, slide)


def _named(slide: Slide, shown: Mapping[str, Captioned], log: Diagnostics) -> list[Captioned]:
    """Give the figure or table that `show=` names."""
    if not slide.show:
        return []
    found = shown.get(slide.show)
    if found is None:
        log.error(
            Code.XREF_MISSING,
            f"no figure or table is labelled {slide.show!r}",
            at=slide.at,
            hint=did_you_mean(slide.show, shown),
        )
        return []
    return [found]


def _text_slides(
    layout: str, title: Inlines, blocks: Blocks, slide: Slide, setting: Setting
) -> tuple[DeckSlide, ...]:
    """Make slides of words: what the layout has no slot for stands on a slide of bullets."""
    head = line("title", title)
    quote = next((b for b in flat(blocks) if isinstance(b, PullQuote)), None)
    if quote is not None and layout in ("", "quote"):
        rest = tuple(b for b in flat(blocks) if b is not quote)
        if plain(rest):
            return (_with_box(title, rest), quote_slide(quote, setting.part, ()))
        said = quote if plain(quote.context) else replace(quote, context=slide.title)
        return (quote_slide(said, setting.part, ()),)
    match layout:
        case "quote":
            return (quote_slide(_quoted(blocks, slide), setting.part, ()),)
        case "comparison" | "comparison-3":
            sides = _sides(blocks)
            if len(sides) in (2, 3):
                compared = Comparison(sides, at=slide.at)
                return graphic_slides(compared, setting, (), title=title)
        case "divider":
            return (DeckSlide(layout, (*head, *body("standfirst", blocks))),)
        case "summary":
            lead, findings = _lead_and_findings(blocks)
            parts = [
                findings[i : i + MOST_FINDINGS] for i in range(0, len(findings), MOST_FINDINGS)
            ]
            return tuple(summary_slide(title, lead, part) for part in parts or [()])
        case "sources":
            middle = -(-len(blocks) // 2)
            left, right = blocks[:middle], blocks[middle:]
            return (DeckSlide(layout, (*head, *body("left", left), *body("right", right))),)
        case "closing":
            return (DeckSlide(layout, (*head, *body("contact", blocks))),)
    return (_with_box(title, blocks),)


def _with_box(title: Inlines, blocks: Blocks) -> DeckSlide:
    box = next((b for b in blocks if isinstance(b, KeyPoints)), None)
    return bullets_slide(title, tuple(b for b in blocks if b is not box), box, "")


def bullets_slide(
    title: Inlines,
    blocks: Blocks,
    box: KeyPoints | None,
    box_title: str,
    *,
    lead: Inlines = (),
) -> DeckSlide:
    """Make a slide of text, with a box beside it where there is one, else with a lead."""
    head = line("title", title)
    if box is None and plain(lead):
        return DeckSlide("bullets-lead", (*head, *line("lead", lead), *body("body", blocks)))
    if box is None:
        return DeckSlide("bullets", (*head, *body("body", blocks)))
    heading = box.title or text(box_title)
    boxed: Blocks = (*((Heading(2, heading),) if heading else ()), *box.blocks)
    return DeckSlide("bullets-box", (*head, *body("body", blocks), *body("box", boxed)))


def summary_slide(title: Inlines, lead: Inlines, findings: tuple[Blocks, ...]) -> DeckSlide:
    """Make a summary: a lead and up to five findings, each with its number."""
    count = max(2, min(len(findings), MOST_FINDINGS))
    layout = "summary" if count == 4 else f"summary-{count}"
    texts = [*line("title", title), *line("lead", lead)]
    for turn, finding in enumerate(findings[:MOST_FINDINGS], start=1):
        texts += [*line(f"no{turn}", str(turn)), *body(f"finding{turn}", finding)]
    return DeckSlide(layout, tuple(texts))


def _lead_and_findings(blocks: Blocks) -> tuple[Inlines, tuple[Blocks, ...]]:
    lead = next((b.content for b in blocks if isinstance(b, Paragraph)), ())
    lists = [b for b in blocks if isinstance(b, BulletList | OrderedList)]
    return lead, tuple(item.blocks for found in lists for item in found.items)


def _quoted(blocks: Blocks, slide: Slide) -> PullQuote:
    inner = next((b.blocks for b in blocks if isinstance(b, Quotation)), blocks)
    words = next((p.content for p in every(inner, Paragraph)), slide.title)
    return PullQuote(words, context=slide.title if words != slide.title else (), at=slide.at)


def _sides(blocks: Blocks) -> tuple[Side, ...]:
    """Give the sides of a comparison: columns, or what stands below each heading."""
    columns = next((b for b in blocks if isinstance(b, Columns)), None)
    if columns is not None:
        return tuple(_side(column.blocks) for column in columns.columns)
    sides: list[list[Block]] = []
    for block in blocks:
        if isinstance(block, Heading):
            sides.append([])
        if sides:
            sides[-1].append(block)
    return tuple(_side(tuple(side)) for side in sides)


def _side(blocks: Blocks) -> Side:
    match blocks:
        case (Heading(content=title), *rest):
            return Side(title, tuple(rest))
    return Side((), blocks)
