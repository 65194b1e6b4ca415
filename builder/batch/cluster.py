"""Making copies on the machines of a Dask cluster: content goes there, files come back."""

from __future__ import annotations

import tempfile
import threading
import warnings
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor, Future
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from builder.batch.bundle import Bundle, moved, packed, unpacked
from builder.batch.copying import Copied, make_copy
from builder.batch.running import failed, run
from builder.build import load_theme_of
from builder.diagnostics import Diagnostic, Diagnostics, Span
from builder.freshness import makers
from builder.job import Copy, Job
from builder.readers.project import read_project

if TYPE_CHECKING:
    from distributed import Client

P = ParamSpec("P")
T = TypeVar("T")

SECONDS_TO_CONNECT = 20
AHEAD = 4
"""Orders for each worker, so that a new one finds work as well."""

_ONE_AT_A_TIME = threading.Lock()
"""A worker may have many threads; a writer wants its process for itself."""


NOTHING = Bundle("", b"")


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

    def run(self, jobs: Mapping[str, Job]) -> Iterable[tuple[str, Copied]]:
        """Make copies; a worker that is lost costs its copies another try. Raises ClusterError."""
        with closing(_client(self.address)) as client:
            workers = len(client.scheduler_info(n_workers=-1)["workers"])
            if not workers:
                raise ClusterError(
                    f"the scheduler at {self.address} has no workers",
                    f"start some by: dask worker {self.address} --nthreads 1",
                )
            start = partial(_Sending, client, self.bundle)
            yield from run(to_send(jobs), workers * AHEAD, lambda count: start(), copy_there)


def gather(job: Job, address: str, *, apart: tuple[Path, ...]) -> Cluster:
    """Pack what copies are made of, for the cluster at an address. Raises ClusterError."""
    try:
        import distributed  # noqa: F401  # is it there?
    except ImportError as fault:
        hint = "install it by: pip install 'briefing-builder[cluster]'"
        raise ClusterError("Dask distributed is not installed", hint) from fault
    return Cluster(address, packed(job, apart=apart))


def _client(address: str) -> Client:
    from distributed import Client

    try:
        return Client(  # type: ignore[no-untyped-call]  # Dask annotates only parts
            address, timeout=SECONDS_TO_CONNECT, set_as_default=False
        )
    except (OSError, ValueError) as fault:
        raise ClusterError(
            f"there is no scheduler at {address}",
            "start one by: dask scheduler; its first lines name its address",
        ) from fault


class _Sending(Executor):
    """Sends each job with the bundle's name; the bundle itself travels once, and by need."""

    def __init__(self, client: Client, bundle: Bundle) -> None:
        self._inner = client.get_executor(pure=False)  # type: ignore[no-untyped-call]  # the same
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


# ---------------------------------------------------------------- on the worker


def copy_there(sent: Sent, bundle: Bundle = NOTHING) -> Copied:
    """Make a copy of a bundle, on the machine that has been asked to."""
    with _ONE_AT_A_TIME:
        try:
            folder = unpacked(bundle, _place())
            job = moved(sent.job, folder)
            ours = makers_of(job.project, job.theme, sent.job.copy.edition)
        except (OSError, ValueError) as fault:
            return failed(f"the worker cannot use the bundle: {fault}")
        if ours != sent.makers:
            return failed("the worker has another version of the builder, of a library or a font")
        made = make_copy(job)
        return replace(made, found=tuple(_from(folder, finding) for finding in made.found))


@dataclass(frozen=True, slots=True)
class Sent:
    """A job, and what has to make it so that it comes out the same."""

    job: Job
    makers: str


def to_send(jobs: Mapping[str, Job]) -> dict[str, Sent]:
    """Give jobs as they are sent."""
    return {
        name: Sent(job, makers_of(job.project, job.theme, job.copy.edition))
        for name, job in jobs.items()
    }


@cache
def makers_of(project: Path, theme: Path | None, edition: str) -> str:
    """Give what makes an edition's copies on this machine: program, libraries, fonts."""
    log, job = Diagnostics(), Job(project, theme=theme, copy=Copy(edition))
    read = read_project(project, log, job.copy)
    looks = load_theme_of(job, read, log) if read else None
    return makers(looks) if looks else ""


def _place() -> Path:
    """Give the worker's own folder, which goes when it goes."""
    from distributed import get_worker

    try:
        return Path(get_worker().local_directory) / "bundles"
    except ValueError:  # no worker: a test, or another scheduler
        return Path(tempfile.gettempdir()) / "briefing-bundles"


def _from(folder: Path, finding: Diagnostic) -> Diagnostic:
    """Name a finding's file as the machine that asked would."""
    file = finding.at.file.removeprefix(f"{folder.as_posix()}/")
    return replace(finding, at=Span(file, finding.at.line, finding.at.column))
