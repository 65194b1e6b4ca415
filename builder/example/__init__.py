"""The projects of `briefing new`: complete, good to look at, and built without a finding."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from builder.schemas import FOLDER, write_schemas

EXAMPLES: Mapping[str, str] = {
    "policy-brief": "what a town learnt when it measured its water",
    "consulting-report": "a carrier’s depots: options, one recommendation, a plan, risks",
    "annual-statistics": "a county’s libraries in figures, with tables and definitions",
}
"""The examples by name, and what each is about."""


def make_project(
    folder: Path, example: str = "policy-brief", settings: Mapping[str, str] | None = None
) -> tuple[Path, ...]:
    """Write an example into a new folder, with other settings (title, author, theme, paper).

    Gives its files. Raises FileExistsError where the folder is there and not empty, OSError where
    it cannot be made.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(folder)
    made = _copy(resources.files("builder.example") / example, folder)
    if settings:
        path = folder / "briefing.yml"
        text = with_settings(path.read_text(encoding="utf-8"), settings)
        path.write_bytes(text.encode())
    return (*write_schemas(folder / FOLDER), *made)


def with_settings(text: str, settings: Mapping[str, str]) -> str:
    """Write settings into the text of a briefing.yml, each in the place of the line that it has."""
    for key, value in settings.items():
        name = "authors" if key == "author" else key
        quoted = json.dumps(value, ensure_ascii=False)  # what JSON quotes, YAML reads
        line = f"{name}: [{quoted}]" if key == "author" else f"{name}: {quoted}"
        found = re.search(rf"^{name}:.*$", text, flags=re.MULTILINE)
        if found is None:
            raise KeyError(f"the example has no line {name!r}")
        text = text[: found.start()] + line + text[found.end() :]
    return text


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
