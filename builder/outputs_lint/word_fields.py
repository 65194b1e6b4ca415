"""The fields of a Word document: what each asks for, and the result that stands there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from builder.outputs_lint.package import MAIN_OF_WORD, Package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NUMBERED = ("Heading1", "Heading1Opener")
"""Styles of paragraphs that Word numbers, unless they say otherwise."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its instruction and the result that is shown before anybody counts anew."""

    part: str
    instruction: str
    result: str

    @property
    def words(self) -> list[str]:
        """The instruction's name, arguments and switches."""
        return self.instruction.split()


@dataclass(slots=True)
class _Open:
    """A field that has begun."""

    instruction: str = ""
    result: str = ""
    separated: bool = False


def fields_of(package: Package) -> list[Field]:
    """Give every field in the order in which they begin; the main text comes first."""
    parts = [name for name, _ in package.like("word/")]
    ordered = sorted(parts, key=lambda name: (name != MAIN_OF_WORD, name))
    return [field for name in ordered for field in _fields_in(name, package.parts[name])]


def _fields_in(name: str, part: etree._Element) -> Iterator[Field]:
    begun: list[_Open] = []
    inside: list[_Open] = []
    for element in part.iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
        match element.get(f"{W}fldCharType"):
            case "begin":
                inside.append(_Open())
                begun.append(inside[-1])
            case "separate" if inside:
                inside[-1].separated = True
            case "end" if inside:
                inside.pop()
            case _ if element.tag == f"{W}instrText" and inside:
                inside[-1].instruction += element.text or ""
            case _ if element.tag == f"{W}t":
                for field in inside:
                    field.result += (element.text or "") if field.separated else ""
    yield from (Field(name, field.instruction.strip(), field.result) for field in begun)


def stale(package: Package) -> Iterator[str]:
    """Find fields whose result is not what Word would make of them; pages are not counted."""
    part = package.parts[MAIN_OF_WORD]
    marks = {mark.get(f"{W}name", ""): mark for mark in part.iter(f"{W}bookmarkStart")}
    numbers, notes = _heading_numbers(part), _note_numbers(part)
    counted: Counter[tuple[str, str]] = Counter()
    for field in fields_of(package):
        expected: str | None = None
        match field.words:
            case ["REF", name, r"\r", *_] if name in marks:
                expected = _number_of(marks[name], numbers)
            case ["REF", name, *_] if name in marks:
                expected = bookmarked(marks[name])
            case ["NOTEREF", name, *_] if name in marks:
                expected = _note_of(marks[name], notes)
            case ["SEQ", name, *switches]:
                sequence = field.part, name  # Word counts in notes apart
                counted[sequence] = _counted(switches, counted[sequence])
                expected = str(counted[sequence])
            case ["PAGEREF" | "PAGE" | "NUMPAGES", *_] if not _is_page(field.result):
                expected = "a page"
        if expected is not None and field.result != expected:
            said = f"{field.instruction!r} shows {field.result!r}, not {expected!r}"
            yield f"{field.part}: the field {said}"


def _counted(switches: list[str], before: int) -> int:
    r"""Give the number of a sequence behind another one; the switch \r sets it."""
    if r"\r" not in switches:
        return before + 1
    number = "".join(switches[switches.index(r"\r") + 1 :][:1])
    return int(number) if number.isdigit() else before + 1


def bookmarked(start: etree._Element) -> str:
    """Give the words between a bookmark's start and its end in the same paragraph."""
    made, element = "", start.getnext()
    while element is not None:
        if element.tag == f"{W}bookmarkEnd" and element.get(f"{W}id") == start.get(f"{W}id"):
            break
        made += "".join(text.text or "" for text in element.iter(f"{W}t"))
        element = element.getnext()
    return made


def _heading_numbers(part: etree._Element) -> dict[etree._Element, str]:
    """Give the number of each heading that has one."""
    made: dict[etree._Element, str] = {}
    for paragraph in part.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        own = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
        if style is None or style.get(f"{W}val") not in NUMBERED:
            continue
        if own is None or own.get(f"{W}val") != "0":
            made[paragraph] = str(len(made) + 1)
    return made


def _number_of(mark: etree._Element, numbers: dict[etree._Element, str]) -> str:
    paragraph = next(mark.iterancestors(f"{W}p"), None)
    return "" if paragraph is None else numbers.get(paragraph, "")


def _note_numbers(part: etree._Element) -> dict[etree._Element, str]:
    calls = part.iter(f"{W}footnoteReference")
    return {call: str(number) for number, call in enumerate(calls, start=1)}


def _note_of(mark: etree._Element, notes: dict[etree._Element, str]) -> str:
    """Give the number of the note that is called behind a bookmark's start."""
    behind = (run for run in mark.itersiblings() for run in run.iter(f"{W}footnoteReference"))
    call = next(behind, None)
    return "" if call is None else notes[call]


def _is_page(shown: str) -> bool:
    return shown.isdigit() or (shown != "" and set(shown) <= set("ivxlcdm"))
