"""Languages as Office names them."""

from __future__ import annotations

REGIONS = {
    "en": "en-GB",
    "de": "de-DE",
    "fr": "fr-FR",
    "ru": "ru-RU",
    "tr": "tr-TR",
    "az": "az-Latn-AZ",
    "he": "he-IL",
    "ar": "ar-SA",
    "fa": "fa-IR",
    "uk": "uk-UA",
    "es": "es-ES",
    "it": "it-IT",
    "hy": "hy-AM",
    "ka": "ka-GE",
}
RIGHT_TO_LEFT = frozenset({"he", "ar", "fa", "ur", "yi", "ps", "syr", "dv", "ckb"})


def office_language(tag: str) -> str:
    """Give a language with a region, which Word's proofing tools are looked up by."""
    return REGIONS.get(tag.lower(), tag)


def right_to_left(tag: str) -> bool:
    """Tell whether a language is written from right to left."""
    return tag.split("-")[0].lower() in RIGHT_TO_LEFT
