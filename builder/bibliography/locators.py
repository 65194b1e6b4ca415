"""Places in a work, as authors type them: "p. 3", "pp. 3-5", "ch. 2", "Chapter IV", "vol. 2"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORDS = {
    "page": "p pp pg page pages s seite seiten с стр страница страницы sayfa ss",
    "chapter": "ch chs chap chaps chapter chapters kap kapitel chapitre гл глава bölüm",
    "volume": "vol vols volume volumes bd band t tome т том cilt",
    "section": "sec secs sect section sections § §§ abschnitt разд раздел",
    "paragraph": "para paras par paragraph paragraphs ¶ ¶¶ abs absatz абз абзац",
    "part": "pt pts part parts teil partie ч часть",
    "note": "n nn note notes anm anmerkung прим примечание",
    "line": "l ll line lines zeile ligne",
    "figure": "fig figs figure figures abb abbildung рис рисунок şekil",
    "table": "tab tbl table tables tabelle табл таблица tablo",
    "book": "bk bks book books buch livre",
    "column": "col cols column columns sp spalte colonne",
    "folio": "fol fols folio folios ff",
    "issue": "no nos issue issues nr номер",
    "opus": "op opp opus opera",
    "verse": "v vv verse verses",
    "article": "art arts article articles artikel статья",
    "appendix": "app apps appendix appendices anhang",
    "supplement": "supp suppl supplement",
    "title-locator": "tit title",
    "timestamp": "min minute timestamp",
    "sub verbo": "sv s.v",
}
_LABELS = {word: label for label, words in _WORDS.items() for word in words.split()}
_LOCATOR = re.compile(r"(?:(?P<word>[^\W\d_][\w.]*?|[§¶]+)\.?\s+|(?P<sign>[§¶]+))?(?P<number>\S.*)")
_NUMBER = re.compile(r"\d|[ivxlcdmIVXLCDM]+\b|[A-Z]-?\d|\W\d")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a work: "page" and "3-5"."""

    label: str
    number: str


def parse_locator(typed: str) -> Place | None:
    """Read a locator; None for words that name no place, which then count as a suffix.

    A number alone is a page.
    """
    match = _LOCATOR.fullmatch(" ".join(typed.split()))
    if match is None:
        return None
    word = match["word"] or match["sign"]
    label = _LABELS.get(word.lower()) if word else "page"
    if label is None or not _NUMBER.match(match["number"]):
        return None
    return Place(label, re.sub(r"\s*[-–—]\s*", "-", match["number"].rstrip(" ,")))
