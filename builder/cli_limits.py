"""The options `--limits` and `--trust`, and what is told where a limit has ended the work."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from dataclasses import replace
from pathlib import Path

from builder.confinement import told_of
from builder.exit_codes import CONTENT
from builder.limits import MORE_ROOM, OFF, USUAL, Limits, parse_limits
from builder.plain_files import text_size
from builder.supervision import Broken, Ending

_TIMED = ("build", "check", "doctor", "editions")
_SUPERVISED = (*_TIMED, "mail")
"""Commands that work in a child process; batch, verify, watch and preview have workers."""


def add_limits(parser: argparse.ArgumentParser) -> None:
    """Add the options to a command that reads a project."""
    safety = parser.add_argument_group("strangers' content")
    add_room(safety)
    safety.add_argument(
        "--trust",
        action="store_true",
        help="use templates of a theme that lies inside the project",
    )


def add_room(parser: argparse._ActionsContainer) -> None:
    """Add the option that says how much the work may take."""
    parser.add_argument(
        "--limits",
        type=_limits,
        metavar="LIMITS",
        help="strict: 10 seconds, 2 GB; or seconds=30,memory=1500,file=50 (MB); off: none",
    )


def _limits(value: str) -> Limits:
    try:
        return parse_limits(value)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(str(fault)) from None


def limits_of(arguments: argparse.Namespace) -> Limits | None:
    """Give the limits of a command; None: it needs no child process, or has workers of its own.

    A mail's seconds count until it waits for people and servers. Where each step has its share, it
    has no sum: nobody knows how many editions its readers have.
    """
    if arguments.command not in _SUPERVISED:
        return None
    limits = asked(arguments)
    if limits == OFF:
        return None
    if limits.is_paced:
        from builder.diagnostics import Diagnostics
        from builder.readers.found import find_project

        project = find_project(arguments.project, Path.cwd(), Diagnostics())
        limits = limits.for_text(text_size(project) if project is not None else 0)
    if arguments.command not in _TIMED and limits.is_paced:
        return replace(limits, processor=None, seconds=None)
    return limits


def asked(arguments: argparse.Namespace) -> Limits:
    """Give the limits that were asked for, else the usual ones."""
    limits: Limits | None = getattr(arguments, "limits", None)
    return limits or USUAL


def tell_end(arguments: argparse.Namespace, ending: Ending, limits: Limits) -> int:
    """Tell that the work was broken off, in the form that was asked for; give the exit code."""
    from builder.diagnostics import Code, Diagnostics, Span
    from builder.job import OUTPUT
    from builder.publication import settle
    from builder.readers.found import find_project, project_name

    project = find_project(arguments.project, Path.cwd(), Diagnostics())
    if project is not None:
        settle(getattr(arguments, "output", None) or OUTPUT / project_name(project))
    log = Diagnostics()
    log.error(
        Code.LIMIT_REACHED,
        _reason(ending, limits),
        at=Span("briefing.yml"),
        hint=MORE_ROOM if ending.broken is not Broken.DEPTH else "write it flatter",
    )
    form = getattr(arguments, "format", "text")  # `doctor` has one form only
    if form == "json":
        findings = [finding.as_dict() for finding in log]
        print(json.dumps({"diagnostics": findings, "outputs": []}, ensure_ascii=False, indent=2))
    elif form == "github":
        from builder.cli_github import annotate

        print(*annotate(log, project or Path.cwd(), Path.cwd()), sep="\n")
    else:
        print(*log, sep="\n", file=sys.stderr)
    return CONTENT


def _reason(ending: Ending, limits: Limits) -> str:
    at = f" at the step {ending.step!r}" if ending.step else ""
    match ending.broken:
        case Broken.STEP:
            return told_of(ending.step, ending.allowed)
        case Broken.PROCESSOR:
            return f"the work took more than {limits.processor:.0f} seconds of the processor{at}"
        case Broken.TIME:
            return f"the work took more than {limits.seconds:.0f} seconds{at}"
        case Broken.MEMORY:
            return (
                f"the work needed more than {(limits.memory or 0) // 1_000_000:,} MB of memory{at}"
            )
        case Broken.DEPTH:
            return f"something is nested too deep to be worked on{at}"
        case _:
            name = signal.Signals(ending.signal).name if ending.signal else "no reason given"
            return f"the work broke down ({name}){at}"
