"""The brand's logo: which file, and whether it is there."""

from __future__ import annotations

from pathlib import Path

from builder.diagnostics import Code, Diagnostics
from builder.pictures import picture_of
from builder.plain_files import read_plain
from builder.theme.source import Logo, LogoFile
from builder.yaml_source import Yaml

_SIZES = ("medium", "large", "small")
LARGEST = 64_000_000


def find_logo(logo: Logo, folder: Path, places: Yaml, log: Diagnostics) -> Path | None:
    """Give the file of the medium logo, else the large, else the small, else None.

    A size may name one of `images`. A file that is missing, elsewhere or no picture is an error.
    """
    size = next((size for size in _SIZES if getattr(logo, size) is not None), None)
    if size is None:
        return None
    resource: LogoFile = getattr(logo, size)
    resource = logo.images.get(resource.path, resource)
    at = places.value_span(("logo", size))
    if resource.path.startswith(("http://", "https://")):
        log.warning(
            Code.FILE_MISSING,
            f"the logo {resource.path!r} is on the web, and is not fetched",
            at=at,
            hint="put the file into the theme's folder",
        )
        return None
    path = (folder / resource.path.lstrip("/")).resolve()
    if not path.is_relative_to(folder.resolve()):
        hint = "put the file into the theme's folder"
        log.error(Code.PATH_OUTSIDE, f"the logo {resource.path!r} is elsewhere", at=at, hint=hint)
        return None
    if not path.is_file():
        hint = "check the path: it is relative to _brand.yml"
        log.error(Code.FILE_MISSING, f"there is no logo {resource.path!r}", at=at, hint=hint)
        return None
    fault = _fault(path)
    if fault:
        hint = "save it as PNG, JPEG or SVG"
        message = f"{resource.path!r} is no picture that can be used: {fault}"
        log.error(Code.IMAGE_UNREADABLE, message, at=at, hint=hint)
        return None
    return path


def _fault(path: Path) -> str:
    try:
        found = picture_of(read_plain(path, LARGEST))
    except OSError as fault:
        return fault.strerror or "it cannot be read"
    return found if isinstance(found, str) else ""
