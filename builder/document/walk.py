"""Going through the tree: every node in reading order, and bottom-up rebuilding."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from functools import cache
from typing import TypeVar

from builder.document.nodes import (
    Actor,
    Annotation,
    Arrow,
    BlockNode,
    Captioned,
    Cell,
    Chart,
    Cite,
    Code,
    Comparison,
    CrossReference,
    Diagram,
    Document,
    Event,
    Figure,
    Inline,
    KeyNumber,
    KeyNumbers,
    LineBreak,
    Link,
    Node,
    Note,
    Picture,
    Table,
    Text,
    Timeline,
)

T = TypeVar("T")
CAPTIONED = (Table, Figure, Chart, KeyNumbers, Timeline, Comparison, Diagram)
APART = (BlockNode, Cell, Actor, Annotation, Arrow, Event, KeyNumber)
Leading = Link | Figure
"""What leads somewhere when it is clicked."""

NO_TREE = {"str", "int", "float", "bool"}
"""Types of fields, as they are written in the classes, that hold no nodes."""

FALLBACK_MOTIF = (3.0, 5.0, 4.0, 7.0, 6.0)
MOTIF_LEAST, MOTIF_MOST = 3, 9
LOWEST_BAR = 0.15
"""Height of the lowest bar of a lifted series, of the distance between lowest and highest."""


def walk(root: object) -> Iterator[Node]:
    """Give every node below and including `root` in reading order, parents before children."""
    waiting = [root]  # what comes next stands last
    while waiting:
        item = waiting.pop()
        if isinstance(item, tuple):
            waiting += item[::-1]
            continue
        names = _down(type(item))  # type: ignore[arg-type]
        if names is None:
            continue
        if isinstance(item, Node):
            yield item
        for name in names:
            below = getattr(item, name)
            if below:  # empty tuples, None and numbers hold nothing
                waiting.append(below)


def every(root: object, kind: type[T]) -> Iterator[T]:
    """Give every node of one class below `root`."""
    return (node for node in walk(root) if isinstance(node, kind))


def captioned(root: object) -> Iterator[Captioned]:
    """Give every figure, table, chart and so on below `root`, in reading order."""
    return (node for node in walk(root) if isinstance(node, CAPTIONED))


def rebuild(root: T, change: Callable[[Node], Node | tuple[Node, ...]]) -> T:
    """Make the tree anew, bottom up, with `change` applied to every node.

    Where `change` gives a tuple, its nodes take the node's place in the tuple around it: an empty
    one removes the node. What is unchanged is shared with the old tree.
    """
    replaced = _rebuild(root, change)
    if not isinstance(replaced, type(root)):
        raise TypeError(f"the root {type(root).__name__} may not be replaced by {replaced!r}")
    return replaced


def _rebuild(item: object, change: Callable[[Node], Node | tuple[Node, ...]]) -> object:
    if isinstance(item, tuple):
        return _rebuild_tuple(item, change)
    names = _down(type(item))  # type: ignore[arg-type]
    if names is None:
        return item
    new: dict[str, object] = {}
    for name in reversed(names):
        old = getattr(item, name)
        if old and (value := _rebuild(old, change)) is not old:  # what is empty holds nothing
            new[name] = value
    fresh = dataclasses.replace(item, **new) if new else item  # type: ignore[type-var]
    return change(fresh) if isinstance(fresh, Node) else fresh


def _rebuild_tuple(
    items: tuple[object, ...], change: Callable[[Node], Node | tuple[Node, ...]]
) -> tuple[object, ...]:
    result: list[object] = []
    same = True
    for item in items:
        new = _rebuild(item, change)
        same = same and new is item
        if isinstance(item, Node) and isinstance(new, tuple):
            result.extend(new)
        else:
            result.append(new)
    return items if same else tuple(result)


@cache
def _down(kind: type) -> tuple[str, ...] | None:
    """Give the fields to go down by, the last first; None for what is no dataclass."""
    if not dataclasses.is_dataclass(kind):
        return None
    kinds: dict[str, object] = {field.name: field.type for field in dataclasses.fields(kind)}
    return tuple(n for n in reversed(_tree_fields(kind)) if kinds[n] not in NO_TREE)


@cache
def _tree_fields(kind: type) -> tuple[str, ...]:
    """Give the names of the fields that can hold nodes: tuples and dataclasses, never `at`."""
    plain = {"at", "id"}
    return tuple(f.name for f in dataclasses.fields(kind) if f.name not in plain)


def links(document: Document) -> Iterator[Leading]:
    """Give the links of the text, and the figures that are links themselves."""
    for node in walk(document.sections):
        if isinstance(node, Link) or (isinstance(node, Figure) and node.link):
            yield node


def target_of(node: Leading) -> str:
    """Give the address to which a link or a figure leads."""
    return node.target if isinstance(node, Link) else node.link


def plain(content: object) -> str:
    """Give the words of inlines or blocks without footnotes, white space single."""
    parts: list[str] = []
    _plain(content, parts)
    return " ".join("".join(parts).split())


def _plain(item: object, parts: list[str]) -> None:
    match item:
        case Text(value) | Code(value):
            parts.append(value)
        case LineBreak():
            parts.append(" ")
        case Note():
            pass
        case Cite(shown=shown):
            _plain(shown, parts)
        case CrossReference(shown=shown):
            parts.append(shown)
        case Picture(alt=alt):
            parts.append(alt)
        case tuple():
            for child in item:
                _plain(child, parts)
        case _ if dataclasses.is_dataclass(item) and not isinstance(item, type):
            for name in _tree_fields(type(item)):
                _plain(getattr(item, name), parts)
                parts.append(" " if isinstance(item, APART) else "")  # a title is no part of a word
        case _:
            pass


def text(value: str) -> tuple[Inline, ...]:
    """Make inlines of a plain string."""
    return (Text(value),) if value else ()


def lead_series(document: Document) -> tuple[float, ...]:
    """Give the values of the cover's motif.

    They are those of the chart that `cover-data` names, else of the first chart with 3 to 9
    values; without one, a fixed fallback. All are positive: a series with zero or negative values
    is lifted until its lowest is a low bar.
    """
    for chart in every(document.sections, Chart):
        if document.meta.cover_data not in ("", chart.caption.label) or not chart.series:
            continue
        values = tuple(v for v in chart.series[0].values if v is not None)
        if MOTIF_LEAST <= len(values) <= MOTIF_MOST and any(values):
            return _lifted(values)
    return FALLBACK_MOTIF


def _lifted(values: tuple[float, ...]) -> tuple[float, ...]:
    low, high = min(values), max(values)
    if low > 0:
        return values
    if low == high:
        return tuple(1.0 for _ in values)
    return tuple(value - low + LOWEST_BAR * (high - low) for value in values)
