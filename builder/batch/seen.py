"""Whether the content is still what a batch was planned with: every copy reads it anew."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from builder.freshness import content_files

State = tuple[int, int, int]
States = Mapping[Path, State]


@dataclass(slots=True)
class Seen:
    """The files of some folders as they were when each of these was looked at first."""

    apart: Collection[Path]
    _files: dict[Path, States] = field(default_factory=dict)
    _around: dict[Path, States] = field(default_factory=dict)  # the folders that they stand in

    def look(self, *folders: Path) -> None:
        """Take note of the folders that are new, before anything of them is read."""
        for folder in folders:
            if folder not in self._files:
                self._around[folder] = _states(self._folders(folder))
                self._files[folder] = _states(content_files(folder, apart=self.apart))

    def changed(self) -> list[str]:
        """Name the files that were written, added or taken away since; what they hold is not read.

        One that holds the same again may have held something else when a copy was made.
        """
        found: list[str] = []
        for folder, then in self._files.items():
            around = self._around[folder]
            if _states(around) == around and _states(then) == then:
                continue  # nothing can have come or gone: that is quickly seen, copy after copy
            around = _states(self._folders(folder))
            now = _states(content_files(folder, apart=self.apart))
            if now == then:
                self._around[folder] = around  # what came or went there is no content
            paths = {path for path, _ in then.items() ^ now.items()}
            found += sorted(path.relative_to(folder).as_posix() for path in paths)
        return found

    def _folders(self, folder: Path) -> list[Path]:
        left_out = {os.path.realpath(path) for path in self.apart}
        found = [folder]
        for place, names, _ in os.walk(folder):
            names[:] = [n for n in names if os.path.realpath(f"{place}/{n}") not in left_out]
            found += [Path(place, name) for name in names]
        return found


def _states(paths: Iterable[Path]) -> dict[Path, State]:
    return {path: _state(path) for path in paths}


def _state(path: Path) -> State:
    try:
        stat = path.stat()
    except OSError:  # it has just gone
        return 0, 0, 0
    return stat.st_mtime_ns, stat.st_size, stat.st_ino
