"""A theme's colours by name: the brand file's own, the standard's, and those of our roles."""

from __future__ import annotations

from collections.abc import Mapping

from builder.diagnostics import NOWHERE, Code, Diagnostics, Span, did_you_mean
from builder.theme.colours import legible, parse, placed
from builder.theme.derive import derive_roles, derive_series, on_paper
from builder.theme.model import ROLES, SLOTS, Colour, Slot
from builder.theme.source import Brand
from builder.yaml_source import Path, Yaml

STANDARD = (
    "foreground",
    "background",
    "primary",
    "secondary",
    "tertiary",
    "success",
    "info",
    "warning",
    "danger",
    "light",
    "dark",
    "link",
)

_SLOTS: Mapping[Slot, str] = {
    "dk1": "ink",
    "lt1": "paper",
    "dk2": "accent_deep",
    "lt2": "sand",
    "accent1": "accent",
    "accent2": "accent_2",
    "folHlink": "muted",
}
_UNKNOWN = "808080"  # stands in for a colour that has been diagnosed


class Palette:
    """Resolves colour names, and diagnoses those that nobody has defined."""

    def __init__(self, brand: Brand, places: Yaml, log: Diagnostics) -> None:
        self._log = log
        self._values: dict[str, str] = {}
        self._brand = brand
        self._places = places
        self._unknown: set[str] = set()  # names that have been diagnosed
        for name in brand.color.palette:
            self._values[name] = self._own(name, ())
        own = dict(self._values)
        standard: Mapping[str, str] = {
            name: self._lookup(written, places.value_span(("color", name)))
            for name in STANDARD
            if (written := getattr(brand.color, name))
        }
        self._values |= dict(standard)
        ours = brand.defaults.briefing
        given = {
            self._role(name): self._lookup(written, self._at("colors", name))
            for name, written in (ours.colors or {}).items()
        }
        if "paper" not in given:
            standard = self._on_paper(standard)
        derived = derive_roles(standard, own.values(), given)
        self._values |= derived
        roles = {role: self._values[role] for role in ROLES}
        series = derive_series(roles, standard, own.values())
        self._tell_adjusted(standard, derived, given)
        self._slots = self._slot_values(ours.slots or {}, series)
        self.series = tuple(self._placed(f"series_{i}", c) for i, c in enumerate(series, start=1))

    def colour(self, name: str, at: Span) -> Colour:
        """Give the colour of a name, or of "#16202A"; of an unknown name a grey, with an error."""
        return self._placed(name, self._lookup(name, at))

    def legible(self, name: str, at: Span) -> Colour:
        """Give a colour for text on the page and in boxes: darker than named, if it has to be."""
        return self._placed(name, self._legible(name, at))

    def knows(self, name: str) -> bool:
        """Tell whether a name stands for a colour of this palette."""
        return name in self._values

    def all(self) -> Mapping[str, Colour]:
        """Give every named colour; our roles stand above the author's names."""
        return {name: self._placed(name, value) for name, value in self._values.items()}

    def slots(self) -> Mapping[Slot, Colour]:
        """Give the twelve theme colours of Office."""
        return {slot: Colour(slot, self._slots[slot], slot, slot) for slot in SLOTS}

    def _placed(self, name: str, value: str) -> Colour:
        return placed(name, value, self._slots)

    def _lookup(self, name: str, at: Span) -> str:
        value = self._values.get(name) or self._values.get(name.replace("-", "_")) or parse(name)
        if value is None:
            known = sorted(self._values)
            self._log.error(
                Code.COLOUR_UNKNOWN,
                f"no colour is called {name!r}",
                at=at,
                hint=did_you_mean(name, known, otherwise=f"the theme has {', '.join(known)}"),
            )
            self._unknown.add(name)
        return value or _UNKNOWN

    def _own(self, name: str, above: tuple[str, ...]) -> str:
        """Give a palette entry's value; an entry may name another."""
        written = self._brand.color.palette[name]
        if written not in self._brand.color.palette or written in (*above, name):
            at = self._places.value_span(("color", "palette", name))
            return parse(written) or self._unknown_entry(name, written, at)
        value = self._own(written, (*above, name))
        self._unknown |= {name} if written in self._unknown else set()
        return value

    def _unknown_entry(self, name: str, written: str, at: Span) -> str:
        self._unknown.add(name)
        names = sorted(self._brand.color.palette)
        hint = did_you_mean(written, names, otherwise='write a colour such as "#16202A"')
        self._log.error(Code.COLOUR_UNKNOWN, f"{written!r} is no colour", at=at, hint=hint)
        return _UNKNOWN

    def _role(self, name: str) -> str:
        role = name.replace("-", "_")
        if role not in ROLES:
            self._log.error(
                Code.KEY_UNKNOWN,
                f"no colour role is called {name!r}",
                at=self._places.span(("defaults", "briefing", "colors", name)),
                hint=did_you_mean(role, ROLES, otherwise=f"the roles are {', '.join(ROLES)}"),
            )
        return role

    def _slot_values(self, named: Mapping[Slot, str], series: tuple[str, ...]) -> dict[Slot, str]:
        values: dict[Slot, str] = {}
        for slot in SLOTS:
            if slot in named:
                values[slot] = self._lookup(named[slot], self._at("slots", slot))
            elif slot == "hlink":
                values[slot] = self._link()
            elif slot in _SLOTS:
                values[slot] = self._values[_SLOTS[slot]]
            else:
                values[slot] = series[int(slot.removeprefix("accent")) - 1]
        return values

    def _link(self) -> str:
        """Give the colour of links: typography's, else that of `color`, else our accent."""
        link = self._brand.typography.link
        if link is not None and link.color:
            at = self._places.value_span(("typography", "link", "color"))
            return self._legible(link.color, at)
        return self._legible("link" if self.knows("link") else "accent", NOWHERE)

    def _legible(self, name: str, at: Span) -> str:
        grounds = [self._values[role] for role in ("paper", "sand", "mist")]
        return legible(self._lookup(name, at), grounds)

    def _on_paper(self, standard: Mapping[str, str]) -> Mapping[str, str]:
        turned = on_paper(standard)
        if turned is not standard:
            self._log.note(
                Code.FORMAT_CANNOT_SHOW,
                f"background #{standard['background']} is dark: pages are white, covers have it",
                at=self._places.value_span(("color", "background")),
                hint="to have it on slides, write defaults: {briefing: {colors: {paper: …}}}",
            )
        return turned

    def _tell_adjusted(
        self, standard: Mapping[str, str], derived: Mapping[str, str], given: Mapping[str, str]
    ) -> None:
        for name, role in (("foreground", "ink"), ("primary", "accent")):
            if role in given or name not in standard or standard[name] == derived[role]:
                continue
            if getattr(self._brand.color, name) in self._unknown:
                continue  # the grey that stands in for it says nothing
            self._log.note(
                Code.CONTRAST_LOW,
                f"{name} #{standard[name]} is too faint for text: #{derived[role]} is used",
                at=self._places.value_span(("color", name)),
                hint=f"to choose yourself, write defaults: {{briefing: {{colors: {{{role}: …}}}}}}",
            )

    def _at(self, *keys: str) -> Span:
        path: Path = ("defaults", "briefing", *keys)
        return self._places.value_span(path)
