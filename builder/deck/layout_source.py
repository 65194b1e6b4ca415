"""The models of `layouts.yml` as its author writes it; closed, so that a typing error is found."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from builder.theme.values import Tracking

Inches = Annotated[float, Field(ge=0, le=100)]
Points = Annotated[float, Field(gt=0, le=400)]
Rectangle = tuple[Inches, Inches, Inches, Inches]
SlotType = Literal[
    "title",
    "main-title",
    "subtitle",
    "body",
    "chart",
    "table",
    "picture",
    "footer",
    "number",
    "date",
]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TextSource(_Closed):
    """How text looks; what is left out comes from the text named by `text`."""

    text: str | None = None
    font: Literal["serif", "sans", "mono"] | None = None
    weight: int | None = None
    italic: bool | None = None
    size: Points | None = None
    minimum: Points | None = None
    leading: Points | None = None
    after: Annotated[float, Field(ge=0, le=100)] | None = None
    color: str | None = None
    caps: bool | None = None
    tracking: Tracking | None = None


class BulletSource(_Closed):
    """The bullet of a slot's list."""

    sign: str
    color: str
    hang: Inches = 0.3


class SlotSource(TextSource):
    """A placeholder."""

    type: SlotType
    at: Rectangle
    align: Literal["left", "right", "center"] = "left"
    anchor: Literal["top", "middle", "bottom"] = "top"
    lines: int = 0
    bullet: BulletSource | None = None
    fill: str | None = None
    inset: Rectangle = (0, 0, 0, 0)
    head: str | None = None
    shrink: bool = False
    spread: Annotated[float, Field(ge=0, le=100)] = 0
    grow: Points | None = None


class ShapeSource(_Closed):
    """A shape that belongs to the layout."""

    kind: Literal["line", "rectangle", "motif"]
    at: Rectangle
    color: str | None = None
    width: Points = 1
    gap: Inches = 0


class RepeatSource(_Closed):
    """Slots that stand several times, each `step` further."""

    slots: list[str]
    times: Annotated[int, Field(ge=1, le=9)]
    step: tuple[Inches, Inches]


class LayoutSource(_Closed):
    """One layout; `like` takes over another's slots, shapes, styles and areas."""

    name: str
    like: str | None = None
    ground: str | None = None
    frame: list[str] | None = None
    shapes: dict[str, ShapeSource] = {}
    slots: dict[str, SlotSource] = {}
    styles: dict[str, TextSource] = {}
    areas: dict[str, Rectangle] = {}
    repeat: RepeatSource | None = None
    rules: dict[str, ShapeSource] = {}
    widths: dict[str, Inches] = {}
    heights: dict[str, Inches] = {}
    padding: tuple[Inches, Inches] | None = None


class FrameSource(_Closed):
    """What the master carries."""

    shapes: dict[str, ShapeSource] = {}
    slots: dict[str, SlotSource] = {}


class LayoutsSource(_Closed):
    """The whole file."""

    size: tuple[Inches, Inches]
    text: dict[str, TextSource]
    frame: FrameSource
    layouts: dict[str, LayoutSource]
    heads: dict[str, TextSource] = {}
