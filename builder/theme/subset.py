"""Font files cut down to what is needed, to be embedded in documents."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from builder.theme.model import Face

AZERBAIJANI = (0x18F, 0x259)
LATIN = frozenset(
    (
        *range(0x20, 0x7F),
        *range(0xA0, 0x180),
        *AZERBAIJANI,
        *range(0x2010, 0x2028),
        0x2030,
        0x20AC,
        0x2212,
    )
)
"""What somebody who edits the text is likely to type: Latin letters and punctuation."""

TYPED = frozenset(
    (*range(0x20, 0x7F), 0xA0, 0xAB, 0xB7, 0xBB, *range(0x2010, 0x2015), *range(0x2018, 0x2027))
)
"""What almost every text has."""

BLOCK = 0x100
"""Characters are taken by blocks of so many, so that documents of one kind have the same fonts."""


FEATURES = frozenset(int.from_bytes(tag, "big") for tag in (b"kern", b"mark", b"mkmk", b"ccmp"))
"""What letters need to stand well beside and above one another."""

DROPPED = frozenset(int.from_bytes(tag, "big") for tag in (b"DSIG", b"STAT"))
"""Tables that are of no use to a part of a font."""


def subset(face: Face, characters: frozenset[int]) -> bytes:
    """Give a font file with Latin and the blocks of certain characters, with names and kerning."""
    blocks = {character // BLOCK for character in characters if character not in LATIN}
    whole = {c for block in blocks for c in range(block * BLOCK, (block + 1) * BLOCK)}
    return _subset(face.path, face.index, LATIN | whole, names=True)


def shown_subset(face: Face, characters: frozenset[int], *, exact: bool = False) -> bytes:
    """Give a font file to be looked at: certain characters, without names, with kerning.

    Unless it is to be `exact` it has ASCII and the usual punctuation as well, so that few edits
    change it.
    """
    return _subset(face.path, face.index, characters if exact else characters | TYPED, names=False)


@lru_cache(maxsize=128)
def _subset(path: Path, index: int, characters: frozenset[int], *, names: bool) -> bytes:
    import uharfbuzz as harfbuzz

    wanted = harfbuzz.SubsetInput()
    wanted.unicode_set.update(characters)
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(FEATURES)
    wanted.drop_table_tag_set.update(DROPPED)
    if names:
        for all_of_them in (wanted.name_id_set, wanted.name_lang_id_set):
            all_of_them.clear()
            all_of_them.invert()
    wanted.flags = harfbuzz.SubsetFlags.NO_HINTING | harfbuzz.SubsetFlags.NOTDEF_OUTLINE
    face = harfbuzz.Face(path.read_bytes(), index)
    return bytes(harfbuzz.subset(face, wanted).blob.data)
