"""Speaker notes: their master in the theme's fonts, and one page for each slide."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from builder.deck.layout import Box, Placeholder
from builder.deck.model import DeckSlide
from builder.deck.text import paragraphs
from builder.theme.model import TextStyle, Theme
from builder.units import Length
from builder.writers.powerpoint.drawing import NAMESPACES, Ids, label, place, tree
from builder.writers.powerpoint.master import number_field
from builder.writers.powerpoint.text import Typesetter, body_properties

WIDTH, HEIGHT = Length(6858000), Length(9144000)
_MARGIN = Length.from_inches(0.75)
_COLOURS = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" '
    'accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" '
    'folHlink="folHlink"/>'
)


@dataclass(frozen=True, slots=True)
class NotesLook:
    """The page of speaker notes."""

    type: Typesetter
    body: Placeholder
    number: Placeholder
    image: Box


def notes_look(
    theme: Theme, type_: Typesetter, slide_width: Length, slide_height: Length
) -> NotesLook:
    """Lay out the page of notes: the slide above, what is said below."""
    room = Length(WIDTH - 2 * _MARGIN)
    height = Length(round(room * slide_height / slide_width))
    top = Length(_MARGIN + height + Length.from_inches(0.4))
    ink = theme.colour("ink")
    text = TextStyle(
        "notes",
        "sans",
        theme.sans,
        400,
        False,
        Length.from_pt(12),
        Length.from_pt(16),
        ink,
        after=Length.from_pt(6),
        minimum=Length.from_pt(12),
    )
    body = Placeholder(
        "notes",
        "body",
        Box(_MARGIN, top, room, Length(HEIGHT - top - _MARGIN)),
        text,
    )
    number = Placeholder(
        "number",
        "number",
        Box(
            Length(WIDTH // 2),
            Length(HEIGHT - Length.from_inches(0.6)),
            Length(WIDTH // 2 - _MARGIN),
            Length.from_inches(0.3),
        ),
        TextStyle(
            "notes-number",
            "sans",
            theme.sans,
            400,
            False,
            Length.from_pt(10),
            Length.from_pt(12),
            theme.colour("muted"),
        ),
        "right",
    )
    return NotesLook(type_, body, number, Box(_MARGIN, _MARGIN, room, height))


def notes_master_xml(look: NotesLook) -> str:
    """Write the notes master."""
    ids = Ids()
    shapes = _image(ids, '<p:ph type="sldImg" idx="2"/>', look.image)
    body = f'<a:p><a:r><a:rPr lang="{look.type.tag()}"/><a:t>Notes</a:t></a:r></a:p>'
    shapes += _text(ids, "Notes", '<p:ph type="body" sz="quarter" idx="3"/>', look.body, look, body)
    field = number_field(look.type)
    shapes += _text(
        ids, "Page number", '<p:ph type="sldNum" sz="quarter" idx="5"/>', look.number, look, field
    )
    style = look.type.list_style(look.body).replace("a:lstStyle", "p:notesStyle")
    return (
        f'<p:notesMaster {NAMESPACES}><p:cSld><p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/>'
        f"</a:solidFill><a:effectLst/></p:bgPr></p:bg>{tree(shapes)}</p:cSld>{_COLOURS}"
        f'<p:hf hdr="0" ftr="0" dt="0"/>{style}</p:notesMaster>'
    )


def notes_xml(slide: DeckSlide, look: NotesLook, link: Callable[[str], str]) -> str:
    """Write the notes of one slide."""
    ids = Ids()
    said = paragraphs(slide.notes)
    text = look.type.paragraphs(said, look.body, look.body.style.size, link)
    shapes = _image(ids, '<p:ph type="sldImg"/>', None)
    shapes += _sp(ids, "Notes", '<p:ph type="body" idx="1"/>', text)
    shapes += _sp(
        ids, "Page number", '<p:ph type="sldNum" sz="quarter" idx="5"/>', number_field(look.type)
    )
    return (
        f"<p:notes {NAMESPACES}><p:cSld>{tree(shapes)}</p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
    )


def has_notes(slides: Iterable[DeckSlide]) -> bool:
    """Tell whether any slide has notes."""
    return any(slide.notes for slide in slides)


def _image(ids: Ids, tag: str, box: Box | None) -> str:
    where = place(box) + '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>' if box else ""
    line = (
        '<a:noFill/><a:ln w="9525"><a:solidFill><a:schemeClr val="folHlink"/></a:solidFill></a:ln>'
    )
    return (
        f"<p:sp><p:nvSpPr>{label(ids.next(), 'Slide')}"
        '<p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr>'
        f"<p:nvPr>{tag}</p:nvPr></p:nvSpPr><p:spPr>{where}{line if box else ''}</p:spPr></p:sp>"
    )


def _text(ids: Ids, name: str, tag: str, slot: Placeholder, look: NotesLook, content: str) -> str:
    return (
        f'<p:sp><p:nvSpPr>{label(ids.next(), name)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr>{tag}</p:nvPr></p:nvSpPr><p:spPr>{place(slot.box)}"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f"<p:txBody>{body_properties(slot)}{look.type.list_style(slot)}{content}</p:txBody></p:sp>"
    )


def _sp(ids: Ids, name: str, tag: str, content: str) -> str:
    return (
        f'<p:sp><p:nvSpPr>{label(ids.next(), name)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr>{tag}</p:nvPr></p:nvSpPr><p:spPr/>"
        f"<p:txBody><a:bodyPr/><a:lstStyle/>{content}</p:txBody></p:sp>"
    )
