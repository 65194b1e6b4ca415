"""Acronyms: spelled out where they are first used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.diagnostics import Code
from builder.editorial.passages import Passage, Role, passages
from builder.editorial.places import locate
from builder.editorial.rule import Finding, Manuscript

KNOWN = frozenset(
    """
    USA UK BP EU UN UNO US UAE USSR NATO UNESCO UNICEF WHO OECD IMF WTO OPEC NASA CIA FBI BBC AIDS
    HIV DNA RNA USD EUR GBP AZN ILS CHF JPY PDF CSV HTML URL ISBN ISSN DOI OFL CEO CFO TV PC IT AI
    GPS GDP VAT ID OK AM PM AD BC BCE CE CV VIP PS NB QR SMS DVD CD USB LED HR PR Q1 Q2 Q3 Q4
    COVID EEC BMW IBM SAP DDR BRD DM GmbH AG KG SPD CDU CSU FDP RF СССР США РФ ЕС ООН НАТО ABD AB
    TBMM TL ONU UE
    """.split()
)
"""What readers know without help; countries, currencies, bodies of the whole world, file kinds."""

_ACRONYM = re.compile(
    r"(?<![\w\ufffc.&-])([^\W\d_a-zа-я]{2,6})(?:s|’s|'s)?(?![\w.]?\w|[-&]\w| [IVX]+\b)"
)
_ROMAN = re.compile(r"[IVXLCDM]+")
_BODIES = frozenset(
    """
    company firm agency institute bank party group organisation organization association ministry
    programme program system service forum exhibition network union council office fund airline
    airlines channel newspaper magazine school university team club project database register
    index treaty act army police operator manufacturer maker supplier subsidiary consortium
    broadcaster charity trust agencies companies firms banks parties groups ministries institutes
    government coalition offices committee commission federation society standard format protocol
    method model survey study blog
    """.split()
)
_LOOKED_AT = frozenset(Role) - {Role.DATA, Role.SOURCE, Role.CAPTION, Role.SLIDE, Role.SPEAKER}

_REACH = 400
"""Letters around an acronym in which it may be explained."""


def acronym_undefined(manuscript: Manuscript) -> Iterator[Finding]:
    """Find acronyms used before they are spelled out, or never spelled out."""
    looked_at = [p for p in passages(manuscript.document) if p.role in _LOOKED_AT]
    explained = _explained(looked_at)
    reported: set[str] = set()
    for place, passage in enumerate(looked_at):
        if not any(character.islower() for character in passage.text):
            continue  # set in capitals throughout
        for found in _ACRONYM.finditer(passage.text):
            word = found[1]
            if word in reported or _is_known(word):
                continue
            reported.add(word)
            where = explained.get(word)
            if where is None or where[0] > place:
                later = where is not None and f"is spelled out only at {where[1].at}"
                yield Finding(
                    Code.ACRONYM_UNDEFINED,
                    f"{word} {later or 'is never spelled out'}",
                    locate(word, passage.at, manuscript.sources),
                    f"write the full name ({word}) where it comes first",
                )


def _is_known(word: str) -> bool:
    return word in KNOWN or _ROMAN.fullmatch(word) is not None or not word.isupper()


def _explained(looked_at: list[Passage]) -> dict[str, tuple[int, Passage]]:
    """Give, for each acronym, the first passage that says what it stands for."""
    result: dict[str, tuple[int, Passage]] = {}
    for place, passage in enumerate(looked_at):
        for found in _ACRONYM.finditer(passage.text):
            if _says_what(passage.text, found):
                result.setdefault(found[1], (place, passage))
    return result


def _says_what(text: str, found: re.Match[str]) -> bool:
    """Tell whether words in brackets, an apposition or the kind of body explain the acronym."""
    before = text[max(found.start() - _REACH, 0) : found.start()]
    after = text[found.end() : found.end() + _REACH]
    if re.search(r"\w[”\"»]? \((?:[^()]{0,40}[ ,;])?$", before) and re.match(
        r"[^()]{0,60}\)", after
    ):
        return True  # Long Name (LN)
    if re.match(r"\s?\((?!\ufffc)[^()]{4,}\)", after):
        return True  # LN (Long Name)
    if re.match(r"(?: \d{4})?, (?:the|a|an|its|once|[A-Z]\w+[’']s)\b", after):
        return True  # LN, the national airline
    if re.search(r"(?:stands for|short for|known as|called|named|\b(?:is|was))\s*[“\"]?$", before):
        return True
    listed = re.sub(r"(?:[^\Wa-z]{2,6}(?:,| and| or)\s)+$", "", before)
    words = re.findall(r"[^\W\d_]+", listed)
    behind = re.match(r" ([a-z]+)", after)
    names = [words[-1].lower() if words else "", behind[1] if behind else ""]
    return not _BODIES.isdisjoint(names)
