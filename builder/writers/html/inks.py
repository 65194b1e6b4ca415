"""Drawings in two lights: one SVG whose colours change with the reader's choice."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markupsafe import Markup

PAINT = re.compile(r'\b(fill|stroke)="#([0-9A-F]{6})"')
SIZE = re.compile(r'^<svg xmlns="http://www.w3.org/2000/svg" width="[^"]*" height="[^"]*"')
FACE = re.compile(r' font-family="[^"]*"')


@dataclass(slots=True)
class Inks:
    """The colours of drawings: each is a custom property with a light and a dark value."""

    pairs: dict[str, tuple[str, str]] = field(default_factory=dict)

    def joined(self, light: Markup, dark: Markup) -> Markup:
        """Make one drawing of two that differ in colour alone; of others show the one that fits."""
        if PAINT.sub("", light) != PAINT.sub("", dark):
            return Markup('<div class="by-day">{}</div><div class="by-night">{}</div>').format(
                light, dark
            )
        colours = iter([found[2] for found in PAINT.finditer(dark)])

        def paint(found: re.Match[str]) -> str:
            return f'{found[1]}="var({self._name(found[2], next(colours))})"'

        return Markup(PAINT.sub(paint, light))

    def _name(self, light: str, dark: str) -> str:
        name = f"--c{light}"
        while self.pairs.setdefault(name, (light, dark)) != (light, dark):
            name += f"-{dark}"
        return name


def loose(drawing: Markup, sans: str) -> Markup:
    """Let a drawing take the width that it is given; its words are in the page's own `sans`."""
    svg = SIZE.sub("<svg", drawing, count=1)
    return Markup(svg.replace(f' font-family="{sans}"', ""))
