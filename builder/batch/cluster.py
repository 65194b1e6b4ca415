"""Making copies on the machines of a Dask cluster: content goes there, files come back."""

from __future__ import annotations

import logging
import re
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, wait
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from builder.batch.bundle import Bundle, packed
from builder.batch.copied import Copied
from builder.batch.remote import Sent, copy_there, fault_there, to_send
from builder.batch.running import WorkersLost, run
from builder.diagnostics import Code, Diagnostics
from builder.job import Job

if TYPE_CHECKING:
    from distributed import Client

P = ParamSpec("P")
T = TypeVar("T")

SECONDS_TO_CONNECT = 20
SECONDS_TO_ANSWER = 120
"""A worker that has just begun imports the builder first."""

SECONDS_WITHOUT_WORKERS = 60

AHEAD = 4
"""Orders for each worker, so that a new one finds work as well."""

_ADDRESS = re.compile(
    r"(?P<kind>tcp|tls)://(?P<host>\[[0-9A-Fa-f:.]+\]|[^\s:/]+):(?P<port>\d{1,5})"
)
_KEYS = "DASK_DISTRIBUTED__COMM__TLS__"


class ClusterError(Exception):
    """There is no cluster to be had; `hint` says what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster, with what all its copies are made of."""

    address: str
    bundle: Bundle

    def run(self, jobs: Mapping[str, Job], log: Diagnostics) -> Iterator[tuple[str, Copied]]:
        """Make copies; a worker that is lost costs its copies another try. Raises ClusterError.

        Workers that would make others than this machine get no work, and are named in `log`.
        """
        if not jobs:
            return
        with closing(_client(self.address)) as client:
            sent = to_send(jobs)
            try:
                faults = _faults(client, self.bundle, next(iter(sent.values())))
                fit = self._fit(faults, log)
                # Where there is none to shut out, workers that come later are welcome.
                chosen = fit if len(fit) < len(faults) else ()
                start = partial(_Sending, client, self.bundle, chosen)
                ahead = len(fit) * AHEAD
                watch = _Watch(client, chosen)
                yield from run(sent, ahead, lambda count: start(), copy_there, _why, watch.look)
            except WorkersLost as fault:
                gone = str(fault) or f"the scheduler at {self.address} was lost"
                raise ClusterError(
                    gone, "what was made is kept: start it, and run the same command with --resume"
                ) from fault

    def _fit(self, faults: Mapping[str, str], log: Diagnostics) -> Sequence[str]:
        """Give the workers that make the very files that this machine would make.

        One that fails at once would take every order to itself. Raises ClusterError: there is none.
        """
        if not faults:
            raise ClusterError(
                f"the scheduler at {self.address} has no workers",
                f"start some by: dask worker {self.address} --nthreads 1",
            )
        for worker, fault in faults.items():
            if fault:
                log.warning(
                    Code.CLUSTER_WORKER,
                    f"the worker at {worker} gets no work: {fault}",
                    hint="install there what is installed here, and start it again",
                )
        fit = [worker for worker, fault in faults.items() if not fault]
        if not fit:
            raise ClusterError(
                "there is no worker that would make the very files that this machine makes",
                "install the same versions and fonts on all machines, and start the workers again",
            )
        return fit


def gather(job: Job, address: str, *, apart: tuple[Path, ...]) -> Cluster:
    """Pack what copies are made of, for the cluster at an address. Raises ClusterError."""
    try:
        import distributed  # noqa: F401  # is it there?
    except ImportError as fault:
        hint = "install it by: pip install 'briefing-builder[cluster]'"
        raise ClusterError("Dask distributed is not installed", hint) from fault
    read = _ADDRESS.fullmatch(address)
    if read is None or not 0 < int(read["port"]) < 65536:
        raise ClusterError(f"{address!r} is no address of a scheduler", "write tcp://host:8786")
    if read["kind"] == "tls":
        _check_keys()
    return Cluster(address, packed(job, apart=apart))


