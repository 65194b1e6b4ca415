"""Finding the C libraries that WeasyPrint loads, by the loader's own list and nothing else.

`ctypes` asks gcc and ld as well where they are installed: forty programs for the names that
WeasyPrint tries, a fifth of a second of every build, and no business of a build that is confined.
"""

from __future__ import annotations

import ctypes.util
import re
import sys
from collections.abc import Callable
from functools import cache

COMPILERS = ("_findLib_gcc", "_findLib_ld")
"""What asks them, in Python's `ctypes.util`; a Python that has neither asks nobody."""

VERSIONED = re.compile("^lib|[-.]")
"""Names such as pango-1.0 and harfbuzz-subset, for which WeasyPrint tries libpango-1.0.so.0 too."""


def ask_no_compilers() -> None:
    """Have this process find libraries without them, and each only once."""
    if not sys.platform.startswith("linux"):
        return
    for name in COMPILERS:
        if hasattr(ctypes.util, name):
            setattr(ctypes.util, name, _knows_nothing)
    setattr(ctypes.util, "find_library", _quickly(ctypes.util.find_library))  # noqa: B010  # typed as it is


def _knows_nothing(name: str) -> None:
    """Find no library."""


def _quickly(find: Callable[[str], str | None]) -> Callable[[str], str | None]:
    @cache
    def found(name: str) -> str | None:
        """Find a library; with a version in its name the loader finds it by that of its file."""
        return None if VERSIONED.search(name) else find(name)

    return found
