"""What a layout is: placeholders and shapes with their places, every value concrete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from builder.deck.layout_source import SlotType
from builder.theme.model import Colour, TextStyle
from builder.units import Length


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the slide."""

    x: Length
    y: Length
    width: Length
    height: Length

    @property
    def right(self) -> Length:
        """The right edge."""
        return Length(self.x + self.width)

    @property
    def bottom(self) -> Length:
        """The lower edge."""
        return Length(self.y + self.height)


@dataclass(frozen=True, slots=True)
class Bullet:
    """The sign before a list's items."""

    sign: str
    colour: Colour
    hang: Length


@dataclass(frozen=True, slots=True)
class Insets:
    """The room between a slot's edge and its text."""

    left: Length = Length(0)
    top: Length = Length(0)
    right: Length = Length(0)
    bottom: Length = Length(0)


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A slot of a layout."""

    slot: str
    type: SlotType
    box: Box
    style: TextStyle  # `after` is the space between paragraphs
    align: Literal["left", "right", "center"] = "left"
    anchor: Literal["top", "middle", "bottom"] = "top"
    lines: int = 0  # at most; 0: as many as fit
    bullet: Bullet | None = None
    fill: Colour | None = None
    inset: Insets = Insets()
    head: TextStyle | None = None  # of a heading at the start
    shrink: bool = False  # the box ends where its text ends
    spread: Length = Length(0)  # that may be added between the paragraphs of a short text
    grow: Length = Length(0)  # the size that a short text may have; 0: the usual one

    @property
    def room(self) -> Box:
        """The rectangle in which text may stand."""
        box, inset = self.box, self.inset
        return Box(
            Length(box.x + inset.left),
            Length(box.y + inset.top),
            Length(box.width - inset.left - inset.right),
            Length(box.height - inset.top - inset.bottom),
        )


@dataclass(frozen=True, slots=True)
class LayoutShape:
    """A shape of the layout that says nothing."""

    name: str
    kind: Literal["line", "rectangle", "motif"]
    box: Box
    colour: Colour
    width: Length
    gap: Length


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of slide."""

    name: str  # "bullets-box"
    title: str  # as PowerPoint's menu shows it: "Bullets with box"
    ground: Colour | None  # None: the slide's paper
    frame: tuple[str, ...]  # the master's slots that it takes
    shapes: tuple[LayoutShape, ...]
    slots: Mapping[str, Placeholder]  # with those of the frame
    styles: Mapping[str, TextStyle] = field(default_factory=dict)  # of what is drawn
    areas: Mapping[str, Box] = field(default_factory=dict)  # for what is drawn
    padding: tuple[Length, Length] = (Length(0), Length(0))  # of table cells: across, down

    @property
    def on_master(self) -> bool:
        """Whether the master's own shapes show."""
        return "title" in self.frame


@dataclass(frozen=True, slots=True)
class Layouts:
    """All layouts of a theme, with what the master carries."""

    width: Length
    height: Length
    master_shapes: tuple[LayoutShape, ...]
    master_slots: Mapping[str, Placeholder]
    layouts: Mapping[str, Layout]

    def __getitem__(self, name: str) -> Layout:
        return self.layouts[name]

    def mirrored(self) -> Layouts:
        """Give the layouts for a script that is read from right to left."""
        turn = _Mirror(self.width)
        return replace(
            self,
            master_shapes=tuple(turn.shape(s) for s in self.master_shapes),
            master_slots={name: turn.slot(s) for name, s in self.master_slots.items()},
            layouts={name: turn.layout(one) for name, one in self.layouts.items()},
        )

    def narrowed(self, width: Length) -> Layouts:
        """Give the layouts for slides of another width: all that is across shrinks alike."""
        press = _Press(width / self.width)
        return replace(
            self,
            width=width,
            master_shapes=tuple(press.shape(s) for s in self.master_shapes),
            master_slots={name: press.slot(s) for name, s in self.master_slots.items()},
            layouts={name: press.layout(one) for name, one in self.layouts.items()},
        )

    def find(self, name: str) -> Layout | None:
        """Give a layout, or None where the theme has none of this name."""
        return self.layouts.get(name)


@dataclass(frozen=True, slots=True)
class _Press:
    """Makes everything narrower; sizes of text, marks and gaps stay."""

    share: float

    def box(self, box: Box) -> Box:
        x, width = (Length(round(side * self.share)) for side in (box.x, box.width))
        return replace(box, x=x, width=width)

    def shape(self, shape: LayoutShape) -> LayoutShape:
        square = shape.box.width == shape.box.height
        box = self.box(shape.box)
        return replace(shape, box=replace(box, width=shape.box.width) if square else box)

    def slot(self, slot: Placeholder) -> Placeholder:
        return replace(slot, box=self.box(slot.box))

    def layout(self, layout: Layout) -> Layout:
        return replace(
            layout,
            shapes=tuple(self.shape(s) for s in layout.shapes),
            slots={name: self.slot(s) for name, s in layout.slots.items()},
            areas={name: self.box(area) for name, area in layout.areas.items()},
        )


@dataclass(frozen=True, slots=True)
class _Mirror:
    """Turns places around the middle of a slide."""

    width: Length

    def box(self, box: Box) -> Box:
        return replace(box, x=Length(self.width - box.right))

    def shape(self, shape: LayoutShape) -> LayoutShape:
        return replace(shape, box=self.box(shape.box))

    def slot(self, slot: Placeholder) -> Placeholder:
        inset = replace(slot.inset, left=slot.inset.right, right=slot.inset.left)
        return replace(slot, box=self.box(slot.box), inset=inset)

    def layout(self, layout: Layout) -> Layout:
        return replace(
            layout,
            shapes=tuple(self.shape(s) for s in layout.shapes),
            slots={name: self.slot(s) for name, s in layout.slots.items()},
            areas={
                name: self.box(area) if name == "logo" else area  # drawings keep their sides
                for name, area in layout.areas.items()
            },
        )
