"""Opening a line: each editor is told in its own way, and none is started that needs a terminal."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from builder.preview.editor import command_for, open_line

FILE = Path("/x/sections/02 a.md")


@pytest.fixture(autouse=True)
def every_editor_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "absent" else f"/bin/{name}")


@pytest.mark.parametrize(
    ("wanted", "command"),
    [
        ("code --wait", ["code", "-g", f"{FILE}:17"]),
        ("code -g", ["code", "-g", f"{FILE}:17"]),
        ("/opt/x/subl -w", ["/opt/x/subl", f"{FILE}:17"]),
        ("gvim", ["gvim", "+17", str(FILE)]),
        ("emacsclient", ["emacsclient", "-n", "+17", str(FILE)]),
        ("kate", ["kate", "-l", "17", str(FILE)]),
        ("mine --new", ["mine", "--new", str(FILE)]),
    ],
)
def test_an_editor_gets_the_line(wanted: str, command: list[str]) -> None:
    assert command_for(wanted, FILE, 17) == command


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ("", "set $EDITOR"),
        ("vim", "needs a terminal"),
        ("emacs -nw", "needs a terminal"),
        ("absent", "is not here"),
        ("'unclosed", "cannot be read"),
    ],
)
def test_without_one_it_is_said_why(wanted: str, why: str) -> None:
    told = command_for(wanted, FILE, 17)

    assert isinstance(told, str) and why in told


def test_the_link_leads_to_the_line_whatever_the_folder_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "nano")
    monkeypatch.delenv("VISUAL", raising=False)
    (tmp_path / "a b#c.md").write_text("x", "utf-8")

    opened = open_line(tmp_path, "a b#c.md:3")

    assert opened.by == "" and opened.link.endswith("/a%20b%23c.md:3")
    assert opened.link.startswith("vscode://file/")
