"""A drawing in points, y downwards, written as SVG with real text."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from markupsafe import Markup

from builder.charts.boxes import FALL, RISE, Box, Point
from builder.charts.measure import Ruler
from builder.css import css_string
from builder.theme.model import Colour, FontFamily, TextStyle

Anchor = str  # "start", "middle", "end"


def number(value: float) -> str:
    """Write a coordinate: two decimals at most, no trailing noughts, no negative nought."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


@dataclass(slots=True)
class Canvas:
    """Collects shapes and remembers where they stand; `svg` writes them."""

    width: float
    height: float
    ruler: Ruler
    fallbacks: tuple[FontFamily, ...] = ()
    parts: list[Markup] = field(default_factory=list)
    words: list[Box] = field(default_factory=list)  # the ink of each text
    shapes: list[Box] = field(default_factory=list)
    strokes: list[tuple[Point, ...]] = field(default_factory=list)  # lines that carry data

    def top(self) -> float:
        """Give the highest place that anything reaches; of an empty canvas 0."""
        return min((box.top for box in (*self.words, *self.shapes)), default=0.0)

    def free(self, box: Box, gap: float = 1.5, *, shapes: bool = True) -> bool:
        """Tell whether a label at `box` would touch no text, within the sheet, and no shape."""
        if box.left < 0 or box.right > self.width:
            return False
        if any(box.touches(other, gap) for other in self.words):
            return False
        return not shapes or not any(box.touches(other, 1.0) for other in self.shapes)

    def crossed(self, box: Box) -> bool:
        """Tell whether a line that carries data runs through a box."""
        return any(box.crossed_by(stroke) for stroke in self.strokes)

    def ink(
        self,
        x: float,
        y: float,
        words: str,
        style: TextStyle,
        *,
        anchor: Anchor = "start",
        size: float = 0.0,
        weight: int = 0,
    ) -> Box:
        """Measure where a text would stand."""
        if weight:
            style = replace(style, weight=weight)
        size = size or style.size.pt
        width = self.ruler.width(words, style, size=size)
        left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
        return Box(left, y - RISE * size, left + width, y + FALL * size)

    def rect(self, x: float, y: float, width: float, height: float, fill: Colour) -> None:
        """Fill a rectangle; one without an area is left out."""
        if width <= 0 or height <= 0:
            return
        self.shapes.append(Box(x, y, x + width, y + height))
        self.parts.append(
            Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>').format(
                number(x), number(y), number(width), number(height), fill.css
            )
        )

    def line(
        self,
        points: tuple[tuple[float, float], ...],
        stroke: Colour,
        *,
        width: float = 0.75,
        dashes: str = "",
        data: bool = False,
    ) -> None:
        """Draw a line through points; one that carries data is remembered."""
        if data:
            self.strokes.append(points)
        path = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        dashed = Markup(' stroke-dasharray="{}"').format(dashes) if dashes else Markup("")
        self.parts.append(
            Markup('<polyline points="{}" fill="none" stroke="{}" stroke-width="{}"{}/>').format(
                path, stroke.css, number(width), dashed
            )
        )

    def polygon(self, points: tuple[tuple[float, float], ...], fill: Colour) -> None:
        """Fill a polygon."""
        path = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        self.parts.append(Markup('<polygon points="{}" fill="{}"/>').format(path, fill.css))

    def path(self, data: str, fill: Colour) -> None:
        """Fill a path given in SVG's own words."""
        self.parts.append(Markup('<path d="{}" fill="{}"/>').format(data, fill.css))

    def circle(
        self, x: float, y: float, radius: float, fill: Colour, edge: Colour | None = None
    ) -> None:
        """Fill a circle, with an edge of another colour where one is given."""
        self.shapes.append(Box(x - radius, y - radius, x + radius, y + radius))
        stroke = Markup(' stroke="{}" stroke-width="1"').format(edge.css) if edge else Markup("")
        self.parts.append(
            Markup('<circle cx="{}" cy="{}" r="{}" fill="{}"{}/>').format(
                number(x), number(y), number(radius), fill.css, stroke
            )
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        style: TextStyle,
        *,
        anchor: Anchor = "start",
        colour: Colour | None = None,
        size: float = 0.0,
        weight: int = 0,
    ) -> None:
        """Set one line of text with its baseline at `y`."""
        if not words:
            return
        ink = self.ink(x, y, words, style, anchor=anchor, size=size, weight=weight)
        self.words.append(ink)
        self.parts.append(
            Markup(
                '<text x="{}" y="{}" font-family="{}" font-size="{}" font-weight="{}" fill="{}"'
                ' text-anchor="{}">{}</text>'
            ).format(
                number(x),
                number(y),
                family_list(style.family, self.fallbacks),
                number(size or style.size.pt),
                weight or style.weight,
                (colour or style.colour).css,
                anchor,
                words,
            )
        )

    def svg(self, alt: str, *, height: float = 0.0) -> Markup:
        """Write the drawing; `alt` becomes its title, for those who hear it.

        What stands above the sheet makes it higher; `height` is given to it in any case.
        """
        top = min(0.0, self.top())
        wide, high = number(self.width), number(height or self.height - top)
        size = Markup('width="{}pt" height="{}pt" viewBox="0 {} {} {}"').format(
            wide, high, number(top), wide, high
        )
        return Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" {} role="img" aria-label="{}">'
            "<title>{}</title>{}</svg>"
        ).format(size, alt, alt, Markup("").join(self.parts))


def family_list(family: FontFamily, fallbacks: tuple[FontFamily, ...]) -> Markup:
    """Give a font-family list for an attribute: the family, the fallbacks, its generic."""
    names = family_names(family, fallbacks)
    quoted = (Markup(css_string(name, mark="'")) for name in names)
    return Markup(", ").join([*quoted, Markup(family.generic)])


def family_names(family: FontFamily, fallbacks: tuple[FontFamily, ...]) -> tuple[str, ...]:
    """Give a typeface with the fallbacks behind it, those of its own kind first."""
    kin = [f.name for f in fallbacks if f.generic == family.generic]
    others = [f.name for f in fallbacks if f.generic != family.generic]
    return tuple(dict.fromkeys([family.name, *kin, *others]))
