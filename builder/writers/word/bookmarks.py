"""Bookmarks: what the contents, references and (later) reviewers' comments are found by."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from builder.writers.word.xml import Element, w

LONGEST = 40
_UNFIT = re.compile(r"\W", re.ASCII)


@dataclass(slots=True)
class Bookmarks:
    """Names and numbers of bookmarks; hidden ones, as their names begin with an underscore."""

    _names: dict[str, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    _placed: set[str] = field(default_factory=set)
    _count: int = 0

    def of_block(self, block_id: str) -> str:
        """Give the name of a block's bookmark: its id behind "_b_"."""
        return self._name("block", f"_b_{block_id}")

    def of_label(self, label: str) -> str:
        """Give the name of what cross-references to a label repeat."""
        return self._name("label", f"_Ref_{label}")

    def of_entry(self, block_id: str) -> str:
        """Give the name of what the contents lead to."""
        return self._name("entry", f"_Toc_{block_id}")

    def of_work(self, key: str) -> str:
        """Give the name of an entry in the list of references."""
        return self._name("work", f"_Bib_{key}")

    def of_note(self, label: str, at: str) -> str:
        """Give the name of a footnote's call, which later calls of the same note repeat."""
        return self._name("note", f"_Note_{label}", at)

    def around(self, name: str, content: list[Element]) -> list[Element]:
        """Put a bookmark around elements, unless one of this name stands somewhere already."""
        if name in self._placed:
            return content
        self._placed.add(name)
        number = self._count = self._count + 1
        start = w("bookmarkStart", id=number, name=name)
        return [start, *content, w("bookmarkEnd", id=number)]

    def placed(self, name: str) -> bool:
        """Tell whether a bookmark of this name stands in the document."""
        return name in self._placed

    def _name(self, kind: str, wanted: str, besides: str = "") -> str:
        """Make a name that Word allows: letters, digits and underscores, 40 at most, unique."""
        key = f"{kind}:{wanted}:{besides}"
        if key not in self._names:
            name = _UNFIT.sub("_", wanted)
            if len(name) > LONGEST or name.casefold() in self._taken:
                digest = hashlib.sha256(key.encode()).hexdigest()[:8]
                name = f"{name[: LONGEST - 9]}_{digest}"
            self._names[key] = name
            self._taken.add(name.casefold())
        return self._names[key]
