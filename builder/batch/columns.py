"""Which columns of a list a batch uses: the others are told, and go nowhere."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from builder.batch.orders import EDITION, Naming, Order, Orders, named_in
from builder.diagnostics import Code, Diagnostics, did_you_mean
from builder.readers.project import Project, variables_of

MOST_NAMED = 8


def used_only(orders: Orders, project: Project, naming: Naming, log: Diagnostics) -> Orders:
    """Leave out of each copy the columns that nothing uses; an error where nothing uses any.

    A list is often kept for other ends as well. What the briefing does not ask for must not travel
    in its files, where Word shows each variable among the document's properties.
    """
    known = variables_of(project)
    used = {*known, EDITION, *named_in(naming.template)}
    idle = [column for column in orders.columns if column not in used]
    wanted = {*known, EDITION} if project.editions else known
    slips = [(column, meant) for column in idle if (meant := _same(column, wanted))]
    for column, meant in slips:
        if meant not in orders.columns:
            log.error(
                Code.BATCH_COLUMNS,
                f"the column {_short(column)!r} is used by nothing: it is written {meant!r}",
                at=orders.head,
                hint=f"did you mean {meant!r}? Capitals and spaces count",
            )
    if idle and not log.has_errors:
        _tell(idle, orders, known, log)
    for column in orders.columns:
        if column in known:
            _tell_empty(column, orders, log)
    good = tuple(_without(order, known) for order in orders.good)
    return replace(orders, good=good)


def _without(order: Order, known: Collection[str]) -> Order:
    values = tuple((name, value) for name, value in order.copy.values if name in known)
    return replace(order, copy=replace(order.copy, values=values))


def _tell(idle: list[str], orders: Orders, known: Collection[str], log: Diagnostics) -> None:
    near = [(column, _meant(column, known)) for column in idle]
    meant = [f"{_short(column)}: {hint}" for column, hint in near[:MOST_NAMED] if hint]
    names = ", ".join(repr(_short(column)) for column in idle[:MOST_NAMED])
    names += f" and {len(idle) - MOST_NAMED} more" if len(idle) > MOST_NAMED else ""
    there = f"its variables are {', '.join(sorted(known)[:12])}" if known else "it has no variables"
    if len(idle) == len(orders.columns):
        log.error(
            Code.BATCH_COLUMNS,
            f"the briefing uses no column of the list ({names}): every copy would be the same",
            at=orders.head,
            hint="; ".join(meant)
            or f"{there}; name a column in the text by {{{{< var … >}}}}, or in --name",
        )
    else:
        what = "the column" if len(idle) == 1 else "the columns"
        log.warning(
            Code.BATCH_COLUMNS,
            f"nothing uses {what} {names}",
            at=orders.head,
            hint="; ".join(meant) or there,
        )


def _meant(column: str, known: Collection[str]) -> str:
    """Give a hint at the variable that was meant: spreadsheets like capitals."""
    return did_you_mean(_same(column, known) or column, sorted(known))


def _same(column: str, known: Collection[str]) -> str:
    """Give the name that differs from a column's by capitals, spaces and hyphens only."""
    return next((name for name in sorted(known) if _plain(name) == _plain(column)), "")


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).casefold()


def _tell_empty(column: str, orders: Orders, log: Diagnostics) -> None:
    """Say in which rows a variable is empty: nobody wants to read "Dear ,"."""
    empty = [order.at for order in orders.good if not dict(order.copy.values).get(column)]
    if not empty:
        return
    lines = ", ".join(str(at.line) for at in empty[:MOST_NAMED])
    lines += f" and {len(empty) - MOST_NAMED} more" if len(empty) > MOST_NAMED else ""
    log.note(
        Code.BATCH_COLUMNS,
        f"{_short(column)!r} is empty in line{'s' if len(empty) > 1 else ''} {lines}: "
        "nothing stands for it in these copies",
        at=orders.head,
    )


def _short(column: str) -> str:
    return column if len(column) <= 40 else f"{column[:39]}…"
