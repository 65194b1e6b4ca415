"""`briefing watch`: builds again whenever the content changes, until it is told to stop."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from builder.cli_editions import add_edition
from builder.cli_limits import add_room, asked
from builder.cli_schema import Commands
from builder.exit_codes import CONTENT
from builder.plain_files import as_text

if TYPE_CHECKING:
    from builder.job import Job
    from builder.limits import Limits
    from builder.rebuild import Rebuilt

SHOWN_FILES = 3


def add_watch(commands: Commands, formats: Callable[[str], tuple[str, ...]]) -> None:
    """Add the command to the parser; `formats` reads those that are asked for."""
    watch = commands.add_parser(
        "watch",
        help="build again whenever the content changes",
        description="Builds a project, and again what has changed whenever a file of it or of its"
        " theme is saved. What is wrong is printed; Ctrl-C ends it.",
        allow_abbrev=False,
    )
    watch.add_argument(
        "project",
        nargs="?",
        type=Path,
        metavar="PROJECT",
        help="a folder with briefing.yml (default: here, else the only one under content/)",
    )
    watch.add_argument(
        "-t",
        "--to",
        type=formats,
        default=(),
        metavar="FORMATS",
        help="formats, with commas between (default: pdf,docx,pptx)",
    )
    watch.add_argument(
        "-d",
        "--output",
        type=Path,
        metavar="DIR",
        help="folder for the outputs (default: output/<project>/)",
    )
    watch.add_argument(
        "--theme", type=Path, metavar="DIR", help="a theme's folder, instead of the project's"
    )
    add_edition(watch)
    add_room(watch)


def watch_command(arguments: argparse.Namespace) -> int:
    """Build and watch until told to stop, which is no failure; 1 where there is no project."""
    from builder.diagnostics import Diagnostics
    from builder.job import Copy, Job
    from builder.readers.found import find_project
    from builder.rebuild import folders_of
    from builder.watching import Watched, changes

    log = Diagnostics()
    project = find_project(arguments.project, Path.cwd(), log)
    if project is None:
        for found in log:
            print(found, file=sys.stderr)
        return CONTENT
    copy = Copy(arguments.edition)
    job = Job(project, arguments.to, arguments.output, arguments.theme, copy=copy)
    output = job.folder(project.resolve().name).resolve()
    watched = Watched(folders_of(job), (output, Path("output").resolve()))
    try:
        with Bench(job, output, asked(arguments)) as bench:
            _build(bench)
            say(f"watching {os.path.relpath(project)}; Ctrl-C ends it")
            for files in changes(watched, tell=_unreported):
                say(f"{_named(files, project.resolve())} changed")
                _build(bench)
    except KeyboardInterrupt:
        say("\nstopped; the outputs are those of the last build")
    return 0


def _unreported(why: str) -> None:
    say(f"the system does not report changes here ({why}): files are looked at once a second")


def say(words: str) -> None:
    """Print at once, also into a pipe."""
    print(words, flush=True)


class Bench:
    """Builds in a process with limits, which keeps what can be kept from one build to the next.

    Where the process is ended, by a limit or by the system, another one takes its place.
    """

    def __init__(self, job: Job, output: Path, limits: Limits) -> None:
        self._job, self._output, self._limits = job, output, limits
        self._work: Executor | None = None
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._open.__exit__(kind, fault, at)

    def build(self) -> Rebuilt:
        """Build what has changed since the last time."""
        from builder.batch.running import closing, processes
        from builder.publication import settle
        from builder.rebuild import build_again, not_rebuilt

        if self._work is None:
            self._work = self._open.enter_context(closing(processes(1, self._limits)))
        try:
            return self._work.submit(build_again, self._job).result()
        except BrokenExecutor:
            self._work = None
            settle(self._output)
            return not_rebuilt("the work broke down, or ran out of memory")


def _build(bench: Bench) -> None:
    """Build once; whatever happens, the next change gets its turn."""
    try:
        rebuilt = bench.build()
    except Exception as fault:
        # A fault of the program's own: it is told in full, and the watch goes on.
        traceback.print_exc(file=sys.stderr)
        say(f"the builder failed: {fault!r}; it will try again at the next change")
        return
    for line in told(rebuilt):
        say(line)


def told(rebuilt: Rebuilt) -> list[str]:
    """Give the lines that are printed after a build."""
    outcome = rebuilt.outcome
    lines = [str(found) for found in outcome.log.sorted()]
    if not outcome.paths:
        return [*lines, "not built; the outputs are as they were"]
    names = [
        os.path.relpath(path)
        for artifact, path in zip(outcome.artifacts, outcome.paths, strict=True)
        if artifact.format in rebuilt.written
    ]
    if not names:
        return [*lines, "nothing in the outputs has changed"]
    return [*lines, f"built {', '.join(names)} in {rebuilt.seconds:.1f} s"]


def _named(files: tuple[Path, ...], root: Path) -> str:
    """Name the files of a change, a few of them."""
    names = [
        as_text((f.relative_to(root) if f.is_relative_to(root) else f).as_posix())
        for f in files[:SHOWN_FILES]
    ]
    more = len(files) - SHOWN_FILES
    return ", ".join(names) + (f" and {more} more" if more > 0 else "")
