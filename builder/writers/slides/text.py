"""Slide text as HTML: every line stands where it was measured, lists are lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from builder.deck.layout import Box, Bullet
from builder.deck.lines import Line, Piece, SetParagraph, text_height
from builder.deck.make import is_right_to_left
from builder.deck.measure import LIST_HANG
from builder.deck.numerals import marker
from builder.theme.model import Colour, Face
from builder.writers.slides.bidi import phrases
from builder.writers.slides.stage import Stage

SIGN = "–"
BELOW_BASELINE = 0.2
"""The part of a text's size that lies below its baseline in the deck, as LibreOffice shows it."""

RAISED, LOWERED = 0.30, -0.25
"""How far superscripts and subscripts are moved, as a part of the size; Office has the same."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where paragraphs stand, and how."""

    box: Box
    align: str = "left"
    anchor: str = "top"
    bullet: Bullet | None = None
    element: str = "p"  # what a paragraph outside lists is
    in_table: bool = False


def text_box(paragraphs: Sequence[SetParagraph], frame: Frame, stage: Stage) -> Markup:
    """Write paragraphs at their place; nothing where there are none."""
    if not paragraphs:
        return Markup("")
    box = frame.box
    free = box.height - text_height(paragraphs)
    top = box.y + {"top": 0.0, "middle": free / 2, "bottom": float(free)}[frame.anchor]
    return Markup('<div class="text {}" style="left:{};top:{};width:{}">{}</div>').format(
        frame.align,
        stage.pt(box.x),
        stage.pt(top),
        stage.pt(box.width),
        _blocks(paragraphs, frame, stage),
    )


def _blocks(paragraphs: Sequence[SetParagraph], frame: Frame, stage: Stage) -> Markup:
    """Write paragraphs one after the other, those of a list together."""
    parts: list[Markup] = []
    rest = list(paragraphs)
    while rest:
        first = rest[0].paragraph
        if first.kind not in ("bullet", "number"):
            parts.append(_paragraph(rest.pop(0), frame.element, frame, stage))
            continue
        count = 1
        while count < len(rest) and _belongs(rest[count], rest[0]):
            count += 1
        parts.append(_list(rest[:count], frame, stage))
        del rest[:count]
    return Markup("").join(parts)


def _belongs(later: SetParagraph, first: SetParagraph) -> bool:
    """Tell whether a paragraph belongs to the list that another begins."""
    one, other = later.paragraph, first.paragraph
    return one.depth > other.depth or (one.depth == other.depth and one.kind == other.kind)


def _list(paragraphs: Sequence[SetParagraph], frame: Frame, stage: Stage) -> Markup:
    depth, kind = paragraphs[0].paragraph.depth, paragraphs[0].paragraph.kind
    starts = [
        place
        for place, p in enumerate(paragraphs)
        if p.paragraph.depth == depth and p.paragraph.kind == kind
    ]
    ends = [*starts[1:], len(paragraphs)]
    items = Markup("").join(
        _item(paragraphs[start:end], frame, stage) for start, end in zip(starts, ends, strict=True)
    )
    if kind == "bullet":
        return Markup('<ul class="dash">{}</ul>').format(items)
    style = paragraphs[0].paragraph.style
    return Markup('<ol class="{}">{}</ol>').format(style, items)


def _item(paragraphs: Sequence[SetParagraph], frame: Frame, stage: Stage) -> Markup:
    """Write an item, its sign hanging before it, in the typeface of titles as in the deck."""
    first = paragraphs[0]
    bullet = frame.bullet
    hang = bullet.hang if bullet else LIST_HANG
    ink = bullet.colour if bullet else stage.theme.colour("accent_2")
    if first.paragraph.kind == "number":
        item = first.paragraph
        sign = marker(item.start, item.style, item.delimiter)
        ink = ink if bullet else first.style.colour
    else:
        sign = bullet.sign if bullet else SIGN
    inner = _paragraph(first, "p", frame, stage) + _blocks(
        paragraphs[1:], replace(frame, element="p"), stage
    )
    family = stage.layouts.master_slots["title"].style.family
    drop = _drop(first, frame, stage, family.face())
    style = Markup("--at:{};--ink:{};--rise:{};font:400 {}/{} {}").format(
        stage.pt(first.indent - hang),
        ink.css,
        stage.pt(drop),
        stage.pt(first.size),
        stage.pt(first.leading),
        stage.families(family),
    )
    return Markup('<li data-sign="{}" style="{}">{}</li>').format(sign, style, inner)


