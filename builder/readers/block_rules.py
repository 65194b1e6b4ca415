"""Block rules that the dialect adds to CommonMark: divs, pipe tables, footnotes, comments.

Each rule leaves tokens with a `meta` mapping; `markdown.py` makes nodes and diagnostics of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock

from builder.readers.attributes import Attributes, BraceError, parse_braces

_TICKS = re.compile(r"`+")
_CODE_FENCE = re.compile(r"^(`{3,}(?!.*`)|~{3,})")  # "``` `x` ```" is code in a line
_DELIMITER = re.compile(r"^\|?[ \t]*:?-+:?(?:[ \t]*\|[ \t]*:?-+:?)*[ \t]*\|?$")
_NOTE = re.compile(r"^\[\^([^\[\]\s]+)\]:[ \t]*")
_INTERRUPTS: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}


def add_block_rules(parser: MarkdownIt) -> None:
    """Teach a parser the dialect's blocks."""
    ruler = parser.block.ruler
    ruler.before("fence", "div", div, _INTERRUPTS)
    ruler.before("fence", "comment", comment, _INTERRUPTS)
    ruler.before("fence", "pipe_table", pipe_table, {"alt": ["paragraph", "reference"]})
    ruler.before("reference", "note_definition", note_definition, {"alt": ["paragraph"]})


def line_text(state: StateBlock, line: int) -> str:
    """Give a line without its indentation."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def is_code(state: StateBlock, line: int) -> bool:
    """Tell whether a line is indented so far that it is a code block."""
    return state.sCount[line] - state.blkIndent >= 4


# ---------------------------------------------------------------- divs


@dataclass(frozen=True, slots=True)
class _Fence:
    """A line of colons: what stands behind them, and where that begins."""

    line: str
    info: str
    start: int


def _fence(line: str) -> _Fence | None:
    """Read three colons or more, and what stands between them and those at the line's end."""
    if not line.startswith(":::"):
        return None
    behind = line.lstrip(":").lstrip(" \t")
    info = behind.rstrip(" \t").rstrip(":").rstrip(" \t")
    return _Fence(line, info, len(line) - len(behind))


@dataclass(frozen=True, slots=True)
class DivOpening:
    """The first line of a div."""

    attributes: Attributes
    column: int  # of the colons, from 1
    brace_column: int  # of the opening brace, from 1; 0: a bare class name
    fault: BraceError | None = None
    closed: bool = True


