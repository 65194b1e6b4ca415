"""What a batch is about to make: every copy with its name, and what it is made of."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from builder.batch.columns import used_only
from builder.batch.manifest import digests, key_of
from builder.batch.orders import Naming, Order, Orders, of_editions, of_rows
from builder.batch.seen import Seen
from builder.build import load_theme_of
from builder.diagnostics import Code, Diagnostic, Diagnostics
from builder.freshness import fingerprint, states
from builder.job import Copy, Job
from builder.output import may_hold_outputs
from builder.readers.editions import ALL, choose, theme_of
from builder.readers.project import Project, read_project
from builder.theme.paths import default_search, find_theme


@dataclass(frozen=True, slots=True)
class Wish:
    """What a batch is to make."""

    job: Job  # project, formats, theme: what all copies share
    editions: tuple[str, ...] = ()  # "all", or names
    data: Path | None = None
    template: str = ""
    resume: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """A batch about to begin: every copy has its name."""

    wish: Wish
    project: Project
    folder: Path
    orders: Mapping[str, Order]  # by name
    jobs: Mapping[str, Job]
    inputs: Mapping[str, str]  # digests of what editions are made of, by their names
    keys: Mapping[str, str]
    bad: tuple[Diagnostic, ...]
    apart: tuple[Path, ...]  # what is no content, though it may stand in the project
    seen: Seen  # the content
    files: Mapping[str, str]  # its digests, by their paths
    others: Mapping[str, str] = field(default_factory=dict)  # keys of editions not asked for
    rows: str = ""  # digest of the list
    theme: Path | None = None  # the folder of one that was asked for instead of the project's


def plan(wish: Wish, log: Diagnostics) -> Planned:
    """Name every copy and find out what it is made of. Raises ContentErrors before anything starts.

    Rows that no copy can be made of are no errors here: the others are made.
    """
    project = read_project(wish.job.project, log)
    log.stop_if_errors()
    assert project is not None
    folder = _folder(wish, project)
    seen = Seen(_apart(wish, folder))
    seen.look(project.files.root)
    naming = Naming(project.name, wish.template, wish.job.formats, wish.job.for_print)
    orders = _orders(wish, project, naming, log)
    log.stop_if_errors()
    named = {order.name: order for order in orders.good}
    others = {o.name: o for o in _others(wish, project, naming) if o.name not in named}
    may_hold_outputs(folder, log, (project.files.root,))
    inputs = _inputs(wish, project, [*orders.good, *others.values()], seen, log)
    log.stop_if_errors()
    jobs = {name: replace(wish.job, copy=order.copy) for name, order in (named | others).items()}
    theme = _asked_theme(wish, project)
    of_theme = _digest_of_theme(theme)
    keys = {name: key_of(job, inputs[job.copy.edition], of_theme) for name, job in jobs.items()}
    return Planned(
        wish,
        project,
        folder,
        named,
        {name: jobs[name] for name in named},
        inputs,
        {name: keys[name] for name in named},
        orders.bad,
        _apart(wish, folder),
        seen,
        digests(project.files.root, apart=seen.apart),
        {name: keys[name] for name in others},
        _digest_of_list(wish),
        theme,
    )


def _orders(wish: Wish, project: Project, naming: Naming, log: Diagnostics) -> Orders:
    if wish.data is not None:
        orders = of_rows(wish.data, project.editions, naming, log)
        return orders if log.has_errors else used_only(orders, project, naming, log)
    known = [edition.name for edition in project.editions]
    for name in wish.editions:
        if name != ALL:
            choose(project.editions, name, log)
    if ALL in wish.editions and not known:
        log.error(
            Code.EDITION_UNKNOWN,
            "the briefing has no editions",
            at=project.places.span(),
            hint="write editions: or matrix: into briefing.yml",
        )
    names = known if ALL in wish.editions else wish.editions
    return of_editions(project.editions, names, naming, log)


def _others(wish: Wish, project: Project, naming: Naming) -> tuple[Order, ...]:
    """Give the editions that are not asked for: an earlier run may have made them in the folder."""
    if not wish.resume or wish.data is not None or ALL in wish.editions:
        return ()
    unsaid = Diagnostics()  # names that collide are a fault only where their copies are made
    orders = of_editions(project.editions, [e.name for e in project.editions], naming, unsaid)
    return () if unsaid.has_errors else orders.good


def _digest_of_list(wish: Wish) -> str:
    if wish.data is None or not wish.data.is_file():
        return ""
    return hashlib.sha256(wish.data.read_bytes()).hexdigest()


def _asked_theme(wish: Wish, project: Project) -> Path | None:
    """Give the folder of a theme that may have been given by its name, or by a file in it."""
    search = default_search(project.files.root)
    return find_theme(wish.job.theme, search) if wish.job.theme else None


def _digest_of_theme(folder: Path | None) -> str:
    """Give what a theme is known by under any path: its name, which outputs show, and its files."""
    if folder is None:
        return ""
    digest = hashlib.sha256(os.fsencode(folder.resolve().name) + b"\0")
    for part in states(folder.resolve()):
        digest.update(part)
    return digest.hexdigest()


def _folder(wish: Wish, project: Project) -> Path:
    if wish.job.output is not None or wish.data is None:
        return wish.job.folder(project.name)
    return wish.job.folder(project.name) / wish.data.stem


def _apart(wish: Wish, folder: Path) -> tuple[Path, ...]:
    """Give what is no content, though it may stand in the project: the list, and the outputs."""
    return (folder, wish.data) if wish.data else (folder,)


def _inputs(
    wish: Wish, project: Project, orders: Sequence[Order], seen: Seen, log: Diagnostics
) -> dict[str, str]:
    """Give the digest of what each edition is made of: all of one theme have the same.

    The theme that all share has to be there; the fault of an edition's own is told by its copies.
    """
    themes = {
        edition.name: theme_of(edition, project.settings.theme) for edition in project.editions
    }
    known: dict[str, str] = {}
    found: dict[str, str] = {}
    for edition in dict.fromkeys(order.copy.edition for order in orders):
        theme = themes.get(edition, project.settings.theme)
        if theme not in known:
            is_shared = theme == project.settings.theme or wish.job.theme is not None
            job = replace(wish.job, copy=Copy(edition))
            known[theme] = _digest(job, seen, log if is_shared else Diagnostics())
        found[edition] = known[theme]
    return found


def _digest(job: Job, seen: Seen, log: Diagnostics) -> str:
    project = read_project(job.project, Diagnostics(), job.copy)
    theme = load_theme_of(job, project, log) if project else None
    if project is None or theme is None:
        return ""
    seen.look(*(theme.search or (theme.folder,)))
    return fingerprint(project.files.root, theme, apart=seen.apart)
