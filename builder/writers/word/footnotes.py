"""The footnotes part: separators, and every note that was called."""

from __future__ import annotations

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from builder.document.nodes import Note
from builder.units import Length
from builder.writers.word.fields import run, text_run
from builder.writers.word.formats import Line, ParagraphFormat, RunFormat
from builder.writers.word.paragraphs import PARAGRAPH, PROPERTIES, paragraph
from builder.writers.word.parts import TextPart
from builder.writers.word.place import Place, Writing
from builder.writers.word.xml import Element, root, w

EN_SPACE = "\u2002"
BELOW_RULE = Length.from_pt(5)
"""Height of the rule above the notes, with the distance to the first of them."""


def footnotes_part(writing: Writing) -> TextPart:
    """Make the part; its notes are written into it at the end, when all are known."""
    return writing.parts.attach("footnotes", CT.WML_FOOTNOTES, RT.FOOTNOTES, root("w:footnotes"))


def write_footnotes(part: TextPart, place: Place) -> list[Element]:
    """Fill the part and give its notes in order."""
    styled = place.styled("FootnoteText")
    separators = [
        _special(-1, "separator", styled),
        _special(0, "continuationSeparator", styled),
    ]
    notes = [
        _footnote(number, note, styled) for number, note in enumerate(place.writing.notes, start=1)
    ]
    part.content = root("w:footnotes", *separators, *notes)
    return notes


def _special(number: int, kind: str, place: Place) -> Element:
    """Write the rule above a page's notes as wide as they are, as the PDF has it.

    Word's own short line would stand at the left, and LibreOffice 7.4 knows of it in the first
    section with notes alone.
    """
    hair = Line(place.theme.colour("rule"), place.theme.hair)
    look = ParagraphFormat(leading=BELOW_RULE, borders=(("top", hair),))
    return w("footnote", paragraph(place, (), look), type=kind, id=number)


def _footnote(number: int, note: Note, place: Place) -> Element:
    content = place.blocks(note.blocks)
    mark = run(w("footnoteRef"), look=RunFormat(style="FootnoteNumber"))
    if not content or content[0].tag != PARAGRAPH:
        content.insert(0, paragraph(place, ()))
    first = content[0]
    at = 1 if len(first) and first[0].tag == PROPERTIES else 0
    first.insert(at, text_run(EN_SPACE))
    first.insert(at, mark)
    return w("footnote", *content, id=number)
