"""One of the preview's processes, from the application's side."""

from __future__ import annotations

import asyncio
import json
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field

from builder.job import Job
from builder.limits import USUAL, Limits
from builder.preview.notices import Done, Fault, Notice, Wish
from builder.preview.worker import LENGTH

Told = Callable[[Notice], None]


@dataclass(slots=True)
class Hand:
    """A process that answers one wish at a time; of those that wait only the last one counts."""

    kind: str
    job: Job
    told: Told
    limits: Limits = USUAL
    waiting: Wish | None = None
    busy: Wish | None = None
    since: float = 0.0  # when it began what it is busy with
    _process: asyncio.subprocess.Process | None = None
    _given_up: bool = False
    _woken: asyncio.Event = field(default_factory=asyncio.Event)

    def wish(self, wish: Wish) -> None:
        """Ask for something, instead of what still waits."""
        self.waiting = wish
        self._woken.set()

    def stop(self) -> None:
        """Give up what is being done: the process ends, and another takes its place."""
        if self._process is not None and self.busy is not None:
            self._given_up = True
            with suppress(ProcessLookupError):
                self._process.kill()

    async def work(self) -> None:
        """Do what is wished for, until cancelled."""
        try:
            await self._started()
            while True:
                await self._woken.wait()
                self._woken.clear()
                while (wish := self.waiting) is not None:
                    self.waiting, self.busy = None, wish
                    self.since = asyncio.get_running_loop().time()
                    await self._answered(wish)
                    self.busy = None
        finally:
            if self._process is not None and self._process.returncode is None:
                self._process.kill()
                await self._process.wait()

    async def _answered(self, wish: Wish) -> None:
        """Send one wish and hand on what comes back; a process that ends is told as a fault."""
        process = await self._started()
        assert process.stdin is not None and process.stdout is not None
        body = pickle.dumps(wish, pickle.HIGHEST_PROTOCOL)
        try:
            process.stdin.write(LENGTH.pack(len(body)) + body)
            await process.stdin.drain()
            while True:
                (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
                notice: Notice = pickle.loads(await process.stdout.readexactly(length))
                self.told(notice)
                if isinstance(notice, Done):
                    return
        except (asyncio.IncompleteReadError, BrokenPipeError, ConnectionResetError):
            await process.wait()
            self._process, given_up = None, self._given_up
            self._given_up = False
            if not given_up:
                self.told(Fault(wish.revision, f"the process {self.kind!r} ended"))
            self.told(Done(wish, given_up))

    async def _started(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            theme = str(self.job.theme) if self.job.theme is not None else ""
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-m", "builder.preview.worker"),  # -P: not what lies here
                *(self.kind, str(self.job.project), theme, self.job.copy.edition),
                json.dumps(asdict(self.limits)),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                start_new_session=True,  # Ctrl-C is for the application, which ends them
            )
        return self._process
