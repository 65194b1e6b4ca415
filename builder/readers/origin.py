"""Where text stands in its file, so that every offset has a line and a column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from builder.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Origin:
    """The place of a piece of inline text: where each of its lines begins in the file."""

    file: str
    content: str
    starts: tuple[tuple[int, int], ...]  # line and column, from 1, of each line of `content`
    base: int = 0  # offset in `content` at which the piece begins
    depth: int = 0  # of the notes around it

    def at(self, offset: int = 0) -> Span:
        """Give the place of an offset in the piece."""
        upto = self.content[: self.base + offset]
        row = min(upto.count("\n"), len(self.starts) - 1)
        line, column = self.starts[row]
        return Span(self.file, line, column + len(upto) - upto.rfind("\n") - 1)

    def inner(self, offset: int) -> Origin:
        """Give the origin of the piece that begins at an offset of this one."""
        return Origin(self.file, self.content, self.starts, self.base + offset, self.depth + 1)


def origin_of_lines(file: str, content: str, lines: Sequence[str], first: int) -> Origin:
    """Find inline text of several lines in the file's lines; `first` is its first line, from 0."""
    starts: list[tuple[int, int]] = []
    for row, piece in enumerate(content.split("\n")):
        line = lines[first + row] if first + row < len(lines) else ""
        found = line.find(piece) if piece else len(line) - len(line.lstrip())
        starts.append((first + row + 1, max(found, 0) + 1))
    return Origin(file, content, tuple(starts))


def origin_of_value(content: str, at: Span) -> Origin:
    """Give the origin of a string that stands at one place, such as a YAML value."""
    count = content.count("\n") + 1
    return Origin(at.file, content, tuple((at.line + row, at.column or 1) for row in range(count)))
