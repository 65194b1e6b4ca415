"""The footnotes of one file: defined somewhere in it, and read where they are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from markdown_it.tree import SyntaxTreeNode

from builder.diagnostics import Code, Diagnostics, Span, did_you_mean
from builder.document.nodes import Block

if TYPE_CHECKING:
    from builder.readers.markdown import MarkdownReader

DEEPEST_NOTES, MOST_INNER_NOTES = 4, 1000
"""How deep notes may call notes, and how many may be called so: otherwise they would double."""


@dataclass(slots=True)
class FootnoteText:
    """A footnote's definition, and whether anything calls it."""

    at: Span
    nodes: tuple[SyntaxTreeNode, ...]
    used: bool = False
    open: bool = False  # being read: a note that calls itself


@dataclass(slots=True)
class Footnotes:
    """The footnotes of one file, by their labels."""

    texts: dict[str, FootnoteText] = field(default_factory=dict)
    _depth: int = 0  # how deep inside footnotes the reader is
    _inner: int = 0  # notes that have been called by notes

    def collect(self, nodes: Sequence[SyntaxTreeNode], reader: MarkdownReader) -> None:
        """Find the definitions among the nodes, and below them."""
        for node in nodes:
            if node.type == "note" and node.nester_tokens:
                meta = node.nester_tokens.opening.meta
                at = replace(reader.at(node), column=meta["column"])
                if meta["label"] in self.texts:
                    first = self.texts[meta["label"]].at
                    reader.log.error(
                        Code.FOOTNOTE_DUPLICATE,
                        f"the footnote [^{meta['label']}] is defined in line {first.line} already",
                        at=at,
                        hint="give one of the two another label",
                    )
                else:
                    self.texts[meta["label"]] = FootnoteText(at, tuple(node.children))
            self.collect(node.children, reader)

    def called(self, label: str, at: Span, reader: MarkdownReader) -> tuple[Block, ...] | None:
        """Give the blocks of a footnote that is called; None, with an error, where it cannot be."""
        found = self.texts.get(label)
        if found is None or found.open:
            what = "calls itself" if found else "is not defined in this file"
            reader.log.error(
                Code.FOOTNOTE_UNDEFINED,
                f"the footnote [^{label}] {what}",
                at=at,
                hint=did_you_mean(
                    label, self.texts, otherwise=f"write [^{label}]: text on a line of its own"
                ),
            )
            return None
        self._inner += bool(self._depth)
        if self._depth >= DEEPEST_NOTES or self._inner > MOST_INNER_NOTES:
            reader.too_deep(at)
            return None
        found.used = found.open = True
        self._depth += 1
        blocks = reader.blocks(found.nodes)
        self._depth -= 1
        found.open = False
        return blocks

    def warn_of_unused(self, log: Diagnostics) -> None:
        """Warn of footnotes that nothing calls, once the front matter is read as well."""
        for label, note in self.texts.items():
            if not note.used:
                log.warning(
                    Code.FOOTNOTE_UNUSED,
                    f"nothing calls the footnote [^{label}]",
                    at=note.at,
                    hint=f"write [^{label}] where it belongs, or delete it",
                )
