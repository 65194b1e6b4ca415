"""A batch from its orders to its manifest."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from builder.batch.columns import used_only
from builder.batch.copied import Copied
from builder.batch.manifest import (
    VERSION,
    Command,
    Entry,
    Journal,
    Manifest,
    digests,
    earlier,
    entry_of,
    is_there,
    key_of,
    relative,
    versions,
    write_manifest,
)
from builder.batch.orders import Naming, Order, Orders, of_editions, of_rows
from builder.build import load_theme_of
from builder.diagnostics import Code, ContentErrors, Diagnostic, Diagnostics, Severity, Span
from builder.freshness import fingerprint, remember
from builder.job import Copy, Job
from builder.output import may_hold_outputs, publish
from builder.readers.editions import ALL, choose, theme_of
from builder.readers.project import Project, read_project

MOST_UNWRITTEN = 3
"""Copies that cannot be written, one after the other: then no other will be."""

MOST_NAMED = 8

Told = Callable[[int, int], None]
"""Is told how many copies are done, and how many there are."""

Run = Callable[[Mapping[str, Job]], Iterable[tuple[str, Copied]]]
"""Makes copies of jobs, by name, and gives each as it comes."""


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


@dataclass(slots=True)
class Result:
    """What came of a batch."""

    entries: dict[str, Entry] = field(default_factory=dict)
    made: int = 0
    kept: int = 0  # from an earlier run
    failed: list[Diagnostic] = field(default_factory=list)
    manifest: Path | None = None
    seconds: float = 0.0


def plan(wish: Wish, log: Diagnostics) -> Planned:
    """Name every copy and find out what it is made of. Raises ContentErrors before anything starts.

    Rows that no copy can be made of are no errors here: the others are made.
    """
    project = read_project(wish.job.project, log)
    log.stop_if_errors()
    assert project is not None
    naming = Naming(project.name, wish.template, wish.job.formats, wish.job.for_print)
    orders = _orders(wish, project, naming, log)
    log.stop_if_errors()
    named = {order.name: order for order in orders.good}
    jobs = {name: replace(wish.job, copy=order.copy) for name, order in named.items()}
    folder = _folder(wish, project)
    may_hold_outputs(folder, log, (project.files.root,))
    apart = _apart(wish, folder)
    inputs = _inputs(wish, project, orders.good, apart, log)
    log.stop_if_errors()
    keys = {name: key_of(job, inputs[job.copy.edition]) for name, job in jobs.items()}
    return Planned(wish, project, folder, named, jobs, inputs, keys, orders.bad, apart)


def _orders(wish: Wish, project: Project, naming: Naming, log: Diagnostics) -> Orders:
    if wish.data is not None:
        orders = of_rows(wish.data, project.editions, naming, log)
        return orders if log.has_errors else used_only(orders, project, naming, log)
    known = [edition.name for edition in project.editions]
    if ALL not in wish.editions:
        for name in wish.editions:
            choose(project.editions, name, log)
    elif not known:
        log.error(
            Code.EDITION_UNKNOWN,
            "the briefing has no editions",
            at=project.places.span(),
            hint="write editions: or matrix: into briefing.yml",
        )
    names = known if ALL in wish.editions else wish.editions
    return of_editions(project.editions, names, naming, log)


def _folder(wish: Wish, project: Project) -> Path:
    if wish.job.output is not None or wish.data is None:
        return wish.job.folder(project.name)
    return wish.job.folder(project.name) / wish.data.stem


def _apart(wish: Wish, folder: Path) -> tuple[Path, ...]:
    """Give what is no content, though it may stand in the project: the list, and the outputs."""
    return (folder, wish.data) if wish.data else (folder,)


def _inputs(
    wish: Wish, project: Project, orders: Sequence[Order], apart: Sequence[Path], log: Diagnostics
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
            known[theme] = _digest(job, apart, log if is_shared else Diagnostics())
        found[edition] = known[theme]
    return found


def _digest(job: Job, apart: Sequence[Path], log: Diagnostics) -> str:
    project = read_project(job.project, Diagnostics(), job.copy)
    theme = load_theme_of(job, project, log) if project else None
    return fingerprint(project.files.root, theme, apart=apart) if project and theme else ""


def carry_out(planned: Planned, run: Run, log: Diagnostics, told: Told) -> Result:
    """Make the copies, write each as it comes, then the manifest; failures stand in the result.

    What an earlier run made of the very same things is kept where the wish is to resume.
    """
    began = time.monotonic()
    result = Result(failed=list(planned.bad))
    before = earlier(planned.folder)
    journal = Journal(planned.folder)
    waiting = dict(planned.jobs)
    for name, key in planned.keys.items():
        entry = before.get(name) if planned.wish.resume else None
        if entry is not None and entry.key == key and is_there(planned.folder, entry):
            result.entries[name] = entry
            del waiting[name]
    result.kept = len(result.entries)
    try:
        if not planned.wish.resume:
            journal.begin()
        planned.folder.mkdir(parents=True, exist_ok=True)
        told(result.kept, len(planned.jobs))
        unwritten = 0
        for name, copied in run(waiting):
            unwritten = 0 if _take(planned, name, copied, journal, result) else unwritten + 1
            if unwritten == MOST_UNWRITTEN:
                raise OSError(f"{unwritten} copies, one after the other, could not be written")
            told(len(result.entries), len(planned.jobs))
    except OSError as fault:
        for finding in result.failed[-MOST_UNWRITTEN:]:
            log.add(finding)
        log.error(
            Code.OUTPUT_UNWRITABLE,
            f"the batch stopped: {fault.strerror or fault}",
            at=Span(str(planned.folder)),
            hint="what was made is kept; make room there, and run the same command with --resume",
        )
        raise ContentErrors from fault
    root = planned.project.files.root
    result.manifest = write_manifest(planned.folder, _manifest(planned, result), log, (root,))
    _tell_left_over(planned.folder, before, result, log)
    result.seconds = time.monotonic() - began
    result.failed.sort(key=lambda d: d.at)
    return result


def _tell_left_over(
    folder: Path, before: Mapping[str, Entry], result: Result, log: Diagnostics
) -> None:
    """Warn of files of an earlier run that this one knows nothing of: nobody should send them."""
    ours = {file.path for entry in result.entries.values() for file in entry.outputs}
    theirs = (file.path for entry in before.values() for file in entry.outputs)
    old = [path for path in dict.fromkeys(theirs) if path not in ours and (folder / path).exists()]
    if old:
        more = f" and {len(old) - MOST_NAMED} more" if len(old) > MOST_NAMED else ""
        one = len(old) == 1
        log.warning(
            Code.BATCH_LEFTOVER,
            f"{'a file' if one else f'{len(old)} files'} of an earlier run {'is' if one else 'are'}"
            f" still there: {', '.join(old[:MOST_NAMED])}{more}",
            at=Span(str(folder)),
            hint="they are not what is asked for now: take them away before you send the folder",
        )


def _take(planned: Planned, name: str, copied: Copied, journal: Journal, result: Result) -> bool:
    """Write a copy's files, and note what came of it; False where they could not be written."""
    order = planned.orders[name]
    own = Diagnostics(list(copied.found))
    sources = (planned.project.files.root,)
    is_written = not copied.artifacts or bool(
        publish(copied.artifacts, planned.folder, own, sources)
    )
    if not is_written:
        copied = replace(copied, artifacts=(), found=tuple(own))
    entry = entry_of(order, planned.keys[name], copied)
    journal.note(entry)
    result.entries[name] = entry
    if entry.made:
        result.made += 1
        if planned.wish.data is None:  # an edition's, which a mail may take as they are
            edition = order.copy.edition
            inputs = planned.inputs[edition]
            remember(planned.folder, copied.artifacts, inputs, edition=edition)
    else:
        result.failed.append(_failure(order, copied, strict=planned.wish.job.strict))
    return is_written


