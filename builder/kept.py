"""Finished builds, kept in the user's cache by all that they were made of.

A build whose content, theme, fonts, program and options are those of an earlier one is that one.
What is kept is plain JSON and the outputs' own bytes, each known by its digest: whatever does not
fit is as good as gone, and is built again.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path

from builder.diagnostics import Code, Diagnostic, Diagnostics, Severity, Span
from builder.freshness import (
    cache_folder,
    files_of,
    is_vast,
    native_libraries,
    remember,
    state_of,
    states,
)
from builder.job import Job
from builder.outcome import Outcome
from builder.output import publish
from builder.plain_files import is_content, lies_in, read_plain
from builder.publication import settle
from builder.readers.found import project_name
from builder.theme.fontfiles import SYSTEM_FOLDERS
from builder.theme.model import Theme
from builder.theme.paths import default_search, standing
from builder.writers.base import Artifact

MOST_BYTES = 1_000_000_000
MOST_ENTRIES = 500


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished build."""

    artifacts: tuple[Artifact, ...]
    found: tuple[Diagnostic, ...]
    inputs: str  # as `freshness` knows them


# ---------------------------------------------------------------- what a build is made of


def key_of(job: Job) -> str | None:
    """Give a digest of all that a build is made of; None where it cannot be known."""
    if job.word.pages != "estimate" or job.deck_map:
        return None  # LibreOffice has its say; the map of the deck is not kept
    digest = hashlib.sha256()
    asked = (job.formats, str(job.theme or ""), job.strict, job.for_print, job.trust)
    digest.update(repr((asked, astuple(job.word), astuple(job.copy))).encode())
    digest.update(os.fsencode(job.project.resolve().name))
    digest.update(os.environ.get("SOURCE_DATE_EPOCH", "").encode())
    for line in _program():
        digest.update(line.encode() + b"\0")
    try:
        if is_vast(_folders(job)):
            return None
        for folder in _folders(job):
            digest.update(b"\1" + _name(folder, job.project).encode())
            for part in states(folder):
                digest.update(part)
        for line in _font_folders():
            digest.update(line.encode() + b"\0")
    except OSError:
        return None
    return digest.hexdigest()


def _folders(job: Job) -> tuple[Path, ...]:
    root = job.project.resolve()
    theme = (job.theme.resolve(),) if job.theme is not None else ()
    search = default_search(root)
    if job.theme is None and not job.trust:  # what links lead to is not used, and not looked into
        search = tuple(folder for folder in search if lies_in(folder, (standing(folder),)))
    return tuple(dict.fromkeys((root, *(f.resolve() for f in search), *theme)))


def _name(folder: Path, project: Path) -> str:
    """Name a folder as findings may: a project that has moved as a whole is the same."""
    return Path(os.path.relpath(folder, project.resolve())).as_posix()


def _program() -> Iterator[str]:
    """Give what stands for the program: its source, all that is installed beside it, libraries."""
    yield f"{sys.version} {zlib.ZLIB_RUNTIME_VERSION}"
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        yield hashlib.sha256(path.read_bytes()).hexdigest()
    for place in sys.path:
        with suppress(OSError):
            yield from sorted(n for n in os.listdir(place) if n.endswith(".dist-info"))  # noqa: PTH208
    yield from map(state_of, native_libraries())


def _font_folders() -> Iterator[str]:
    """Give what changes when a font is installed or taken away."""
    for place in SYSTEM_FOLDERS:
        for folder, _, _ in os.walk(Path(place).expanduser()):
            yield f"{folder} {os.stat(folder).st_mtime_ns}"  # noqa: PTH116  # many of them


def _states(paths: Iterable[str]) -> list[list[str | int]]:
    """Give size and time of files. Raises OSError."""
    stats = [(path, Path(path).stat()) for path in paths]
    return [[path, stat.st_size, stat.st_mtime_ns] for path, stat in stats]


# ---------------------------------------------------------------- keeping and recalling


def keep(key: str | None, job: Job, theme: Theme, kept: Kept) -> None:
    """Keep a build; one whose inputs have changed meanwhile, or lie elsewhere, is not kept.

    A cache that cannot be written is none.
    """
    looked, artifacts = theme.search or (theme.folder,), kept.artifacts
    known = _folders(job)
    inside = all(any(_is_looked_at(f.resolve(), k) for k in known) for f in looked)
    if key is None or not kept.inputs or not inside or key_of(job) != key:
        return
    with suppress(OSError):
        for made in artifacts:
            _write(_blob(hashlib.sha256(made.data).hexdigest()), made.data)
        told = {
            "artifacts": [
                [a.name, a.format, a.pages, hashlib.sha256(a.data).hexdigest()] for a in artifacts
            ],
            "found": [
                [d.severity.value, d.code.value, d.message, *astuple(d.at), d.hint]
                for d in kept.found
            ],
            "inputs": kept.inputs,
            "fonts": _states(str(path) for path in files_of(theme)),
        }
        _write(_entry(key), _sealed(told))
        _prune()