def _check_keys() -> None:
    """Raise ClusterError where there is nothing to encrypt the line with."""
    from distributed.security import Security

    hint = f"give the files by {_KEYS}CA_FILE, {_KEYS}CLIENT__CERT and {_KEYS}CLIENT__KEY"
    try:
        keys = Security().get_connection_args("client")  # type: ignore[no-untyped-call]  # Dask's
    except (OSError, ValueError) as fault:
        raise ClusterError(f"the certificate for tls:// cannot be used: {fault}", hint) from fault
    if keys["ssl_context"] is None:
        raise ClusterError("there is no certificate for tls://", hint)


def _client(address: str) -> Client:
    from distributed import Client

    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # we tell it ourselves
    try:
        return Client(  # type: ignore[no-untyped-call]  # Dask annotates only parts
            address, timeout=SECONDS_TO_CONNECT, set_as_default=False
        )
    except (OSError, ValueError) as fault:
        raise ClusterError(
            f"there is no scheduler at {address}",
            "start one by: dask scheduler; its first lines name its address",
        ) from fault


def _workers(client: Client) -> list[str]:
    return sorted(client.scheduler_info(n_workers=-1)["workers"])


def _faults(client: Client, bundle: Bundle, sample: Sent) -> dict[str, str]:
    """Give what keeps each worker from making a copy; an empty text: nothing."""
    asked = {
        worker: _Sending(client, bundle, (worker,)).submit(fault_there, sample)
        for worker in _workers(client)
    }
    until = time.monotonic() + SECONDS_TO_ANSWER
    while wait(asked.values(), timeout=2).not_done and time.monotonic() < until:
        there = _workers(client)  # one that is lost meanwhile never answers
        asked = {worker: answer for worker, answer in asked.items() if worker in there}
    return {worker: _fault(answer) for worker, answer in asked.items()}


def _fault(answer: Future[str]) -> str:
    if not answer.done():
        answer.cancel()
        return f"it did not answer within {SECONDS_TO_ANSWER} seconds"
    if answer.cancelled():
        raise WorkersLost
    fault = answer.exception()
    if fault is not None:
        return f"it has no builder that understands this one ({_why(fault)})"
    return answer.result()


def _why(fault: BaseException) -> str:
    """Say in words why a copy did not come back."""
    if type(fault).__name__ == "KilledWorker":
        return "its worker was killed, or ran out of memory, each time that it was tried"
    return repr(fault)


class _Watch:
    """Looks whether anybody works: Dask would wait for ever for workers that may come."""

    def __init__(
        self, client: Client, chosen: Sequence[str], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client, self._chosen, self._clock = client, set(chosen), clock
        self._seen = clock()

    def look(self) -> None:
        """Raise WorkersLost where there has been no worker for a while."""
        there = set(_workers(self._client))
        if there & self._chosen if self._chosen else there:
            self._seen = self._clock()
        elif self._clock() - self._seen > SECONDS_WITHOUT_WORKERS:
            raise WorkersLost("all workers are gone")


class _Sending(Executor):
    """Sends each job with the bundle's name; the bundle itself travels once, and by need."""

    def __init__(self, client: Client, bundle: Bundle, workers: Sequence[str]) -> None:
        chosen = {"workers": list(workers)} if workers else {}
        self._inner = client.get_executor(pure=False, **chosen)  # type: ignore[no-untyped-call]
        with warnings.catch_warnings():  # a project with pictures is large, and meant to be
            warnings.filterwarnings("ignore", message="Sending large graph")
            self._bundle = client.submit(_held, bundle, key=f"bundle-{bundle.digest}")

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Send a call; it gets the bundle besides."""
        sent: Future[T] = self._inner.submit(fn, *args, bundle=self._bundle, **kwargs)
        return sent

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take back what is still out, unless it is waited for."""
        self._inner.shutdown(wait=wait and not cancel_futures)


def _held(bundle: Bundle) -> Bundle:
    return bundle
