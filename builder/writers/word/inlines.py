"""Running text: every inline becomes runs."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, assert_never

from builder.document.nodes import (
    Block,
    BlockNode,
    Cite,
    Code,
    CrossReference,
    Document,
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Note,
    Paragraph,
    Picture,
    Script,
    Strikeout,
    Strong,
    Text,
    Words,
)
from builder.document.walk import every, plain
from builder.theme.model import Face, TextStyle
from builder.units import Length
from builder.writers.display import bound, ends_alone
from builder.writers.word.fields import field, run, text_run
from builder.writers.word.formats import RunFormat
from builder.writers.word.languages import office_language, right_to_left
from builder.writers.word.pictures import inline_picture
from builder.writers.word.place import Place
from builder.writers.word.xml import Element, w, x

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PERHAPS_RTL = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
NO_BREAK_SPACE = "\u00a0"
NOTE_LIMIT = RunFormat(style="FootnoteReference")
NOTE_AGAIN = replace(NOTE_LIMIT, script="super")
"""A later call's look: LibreOffice does not raise fields whose style alone says so."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How the words at hand are set, beyond their paragraph's style."""

    style: TextStyle
    character_style: str | None = None
    bold: bool = False
    italic: bool = False
    strike: bool = False
    script: Literal["super", "sub"] | None = None
    lang: str = ""
    look: RunFormat = RunFormat()  # further direct formatting


def inlines(content: Inlines, place: Place, voice: Voice | None = None) -> list[Element]:
    """Write inlines as runs in the place's own style, or as `voice` says."""
    voice = voice or Voice(place.text, lang=place.lang)
    made: list[Element] = []
    before: Inline | None = None
    for inline in content:
        if _is_note(before) and _is_note(inline):
            made.append(text_run(",", NOTE_LIMIT))
        made.extend(_inline(inline, place, voice))
        before = inline
    return made


def large(content: Inlines, place: Place, room: Length) -> list[Element]:
    """Write words set large; a word that would end alone on the last line takes another along."""
    alone = ends_alone(place.writing.fonts.lines(plain(content), place.text, room))
    return inlines(bound(content) if alone else content, place)


def words(text: str, place: Place, voice: Voice | None = None) -> list[Element]:
    """Write plain words as runs."""
    return _text(text, place, voice or Voice(place.text, lang=place.lang))


def _inline(node: Inline, place: Place, voice: Voice) -> list[Element]:
    match node:
        case Text(value):
            return _text(value, place, voice)
        case LineBreak():
            return [run(w("br"))]
        case Emphasis(content):
            return inlines(content, place, replace(voice, italic=not voice.italic))
        case Strong(content):
            return inlines(content, place, replace(voice, bold=True))
        case Strikeout(content):
            return inlines(content, place, replace(voice, strike=True))
        case Script(kind, content):
            return inlines(content, place, replace(voice, script=kind))
        case Code(value):
            return _code(value, place, voice)
        case Link():
            return _link(node, place, voice)
        case Picture():
            return inline_picture(node, place)
        case Words(content, lang):
            return inlines(content, place, replace(voice, lang=lang or voice.lang))
        case Note():
            return _note(node, place, voice)
        case Cite(shown=shown):
            return inlines(shown, place, voice)
        case CrossReference():
            return _cross_reference(node, place, voice)
        case _:
            assert_never(node)


def _text(value: str, place: Place, voice: Voice) -> list[Element]:
    clean = _NOT_XML.sub("", value)
    if not clean:
        return []
    segments = place.writing.fonts.segments(
        clean, voice.style, bold=voice.bold, italic=voice.italic
    )
    return [
        text_run(part, _look(segment.face, voice, rtl))
        for segment in segments
        for part, rtl in _directions(segment.text)
    ]


def _look(face: Face, voice: Voice, rtl: bool) -> RunFormat:
    """Say what the run's font is, as far as the style of the paragraph does not say it."""
    own = voice.style.face
    lang = office_language(voice.lang) if voice.lang else "he-IL" if rtl else ""
    if lang and rtl != right_to_left(voice.lang):
        lang = "he-IL" if rtl else ""
    return replace(
        voice.look,
        style=voice.character_style or voice.look.style,
        family=face.office_family if face.office_family != own.office_family else None,
        bold=face.office_bold if face.office_bold != own.office_bold else None,
        italic=face.italic if face.italic != own.italic else None,
        strike=voice.strike,
        script=voice.script,
        rtl=rtl,
        lang=lang,
    )


