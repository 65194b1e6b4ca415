"""How findings name a theme's files: by paths that their readers can open."""

from __future__ import annotations

from pathlib import Path

from builder.theme.model import Theme


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
