"""Nothing may be lost on paper: the words of the HTML are counted again in the PDF.

WeasyPrint drops what has no room (a footnote taller than a page, a float's rest) without a word in
its log. Words are compared as counts of letters and digits, so that line ends, hyphens, ligatures,
capitals and the direction of writing do not matter.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

UNSEEN = frozenset({"head", "style", "script", "title", "desc", "metadata"})
INLINE = frozenset(
    ("a", "b", "br", "code", "em", "i", "s", "small", "span", "strong", "sub", "sup", "u", "wbr")
)
HYPHENS = re.compile("[-\u00ad\u2010\u2011\ufffe\u0002]\\s*")
FROM_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
RIGHT_TO_LEFT = re.compile(f"[{FROM_RIGHT}]")
WORDS = re.compile(  # words of two directions come out of a PDF without a space between them
    rf"(?:(?=[^\W\d_])[{FROM_RIGHT}])+|(?:(?![{FROM_RIGHT}])[^\W\d_])+|\d+"
)
APART = ("np", "n")
"""Classes of spans that stand apart from what is before and behind them: paragraphs of a note, and
numbers in the contents."""

NOTE = "fn"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, cell, footnote or label with its words, and where it stands."""

    section: str  # the section's id
    words: tuple[str, ...]
    is_note: bool


@dataclass(frozen=True, slots=True)
class Loss:
    """Words of a section that are not on paper."""

    section: str
    words: tuple[str, ...]
    in_note: bool


def words_of(text: str) -> tuple[str, ...]:
    """Give the words of a text in the form in which they are compared."""
    text = HYPHENS.sub("", unicodedata.normalize("NFKD", text).casefold().replace("ı", "i"))
    text = "".join(c for c in text if not unicodedata.combining(c) and c not in "\u200b\u2060")
    found = WORDS.findall(text)
    return tuple("".join(sorted(w)) if RIGHT_TO_LEFT.search(w) else w for w in found)


def passages(root: Element) -> tuple[Passage, ...]:
    """Give everything in an HTML tree that is to be seen, in reading order."""
    body = root.find("body")
    before = int(body.get("data-notes") or 0) if body is not None else 0
    return tuple(_Collector(before).collect(root))


class _Collector:
    """Collects text block by block; a footnote is a block of its own."""

    def __init__(self, notes_before: int) -> None:
        self._section = ""
        self._notes = notes_before

    def collect(self, root: Element) -> Iterator[Passage]:
        pieces: list[str] = []
        yield from self._walk(root, pieces, is_note=False)
        yield from self._passage(pieces, is_note=False)

    def _walk(self, element: Element, pieces: list[str], *, is_note: bool) -> Iterator[Passage]:
        name = _name(element)
        if name in UNSEEN:
            return
        if name == "section":
            self._section = element.get("id", "")
        if element.get("class") == NOTE:
            self._notes += 1
            pieces.append(f"{self._notes} ")  # the number at the call
            inner: list[str] = [element.text or ""]
            for child in element:
                yield from self._walk(child, inner, is_note=True)
                inner.append(child.tail or "")
            yield from self._passage(inner, is_note=True)
            return
        apart = name not in INLINE or element.get("class") in APART or name == "br"
        if apart and name != "br":
            yield from self._passage(pieces, is_note=is_note)
        pieces.append(" " if apart else "")
        pieces.append(element.text or "")
        for child in element:
            yield from self._walk(child, pieces, is_note=is_note)
            pieces.append(child.tail or "")
        if apart and name != "br":
            yield from self._passage(pieces, is_note=is_note)

    def _passage(self, pieces: list[str], *, is_note: bool) -> Iterator[Passage]:
        found = words_of("".join(pieces))
        pieces.clear()
        if found:
            yield Passage(self._section, found, is_note)


def _name(element: Element) -> str:
    tag = element.tag if isinstance(element.tag, str) else "head"  # a comment is not seen
    return tag.rpartition("}")[2]


