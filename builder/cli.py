"""The command line: arguments in, a job out, findings shown. Heavy imports wait until needed."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from builder.cli_batch import add_batch, batch_command
from builder.cli_doctor import add_doctor, doctor_command
from builder.cli_editions import add_edition, add_editions, editions_command
from builder.cli_limits import add_limits
from builder.cli_mail import add_mail_options
from builder.cli_new import add_new, new_command
from builder.cli_parsing import Parser, Version, formats, parse
from builder.cli_preview import add_preview, preview_command
from builder.cli_schema import add_schema, schema_command
from builder.cli_showing import exit_code, finish, progress
from builder.cli_verify import add_verify, verify_command
from builder.cli_watch import add_watch, watch_command
from builder.exit_codes import INTERRUPTED, USAGE
from builder.stopping import Stopped, orderly, unheard

if TYPE_CHECKING:
    from builder.job import Job

REPORTS = ("text", "json", "github")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; give the exit code.

    0 fine, 1 the content has errors, 2 usage, 3 warnings under --strict; 130 interrupted, 143 and
    129 ended from outside.
    """
    return run(parse(argv, make_parser()))


def run(arguments: argparse.Namespace, note: Callable[[str], None] = lambda step: None) -> int:
    """Run a command that has been read; `note` is told each step of the work."""
    commands: dict[str, Callable[[argparse.Namespace], int]] = {
        "build": build_command,
        "check": check_command,
        "new": new_command,
        "editions": editions_command,
        "batch": batch_command,
        "verify": verify_command,
        "schema": schema_command,
        "doctor": doctor_command,
        "mail": mail_command,
        "watch": watch_command,
        "preview": preview_command,
    }
    arguments.note = note
    try:
        with orderly():
            code = commands[arguments.command](arguments)
            sys.stdout.flush()
            return code
    except BrokenPipeError:
        return unheard()
    except KeyboardInterrupt as stopped:
        print("interrupted; the outputs are as they were", file=sys.stderr)
        return stopped.code if isinstance(stopped, Stopped) else INTERRUPTED


def make_parser() -> argparse.ArgumentParser:
    """Make the parser of the command line."""
    parser = Parser(
        prog="briefing",
        description="Markdown, YAML and CSV in; a PDF report, a Word document and a deck out.",
        epilog="exit codes: 0 fine, 1 the content has errors, 2 usage, 3 warnings under --strict",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=Version, nargs=0, help="show the version, and leave")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    build = commands.add_parser("build", help="build the outputs of a project", allow_abbrev=False)
    _add_project(build)
    build.add_argument(
        "-t",
        "--to",
        type=formats,
        default=(),
        metavar="FORMATS",
        help="formats, with commas between (default: pdf,docx,pptx), or slides-pdf, handout, html",
    )
    build.add_argument(
        "-d",
        "--output",
        type=Path,
        metavar="DIR",
        help="folder for the outputs (default: output/<project>/)",
    )
    add_edition(build)
    build.add_argument(
        "--print",
        dest="for_print",
        action="store_true",
        help="make a PDF for the printing house as well (bleed, crop marks, PDF/X-4)",
    )
    _add_checking(build)
    add_limits(build)
    build.add_argument(
        "--map",
        action="store_true",
        help="say which block feeds which slide, and what was left out",
    )
    _add_word(build)
    build.add_argument(
        "--force", action="store_true", help="build even where nothing has changed since last time"
    )
    build.add_argument("-q", "--quiet", action="store_true", help="print findings only")

    check = commands.add_parser(
        "check", help="find what is wrong, write nothing", allow_abbrev=False
    )
    _add_project(check)
    check.add_argument(
        "--fix", action="store_true", help="repair what has one right answer; shows a diff first"
    )
    check.add_argument(
        "--outputs", action="store_true", help="look through the built files as well"
    )
    check.add_argument(
        "-d",
        "--output",
        type=Path,
        metavar="DIR",
        help="folder of the outputs (default: output/<project>/)",
    )
    add_edition(check)
    _add_checking(check)
    add_limits(check)

    add_watch(commands, formats)
    add_editions(commands)
    add_batch(commands, formats)
    add_verify(commands)
    add_preview(commands)
    add_new(commands)
    add_schema(commands)
    add_doctor(commands)

    mail = commands.add_parser(
        "mail", help="write or send the e-mail that covers a briefing", allow_abbrev=False
    )
    _add_project(mail)
    add_mail_options(mail)
    add_edition(mail)
    mail.add_argument(
        "-d",
        "--output",
        type=Path,
        metavar="DIR",
        help="where the outputs are (default: output/<project>/)",
    )
    _add_checking(mail)
    add_limits(mail)
    mail.add_argument("-q", "--quiet", action="store_true", help="print findings only")
    return parser


