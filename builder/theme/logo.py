"""The brand's logo: which file, and whether it is there."""

from __future__ import annotations

from pathlib import Path

from builder.diagnostics import Code, Diagnostics
from builder.theme.source import Logo, LogoFile
from builder.yaml_source import Yaml

_SIZES = ("medium", "large", "small")


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
    if not _is_picture(path):
        hint = "save it as PNG, JPEG or SVG"
        log.error(Code.IMAGE_UNREADABLE, f"{resource.path!r} is no picture", at=at, hint=hint)
        return None
    return path


def _is_picture(path: Path) -> bool:
    if path.suffix.lower() == ".svg":
        return b"<svg" in path.read_bytes()
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as image:
            image.verify()
    except (OSError, SyntaxError, UnidentifiedImageError):  # SyntaxError: a broken PNG
        return False
    return True