def _failure(order: Order, copied: Copied, *, strict: bool) -> Diagnostic:
    """Say in one finding why a copy was not made; all of them are in the manifest."""
    wanted = [d for d in copied.found if d.severity is Severity.ERROR]
    wanted = wanted or [d for d in copied.found if strict and d.severity is Severity.WARNING]
    first = min(wanted, key=lambda d: d.at)
    place = f"{first.at}: " if first.at.file else ""
    more = f" (and {len(wanted) - 1} more)" if len(wanted) > 1 else ""
    why = f"{place}{first.code.value}: {first.message}{more}"
    message = f"the copy {order.name!r} was not made: {why}"
    return Diagnostic(first.severity, Code.BATCH_FAILED, message, order.at, first.hint)


def _manifest(planned: Planned, result: Result) -> Manifest:
    wish, folder = planned.wish, planned.folder
    root = planned.project.files.root
    inputs = digests(root, apart=planned.apart)
    command = Command(
        formats=list(wish.job.formats),
        editions=list(wish.editions),
        data=relative(wish.data, folder) if wish.data else "",
        name=wish.template,
        theme=relative(wish.job.theme, folder) if wish.job.theme else "",
        strict=wish.job.strict,
        print=wish.job.for_print,
    )
    entries = [result.entries[name] for name in planned.orders if name in result.entries]
    return Manifest(
        manifest=VERSION,
        project=relative(root, folder),
        command=command,
        versions=versions(),
        inputs=inputs,
        copies=entries,
        refused=[finding.as_dict() for finding in planned.bad],
    )
