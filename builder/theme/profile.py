"""The colour profile of the printing press: which file, and whether it is one."""

from __future__ import annotations

from pathlib import Path

from builder.diagnostics import Code, Diagnostics, Span


def find_profile(name: str | None, folder: Path, at: Span, log: Diagnostics) -> Path | None:
    """Give the file of a CMYK profile in the theme's folder, else None, with an error."""
    if name is None:
        return None
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        hint = "put the file into the theme's folder"
        log.error(Code.PATH_OUTSIDE, f"the profile {name!r} is elsewhere", at=at, hint=hint)
        return None
    if not path.is_file():
        hint = "check the path: it is relative to _brand.yml"
        log.error(Code.FILE_MISSING, f"there is no profile {name!r}", at=at, hint=hint)
        return None
    with path.open("rb") as file:
        head = file.read(40)  # ICC.1, 7.2: class at 12, colour space at 16, signature at 36
    if (head[12:16], head[16:20], head[36:40]) != (b"prtr", b"CMYK", b"acsp"):
        hint = "name the printer's profile for CMYK, such as PSOcoated_v3.icc"
        message = f"{name!r} is no ICC profile of a CMYK printer"
        log.error(Code.VALUE_INVALID, message, at=at, hint=hint)
        return None
    return path
