"""Dividing what is too long: between top-level items, into parts of like height."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from builder.document.nodes import Block, Blocks, BulletList, ListItem, OrderedList

T = TypeVar("T")


def units(blocks: Blocks) -> Blocks:
    """Give blocks with every list divided into lists of one item."""
    made: list[Block] = []
    for block in blocks:
        match block:
            case BulletList(items):
                made += [replace(block, items=(item,)) for item in items]
            case OrderedList(items, start):
                made += [
                    replace(block, items=(item,), start=start + place)
                    for place, item in enumerate(items)
                ]
            case _:
                made.append(block)
    return tuple(made)


def pieces(unit: Block) -> Blocks:
    """Divide one item that is too long: its own words, then what stands nested below, one by one.

    What cannot be divided is given as it is.
    """
    match unit:
        case BulletList((ListItem((first, *nested)),)) if nested:
            parts = [first, *(part for block in nested for part in units((block,)))]
            return tuple(replace(unit, items=(replace(unit.items[0], blocks=(p,)),)) for p in parts)
        case OrderedList((ListItem((first, *nested)),)) if nested:
            below = [part for block in nested for part in units((block,))]
            loose = BulletList(unit.items, at=unit.at)
            return (
                replace(unit, items=(replace(unit.items[0], blocks=(first,)),)),
                *(replace(loose, items=(ListItem((p,)),)) for p in below),
            )
    return (unit,)


def joined(blocks: Blocks) -> Blocks:
    """Put lists that follow each other together again."""
    made: list[Block] = []
    for block in blocks:
        last = made[-1] if made else None
        if (isinstance(block, BulletList) and isinstance(last, BulletList)) or (
            isinstance(block, OrderedList)
            and isinstance(last, OrderedList)
            and block.start == last.start + len(last.items)
            and (block.style, block.delimiter) == (last.style, last.delimiter)
        ):
            made[-1] = replace(last, items=(*last.items, *block.items))
        else:
            made.append(block)
    return tuple(made)


def divide(
    pieces: Sequence[T],
    fits: Callable[[Sequence[T]], bool],
    height: Callable[[Sequence[T]], int],
) -> tuple[tuple[T, ...], ...]:
    """Divide pieces into as few parts as fit, the highest of them as low as can be.

    A piece that does not fit alone is left alone, for the caller to diagnose.
    """
    parts = _greedy(pieces, fits)
    if len(parts) < 2:
        return parts
    limit = max(height(part) for part in parts)
    best = parts
    while True:
        lower = limit - 1

        def low(part: Sequence[T], most: int = lower) -> bool:
            return fits(part) and height(part) <= most

        parts = _greedy(pieces, low)
        if len(parts) > len(best) or max(height(part) for part in parts) >= limit:
            return best
        best, limit = parts, max(height(part) for part in parts)


def _greedy(pieces: Sequence[T], fits: Callable[[Sequence[T]], bool]) -> tuple[tuple[T, ...], ...]:
    parts: list[list[T]] = []
    for piece in pieces:
        if parts and fits([*parts[-1], piece]):
            parts[-1].append(piece)
        else:
            parts.append([piece])
    return tuple(tuple(part) for part in parts)
