"""A project, a list, and the command that makes copies, in this process."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.cli import main
from tests.batch.batches import here, small

PEOPLE = "name,edition\nAnna,\nÖmer,board\nLeo,\n"
Batch = Callable[..., tuple[int, Path]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    return small(tmp_path)


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let copies be made in this process, and tell no lines where it is slow."""
    monkeypatch.setattr("builder.batch.running.processes", here)
    monkeypatch.setattr("builder.cli_batch.SECONDS_A_LINE", 1e9)


@pytest.fixture
def batch(root: Path, tmp_path: Path, at_home: None) -> Batch:
    def make(*options: str) -> tuple[int, Path]:
        out = tmp_path / "out"
        asked = ["--data", str(tmp_path / "people.csv"), "-t", "pptx", "--name", "{name}"]
        return main(["batch", str(root), *asked, "-d", str(out), "-q", *options]), out

    return make


@pytest.fixture(scope="session")
def _a_batch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a batch once, for all who only look at one; nobody may change it."""
    folder = tmp_path_factory.mktemp("batch")
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    root = small(folder)
    asked = ["--data", str(folder / "people.csv"), "-t", "pptx", "--name", "{name}"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("builder.batch.running.processes", here)
        assert main(["batch", str(root), *asked, "-d", str(folder / "out"), "-q"]) == 0
    return folder


@pytest.fixture
def out(_a_batch: Path, tmp_path: Path, at_home: None) -> Path:
    """Give the folder of a finished batch, beside its project and its list."""
    shutil.copytree(_a_batch, tmp_path, dirs_exist_ok=True)
    return tmp_path / "out"
