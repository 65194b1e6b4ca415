"""The slides' layouts as the theme's `layouts.yml` has them, every measure and colour concrete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from builder.deck.layout import (
    Box,
    Bullet,
    Insets,
    Layout,
    Layouts,
    LayoutShape,
    Placeholder,
)
from builder.deck.layout_source import (
    LayoutSource,
    LayoutsSource,
    Rectangle,
    ShapeSource,
    SlotSource,
    TextSource,
)
from builder.diagnostics import Code, Diagnostics, did_you_mean
from builder.theme.model import Colour, FontFamily, TextStyle, Theme
from builder.theme.paths import shown_file
from builder.theme.reading import read_text
from builder.units import Length
from builder.yaml_source import Path as Keys
from builder.yaml_source import Yaml, check, read_yaml

FILE = "layouts.yml"
REQUIRED = (
    "title",
    "summary",
    "agenda",
    "divider",
    "bullets",
    "bullets-box",
    "bullets-lead",
    "comparison",
    "chart",
    "chart-call",
    "table",
    "numbers",
    "numbers-plain",
    "quote",
    "timeline",
    "diagram",
    "picture",
    "picture-call",
    "picture-side",
    "sources",
    "closing",
)
"""The layouts that composition may ask for, besides their variants for other counts."""


def load_layouts(theme: Theme, log: Diagnostics) -> Layouts | None:
    """Read the theme's `layouts.yml`, or the shipped one; None, with errors, where it is wrong."""
    path = _find(theme)
    if path is None:
        log.error(
            Code.FILE_MISSING,
            f"the theme {theme.name!r} has no {FILE}",
            hint=f"copy {FILE} of the shipped theme into its folder",
        )
        return None
    shown = shown_file(path, theme)
    text = read_text(path, shown, log)
    if text is None:
        return None
    places = read_yaml(text, shown, log)
    source = check(LayoutsSource, places, log) if places is not None else None
    if places is None or source is None:
        return None
    return _Resolver(source, places, theme, log).layouts()


def _find(theme: Theme) -> Path | None:
    folders = (theme.folder, *theme.search)
    return next((f / FILE for f in folders if (f / FILE).is_file()), None)


