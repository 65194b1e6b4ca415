"""A project with its themes as one archive, known by its digest, for machines that have neither."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from builder.batch.names import spelt, unspelt
from builder.freshness import content_files
from builder.job import Job
from builder.plain_files import lies_in
from builder.theme.paths import default_search, standing

CONTENT, TEMPLATES, THEME = "content", "templates", "theme"
_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Bundle:
    """The archive's bytes, and their digest."""

    digest: str
    data: bytes


def packed(job: Job, *, apart: Collection[Path] = ()) -> Bundle:
    """Pack a job's project, without what is `apart`, and every theme that it may ask for.

    The same content gives the same bytes. Raises OSError.
    """
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in sorted(_members(job, apart)):
            entry = zipfile.ZipInfo(spelt(name), _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    data = held.getvalue()
    return Bundle(hashlib.sha256(data).hexdigest(), data)


def _members(job: Job, apart: Collection[Path]) -> Iterator[tuple[str, Path]]:
    root = job.project.resolve()
    for path in content_files(root, apart=apart):
        yield f"{CONTENT}/{root.name}/{path.relative_to(root).as_posix()}", path
    if job.theme is not None:
        for path in content_files(job.theme.resolve()):
            yield f"{THEME}/{path.relative_to(job.theme.resolve()).as_posix()}", path
    themes: dict[str, Path] = {}
    for folder in default_search(root):  # nearest first
        for theme in sorted(p for p in folder.iterdir() if p.is_dir()):
            if job.trust or lies_in(theme, (standing(folder),)):  # of links none: see theme.origin
                themes.setdefault(theme.name, theme)
    for name, theme in themes.items():
        for path in content_files(theme):
            yield f"{TEMPLATES}/{name}/{path.relative_to(theme).as_posix()}", path


def moved(job: Job, folder: Path) -> Job:
    """Give a job as it is where its bundle was unpacked."""
    project = folder / CONTENT / job.project.resolve().name
    return replace(job, project=project, theme=folder / THEME if job.theme else None)


def unpacked(bundle: Bundle, place: Path) -> Path:
    """Give the folder of a bundle in `place`; it is unpacked there once.

    Raises ValueError where its bytes are not those of its digest, or name files elsewhere.
    """
    if hashlib.sha256(bundle.data).hexdigest() != bundle.digest:
        raise ValueError("the bundle was damaged on its way")
    folder = place / bundle.digest
    if folder.is_dir():
        return folder
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    staging = Path(tempfile.mkdtemp(prefix=".staging-", dir=place))
    try:
        with zipfile.ZipFile(io.BytesIO(bundle.data)) as archive:
            for name in archive.namelist():
                path = PurePosixPath(unspelt(name))
                if path.is_absolute() or ".." in path.parts:
                    raise ValueError(f"the bundle names a file elsewhere: {name!r}")
                (staging / path).parent.mkdir(parents=True, exist_ok=True)
                (staging / path).write_bytes(archive.read(name))
        os.replace(staging, folder)
    except OSError:
        if not folder.is_dir():  # or somebody else was quicker
            raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return folder
