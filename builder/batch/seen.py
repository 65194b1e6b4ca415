"""Whether the content is still what a batch was planned with: every copy reads it anew."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from builder.freshness import content_files

State = tuple[int, int, int]


@dataclass(slots=True)
class Seen:
    """The files of some folders as they were when each of these was looked at first."""

    apart: Collection[Path]
    _folders: dict[Path, Mapping[Path, State]] = field(default_factory=dict)

    def look(self, *folders: Path) -> None:
        """Take note of the folders that are new, before anything of them is read."""
        for folder in folders:
            if folder not in self._folders:
                self._folders[folder] = self._states(folder)

    def changed(self) -> list[str]:
        """Name the files that were written, added or taken away since; what they hold is not read.

        One that holds the same again may have held something else when a copy was made.
        """
        found: list[str] = []
        for folder, then in self._folders.items():
            now = self._states(folder)
            paths = {path for path, _ in then.items() ^ now.items()} if now != then else set()
            found += sorted(path.relative_to(folder).as_posix() for path in paths)
        return found

    def _states(self, folder: Path) -> dict[Path, State]:
        return {path: _state(path) for path in content_files(folder, apart=self.apart)}


def _state(path: Path) -> State:
    try:
        stat = path.stat()
    except OSError:  # it has just gone
        return 0, 0, 0
    return stat.st_mtime_ns, stat.st_size, stat.st_ino
