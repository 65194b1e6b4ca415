"""The words that the builder itself writes, in the languages it knows."""

from __future__ import annotations

from collections.abc import Mapping

from builder.diagnostics import Code, Diagnostics, did_you_mean
from builder.yaml_source import Yaml

KEYS = (
    "figure",
    "table",
    "section",
    "contents",
    "source",
    "note",
    "tip",
    "warning",
    "caution",
    "important",
    "key_points",
    "references",
    "page",
    "at_a_glance",
    "agenda",
    "sources",
    "closing",
    "figures_and_tables",
    "about",
    "continued",
    "contact",
    "more_works",
    "date",
    "events",
    "draft",
    "skip",
    "notes",
    "back_to_text",
    "data_table",
    "dark_colours",
)

_WORDS = {
    "en": "Figure|Table|Section|Contents|Source|Note|Tip|Warning|Caution|Important|Key points"
    "|References|Page|At a glance|Agenda|Sources|Closing|Figures and tables|About this briefing"
    "|continued|Contact|… and {} more works in the report"
    "|Date|Events|Draft"
    "|Skip to the text|Notes|Back to the text|The data as a table|Dark colours",
    "de": "Abbildung|Tabelle|Abschnitt|Inhalt|Quelle|Hinweis|Tipp|Warnung|Vorsicht|Wichtig"
    "|Kernpunkte|Literatur|Seite|Auf einen Blick|Ablauf|Quellen|Schluss"
    "|Abbildungen und Tabellen|Über dieses Papier|Fortsetzung|Kontakt"
    "|… und {} weitere Werke im Bericht"
    "|Datum|Ereignisse|Entwurf"
    "|Zum Text springen|Anmerkungen|Zurück zum Text|Die Daten als Tabelle|Dunkle Farben",
    "fr": "Figure|Tableau|Section|Sommaire|Source|Note|Conseil|Avertissement|Attention|Important"
    "|Points clés|Références|Page|En bref|Ordre du jour|Sources|Conclusion|Figures et tableaux"
    "|À propos de cette note|suite|Contact|… et {} autres dans le rapport"
    "|Date|Événements|Brouillon"
    "|Aller au texte|Notes|Retour au texte|Les données en tableau|Couleurs sombres",
    "ru": "Рисунок|Таблица|Раздел|Содержание|Источник|Примечание|Совет|Предупреждение|Осторожно"
    "|Важно|Главное|Литература|Страница|Коротко|Повестка|Источники|Заключение|Рисунки и таблицы"
    "|Об этом обзоре|продолжение|Контакты|… и ещё {} в отчёте"
    "|Дата|События|Черновик"
    "|Перейти к тексту|Примечания|Назад к тексту|Данные в таблице|Тёмные цвета",
    "tr": "Şekil|Tablo|Bölüm|İçindekiler|Kaynak|Not|İpucu|Uyarı|Dikkat|Önemli|Önemli noktalar"
    "|Kaynakça|Sayfa|Bir bakışta|Gündem|Kaynaklar|Kapanış|Şekiller ve tablolar"
    "|Bu rapor hakkında|devamı|İletişim|… ve raporda {} kaynak daha"
    "|Tarih|Olaylar|Taslak"
    "|Metne geç|Notlar|Metne dön|Tablo olarak veriler|Koyu renkler",
    "az": "Şəkil|Cədvəl|Bölmə|Mündəricat|Mənbə|Qeyd|Məsləhət|Xəbərdarlıq|Diqqət|Vacib"
    "|Əsas məqamlar|Ədəbiyyat|Səhifə|Bir baxışda|Gündəlik|Mənbələr|Yekun"
    "|Şəkillər və cədvəllər|Bu icmal haqqında|davamı|Əlaqə|… və hesabatda daha {} mənbə"
    "|Tarix|Hadisələr|Qaralama"
    "|Mətnə keç|Qeydlər|Mətnə qayıt|Verilənlər cədvəl şəklində|Tünd rənglər",
    "he": "איור|טבלה|סעיף|תוכן העניינים|מקור|הערה|עצה|אזהרה|זהירות|חשוב|נקודות עיקריות"
    "|מקורות וספרות|עמוד|במבט מהיר|סדר היום|מקורות|סיכום|איורים וטבלאות|על מסמך זה|המשך|יצירת קשר"
    "|… ועוד {} בדוח"
    "|תאריך|אירועים|טיוטה"
    "|דילוג אל הטקסט|הערות|חזרה לטקסט|הנתונים כטבלה|צבעים כהים",
}

LANGUAGES = tuple(_WORDS)


def words_for(
    language: str,
    of_theme: Mapping[str, Mapping[str, str]] | None,
    of_project: Mapping[str, str] | None,
    log: Diagnostics,
    *,
    places: Yaml | None = None,
) -> Mapping[str, str]:
    """Give every fixed word in a language: the project's, else the theme's, else ours.

    "en-GB" finds the words of "en-GB", then those of "en"; a language that nobody knows is noted,
    and has English words. Keys may be written with hyphens. The project may name no words but ours
    and the theme's; `places` is its briefing.yml, for what is wrong there.
    """
    places = places or Yaml({}, "briefing.yml")
    base = language.split("-")[0].lower()
    own = of_theme or {}
    if base not in _WORDS and not any(name.split("-")[0].lower() == base for name in own):
        log.note(
            Code.LANGUAGE_UNKNOWN,
            f"there are no fixed words for the language {language!r}: they are English",
            at=places.value_span(("language",)),
            hint=f"give them as 'words:' in briefing.yml; built in are {', '.join(LANGUAGES)}",
        )
    found = dict(zip(KEYS, _WORDS.get(base, _WORDS["en"]).split("|"), strict=True))
    for words in (own.get(base, {}), own.get(language, {})):
        found |= {key.replace("-", "_"): text for key, text in words.items()}
    for key in of_project or {}:
        if key.replace("-", "_") not in found:
            known = [name.replace("_", "-") for name in found]
            log.error(
                Code.KEY_UNKNOWN,
                f"no fixed word is called {key!r}",
                at=places.span(("words", key)),
                hint=did_you_mean(key, known, otherwise=f"there are {', '.join(known)}"),
            )
    return found | {key.replace("-", "_"): text for key, text in (of_project or {}).items()}