def _paragraph(given: SetParagraph, element: str, frame: Frame, stage: Stage) -> Markup:
    tracked = Markup(";letter-spacing:{}em").format(given.style.tracking)
    style = Markup("{};color:{};top:{};margin:0 0 {}{}").format(
        _font(given, stage),
        given.style.colour.css,
        stage.pt(_drop(given, frame, stage)),
        stage.pt(given.after),
        tracked if given.style.tracking else "",
    )
    side = "right" if stage.rtl else "left"
    if given.indent:
        style += Markup(";margin-{}:{}").format(side, stage.pt(given.indent))
    keeps_space = frame.align == "left"
    lines = Markup("<br>").join(
        _line(line, given, stage, keeps_space=keeps_space) for line in given.lines
    )
    return Markup('<{} style="{}">{}</{}>').format(Markup(element), style, lines, Markup(element))


def _font(given: SetParagraph, stage: Stage) -> Markup:
    style, face = given.style, given.style.face
    slope = "italic" if face.italic else "normal"
    return Markup("font:{} {} {}/{} {}").format(
        slope,
        style.weight,
        stage.pt(given.size),
        stage.pt(given.leading),
        stage.families(style.family),
    )


def _drop(given: SetParagraph, frame: Frame, stage: Stage, face: Face | None = None) -> float:
    """Give how far text in a face stands below where CSS puts it.

    CSS halves the space that a line has over its font's height; with exact line spacing the deck's
    baselines are a fifth of the size above the foot of their line, in tables as much as the font
    reaches below them.
    """
    up, down = stage.ruler.book.extents(face or given.style.face)
    below = down if frame.in_table else BELOW_BASELINE
    in_css = (given.leading + (up - down) * given.size) / 2
    return given.leading - below * given.size - in_css


def _line(line: Line, given: SetParagraph, stage: Stage, *, keeps_space: bool) -> Markup:
    pieces = list(line)
    if pieces and not keeps_space:
        pieces[-1] = replace(pieces[-1], text=pieces[-1].text.rstrip())
    made = Markup("")
    for direction, phrase in phrases(pieces, rtl=stage.rtl):
        inner = Markup("").join(_piece(piece, given, stage) for piece in phrase)
        against = Markup('<span class="against" dir="{}">{}</span>')
        made += against.format(direction, inner) if direction else inner
    return made


def _piece(piece: Piece, given: SetParagraph, stage: Stage) -> Markup:
    """Write a stretch of text; what differs from its paragraph is said."""
    run, face, base = piece.run, piece.face, given.style.face
    told: list[Markup] = []
    if face != base:
        slope = "italic" if face.italic else "normal"
        told.append(
            Markup("font-family:{};font-weight:{};font-style:{}").format(
                stage.families(piece.family), face.weight, slope
            )
        )
    if face != base or piece.size != given.size:
        told.append(Markup("line-height:0"))
    if piece.size != given.size:
        told.append(Markup("font-size:{}").format(stage.pt(piece.size)))
    if run.script:
        moved = RAISED if run.script == "super" else LOWERED
        told.append(Markup("vertical-align:{}").format(stage.pt(given.size * moved)))
    if run.strike:
        told.append(Markup("text-decoration:line-through"))
    ink = _ink(piece, given, stage)
    if ink:
        told.append(Markup("color:{}").format(ink.css))
    text = Markup("{}").format(piece.text)
    if told or run.lang:
        lang = Markup(' lang="{}" dir="{}"').format(
            run.lang, "rtl" if is_right_to_left(run.lang) else "ltr"
        )
        style = Markup(' style="{}"').format(Markup(";").join(told)) if told else ""
        text = Markup("<span{}{}>{}</span>").format(lang if run.lang else "", style, text)
    target = _target(run.link, stage)
    if target:
        kind = "jump" if target.startswith("#") else "link"
        if kind == "link" and _is_light(given.style.colour):
            kind = "link own"  # the links' colour is for light grounds
        return Markup('<a class="{}" href="{}">{}</a>').format(kind, target, text)
    return text


def _ink(piece: Piece, given: SetParagraph, stage: Stage) -> Colour | None:
    if piece.run.highlight:
        return stage.theme.colour("accent_2")
    if piece.run.muted:
        return stage.theme.colour("muted")
    return piece.style.colour if piece.style.colour != given.style.colour else None


def _is_light(colour: Colour) -> bool:
    red, green, blue = (int(colour.hex[i : i + 2], 16) for i in (0, 2, 4))
    return 0.3 * red + 0.59 * green + 0.11 * blue > 128


def _target(link: str, stage: Stage) -> str:
    """Give where a link leads: an address outside, or the slide that shows a label."""
    if not link.startswith("#"):
        return link
    place = stage.deck.slide_of(link)
    return "" if place is None else f"#slide-{place + 1}"