def _directions(text: str) -> Iterator[tuple[str, bool]]:
    """Part words into stretches from left to right and from right to left."""
    if not _PERHAPS_RTL.search(text):  # nearly always, and far quicker
        yield text, False
        return
    start, rtl, last_strong = 0, False, 0
    for index, character in enumerate(text):
        kind = unicodedata.bidirectional(character)
        if kind not in ("L", "R", "AL"):
            continue
        now = kind != "L"
        if now != rtl and index > start:
            cut = last_strong if rtl else index
            if cut > start:
                yield text[start:cut], rtl
            start = cut
        rtl, last_strong = now, index + 1
    if rtl and text[last_strong:].strip():
        yield text[start:last_strong], True
        start, rtl = last_strong, False
    yield text[start:], rtl


def _code(value: str, place: Place, voice: Voice) -> list[Element]:
    code = place.theme.styles["code"]
    size = replace(voice.look, size=None)
    return _text(value, place, Voice(code, character_style="HTMLCode", look=size))


def _link(link: Link, place: Place, voice: Voice) -> list[Element]:
    linked = replace(voice, character_style="Hyperlink")
    content = inlines(link.content, place, linked)
    if not link.target.startswith("#"):
        return [x("w:hyperlink", *content, r__id=place.part.link(link.target), w__history=1)]
    label = link.target[1:]
    bookmarks = place.writing.bookmarks
    if label.startswith("ref-"):
        return [w("hyperlink", *content, anchor=bookmarks.of_work(label[4:]), history=1)]
    if label in place.writing.labels:
        return [w("hyperlink", *content, anchor=bookmarks.of_label(label), history=1)]
    return inlines(link.content, place, voice)


def _note(note: Note, place: Place, voice: Voice) -> list[Element]:
    """Call a footnote."""
    writing, bookmarks = place.writing, place.writing.bookmarks
    key = note_key(note)
    if key in writing.calls:
        name = bookmarks.of_note(*key)
        shown = text_run(str(writing.calls[key]), NOTE_AGAIN)
        return field(rf"NOTEREF {name} \f \h", [shown], NOTE_AGAIN)
    writing.notes.append(note)
    number = len(writing.notes)
    call = [run(w("footnoteReference", id=number), look=NOTE_LIMIT)]
    if key in writing.called_again:
        writing.calls[key] = number
        call = bookmarks.around(bookmarks.of_note(*key), call)
    # Around the call, and not in the note: LibreOffice renames the bookmarks in notes.
    for block in every(note.blocks, BlockNode):
        if block.id:
            call = bookmarks.around(bookmarks.of_block(block.id), call)
    return call


def note_key(note: Note) -> tuple[str, str]:
    """Give what tells one of the author's notes from another: its label and where it stands."""
    return note.label, str(note.blocks[0].at) if note.blocks else ""


def called_again(document: Document) -> frozenset[tuple[str, str]]:
    """Find the notes that the text calls more than once; later calls refer to the first."""
    keys = Counter(note_key(note) for note in every(document.sections, Note) if note.label)
    return frozenset(key for key, count in keys.items() if count > 1 and key[1])


def _cross_reference(node: CrossReference, place: Place, voice: Voice) -> list[Element]:
    """Write "Figure 3" as a field that follows its target.

    Of a numbered section the field gives the number alone, and the word stands before it.
    """
    writing = place.writing
    if node.label not in writing.labels:
        return _text(node.shown, place, voice)
    name = writing.bookmarks.of_label(node.label)
    section = writing.word("section", "Section") + NO_BREAK_SPACE
    number = node.shown.removeprefix(section)
    if number != node.shown and number.isdigit():
        result = _text(number, place, voice)
        return [*_text(section, place, voice), *field(rf"REF {name} \r \h", result)]
    return field(rf"REF {name} \h \* CHARFORMAT", _text(node.shown, place, voice))


def _is_note(node: Inline | None) -> bool:
    match node:
        case Note():
            return True
        case Cite(shown=(Note(),)):
            return True
        case _:
            return False


def is_plain(blocks: tuple[Block, ...]) -> bool:
    """Tell whether blocks are one paragraph."""
    return len(blocks) == 1 and isinstance(blocks[0], Paragraph)
