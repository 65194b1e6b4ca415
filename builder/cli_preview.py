"""`briefing preview`: all outputs in the browser, a moment after each save."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from builder.cli_editions import add_edition
from builder.cli_limits import add_room, asked
from builder.cli_schema import Commands
from builder.exit_codes import CONTENT, USAGE
from builder.stopping import Stopped


def add_preview(commands: Commands) -> None:
    """Add the command to the parser."""
    preview = commands.add_parser(
        "preview",
        help="show all outputs in the browser while you write",
        description="Shows report, slides, Word document, e-mail and findings side by side in the"
        " browser, and anew whenever a file is saved. Nothing is written; Ctrl-C ends it.",
        allow_abbrev=False,
    )
    preview.add_argument(
        "project",
        nargs="?",
        type=Path,
        metavar="PROJECT",
        help="a folder with briefing.yml (default: here, else the only one under content/)",
    )
    preview.add_argument(
        "--port",
        type=_port,
        metavar="N",
        help="the port to answer at (default: the first that is free from 8750 on)",
    )
    preview.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="ADDRESS",
        help="the address to answer at (default: 127.0.0.1, for this machine alone)",
    )
    preview.add_argument(
        "--open",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="open the browser (default: on a terminal)",
    )
    preview.add_argument(
        "--theme", type=Path, metavar="DIR", help="a theme's folder, instead of the project's"
    )
    add_edition(preview)
    add_room(preview)


def _port(written: str) -> int:
    if not written.isdecimal() or len(written) > 9:
        raise argparse.ArgumentTypeError(f"{written!r} is no port: write a number such as 8750")
    return int(written)


def preview_command(arguments: argparse.Namespace) -> int:
    """Serve until told to stop, which is no failure."""
    from builder.diagnostics import Code, Diagnostics
    from builder.job import Copy, Job
    from builder.preview.guard import is_loopback
    from builder.preview.server import NoAddress, PortTaken, bind, serve
    from builder.readers.found import find_project
    from builder.readers.project import read_project

    log = Diagnostics()
    project = find_project(arguments.project, Path.cwd(), log)
    if project is None:
        for found in log:
            print(found, file=sys.stderr)
        return CONTENT
    try:
        taken = bind(arguments.host, arguments.port)
    except PortTaken as fault:
        print(f"briefing preview: error: {fault}", file=sys.stderr)
        print("  hint: name another one by --port, or leave it out", file=sys.stderr)
        return USAGE
    except NoAddress as fault:
        print(f"briefing preview: error: {fault}", file=sys.stderr)
        print("  hint: leave --host out, or name 0.0.0.0 to let others look on", file=sys.stderr)
        return USAGE
    if not is_loopback(arguments.host):
        print(
            f"everybody who can reach {arguments.host} can read this briefing until you stop it",
            file=sys.stderr,
        )
    copy = Copy(arguments.edition)
    if copy.edition:  # a word of the command line is told there as well
        read_project(project, log, copy)
        for found in log:
            if found.code is Code.EDITION_UNKNOWN:
                print(found, file=sys.stderr)
    job = Job(project, theme=arguments.theme, copy=copy)
    opens = sys.stdout.isatty() if arguments.open is None else arguments.open

    def started(url: str) -> None:
        print(f"{project} is shown at {url} (Ctrl-C ends it)", flush=True)
        if opens:
            import webbrowser

            if not webbrowser.open(url):
                print("no browser could be opened: open the address yourself", flush=True)

    try:
        serve(job, taken, arguments.host, started, asked(arguments))
    except Stopped as stopped:
        return stopped.code
    except KeyboardInterrupt:
        pass
    return 0
