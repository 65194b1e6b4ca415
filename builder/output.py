"""Every file staged, then moved into place together, or none of them."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from builder.diagnostics import Code, Diagnostics, Span
from builder.writers.base import Artifact


def publish(artifacts: Sequence[Artifact], folder: Path, log: Diagnostics) -> tuple[Path, ...]:
    """Write all artifacts into a folder, or none; files that were there stay until all are ready.

    What cannot be written is an error; then the old files are as they were.
    """
    try:
        _refuse_folders(folder, artifacts)
        folder.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".staging-", dir=folder))
    except OSError as fault:
        _unwritable(folder, fault, log)
        return ()
    try:
        for artifact in artifacts:
            _write(staging / artifact.name, artifact.data)
        return _move(staging, folder, [a.name for a in artifacts])
    except OSError as fault:
        _unwritable(folder, fault, log)
        return ()
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def read_outputs(folder: Path, name: str, log: Diagnostics) -> dict[Path, bytes]:
    """Give the Office files of a project that were built into a folder."""
    paths = [folder / f"{name}.{ending}" for ending in ("docx", "pptx")]
    found = {path: path.read_bytes() for path in paths if path.is_file()}
    if not found:
        log.error(
            Code.OUTPUT_MISSING,
            "there is neither a Word document nor a deck",
            at=Span(str(folder)),
            hint=f"build {name} first, or name its folder by -d",
        )
    return found


def _refuse_folders(folder: Path, artifacts: Sequence[Artifact]) -> None:
    """Raise OSError where a folder has the name of an output: what is in it is not ours."""
    for target in (folder / artifact.name for artifact in artifacts):
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder has its name", str(target))


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _move(staging: Path, folder: Path, names: Iterable[str]) -> tuple[Path, ...]:
    """Put the staged files in place; if anything stops that, the old ones come back."""
    moved: list[Path] = []
    kept: dict[Path, Path] = {}
    try:
        for name in names:
            target = folder / name
            if target.exists():
                old = staging / f"{name}.old"
                os.replace(target, old)
                kept[target] = old
            moved.append(target)
            os.replace(staging / name, target)
    except BaseException:
        for target in moved:
            target.unlink(missing_ok=True)
        for target, old in kept.items():
            os.replace(old, target)
        raise
    return tuple(moved)


def _unwritable(folder: Path, fault: OSError, log: Diagnostics) -> None:
    hint = "close the files in other programs, or choose another folder by -d"
    if isinstance(fault, IsADirectoryError):
        hint = "move that folder away, or choose another one by -d"
    log.error(
        Code.OUTPUT_UNWRITABLE,
        f"the outputs cannot be written: {fault.strerror or fault}",
        at=Span(str(fault.filename or folder)),
        hint=hint,
    )
