"""From a `_brand.yml` to a theme whose every value is concrete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from builder.diagnostics import NOWHERE, Code, Diagnostics, Severity, Span, did_you_mean
from builder.plain_files import as_text
from builder.theme.colours import LEGIBLE, contrast
from builder.theme.dark import AFTER_DARK, READ_AFTER_DARK
from builder.theme.fontfiles import FontFinder
from builder.theme.logo import find_logo
from builder.theme.model import (
    ChartLook,
    Colour,
    FontFamily,
    Grid,
    Motif,
    Page,
    Tab,
    TableLook,
    TextStyle,
    Theme,
)
from builder.theme.palette import Palette
from builder.theme.paths import BRAND, find_theme, shown_folder
from builder.theme.paths import default_search as default_search
from builder.theme.paths import shipped_templates as shipped_templates
from builder.theme.profile import find_profile
from builder.theme.reading import read_text
from builder.theme.shortcomings import (
    tell_fewer_fallbacks,
    tell_plain_code,
    tell_shortcomings,
    tell_unread,
)
from builder.theme.source import Brand, Briefing, TextOptions
from builder.theme.source import Chart as SourceChart
from builder.theme.typefaces import Typefaces, guess_generic
from builder.theme.voices import Voices, styles
from builder.units import Length
from builder.yaml_source import Path as Keys
from builder.yaml_source import Yaml, check, read_yaml

SHIPPED = "strand"
_OURS: Keys = ("defaults", "briefing")

T = TypeVar("T")


def load_theme(
    name_or_path: str | Path,
    search: Sequence[Path],
    log: Diagnostics,
    *,
    at: Span = NOWHERE,
    project: Path | None = None,
) -> Theme | None:
    """Give the theme of this name in one of the folders, or the one at this path.

    What its file leaves out is derived or taken from the shipped theme. None, with errors, where
    there is no such theme or its file is wrong. Findings in a theme inside `project` name its files
    from there.
    """
    folder = _find(name_or_path, search, log, at)
    if folder is None:
        return None
    errors = _errors(log)
    behind = shipped_templates() / SHIPPED
    shown = shown_folder(folder, name_or_path, project)
    shipped = _read(behind, shown if folder.samefile(behind) else SHIPPED, log)
    own = shipped if shipped and folder.samefile(behind) else _read(folder, shown, log)
    if own is None or shipped is None:
        return None
    theme = _Resolver(own, shipped, log).theme()
    return theme if _errors(log) == errors else None


@dataclass(frozen=True, slots=True)
class _Read:
    """A brand file as read."""

    folder: Path
    brand: Brand
    places: Yaml
    shown: str

    @property
    def ours(self) -> Briefing:
        return self.brand.defaults.briefing


def _find(
    name_or_path: str | Path, search: Sequence[Path], log: Diagnostics, at: Span
) -> Path | None:
    folder = find_theme(name_or_path, search)
    if folder is not None:
        return folder.resolve()
    path = Path(name_or_path)
    direct = path.parent if path.name == BRAND else path
    found = {theme.parent.name for folder in search for theme in folder.glob(f"*/{BRAND}")}
    beside = {theme.parent.as_posix() for theme in direct.parent.glob(f"*/{BRAND}")}
    known = sorted(found | (beside if len(path.parts) > 1 else set()))
    log.error(
        Code.THEME_MISSING,
        f"there is no theme {str(name_or_path)!r}",
        at=at,
        hint=did_you_mean(
            path.as_posix(), known, otherwise=f"known here: {', '.join(sorted(found))}"
        ),
    )
    return None


def _read(folder: Path, folder_shown: str, log: Diagnostics) -> _Read | None:
    shown = f"{folder_shown}/{BRAND}"
    text = read_text(folder / BRAND, shown, log)
    if text is None:
        return None
    places = read_yaml(text, shown, log)
    if places is None:
        return None
    if places.data is None:
        log.error(
            Code.KEY_MISSING,
            f"the file is empty: the keys {', '.join(Brand.model_fields)} are all missing",
            at=places.span(),
            hint="write at least 'color: {primary: …}'",
        )
        return None
    brand = check(Brand, places, log)
    return _Read(folder, brand, places, folder_shown) if brand is not None else None


class _Resolver:
    """Makes a theme of a brand file, with the shipped one behind it."""

    def __init__(self, own: _Read, shipped: _Read, log: Diagnostics) -> None:
        self.brand, self.folder, self.places = own.brand, own.folder, own.places
        self.shown = own.shown
        self.own, self.base, self.log = own.ours, shipped.ours, log
        self.is_shipped = own is shipped or own.brand == shipped.brand  # a cluster's worker has it
        self.shipped = shipped
        self.colourless = not own.brand.color.model_fields_set and own.ours.colors is None
        colours = shipped if self.colourless else own
        self.palette = Palette(colours.brand, colours.places, log)
        self.typefaces = Typefaces(
            own.folder,
            own.brand.typography.fonts,
            (*(own.ours.fonts or ()), *(shipped.ours.fonts or ())),
            FontFinder(),
            log,
        )

    def theme(self) -> Theme:
        own, base = self.own, self.base
        fonts = range(len(self.brand.typography.fonts))
        if not self.is_shipped:
            tell_unread(self.brand.typography, self.places, self.log)
        self.typefaces.check_files([self.places.span(("typography", "fonts", i)) for i in fonts])
        voices = self._voices()
        rules, box = _first(own.rules, base.rules), _first(own.box, base.box)
        table = _first(own.table, base.table)
        return Theme(
            self._name(),
            self.folder,
            self.palette.all(),
            self._styles(voices),
            voices.serif,
            voices.sans,
            voices.code,
            self._fallbacks(),
            {n: Page(**dict(p)) for n, p in {**(base.pages or {}), **(own.pages or {})}.items()},
            self._grid(),
            rules.hair,
            rules.strong,
            self._tab(),
            box.padding,
            box.bar,
            self._chart(),
            self._motif(),
            self.palette.slots(),
            bool(_first(own.hyphenate, base.hyphenate)),
            find_logo(self.brand.logo, self.folder, self.places, self.log),
            {**(base.words or {}), **(own.words or {})} or None,
            own.version or "",
            tuple(dict.fromkeys((self.folder, self.shipped.folder))),
            self._contrast(),
            TableLook(**dict(table)),
            self._profile(),
            bool(_first(own.facing, base.facing)),
            self.shown,
            self._dark(),
        )

    def _dark(self) -> dict[str, Colour]:
        named = self.own.dark or {}
        found = {}
        for name, written in named.items():
            role = name.replace("-", "_")
            if role not in AFTER_DARK:
                self.log.error(
                    Code.KEY_UNKNOWN,
                    f"no colour role of dark screens is called {name!r}",
                    at=self.places.span((*_OURS, "dark", name)),
                    hint=did_you_mean(
                        role, AFTER_DARK, otherwise=f"the roles are {', '.join(AFTER_DARK)}"
                    ),
                )
                continue
            found[role] = self._colour(written, "dark", name)
        self._tell_faint(found)
        return found

    def _tell_faint(self, given: dict[str, Colour]) -> None:
        """Warn of dark colours of the theme's own that cannot be read on each other."""
        grounds = [given[name] for name in ("paper", "sand", "mist") if name in given]
        texts = [c for name, c in given.items() if name in READ_AFTER_DARK]
        for name, ground in ((text, ground) for text in texts for ground in grounds):
            ratio = contrast(name.hex, ground.hex)
            if ratio < LEGIBLE:
                self.log.warning(
                    Code.CONTRAST_LOW,
                    f"dark: #{name.hex} on #{ground.hex} has a contrast of {ratio:.2f} : 1",
                    at=self.places.span((*_OURS, "dark")),
                    hint=f"make one of the two lighter or darker: text needs {LEGIBLE} : 1",
                )

    def _profile(self) -> Path | None:
        press = self.own.print
        at = self.places.value_span((*_OURS, "print", "icc"))
        return find_profile(press.icc if press else None, self.folder, at, self.log)

    def _name(self) -> str:
        name = self.brand.meta.name
        if isinstance(name, str):
            return name or as_text(self.folder.name)
        return name.get("short") or name.get("full") or as_text(self.folder.name)

    def _colour(self, name: str, *keys: str | int) -> Colour:
        return self.palette.colour(name, self.places.value_span((*_OURS, *keys)))

    def _grid(self) -> Grid:
        columns = _first(self.own.grid, self.base.grid)
        full = Length(columns.side + columns.gutter + columns.main)
        return Grid(columns.side, columns.gutter, columns.main, full)

    def _tab(self) -> Tab:
        tab = _first(self.own.tab, self.base.tab)
        return Tab(tab.width, tab.height, self._colour(tab.color, "tab", "color"))

    def _motif(self) -> Motif:
        motif = _first(self.own.motif, self.base.motif)
        fills = (self._colour(f, "motif", "fills", i) for i, f in enumerate(motif.fills))
        peak = self._colour(motif.peak, "motif", "peak")
        return Motif(tuple(fills), peak, motif.gap, motif.max_height)

    def _chart(self) -> ChartLook:
        base = _first(self.base.chart, None)
        own = self.own.chart or SourceChart()
        names = own.series or ((base.series or []) if self.colourless else [])
        series = tuple(self._colour(n, "chart", "series", i) for i, n in enumerate(names))

        def chosen(key: str, instead: str) -> Colour:
            if given := getattr(own, key):
                return self._colour(given, "chart", key)
            name = getattr(base, key)
            return self._colour(name if self.palette.knows(name) else instead, "chart", key)

        return ChartLook(
            series or self.palette.series,
            chosen("single", "accent"),
            chosen("highlight", "accent_2"),
            chosen("context", "rule"),
            chosen("axis", "muted"),
            chosen("grid", "rule"),
            _first(own.gap_print, base.gap_print),
            _first(own.gap_deck, base.gap_deck),
        )

    def _voices(self) -> Voices:
        """Choose the four typefaces; one that is not to be had is replaced by the shipped."""
        shipped = self.shipped.brand.typography
        serif = self._shipped(shipped.base)
        sans = self._shipped(self.base.labels)
        typography = self.brand.typography
        at = ("typography",)
        text = self._family(typography.base, (*at, "base"), serif, serif, sans)
        follow = text if typography.base and typography.base.family else serif
        titles = self._family(typography.headings, (*at, "headings"), follow, serif, sans)
        kin = next((f for f in (text, titles) if f.generic != "serif"), text)
        plain = kin if {text, titles} - {serif} else sans
        labels = self._family(self.own.labels, (*_OURS, "labels"), plain, serif, sans)
        mono = shipped.monospace.family if shipped.monospace else None
        code = self.typefaces.find(mono or "") or labels
        wanted = typography.monospace or typography.monospace_block
        if code is labels and mono and not (wanted and wanted.family):
            tell_plain_code(mono, labels, self.places.span(), self.log)
        code = self._family(wanted, (*at, "monospace"), code, code, code)
        return Voices(text, titles, labels, code)

    def _shipped(self, options: TextOptions | None) -> FontFamily:
        name = options.family if options else None
        family = self.typefaces.find(name or "")
        if family is None:
            raise FileNotFoundError(f"the shipped typeface {name!r} is not installed")
        return family

    def _family(
        self,
        options: TextOptions | None,
        keys: Keys,
        unsaid: FontFamily,
        serif: FontFamily,
        sans: FontFamily,
    ) -> FontFamily:
        name = options.family if options else None
        if not name:
            return unsaid
        instead = serif if guess_generic(name) == "serif" else sans
        at = self.places.value_span((*keys, "family"))
        found = self.typefaces.find_or_replace(name, instead, at, quiet=self.is_shipped)
        if not self.is_shipped and found is not instead:
            tell_shortcomings(found, at, self.log)
        return found

    def _fallbacks(self) -> tuple[FontFamily, ...]:
        names = _first(self.own.fallbacks, self.base.fallbacks)
        for i, name in enumerate(self.own.fallbacks or ()):
            if not self.is_shipped and self.typefaces.find(name) is None:
                at = self.places.span((*_OURS, "fallbacks", i))
                message = f"the fallback typeface {name!r} is not on this machine"
                self.log.warning(Code.FONT_MISSING, message, at=at, hint="install it")
        found = {name: self.typefaces.find(name) for name in names}
        lacking = [name for name, family in found.items() if family is None]
        if lacking and (self.is_shipped or self.own.fallbacks is None):
            tell_fewer_fallbacks(lacking, self.log)
        return tuple(family for family in found.values() if family is not None)

    def _styles(self, voices: Voices) -> dict[str, TextStyle]:
        own = self.own.type or {}
        headings = self.brand.typography.headings
        heading = None
        if headings is not None and headings.color:
            at = self.places.value_span(("typography", "headings", "color"))
            heading = self.palette.legible(headings.color, at)
        for role, style in own.items():
            if style.color:
                self._colour(style.color, "type", role, "color")
        return styles(
            self.base.type or {},
            own,
            voices,
            self.brand.typography,
            lambda name: self.palette.colour(name, NOWHERE),
            heading,
        )

    def _contrast(self) -> tuple[tuple[str, str], ...]:
        """Give the pairs that must be legible; warn where the author's own colours are not."""
        pairs = tuple(_first(self.own.contrast, self.base.contrast))
        for text, ground in pairs:
            colours = [self._colour(name, "contrast") for name in (text, ground)]
            ratio = contrast(*(colour.hex for colour in colours))
            if ratio < LEGIBLE:
                self.log.warning(
                    Code.CONTRAST_LOW,
                    f"{text} on {ground} has a contrast of {ratio:.2f} : 1",
                    at=self.places.span((*_OURS, "colors", text)),
                    hint=f"make one of the two lighter or darker: text needs {LEGIBLE} : 1",
                )
        return pairs


def _first(own: T | None, base: T | None) -> T:
    """Give what the theme says, else what the shipped one does, which says everything."""
    chosen = own if own is not None else base
    if chosen is None:
        raise ValueError("the shipped theme leaves something out")
    return chosen


def _errors(log: Diagnostics) -> int:
    return sum(d.severity is Severity.ERROR for d in log)
