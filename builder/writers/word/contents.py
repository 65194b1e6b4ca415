"""The contents, filled in: every line a link with the page that it leads to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from builder.document.nodes import (
    Captioned,
    FloatKind,
    Heading,
    Section,
    SectionRole,
    Slide,
    SpeakerNotes,
)
from builder.document.walk import CAPTIONED, plain, walk
from builder.units import Length
from builder.writers.display import ends_alone
from builder.writers.word.fields import field as make_field
from builder.writers.word.fields import field_end, field_start, run, tab_run, text_run
from builder.writers.word.fonts import text_format
from builder.writers.word.formats import ParagraphFormat, RunFormat
from builder.writers.word.inlines import NO_BREAK_SPACE, words
from builder.writers.word.paragraphs import paragraph
from builder.writers.word.place import Place
from builder.writers.word.sequences import SEQUENCES
from builder.writers.word.xml import Element, w

LEVELS = 3
LISTED = (Heading, *CAPTIONED)
KEPT, KEEP = ("TOC2", "TOC3"), ParagraphFormat(keep_next=True)
"""Lines of the contents that stand on a page with the others of their section."""

ROOM_FOR_PAGE = Length.from_mm(6)
"""What a line's words leave free at its end."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the contents."""

    style: str
    number: str
    title: str
    bookmark: str


@dataclass(slots=True)
class Contents:
    """The contents' paragraphs, and the places where page numbers are to be filled in.

    Runs are formatted directly: inside links LibreOffice knows no other character style.
    """

    folio: RunFormat
    elements: list[Element] = field(default_factory=list)
    _numbers: list[tuple[str, Element]] = field(default_factory=list)

    def fill(self, pages: Mapping[str, int]) -> None:
        """Write the page of each bookmark that is known."""
        for bookmark, number in self._numbers:
            if bookmark in pages:
                number.text = str(pages[bookmark])

    def leader(self, line: Line) -> list[Element]:
        """Make the tab and the page number at a line's end; main entries have a folio's looks."""
        bookmark = line.bookmark
        look = self.folio if line.style == "TOC1" else RunFormat()
        number = w("t", text="1")
        self._numbers.append((bookmark, number))
        page = make_field(rf"PAGEREF {bookmark} \h", [run(number, look=look)], look)
        return [tab_run(), *page]


def contents(place: Place) -> Contents:
    """Write the contents and, where there are any, the lists of figures and of tables."""
    writing = place.writing
    made = Contents(text_format(place.theme.styles["folio"], place.theme))
    made.elements.append(_heading(place))
    made.elements += _field(
        list(_entries(place)), rf'TOC \o "1-{LEVELS}" \h \z \u', made, place, gallery=True
    )
    both = writing.word("figures_and_tables", "Figures and tables")
    first = True
    for kind in FloatKind:
        lines = list(_floats(kind, place))
        if not lines:
            continue
        if first:
            eyebrow = place.styled("ListsHead")
            made.elements.append(paragraph(eyebrow, words(both, eyebrow)))
            first = False
        made.elements += _field(lines, rf'TOC \h \z \c "{SEQUENCES[kind]}"', made, place)
    return made


def _heading(place: Place) -> Element:
    heading = place.styled("TOCHeading")
    return paragraph(heading, words(place.writing.word("contents", "Contents"), heading))


def _field(
    lines: list[Line], instruction: str, made: Contents, place: Place, *, gallery: bool = False
) -> list[Element]:
    """Make the field: it begins in the first line and ends in the last one."""
    paragraphs: list[Element] = []
    for index, line in enumerate(lines):
        styled = place.styled(line.style)
        content: list[Element] = field_start(instruction) if index == 0 else []
        content.append(_linked(line, made, styled))
        if index == len(lines) - 1:
            content.append(field_end())
        following = lines[index + 1].style if index + 1 < len(lines) else "TOC1"
        look = KEEP if line.style in KEPT and following in KEPT else ParagraphFormat()
        paragraphs.append(paragraph(styled, content, look))
    if not gallery or not paragraphs:
        return paragraphs
    properties = w(
        "sdtPr", w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
    )
    return [w("sdt", properties, w("sdtContent", *paragraphs))]


def _linked(line: Line, made: Contents, place: Place) -> Element:
    content: list[Element] = []
    if line.style in ("TOC1", "TableofFigures"):
        content += [*_number(line, place), tab_run()]
    for index, part in enumerate(_broken(line, place)):
        content += [run(w("br"))] if index else []
        content += words(part, place)
    content += made.leader(line)
    return w("hyperlink", *content, anchor=line.bookmark, history=1)


def _broken(line: Line, place: Place) -> tuple[str, ...]:
    """Break a title that would run into its page number."""
    look = place.writing.sheet.look(line.style)
    room = place.writing.page.block - (look.left or 0) - ROOM_FOR_PAGE
    broken = place.writing.fonts.lines(line.title, place.text, Length(room))
    if ends_alone(broken):
        together = "\u00a0".join(line.title.rsplit(" ", 1))
        broken = place.writing.fonts.lines(together, place.text, Length(room))
    return tuple(part.replace("\u00a0", " ") for part in broken)


def _number(line: Line, place: Place) -> list[Element]:
    if line.style != "TOC1" or not line.number:
        return words(line.number, place)
    light = replace(place.theme.styles["opener_num"], size=place.text.size)
    look = replace(text_format(light, place.theme), size=None)
    return [text_run(line.number, look)]


def _entries(place: Place) -> Iterator[Line]:
    bookmarks = place.writing.bookmarks
    for section in place.writing.document.sections:
        if section.role is SectionRole.ABOUT:
            continue
        number = str(section.number) if section.number else ""
        yield Line("TOC1", number, plain(section.title), bookmarks.of_entry(section.id))
        for heading in _shown(section):
            if isinstance(heading, Heading) and heading.level <= LEVELS:
                title = plain(heading.content)
                yield Line(f"TOC{heading.level}", "", title, bookmarks.of_entry(heading.id))


def _floats(kind: FloatKind, place: Place) -> Iterator[Line]:
    writing = place.writing
    word = writing.word(kind.value, SEQUENCES[kind])
    for section in writing.document.sections:
        for node in _shown(section):
            if not isinstance(node, CAPTIONED):
                continue
            found: Captioned = node
            caption = found.caption
            if caption.kind is kind and caption.number:
                label = f"{word}{NO_BREAK_SPACE}{caption.number}"
                bookmark = writing.bookmarks.of_entry(found.id)
                yield Line("TableofFigures", label, plain(caption.title), bookmark)


def _shown(section: Section) -> Iterator[Heading | Captioned]:
    """Give a section's headings and captioned blocks, without those of slides and notes."""
    found, hidden = [], set[int]()
    for node in walk(section.blocks):
        if isinstance(node, Slide | SpeakerNotes):
            hidden.update(map(id, walk(node)))
        elif isinstance(node, LISTED) and id(node) not in hidden:
            found.append(node)
    return iter(found)