def _is_looked_at(theme: Path, folder: Path) -> bool:
    return theme.is_relative_to(folder) and is_content(theme.relative_to(folder))


def again(job: Job) -> Outcome | None:
    """Give an earlier build as the outcome of this one, its files in place; None: build it.

    Only what is not in the output folder as it was built is written.
    """
    folder = job.folder(project_name(job.project))
    settle(folder)  # of a build that was killed, before anything is taken for current
    kept = recall(key_of(job), folder)
    if kept is None:
        return None
    log = Diagnostics(list(kept.found))
    stale = [made for made in kept.artifacts if not _is_there(folder / made.name, made.data)]
    if stale and not publish(stale, folder, log, (job.project,)):
        return Outcome((), (), log)
    remember(folder, kept.artifacts, kept.inputs, edition=job.copy.edition)
    paths = tuple(folder / made.name for made in kept.artifacts)
    return Outcome(kept.artifacts, paths, log, is_kept=True)


def _is_there(path: Path, data: bytes) -> bool:
    try:
        return read_plain(path, len(data)) == data
    except OSError:
        return False


def recall(key: str | None, folder: Path) -> Kept | None:
    """Give the build of a key, its files from `folder` where they are as they were built.

    None where there is none, or anything of it is damaged.
    """
    if key is None:
        return None
    try:
        told = json.loads(_opened(_entry(key).read_bytes()))
        if _states(path for path, _, _ in told["fonts"]) != told["fonts"]:
            return None
        artifacts = tuple(
            Artifact(name, kind, _bytes(folder / Path(name).name, digest), pages)
            for name, kind, pages, digest in told["artifacts"]
        )
        found = tuple(
            Diagnostic(Severity(severity), Code(code), message, Span(file, line, column), hint)
            for severity, code, message, file, line, column, hint in told["found"]
        )
        kept = Kept(artifacts, found, str(told["inputs"]))
        os.utime(_entry(key))  # the oldest go first
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return kept


def _bytes(there: Path, digest: str) -> bytes:
    """Give the bytes of a digest, from the output folder or from the cache. Raises ValueError."""
    for path in (there, _blob(digest)):
        with suppress(OSError):
            data = read_plain(path, MOST_BYTES)
            if hashlib.sha256(data).hexdigest() == digest:
                return data
    raise ValueError(f"{digest} is not there, or damaged")


def _sealed(told: object) -> bytes:
    text = json.dumps(told).encode()
    return hashlib.sha256(text).hexdigest().encode() + b"\n" + text


def _opened(data: bytes) -> bytes:
    seal, _, text = data.partition(b"\n")
    if hashlib.sha256(text).hexdigest().encode() != seal:
        raise ValueError("the entry is damaged")
    return text


# ---------------------------------------------------------------- the folder


def _store() -> Path:
    return cache_folder().parent / "kept"


def _entry(key: str) -> Path:
    return _store() / "builds" / f"{key}.json"


def _blob(digest: str) -> Path:
    if len(digest) != 64 or not digest.isalnum():
        raise ValueError(f"{digest!r} is no digest")
    return _store() / "files" / digest[:2] / digest


def _write(path: Path, data: bytes) -> None:
    """Write a file whole: two builds that write the same one do each other no harm."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        file.write(data)
    os.replace(file.name, path)


def _prune() -> None:
    """Forget the builds that were not asked for the longest, once there are many."""
    files = [(p, p.stat()) for p in (_store() / "files").glob("*/*")]
    entries = sorted((_store() / "builds").glob("*.json"), key=lambda p: p.stat().st_mtime_ns)
    total = sum(stat.st_size for _, stat in files)
    if len(entries) <= MOST_ENTRIES and total <= MOST_BYTES:
        return
    gone = entries[: max(len(entries) // 2, 1)]
    for path in gone:
        path.unlink(missing_ok=True)
    needed: set[str] = set()
    for path in entries[len(gone) :]:
        with suppress(OSError, ValueError, TypeError, KeyError):
            needed |= {digest for *_, digest in json.loads(_opened(path.read_bytes()))["artifacts"]}
    for path, _ in files:
        if path.name not in needed:
            path.unlink(missing_ok=True)
