"""A batch from its plan to its manifest."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from builder.batch.alone import alone_in
from builder.batch.copied import Copied
from builder.batch.dated import asked_date
from builder.batch.manifest import (
    VERSION,
    Command,
    Earlier,
    Entry,
    Journal,
    Manifest,
    earlier,
    entry_of,
    is_there,
    named,
    programs,
    relative,
    write_manifest,
)
from builder.batch.names import textual
from builder.batch.orders import Order
from builder.batch.planning import Planned, Wish
from builder.diagnostics import Code, ContentErrors, Diagnostic, Diagnostics, Severity, Span
from builder.freshness import remember
from builder.job import Job
from builder.output import MACHINE, publish
from builder.plain_files import as_text

MOST_UNWRITTEN = 3
"""Copies that cannot be written, one after the other: then no other will be."""

MOST_NAMED = 8

Told = Callable[[int, int], None]
"""Is told how many copies are done, and how many there are."""

Run = Callable[[Mapping[str, Job]], Iterable[tuple[str, Copied]]]
"""Makes copies of jobs, by name, and gives each as it comes."""


@dataclass(slots=True)
class Result:
    """What came of a batch."""

    entries: dict[str, Entry] = field(default_factory=dict)
    made: int = 0
    kept: int = 0  # from an earlier run
    beside: dict[str, Entry] = field(default_factory=dict)  # not asked for: as before, or failed
    failed: list[Diagnostic] = field(default_factory=list)
    manifest: Path | None = None
    seconds: float = 0.0


def carry_out(
    planned: Planned, run: Run, log: Diagnostics, told: Told, *, rereads: bool = True
) -> Result:
    """Make the copies, write each as it comes, then the manifest; failures stand in the result.

    What an earlier run made of the very same things is kept where the wish is to resume. Where
    `run` rereads the content for each copy, it ends as soon as that has changed.
    """
    try:
        planned.folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        _tell_no_folder(planned.folder, fault, log)
        raise ContentErrors from fault
    try:
        with alone_in(planned.folder):
            return _carry_out(planned, run, log, told, rereads=rereads)
    except BlockingIOError as fault:
        log.error(
            Code.OUTPUT_UNWRITABLE,
            "another batch is at work in this folder",
            at=Span(str(planned.folder)),
            hint="wait until it has ended, or choose another folder by -d",
        )
        raise ContentErrors from fault


def _carry_out(
    planned: Planned, run: Run, log: Diagnostics, told: Told, *, rereads: bool
) -> Result:
    began = time.monotonic()
    result = Result(failed=list(planned.bad))
    before = earlier(planned.folder)
    _check_list(planned, before, log)
    journal = Journal(planned.folder)
    if planned.wish.resume:
        result.entries = _still_there(planned.folder, before, planned.keys)
        result.beside = _beside(planned, before)
    waiting = {name: job for name, job in planned.jobs.items() if name not in result.entries}
    result.kept = len(result.entries)
    is_cut_off = False
    try:
        journal.begin(_data(planned.wish, planned.folder), anew=not planned.wish.resume)
        told(result.kept, len(planned.jobs))
        unwritten = 0
        for name, copied in run(waiting):
            if rereads and (changed := planned.seen.changed()):
                tell_changed(changed, planned.folder, log)
                is_cut_off = True
                break
            unwritten = 0 if _take(planned, name, copied, journal, result) else unwritten + 1
            if unwritten == MOST_UNWRITTEN:
                raise OSError(f"{unwritten} copies, one after the other, could not be written")
            told(len(result.entries), len(planned.jobs))
    except OSError as fault:
        for finding in result.failed[-MOST_UNWRITTEN:]:
            log.add(finding)
        _tell_stopped(planned.folder, fault, log)
        raise ContentErrors from fault
    left_over = _left_over(planned.folder, before, result)
    if journal.known or not is_cut_off:  # else nothing is there that the last manifest has not
        made = _manifest(planned, result, left_over)
        result.manifest = write_manifest(planned.folder, made, log, (planned.project.files.root,))
    if left_over:
        log.add(tell_left_over(left_over, planned.folder))
    result.seconds = time.monotonic() - began
    result.failed.sort(key=lambda d: d.at)
    return result


def _check_list(planned: Planned, before: Earlier, log: Diagnostics) -> None:
    """Refuse to write over copies of another list in the folder that both have by their names.

    Raises ContentErrors. A list that was moved is the same one as long as it says the same.
    """
    wish, folder = planned.wish, planned.folder
    if wish.data is None or wish.job.output is not None or not before.data:
        return
    there = named(folder, before.data)
    is_same = there.resolve() == wish.data.resolve()
    if is_same or (before.rows and before.rows == planned.rows):
        return
    log.error(
        Code.OUTPUT_UNWRITABLE,
        f"copies of another list are there: {as_text(os.path.relpath(there))}",
        at=Span(str(folder)),
        hint=f"choose a folder by -d ({folder} itself, if they may be replaced)",
    )
    raise ContentErrors


def _still_there(folder: Path, before: Earlier, keys: Mapping[str, str]) -> dict[str, Entry]:
    """Give the copies of an earlier run that were made of the very same things, and are there."""
    known = {name: entry for name in keys if (entry := before.entries.get(name)) is not None}
    return {
        name: entry
        for name, entry in known.items()
        if entry.key == keys[name] and is_there(folder, entry)
    }


def _beside(planned: Planned, before: Earlier) -> dict[str, Entry]:
    """Give the editions not asked for that are as they were, and those that could not be made."""
    there = _still_there(planned.folder, before, planned.others)
    known = {} if before.data else before.entries  # a row may have an edition's name
    failed = {name for name in planned.others if name in known and not known[name].made}
    return {name: known[name] for name in planned.others if name in there or name in failed}


def _tell_no_folder(folder: Path, fault: OSError, log: Diagnostics) -> None:
    there = (path for path in (folder, *folder.parents) if os.path.lexists(path))
    file = next((path for path in there if not path.is_dir()), None)
    why = "a file has the name of their folder" if file else fault.strerror or str(fault)
    log.error(
        Code.OUTPUT_UNWRITABLE,
        f"the copies cannot be written: {why}",
        at=Span(str(file or folder)),
        hint=f"{'move it away, or ' if file else ''}name another folder by -d",
    )


def _tell_stopped(folder: Path, fault: OSError, log: Diagnostics) -> None:
    is_full = fault.errno is None or fault.errno in MACHINE
    what = "make room there" if is_full else "see to it that files can be written there"
    log.error(
        Code.OUTPUT_UNWRITABLE,
        f"the batch stopped: {fault.strerror or fault}",
        at=Span(str(folder)),
        hint=f"what was made is kept; {what}, and run the same command with --resume",
    )


def tell_changed(changed: Sequence[str], folder: Path, log: Diagnostics) -> None:
    """Tell that the content is not what it was when the batch was planned."""
    more = f" and {len(changed) - MOST_NAMED} more" if len(changed) > MOST_NAMED else ""
    log.error(
        Code.BATCH_FAILED,
        "the content was changed while the batch was at work, so it stopped: "
        f"{', '.join(map(as_text, changed[:MOST_NAMED]))}{more}",
        at=Span(str(folder)),
        hint="when it is as it should be, the same command with --resume makes all that is to be"
        " made of it",
    )


def _left_over(folder: Path, before: Earlier, result: Result) -> list[str]:
    """Name the files of earlier runs that are still there, and that no copy of now has."""
    kept = (*result.entries.values(), *result.beside.values())
    ours = {file.path for entry in kept for file in entry.outputs}
    return [path for path in before.files if path not in ours and (folder / path).exists()]


def tell_left_over(old: Sequence[str], folder: Path) -> Diagnostic:
    """Warn of files of earlier runs that this one knows nothing of: nobody should send them."""
    more = f" and {len(old) - MOST_NAMED} more" if len(old) > MOST_NAMED else ""
    one = len(old) == 1
    return Diagnostic(
        Severity.WARNING,
        Code.BATCH_LEFTOVER,
        f"{'a file' if one else f'{len(old)} files'} of an earlier run {'is' if one else 'are'}"
        f" still there: {', '.join(old[:MOST_NAMED])}{more}",
        Span(str(folder)),
        "they are not what is asked for now: take them away before you send the folder",
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


def _manifest(planned: Planned, result: Result, left_over: list[str]) -> Manifest:
    wish, folder = planned.wish, planned.folder
    known = {**result.entries, **result.beside}
    editions = list(wish.editions)
    if result.beside:
        there = {entry.edition for entry in known.values()}.union(editions)
        editions = [e.name for e in planned.project.editions if e.name in there]
    order = [*planned.orders, *result.beside]
    if wish.data is None:
        places = {edition.name: place for place, edition in enumerate(planned.project.editions)}
        order.sort(key=lambda name: places[known[name].edition] if name in known else 0)
    command = Command(
        formats=list(wish.job.formats),
        editions=editions,
        data=_data(wish, folder),
        name=textual(wish.template),
        theme=relative(planned.theme, folder) if planned.theme else "",
        strict=wish.job.strict,
        print=wish.job.for_print,
        date=asked_date(),
    )
    return Manifest(
        manifest=VERSION,
        project=relative(planned.project.files.root, folder),
        command=command,
        versions=programs(),
        inputs=dict(planned.files),
        copies=[known[name] for name in order if name in known],
        refused=[finding.as_dict() for finding in planned.bad],
        rows=planned.rows,
        left_over=left_over,
    )


def _data(wish: Wish, folder: Path) -> str:
    return relative(wish.data, folder) if wish.data else ""
