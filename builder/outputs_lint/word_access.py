"""What keeps readers with disabilities from a Word document."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from builder.outputs_lint.package import Package

CHECKS: tuple[Callable[[Package], Iterator[str]], ...] = ()
