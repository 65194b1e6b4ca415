"""What counts as a change, and that no change is missed."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue

import pytest

from builder.watching import Watched, changes

SOON = 8.0
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
    time.sleep(0.4)  # until the system watches
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


def test_a_saved_file_is_a_change_and_the_same_content_is_none(project: Path) -> None:
    section = project / "sections" / "1.md"
    with seen(Watched((project,))) as found:
        section.write_text("# Other\n", "utf-8")
        assert found.get(timeout=SOON) == (section,)

        section.write_text("# Other\n", "utf-8")
        os.utime(section)
        assert nothing_more(found)


def test_a_file_saved_by_renaming_is_one_change(project: Path) -> None:
    section = project / "sections" / "1.md"
    with seen(Watched((project,))) as found:
        new = section.with_name("1.md.tmp")
        new.write_text("# Other\n", "utf-8")
        section.unlink()
        os.replace(new, section)

        assert found.get(timeout=SOON) == (section,)
        assert nothing_more(found)


def test_a_file_emptied_and_filled_again_is_read_when_it_is_full(project: Path) -> None:
    section = project / "sections" / "1.md"
    watched = Watched((project,))
    section.write_text("", "utf-8")
    filling = threading.Timer(0.05, section.write_text, ("# Full\n", "utf-8"))
    filling.start()

    assert watched.changed([section]) == (section,)

    assert section.read_text("utf-8") == "# Full\n"
    assert watched.changed([section]) == ()
    filling.join()


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

        section.write_text("# Again\n", "utf-8")
        assert found.get(timeout=SOON) == (section,)


@pytest.mark.parametrize(
    "name", [".git/index", "sections/.1.md.swp", "sections/1.md~", "sections/#1.md#", "out/a.pdf"]
)
def test_what_editors_and_builds_leave_is_none_of_ours(project: Path, name: str) -> None:
    watched = Watched((project,), (project / "out",))

    assert not watched.concerns(project / name)
    assert watched.concerns(project / "sections" / "1.md")
    assert not watched.concerns(project.parent / "elsewhere.md")
