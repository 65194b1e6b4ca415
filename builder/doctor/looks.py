"""The theme: its files, its fonts, why each was chosen, and what each can show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import jinja2

from builder.diagnostics import Code, Diagnostic, Diagnostics, Severity
from builder.doctor.remark import Chapter, Remark, State
from builder.doctor.web import web
from builder.limits import LARGEST_TEXT
from builder.plain_files import read_plain
from builder.theme.fontfiles import FontFinder
from builder.theme.fonts import FontBook
from builder.theme.model import Face, FontFamily, Theme

ALPHABETS = {
    "English": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789“”‘’–—…",
    "German": "ÄÖÜäöüß„“",
    "French": "ÀÂÆÇÈÉÊËÎÏÔŒÙÛÜŸàâæçèéêëîïôœùûüÿ«»",
    "Turkish": "ÇĞİÖŞÜçğıöşü",
    "Azerbaijani": "ÇƏĞİÖŞÜçəğıöşü",
    "Russian": "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя«»",
    "Hebrew": "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
    "transliteration": "ʾʿāīūḥḍṣṭẓḏḫġš",
    "arrows": "←↑→↓↔",
    "signs of money": "€£¥$₪₼₽",
}
_LANGUAGES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "tr": "Turkish",
    "az": "Azerbaijani",
    "ru": "Russian",
    "he": "Hebrew",
}
_STATES = {
    Severity.ERROR: State.BROKEN,
    Severity.WARNING: State.OPTIONAL,
    Severity.NOTE: State.WELL,
}


def looks(theme: Theme, log: Diagnostics, language: str) -> Iterator[Chapter]:
    """Look at a theme that has been read with the findings in `log`."""
    yield Chapter(f"Theme {theme.name}", (*_findings(log), *_files(theme)))
    yield Chapter("Fonts", tuple(_fonts(theme, log)))
    yield Chapter("Characters", tuple(_alphabets(theme, language)))
    yield Chapter("Page for the web (-t html)", tuple(web(theme)))


def _findings(log: Diagnostics) -> Iterator[Remark]:
    for found in log.sorted():
        state = _STATES[found.severity]
        yield Remark(
            f"{found.at}: {found.message}", state, found.hint if state != State.WELL else ""
        )


def _files(theme: Theme) -> Iterator[Remark]:
    """Tell of each file that a theme may have where it comes from, and whether it can be read."""
    shipped = theme.search[-1] if theme.search else theme.folder
    yield Remark(f"_brand.yml: {theme.folder / '_brand.yml'}")
    for name in sorted(
        p.name for p in shipped.iterdir() if p.suffix == ".j2" or p.name == "layouts.yml"
    ):
        home = next((f for f in (theme.folder, shipped) if (f / name).is_file()), shipped)
        whose = "its own" if home == theme.folder else "the shipped theme's"
        fault = _template_fault(home / name)
        if fault:
            yield Remark(
                f"{name}: {fault}", State.BROKEN, f"compare it with the one in {shipped.name}"
            )
        else:
            yield Remark(f"{name}: {whose}")
    yield from _layouts(theme)


def _template_fault(path: Path) -> str:
    if path.suffix != ".j2":
        return ""
    try:
        jinja2.Environment().parse(read_plain(path, LARGEST_TEXT).decode())
    except (OSError, UnicodeDecodeError) as fault:
        return str(fault)
    except jinja2.TemplateSyntaxError as fault:
        return f"line {fault.lineno}: {fault.message}"
    return ""


def _layouts(theme: Theme) -> Iterator[Remark]:
    from builder.deck.layouts import load_layouts

    log = Diagnostics()
    layouts = load_layouts(theme, log)
    yield from _findings(log)
    if layouts is not None:
        yield Remark("the slide layouts are complete")


# ---------------------------------------------------------------- fonts


def _fonts(theme: Theme, log: Diagnostics) -> Iterator[Remark]:
    book = FontBook(theme)
    replaced = [found for found in log if found.code is Code.FONT_MISSING]
    finder = FontFinder()
    voices = {"text": theme.serif, "labels": theme.sans, "code": theme.mono}
    for family in theme.families:
        used = [voice for voice, face in voices.items() if face == family]
        used = used or sorted(s.role for s in theme.styles.values() if s.family == family)[:3]
        yield Remark(
            f"{family.name}, for {', '.join(used)}: {_why(family, theme, replaced)}",
            details=tuple(_face(face, book) for face in family.faces),
        )
        if not finder.system(family.name):
            yield Remark(
                f"{family.name} is not installed for other programs",
                State.OPTIONAL,
                "install the fonts, so that Word and PowerPoint show them: make setup",
            )
    for family in theme.fallbacks:
        yield Remark(
            f"{family.name}, for characters that those lack: {_why(family, theme, [])}",
            details=(_face(family.face(), book),),
        )


def _why(family: FontFamily, theme: Theme, replaced: list[Diagnostic]) -> str:
    """Say where a typeface comes from, and in whose place it stands."""
    path = family.faces[0].path
    package = re.search(r"site-packages/([^/]+)/", path.as_posix())
    if package:
        origin = f"from the Python package {package[1]}"
    elif path.is_relative_to(theme.folder):
        origin = "from the theme's own folder"
    else:
        origin = f"as installed in {path.parent}"
    instead = [f.message for f in replaced if f.message.endswith(f"{family.name} is used")]
    return "; ".join([origin, *instead])


def _face(face: Face, book: FontBook) -> str:
    lacks = [name for name, letters in ALPHABETS.items() if not book.covers(face, letters)]
    slope = " italic" if face.italic else ""
    shown = f"{face.weight}{slope}: {len(book.characters(face)):,} characters, {face.path.name}"
    return f"{shown}; not all of {', '.join(lacks)}" if lacks else shown


def _alphabets(theme: Theme, language: str) -> Iterator[Remark]:
    """Tell, alphabet by alphabet, what no font has; the briefing's own one must be there."""
    book = FontBook(theme)
    own = _LANGUAGES.get(language.split("-")[0].lower(), "")
    for name, letters in ALPHABETS.items():
        missing = sorted(book.missing(letters))
        if not missing:
            homes = dict.fromkeys(family.name for c in letters if (family := book.family_for(c)))
            yield Remark(f"{name}: {', '.join(homes)}")
            continue
        state = State.BROKEN if name == own else State.OPTIONAL
        cure = "install a font that has them (make setup brings Noto) and name it under fallbacks"
        yield Remark(f"{name}: no font has {' '.join(missing[:8])}", state, cure)
