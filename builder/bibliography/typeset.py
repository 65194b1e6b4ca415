"""From marked strings to inlines: punctuation put right, quotes nested, links set."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import unquote

from builder.bibliography import marks
from builder.bibliography.marks import INVISIBLE, QUOTE_END
from builder.document.nodes import Emphasis, Inline, Inlines, Link, Script, Strong, Text, Words

_SCRIPTS = {  # the letters of languages that are not written in Latin ones
    "ru uk be bg sr mk kk ky tg mn": "\u0400-\u052f",
    "he yi": "\u0590-\u05ff",
    "ar fa ur ps": "\u0600-\u06ff\u0750-\u077f",
    "hy": "\u0530-\u058f",
    "ka": "\u10a0-\u10ff",
    "el": "\u0370-\u03ff",
    "zh": "\u4e00-\u9fff",
    "ja": "\u3040-\u30ff\u4e00-\u9fff",
    "ko": "\uac00-\ud7af",
}
_LETTERS = {code: letters for codes, letters in _SCRIPTS.items() for code in codes.split()}
_CLOSERS = f"(?:{INVISIBLE}|{QUOTE_END})*"
_UPRIGHT = ("upright",)  # italics within italics, until `slanted` has dissolved them
_DOI_ADDRESS = "https://doi.org/"

_TIDY: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # a title's translation stands behind its quotation mark and outside its italics
        (
            f"{marks.TRANSLATION}([^{marks.TRANSLATION_END}]*){marks.TRANSLATION_END}({_CLOSERS})",
            r"\2 [\1]",
        ),
        (f"{marks.QUOTE}{QUOTE_END}|{marks.ITALIC}{marks.ITALIC_END}", ""),
        (r"\s+", " "),
        (rf" ({_CLOSERS})(?=[,.;:)\]])", r"\1"),
        (rf"([(\[]{INVISIBLE}*) ", r"\1"),
        (
            rf",({_CLOSERS}) ?\((?=[^)]*\d{{4}}[^)]*\))",
            r"\1 (",
        ),  # no comma before "(June 26, 2014)"
        (rf"([,;:])({_CLOSERS})[,;:]?(?=[.;])", r"\2"),
        (rf"([,;:])({_CLOSERS})\1", r"\2\1"),
        (rf"([.?!…])({_CLOSERS})\.(?!\.)", r"\1\2"),  # one full stop; none behind "?"
    )
)
_INTO_QUOTE = re.compile(rf"({QUOTE_END})({INVISIBLE}*)([,.])")
_AFTER_STOP = re.compile(rf"([.,?!…])({INVISIBLE}*)\.")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a string needs beside itself to become inlines."""

    quotes: tuple[tuple[str, str], tuple[str, str]]  # outer and inner
    punctuation_in_quote: bool
    language: str = ""  # the work's, where it is not the briefing's
    url: str = ""
    doi: str = ""


def is_latin(language: str) -> bool:
    """Whether a language is written in Latin letters."""
    return language[:2] not in _LETTERS


def has_own_letters(text: str, language: str) -> bool:
    """Whether a text is in the letters of its (not Latin) language, not in a transliteration."""
    letters = _LETTERS.get(language[:2])
    return letters is not None and re.search(f"[{letters}]", text) is not None


def tidy(marked: str, *, punctuation_in_quote: bool) -> str:
    """Put punctuation right where the pieces of a citation meet."""
    for pattern, replacement in _TIDY:
        marked = pattern.sub(replacement, marked)
    while punctuation_in_quote and _INTO_QUOTE.search(marked):
        marked = _INTO_QUOTE.sub(r"\3\1\2", marked)
        marked = _AFTER_STOP.sub(r"\1\2", marked)
    return marked.strip()


def inlines(marked: str, setting: Setting) -> Inlines:
    """Turn a marked string into inlines."""
    return _Typesetter(setting).run(marked)


