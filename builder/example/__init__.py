"""The project of `briefing new`: small, complete, and built without a finding."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path


def make_project(folder: Path) -> tuple[Path, ...]:
    """Write the example project into a new folder; give its files.

    Raises FileExistsError where the folder is there and not empty, OSError where it cannot be made.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(folder)
    return tuple(_copy(resources.files("builder.example") / "project", folder))


def _copy(source: Traversable, target: Path) -> list[Path]:
    target.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    for item in sorted(source.iterdir(), key=lambda entry: entry.name):
        if item.is_dir():
            made += _copy(item, target / item.name)
        else:
            path = target / item.name
            path.write_bytes(item.read_bytes())
            made.append(path)
    return made