class _Resolver:
    """Makes layouts of their source."""

    def __init__(self, source: LayoutsSource, places: Yaml, theme: Theme, log: Diagnostics) -> None:
        self.source, self.places, self.theme, self.log = source, places, theme, log
        self.faulty = False

    def layouts(self) -> Layouts | None:
        frame = self.source.frame
        master_slots = {
            name: self._slot(name, slot, ("frame", "slots", name))
            for name, slot in frame.slots.items()
        }
        made = {
            name: self._layout(name, self._inherited(name), master_slots)
            for name in self.source.layouts
        }
        shapes = self._shapes(frame.shapes, ("frame", "shapes"))
        for name in (n for n in REQUIRED if n not in made):
            self._fault(Code.KEY_MISSING, f"the layout {name!r} is missing", ("layouts",))
        width, height = (Length.from_inches(n) for n in self.source.size)
        return None if self.faulty else Layouts(width, height, shapes, master_slots, made)

    def _inherited(self, name: str, seen: tuple[str, ...] = ()) -> LayoutSource:
        own = self.source.layouts[name]
        if own.like is None:
            return own
        if own.like not in self.source.layouts or own.like in seen:
            hint = did_you_mean(own.like, self.source.layouts)
            where: Keys = ("layouts", name, "like")
            self._fault(Code.VALUE_INVALID, f"no other layout is called {own.like!r}", where, hint)
            return own
        base = self._inherited(own.like, (*seen, name))
        return own.model_copy(
            update={
                "ground": own.ground or base.ground,
                "frame": own.frame if own.frame is not None else base.frame,
                "shapes": {**base.shapes, **own.shapes},
                "slots": {**base.slots, **own.slots},
                "styles": {**base.styles, **own.styles},
                "areas": {**base.areas, **own.areas},
                "rules": {**base.rules, **own.rules},
                "repeat": own.repeat or base.repeat,
                "padding": own.padding or base.padding,
            }
        )

    def _layout(self, name: str, source: LayoutSource, master: Mapping[str, Placeholder]) -> Layout:
        keys: Keys = ("layouts", name)
        frame = tuple(source.frame if source.frame is not None else master)
        ground = self._colour(source.ground, (*keys, "ground")) if source.ground else None
        slots = {slot: self._on(ground, master[slot]) for slot in frame if slot in master}
        own = {
            slot: self._resized(self._slot(slot, given, (*keys, "slots", slot)), source)
            for slot, given in source.slots.items()
        }
        if "source" in slots:  # the source stands below everything: last but for the footer
            order = ("title", *own, "source", "date", "footer", "number")
            both = {**slots, **own}
            own = {slot: both[slot] for slot in order if slot in both}
        elif "title" in slots:
            own = {"title": slots.pop("title"), **own, **slots}
        else:
            own = {**own, **slots}
        shapes = self._shapes(source.shapes, (*keys, "shapes"))
        if source.repeat is not None:
            own, rules = self._repeated(own, source, keys)
            shapes += rules
        return Layout(
            name,
            source.name,
            ground,
            frame,
            shapes,
            own,
            {k: self._style(s, (*keys, "styles", k), k) for k, s in source.styles.items()},
            {k: _box(area) for k, area in source.areas.items()},
            _pair(source.padding),
        )

    def _on(self, ground: Colour | None, slot: Placeholder) -> Placeholder:
        """Give one of the master's slots in a colour that is legible on a dark ground."""
        if ground is None or not _is_dark(ground):
            return slot
        return replace(slot, style=replace(slot.style, colour=self.theme.colour("on_dark_2")))

    def _resized(self, slot: Placeholder, source: LayoutSource) -> Placeholder:
        width, height = source.widths.get(slot.slot), source.heights.get(slot.slot)
        box = slot.box
        if width is not None:
            box = replace(box, width=Length.from_inches(width))
        if height is not None:
            box = replace(box, height=Length.from_inches(height))
        return replace(slot, box=box)

    def _repeated(
        self, slots: Mapping[str, Placeholder], source: LayoutSource, keys: Keys
    ) -> tuple[dict[str, Placeholder], tuple[LayoutShape, ...]]:
        repeat = source.repeat
        assert repeat is not None, "asked only where slots repeat"
        made: dict[str, Placeholder] = {}
        for name, slot in slots.items():
            if name not in repeat.slots:
                made[name] = slot
            elif name == repeat.slots[0]:
                made |= {
                    f"{part}{turn + 1}": _moved(slots[part], f"{part}{turn + 1}", repeat.step, turn)
                    for turn in range(repeat.times)
                    for part in repeat.slots
                    if part in slots
                }
        rules: list[LayoutShape] = []
        for shape in self._shapes(source.rules, (*keys, "rules")):
            width = source.widths.get(shape.name)
            box = (
                shape.box if width is None else replace(shape.box, width=Length.from_inches(width))
            )
            for turn in range(repeat.times):
                rules.append(
                    replace(shape, name=f"{shape.name}{turn + 1}", box=_at(box, repeat.step, turn))
                )
        return made, tuple(rules)

    def _slot(self, name: str, source: SlotSource, keys: Keys) -> Placeholder:
        bullet = source.bullet
        style = self._style(source, keys, name)
        return Placeholder(
            name,
            source.type,
            _box(source.at),
            style,
            source.align,
            source.anchor,
            source.lines,
            Bullet(
                bullet.sign,
                self._colour(bullet.color, (*keys, "bullet", "color")),
                Length.from_inches(bullet.hang),
            )
            if bullet
            else None,
            self._colour(source.fill, (*keys, "fill")) if source.fill else None,
            Insets(*(Length.from_inches(n) for n in source.inset)),
            self._head(source.head, (*keys, "head")) if source.head else None,
            source.shrink,
            Length.from_pt(source.spread),
            Length.from_pt(source.grow or 0),
        )

    def _head(self, name: str, keys: Keys) -> TextStyle | None:
        source = self.source.heads.get(name)
        if source is None:
            hint = did_you_mean(name, self.source.heads)
            self._fault(Code.VALUE_INVALID, f"no head is called {name!r}", keys, hint)
            return None
        return self._style(source, ("heads", name), name)

    def _style(self, source: TextSource, keys: Keys, role: str) -> TextStyle:
        base = self._base(source.text, (*keys, "text")) if source.text else TextSource()
        wish = base.model_copy(
            update={
                name: value
                for name in TextSource.model_fields
                if (value := getattr(source, name)) is not None
            }
        )
        size = wish.size or 18.0
        return TextStyle(
            role,
            wish.font or "sans",
            self._family(wish),
            wish.weight or 400,
            bool(wish.italic),
            Length.from_pt(size),
            Length.from_pt(wish.leading or size * 1.25),
            self._colour(wish.color or "ink", (*keys, "color")),
            after=Length.from_pt(wish.after or 0),
            tracking=wish.tracking or 0.0,
            caps=bool(wish.caps),
            minimum=Length.from_pt(min(wish.minimum or size, size)),
        )

    def _base(self, name: str, keys: Keys) -> TextSource:
        base = self.source.text.get(name)
        if base is None:
            hint = did_you_mean(name, self.source.text)
            self._fault(Code.VALUE_INVALID, f"no text is called {name!r}", keys, hint)
            return TextSource()
        return base

    def _family(self, source: TextSource) -> FontFamily:
        match source.font:
            case "serif":
                return self.theme.serif
            case "mono":
                return self.theme.mono
            case "sans" | None:
                return self.theme.sans

    def _shapes(self, shapes: Mapping[str, ShapeSource], keys: Keys) -> tuple[LayoutShape, ...]:
        return tuple(
            LayoutShape(
                name,
                shape.kind,
                _box(shape.at),
                self._colour(shape.color or "ink", (*keys, name, "color")),
                Length.from_pt(shape.width),
                Length.from_inches(shape.gap),
            )
            for name, shape in shapes.items()
        )

    def _colour(self, name: str, keys: Keys) -> Colour:
        found = self.theme.palette.get(name)
        if found is None:
            hint = did_you_mean(name, self.theme.palette)
            self._fault(Code.COLOUR_UNKNOWN, f"the theme has no colour {name!r}", keys, hint)
            return self.theme.colour("ink")
        return found

    def _fault(self, code: Code, message: str, keys: Keys, hint: str = "") -> None:
        self.faulty = True
        self.log.error(code, message, at=self.places.value_span(keys), hint=hint)


def _is_dark(colour: Colour) -> bool:
    red, green, blue = (int(colour.hex[i : i + 2], 16) for i in (0, 2, 4))
    return 0.3 * red + 0.59 * green + 0.11 * blue < 128


def _box(given: Rectangle) -> Box:
    return Box(*(Length.from_inches(n) for n in given))


def _pair(given: tuple[float, float] | None) -> tuple[Length, Length]:
    across, down = given or (0.0, 0.0)
    return Length.from_inches(across), Length.from_inches(down)


def _moved(slot: Placeholder, name: str, step: tuple[float, float], turn: int) -> Placeholder:
    return replace(slot, slot=name, box=_at(slot.box, step, turn))


def _at(box: Box, step: tuple[float, float], turn: int) -> Box:
    across, down = (Length.from_inches(n * turn) for n in step)
    return replace(box, x=Length(box.x + across), y=Length(box.y + down))
