"""The outside judges: who they are, where they are, and what they say."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest


def cache() -> Path:
    """Give the folder that `make validators` fills."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(os.environ.get("BRIEFING_JUDGES") or base / "briefing-builder" / "judges")


def absent(judge: str) -> None:
    """Skip the test, with the line that says how to get the judge; under CI=true, fail."""
    line = f"{judge} is not here; run: make validators"
    if os.environ.get("CI") == "true":
        pytest.fail(line)
    pytest.skip(line)


def _run(command: list[str], timeout: int = 300) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False)


def ooxml_errors(path: Path, office: str = "Microsoft365") -> list[str]:
    """Give what Microsoft's Open XML SDK validator finds wrong in a .docx or .pptx."""
    tool = cache() / "ooxml-validator" / "node_modules" / ".bin" / "ooxml-validator"
    if not tool.exists():
        absent("Microsoft's Open XML validator")
    done = _run([str(tool), str(path), "--officeVersion", office])
    assert done.stdout, done.stderr
    told = json.loads(done.stdout)
    return [f"{e['path']} {e['xPath']}: {e['description']}" for e in told["errors"]]


def verapdf_failures(path: Path, flavour: str) -> list[str]:
    """Give the rules of a flavour ("3a", "ua1") that veraPDF finds broken."""
    folder = cache() / "verapdf"
    if not list(folder.glob("greenfield-apps-*.jar")) or shutil.which("java") is None:
        absent("veraPDF")
    main = "org.verapdf.apps.GreenfieldCliWrapper"
    command = ["java", "-cp", f"{folder}/*", main, "-f", flavour, "--format", "json", str(path)]
    told = json.loads(_run(command).stdout)
    result = told["report"]["jobs"][0]["validationResult"]
    details = (result[0] if isinstance(result, list) else result)["details"]
    return [
        f"{r['clause']}-{r['testNumber']}: {r['description']}" for r in details["ruleSummaries"]
    ]


def to_pdf(path: Path, folder: Path) -> Path:
    """Let LibreOffice turn a .docx or .pptx into a PDF."""
    program = shutil.which("soffice") or "/Applications/LibreOffice.app/Contents/MacOS/soffice"
    if not Path(program).exists():
        absent("LibreOffice")
    with tempfile.TemporaryDirectory() as profile:
        user = f"-env:UserInstallation={Path(profile).as_uri()}"
        options = ["--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder)]
        done = _run([program, user, *options, str(path)])
    made = folder / f"{path.stem}.pdf"
    assert made.is_file(), done.stderr
    return made


def pdf_text(path: Path) -> str:
    """Give a PDF's text, by poppler."""
    if shutil.which("pdftotext") is None:
        absent("poppler")
    return _run(["pdftotext", "-layout", str(path), "-"]).stdout


def pdf_fonts(path: Path) -> list[str]:
    """Give the names of a PDF's fonts, without the prefixes of subsets."""
    if shutil.which("pdffonts") is None:
        absent("poppler")
    lines = _run(["pdffonts", str(path)]).stdout.splitlines()[2:]
    return [line.split()[0].split("+")[-1] for line in lines]


def pdf_structure(path: Path) -> str:
    """Give a PDF's structure with its text, as poppler reads it."""
    if shutil.which("pdfinfo") is None:
        absent("poppler")
    return _run(["pdfinfo", "-struct-text", str(path)]).stdout
