"""Whether a batch can be made again, and is on disk as it was made."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from builder.batch.batch import Run, Told, tell_left_over
from builder.batch.copied import Copied
from builder.batch.dated import asked_date, dated
from builder.batch.manifest import (
    Entry,
    File,
    Manifest,
    file_fault,
    named,
    programs,
    read_manifest,
)
from builder.batch.names import unspelt
from builder.batch.planning import Planned, Wish, plan
from builder.diagnostics import (
    NOWHERE,
    Code,
    ContentErrors,
    Diagnostic,
    Diagnostics,
    Severity,
    Span,
)
from builder.job import Job
from builder.plain_files import as_text
from builder.readers.found import SETTINGS
from builder.theme.origin import brings_templates


@dataclass(slots=True)
class Verified:
    """What was compared, and every difference."""

    copies: int = 0
    files: int = 0
    not_made: int = 0  # copies, and rows that none could be made of, then
    differences: list[Diagnostic] = field(default_factory=list)
    remarks: list[Diagnostic] = field(default_factory=list)  # of what is no difference
    made_anew: bool = False  # else what differs is what does on disk


_MAKE = "make what is missing: the batch's own command with --resume"

Plan = Callable[[Wish, Diagnostics], Planned]
"""Names every copy of a wish; raises ContentErrors."""


def verify(
    path: Path,
    root: Path | None,
    run: Run | None,
    log: Diagnostics,
    told: Told,
    plan: Plan = plan,
    *,
    trust: bool = True,
) -> Verified:
    """Compare the files on disk, and files made anew by `run`, with a manifest.

    `root` is where the project stands now, if not where the manifest says; without `trust` no
    templates are taken from a theme that the manifest names. Where nothing can be made anew, the
    log has errors. Raises ContentErrors where there is no manifest.
    """
    manifest = read_manifest(path, log)
    if manifest is None:
        raise ContentErrors
    folder = path.parent
    made = [entry for entry in manifest.copies if entry.made]
    missing = len(manifest.copies) - len(made) + len(manifest.refused)
    result = Verified(len(made), sum(len(entry.outputs) for entry in made), missing)
    for entry in made:
        for file in entry.outputs:
            fault = file_fault(folder, file)
            if fault is not None:
                result.differences.append(_differs(folder / file.path, fault))
    old = [name for name in manifest.left_over if (folder / name).exists()]
    result.remarks += [tell_left_over(old, folder)] if old else []
    if run is not None:
        with suppress(ContentErrors):  # what differs on disk is told all the same
            wish = _wish(manifest, folder, root)
            _check_there(wish, path, log, is_named=root is not None)
            if not trust:
                _check_theme(wish.job, path, log)
            asked = manifest.command.date
            with dated(asked_date() if asked is None else asked):
                planned = plan(wish, log)
                result.differences += _again(manifest, planned, run, told)
            result.made_anew = True
    return result


def _check_there(wish: Wish, path: Path, log: Diagnostics, *, is_named: bool) -> None:
    """Say what is not where the manifest at `path` says, or the project's name on the command line.

    Raises ContentErrors.
    """
    at, project, theme = Span(str(path)), wish.job.project, wish.job.theme
    if not (project / SETTINGS).is_file():
        missing = "the project that the manifest names is not there"
        log.error(
            Code.PROJECT_MISSING,
            f"there is no briefing.yml in {project}"
            if is_named
            else f"{missing}: {_here(project)}",
            at=NOWHERE if is_named else at,
            hint=f"name its folder by --project, or {_ALONE}",
        )
    if wish.data is not None and not wish.data.is_file():
        where = _here(wish.data)
        message = f"the list that the manifest names is not there: {where}"
        log.error(Code.FILE_MISSING, message, at=at, hint=f"put it back there, or {_ALONE}")
    if theme is not None and not theme.exists():
        message = f"the theme that the manifest names is not there: {_here(theme)}"
        log.error(Code.THEME_MISSING, message, at=at, hint=f"put it back there, or {_ALONE}")
    log.stop_if_errors()


_ALONE = "compare the files on disk alone by --no-build"


def _here(path: Path) -> str:
    return as_text(os.path.relpath(path))


def _check_theme(job: Job, path: Path, log: Diagnostics) -> None:
    if job.theme is not None and brings_templates(job.theme):
        log.error(
            Code.TEMPLATE_UNTRUSTED,
            "the manifest names a theme with templates of its own, and templates are programs",
            at=Span(str(path)),
            hint="give --trust if you know who made the batch",
        )
        raise ContentErrors


def _wish(manifest: Manifest, folder: Path, root: Path | None) -> Wish:
    """Ask for what was asked for then."""
    asked = manifest.command
    project = root if root is not None else named(folder, manifest.project)
    job = Job(
        project,
        tuple(asked.formats),
        folder,
        # A single word would be looked for in templates/ as well.
        named(folder, asked.theme).absolute() if asked.theme else None,
        asked.strict,
        asked.print,
    )
    data = named(folder, asked.data) if asked.data else None
    return Wish(job, tuple(asked.editions), data, asked.name)


def _again(manifest: Manifest, planned: Planned, run: Run, told: Told) -> Iterator[Diagnostic]:
    entries = {entry.name: entry for entry in manifest.copies if entry.made}
    jobs: Mapping[str, Job] = {n: j for n, j in planned.jobs.items() if n in entries}
    why = _reasons(manifest, planned)
    for name in entries.keys() - jobs.keys():
        yield _differs(planned.folder / name, "nothing in the briefing asks for this copy any more")
    for name in planned.orders.keys() - {entry.name for entry in manifest.copies}:
        at = planned.orders[name].at
        what = f"the copy {name!r} is asked for here, and the manifest does not know it"
        yield Diagnostic(Severity.ERROR, Code.VERIFY_DIFFERS, what, at, _MAKE)
    if manifest.rows and planned.wish.data and planned.rows != manifest.rows:
        yield _differs(
            planned.wish.data, "the list is no longer the one of which the copies were made"
        )
    for done, (name, copied) in enumerate(run(jobs), start=1):
        yield from _compared(entries[name], copied, planned.folder, why)
        told(done, len(jobs))


def _compared(entry: Entry, copied: Copied, folder: Path, why: str) -> Iterator[Diagnostic]:
    made = {artifact.name: artifact for artifact in copied.artifacts}
    for file in entry.outputs:
        again = made.get(file.path)
        if again is None:
            first = next((f"{d.at}: {d.message}" for d in copied.found), "no file of it")
            yield _differs(folder / file.path, f"made anew, it does not come out: {first}", why)
        elif hashlib.sha256(again.data).hexdigest() != file.sha256:
            yield _differs(folder / file.path, _how(file, again.data), why)


def _how(file: File, data: bytes) -> str:
    return f"made anew, it differs ({len(data):,} bytes, then {file.bytes:,})"


def _reasons(manifest: Manifest, planned: Planned) -> str:
    """Say what else differs from then: what the copies are made of, or what makes them."""
    now, then = planned.files, manifest.inputs
    changed = sorted(
        as_text(unspelt(name)) for name in {*now, *then} if now.get(name) != then.get(name)
    )
    known = programs()
    other = [f"{name} {was} → {known.get(name, 'none')}" for name, was in
             sorted(manifest.versions.items()) if known.get(name) != was]  # fmt: skip
    parts = [f"since then these changed: {', '.join(changed[:5])}"] if changed else []
    parts += [f"other programs: {', '.join(other)}"] if other else []
    return "; ".join(parts)


def _differs(path: Path, what: str, why: str = "") -> Diagnostic:
    at = Span(str(path))
    return Diagnostic(Severity.ERROR, Code.VERIFY_DIFFERS, what, at, why)
