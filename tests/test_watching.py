"""What counts as a change, and that no change is missed."""

from __future__ import annotations

import itertools
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue

import pytest

from builder.watching import Watched, changes

SOON = 600.0
"""Seconds until something hangs: a machine may leave a test waiting for minutes."""

QUIET = 0.6


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "briefing"
    (folder / "sections").mkdir(parents=True)
    (folder / "briefing.yml").write_text("title: A\n", "utf-8")
    (folder / "sections" / "1.md").write_text("# One\n", "utf-8")
    return folder


@contextmanager
def seen(watched: Watched) -> Iterator[Queue[tuple[Path, ...]]]:
    """Watch in a thread; give the changes as they come."""
    found: Queue[tuple[Path, ...]] = Queue()
    stop = threading.Event()

    def look() -> None:
        for files in changes(watched, stop):
            found.put(files)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield found
    finally:
        stop.set()
        thread.join(SOON)
        assert not thread.is_alive()


def nothing_more(found: Queue[tuple[Path, ...]]) -> bool:
    try:
        found.get(timeout=QUIET)
    except Empty:
        return True
    return False


def save(path: Path, text: str) -> None:
    """Write a file at once, as an editor that renames does."""
    beside = path.with_name(f"{path.name}.tmp")
    beside.write_text(text, "utf-8")
    os.replace(beside, path)


def test_a_saved_file_is_a_change_and_the_same_content_is_none(project: Path) -> None:
    section = project / "sections" / "1.md"
    with seen(Watched((project,))) as found:
        save(section, "# Other\n")
        assert found.get(timeout=SOON) == (section,)

        save(section, "# Other\n")
        os.utime(section)
        assert nothing_more(found)


def test_a_file_that_is_gone_for_a_moment_is_one_change(project: Path) -> None:
    section = project / "sections" / "1.md"
    watched = Watched((project,), pause=lambda _seconds: save(section, "# Other\n"))
    section.unlink()

    assert watched.changed([section]) == (section,)

    assert section.read_text("utf-8") == "# Other\n"
    assert watched.changed([section]) == watched.changed_anywhere() == ()


def test_a_file_emptied_and_filled_again_is_read_when_it_is_full(project: Path) -> None:
    section = project / "sections" / "1.md"
    watched = Watched((project,), pause=lambda _seconds: section.write_bytes(b"# One\n"))
    section.write_bytes(b"")

    assert watched.changed([section]) == ()  # it was filled with what it had held


@pytest.mark.parametrize("after", [0, 60_000_000_000])
def test_a_file_of_the_same_size_and_the_same_second_is_looked_into(
    project: Path, after: int
) -> None:
    section = project / "sections" / "1.md"
    then = section.stat().st_mtime_ns - after
    os.utime(section, ns=(then, then))
    watched = Watched((project,))
    section.write_bytes(b"# Two\n")
    os.utime(section, ns=(then, then))  # as if it had been saved twice in an instant

    assert watched.changed_anywhere() == (section,)


def test_what_the_system_does_not_report_is_found_all_the_same(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_folders: Path, **_options: object) -> Iterator[set[tuple[int, str]]]:
        yield {(1, str(project / "briefing.yml"))}
        while True:
            section.write_text(f"# {next(number)}\n", "utf-8")
            yield set()  # its wait ran out

    section, number = project / "sections" / "1.md", itertools.count()
    monkeypatch.setattr("watchfiles.watch", silent)
    monkeypatch.setattr("builder.watching.RARELY", 0)
    found = changes(Watched((project,)))

    assert [next(found) for _ in range(3)] == [(section,)] * 3


@pytest.mark.parametrize(
    "fault",
    [
        OSError("OS file watch limit reached"),
        RuntimeError("Unable to decode path to string"),
        FileNotFoundError("No path was found"),
    ],
)
def test_where_the_system_cannot_watch_it_is_looked_without_it(
    project: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def failing(*_folders: Path, **_options: object) -> Iterator[set[tuple[int, str]]]:
        raise fault
        yield set()

    section = project / "sections" / "1.md"
    monkeypatch.setattr("watchfiles.watch", failing)
    with seen(Watched((project,))) as found:
        for text in ("# Other\n", "# Again\n"):
            save(section, text)
            assert found.get(timeout=SOON) == (section,)


@pytest.mark.skipif(sys.platform != "linux", reason="names there are text")
def test_a_name_that_is_no_text_ends_nothing(project: Path) -> None:
    section = project / "sections" / "1.md"
    odd = Path(os.fsdecode(os.fsencode(project / "sections") + b"/\xff.md"))
    with seen(Watched((project,))) as found:
        save(section, "# Other\n")
        assert found.get(timeout=SOON) == (section,)
        save(odd, "# Odd\n")
        assert found.get(timeout=SOON) == (odd,)
        save(section, "# Again\n")
        assert found.get(timeout=SOON) == (section,)


def test_a_deleted_file_is_a_change(project: Path) -> None:
    section = project / "sections" / "1.md"
    with seen(Watched((project,))) as found:
        section.unlink()

        assert found.get(timeout=SOON) == (section,)


def test_a_folder_moved_away_and_back_is_seen(project: Path) -> None:
    section = project / "sections" / "1.md"
    with seen(Watched((project,))) as found:
        away = project / ".away"
        (project / "sections").rename(away)
        assert found.get(timeout=SOON) == (section,)

        away.rename(project / "sections")
        assert found.get(timeout=SOON) == (section,)


def test_a_project_that_goes_away_and_comes_back_is_watched_again(project: Path) -> None:
    settings, section = project / "briefing.yml", project / "sections" / "1.md"
    with seen(Watched((project,))) as found:
        kept = project.with_name("kept")
        shutil.copytree(project, kept)
        shutil.rmtree(project)
        gone: set[Path] = set()
        while len(gone) < 2:
            gone |= set(found.get(timeout=SOON))
        kept.rename(project)
        back: set[Path] = set()
        while len(back) < 2:
            back |= set(found.get(timeout=SOON))
        assert gone == back == {settings, section}

        save(section, "# Again\n")
        assert found.get(timeout=SOON) == (section,)


@pytest.mark.parametrize(
    "name", [".git/index", "sections/.1.md.swp", "sections/1.md~", "sections/#1.md#", "out/a.pdf"]
)
def test_what_editors_and_builds_leave_is_none_of_ours(project: Path, name: str) -> None:
    watched = Watched((project,), (project / "out",))

    assert not watched.concerns(project / name)
    assert watched.concerns(project / "sections" / "1.md")
    assert not watched.concerns(project.parent / "elsewhere.md")


def test_that_the_system_cannot_watch_is_told_once_and_a_folder_that_has_gone_is_not(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = iter(
        [FileNotFoundError("gone"), OSError("limit reached"), OSError("limit reached again")]
    )

    def failing(*_folders: Path, **_options: object) -> Iterator[set[tuple[int, str]]]:
        fault = next(faults, None)
        if fault is None:
            stop.set()
            raise OSError
        raise fault
        yield set()

    stop, told = threading.Event(), list[str]()
    monkeypatch.setattr("watchfiles.watch", failing)
    monkeypatch.setattr("builder.watching.PULSE", 1)

    assert list(changes(Watched((project,)), stop, told.append)) == []
    assert told == ["limit reached"]
