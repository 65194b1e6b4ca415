"""The files of a project: nothing outside its folder can be read."""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from builder.diagnostics import Code, Diagnostics, Span, did_you_mean
from builder.document.nodes import Picture

_SVG_SIZE = re.compile(r"<svg\b[^>]*", re.DOTALL)
_SVG_LENGTH = re.compile(r'\b(width|height)="\s*([\d.]+)(?:px|pt|mm|cm|in)?\s*"')
_SVG_BOX = re.compile(r'\bviewBox="\s*[\d.eE+-]+[\s,]+[\d.eE+-]+[\s,]+([\d.eE]+)[\s,]+([\d.eE]+)')
_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "SVG": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class ProjectFiles:
    """Reads the files of one project, each by its path relative to the project's folder."""

    root: Path

    def read(self, path: PurePosixPath) -> bytes:
        """Give a file's bytes. Raises OSError, and PermissionError for a path outside."""
        return self.resolve(path).read_bytes()

    def resolve(self, path: PurePosixPath) -> Path:
        """Give the real path. Raises PermissionError where it leads out of the project."""
        real = (self.root / path).resolve()
        if not real.is_relative_to(self.root.resolve()):
            raise PermissionError(f"{path} leads out of the project")
        return real

    def text(self, path: PurePosixPath, log: Diagnostics) -> str | None:
        """Give a UTF-8 file without byte order mark; None, with an error, where it is none."""
        at = Span(str(path))
        try:
            raw = self.read(path)
        except PermissionError:
            log.error(
                Code.PATH_OUTSIDE,
                f"{str(path)!r} cannot be read: it lies outside the project or is closed",
                at=at,
                hint="keep every file of a briefing inside its folder",
            )
            return None
        except OSError as fault:
            log.error(Code.FILE_UNREADABLE, f"{path} cannot be read: {fault.strerror}", at=at)
            return None
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            line = raw.count(b"\n", 0, fault.start) + 1
            log.error(
                Code.FILE_UNREADABLE,
                f"{path} is no UTF-8 text (byte {raw[fault.start]:#04x})",
                at=Span(str(path), line, fault.start - raw.rfind(b"\n", 0, fault.start)),
                hint="save the file as UTF-8",
            )
            return None
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def names(self, suffixes: tuple[str, ...]) -> list[str]:
        """Give the project's files with these endings, for hints."""
        files = (p for p in self.root.rglob("*") if p.is_file() and p.suffix.lower() in suffixes)
        return sorted(p.relative_to(self.root).as_posix() for p in files)

    def picture(self, path: str, alt: str, at: Span, log: Diagnostics) -> Picture:
        """Check an image and read its size; what is wrong with it is diagnosed at `at`."""
        name = PurePosixPath(path)
        empty = Picture(name, alt, at=at)
        if re.match(r"^[a-z][a-z0-9+.-]+:", path, re.IGNORECASE):
            log.error(
                Code.IMAGE_MISSING,
                f"the image {path!r} is not in the project",
                at=at,
                hint="save it into images/ and write its path there",
            )
            return empty
        try:
            data = self.read(name)
        except PermissionError:
            log.error(
                Code.PATH_OUTSIDE,
                f"the image {path!r} lies outside the project",
                at=at,
                hint="copy it into images/",
            )
            return empty
        except OSError:
            known = self.names((".png", ".jpg", ".jpeg", ".gif", ".svg"))
            log.error(
                Code.IMAGE_MISSING,
                f"there is no image {path!r}",
                at=at,
                hint=did_you_mean(path, known, otherwise="paths are relative to the project"),
            )
            return empty
        found = _image_size(data)
        if isinstance(found, str):
            log.error(
                Code.IMAGE_UNREADABLE,
                f"the image {path!r} cannot be read: {found}",
                at=at,
                hint="use PNG, JPEG, GIF or SVG",
            )
            return empty
        content_type, size = found
        return Picture(name, alt, "", content_type, size, at=at)


def _image_size(data: bytes) -> tuple[str, tuple[int, int]] | str:
    """Give content type and pixel size of an image, or why it is none."""
    if b"<svg" in data[:2000]:
        return _svg_size(data)
    from PIL import Image  # slow to import, and needed only where there is a picture

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as image:
                kind, size = str(image.format), image.size
                image.verify()
    except (OSError, SyntaxError, ValueError) as fault:
        return str(fault).replace("<_io.BytesIO object at ", "<").split(" <")[0] or "it is damaged"
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return "it has too many pixels"
    if kind not in _TYPES:
        return f"{kind} is a format that not every output can show"
    return _TYPES[kind], size


def _svg_size(data: bytes) -> tuple[str, tuple[int, int]] | str:
    from lxml import etree

    try:
        etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as fault:
        return f"it is no well-formed SVG ({fault.msg})"
    match = _SVG_SIZE.search(data.decode("utf-8", "replace"))
    opening = match[0] if match else ""
    box = _SVG_BOX.search(opening)
    lengths = dict(_SVG_LENGTH.findall(opening))
    if "width" in lengths and "height" in lengths:
        return _TYPES["SVG"], (round(float(lengths["width"])), round(float(lengths["height"])))
    if box:
        return _TYPES["SVG"], (round(float(box[1])), round(float(box[2])))
    return _TYPES["SVG"], (300, 150)
