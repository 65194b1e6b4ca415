"""The words that the mail itself says, in the languages that the builder knows."""

from __future__ import annotations

from collections.abc import Mapping

from builder.theme.words import LANGUAGES

KEYS = (
    "mail_dear_reader",
    "mail_dear",
    "mail_attached",
    "mail_page",
    "mail_pages",
    "mail_slide",
    "mail_slides",
    "mail_read",
    "mail_reason",
    "mail_leave",
    "contact",
    "source",
)

_WORDS = {
    "en": "Dear reader,|Dear {name},|Attached|page|pages|slide|slides|Read the briefing"
    "|You receive this mail as a reader of our briefings.|Leave the list|Contact|Source",
    "de": "Guten Tag,|Guten Tag, {name},|Anlagen|Seite|Seiten|Folie|Folien|Zum Papier"
    "|Sie erhalten diese Mail als Leserin oder Leser unserer Papiere.|Abmelden|Kontakt|Quelle",
    "fr": "Bonjour,|Bonjour {name},|En pièce jointe|page|pages|diapositive|diapositives"
    "|Lire la note|Vous recevez ce message parce que vous lisez nos notes.|Se désabonner"
    "|Contact|Source",
    "ru": "Здравствуйте!|Здравствуйте, {name}!|Во вложении|стр.|стр.|сл.|сл.|Читать обзор"
    "|Вы получаете это письмо как читатель наших обзоров.|Отписаться|Контакты|Источник",
    "tr": "Merhaba,|Merhaba {name},|Ekte|sayfa|sayfa|slayt|slayt|Raporu okuyun"
    "|Bu iletiyi raporlarımızın okuru olarak alıyorsunuz.|Listeden çıkın|İletişim|Kaynak",
    "az": "Hörmətli oxucu,|Hörmətli {name},|Əlavədə|səhifə|səhifə|slayd|slayd|İcmalı oxuyun"
    "|Bu məktubu icmallarımızın oxucusu kimi alırsınız.|Siyahıdan çıxın|Əlaqə|Mənbə",
    "he": "שלום רב,|שלום {name},|מצורף|עמוד|עמודים|שקף|שקפים|לקריאת המסמך"
    "|הודעה זו נשלחת לקוראי המסמכים שלנו.|הסרה מהרשימה|יצירת קשר|מקור",
}


def knows(language: str) -> bool:
    """Tell whether there are words in a language: "en-GB" finds those of "en"."""
    return _base(language) in LANGUAGES


def mail_words(language: str, of_document: Mapping[str, str], own: str) -> Mapping[str, str]:
    """Give the mail's words in a language; one that nobody knows gets English ones.

    Those that theme or project set (`words: {mail-dear-reader: …}`) hold for the briefing's `own`
    language.
    """
    words = _WORDS.get(_base(language), _WORDS["en"]).split("|")
    found = dict(zip(KEYS, words, strict=True))
    if _base(language) == _base(own):
        found |= {key: text for key, text in of_document.items() if key in KEYS}
    return found


def _base(language: str) -> str:
    return language.split("-")[0].lower()
