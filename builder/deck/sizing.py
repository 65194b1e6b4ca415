"""The size of a slot's text: the layout's, larger for few words, smaller for many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from builder.deck.layout import Placeholder
from builder.deck.measure import Extent, Ruler, indent, paragraph_look
from builder.deck.model import Filled
from builder.deck.search import STEP, largest
from builder.deck.text import Run, SlideParagraph, paragraphs, runs
from builder.document.nodes import Blocks, Inlines, Node, Paragraph, Text
from builder.document.walk import plain, rebuild
from builder.theme.model import Theme
from builder.units import Length

FILLED = 0.85
"""How much of its slot a short text may fill by standing more loosely."""
AIRY = 0.66
"""How much of its slot a short text may fill by growing."""
TWEAK = 2
"""How many steps smaller a text becomes so that no paragraph ends with a single word."""
SHORT_OF_LINE = 0.6
"""How much of a line two words that are tied together may take."""
TITLES = ("title", "main-title")
_COUNTED = re.compile(r" \(\d+/\d+\)$")
_LAST_SPACE = re.compile(r" (?=[^ ]+$)")


class Sizer:
    """Finds the size at which text stands in its slot."""

    def __init__(self, theme: Theme) -> None:
        self.ruler = Ruler(theme)

    def sized(self, text: Filled, slot: Placeholder, least: Length | None = None) -> Filled | None:
        """Give a text at the largest size at which it fits, or None."""
        found = paragraphs(text.blocks)
        least = min(least or slot.style.minimum, slot.style.minimum)
        usual = slot.style.size
        size = largest(usual, least, lambda s: self._fitting(found, slot, s) is not None)
        if size is None:
            return None
        if size == usual and slot.grow > usual:
            size = self._grown(found, slot, self._extent(found, slot, usual))
        if slot.type not in TITLES:
            size = self._without_stubs(found, slot, size, least)
        return self.settled(text, slot, size)

    def fits(self, blocks: Blocks, slot: Placeholder) -> bool:
        """Tell whether blocks stand in a slot at the layout's smallest size."""
        return self._fitting(paragraphs(blocks), slot, slot.style.minimum) is not None

    def settled(self, text: Filled, slot: Placeholder, size: Length) -> Filled:
        """Give a text at a size at which it fits, as it stands there."""
        found = paragraphs(text.blocks)
        extent = self._extent(found, slot, size)
        if slot.type in TITLES:
            done = replace(text, size=size, height=extent.height)
            return self._balanced(done, slot, extent.lines)
        blocks = self._tied(text.blocks, slot, size)
        extent = self._extent(paragraphs(blocks), slot, size)
        spread = _spread(len(found), extent.height, slot)
        return replace(text, blocks=blocks, size=size, height=extent.height, spread=spread)

    def cut(self, text: Filled, slot: Placeholder) -> Filled | None:
        """Shorten a line at a word's end so that it fits; "(1/2)" at its end stays."""
        said = plain(text.blocks)
        counted = _COUNTED.search(said)
        number = counted[0] if counted else ""
        words = said.removesuffix(number).split(" ")
        for count in range(len(words) - 1, 0, -1):
            short = " ".join(words[:count]).rstrip(",;:–— …") + " …" + number
            done = self.sized(replace(text, blocks=(Paragraph((Text(short),)),)), slot)
            if done is not None:
                return done
        return None

    def height(self, blocks: Blocks, slot: Placeholder, size: Length) -> Length:
        """Measure blocks in a slot at a size."""
        return self._extent(paragraphs(blocks), slot, size).height

    def _extent(self, found: Sequence[SlideParagraph], slot: Placeholder, size: Length) -> Extent:
        return self.ruler.extent(found, slot, size, slot.room.width)

    def _fitting(
        self, found: Sequence[SlideParagraph], slot: Placeholder, size: Length
    ) -> Extent | None:
        extent = self._extent(found, slot, size)
        fits = not slot.lines or extent.lines <= slot.lines
        return extent if fits and extent.height <= slot.room.height else None

    def _grown(self, found: Sequence[SlideParagraph], slot: Placeholder, usual: Extent) -> Length:
        """Give the largest size at which few words take no more lines and leave air around them."""
        size = slot.grow
        while size > slot.style.size:
            extent = self._fitting(found, slot, size)
            if extent and extent.lines <= usual.lines and extent.height <= AIRY * slot.room.height:
                return size
            size = Length(size - STEP)
        return slot.style.size

    # ------------------------------------------------------------ single words at the end

    def _without_stubs(
        self, found: Sequence[SlideParagraph], slot: Placeholder, size: Length, least: Length
    ) -> Length:
        """Give the size, a little smaller at most, at which fewest paragraphs end with one word."""
        best, fewest = size, len(list(self._stubs(found, slot, size)))
        for step in range(1, TWEAK + 1):
            smaller = Length(size - step * STEP)
            if not fewest or smaller < least:
                break
            count = len(list(self._stubs(found, slot, smaller)))
            if count < fewest:
                best, fewest = smaller, count
        return best

    def _stubs(
        self, found: Sequence[SlideParagraph], slot: Placeholder, size: Length
    ) -> Iterator[tuple[Run, ...]]:
        """Give the runs of paragraphs whose last line is one word."""
        for paragraph in found:
            style, own = paragraph_look(paragraph, slot, size, self.ruler.theme)
            room = Length(slot.room.width - indent(paragraph, slot))
            last = self.ruler.last_words(paragraph.runs, style, own, room)
            if len(last) == 2 and last[0] + last[1] <= room * SHORT_OF_LINE:
                yield paragraph.runs

    def _tied(self, blocks: Blocks, slot: Placeholder, size: Length) -> Blocks:
        """Tie the last word to the one before it where it would stand alone on its line."""
        alone = set(self._stubs(paragraphs(blocks), slot, size))

        def tie(node: Node) -> Node:
            if isinstance(node, Paragraph) and runs(node.content) in alone:
                return replace(node, content=_tied_end(node.content))
            return node

        if not alone:
            return blocks
        tied = rebuild(blocks, tie)
        fits = self._fitting(paragraphs(tied), slot, size)
        return tied if fits is not None else blocks

    def _balanced(self, text: Filled, slot: Placeholder, lines: int) -> Filled:
        """Leave room free at the line's end, so that a title's lines are of like length."""
        if lines < 2:
            return text
        found = paragraphs(text.blocks)
        low, high = slot.room.width // 2, int(slot.room.width)
        while high - low > Length.from_pt(4):
            middle = (low + high) // 2
            extent = self.ruler.extent(found, slot, text.size, Length(middle))
            if extent.lines <= lines:
                high = middle
            else:
                low = middle
        width = min(int(slot.room.width), high + Length.from_pt(6))
        return replace(text, narrow=Length(slot.room.width - width))


def _tied_end(content: Inlines) -> Inlines:
    """Put a no-break space between the last two words, where both are plain text."""
    if not content or not isinstance(last := content[-1], Text):
        return content
    return (*content[:-1], replace(last, value=_LAST_SPACE.sub("\u00a0", last.value)))


def _spread(count: int, height: Length, slot: Placeholder) -> Length:
    """Give what is added between the paragraphs of a short text, so that it fills its slot."""
    if count < 2 or not slot.spread:
        return Length(0)
    free = FILLED * slot.room.height - height
    each = min(free / (count - 1), slot.spread)
    return Length.from_pt(max(0, int(Length(round(each)).pt)))