def pdf_texts(pdf: bytes) -> tuple[str, ...]:
    """Give the text of each page of a PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = []
        for page in document:
            text_page = page.get_textpage()
            texts.append(text_page.get_text_bounded())  # what is off the page is lost
            text_page.close()
            page.close()
        return tuple(texts)
    finally:
        document.close()


def losses(wanted: Iterable[Passage], texts: Iterable[str]) -> tuple[Loss, ...]:
    """Give the words that were to be on paper and are not, by section.

    A word counts as there when it is found often enough, as a word or within the unbroken run of
    all letters of the PDF, or in two parts at a page's end.
    """
    wanted, texts = tuple(wanted), tuple(texts)
    found = Counter(word for text in texts for word in words_of(text))
    needed = Counter(word for passage in wanted for word in passage.words)
    missing = {word: n - found[word] for word, n in needed.items() if n > found[word]}
    if missing:
        missing = _truly_missing(missing, wanted, texts, needed, found)
    return _attribute(missing, wanted)


def _truly_missing(
    missing: dict[str, int],
    wanted: tuple[Passage, ...],
    texts: tuple[str, ...],
    needed: Counter[str],
    found: Counter[str],
) -> dict[str, int]:
    on_paper = "".join("".join(words_of(text)) for text in texts)
    asked = "".join("".join(passage.words) for passage in wanted)
    surplus = Counter({word: n - needed[word] for word, n in found.items() if n > needed[word]})
    result: Counter[str] = Counter()
    for word, count in missing.items():
        if RIGHT_TO_LEFT.search(word) and not _lacks(word, asked, on_paper):
            continue
        short = min(count, max(asked.count(word) - on_paper.count(word), 0))
        short -= min(short, surplus[word[::-1]])  # beside words from the right it may be turned
        if short:
            result[word] = short
    glued = Counter(surplus)
    before = 0
    while result and before != result.total():
        before = result.total()
        for word in result:  # the rest of what one was glued to may be the head of another
            while result[word] and (_in_two_parts(word, surplus) or _glued(word, glued)):
                result[word] -= 1
    return +result


def _lacks(word: str, asked: str, on_paper: str) -> bool:
    """Tell whether a letter of a word from right to left is too rare on paper.

    Such words come out of a PDF in pieces or run together, so their letters are counted.
    """
    return any(on_paper.count(letter) < asked.count(letter) for letter in set(word))


def _in_two_parts(word: str, surplus: Counter[str]) -> bool:
    """Find a word cut by the end of a page, or of a line from right to left.

    Its head begins one surplus word, its tail is another; before a tail of one letter ("fig-a") the
    head has to be a whole one.
    """
    for cut in range(1, len(word)):
        head, tail = word[:cut], word[cut:]
        whole = len(tail) == 1
        first = next(
            (w for w, n in surplus.items() if n and (w == head if whole else w.startswith(head))),
            None,
        )
        second = next((w for w, n in surplus.items() if n and w == tail), None)
        if first and second and first != second:
            surplus[first] -= 1
            surplus[second] -= 1
            if rest := first.removeprefix(head):
                surplus[rest] += 1
            return True
    return False


def _glued(word: str, surplus: Counter[str]) -> bool:
    """Find a word glued to one that a page's end cut at its hyphen: "Ben-" and a note behind it."""
    for other, count in surplus.items():
        if count > 0 and other != word and (other.endswith(word) or other.startswith(word)):
            surplus[other] -= 1
            return True
    return False


def _attribute(missing: dict[str, int], wanted: tuple[Passage, ...]) -> tuple[Loss, ...]:
    """Say where the lost words stood: passages that lost most of their words come first."""
    left = Counter(missing)
    found: list[Loss] = []
    while +left:
        best = max(wanted, key=lambda p: _share(p, left))
        words = []
        for word in best.words:
            if left[word] > 0:
                left[word] -= 1
                words.append(word)
        if not words:
            break
        found.append(Loss(best.section, tuple(words), best.is_note))
    return tuple(found)


def _share(passage: Passage, left: Counter[str]) -> float:
    lost = sum(1 for word in passage.words if left[word] > 0)
    return lost * lost / len(passage.words)
