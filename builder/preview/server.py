"""Running the application on a port of this machine."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn

from builder.job import Job
from builder.limits import USUAL, Limits
from builder.preview.app import Application
from builder.preview.guard import Door
from builder.preview.hub import Hub
from builder.preview.shift import Shift

FIRST_PORT = 8750
TRIED = 20


class PortTaken(Exception):
    """Another program answers there, or this one may not."""


class NoAddress(Exception):
    """The machine cannot be reached by such a name."""


def bind(host: str, port: int | None) -> socket.socket:
    """Take a port: the one given, else the first that is free from 8750 on.

    Raises PortTaken, in words, where it cannot be had, and NoAddress where the host is not ours.
    """
    if not host:
        raise NoAddress("'' is no address of this machine")
    ports = [port] if port is not None else list(range(FIRST_PORT, FIRST_PORT + TRIED))
    for wanted in ports:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        made = socket.socket(family, socket.SOCK_STREAM)
        if os.name == "posix":  # elsewhere it would let two programs share the port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, wanted))
            made.listen(128)
        except OSError as fault:
            made.close()
            if fault.errno == errno.EADDRINUSE and wanted != ports[-1]:
                continue
            if fault.errno == errno.EADDRINUSE and port is None:
                raise PortTaken(f"ports {ports[0]} to {ports[-1]} are taken") from fault
            if isinstance(fault, socket.gaierror) or fault.errno == errno.EADDRNOTAVAIL:
                raise NoAddress(f"{host!r} is no address of this machine") from fault
            raise PortTaken(f"port {wanted} of {host}: {fault.strerror or fault}") from fault
        except OverflowError as fault:
            made.close()
            raise PortTaken(f"{wanted} is no port: they go from 1 to 65535") from fault
        return made
    raise AssertionError("there is always a last port")


def serve(
    job: Job,
    taken: socket.socket,
    host: str,
    started: Callable[[str], None],
    limits: Limits = USUAL,
) -> None:
    """Answer until told to stop; `started` is told the address."""
    asyncio.run(_serve(job, taken, host, started, limits))


async def _serve(
    job: Job, taken: socket.socket, host: str, started: Callable[[str], None], limits: Limits
) -> None:
    door = Door(host, taken.getsockname()[1])
    hub = Hub(os.path.relpath(job.project))
    shift = Shift(job, hub, job.folder(job.project.resolve().name).resolve(), limits)
    application = Application(door, hub, shift)
    config = uvicorn.Config(
        application.asgi(),
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="on",
        ws="none",
        timeout_graceful_shutdown=2,
    )
    server = _Server(config, application)
    ready = asyncio.create_task(_when_started(server, door, started))
    try:
        await server.serve(sockets=[taken])
    finally:
        ready.cancel()


async def _when_started(server: uvicorn.Server, door: Door, started: Callable[[str], None]) -> None:
    while not server.started:
        await asyncio.sleep(0.02)
    started(door.url)


class _Server(uvicorn.Server):
    """Lets go of the browsers that listen, so that it can end at once."""

    def __init__(self, config: uvicorn.Config, application: Application) -> None:
        super().__init__(config)
        self._application = application

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End in good order, also for those who press Ctrl-C twice."""
        if not self.should_exit:
            super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End, after telling those who listen."""
        self._application.end()
        await super().shutdown(sockets)
