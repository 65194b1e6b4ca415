"""Where hostile projects are built: each in a process of its own, watched from within.

A process is forked from a clean one that has everything imported, and runs the command as users
do, supervised child and all. What it opens, asks of the network and prints is written down.
"""

from __future__ import annotations

import contextlib
import io
import json
import multiprocessing
import os
import resource
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from socket import AF_INET, AF_INET6
from typing import Any

import pypdfium2

SECRET = "kept-from-everybody"
"""What stands in every file outside the project, and must be seen nowhere."""

LONGEST = 10.0
PATIENCE = 90.0
"""Seconds after which a process that hangs is ended, and its test has failed."""

BASE: Mapping[str, str | bytes] = {
    "briefing.yml": 'title: A good one\ndate: 2026-01-02\nsections: ["sections/*.md"]\n',
    "sections/01-one.md": "---\ntitle: One\nid: sec-one\ntakeaway: It holds\n---\n\nText.\n",
    "data/x.csv": "Year,Value\n2007,82.5\n2008,90\n",
    "images/x.svg": "<svg xmlns='http://www.w3.org/2000/svg' width='4' height='4'/>",
}
HEAD = "---\ntitle: One\n---\n\n"

Files = Mapping[str, str | bytes]


@dataclass(frozen=True)
class Attack:
    """A hostile project, and the only ways in which it may end."""

    name: str
    files: Files | Callable[[], Files]
    ends: str  # codes of findings that may end it, with spaces between; "": it must build
    to: str = ""  # formats; "": it is checked only
    prepare: Callable[[Path, Path], None] = lambda project, outside: None
    options: tuple[str, ...] = ()
    shows: tuple[str, ...] = field(default=())  # what every output has to show
    hides: tuple[str, ...] = field(default=())  # what no output may hold
    dear: bool = False  # costs seconds; not for every run
    stands: str = ""  # "in it" or "beside it": whoever runs the command; "": anywhere

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Outcome:
    """How an attack ended."""

    code: int
    codes: tuple[str, ...]
    opened: tuple[str, ...]  # files outside, and addresses
    printed: str
    errors: str
    seconds: float  # of the processor; those by the clock tell of its neighbours as well
    peak: int  # MB
    outputs: Mapping[str, bytes]

    @property
    def texts(self) -> str:
        """All that the outputs hold, packed parts unpacked."""
        return "\n".join(_text(name, data) for name, data in self.outputs.items())


def section(text: str) -> dict[str, str | bytes]:
    """Give the base project's section another text."""
    return {"sections/01-one.md": HEAD + text}


def settings(more: str) -> dict[str, str | bytes]:
    """Add lines to the base project's settings."""
    return {"briefing.yml": str(BASE["briefing.yml"]) + more}


