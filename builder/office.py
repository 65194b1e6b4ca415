"""Asking LibreOffice on which pages a Word document's bookmarks fall."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
from pathlib import Path

from builder.diagnostics import Code, Diagnostics
from builder.writers.base import Printed

ON_MACOS = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
PATIENCE = 300
"""Seconds that LibreOffice may take over a document."""

TO_PDF = (
    'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
)


def bookmark_pages(document: bytes, log: Diagnostics) -> Printed | None:
    """Let LibreOffice lay a document out and tell the pages of its bookmarks.

    None, with an error, where there is no LibreOffice or it makes nothing of the document.
    """
    program = office_program()
    if program is None:
        log.error(
            Code.LIBREOFFICE_MISSING,
            "LibreOffice is to count the pages, and is not here",
            hint="install LibreOffice, or leave out --word-pages",
        )
        return None
    with tempfile.TemporaryDirectory(prefix="briefing-") as folder:
        printed = _print(program, document, Path(folder))
    if printed is None:
        log.error(
            Code.LIBREOFFICE_MISSING,
            "LibreOffice could not lay the Word document out",
            hint="try 'soffice --version', or leave out --word-pages",
        )
        return None
    return _destinations(printed)


def office_program() -> str | None:
    """Give the program of LibreOffice, where it is installed."""
    return shutil.which("soffice") or shutil.which(ON_MACOS)


def print_document(document: bytes) -> bytes | None:
    """Let LibreOffice make a PDF of a Word document; None where it is not here or cannot."""
    program = office_program()
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="briefing-") as folder:
        return _print(program, document, Path(folder))


def _print(program: str, document: bytes, folder: Path) -> bytes | None:
    """Let LibreOffice make a PDF in which each bookmark is a destination."""
    source = folder / "document.docx"
    source.write_bytes(document)
    # Two LibreOffices on one profile answer with success and write nothing.
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--norestore", "--convert-to", TO_PDF]
    try:
        subprocess.run(
            [*command, "--outdir", str(folder), str(source)],
            capture_output=True,
            check=True,
            timeout=PATIENCE,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    printed = folder / "document.pdf"
    return printed.read_bytes() if printed.is_file() else None


def _destinations(printed: bytes) -> Printed:
    """Find the page of each named destination of a PDF."""
    import pypdfium2
    from pypdfium2 import raw

    pdf = pypdfium2.PdfDocument(printed)
    made: dict[str, int] = {}
    for index in range(raw.FPDF_CountNamedDests(pdf.raw)):
        size = ctypes.c_long(0)
        raw.FPDF_GetNamedDest(pdf.raw, index, None, ctypes.byref(size))
        name = ctypes.create_string_buffer(max(size.value, 2))
        at = raw.FPDF_GetNamedDest(pdf.raw, index, name, ctypes.byref(size))
        made[name.raw.decode("utf-16-le").rstrip("\0")] = (
            raw.FPDFDest_GetDestPageIndex(pdf.raw, at) + 1
        )
    return Printed(made, len(pdf))
