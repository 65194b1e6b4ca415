"""`briefing batch`: options in, many copies and a manifest out."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from builder.cli_limits import add_room, asked
from builder.cli_schema import Commands
from builder.confinement import RanAway, confined, measured, reached
from builder.exit_codes import CONTENT, OK, WARNINGS
from builder.limits import MORE_ROOM, USUAL, Limits
from builder.plain_files import as_text, text_size
from builder.readers.rows import MOST_BYTES

if TYPE_CHECKING:
    from builder.batch.batch import Result, Run, Told
    from builder.batch.copied import Copied
    from builder.batch.planning import Planned, Wish
    from builder.diagnostics import Diagnostic, Diagnostics
    from builder.job import Job

MOST_SHOWN = 20
SECONDS_A_LINE = 10


def add_batch(commands: Commands, formats: Callable[[str], tuple[str, ...]]) -> None:
    """Add the command to the parser; `formats` reads those that are asked for."""
    batch = commands.add_parser(
        "batch",
        help="build many copies: all editions, or one for each row of a list",
        description="Builds editions, or a personal copy for each row of a CSV, side by side.",
        allow_abbrev=False,
    )
    batch.add_argument(
        "project",
        nargs="?",
        type=Path,
        metavar="PROJECT",
        help="a folder with briefing.yml (default: here, else the only one under content/)",
    )
    what = batch.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--editions", type=_names, default=(), metavar="NAMES", help="all, or some with commas"
    )
    what.add_argument(
        "--data", type=Path, metavar="CSV", help="a copy for each row; columns are variables"
    )
    batch.add_argument(
        "-t",
        "--to",
        type=formats,
        default=(),
        metavar="FORMATS",
        help="formats, with commas between (default: pdf,docx,pptx, or as the edition says)",
    )
    batch.add_argument(
        "--print", dest="for_print", action="store_true", help="make a PDF for print as well"
    )
    batch.add_argument(
        "--name",
        default="",
        metavar="TEMPLATE",
        help='how files are named: "{project}-{edition}", or columns (default for rows: '
        '"{project}-{row}")',
    )
    batch.add_argument(
        "-d",
        "--output",
        type=Path,
        metavar="DIR",
        help="folder for the outputs (default: output/<project>/; for rows <list>/ in it)",
    )
    add_workers(batch)
    batch.add_argument(
        "--cluster", default="", metavar="ADDRESS", help="a Dask scheduler: tcp://host:8786"
    )
    batch.add_argument(
        "--resume", action="store_true", help="make only what is missing, failed or out of date"
    )
    batch.add_argument(
        "--theme", type=Path, metavar="DIR", help="a theme's folder, instead of the project's"
    )
    add_room(batch)
    batch.add_argument("--strict", action="store_true", help="copies with warnings fail, too")
    batch.add_argument("--format", choices=("text", "json"), default="text")
    batch.add_argument("-q", "--quiet", action="store_true", help="print findings only")


def add_workers(parser: argparse.ArgumentParser) -> None:
    """Add the option that says how many processes work."""
    parser.add_argument(
        "-j",
        "--jobs",
        type=_count,
        default=0,
        metavar="N",
        help="how many processes work (default: one a processor)",
    )


def _names(value: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))
    if not names:
        raise argparse.ArgumentTypeError("name editions, or say all")
    return names


def _count(value: str) -> int:
    if not value.isdigit() or not 1 <= int(value) <= 1024:
        raise argparse.ArgumentTypeError(f"{value!r} is no number of processes")
    return int(value)


# ---------------------------------------------------------------- the command


def batch_command(arguments: argparse.Namespace) -> int:
    """Make a batch: 1 where a copy failed, 3 where only warnings stopped some."""
    from builder.batch.batch import carry_out
    from builder.batch.planning import Wish
    from builder.diagnostics import ContentErrors, Diagnostics
    from builder.job import Job
    from builder.readers.found import find_project

    log = Diagnostics()
    project = find_project(arguments.project, Path.cwd(), log)
    if project is None:
        return _finish(arguments, log, None)
    a = arguments
    job = Job(project, a.to, a.output, a.theme, a.strict, a.for_print)
    wish = Wish(job, a.editions, a.data, a.name, a.resume)
    quiet = a.quiet or a.format == "json"
    early: tuple[Diagnostic, ...] = ()
    try:
        planned = plan_within(asked(a), wish, log)
        early = () if a.format == "json" else log.sorted()
        for finding in early:  # before hours of work, not after
            print(finding, file=sys.stderr)
        run = _on_cluster(planned, a.cluster, log) if a.cluster else local(a.jobs, asked(a))
        with progress(quiet=quiet) as told:
            result = carry_out(planned, run, log, told, rereads=not a.cluster)
    except ContentErrors:
        return _finish(arguments, log, None, early)
    except KeyboardInterrupt:
        print("what was made is kept; the same command with --resume goes on", file=sys.stderr)
        raise
    return _finish(arguments, log, result, early)


def plan_within(limits: Limits, wish: Wish, log: Diagnostics) -> Planned:
    """Plan within the limits. Raises ContentErrors, also where they are reached."""
    from builder.batch.planning import plan
    from builder.diagnostics import Code, ContentErrors, Span

    try:
        with confined(limits), measured(partial(_size, wish), limits) as note:
            note("planning")
            return plan(wish, log)
    except (RanAway, MemoryError, RecursionError) as stopped:
        why = reached(stopped, limits)
        log.error(Code.LIMIT_REACHED, why, at=Span("briefing.yml"), hint=MORE_ROOM)
        raise ContentErrors from stopped


def _size(wish: Wish) -> int:
    """Give the bytes that planning works through: the project's texts, and the list."""
    rows = 0
    if wish.data is not None:
        with suppress(OSError):
            rows = min(wish.data.stat().st_size, MOST_BYTES)
    return text_size(wish.job.project) + rows