def make(folder: Path, files: Files) -> Path:
    """Write files into a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(
            content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
        )
    return folder


def outside(folder: Path) -> Path:
    """Make files that no project has a right to, of every kind that a project might ask for."""
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text>{SECRET}</text></svg>"
    )
    return make(
        folder,
        {
            "secret.md": f"---\ntitle: {SECRET}\n---\n\n{SECRET}\n",
            "secret.yml": f"- {{id: a, type: book, title: {SECRET}}}\n",
            "secret.csv": f"Year,{SECRET}\n2007,1\n2008,2\n",
            "secret.svg": svg,
            "secret.csl": f"<style>{SECRET}</style>",
            "secret.txt": SECRET,
            "theme/_brand.yml": f"color: {{primary: {SECRET}}}\n",
            "theme/report.html.j2": SECRET,
        },
    )


def fight(attack: Attack, folder: Path) -> Outcome:
    """Build or check a hostile project in a folder; give how it ended.

    The project is named by its whole path, or as those do who stand in it or beside it.
    """
    files = attack.files() if callable(attack.files) else attack.files
    project = make(folder / "project", {**BASE, **files})
    attack.prepare(project, outside(folder / "outside"))
    here = {"": None, "in it": project, "beside it": folder}[attack.stands]
    named = str(project) if here is None else os.path.relpath(project, here)
    words = ["check", named]
    if attack.to:
        words = ["build", named, "-t", attack.to, "--no-embed-fonts"]  # quicker
    words += ["-d", str(folder / "out"), "--format", "json", *attack.options]
    return command(words, folder, here)


def command(words: Sequence[str], folder: Path, here: Path | None = None) -> Outcome:
    """Run a command of the program in a process of its own, `here`; give how it ended."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["builder.build", "builder.cli_limits", "weasyprint", "PIL.Image"]
    )
    process = context.Process(target=_run, args=(list(words), folder, here))
    process.start()
    process.join(PATIENCE)
    if process.is_alive():
        process.kill()
        raise AssertionError(f"it still runs after {PATIENCE:.0f} seconds")
    told = json.loads((folder / "told.json").read_text())
    out, err = (folder / name for name in ("stdout", "stderr"))
    printed = out.read_text(errors="replace")
    outputs = {p.name: p.read_bytes() for p in sorted((folder / "out").glob("*")) if p.is_file()}
    opened = (folder / "opened").read_text().splitlines()
    return Outcome(
        told["code"],
        tuple(d["code"] for d in _findings(printed) if d["severity"] != "note"),
        tuple(opened),
        printed,
        err.read_text(errors="replace"),
        told["seconds"],
        told["peak"],
        outputs,
    )


def judge_codes(outcome: Outcome) -> list[str]:
    """Give the codes of the errors that ended an attack, those of warnings behind them."""
    found = _findings(outcome.printed)
    ordered = sorted(found, key=lambda finding: finding["severity"] != "error")
    return [finding["code"] for finding in ordered if finding["severity"] != "note"]


def _findings(printed: str) -> list[dict[str, Any]]:
    told: dict[str, list[dict[str, Any]]] = json.loads(printed)
    return told["diagnostics"]


def _run(words: list[str], folder: Path, here: Path | None) -> None:
    """Run the command as its own program would, its streams and its doings on file."""
    if here is not None:
        os.chdir(here)
    for number, name in ((1, "stdout"), (2, "stderr")):
        with (folder / name).open("wb") as file:
            os.dup2(file.fileno(), number)
    sys.stdout = io.TextIOWrapper(os.fdopen(1, "wb", closefd=False), encoding="utf-8")
    sys.stderr = io.TextIOWrapper(os.fdopen(2, "wb", closefd=False), encoding="utf-8")
    seen = os.open(folder / "opened", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    real = str((folder / "outside").resolve())

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        path = str(arguments[0]) if event == "open" else ""
        known = path.startswith(real) or (path and os.path.realpath(path).startswith(real))
        pair = event == "socket.__new__" and arguments[1] not in (AF_INET, AF_INET6)
        if known or (event.startswith("socket.") and not pair):  # a pair joins two of our own
            os.write(seen, f"{event} {arguments[0]!r}\n".encode())

    from builder.__main__ import main

    sys.addaudithook(watch)
    code = 99
    with contextlib.suppress(SystemExit):
        code = main(words)
    seconds = sum(os.times()[:4])
    peak = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)
    )
    told = {"code": code, "seconds": round(seconds, 2), "peak": peak // 1000}
    (folder / "told.json").write_text(json.dumps(told))


def _text(name: str, data: bytes) -> str:
    if name.endswith(".html"):
        return data.decode("utf-8", "replace")
    if name.endswith(".pdf"):
        with pypdfium2.PdfDocument(data) as pdf:
            return "\n".join(page.get_textpage().get_text_bounded() for page in pdf) + data.decode(
                "latin-1"
            )
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = []
        for part in package.namelist():
            inner = package.read(part)
            nested = part.endswith((".xlsx",)) and zipfile.is_zipfile(io.BytesIO(inner))
            parts.append(_text("x.xlsx", inner) if nested else inner.decode("utf-8", "replace"))
        return "\n".join(parts)
