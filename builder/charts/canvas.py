"""A drawing in points, y downwards, written as SVG with real text."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup, escape

from builder.theme.model import Colour, FontFamily, TextStyle

Anchor = str  # "start", "middle", "end"


def number(value: float) -> str:
    """Write a coordinate: two decimals at most, no trailing noughts, no negative nought."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


@dataclass(slots=True)
class Canvas:
    """Collects shapes; `svg` writes them."""

    width: float
    height: float
    fallbacks: tuple[FontFamily, ...] = ()
    parts: list[Markup] = field(default_factory=list)

    def rect(self, x: float, y: float, width: float, height: float, fill: Colour) -> None:
        """Fill a rectangle; one without an area is left out."""
        if width <= 0 or height <= 0:
            return
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
    ) -> None:
        """Draw a line through points."""
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

    def svg(self, alt: str) -> Markup:
        """Write the drawing; `alt` becomes its title, for those who hear it."""
        size = Markup('width="{}pt" height="{}pt" viewBox="0 0 {} {}"').format(
            number(self.width), number(self.height), number(self.width), number(self.height)
        )
        return Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" {} role="img" aria-label="{}">'
            "<title>{}</title>{}</svg>"
        ).format(size, alt, alt, Markup("").join(self.parts))


def family_list(family: FontFamily, fallbacks: tuple[FontFamily, ...]) -> Markup:
    """Give a font-family list for an attribute: the family, the fallbacks, its generic."""
    quoted = (Markup("'{}'").format(escape(name)) for name in family_names(family, fallbacks))
    return Markup(", ").join([*quoted, Markup(family.generic)])


def family_names(family: FontFamily, fallbacks: tuple[FontFamily, ...]) -> tuple[str, ...]:
    """Give a typeface with the fallbacks behind it, those of its own kind first."""
    kin = [f.name for f in fallbacks if f.generic == family.generic]
    others = [f.name for f in fallbacks if f.generic != family.generic]
    return tuple(dict.fromkeys([family.name, *kin, *others]))