def local(jobs: int, limits: Limits = USUAL) -> Run:
    """Give what makes copies by processes on this machine."""
    from builder.batch.copying import make_copy
    from builder.batch.running import SHIFT, processes, run
    from builder.hands import processors

    start = processes if limits == USUAL else partial(processes, limits=limits)
    workers = jobs or processors()
    return partial(run, workers=workers, start=start, make=make_copy, shift=SHIFT)


def _on_cluster(planned: Planned, address: str, log: Diagnostics) -> Run:
    """Give what makes copies on a cluster. Raises ContentErrors where there is none."""
    from builder.batch.batch import tell_changed
    from builder.batch.cluster import ClusterError, gather
    from builder.diagnostics import Code, ContentErrors

    try:
        cluster = gather(planned.wish.job, address, apart=planned.apart)
    except ClusterError as fault:
        log.error(Code.CLUSTER_MISSING, str(fault), hint=fault.hint)
        raise ContentErrors from fault
    if changed := planned.seen.changed():  # since then the workers have content of their own
        tell_changed(changed, planned.folder, log)
        raise ContentErrors

    def run(jobs: Mapping[str, Job]) -> Iterator[tuple[str, Copied]]:
        try:
            yield from cluster.run(jobs, log)
        except ClusterError as fault:
            log.error(Code.CLUSTER_MISSING, str(fault), hint=fault.hint)
            raise ContentErrors from fault

    return run


def _finish(
    arguments: argparse.Namespace,
    log: Diagnostics,
    result: Result | None,
    early: Collection[Diagnostic] = (),
) -> int:
    """Tell what was found, but for what was told early, and give the exit code."""
    from builder.diagnostics import Severity

    late = [finding for finding in log.sorted() if finding not in early]
    found = [*late, *(result.failed if result else ())]
    if arguments.format == "json":
        told = _as_dict(result) if result else {}
        print(json.dumps({"diagnostics": [d.as_dict() for d in found], "batch": told}, indent=2))
    else:
        remarks = _remarks(result) if result else []
        for line in (*remarks, *found):
            print(line, file=sys.stderr)
        if result and not arguments.quiet:
            print("\n".join(_summary(result)))
    if any(d.severity is Severity.ERROR for d in found):
        return CONTENT
    stopped = bool(result and result.failed) or (arguments.strict and log.has_warnings)
    return WARNINGS if stopped else OK


