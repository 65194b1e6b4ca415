"""The cover and the back cover: words on a dark page whose bars are the briefing's data."""

from __future__ import annotations

from dataclasses import replace

from builder.document.byline import byline
from builder.document.nodes import Metadata
from builder.document.walk import lead_series, text
from builder.theme.model import Colour, Theme
from builder.units import Length
from builder.writers.display import balanced_width
from builder.writers.word.drawing import bar, graphic, newer, properties
from builder.writers.word.fields import run, tab_run
from builder.writers.word.formats import ParagraphFormat, RunFormat
from builder.writers.word.inlines import Voice, large, words
from builder.writers.word.logo import logo_run
from builder.writers.word.paragraphs import paragraph
from builder.writers.word.place import Place
from builder.writers.word.xml import Element, w, x

ZERO = Length(0)
MARK = Length.from_mm(4.2)
LOGO = Length.from_mm(10)
"""Height of a logo on the cover."""

ABOVE_BARS, LEAST_ABOVE = Length.from_pt(24), Length.from_pt(30)
"""Space between the imprint and the bars of the back cover, and the least above it."""

BACK_SHARE = 0.4
"""Height of the back cover's bars as a part of the cover's."""

SLACK = Length.from_mm(1)
"""What a title's lines may be wider in other programs."""

TITLE_STEPS = (1.0, 0.9, 0.8, 0.7)
TITLE_LINES = 3


def cover(place: Place) -> list[Element]:
    """Write the cover's page."""
    meta = place.writing.document.meta
    made = [_ground(place, 1.0), _masthead(meta, place)]
    if meta.eyebrow:
        made.append(_line("CoverEyebrow", meta.eyebrow, place))
    made.append(_title(meta.title, place))
    if meta.subtitle:
        made.append(_line("Subtitle", meta.subtitle, place))
    if by := byline(meta):
        made.append(_lines("CoverBy", by, place))
    return made


def back_cover(place: Place) -> list[Element]:
    """Write the last page: the closing sentence and whom to write to."""
    meta = place.writing.document.meta
    made = [_ground(place, BACK_SHARE), _masthead(meta, place)]
    if meta.closing:
        styled = place.styled("ClosingWords")
        made.append(paragraph(styled, large(text(meta.closing), styled, _closing_room(place))))
    contact = meta.contact
    named = (contact.name, *contact.lines, contact.email, contact.url, meta.rights)
    lines = [line for line in named if line]
    first, imprint = place.styled("CoverImprintTitle"), place.styled("CoverImprint")
    above = _above_imprint(meta, len(lines) + 1, place)
    made.append(paragraph(first, words(meta.title, first), ParagraphFormat(before=above)))
    return [*made, *(paragraph(imprint, words(line, imprint)) for line in lines)]


def _above_imprint(meta: Metadata, lines: int, place: Place) -> Length:
    """Give the space above the lines of the imprint, which end above the bars."""
    page, sheet = place.writing.page, place.writing.sheet
    used = _height("CoverBrand", 1, place)
    if meta.closing:
        role, room = sheet.text("ClosingWords"), _closing_room(place)
        closing = place.writing.fonts.lines(meta.closing, role, room)
        used = Length(used + _height("ClosingWords", len(closing), place))
    bars = page.height * (1 - place.theme.motif.max_height * BACK_SHARE)
    end = bars - ABOVE_BARS - _height("CoverImprint", lines, place)
    return Length(max(LEAST_ABOVE, round(end - used)))


def _closing_room(place: Place) -> Length:
    look = place.writing.sheet.look("ClosingWords")
    return Length(place.writing.page.width - (look.left or ZERO) - (look.right or ZERO))


def _height(style: str, lines: int, place: Place) -> Length:
    """Give the height of a paragraph with its spaces."""
    look, role = place.writing.sheet.look(style), place.writing.sheet.text(style)
    leading = look.leading or role.leading
    return Length((look.before or ZERO) + lines * leading + (look.after or ZERO))


def _masthead(meta: Metadata, place: Place) -> Element:
    """Write the logo, else the mark and the series' name, and the number."""
    brand = place.styled("CoverBrand")
    logo = logo_run(LOGO, brand)
    content = [logo] if logo is not None else words(meta.series, brand)
    if meta.number:
        quiet = RunFormat(colour=place.theme.colour("on_dark_2"))
        voice = Voice(brand.text, look=quiet)
        content += [tab_run(), *words(f"No.\u00a0{meta.number}", brand, voice)]
    if logo is not None:
        return paragraph(brand, content, ParagraphFormat(leading=LOGO, leading_rule="atLeast"))
    mark = Length(MARK + Length.from_mm(2))
    return paragraph(brand, content, ParagraphFormat(left=Length(place.writing.page.left + mark)))


def _line(style: str, said: str, place: Place) -> Element:
    styled = place.styled(style)
    return paragraph(styled, words(said, styled))


