"""A theme's own texts: read as a project's are, plain files of a size that somebody wrote."""

from __future__ import annotations

import errno
from pathlib import Path

from builder.diagnostics import Code, Diagnostics, Span
from builder.limits import LARGEST_TEXT
from builder.plain_files import read_plain


def read_text(path: Path, shown: str, log: Diagnostics) -> str | None:
    """Give a UTF-8 file without byte order mark; None, with an error, where it is none."""
    try:
        text = read_plain(path, LARGEST_TEXT).decode("utf-8-sig")
        return text.replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        message, hint = f"{shown} is not UTF-8", "save it as UTF-8"
    except OSError as fault:
        message = f"{shown} cannot be read: {fault.strerror}"
        hint = "write it as a plain file of text"
        if fault.errno == errno.EFBIG:
            hint = "take out what is no part of it: such a file has some kilobytes"
    log.error(Code.FILE_UNREADABLE, message, at=Span(shown), hint=hint)
    return None
