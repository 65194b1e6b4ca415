"""The record of what outputs were built from."""

from __future__ import annotations

import os
import platform
import re
import sys
import time
import tomllib
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import pytest

from builder import freshness
from builder.freshness import cache_folder, fingerprint, inputs_since, makers, recorded, remember
from builder.theme.model import Theme
from builder.writers.base import Artifact
from tests.support.paper import strand

ROOT = Path(__file__).parents[1]
MARKLESS = set(
    "annotated-types anyio backports-tarfile cffi click cryptography exceptiongroup h11 idna "
    "importlib-metadata jaraco-classes jaraco-context jaraco-functools jeepney keyring lazy-importer mdurl "
    "more-itertools pycparser pydantic-core pygments pywin32-ctypes rich secretstorage six "
    "starlette typing-extensions typing-inspection uvicorn watchfiles webencodings zipp".split()
)
"""What serves, shows, keeps passwords or lies beneath others: no output differs by it."""


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


def another_version(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    real = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: "0" if name == package else real(name))


def another_python(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(platform, "python_version", lambda: "3.99.0")


def another_zlib(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(zlib, "ZLIB_RUNTIME_VERSION", "0")


@pytest.mark.parametrize(
    ("exchange", "what"),
    [
        (another_python, "python"),
        (another_zlib, "zlib"),
        *((another_version, name) for name in ("fonttools", "uharfbuzz", "lxml", "pydyf")),
    ],
)
def test_a_fingerprint_and_the_makers_follow_every_program_that_leaves_a_mark(
    content: Path,
    theme: Theme,
    monkeypatch: pytest.MonkeyPatch,
    exchange: Callable[[pytest.MonkeyPatch, str], None],
    what: str,
) -> None:
    first = fingerprint(content, theme), makers(theme)
    exchange(monkeypatch, what)
    freshness._builder.cache_clear()

    try:
        assert fingerprint(content, theme) != first[0] and makers(theme) != first[1]
    finally:
        freshness._builder.cache_clear()


def test_every_package_that_is_installed_with_the_builder_is_known_or_leaves_no_mark() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    waiting, found = list(project["dependencies"]), set[str]()
    while waiting:
        name = re.split(r"[^A-Za-z0-9._-]", waiting.pop())[0].lower()
        name = re.sub(r"[._]", "-", name)
        if name not in found:
            found.add(name)
            with suppress(metadata.PackageNotFoundError):
                further = metadata.requires(name) or []
                waiting += [line for line in further if "extra ==" not in line]

    unknown = found - set(freshness.LIBRARIES) - MARKLESS
    assert {"pydyf", "xlsxwriter"} <= found and not unknown


def test_a_fingerprint_follows_native_libraries_and_fonts_of_the_same_size(
    content: Path, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "lib" / "x86" / "libpango-1.0.so.0.5600.3"
    library.parent.mkdir(parents=True)
    library.write_bytes(b"a")
    (library.parent / "libpango-1.0.so.0").symlink_to(library.name)
    monkeypatch.setattr(freshness, "_NATIVE_FOLDERS", (str(tmp_path / "lib"),))
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path / "none"))
    freshness.native_libraries.cache_clear()
    family = theme.families[0]
    font = tmp_path / family.faces[0].path.name
    font.write_bytes(b"a")
    own = replace(theme, fallbacks=(replace(family, faces=(replace(family.faces[0], path=font),)),))

    try:
        found = [freshness.native_libraries(), fingerprint(content, own)]
        for path in (library, font):
            path.write_bytes(b"b")
            os.utime(path, (1_000_000_000, 1_000_000_000))
            found.append(fingerprint(content, own))
    finally:
        freshness.native_libraries.cache_clear()

    assert found[0] == (library,) and len(set(found)) == 4


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
