"""The options `--limits` and `--trust`, and what is told where a limit has ended the work."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from pathlib import Path

from builder.limits import Limits, parse_limits, text_size
from builder.supervision import Broken, Ending

CONTENT = 1
_TIMED = ("build", "check")
_HINT = "look for what makes so much work; for more room: --limits seconds=600,memory=8000"


def add_limits(parser: argparse.ArgumentParser) -> None:
    """Add the options to a command that reads a project."""
    safety = parser.add_argument_group("strangers' content")
    safety.add_argument(
        "--limits",
        type=_limits,
        metavar="LIMITS",
        help="strict: 10 seconds, 2 GB; or seconds=30,memory=1500,file=50 (MB); off: none",
    )
    safety.add_argument(
        "--trust",
        action="store_true",
        help="use templates of a theme that lies inside the project",
    )


def _limits(value: str) -> Limits:
    try:
        return parse_limits(value)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(str(fault)) from None


def limits_of(arguments: argparse.Namespace) -> Limits | None:
    """Give the limits of a command; None: it needs no child process.

    A mail waits for people and servers, so that nothing but memory and files is limited.
    """
    from builder.limits import OFF, USUAL

    if not hasattr(arguments, "limits"):
        return None
    limits: Limits = arguments.limits or USUAL
    if limits == OFF:
        return None
    if arguments.command not in _TIMED:
        return Limits(None, None, limits.memory, limits.file)
    if limits is not USUAL:
        return limits
    project: Path = arguments.project or Path.cwd()
    return limits.for_text(text_size(project if project.is_dir() else project.parent))


def tell_end(arguments: argparse.Namespace, ending: Ending, limits: Limits) -> int:
    """Tell that the work was broken off, in the form that was asked for; give the exit code."""
    from builder.diagnostics import Code, Diagnostics, Span
    from builder.publication import settle
    from builder.readers.found import find_project, project_name

    project = find_project(arguments.project, Path.cwd(), Diagnostics())
    if project is not None:
        settle(arguments.output or Path("output") / project_name(project))
    log = Diagnostics()
    log.error(
        Code.LIMIT_REACHED,
        f"{_reason(ending, limits)}{f' at the step {ending.step!r}' if ending.step else ''}",
        at=Span("briefing.yml"),
        hint=_HINT if ending.broken is not Broken.DEPTH else "write it flatter",
    )
    if arguments.format == "json":
        findings = [finding.as_dict() for finding in log]
        print(json.dumps({"diagnostics": findings, "outputs": []}, ensure_ascii=False, indent=2))
    elif arguments.format == "github":
        from builder.cli_github import annotate

        print(*annotate(log, project or Path.cwd(), Path.cwd()), sep="\n")
    else:
        print(*log, sep="\n", file=sys.stderr)
    return CONTENT


def _reason(ending: Ending, limits: Limits) -> str:
    match ending.broken:
        case Broken.PROCESSOR:
            return f"the work took more than {limits.processor:.0f} seconds of the processor"
        case Broken.TIME:
            return f"the work took more than {limits.seconds:.0f} seconds"
        case Broken.MEMORY:
            return f"the work needed more than {(limits.memory or 0) // 1_000_000:,} MB of memory"
        case Broken.DEPTH:
            return "something is nested too deep to be worked on"
        case _:
            name = signal.Signals(ending.signal).name if ending.signal else "no reason given"
            return f"the work broke down ({name})"
