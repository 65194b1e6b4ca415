"""Outputs are replaced together, or none of them."""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path

import pytest

from builder.diagnostics import Code, Diagnostics, Severity
from builder.output import publish
from builder.publication import knows_locks, locked
from builder.writers.base import Artifact

NEW = (Artifact("a.pdf", "pdf", b"new a", 1), Artifact("a.docx", "docx", b"new b", 1))


def old_files(folder: Path) -> None:
    for artifact in NEW:
        (folder / artifact.name).write_bytes(b"old")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_all_files_are_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    old_files(tmp_path)
    (tmp_path / "notes.txt").write_text("not ours")

    paths = publish(NEW, tmp_path, Diagnostics(), ())

    assert [path.name for path in paths] == ["a.pdf", "a.docx"]
    assert contents(tmp_path) == {
        "a.docx": b"new b",
        "a.pdf": b"new a",
        "notes.txt": b"not ours",
    }


@pytest.mark.parametrize("fatal", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("nth", [1, 2])
def test_an_interruption_between_two_files_brings_the_old_ones_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nth: int, fatal: BaseException
) -> None:
    old_files(tmp_path)
    moves = 0
    really = os.replace

    def replace(source: Path, target: Path) -> None:
        nonlocal moves
        moves += 1
        if moves == nth:
            raise fatal
        really(source, target)

    monkeypatch.setattr(os, "replace", replace)
    log = Diagnostics()
    if isinstance(fatal, OSError):
        assert publish(NEW, tmp_path, log, ()) == ()
        assert [d.code.value for d in log] == ["output-unwritable"]
    else:
        with pytest.raises(KeyboardInterrupt):
            publish(NEW, tmp_path, log, ())

    assert contents(tmp_path) == {"a.docx": b"old", "a.pdf": b"old"}


def test_a_folder_that_cannot_be_made_is_an_error_with_a_hint(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    log = Diagnostics()

    assert publish(NEW, tmp_path / "taken", log, ()) == ()
    assert [(d.code.value, bool(d.hint)) for d in log] == [("output-unwritable", True)]


def test_a_folder_that_has_an_outputs_name_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old")
    (tmp_path / "a.docx").mkdir()
    (tmp_path / "a.docx" / "mine.txt").write_text("not yours")
    log = Diagnostics()

    assert publish(NEW, tmp_path, log, ()) == ()

    assert [(d.code.value, d.at.file) for d in log] == [
        ("output-unwritable", str(tmp_path / "a.docx"))
    ]
    assert (tmp_path / "a.pdf").read_bytes() == b"old"
    assert (tmp_path / "a.docx" / "mine.txt").read_text() == "not yours"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.docx", "a.pdf"]


def test_a_file_system_without_locks_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(descriptor: int, how: int) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(fcntl, "flock", refuse)
    log = Diagnostics()

    assert len(publish(NEW, tmp_path, log, ())) == len(NEW)

    (found,) = log
    assert (found.code, found.severity) == (Code.MACHINE_LACKS, Severity.NOTE)
    assert "knows no locks" in found.message


def test_a_folder_that_another_build_has_locked_knows_locks(tmp_path: Path) -> None:
    with locked(tmp_path):
        assert knows_locks(tmp_path)


def test_a_file_where_a_folder_is_wanted_is_told_as_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("a file")
    log = Diagnostics()

    assert publish(NEW, tmp_path / "README.md", log, ()) == ()
    assert [found.hint for found in log] == ["that is a file: name a folder by -d"]