def _remarks(result: Result) -> list[str]:
    """Give warnings and notes of copies that were made, each once, with how many copies have it."""
    counts: dict[tuple[str, str], int] = {}
    for entry in result.entries.values():
        for finding in entry.findings if entry.made else ():
            line = finding["line"]
            place = f"{finding['file']}:{line}:{finding['column']}" if line else finding["file"]
            text = f"{finding['severity']}[{finding['code']}]: {finding['message']}"
            text = f"{place}: {text}" if place else text
            key = (text, str(finding["hint"]))
            counts[key] = counts.get(key, 0) + 1
    lines = [
        f"{text} (in {count} {'copy' if count == 1 else 'copies'})"
        + (f"\n  hint: {hint}" if hint else "")
        for (text, hint), count in counts.items()
    ]
    more = len(lines) - MOST_SHOWN
    return [*lines[:MOST_SHOWN], f"… and {more} more; see the manifest"] if more > 0 else lines


def _summary(result: Result) -> Iterator[str]:
    parts = [f"{result.made} made"]
    parts += [f"{result.kept} kept from before"] if result.kept else []
    parts += [f"{len(result.failed)} failed"] if result.failed else []
    rate = f", {result.made / result.seconds * 60:.0f} a minute" if result.made > 1 else ""
    yield f"{', '.join(parts)} in {result.seconds:.1f} s{rate}"
    if result.manifest:
        yield f"{as_text(os.path.relpath(result.manifest))}  manifest"
    if result.failed:
        yield "when they are mended, the same command with --resume makes the missing ones"


def _as_dict(result: Result) -> dict[str, object]:
    return {
        "made": result.made,
        "kept": result.kept,
        "failed": len(result.failed),
        "seconds": round(result.seconds, 3),
        "manifest": str(result.manifest or ""),
    }


@contextmanager
def progress(*, quiet: bool) -> Iterator[Told]:
    """Show a bar with rate and time left; where there is no terminal, a line now and then."""
    if quiet:
        yield lambda done, total: None
        return
    if not sys.stderr.isatty():
        yield Lines(lambda line: print(line, file=sys.stderr, flush=True))
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as shown:
        task = shown.add_task("starting", total=None)
        pace = Pace()

        def told(done: int, total: int) -> None:
            shown.update(task, completed=done, total=total, description=pace.told(done, total))

        yield told


class Lines:
    """Tells in lines how far a batch is: every ten seconds, and a hundred times at most."""

    def __init__(self, tell: Callable[[str], None], clock: Callable[[], float] | None = None):
        import time

        self._tell, self._clock = tell, clock or time.monotonic
        self._pace = Pace(lambda: self._now)
        self._now = self._told = self._clock()
        self._done: int | None = None

    def __call__(self, done: int, total: int) -> None:
        """Take note of the copies that are done, and tell a line where it is time to."""
        if self._done is None:  # the first call sets the beginning
            self._done = done
            self._pace.told(done, total)
            return
        self._now = self._clock()
        if self._now - self._told >= SECONDS_A_LINE and (done - self._done) * 100 >= total:
            self._told, self._done = self._now, done
            self._tell(f"{done} of {total}, {self._pace.told(done, total)}")


class Pace:
    """Says how fast copies come, and when the last one will."""

    def __init__(self, clock: Callable[[], float] | None = None) -> None:
        import time

        self._clock = clock or time.monotonic
        self._first: tuple[int, float] | None = None

    def told(self, done: int, total: int) -> str:
        """Give "42 a minute, 3:20 left"; the first call only sets the beginning."""
        now = self._clock()
        if self._first is None:
            self._first = done, now
            return "starting"
        before, began = self._first
        if done <= before or now <= began:
            return "starting"
        rate = (done - before) / (now - began)
        left = round((total - done) / rate)
        hours, rest = divmod(left, 3600)
        shown = (
            f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
        )
        return f"{rate * 60:.0f} a minute, {shown} left"
