"""Who does what, when: one state of the content after the other goes through three processes."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import assert_never

from builder.job import Job
from builder.limits import USUAL, Limits
from builder.plain_files import as_text
from builder.preview.hand import Hand
from builder.preview.hub import Hub
from builder.preview.notices import (
    Done,
    Fault,
    Findings,
    Notice,
    Ready,
    Sheets,
    Text,
    Wish,
    Written,
)
from builder.rebuild import folders_of
from builder.watching import Watched, changes

CALM = 2.5
"""Seconds without a change after which the pages are laid out finely."""

LONGEST_READ = 8.0
"""Seconds after which reading the content is given up where it has changed meanwhile."""


LARGE_KINDS = (".md", ".yml", ".csv")
"""Files that are read after every change."""


def size_of(path: Path) -> int:
    """Give a file's size; 0 where it has just gone."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


@dataclass(slots=True)
class Shift:
    """The processes of one preview, and what each is to do next."""

    job: Job
    hub: Hub
    output: Path
    limits: Limits = USUAL
    desk: Hand = field(init=False)
    press: Hand = field(init=False)
    finish: Hand = field(init=False)
    _calm: asyncio.TimerHandle | None = None
    _downloads: dict[str, list[asyncio.Future[tuple[str, bytes]]]] = field(default_factory=dict)
    _layout: bytes = b""  # a fine layout that the press has not been told of
    _tried: set[tuple[str, int]] = field(default_factory=set)  # what was asked of `finish`
    _why: list[str] = field(default_factory=list)  # what kept `finish` from writing
    _drafted: int = 0  # the last revision that the press was asked for
    _stop: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.desk = Hand("desk", self.job, self.take, self.limits)
        self.press = Hand("press", self.job, self.take, self.limits)
        self.finish = Hand("finish", self.job, self._finished, self.limits)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Watch and work, until the context is left."""
        loop = asyncio.get_running_loop()
        watcher = threading.Thread(target=self._watch, args=(loop,), daemon=True)
        hands = [asyncio.create_task(hand.work()) for hand in (self.desk, self.press, self.finish)]
        watcher.start()
        self.changed(())
        try:
            yield
        finally:
            self._stop.set()
            for task in hands:
                task.cancel()
            for task in hands:
                with suppress(asyncio.CancelledError):
                    await task
            if self._calm is not None:
                self._calm.cancel()

    def _watch(self, loop: asyncio.AbstractEventLoop) -> None:
        root = self.job.project.resolve()
        watched = Watched(folders_of(self.job), (self.output, root / "output"))
        for files in changes(watched, self._stop, _unreported):
            names = tuple(
                as_text((f.relative_to(root) if f.is_relative_to(root) else f).as_posix())
                for f in files
            )
            with suppress(RuntimeError):  # the loop has just ended
                loop.call_soon_threadsafe(self.changed, names)

    # ------------------------------------------------------------ what happens

    def changed(self, files: tuple[str, ...]) -> None:
        """Read the content anew."""
        revision = self.hub.change(files)
        now = asyncio.get_running_loop().time()
        if self.desk.busy is not None and now - self.desk.since > LONGEST_READ:
            self.desk.stop()
        self.desk.wish(Wish(revision, changed=files))
        asyncio.get_running_loop().call_later(LONGEST_READ, self._slow, revision)

    def _slow(self, revision: int) -> None:
        """Say why nothing has come of a change yet: mostly one file is very large."""
        at = self.desk.busy
        if at is None or revision != self.hub.revision:
            return
        root = self.job.project.resolve()
        sizes = {path: size_of(path) for path in root.rglob("*") if path.suffix in LARGE_KINDS}
        words = "still reading"
        if sizes:
            largest = max(sizes, key=lambda path: sizes[path])
            name, megabytes = largest.relative_to(root).as_posix(), sizes[largest] / 1_000_000
            words += f"; the largest file is {name} with {megabytes:.1f} MB"
        self.hub.take_slowness(words)

    def looked_at(self) -> None:
        """Make what somebody has just begun to look at."""
        self._draft()
        self._soon()

    def take(self, notice: Notice) -> None:
        """Pass on what a process has told."""
        match notice:
            case Findings():
                self.hub.take_findings(notice)
            case Ready():
                self.hub.take_ready(notice)
                self._draft()
                self._soon()
            case Text() | Sheets():
                self.hub.take_pane(notice)
                if isinstance(notice, Sheets) and notice.draft:
                    self._soon()
            case Written():
                self._deliver(notice)
            case Fault():
                self.hub.take_fault(notice)
            case Done():
                self.hub.tell()
            case _:
                assert_never(notice)

    def _draft(self) -> None:
        """Have the report's pages laid out, if somebody looks at them."""
        ready = self.hub.ready
        if ready is None or "pdf" not in self.hub.wanted or self._drafted == ready.revision:
            return
        self._drafted = ready.revision
        known = frozenset(self.hub.files)
        self.press.wish(
            Wish(ready.revision, ("pdf",), ready.briefing, known=known, layout=self._layout)
        )
        self._layout = b""

    def _soon(self) -> None:
        """Have what takes long made, once nothing has changed for a moment."""
        self._at(CALM)

    def _at(self, seconds: float) -> None:
        if self._calm is not None:
            self._calm.cancel()
        self._calm = asyncio.get_running_loop().call_later(seconds, self._finish)

    def _finish(self) -> None:
        ready = self.hub.ready
        if ready is None or self.finish.busy is not None or self.finish.waiting is not None:
            return  # it will be asked again when it is done
        names = [*self._downloads]
        if ready.revision == self.hub.revision:
            pdf, word = self.hub.panes["pdf"], self.hub.panes["word"]
            if "pdf" in self.hub.wanted and pdf.revision == ready.revision and pdf.is_draft:
                names.append("pages")
            if "word" in self.hub.wanted and word.revision != ready.revision:
                names.append("word")
        names = [n for n in names if n in self._downloads or (n, ready.revision) not in self._tried]
        if names:
            self._tried = {(n, r) for n, r in self._tried if r == ready.revision}
            self._tried.add((names[0], ready.revision))
            self.finish.wish(Wish(ready.revision, (names[0],), ready.briefing))

    def _finished(self, notice: Notice) -> None:
        """Pass on what the slowest process has told, and give it what is next."""
        self.take(notice)
        if isinstance(notice, Sheets) and notice.layout:
            self._layout = notice.layout
        if isinstance(notice, Findings):
            self._why = [found.message for found in notice.found if found.severity == "error"]
        if isinstance(notice, Done):
            self._refuse(notice.wish)
            self._at(0.05)

    # ------------------------------------------------------------ downloads

    async def written(self, format_: str) -> tuple[str, bytes]:
        """Write an output of the last good content: its file name and bytes.

        Raises LookupError where there is none, or where it cannot be written.
        """
        if self.hub.ready is None:
            raise LookupError("there is no content yet that could be built")
        known = self.hub.written.get(format_)
        if known is not None:
            return known
        made: asyncio.Future[tuple[str, bytes]] = asyncio.get_running_loop().create_future()
        self._downloads.setdefault(format_, []).append(made)
        self._at(0.0)
        return await made

    def _deliver(self, notice: Written) -> None:
        ready = self.hub.ready
        if ready is not None and notice.revision == ready.revision:
            self.hub.written[notice.format] = notice.name, notice.data
        for made in self._downloads.pop(notice.format, []):
            if not made.done():
                made.set_result((notice.name, notice.data))

    def _refuse(self, wish: Wish) -> None:
        """Tell those who wait for an output that was not written why there is none."""
        for name in wish.names:
            for made in self._downloads.pop(name, []):
                why = self._why[0] if self._why else self.hub.fault or "it could not be written"
                if not made.done():
                    made.set_exception(LookupError(why))


def _unreported(why: str) -> None:
    print(
        f"the system does not report changes here ({why}): files are looked at once a second",
        file=sys.stderr,
        flush=True,
    )
