"""Font files cut down to what is needed, to be embedded in documents."""

from __future__ import annotations

import io
import logging
from functools import lru_cache
from pathlib import Path

from builder.theme.model import Face

LATIN = frozenset(
    (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2028), 0x2030, 0x20AC, 0x2212)
)
"""What somebody who edits the text is likely to type: Latin letters and punctuation."""


BLOCK = 0x100
"""Characters are taken by blocks of so many, so that documents of one kind have the same fonts."""


def subset(face: Face, characters: frozenset[int]) -> bytes:
    """Give a font file with Latin and the blocks of certain characters, with names and kerning."""
    blocks = {character // BLOCK for character in characters if character not in LATIN}
    return _subset(face.path, face.index, frozenset(blocks))


@lru_cache(maxsize=64)
def _subset(path: Path, index: int, blocks: frozenset[int]) -> bytes:
    from fontTools import subset as tool
    from fontTools.ttLib import TTFont

    logging.getLogger("fontTools.subset").setLevel(logging.ERROR)
    options = tool.Options()
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.notdef_outline = True
    options.hinting = False
    options.layout_features = ["kern", "mark", "mkmk", "ccmp"]
    options.drop_tables += ["DSIG", "STAT"]
    characters = {c for block in blocks for c in range(block * BLOCK, (block + 1) * BLOCK)} | LATIN
    with TTFont(path, fontNumber=index, lazy=True, recalcTimestamp=False) as font:
        cutter = tool.Subsetter(options)
        cutter.populate(unicodes=sorted(characters))
        cutter.subset(font)
        made = io.BytesIO()
        font.save(made, reorderTables=False)
    return made.getvalue()
