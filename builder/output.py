"""Every file staged, then moved into place together, or none of them."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from builder.confinement import largest_file
from builder.diagnostics import Code, Diagnostics, Span
from builder.job import OUTPUT
from builder.plain_files import PICTURES, TEXTS, entries, is_content, leads_out, read_plain
from builder.publication import knows_locks, replace_together, settle
from builder.writers.base import Artifact

MACHINE = frozenset(
    (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EIO, errno.EMFILE, errno.ENFILE)
)
"""What no author and no programmer can help: a full disk, and its like."""

MOST_BYTES = 1_000_000_000
"""Of an output that is looked through."""


def publish(
    artifacts: Sequence[Artifact], folder: Path, log: Diagnostics, sources: Sequence[Path]
) -> tuple[Path, ...]:
    """Write all artifacts into a folder, or none; files that were there stay until all are ready.

    What cannot be written is an error; then the old files are as they were. A folder that is one
    of the sources, or holds one or a file of one, is refused; so is `output` where it is somewhere
    else by a link.
    """
    if not may_hold_outputs(folder, log, sources):
        return ()
    try:
        _refuse_folders(folder, artifacts)
        folder.mkdir(parents=True, exist_ok=True)
        paths = replace_together({a.name: a.data for a in artifacts}, folder)
    except OSError as fault:
        _unwritable(folder, fault, log)
        return ()
    if not knows_locks(folder):
        log.note(
            Code.MACHINE_LACKS,
            "the file system of the output folder knows no locks: two builds at once do not wait"
            " for each other",
            at=Span(str(folder)),
            hint="build there one after the other, or choose another folder by -d",
        )
    return paths


def tell_uncached(fault: OSError, log: Diagnostics) -> None:
    """Note that nothing can be kept of a build for the next one."""
    log.note(
        Code.MACHINE_LACKS,
        f"nothing is kept of this build, the next one begins anew: {fault.strerror or fault}",
        at=Span(str(fault.filename or "")),
        hint="make the cache folder writable, or name another one by BRIEFING_CACHE",
    )


def may_hold_outputs(folder: Path, log: Diagnostics, sources: Sequence[Path]) -> bool:
    """Tell whether outputs may be put into a folder; False, with an error, where they may not."""
    place = Path(os.path.realpath(folder))  # links in a ring lead to themselves
    held = next(_held(place, sources), None)
    if held is not None:
        log.error(
            Code.OUTPUT_UNWRITABLE,
            f"the outputs would stand among their sources ({held.name})",
            at=Span(str(folder)),
            hint="choose a folder of its own by -d",
        )
    elif _leads_away(folder):
        log.error(
            Code.OUTPUT_UNWRITABLE,
            f"a link leads from there to {place}, out of the current folder",
            at=Span(str(folder)),
            hint="name that folder by -d if the outputs are to stand there",
        )
    else:
        return True
    return False


def _held(place: Path, sources: Sequence[Path]) -> Iterator[Path]:
    """Give the sources that a folder is or holds: whole projects, and the files of one."""
    for root in (path.resolve() for path in sources):
        if root.is_relative_to(place):
            yield root
        elif place.is_relative_to(root) and is_content(place.relative_to(root)):
            files = (Path(e.path) for e in entries(place) if e.name.lower().endswith(_SOURCES))
            yield from (file for file in files if is_content(file.relative_to(root)))


_SOURCES = (*TEXTS, *PICTURES, ".csl")


def _leads_away(folder: Path) -> bool:
    """Tell whether the usual folder of the outputs is a link that leads out of the current folder.

    Whoever sent the content may have made it, so that files elsewhere are replaced.
    """
    return folder.parts[:1] == (OUTPUT.name,) and leads_out(folder, Path.cwd())


def machine_fault(fault: OSError, log: Diagnostics) -> bool:
    """Tell, and log, whether it is the machine that refuses: a disk that is full."""
    if fault.errno not in MACHINE:
        return False
    if _too_large(fault, log):
        return True
    log.error(
        Code.OUTPUT_UNWRITABLE,
        f"the machine can take no more: {fault.strerror}",
        at=Span(str(fault.filename or "")),
        hint="make room on the disk, for temporary files too (TMPDIR names another folder)",
    )
    return True


def _too_large(fault: OSError, log: Diagnostics) -> bool:
    """Tell, and log, whether a file was to be larger than the limits let one be."""
    most = largest_file()
    was_written = fault.strerror == os.strerror(errno.EFBIG)  # reading has words of its own
    if not was_written or most is None:
        return False
    tell_too_large(most, str(fault.filename or "briefing.yml"), log)
    return True


def tell_too_large(most: int, file: str, log: Diagnostics) -> None:
    """Log that a file was to be larger than the limits let one be."""
    log.error(
        Code.LIMIT_REACHED,
        f"a file would have more than the {most / 1_000_000:,g} MB that are allowed",
        at=Span(file),
        hint="make its pictures smaller, or allow more by --limits file=2000 (MB)",
    )


def read_outputs(folder: Path, name: str, log: Diagnostics) -> dict[Path, bytes]:
    """Give what can be looked through of the outputs that were built into a folder."""
    settle(folder)
    paths = [folder / f"{name}.{ending}" for ending in ("docx", "pptx", "html")]
    found = {path: read_plain(path, MOST_BYTES) for path in paths if path.is_file()}
    if not found:
        log.error(
            Code.OUTPUT_MISSING,
            "there is neither a Word document, nor a deck, nor a web page",
            at=Span(str(folder)),
            hint=f"build {name} first, or name its folder by -d",
        )
    return found


def _refuse_folders(folder: Path, artifacts: Sequence[Artifact]) -> None:
    """Raise OSError where a folder has the name of an output: what is in it is not ours."""
    for target in (folder / artifact.name for artifact in artifacts):
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder has its name", str(target))


def _unwritable(folder: Path, fault: OSError, log: Diagnostics) -> None:
    if _too_large(fault, log):
        return
    hint = "close the files in other programs, or choose another folder by -d"
    if isinstance(fault, FileExistsError | NotADirectoryError):
        hint = "that is a file: name a folder by -d"
    if isinstance(fault, IsADirectoryError):
        hint = "move that folder away, or choose another one by -d"
    log.error(
        Code.OUTPUT_UNWRITABLE,
        f"the outputs cannot be written: {fault.strerror or fault}",
        at=Span(str(fault.filename or folder)),
        hint=hint,
    )