def _lines(style: str, texts: tuple[str, ...], place: Place) -> Element:
    styled = place.styled(style)
    content: list[Element] = []
    for index, line in enumerate(texts):
        content += [run(w("br"))] if index else []
        content += words(line, styled)
    return paragraph(styled, content)


def _title(title: str, place: Place) -> Element:
    """Set the title as large as three lines allow, and the lines of like width."""
    styled = place.styled("Title")
    style = styled.text
    page, book = place.writing.page, place.writing.fonts
    room = page.block
    sizes = [Length(round(style.size * step)) for step in TITLE_STEPS]
    size = next(
        (s for s in sizes if len(book.lines(title, style, room, s)) <= TITLE_LINES), sizes[-1]
    )
    count = len(book.lines(title, style, room, size))
    narrow = balanced_width(title, book, style, size, room=room, count=count)
    lines = book.lines(title, style, narrow, size)
    widest = max((book.width_of(line, style, size) for line in lines), default=room)
    right = Length(page.width - page.left - widest - SLACK)
    if size == style.size:
        return paragraph(styled, words(title, styled), ParagraphFormat(right=right))
    voice = Voice(replace(style, size=size), look=RunFormat(size=size))
    leading = Length(round(style.leading * size / style.size))
    look = ParagraphFormat(leading=leading, right=right)
    return paragraph(styled, words(title, styled, voice), look)


def _ground(place: Place, share: float) -> Element:
    """Draw the dark page with its bars behind the text: decoration, so without an alt text.

    The paragraph that holds it runs from left to right in every language: LibreOffice mirrors the
    place of drawings in others.
    """
    page, theme = place.writing.page, place.theme
    shapes = [_numbered(place, page.width, page.height, theme.colour("accent_deep"))]
    values = lead_series(place.writing.document)
    gap = theme.motif.gap
    width = (page.width - gap * (len(values) - 1)) / len(values)
    tallest = page.height * theme.motif.max_height * share
    for index, (value, fill) in enumerate(zip(values, _fills(values, theme), strict=True)):
        height = Length(round(tallest * value / max(values)))
        left = round(index * (width + gap))
        if height:
            shapes.append(
                _numbered(place, Length(round(width)), height, fill, left, page.height - height)
            )
    top = Length.from_pt(50)
    if theme.logo is None:
        beside = page.width - page.left - MARK if place.mirrored else page.left
        shapes.append(_numbered(place, MARK, MARK, theme.colour("band_hi"), beside, top))
    group = x(
        "wpg:wgp",
        x("wpg:cNvGrpSpPr"),
        x(
            "wpg:grpSpPr",
            x(
                "a:xfrm",
                x("a:off", x=0, y=0),
                x("a:ext", cx=page.width, cy=page.height),
                x("a:chOff", x=0, y=0),
                x("a:chExt", cx=page.width, cy=page.height),
            ),
        ),
        *shapes,
    )
    low = ParagraphFormat(style="Gap", leading=Length.from_pt(1))
    return w("p", low.element(), newer(_anchored(graphic("wpg", group), place)))


def _numbered(
    place: Place, width: Length, height: Length, colour: Colour, left: int = 0, top: int = 0
) -> Element:
    number = place.writing.next_drawing()
    return bar(width, height, colour, left=left, top=top, number=number)


def _fills(values: tuple[float, ...], theme: Theme) -> list[Colour]:
    """Give each bar its colour by rank; the tallest has its own."""
    ranked = sorted(range(len(values)), key=lambda i: (values[i], i))
    steps = theme.motif.fills
    fills = [steps[0]] * len(values)
    for rank, index in enumerate(ranked):
        fills[index] = steps[min(rank * len(steps) // max(len(values) - 1, 1), len(steps) - 1)]
    fills[ranked[-1]] = theme.motif.peak
    return fills


def _anchored(shown: Element, place: Place) -> Element:
    page = place.writing.page
    number = place.writing.next_drawing()
    anchor = x(
        "wp:anchor",
        x("wp:simplePos", x=0, y=0),
        x("wp:positionH", x("wp:posOffset", text="0"), relativeFrom="page"),
        x("wp:positionV", x("wp:posOffset", text="0"), relativeFrom="page"),
        x("wp:extent", cx=page.width, cy=page.height),
        x("wp:effectExtent", l=0, t=0, r=0, b=0),
        x("wp:wrapNone"),
        properties(number, f"Cover {number}", ""),
        x("wp:cNvGraphicFramePr"),
        shown,
        distT=0,
        distB=0,
        distL=0,
        distR=0,
        simplePos=0,
        relativeHeight=1,
        behindDoc=1,
        locked=0,
        layoutInCell=1,
        allowOverlap=1,
    )
    return run(w("drawing", anchor), look=RunFormat(no_proof=True))
