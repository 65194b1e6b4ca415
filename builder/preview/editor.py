"""Opening a line in the author's editor."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from builder.readers.files import ProjectFiles

GOTO = {
    "code": ("-g", "{file}:{line}"),
    "code-insiders": ("-g", "{file}:{line}"),
    "codium": ("-g", "{file}:{line}"),
    "cursor": ("-g", "{file}:{line}"),
    "subl": ("{file}:{line}",),
    "zed": ("{file}:{line}",),
    "mate": ("-l", "{line}", "{file}"),
    "kate": ("-l", "{line}", "{file}"),
    "gvim": ("+{line}", "{file}"),
    "gedit": ("+{line}", "{file}"),
    "emacsclient": ("-n", "+{line}", "{file}"),
    "emacs": ("+{line}", "{file}"),
    "idea": ("--line", "{line}", "{file}"),
    "pycharm": ("--line", "{line}", "{file}"),
    "notepad++": ("-n{line}", "{file}"),
}
"""How editors with windows of their own are told a line."""

IN_TERMINALS = (
    "vi",
    "vim",
    "nvim",
    "nano",
    "pico",
    "micro",
    "hx",
    "helix",
    "joe",
    "ed",
    "ne",
    "mcedit",
)


@dataclass(frozen=True, slots=True)
class Opened:
    """What became of a wish to open a line: an editor runs, or the browser is to follow a link."""

    by: str  # the editor's name; empty: none was started
    link: str  # vscode://file/…
    why: str = ""  # why none was started


def open_line(root: Path, source: str) -> Opened:
    """Open "sections/02-x.md:17" in $VISUAL or $EDITOR.

    Raises PermissionError for a path that leads out of the project, OSError where there is none.
    """
    name, _, line = source.rpartition(":")
    if not name or not line.isascii() or not line.isdigit():
        raise FileNotFoundError(f"{source!r} names no line of a file")
    path = ProjectFiles(root).resolve(PurePosixPath(name))
    if not path.is_file():
        raise FileNotFoundError(f"there is no file {name!r}")
    link = f"vscode://file{quote(path.as_posix())}:{int(line)}"
    wanted = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    command = command_for(wanted, path, int(line))
    if isinstance(command, str):
        return Opened("", link, command)
    try:
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as fault:
        return Opened("", link, f"{command[0]} cannot be started: {fault.strerror}")
    return Opened(Path(command[0]).name, link)


def command_for(wanted: str, path: Path, line: int) -> list[str] | str:
    """Give the command that opens a line, or why there is none."""
    try:
        given = shlex.split(wanted)
    except ValueError:
        return f"$EDITOR cannot be read: {wanted}"
    if not given:
        return "set $EDITOR to an editor with a window of its own"
    name = Path(given[0]).name.removesuffix(".exe")
    if name in IN_TERMINALS or (name == "emacs" and "-nw" in given):
        return f"$EDITOR is {name}, which needs a terminal"
    if shutil.which(given[0]) is None:
        return f"$EDITOR is {given[0]}, which is not here"
    # --wait is for programs that ask for a text; nobody waits here.
    kept = [part for part in given[1:] if part not in ("--wait", "-w")]
    ending = GOTO.get(name, ("{file}",))
    told = [part.replace("{line}", str(line)).replace("{file}", str(path)) for part in ending]
    own = [part for part in told if part not in kept or part in (str(path), f"{path}:{line}")]
    return [given[0], *kept, *own]
