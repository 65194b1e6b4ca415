"""The title slide's motif: the lead series as bars."""

from __future__ import annotations

from collections.abc import Sequence

from builder.deck.layout import Box, LayoutShape
from builder.theme.model import Colour, Theme
from builder.units import Length


def motif_bars(
    shape: LayoutShape, values: Sequence[float], theme: Theme
) -> tuple[tuple[Box, Colour], ...]:
    """Draw a series as bars that bleed off the slide's foot; the highest stands out."""
    if not values:
        return ()
    count, box = len(values), shape.box
    width = (box.width - shape.gap * (count - 1)) / count
    fills = theme.motif.fills
    ranked = sorted(range(count), key=lambda i: values[i])
    made: list[tuple[Box, Colour]] = []
    for turn, value in enumerate(values):
        height = Length(round(box.height * value / max(values)))
        x = Length(round(box.x + turn * (width + shape.gap)))
        bar = Box(x, Length(box.bottom - height), Length(round(width)), height)
        rank = ranked.index(turn)
        peak = rank == count - 1
        fill = theme.motif.peak if peak else fills[min(rank * len(fills) // count, len(fills) - 1)]
        made.append((bar, fill))
    return tuple(made)
