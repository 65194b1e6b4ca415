"""Where themes are looked for, and how findings name their files: by paths that can be opened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from builder.theme.model import Theme

BRAND = "_brand.yml"


def find_theme(name_or_path: str | Path, search: Sequence[Path]) -> Path | None:
    """Give the folder of a theme: that of a path, else the nearest one of its name; None: no such.

    A name stands for a folder in one of those that are looked through, a Path for itself before.
    """
    path = Path(name_or_path)
    by_name = len(path.parts) == 1 and not path.is_absolute() and path.name != ".."
    places = [folder / path for folder in search] if by_name else []
    if isinstance(name_or_path, Path) or not by_name:
        places.insert(0, path.parent if path.name == BRAND else path)
    return next((folder for folder in places if (folder / BRAND).is_file()), None)


def default_search(project: Path | None = None) -> tuple[Path, ...]:
    """Give the folders in which themes are looked for, nearest first.

    They are templates/ of the project, of the folder that its content/ stands in and of the current
    folder, then the shipped one.
    """
    near = [] if project is None else [project.resolve(), *project.resolve().parents[:2]]
    folders = [*(folder / "templates" for folder in [*near, Path.cwd()]), shipped_templates()]
    return tuple(dict.fromkeys(folder for folder in folders if folder.is_dir()))


def shipped_templates() -> Path:
    """Give the folder of the themes that come with the builder."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "_templates"
    return inside if inside.is_dir() else package.parent / "templates"


def standing(folder: Path) -> Path:
    """Give where a folder stands, whatever it is a link to."""
    return folder.parent.resolve() / folder.name


def shown_folder(folder: Path, given: str | Path, project: Path | None) -> str:
    """Name a theme's folder: from the project's folder where it lies inside, else as given.

    A theme that was given by its name alone is named from the current folder.
    """
    if project is not None and folder.is_relative_to(project.resolve()):
        return folder.relative_to(project.resolve()).as_posix()
    if isinstance(given, Path) or len(Path(given).parts) > 1:
        return Path(given).as_posix()
    return _from_here(folder)


def shown_file(path: Path, theme: Theme) -> str:
    """Name a file of a theme, or of the one that stands behind it."""
    if theme.shown and path.is_relative_to(theme.folder):
        return f"{theme.shown}/{path.relative_to(theme.folder).as_posix()}"
    return _from_here(path)


def _from_here(path: Path) -> str:
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
