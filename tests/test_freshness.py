"""The record of what outputs were built from."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from builder.freshness import cache_folder, fingerprint, inputs_since, recorded, remember
from builder.theme.model import Theme
from builder.writers.base import Artifact
from tests.support.paper import strand


@pytest.fixture
def content(tmp_path: Path) -> Path:
    root = tmp_path / "content"
    (root / "data").mkdir(parents=True)
    (root / "briefing.yml").write_text("title: x\n")
    (root / "data" / "x.csv").write_text("1\n")
    return root


@pytest.fixture
def theme() -> Theme:
    return strand()


def test_a_fingerprint_follows_contents_and_names(content: Path, theme: Theme) -> None:
    first = fingerprint(content, theme)
    assert fingerprint(content, theme) == first

    (content / "data" / "x.csv").write_text("2\n")
    second = fingerprint(content, theme)
    (content / "data" / "x.csv").rename(content / "data" / "y.csv")
    third = fingerprint(content, theme)

    assert len({first, second, third}) == 3


def test_a_fingerprint_follows_the_date_that_was_asked(
    content: Path, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = fingerprint(content, theme)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")

    assert fingerprint(content, theme) != first


def test_hidden_files_and_outputs_are_no_content(content: Path, theme: Theme) -> None:
    first = fingerprint(content, theme)
    (content / ".lock").write_text("x")
    (content / "output" / "x").mkdir(parents=True)
    (content / "output" / "x" / "x.pdf").write_text("x")

    assert fingerprint(content, theme) == first


def test_a_change_while_building_is_noticed(content: Path, theme: Theme) -> None:
    stamp = (content / "briefing.yml").stat().st_mtime_ns

    assert inputs_since(stamp - 1, content, theme) == ""
    assert inputs_since(10**19, content, theme) == fingerprint(content, theme)


def test_a_file_that_cannot_be_read_stops_nothing(content: Path, theme: Theme) -> None:
    (content / "data" / "nowhere.csv").symlink_to(content / "gone")
    (content / "data" / "x.csv").chmod(0)

    assert len(fingerprint(content, theme)) == 64


def test_what_is_remembered_is_known_by_format(tmp_path: Path) -> None:
    made = [Artifact("x.pdf", "pdf", b"abc", 3), Artifact("x.docx", "docx", b"def", 1)]
    remember(tmp_path, made[:1], "one")
    remember(tmp_path, made[1:], "two")

    known = recorded(tmp_path)

    assert {k: (v.name, v.inputs, v.pages) for k, v in known.items()} == {
        "pdf": ("x.pdf", "one", 3),
        "docx": ("x.docx", "two", 1),
    }


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"built": {"pdf": {"x": 1}}}'])
def test_a_damaged_record_is_none(tmp_path: Path, damage: str) -> None:
    remember(tmp_path, [Artifact("x.pdf", "pdf", b"abc", 3)], "one")
    for path in cache_folder().glob("*.json"):
        path.write_text(damage)

    assert recorded(tmp_path) == {}


def test_a_cache_that_cannot_be_written_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("BRIEFING_CACHE", str(tmp_path / "file"))

    remember(tmp_path, [Artifact("x.pdf", "pdf", b"abc", 3)], "one")

    assert recorded(tmp_path) == {}


def test_where_a_link_leads_is_part_of_the_content(content: Path, theme: Theme) -> None:
    """Folders behind links are read, and two of them may hold files of the same names."""
    (content / "one").mkdir()
    (content / "two").mkdir()
    (content / "now").symlink_to("one")
    first = fingerprint(content, theme)
    (content / "now").unlink()
    (content / "now").symlink_to("two")

    assert fingerprint(content, theme) != first


def test_a_theme_s_own_files_count_where_they_are_hidden(
    content: Path, theme: Theme, tmp_path: Path
) -> None:
    (tmp_path / "look" / ".marks").mkdir(parents=True)
    logo = tmp_path / "look" / ".marks" / "logo.svg"
    logo.write_text("<svg/>")
    own = replace(theme, folder=tmp_path / "look", search=(tmp_path / "look",), logo=logo)
    first = fingerprint(content, own)
    logo.write_text("<svg></svg>")

    assert fingerprint(content, own) != first


def test_what_a_theme_has_elsewhere_by_links_cannot_be_known(
    content: Path, theme: Theme, tmp_path: Path
) -> None:
    (tmp_path / "look").mkdir()
    own = replace(theme, folder=tmp_path / "look", search=(tmp_path / "look",))
    assert inputs_since(10**19, content, own) != ""

    (tmp_path / "look" / "layouts.yml").symlink_to(tmp_path / "elsewhere.yml")

    assert inputs_since(10**19, content, own) == ""


def test_a_file_that_is_put_in_place_while_building_is_noticed(
    content: Path, theme: Theme, tmp_path: Path
) -> None:
    """It keeps the time when it was written, long ago."""
    (tmp_path / "new.csv").write_text("2\n")
    os.utime(tmp_path / "new.csv", (1e9, 1e9))
    for path in content.rglob("*"):
        os.utime(path, (1e9, 1e9))
    time.sleep(0.02)  # file systems take their time from a clock that is coarse
    began = time.time_ns()
    time.sleep(0.02)
    (tmp_path / "new.csv").rename(content / "data" / "x.csv")

    assert inputs_since(began, content, theme) == ""