def div(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read `::: {…}` up to the fence that closes it; a bare fence closes the innermost."""
    if is_code(state, start):
        return False
    fence = _fence(line_text(state, start))
    if fence is None:
        return False
    if silent:
        return True
    column = state.bMarks[start] + state.tShift[start] - _line_start(state, start) + 1
    if not fence.info:
        token = state.push("stray_fence", "", 0)
        token.map = [start, start + 1]
        token.meta = {"column": column}
        state.line = start + 1
        return True
    close = _closing_fence(state, start, end)
    opening = _opening(fence, column, closed=close is not None)
    stop = end if close is None else close
    token = state.push("div_open", "div", 1)
    token.map = [start, stop]
    token.block = True
    token.meta = {"opening": opening}
    old_parent, old_max = state.parentType, state.lineMax
    state.parentType = "div"
    state.lineMax = stop
    state.md.block.tokenize(state, start + 1, stop)
    state.parentType, state.lineMax = old_parent, old_max
    state.push("div_close", "div", -1)
    state.line = stop if close is None else stop + 1
    return True


def _opening(fence: _Fence, column: int, *, closed: bool) -> DivOpening:
    info = fence.info
    if not info.startswith("{"):
        return DivOpening(Attributes(classes=(info.split()[0],)), column, 0, None, closed)
    brace_column = column + fence.start
    parsed = parse_braces(fence.line, fence.start)
    if isinstance(parsed, BraceError):
        return DivOpening(Attributes(), column, brace_column, parsed, closed)
    return DivOpening(parsed[0], column, brace_column, None, closed)


def _closing_fence(state: StateBlock, start: int, end: int) -> int | None:
    depth, code = 1, ""
    for line in range(start + 1, end):
        if state.isEmpty(line):
            continue
        if state.sCount[line] < state.blkIndent:
            return None
        text = line_text(state, line)
        fence = _CODE_FENCE.match(text)
        if code:
            if fence and fence[1].startswith(code) and not text[fence.end() :].strip():
                code = ""
            continue
        if fence:
            code = fence[1]
            continue
        colons = _fence(text)
        if colons:
            depth += 1 if colons.info else -1
            if depth == 0:
                return line
    return None


def _line_start(state: StateBlock, line: int) -> int:
    return state.src.rfind("\n", 0, state.bMarks[line]) + 1


# ---------------------------------------------------------------- comments


def comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Drop an HTML comment that stands between blocks."""
    if is_code(state, start) or not line_text(state, start).startswith("<!--"):
        return False
    if start >= state.env.get("no comment ends from", end):
        return False
    for line in range(start, end):
        text = line_text(state, line)
        closing = text.find("-->")
        if closing >= 0:
            if text[closing + 3 :].strip():
                return False
            if not silent:
                state.line = line + 1
            return True
    state.env["no comment ends from"] = start
    return False


# ---------------------------------------------------------------- tables


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as typed: its text and the column where it begins, from 1."""

    text: str
    column: int


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as typed; `spans`: it ends with `||`, so that missing cells are meant."""

    line: int  # from 0
    cells: tuple[RawCell, ...]
    spans: bool


@dataclass(frozen=True, slots=True)
class RawTable:
    """A pipe table as typed."""

    head: RawRow
    aligns: tuple[Literal["left", "right", "center"], ...]
    rows: tuple[RawRow, ...]


def pipe_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a pipe table: every row has a pipe; the second line is the delimiter row."""
    if start + 1 >= end or is_code(state, start) or "|" not in line_text(state, start):
        return False
    delimiter = line_text(state, start + 1)
    if state.sCount[start + 1] < state.blkIndent or "|" not in delimiter:
        return False
    if not _DELIMITER.match(delimiter.rstrip()):
        return False
    if silent:
        return True
    rows: list[RawRow] = []
    line = start + 2
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        if "|" not in line_text(state, line) or line_text(state, line).startswith(":::"):
            break
        rows.append(_row(state, line))
        line += 1
    head = _row(state, start)
    aligns = tuple(_align(cell.text) for cell in _row(state, start + 1).cells)
    if not any(cell.text for cell in head.cells):
        head = RawRow(head.line, (), spans=False)
    token = state.push("pipe_table", "table", 0)
    token.map = [start, line]
    token.meta = {"table": RawTable(head, aligns, tuple(rows))}
    state.line = line
    return True


def _align(mark: str) -> Literal["left", "right", "center"]:
    if mark.startswith(":") and mark.endswith(":") and len(mark) > 1:
        return "center"
    return "right" if mark.endswith(":") else "left"


def _row(state: StateBlock, line: int) -> RawRow:
    text = line_text(state, line).rstrip()
    offset = state.bMarks[line] + state.tShift[line] - _line_start(state, line)
    cells = split_cells(text)
    if cells and not cells[0].text and text.startswith("|"):
        cells = cells[1:]
    if cells and not cells[-1].text and text.endswith("|") and not text.endswith("\\|"):
        cells = cells[:-1]
    moved = tuple(RawCell(cell.text, cell.column + offset) for cell in cells)
    return RawRow(line, moved, spans=text.endswith("||"))


def split_cells(text: str) -> list[RawCell]:
    r"""Split a row at its pipes; `\|` and pipes inside code spans do not split."""
    cells: list[RawCell] = []
    begin = position = 0
    ticks = ""
    while position <= len(text):
        character = text[position : position + 1]
        if character == "\\" and not ticks:
            position += 2
            continue
        if character == "`":
            run = _TICKS.match(text, position)
            length = len(run[0]) if run else 1
            mark = "`" * length
            if not ticks and text.find(mark, position + length) >= 0:
                ticks = mark
            elif ticks == mark:
                ticks = ""
            position += length
            continue
        if character == "" or (character == "|" and not ticks):
            raw = text[begin:position]
            lead = len(raw) - len(raw.lstrip())
            cells.append(RawCell(raw.strip().replace("\\|", "|"), begin + lead + 1))
            begin = position + 1
        position += 1
    return cells


# ---------------------------------------------------------------- footnotes


def note_definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read `[^label]: text` with the indented blocks that follow it."""
    if is_code(state, start):
        return False
    text = line_text(state, start)
    match = _NOTE.match(text)
    if match is None:
        return False
    if silent:
        return True
    token = state.push("note_open", "", 1)
    token.meta = {
        "label": match[1],
        "column": state.bMarks[start] + state.tShift[start] - _line_start(state, start) + 1,
    }
    token.block = True
    saved = state.bMarks[start], state.tShift[start], state.sCount[start], state.parentType
    indent = state.blkIndent
    position = state.bMarks[start] + state.tShift[start] + match.end()
    state.bMarks[start], state.tShift[start] = position, 0
    state.blkIndent = indent + 4
    state.sCount[start] = state.blkIndent
    state.parentType = "footnote"
    state.md.block.tokenize(state, start, end)
    state.blkIndent = indent
    state.bMarks[start], state.tShift[start], state.sCount[start], state.parentType = saved
    token.map = [start, state.line]
    state.push("note_close", "", -1)
    return True
