"""The record of a batch: what was made of what, so that it can be checked and gone on with."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from builder import batch_folders
from builder.batch.copied import Copied
from builder.batch.names import spelt, unspelt
from builder.batch.orders import Order
from builder.diagnostics import Code, Diagnostics, Span
from builder.freshness import content_files, native_libraries, versions
from builder.job import Job
from builder.output import publish
from builder.plain_files import read_plain
from builder.writers.base import Artifact

NAME, JOURNAL = batch_folders.MANIFEST, batch_folders.JOURNAL
IS_OURS = "name the manifest.json that a batch has written, or its folder"
VERSION = 1
MOST_BYTES = 2_000_000_000
"""Of a manifest, or of a file that it names."""


class Kept(BaseModel):
    """A part of a manifest; what this version does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class File(Kept):
    """One file of a copy."""

    path: str  # relative to the manifest
    format: str
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    bytes: int
    pages: int


class Entry(Kept):
    """One copy: what it was made of, what came of it."""

    name: str
    edition: str
    line: int  # of the list, or of briefing.yml
    key: str  # digest of all that it was made of
    seconds: float
    outputs: list[File]
    findings: list[dict[str, str | int]]

    @property
    def made(self) -> bool:
        """Whether there are files."""
        return bool(self.outputs)


class Command(Kept):
    """What was asked for, so that it can be done again."""

    formats: list[str]
    editions: list[str]
    data: str  # relative to the manifest; empty: editions
    name: str  # the template
    theme: str
    strict: bool
    print: bool
    date: str | None = None  # that SOURCE_DATE_EPOCH asked for; None: nobody took note


class Begun(Kept):
    """The first line of a journal."""

    data: str  # as in `Command`


class Manifest(Kept):
    """A whole batch."""

    manifest: int
    project: str  # relative to the manifest
    command: Command
    versions: dict[str, str]
    inputs: dict[str, str]  # sha256 of every file, by its path
    copies: list[Entry]
    refused: list[dict[str, str | int]]  # rows that no copy can be made of
    rows: str = ""  # sha256 of the list
    left_over: list[str] = []  # files of earlier runs that were still there, and are of no copy


# ---------------------------------------------------------------- entries


def entry_of(order: Order, key: str, copied: Copied) -> Entry:
    """Note what came of an order."""
    files = [
        File(
            path=made.name,
            format=made.format,
            sha256=hashlib.sha256(made.data).hexdigest(),
            bytes=len(made.data),
            pages=made.pages,
        )
        for made in copied.artifacts
    ]
    return Entry(
        name=order.name,
        edition=order.copy.edition,
        line=order.at.line,
        key=key,
        seconds=round(copied.seconds, 3),
        outputs=files,
        findings=[finding.as_dict() for finding in copied.found],
    )


def key_of(job: Job, inputs: str, theme: str) -> str:
    """Give a digest of all that a copy is made of: content, theme, program, and what was asked.

    `theme` stands for one that was asked for instead of the project's, wherever it lies.
    """
    copy = job.copy
    asked = [
        *(list(job.formats), theme, job.strict, job.for_print),
        *(copy.edition, copy.name, [list(pair) for pair in copy.values]),
        [job.word.pages, job.word.embed_fonts, job.word.draft],
    ]
    return hashlib.sha256(f"{inputs}\0{json.dumps(asked)}".encode()).hexdigest()


def programs() -> dict[str, str]:
    """Give the versions of what made the copies; those of native libraries from their names."""
    parted = (path.name.partition(".so.") for path in native_libraries())
    return {**versions(), **{name: version for name, _, version in parted if version}}


def digests(folder: Path, *, apart: Collection[Path] = ()) -> dict[str, str]:
    """Give the digest of each file of a project."""
    return {
        spelt(path.relative_to(folder).as_posix()): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in content_files(folder, apart=apart)
    }


def is_there(folder: Path, entry: Entry) -> bool:
    """Tell whether a copy's files are on disk as they were written."""
    return entry.made and all(file_fault(folder, file) is None for file in entry.outputs)


def file_fault(folder: Path, file: File) -> str | None:
    """Say what is wrong with a file on disk; None: nothing."""
    try:
        data = read_plain(folder / file.path, MOST_BYTES)
    except OSError as fault:
        return f"it cannot be read: {fault.strerror}"
    if hashlib.sha256(data).hexdigest() != file.sha256:
        return f"it was changed after it was made ({len(data):,} bytes, then {file.bytes:,})"
    return None


# ---------------------------------------------------------------- on disk


def write_manifest(
    folder: Path, manifest: Manifest, log: Diagnostics, sources: Sequence[Path]
) -> Path | None:
    """Write a manifest whole and drop the journal; None, with an error, where it cannot be."""
    text = json.dumps(manifest.model_dump(), ensure_ascii=False, indent=1) + "\n"
    written = publish([Artifact(NAME, "json", text.encode(), 0)], folder, log, sources)
    if not written:
        return None
    (folder / JOURNAL).unlink(missing_ok=True)
    return written[0]


