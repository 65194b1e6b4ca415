"""What the edition's markup depends on besides the tree, and what it collects on its way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from markupsafe import Markup, escape

from builder.diagnostics import Span
from builder.document.nodes import BlockNode, Inlines, Node, Note
from builder.document.walk import plain
from builder.recall import Recall
from builder.theme.model import Theme
from builder.units import Length
from builder.writers.html.inks import Inks
from builder.writers.markup_inlines import Setting, inlines, title

Drawings = Recall[tuple[Node, Length], tuple[Markup, Markup]]
"""Drawings by day and by night, by what they show and how wide they are."""


@dataclass(slots=True)
class Notes:
    """Footnotes that were called and have not been set yet, with their numbers."""

    count: int = 0
    waiting: list[tuple[int, Note]] = field(default_factory=list)
    known: dict[tuple[str, Span], int] = field(default_factory=dict)  # those with a label
    calls: Counter[int] = field(default_factory=Counter)

    def call(self, note: Note) -> Markup:
        """Write a footnote's call, which leads to the note, and keep the note for later.

        A note that is called again keeps its number; the way back leads to its first call.
        """
        number = self._number(note)
        self.calls[number] += 1
        again = f"-{self.calls[number]}" if self.calls[number] > 1 else ""
        return Markup(
            '<sup class="call"><a id="fnref-{}{}" href="#fn-{}" role="doc-noteref">{}</a></sup>'
        ).format(number, again, number, number)

    def _number(self, note: Note) -> int:
        key = (note.label, note.blocks[0].at) if note.label and note.blocks else None
        if key in self.known:
            return self.known[key]
        self.count += 1
        self.waiting.append((self.count, note))
        if key is not None:
            self.known[key] = self.count
        return self.count


@dataclass(frozen=True, slots=True)
class Web:
    """How the edition is written; `top`: directly in a section, where figures may be wide."""

    setting: Setting
    dark: Theme
    notes: Notes
    inks: Inks
    drawings: Drawings = field(default_factory=Recall)  # of an earlier page, with theme and words
    sources: bool = False  # every block says where in which file it stands
    top: bool = True

    @property
    def inner(self) -> Web:
        """The same inside a box."""
        return replace(self, top=False) if self.top else self

    def word(self, key: str) -> str:
        """Give a fixed word in the document's language."""
        return self.setting.words[key]

    def words(self, content: Inlines) -> Markup:
        """Write running text."""
        return inlines(content, self.setting)

    def title(self, content: Inlines) -> Markup:
        """Write words set large, the last one never alone on a line."""
        return title(content, self.setting)

    def marks(self, node: Node, classes: str = "", *, name: str = "") -> Markup:
        """Write the attributes that every block has: id, class, and its source where asked for."""
        identity = name or (node.id if isinstance(node, BlockNode) else "")
        marks = Markup(' id="{}"').format(identity) if identity else Markup("")
        if classes:
            marks += Markup(' class="{}"').format(classes)
        if self.sources and node.at.line:
            marks += Markup(' data-src="{}:{}"').format(node.at.file, node.at.line)
        return marks


def joined(parts: list[Markup] | tuple[Markup, ...]) -> Markup:
    """Put markup together, one piece a line."""
    return Markup("\n").join(parts)


def label(content: Inlines, otherwise: str, web: Web) -> Markup:
    """Write a box's head: its own words, else the fixed one."""
    return web.words(content) if plain(content) else escape(otherwise)
