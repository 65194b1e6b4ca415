"""Looking through finished files: what is unsound in them, and what shuts readers out.

Faults are what Microsoft's validator does not see, and what browsers mend in silence; barriers are
rules of Office's accessibility checker, and of WCAG, that a file can show.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from lxml import etree

from builder.diagnostics import Code, Diagnostics, Span
from builder.outputs_lint import (
    package,
    powerpoint_access,
    powerpoint_faults,
    web_access,
    web_faults,
    word_access,
    word_faults,
)
from builder.outputs_lint.package import MAIN_OF_POWERPOINT, MAIN_OF_WORD, Package, open_package
from builder.outputs_lint.web import WebPage, is_web, open_web

Check = Callable[[Package], Iterator[str]]
FAULTS: dict[str, tuple[Check, ...]] = {
    MAIN_OF_WORD: (package.dangling, *word_faults.CHECKS),
    MAIN_OF_POWERPOINT: (package.dangling, *powerpoint_faults.CHECKS),
}
BARRIERS: dict[str, tuple[Check, ...]] = {
    MAIN_OF_WORD: word_access.CHECKS,
    MAIN_OF_POWERPOINT: powerpoint_access.CHECKS,
}


def faults(data: bytes) -> list[str]:
    """Give every fault, each as "part: what is wrong"; nothing for a sound file."""
    if is_web(data):
        return _on_page(open_web(data), web_faults.CHECKS)
    return _found(open_package(data), FAULTS)


def barriers(data: bytes) -> list[str]:
    """Give everything that shuts readers out, each as "part: what it is"."""
    if is_web(data):
        return _on_page(open_web(data), web_access.CHECKS)
    return _found(open_package(data), BARRIERS)


def _found(opened: Package, checks: Mapping[str, tuple[Check, ...]]) -> list[str]:
    main = next((name for name in checks if name in opened.names), None)
    if main is None:
        return ["the file is neither a Word document nor a deck"]
    return [found for check in checks[main] for found in check(opened)]


def _on_page(page: WebPage, checks: Sequence[web_faults.Check]) -> list[str]:
    """Give what is found, a few of a kind: a template's fault comes with every block."""
    return [found for check in checks for found in islice(check(page), MOST_OF_A_KIND)]


MOST_OF_A_KIND = 20


def lint_outputs(files: Mapping[Path, bytes], log: Diagnostics) -> None:
    """Look through built files; faults are errors, barriers are warnings."""
    for path, data in files.items():
        at = Span(str(path))
        try:
            unsound, shut = faults(data), barriers(data)
        except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError) as fault:
            log.error(
                Code.OUTPUT_FAULT,
                f"the file cannot be read: {fault}",
                at=at,
                hint="build it anew",
            )
            continue
        for found in unsound:
            log.error(Code.OUTPUT_FAULT, found, at=at, hint="build it anew, or report the fault")
        for found in shut:
            log.warning(Code.OUTPUT_BARRIER, found, at=at, hint=BARRIER_HINT)


BARRIER_HINT = "mend it in the content or the theme and build anew"
