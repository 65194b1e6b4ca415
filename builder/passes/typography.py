"""The care of old printers: quotation marks by language, dashes in ranges, spaces that hold.

Done on the tree, so that every format has it. Code and addresses are left as they are; what
citations make has the signs of its style, and is only kept together.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import get_args

from builder.document.dates import months_of_days
from builder.document.nodes import (
    Cite,
    Code,
    CodeBlock,
    CrossReference,
    Document,
    Event,
    Group,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Node,
    Note,
    Picture,
    References,
    Section,
    Text,
    Words,
)
from builder.document.walk import plain

NO_BREAK = "\u00a0"
INLINE: tuple[type, ...] = get_args(Inline)
UNTOUCHED = (CodeBlock, Code, Picture, CrossReference)

Pair = tuple[str, str]
_ENGLISH: tuple[Pair, Pair] = (("“", "”"), ("‘", "’"))
QUOTES: dict[str, tuple[Pair, Pair]] = {
    "en": _ENGLISH,
    "de": (("„", "“"), ("‚", "‘")),
    "fr": (("«" + NO_BREAK, NO_BREAK + "»"), ("“", "”")),
    "ru": (("«", "»"), ("„", "“")),
    "tr": _ENGLISH,
    "az": _ENGLISH,
    "he": (("”", "”"), ("’", "’")),
}
"""The outer and the inner quotation marks of each language."""

CLOSING = ".,;:!?)]}"
GERESH, GERSHAYIM = "\u05f3", "\u05f4"
_HEBREW = re.compile("[\u05d0-\u05ea]")
_ADDRESS = re.compile(
    r"(?:https?://|www\.|mailto:)\S+|(?<!\S)\S{1,300}@\S{1,300}\.\w+|\b10\.\d{4,}/\S+"
)

_RANGE = re.compile(r"(?<![\w.,/:+-])(\d{1,4})-(\d{1,4})(?![\w/-]|[.,]\d)")
NUMBERED = re.compile(r"(?:ISSN|ISBN|DOI|No\.|Nr\.|[Tt]el\.?|\+\d+|fax|score|won|lost)[ :\u00a0]*$")
"""What stands before two numbers with a hyphen that are no range."""
REACH = 14
"""Letters before a number in which such a word is looked for."""
_UNITS = (
    "%|‰|°C|°F|km²|km|m²|m³|cm|mm|kg|ha|kWh|MWh|GWh|TWh|kW|MW|GW|Hz|MHz|GHz|kB|MB|GB|bn|bcm|mph"
)
_UNIT = re.compile(rf"(?<=\d) (?=(?:{_UNITS}|[mgtl])(?![\w’']))")
_MONEY = re.compile(r"\b(USD|EUR|GBP|CHF|AZN|ILS|TRY|RUB|US\$|[$€£₪₼₺₽]) (?=\d)")
_COUNTED = re.compile(
    r"(?<!\w)(No\.|Nos\.|no\.|nos\.|Nr\.|n°|№|pp?\.|vols?\.|Vols?\.|chs?\.|[Ff]igs?\.|[Aa]rts?\.|§§?"
    r"|S\.|s\.|с\.|стр\.|т\.|гл\.|рис\.|Abb\.|Bd\.|Kap\.|עמ[׳']) (?=[\dIVXLC])"
)
_TITLED = re.compile(r"\b(Dr|Mr|Mrs|Ms|Prof)\. (?=[^\W\d_a-z])")
_FRENCH = re.compile(r"(?<=\S) (?=[;:!?»])|(?<=«) ")


_BEHIND_DAY = {"en": "(?:st|nd|rd|th)?", "de": r"\.", "fr": "(?:er)?"}
_ENDINGS = ("tr", "az")
"""Languages whose months take endings: "6 Nisan’da", "6 apreldə"."""


@cache
def _day_and_month(language: str) -> tuple[re.Pattern[str], ...]:
    """Give the blanks between a day and its month: a line that ends there is misread."""
    base = language.split("-")[0].lower()
    names = "|".join(months_of_days(base))
    if not names:
        return ()
    behind = _BEHIND_DAY.get(base, "")
    end = "" if base in _ENDINGS else r"(?!\w)"
    day = rf"((?<!\d)(?<!\d[.,])(?:[12]\d|3[01]|0?[1-9]){behind}) (?=(?:{names}){end})"
    if base != "en":
        return (re.compile(day),)
    no_amount = r"(?![\w%]|[.,]\d|[ \u00a0]%)"
    number = rf"(?:[12]\d|3[01]|[1-9])(?:st|nd|rd|th)?{no_amount}"
    first = rf"(?<!\w)({names}) (?={number})"
    return re.compile(day), re.compile(first)


def typeset(document: Document) -> Document:
    """Set every text of a document with the signs that its language has."""
    made = _all(document.sections, document.meta.language)
    sections = tuple(section for section in made if isinstance(section, Section))
    return dataclasses.replace(document, sections=sections)


@dataclass(slots=True)
class Line:
    """A run of text while it is set: what stood before, which quotations are open."""

    language: str
    before: str = " "
    open: list[str] = field(default_factory=list)  # the marks that will close them, outer first

    def set(self, text: str) -> str:
        """Set a piece of text; addresses in it are passed on."""
        done, at = "", 0
        for address in _ADDRESS.finditer(text):
            done += self._words(text[at : address.start()]) + address[0]
            at, self.before = address.end(), "x"
        return done + self._words(text[at:])

    def _words(self, text: str) -> str:
        if not text:
            return ""
        text = text.replace("---", "—").replace("--", "–").replace("...", "…")
        text = _RANGE.sub(_ranged, text)
        text = self._quoted(text)
        return self._spaced(text)

    def _quoted(self, text: str) -> str:
        if "'" not in text and '"' not in text:
            self.before = text[-1]
            return text
        done: list[str] = []
        for place, sign in enumerate(text):
            following = text[place + 1 : place + 2]
            before = done[-1][-1] if done else self.before
            if sign in "\"'":
                sign = self._mark(sign, before, following)
            done.append(sign)
        self.before = done[-1][-1] if done else self.before
        return "".join(done)

    def _mark(self, sign: str, before: str, following: str) -> str:
        primary = self.language.split("-")[0].lower()
        outer, inner = QUOTES.get(primary, _ENGLISH)
        if primary == "he" and _HEBREW.match(before):
            if sign == '"' and _HEBREW.match(following or " "):
                return GERSHAYIM
            if sign == "'":
                return GERESH
        starts = before.isspace() or before in "([{–—-/«“„‘‚”" + NO_BREAK
        # At the end of a piece marked words follow: they are opened.
        opens = starts and not following.isspace() and (not following or following not in CLOSING)
        if sign == "'" and not opens:
            single = self.open and self.open[-1] == inner[1] and not following.isalnum()
            return self.open.pop() if single else "’"
        if sign == "'" and following.isdigit() and not self.open:
            return "’"  # '90s
        if opens:
            pair = inner if sign == "'" or self.open else outer
            self.open.append(pair[1])
            return pair[0]
        if not self.open:
            return sign if before.isdigit() else outer[1]
        return self.open.pop()

    def _spaced(self, text: str) -> str:
        text = _UNIT.sub(NO_BREAK, text)
        text = _MONEY.sub(rf"\1{NO_BREAK}", text)
        text = _TITLED.sub(rf"\1.{NO_BREAK}", text)
        text = _kept_together(text, self.language)
        match self.language.split("-")[0].lower():
            case "fr":
                return _FRENCH.sub(NO_BREAK, text)
            case "ru":
                return text.replace(" —", f"{NO_BREAK}—")
            case _:
                return text


def _ranged(found: re.Match[str]) -> str:
    """Put a dash between two numbers that are a range; "2014-10" may be a month."""
    first, last = found[1], found[2]
    if NUMBERED.search(found.string[max(found.start() - REACH, 0) : found.start()]):
        return found[0]
    if len(first) == 4 and len(last) == 2 and 1 <= int(last) <= 12:
        return found[0]
    shortened = len(last) < len(first) > 2 and int(first[-len(last) :]) < int(last)
    if int(first) < int(last) or shortened:
        return f"{first}–{last}"
    return found[0]


def _set(item: object, language: str) -> object:
    match item:
        case tuple() if item and isinstance(item[0], INLINE):
            return _run(item, Line(language), language)
        case tuple():
            return _all(item, language)
        case Event(date=date):
            return _fields(dataclasses.replace(item, date=_RANGE.sub(_ranged, date)), language)
        case References():
            return _cited(item, language)
        case Group(lang=lang):
            return _fields(item, lang or language)
        case Node() if not isinstance(item, UNTOUCHED):
            return _fields(item, language)
        case _ if dataclasses.is_dataclass(item) and not isinstance(item, (type, Node)):
            return _fields(item, language)
        case _:
            return item


def _all(
    items: tuple[object, ...], language: str, each: Callable[[object, str], object] = _set
) -> tuple[object, ...]:
    made = tuple(each(item, language) for item in items)
    return items if all(a is b for a, b in zip(items, made, strict=True)) else made


def _fields(item: object, language: str, each: Callable[[object, str], object] = _set) -> object:
    changed = {
        name: new
        for name in _names(type(item))  # type: ignore[arg-type]  # classes can be hashed
        if (new := each(old := getattr(item, name), language)) is not old
    }
    return dataclasses.replace(item, **changed) if changed else item  # type: ignore[type-var]  # a dataclass


@cache
def _names(kind: type) -> tuple[str, ...]:
    fields = dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else ()
    return tuple(f.name for f in fields if f.name not in ("at", "id", "categories"))


def _run(items: tuple[object, ...], line: Line, language: str) -> Inlines:
    made = tuple(_inline(item, line, language) for item in items)
    unchanged = all(a is b for a, b in zip(items, made, strict=True))
    return items if unchanged else made  # type: ignore[return-value]  # inlines stay inlines


def _inline(item: object, line: Line, language: str) -> object:
    match item:
        case Text(value):
            new = line.set(value)
            return dataclasses.replace(item, value=new) if new != value else item
        case LineBreak():
            line.before = " "
            return item
        case Note(blocks=blocks):
            made = _all(blocks, language)
            return dataclasses.replace(item, blocks=made)  # type: ignore[arg-type]  # blocks stay blocks
        case Words(content=content, lang=lang) if lang and lang != line.language:
            made = _run(content, Line(lang), lang)
            line.before = "x"
            return dataclasses.replace(item, content=made)
        case Link(target=target, content=content) if _is_address(target, content):
            line.before = "x"
            return item
        case Cite(shown=shown):
            line.before = "x"
            made = _all(shown, language, _cited)
            return dataclasses.replace(item, shown=made)  # type: ignore[arg-type]  # inlines stay inlines
        case Code() | Picture() | CrossReference():
            line.before = "x"
            return item
        case _ if hasattr(item, "content"):
            made = _run(item.content, line, language)
            return dataclasses.replace(item, content=made)  # type: ignore[type-var]  # a dataclass
        case _:
            return item


def _cited(item: object, language: str) -> object:
    """Keep a number with its word, a day with its month; the style has set all else."""
    match item:
        case tuple():
            return _all(item, language, _cited)
        case Text(value):
            new = _kept_together(value, language)
            return dataclasses.replace(item, value=new) if new != value else item
        case Link(target=target, content=content) if _is_address(target, content):
            return item
        case Note(blocks=blocks):
            made = _all(blocks, language, _cited)
            return dataclasses.replace(item, blocks=made)  # type: ignore[arg-type]  # blocks stay blocks
        case Words(lang=lang):
            return _fields(item, lang or language, _cited)
        case Node():
            return _fields(item, language, _cited)
        case _:
            return item


def _kept_together(text: str, language: str) -> str:
    text = _COUNTED.sub(rf"\1{NO_BREAK}", text)
    for pattern in _day_and_month(language):
        text = pattern.sub(rf"\1{NO_BREAK}", text)
    return text


def _is_address(target: str, content: Inlines) -> bool:
    words = plain(content)
    return words == target or bool(_ADDRESS.fullmatch(words)) or target.endswith(words)
