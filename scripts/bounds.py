"""Test with the lowest or the newest versions of all dependencies that pyproject.toml allows.

`make test-lowest` and `make test-newest` make an environment that is thrown away, put the versions
and the program itself into it, and run the tests that touch each dependency.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
RESOLUTIONS = {"lowest": "lowest-direct", "newest": "highest"}
TOOLS = (
    "pytest",
    "pytest-xdist",
    "hypothesis",
    "pikepdf",
    "jsonschema",
    "aiosmtpd",
    "trustme",
    "fast-mail-parser",
)
"""What the tests themselves need, of the versions of the lock."""

NO_PLUGINS = ("-p", "no:cacheprovider", "-p", "no:anyio")
"""A dependency of ours brings a plugin for pytest, which may be older than pytest likes."""

CORE = (
    *("tests/bibliography", "tests/charts", "tests/readers", "tests/theme", "tests/passes"),
    *("tests/contract/test_every_block.py", "tests/contract/test_links.py"),
    *("tests/contract/test_broken_projects.py", "tests/contract/test_seen_in_all_three.py"),
    *("tests/writers/test_pdf.py", "tests/writers/test_pdf_tags.py"),
    *("tests/writers/test_pdf_notes.py", "tests/writers/test_pdf_styles.py"),
    *("tests/writers/word/test_text.py", "tests/writers/word/test_charts.py"),
    *("tests/writers/powerpoint/test_charts.py", "tests/writers/powerpoint/test_pictures.py"),
    *("tests/writers/test_templates.py", "tests/writers/slides/test_slides.py"),
    *("tests/writers/test_html.py", "tests/deck/test_fit.py", "tests/test_schemas.py"),
    *("tests/mail/test_message.py", "tests/mail/test_sending.py"),
    *("tests/test_cli.py", "tests/test_cli_watch.py", "tests/test_kept.py"),
    *(
        "tests/test_css.py",
        "tests/test_drawing_styles.py",
        "tests/test_drawings.py",
        "tests/test_supervision.py",
    ),
)


def bounds(which: str, python: str, paths: Sequence[str] = CORE) -> int:
    """Run the tests with these versions; give pytest's exit code."""
    with tempfile.TemporaryDirectory(prefix="briefing-bounds-") as name:
        folder = Path(name)
        uv = _uv(folder)
        interpreter = str(folder / "env" / "bin" / "python")
        versions = str(folder / "versions.txt")
        _run(
            *(uv, "pip", "compile", "-q", "--resolution", RESOLUTIONS[which], "--python", python),
            *(str(ROOT / "pyproject.toml"), "-o", versions),
        )
        _run(uv, "venv", "-q", "--python", python, str(folder / "env"))
        install = (uv, "pip", "install", "-q", "--python", interpreter)
        _run(*install, "-r", versions)
        _run(*install, "-c", versions, *tools((ROOT / "requirements.lock").read_text()))
        _run(*install, "--no-deps", str(ROOT))
        print(f"{which} versions: {', '.join(direct(Path(versions).read_text()))}", flush=True)
        words = [interpreter, "-m", "pytest", "-q", "-n", "auto", *NO_PLUGINS, *paths]
        return subprocess.run(words, cwd=ROOT).returncode


def direct(versions: str) -> list[str]:
    """Give those of the versions that pyproject.toml names, as it names them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.split(r"[<>=~\[ ]", wanted)[0] for wanted in project["dependencies"]]
    found = _found(versions)
    return [f"{name} {found[name.lower()]}" for name in names]


def tools(lock: str) -> list[str]:
    """Give what the tests need, each with its version in the lock."""
    return [f"{name}=={_found(lock)[name]}" for name in TOOLS]


def _found(versions: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.-]+)==([^\s;]+)", versions, re.MULTILINE))


def _uv(folder: Path) -> str:
    """Give the program that resolves lowest versions; where it is not here, fetch it."""
    from shutil import which

    if found := which("uv"):
        return found
    _run(sys.executable, "-m", "venv", str(folder / "tools"))
    _run(str(folder / "tools" / "bin" / "python"), "-m", "pip", "install", "-q", "uv")
    return str(folder / "tools" / "bin" / "uv")


def _run(*words: str) -> None:
    subprocess.run(words, check=True, env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"})


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("which", choices=RESOLUTIONS)
    parser.add_argument("--python", default=sys.executable, help="another Python to test with")
    parser.add_argument("paths", nargs="*", default=list(CORE), help="tests to run")
    arguments = parser.parse_intermixed_args()
    return bounds(arguments.which, arguments.python, arguments.paths)


if __name__ == "__main__":
    sys.exit(main())
