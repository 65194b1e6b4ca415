"""Showing what came of a command: findings, outputs, and what is being done meanwhile."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from builder.exit_codes import CONTENT, OK, WARNINGS

if TYPE_CHECKING:
    from builder.diagnostics import Diagnostics
    from builder.outcome import Outcome


def finish(
    arguments: argparse.Namespace, log: Diagnostics, outcome: Outcome | None, project: Path
) -> int:
    """Show what was found and what was written, as was asked for; give the exit code."""
    if arguments.format == "json":
        _print_json(log, outcome, project)
    elif arguments.format == "github":
        from builder.cli_github import annotate

        for line in annotate(log, project, Path.cwd()):
            print(line)
    else:
        for diagnostic in log.sorted():
            print(diagnostic, file=sys.stderr)
    if outcome and arguments.format != "json" and not getattr(arguments, "quiet", False):
        _print_outputs(outcome)
    if outcome and outcome.deck_map and arguments.format != "json":
        from builder.deck.map import as_text

        print(as_text(outcome.deck_map))
    return exit_code(arguments, log)


def exit_code(arguments: argparse.Namespace, log: Diagnostics) -> int:
    """Give the exit code for what was found."""
    if log.has_errors:
        return CONTENT
    return WARNINGS if arguments.strict and log.has_warnings else OK


def _print_json(log: Diagnostics, outcome: Outcome | None, project: Path) -> None:
    pairs = zip(outcome.artifacts, outcome.paths, strict=True) if outcome else ()
    outputs = [
        {
            "path": Path(os.path.relpath(path, project)).as_posix(),
            "format": artifact.format,
            "pages": artifact.pages,
            "bytes": len(artifact.data),
        }
        for artifact, path in pairs
    ]
    findings = [diagnostic.as_dict() for diagnostic in log.sorted()]
    told: dict[str, object] = {"diagnostics": findings, "outputs": outputs}
    if outcome and outcome.deck_map:
        from builder.deck.map import as_dict

        told["map"] = as_dict(outcome.deck_map)
    print(json.dumps(told, ensure_ascii=False, indent=2))


def _print_outputs(outcome: Outcome) -> None:
    for artifact, path in zip(outcome.artifacts, outcome.paths, strict=True):
        slides = artifact.format in ("pptx", "slides-pdf")
        count = f"{artifact.pages} {'slides' if slides else 'pages'}, " if artifact.pages else ""
        shown = os.path.relpath(path)
        print(f"{shown}  {count}{_size(len(artifact.data))}")
    if outcome.is_kept:
        print("nothing has changed since it was built; --force builds it anew")


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(count // 1000, 1)} kB"


@contextmanager
def progress(note: Callable[[str], None], *, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Note what is being done, and show it on a terminal."""
    if quiet or not sys.stderr.isatty():
        yield note
        return
    from rich.console import Console

    def tell(step: str) -> None:
        note(step)
        status.update(step)

    console = Console(stderr=True)
    with console.status("reading") as status:
        yield tell