class _Typesetter:
    """Reads a marked string from left to right, one open element inside the other."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.frames: list[tuple[str, list[Inline]]] = [("", [])]
        self.letters: list[str] = []
        self.quoted = 0

    def run(self, marked: str) -> Inlines:
        for letter in marked:
            if letter in marks.OPENING:
                self._flush()
                self.frames.append((letter, []))
            elif self.frames[-1][0] and letter == marks.OPENING[self.frames[-1][0]]:
                self._close()
            elif letter == marks.QUOTE:
                self.letters.append(self.setting.quotes[self.quoted % 2][0])
                self.quoted += 1
            elif letter == marks.QUOTE_END:
                self.quoted = max(0, self.quoted - 1)
                self.letters.append(self.setting.quotes[self.quoted % 2][1])
            elif letter == marks.ADDRESS:
                self._link(self.setting.url, readable(self.setting.url))
            elif letter == marks.DOI:
                self._doi()
            elif not "\ue000" <= letter <= "\ue01f":
                self.letters.append(letter)
        while len(self.frames) > 1:
            self._close()
        self._flush()
        return tuple(self.frames[0][1])

    def _flush(self) -> None:
        text = "".join(self.letters)
        self.letters.clear()
        if text:
            inside = any(kind == marks.FOREIGN for kind, _ in self.frames)
            self.frames[-1][1].extend(
                (Text(text),) if inside else foreign_runs(text, self.setting.language)
            )

    def _close(self) -> None:
        self._flush()
        kind, content = self.frames.pop()
        if not content:
            return
        above = sum(frame[0] == marks.ITALIC for frame in self.frames)
        self.frames[-1][1].extend(self._wrap(kind, tuple(content), upright=above % 2 == 1))

    def _wrap(self, kind: str, content: Inlines, *, upright: bool) -> Inlines:
        match kind:
            case marks.ITALIC:
                return (Words(content, classes=_UPRIGHT),) if upright else slanted(content)
            case marks.BOLD:
                return (Strong(content),)
            case marks.SUPER:
                return (Script("super", content),)
            case marks.SUB:
                return (Script("sub", content),)
            case marks.SMALL:
                return (Words(content, classes=("smallcaps",)),)
            case _:
                return (Words(content, lang=self.setting.language),)

    def _doi(self) -> None:
        before = "".join(self.letters)
        if before.lower().endswith(_DOI_ADDRESS):
            self.letters = list(before[: -len(_DOI_ADDRESS)])
            self._link(_DOI_ADDRESS + self.setting.doi, _DOI_ADDRESS + self.setting.doi)
        else:
            self._link(_DOI_ADDRESS + self.setting.doi, self.setting.doi)

    def _link(self, target: str, shown: str) -> None:
        self._flush()
        self.frames[-1][1].append(Link(target, (Text(shown),)))


def slanted(content: Inlines) -> Inlines:
    """Set in italics what is not italic in them already: a title in a title stands upright."""
    result: list[Inline] = []
    run: list[Inline] = []
    for child in (*content, Words((), classes=_UPRIGHT)):
        if not isinstance(child, Words) or not any(_is_upright(c) for c in (child, *child.content)):
            run.append(child)
            continue
        if run:
            result.append(Emphasis(tuple(run)))
            run.clear()
        if _is_upright(child):
            result.extend(child.content)
        else:
            result.extend(replace(child, content=(part,)) for part in slanted(child.content))
    return tuple(result)


def _is_upright(inline: Inline) -> bool:
    return isinstance(inline, Words) and inline.classes == _UPRIGHT


def foreign_runs(text: str, language: str) -> Inlines:
    """Mark the stretches of a text that are in the letters of a language that is not Latin."""
    letters = _LETTERS.get(language[:2]) if language else None
    if letters is None:
        return (Text(text),)
    run = re.compile(rf"[{letters}](?:[^\n“”\"()\[\]]*[{letters}])?")
    result: list[Inline] = []
    position = 0
    for match in run.finditer(text):
        if match.start() > position:
            result.append(Text(text[position : match.start()]))
        result.append(Words((Text(match[0]),), lang=language))
        position = match.end()
    if position < len(text):
        result.append(Text(text[position:]))
    return tuple(result)


def readable(url: str) -> str:
    """Show an address with its letters rather than their percent codes: "/%D0%BF" as "/п"."""

    def decode(match: re.Match[str]) -> str:
        try:
            letters = unquote(match[0], errors="strict")
        except UnicodeDecodeError:
            return match[0]
        return letters if all(c.isalnum() and not c.isascii() for c in letters) else match[0]

    return re.sub(r"(?:%[89A-Fa-f][0-9A-Fa-f])+", decode, url)