def read_manifest(path: Path, log: Diagnostics) -> Manifest | None:
    """Read a manifest; None, with an error, where it is none."""
    at = Span(str(path))
    try:
        text = read_plain(path, MOST_BYTES).decode("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        why = fault.strerror if isinstance(fault, OSError) else "it is no UTF-8 text"
        log.error(
            Code.MANIFEST_INVALID,
            f"the manifest cannot be read: {why}",
            at=at,
            hint=IS_OURS,
        )
        return None
    try:
        read = Manifest.model_validate_json(text)
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(map(str, first["loc"]))
        what = f"{where}: {first['msg']}" if where else first["msg"]
        log.error(
            Code.MANIFEST_INVALID,
            f"this is no manifest of a batch ({what})",
            at=at,
            hint=IS_OURS,
        )
        return None
    outside = [path for path in _files((), read) if _is_elsewhere(path)]
    if outside or read.manifest != VERSION:
        why = f"it names a file elsewhere: {outside[0]!r}" if outside else "of another version"
        log.error(
            Code.MANIFEST_INVALID,
            f"the manifest cannot be used: {why}",
            at=at,
            hint="run the batch again: it writes a manifest of its own",
        )
        return None
    return read


def _is_elsewhere(path: str) -> bool:
    """Tell whether a file that is named stands outside the manifest's folder."""
    return Path(path).name != path


def _files(entries: Iterable[Entry], read: Manifest | None = None) -> Iterator[str]:
    """Name all files of entries, and before them those that a manifest knows of."""
    if read is not None:
        yield from _files(read.copies)
        yield from read.left_over
    for entry in entries:
        yield from (file.path for file in entry.outputs)


@dataclass(slots=True)
class Journal:
    """What has come of a batch so far, written copy by copy, so that nothing is lost by a stop."""

    folder: Path
    known: dict[str, Entry] = field(default_factory=dict)

    def note(self, entry: Entry) -> None:
        """Write an entry down. Raises OSError."""
        begins = "" if self.known else "\n"  # ends a line that a kill may have cut off
        self.known[entry.name] = entry
        with _appending(self.folder / JOURNAL) as file:
            file.write(f"{begins}{entry.model_dump_json()}\n".encode())
            file.flush()

    def begin(self, data: str, *, anew: bool) -> None:
        """Note of which list the copies are. Raises OSError.

        What stopped runs have noted stays, since their files are there; `anew` only takes away
        what is no journal of ours.
        """
        path = self.folder / JOURNAL
        if anew and not _is_own(path):
            path.unlink(missing_ok=True)
        with _appending(path) as file:
            file.write(f"\n{Begun(data=data).model_dump_json()}\n".encode())


def _is_own(path: Path) -> bool:
    try:
        seen = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(seen.st_mode) and seen.st_nlink == 1


def _appending(path: Path) -> IO[bytes]:
    """Open a file to write on at its end: a plain one of this folder alone. Raises OSError.

    A link, or a second name of a file elsewhere, would have that file written to.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | _CAREFULLY, 0o666)
    seen = os.fstat(descriptor)
    if not stat.S_ISREG(seen.st_mode) or seen.st_nlink > 1:
        os.close(descriptor)
        raise OSError(errno.EINVAL, "it is no plain file of its own", str(path))
    return os.fdopen(descriptor, "ab")


_CAREFULLY = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC"))


@dataclass(frozen=True, slots=True)
class Earlier:
    """What earlier runs of a batch made in a folder."""

    entries: Mapping[str, Entry]  # by name
    data: str = ""  # the list that it was made for, as in `Command`
    rows: str = ""  # digest of that list, where it is known
    files: Sequence[str] = ()  # all that they made, whatever has come of the copies since


def earlier(folder: Path) -> Earlier:
    """Give what earlier runs of a batch made: its manifest, and what came after it."""
    read = read_manifest(folder / NAME, Diagnostics())
    found = {entry.name: entry for entry in (read.copies if read else ())}
    data, rows = (read.command.data, read.rows) if read else ("", "")
    noted: list[Entry] = []
    for line in _noted(folder / JOURNAL):
        if isinstance(line, Entry):
            found[line.name] = line
            noted.append(line)
        elif line.data != data:
            data, rows = line.data, ""
    return Earlier(found, data, rows, tuple(dict.fromkeys(_files(noted, read))))


def _noted(path: Path) -> Iterable[Entry | Begun]:
    try:
        lines = read_plain(path, MOST_BYTES).split(b"\n")
    except OSError:
        return
    for line in lines:
        read: Entry | Begun
        try:
            begins = line.startswith(b'{"data"')
            read = (Begun if begins else Entry).model_validate_json(line)
        except ValidationError:
            continue  # the line that was being written when the program was stopped
        if isinstance(read, Begun) or not any(map(_is_elsewhere, _files([read]))):
            yield read


def relative(path: Path, folder: Path) -> str:
    """Give a path as a manifest in `folder` names it."""
    return spelt(Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix())


def named(folder: Path, path: str) -> Path:
    """Give the path that a manifest in `folder` names."""
    return folder / unspelt(path)