def _add_project(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "project",
        nargs="?",
        type=Path,
        metavar="PROJECT",
        help="a folder with briefing.yml (default: here, else the only one under content/)",
    )


def _add_checking(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--theme", type=Path, metavar="DIR", help="a theme's folder, instead of the project's"
    )
    parser.add_argument("--strict", action="store_true", help="stop at warnings, too (exit code 3)")
    parser.add_argument(
        "--format",
        choices=REPORTS,
        default="text",
        help="how findings are printed; github: as annotations of a workflow",
    )


def _add_word(parser: argparse.ArgumentParser) -> None:
    word = parser.add_argument_group("the Word document")
    word.add_argument(
        "--word-pages",
        choices=("estimate", "libreoffice"),
        default="estimate",
        help="who counts the pages that its contents show (default: estimate)",
    )
    word.add_argument(
        "--no-embed-fonts", action="store_true", help="leave the theme's fonts out of it"
    )
    word.add_argument(
        "--draft", action="store_true", help="a watermark on its pages, and numbered lines"
    )


# ---------------------------------------------------------------- commands


def build_command(arguments: argparse.Namespace) -> int:
    """Build a project."""
    from builder.diagnostics import Diagnostics
    from builder.hired import hired
    from builder.job import Copy, Job, WordOptions
    from builder.kept import again
    from builder.readers.found import find_project

    log = Diagnostics()
    project = find_project(arguments.project, Path.cwd(), log)
    if project is None:
        return finish(arguments, log, None, Path.cwd())
    job = Job(
        project,
        arguments.to,
        arguments.output,
        arguments.theme,
        arguments.strict,
        arguments.for_print,
        arguments.map,
        WordOptions(arguments.word_pages, not arguments.no_embed_fonts, arguments.draft),
        Copy(arguments.edition),
        arguments.trust,
    )
    force = arguments.force or bool(os.environ.get("BRIEFING_FORCE"))
    kept = None if force else again(job)
    if kept is not None:
        return finish(arguments, kept.log, kept, project)
    quiet = arguments.quiet or arguments.format != "text"
    with hired(job) as hands, progress(arguments.note, quiet=quiet) as tell:
        from builder.build import build

        outcome = build(job, tell, hands)
    return finish(arguments, outcome.log, outcome, project)


def check_command(arguments: argparse.Namespace) -> int:
    """Check a project."""
    from builder.build import check
    from builder.diagnostics import Diagnostics
    from builder.readers.found import find_project

    log = Diagnostics()
    project = find_project(arguments.project, Path.cwd(), log)
    if project is None:
        return finish(arguments, log, None, Path.cwd())
    job = _job(arguments, project)
    if arguments.fix and (code := _fix(project, arguments.format)):
        return code
    log = check(job, outputs=arguments.outputs, progress=arguments.note)
    code = finish(arguments, log, None, project)
    if arguments.format == "text" and not len(log):
        print("no findings")
    return code


def _job(arguments: argparse.Namespace, project: Path) -> Job:
    from builder.job import Copy, Job

    return Job(
        project,
        (),
        output=arguments.output,
        theme=arguments.theme,
        strict=arguments.strict,
        copy=Copy(arguments.edition),
        trust=arguments.trust,
    )


def _fix(project: Path, report: str) -> int:
    from builder.cli_fix import fix

    out = sys.stdout if report == "text" else sys.stderr
    asked = sys.stdin.isatty() and out.isatty()
    return fix(project, out=out, ask=input if asked else None)


def mail_command(arguments: argparse.Namespace) -> int:
    """Write or send the covering mail of a project."""
    from builder.cli_mail import UsageError, as_json, mail
    from builder.diagnostics import Diagnostics
    from builder.readers.found import find_project

    log = Diagnostics()
    project = find_project(arguments.project, Path.cwd(), log)
    if project is None:
        return finish(arguments, log, None, Path.cwd())
    job = _job(arguments, project)
    is_json = arguments.format == "json"
    quiet = arguments.quiet or is_json
    try:
        told = mail(arguments, job, log, lambda: progress(arguments.note, quiet=quiet))
    except UsageError as fault:
        print(f"briefing mail: error: {fault}", file=sys.stderr)
        return USAGE
    if not is_json:
        return finish(arguments, log, None, project)
    print(as_json(log, told))
    return exit_code(arguments, log)
