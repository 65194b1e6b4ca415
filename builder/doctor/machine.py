"""The machine: Python, packages, Pango, LibreOffice, and where files may be written."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from builder.doctor.remark import Chapter, Remark, State
from builder.freshness import cache_folder

DISTRIBUTION = "briefing-builder"
OLDEST_PYTHON = (3, 11)
OLDEST_PANGO = (1, 44)
_PANGO_CURE = (
    "install Pango: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0,"
    " or brew install pango"
)


def machine(here: Path) -> Iterator[Chapter]:
    """Look at what must be there before any briefing can be built in the folder `here`."""
    yield Chapter("Programs", (_python(), _pango(), _libreoffice()))
    yield Chapter("Python packages", tuple(_packages()))
    yield Chapter("Writing", tuple(_written(here)))


def _written(here: Path) -> Iterator[Remark]:
    yield writing(here / "output")
    yield writing(Path(tempfile.gettempdir()))
    cache = writing(cache_folder().parent)
    if cache.state is State.BROKEN:
        cure = "make it writable, or name another folder by BRIEFING_CACHE: builds begin anew"
        cache = Remark(cache.what, State.OPTIONAL, cure)
    yield cache


def _python() -> Remark:
    version = sys.version_info[:3]
    shown = f"Python {'.'.join(map(str, version))} on {platform.system()} {platform.machine()}"
    if version[:2] < OLDEST_PYTHON:
        return Remark(shown, State.BROKEN, "install Python 3.11 or newer, then: make setup")
    return Remark(shown)


def _pango() -> Remark:
    try:
        from weasyprint.text.ffi import pango
    except OSError as fault:
        first = str(fault).splitlines()[0] if str(fault) else "its library cannot be loaded"
        return Remark("Pango is missing", State.BROKEN, _PANGO_CURE, (first,))
    number = int(pango.pango_version())
    version = (number // 10000, number // 100 % 100, number % 100)
    shown = f"Pango {'.'.join(map(str, version))}, which sets the PDF's text"
    if version[:2] < OLDEST_PANGO:
        return Remark(shown, State.BROKEN, _PANGO_CURE)
    return Remark(shown)


def _libreoffice() -> Remark:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    cure = "install LibreOffice to see Word documents and decks as pages: apt install libreoffice"
    if program is None:
        return Remark("LibreOffice is not installed", State.OPTIONAL, cure)
    try:
        done = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=60, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return Remark(f"{program} does not answer", State.OPTIONAL, cure)
    found = re.search(r"\d+(?:\.\d+)+", done.stdout)
    return Remark(f"LibreOffice {found[0] if found else ''}".strip() + f", {program}")


def _packages() -> Iterator[Remark]:
    try:
        needed = metadata.requires(DISTRIBUTION) or []
        yield Remark(f"{DISTRIBUTION} {metadata.version(DISTRIBUTION)}")
    except metadata.PackageNotFoundError:
        yield Remark(f"{DISTRIBUTION} is not installed", State.BROKEN, "run: make setup")
        return
    for requirement in sorted(needed, key=str.casefold):
        name = re.match(r"[\w.-]+", requirement)
        if name is None or "extra ==" in requirement:
            continue
        try:
            yield Remark(f"{name[0]} {metadata.version(name[0])}")
        except metadata.PackageNotFoundError:
            yield Remark(f"{name[0]} is missing", State.BROKEN, "run: make setup")


def writing(folder: Path) -> Remark:
    """Tell whether files can be made in a folder, or in the nearest one above it that is there."""
    place = folder
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        with tempfile.NamedTemporaryFile(dir=place, prefix=".briefing-"):
            pass
    except OSError as fault:
        cure = f"make {place} writable, or build into another folder by -d DIR"
        return Remark(f"{folder} cannot be written: {fault.strerror}", State.BROKEN, cure)
    return Remark(f"{folder} can be written")
