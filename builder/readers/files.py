"""The files of a project: nothing outside its folder can be read."""

from __future__ import annotations

import errno
import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from builder.addresses import shown
from builder.batch_folders import is_of_a_batch
from builder.characters import FORBIDDEN, why_forbidden
from builder.diagnostics import Code, Diagnostics, Span, did_you_mean
from builder.document.nodes import Picture
from builder.drawings import TYPEFACE, plain_drawing
from builder.pictures import picture_of
from builder.plain_files import (
    NO_CONTENT,
    NoContent,
    as_text,
    entries,
    is_content,
    leads_out,
    read_plain,
)
from builder.readers.picture_losses import losses_of
from builder.upright import upright

LARGEST_TEXT = 5_000_000
LARGEST_PICTURE = 64_000_000
"""Bytes of a file that is read."""


@dataclass(frozen=True, slots=True)
class ProjectFiles:
    """Reads the files of one project, each by its path relative to the project's folder."""

    root: Path
    _listed: dict[tuple[str, ...], list[str]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def read(self, path: PurePosixPath) -> bytes:
        """Give a file's bytes, a photograph's upright, a drawing's as it was checked.

        Raises OSError, and PermissionError for a path outside.
        """
        return plain_drawing(upright(read_plain(self.resolve(path), LARGEST_PICTURE)))

    def resolve(self, path: PurePosixPath) -> Path:
        """Give the real path.

        Raises PermissionError where it leads out of the project, NoContent where it is hidden, lies
        in output/ or is of a batch: what a build reads has to count when it is asked whether
        something changed.
        """
        if "\0" in str(path):
            raise FileNotFoundError(errno.ENOENT, "no file can have such a name", str(path))
        if leads_out(self.root / path, self.root):
            raise PermissionError(errno.EACCES, "it leads out of the project", str(path))
        real, root = (self.root / path).resolve(), self.root.resolve()
        seen = is_content(path) and is_content(real.relative_to(root))
        if not seen and real.exists():
            raise NoContent(path)
        if is_of_a_batch(self.root / path, self.root) or is_of_a_batch(real, root):
            raise NoContent(path, "it lies in a batch's folder, as if the batch had made it")
        return real

    def text(self, path: PurePosixPath, log: Diagnostics) -> str | None:
        """Give a UTF-8 file without byte order mark; None, with an error, where it is none."""
        at = Span(str(path))
        try:
            raw = read_plain(self.resolve(path), LARGEST_TEXT)
        except PermissionError:
            log.error(
                Code.PATH_OUTSIDE,
                f"{str(path)!r} cannot be read: it lies outside the project or is closed",
                at=at,
                hint="keep every file of a briefing inside its folder",
            )
            return None
        except OSError as fault:
            large = fault.errno == errno.EFBIG
            hint = "divide it into smaller files" if large else "write it as a plain file of text"
            hint = NO_CONTENT if isinstance(fault, NoContent) else hint
            message = f"{path} cannot be read: {fault.strerror}"
            log.error(Code.FILE_UNREADABLE, message, at=at, hint=hint)
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
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        forbidden = FORBIDDEN.search(text)
        if forbidden is not None:
            line = text.count("\n", 0, forbidden.start()) + 1
            column = forbidden.start() - text.rfind("\n", 0, forbidden.start())
            log.error(
                Code.CHARACTER_FORBIDDEN,
                f"the character U+{ord(forbidden[0]):04X} can stand in no text",
                at=Span(str(path), line, column),
                hint=why_forbidden(forbidden[0]),
            )
            return None
        return text

    def names(self, suffixes: tuple[str, ...]) -> list[str]:
        """Give the project's files with these endings, for hints; they are looked for once."""
        if suffixes not in self._listed:
            found = (e.path for e in entries(self.root) if e.is_file(follow_symlinks=False))
            chosen = (path for path in found if path.lower().endswith(suffixes))
            paths = (Path(path).relative_to(self.root) for path in chosen)
            names = (as_text(path.as_posix()) for path in paths if is_content(path))
            self._listed[suffixes] = sorted(names)
        return self._listed[suffixes]

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
        except OSError as fault:
            if fault.errno in (errno.EFBIG, errno.EINVAL):
                message = f"the image {path!r} cannot be read: {fault.strerror}"
                hint = "use PNG, JPEG, GIF or SVG"
                hint = NO_CONTENT if isinstance(fault, NoContent) else hint
                log.error(Code.IMAGE_UNREADABLE, message, at=at, hint=hint)
                return empty
            known = self.names((".png", ".jpg", ".jpeg", ".gif", ".svg"))
            log.error(
                Code.IMAGE_MISSING,
                f"there is no image {shown(path)}",
                at=at,
                hint=did_you_mean(path, known, otherwise="paths are relative to the project"),
            )
            return empty
        found = picture_of(data)
        if isinstance(found, str):
            hint = "use PNG, JPEG, GIF or SVG"
            if found == TYPEFACE:
                hint = (
                    "save it without @font-face (the theme's fonts draw it), or its text as paths"
                )
            message = f"the image {path!r} cannot be read: {found}"
            log.error(Code.IMAGE_UNREADABLE, message, at=at, hint=hint)
            return empty
        content_type, size = found
        for loss, hint in losses_of(data, content_type):
            log.note(Code.FORMAT_CANNOT_SHOW, f"the image {path!r} {loss}", at=at, hint=hint)
        return Picture(name, alt, "", content_type, size, at=at)
