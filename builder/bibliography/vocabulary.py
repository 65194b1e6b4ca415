"""The words of CSL 1.0.2: types of works and their variables, as CSL-YAML spells them."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


TYPES = _set(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic"
    " collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic"
    " hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet"
    " paper-conference patent performance periodical personal_communication post post-weblog"
    " regulation report review review-book software song speech standard thesis treaty webpage"
)
NAMES = _set(
    "author chair collection-editor compiler composer container-author contributor curator director"
    " editor editor-translator editorial-director executive-producer guest host illustrator"
    " interviewer narrator organizer original-author performer producer recipient reviewed-author"
    " script-writer series-creator translator"
)
DATES = _set("accessed available-date event-date issued original-date submitted")
TEXTS = _set(
    "abstract annote archive archive-place archive_collection archive_location authority"
    " call-number chapter-number citation-key citation-label"
    " collection-number collection-title container-title"
    " container-title-short dimensions division DOI edition event event-place event-title genre"
    " ISBN ISSN issue journalAbbreviation jurisdiction keyword language license medium note number"
    " number-of-pages number-of-volumes original-publisher original-publisher-place original-title"
    " page part-number part-title PMCID PMID printing-number publisher publisher-place references"
    " reviewed-genre reviewed-title scale section shortTitle source status supplement-number title"
    " title-short URL version volume volume-title volume-title-short year-suffix"
)
OTHERS = frozenset({"id", "type", "categories", "custom"})
ALL = NAMES | DATES | TEXTS | OTHERS

TITLES = _set(
    "title title-short container-title container-title-short collection-title original-title"
    " reviewed-title volume-title part-title event-title"
)
UNTITLED = frozenset({"interview", "personal_communication", "legal_case"})
"""Types whose works may have no title: their author, date and kind name them."""

QUOTED = _set(
    "article article-journal article-magazine article-newspaper chapter entry entry-dictionary"
    " entry-encyclopedia interview manuscript paper-conference post post-weblog speech thesis"
    " webpage personal_communication"
)
"""Types whose titles stand in quotation marks rather than in italics."""

STOP_WORDS = _set(
    "a an and as at but by down for from in into nor of on onto or over per so the till to up v via"
    " vs with yet"
)
"""Words that English titles leave small (CSL 1.0.2, "Title case", and `per`)."""
