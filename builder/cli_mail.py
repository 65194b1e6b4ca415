"""The command `briefing mail`: options in; a draft, a preview or a sending out."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder.cli_parsing import formats
from builder.job import ATTACHABLE

if TYPE_CHECKING:
    from builder.diagnostics import Diagnostics
    from builder.job import Job
    from builder.mail.dispatch import Dispatch, Result, Terms
    from builder.mail.ready import Ready, Wish

Working = Callable[[], AbstractContextManager[Callable[[str], None]]]
"""Shows what is being done while its block runs; nothing may be asked in it."""


class UsageError(Exception):
    """Options that do not go together."""


def add_mail_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `briefing mail`."""
    what = parser.add_argument_group("the mail")
    what.add_argument("--to", action="append", default=[], metavar="A", help="who gets it")
    what.add_argument("--cc", action="append", default=[], metavar="A", help="who gets a copy")
    what.add_argument("--bcc", action="append", default=[], metavar="A", help="a copy unseen")
    what.add_argument("--from", dest="sender", default="", metavar="A", help="who sends it")
    what.add_argument("--reply-to", default="", metavar="A", help="where answers go")
    what.add_argument("--subject", default="", metavar="S", help="default: series and title")
    what.add_argument("--text", default="", metavar="T", help="a personal first paragraph")
    what.add_argument(
        "--attach",
        type=partial(formats, known=ATTACHABLE),
        default=(),
        metavar="FORMATS",
        help="formats, with commas between (default: pdf,docx,pptx; with --link: none)",
    )
    what.add_argument("--link", default="", metavar="URL", help="lead there instead of attaching")
    what.add_argument("--shrink", action="store_true", help="pictures re-sampled to 150 dpi")
    what.add_argument(
        "--max-size", type=_megabytes, default=25.0, metavar="MB", help="refuse more (default: 25)"
    )
    what.add_argument(
        "--recipients",
        type=Path,
        metavar="CSV",
        help="one message for each row: name, address, edition, language",
    )

    then = parser.add_argument_group("what becomes of it")
    then.add_argument("--draft", type=Path, metavar="FILE", help="default: output/<project>/")
    then.add_argument("--open", action="store_true", help="hand the draft to your mail program")
    then.add_argument("--dry-run", action="store_true", help="show what would go, do nothing")
    then.add_argument("--send", action="store_true", help="send it")
    then.add_argument("-y", "--yes", action="store_true", help="ask nothing before many go")
    then.add_argument("--per-minute", type=_rate, metavar="N", help="messages a minute at most")
    then.add_argument(
        "--retry-after",
        type=_seconds,
        default=5.0,
        metavar="SECONDS",
        help="before a message that was put off is tried again (default: 5)",
    )
    then.add_argument("--again", action="store_true", help="also to those who have had it")
    then.add_argument("--rest", action="store_true", help="not to those who had another version")
    then.add_argument(
        "--resend-doubtful", action="store_true", help="also where nobody knows whether it came"
    )

    by = parser.add_argument_group("the server (or BRIEFING_SMTP_HOST, _PORT, _USER, …)")
    by.add_argument("--smtp-host", default="", metavar="HOST")
    by.add_argument("--smtp-port", default="", metavar="PORT", help="default: 587; tls: 465")
    by.add_argument("--smtp-user", default="", metavar="USER")
    by.add_argument("--smtp-security", default="", metavar="KIND", help="starttls, tls or none")
    by.add_argument("--smtp-ca", default="", metavar="FILE", help="the authorities to trust")


def _positive(value: str, what: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = 0.0
    if not 0 < number < 1e6:
        raise argparse.ArgumentTypeError(f"{value!r} is no number of {what}")
    return number


def _megabytes(value: str) -> float:
    return _positive(value, "megabytes")


def _rate(value: str) -> float:
    return _positive(value, "messages a minute")


def _seconds(value: str) -> float:
    return _positive(value, "seconds")


# ---------------------------------------------------------------- the command


def mail(
    arguments: argparse.Namespace, job: Job, log: Diagnostics, working: Working
) -> dict[str, object]:
    """Run the command; give what a machine would want to know of it.

    Raises UsageError for options that do not go together.
    """
    from builder.diagnostics import ContentErrors
    from builder.mail.ready import make_ready
    from builder.supervision import WAITING

    _check_options(arguments)
    with suppress(ContentErrors):
        terms = _terms(arguments, log) if arguments.send else None
        log.stop_if_errors()
        with working() as progress:
            all_ready = make_ready(job, _wish(arguments), log, progress)
        arguments.note(WAITING)  # what follows is people's and servers'
        if job.strict and log.has_warnings:
            return {}
        if arguments.dry_run:
            return _show(all_ready, arguments, log)
        if terms is not None:
            return _send(all_ready, terms, arguments, log, working)
        return _draft(all_ready, job, arguments, log)
    return {}


def _check_options(arguments: argparse.Namespace) -> None:
    chosen = [name for name in ("send", "dry_run") if getattr(arguments, name)]
    if arguments.draft or arguments.open:
        chosen.append("draft")
    if len(chosen) > 1 and "send" in chosen:
        raise UsageError("--send does not go together with --draft, --open or --dry-run")
    if len(chosen) > 1:
        raise UsageError("--dry-run writes nothing: leave out --draft and --open")
    if arguments.recipients and (arguments.to or arguments.cc or arguments.bcc):
        raise UsageError("--recipients addresses each message: leave out --to, --cc and --bcc")
    draft: Path | None = arguments.draft
    if draft and not draft.is_dir() and draft.suffix.lower() != ".eml":
        raise UsageError(f"--draft {draft}: the name of a draft ends with .eml")
    if arguments.again and arguments.rest:
        raise UsageError("--again and --rest are opposites: give one of them")


def _wish(arguments: argparse.Namespace) -> Wish:
    from builder.mail.ready import Wish

    return Wish(
        tuple(arguments.to),
        tuple(arguments.cc),
        tuple(arguments.bcc),
        arguments.sender or os.environ.get("BRIEFING_SMTP_FROM", ""),
        arguments.reply_to,
        arguments.subject,
        arguments.text,
        arguments.attach,
        arguments.link,
        arguments.shrink,
        round(arguments.max_size * 1_000_000),
        arguments.recipients,
        keep=not arguments.dry_run,
    )


def _terms(arguments: argparse.Namespace, log: Diagnostics) -> Terms | None:
    from builder.diagnostics import Code
    from builder.mail.account import AccountError, Wish, read_account
    from builder.mail.dispatch import Terms
    from builder.mail.sending import Pace

    a = arguments
    wish = Wish(a.smtp_host, a.smtp_port, a.smtp_user, a.smtp_security, a.smtp_ca)
    try:
        account = read_account(wish, os.environ)
    except AccountError as fault:
        log.error(Code.MAIL_SERVER, str(fault), hint=fault.hint)
        return None
    pace = Pace(60 / a.per_minute if a.per_minute else 0.0, a.retry_after)
    return Terms(account, pace, a.again, a.rest, a.resend_doubtful, os.environ)


def _draft(
    all_ready: Sequence[Ready], job: Job, arguments: argparse.Namespace, log: Diagnostics
) -> dict[str, object]:
    from builder.mail.desktop import open_draft
    from builder.output import publish
    from builder.writers.base import Artifact

    ready = all_ready[0]
    project = ready.prepared.project
    name = project.file_name
    path: Path = arguments.draft or job.folder(project.name) / f"{name}.eml"
    sources: tuple[Path, ...] = (project.files.root,)
    if path.is_dir():
        path /= f"{name}.eml"
    elif arguments.draft is not None:
        if not _may_stand(path, project.files.root, log):
            return {}
        sources = ()  # it may stand beside the project: one file, and no other is replaced
    made = Artifact(path.name, "eml", ready.sample, 0)
    if not publish([made], path.parent, log, sources):
        return {}
    _tell_bad(ready, log)
    if not _is_quiet(arguments):
        print(f"{os.path.relpath(path)}  draft, {_size(len(ready.sample))}")
        if ready.messages and ready.messages[0].recipient:
            count = sum(len(each.messages) for each in all_ready)
            print(f"(addressed to the first of {count}; send to all by --send)")
    if arguments.open:
        open_draft(path, log)
    return {"draft": str(path), "bytes": len(ready.sample)}


def _may_stand(path: Path, root: Path, log: Diagnostics) -> bool:
    """Tell whether a draft may be written there: among the content it would count as a change."""
    from builder.diagnostics import Code, Span
    from builder.plain_files import is_content

    place, root = path.resolve(), root.resolve()
    if not place.is_relative_to(root) or not is_content(place.relative_to(root)):
        return True
    log.error(
        Code.OUTPUT_UNWRITABLE,
        f"the draft would stand among its sources ({root.name})",
        at=Span(str(path)),
        hint="name a file outside the project, or in output/",
    )
    return False


def _show(
    all_ready: Sequence[Ready], arguments: argparse.Namespace, log: Diagnostics
) -> dict[str, object]:
    from builder.mail.preview import preview

    going = [m for ready in all_ready for m in ready.messages if m.envelope.everybody]
    size = max(len(ready.sample) for ready in all_ready)
    if not _is_quiet(arguments):
        print("\n\n".join(preview(ready) for ready in all_ready))
    _tell_bad(all_ready[0], log)
    return {"messages": len(going), "bytes": size}


def _send(
    all_ready: Sequence[Ready],
    terms: Terms,
    arguments: argparse.Namespace,
    log: Diagnostics,
    working: Working,
) -> dict[str, object]:
    """Send each edition's letter, once it is known that all may go."""
    from builder.diagnostics import Code
    from builder.mail import dispatch as sending

    with ExitStack() as open_journals:
        no_line = {Code.MAIL_SERVER, Code.MAIL_PASSWORD, Code.MAIL_JOURNAL, Code.MAIL_TOO_LARGE}
        planned: list[tuple[Ready, Dispatch]] = []
        for ready in all_ready:
            dispatch = sending.plan(ready, terms, log)
            if dispatch is None:
                return {}
            open_journals.enter_context(closing(dispatch.journal))
            planned.append((ready, dispatch))
        count = sum(dispatch.count for _, dispatch in planned)
        size = max(len(ready.sample) for ready in all_ready)
        if count > 1 and not arguments.yes and not _confirmed(planned[0][1], count, size):
            print("nothing was sent")
            return {}
        told: list[dict[str, object]] = []
        stopped = False
        for ready, dispatch in planned:
            one = {} if stopped else _sent(ready, dispatch, arguments, log, working)
            stopped = stopped or any(d.code in no_line for d in log)
            if stopped and not told and not one:
                return {}
            told.append(one or _report(ready, sending.result(dispatch), dispatch, arguments, log))
        return _together(told)


def _sent(
    ready: Ready,
    planned: Dispatch,
    arguments: argparse.Namespace,
    log: Diagnostics,
    working: Working,
) -> dict[str, object]:
    from builder.mail import dispatch as sending

    if planned.count:
        line = sending.connect(planned, len(ready.sample), log)
        if line is None:
            return {}
        try:
            with working() as progress:
                shown = f"of {planned.count}"
                sending.run(planned, line, log, lambda n: progress(f"sent {n} {shown}"))
        except KeyboardInterrupt:
            _report(ready, sending.result(planned), planned, arguments, log)
            for diagnostic in log.sorted():
                print(diagnostic, file=sys.stderr)
            print("the same command goes on where it stopped", file=sys.stderr)
            raise
    return _report(ready, sending.result(planned), planned, arguments, log)


def _together(told: Sequence[dict[str, Any]]) -> dict[str, object]:
    """Give the counts of all letters; each has its journal."""
    if len(told) < 2:
        return told[0] if told else {}
    return {
        "sent": sum(each["sent"] for each in told),
        "sent-before": sum(each["sent-before"] for each in told),
        "not-tried": [address for each in told for address in each["not-tried"]],
        "journal": told[0]["journal"],
        "journals": [each["journal"] for each in told],
    }


def _confirmed(planned: Dispatch, count: int, size: int) -> bool:
    """Ask before more than one message goes. Raises UsageError where there is nobody to ask."""
    if not sys.stdin.isatty():
        raise UsageError(f"{count} messages would go: say --yes to send them")
    letter, account = planned.campaign.letter, planned.terms.account
    print(
        f"{count} messages of {_size(size)} are about to go, from {letter.sender}"
        f" by {account.place}."
    )
    try:
        return input("Send them? [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        print()
        return False


def _report(
    ready: Ready,
    result: Result,
    planned: Dispatch,
    arguments: argparse.Namespace,
    log: Diagnostics,
) -> dict[str, object]:
    for diagnostic in result.found:
        log.add(diagnostic)
    if not _is_quiet(arguments):
        print(f"{ready.edition}: {result.summary()}" if ready.edition else result.summary())
        if not planned.count and result.before and not result.found:
            print("everybody has had this mail; --again sends it once more")
        print(f"journal: {result.journal}")
    return {
        "sent": len(result.accepted),
        "sent-before": len(result.before),
        "not-tried": [address.spec for address in result.untried],
        "journal": str(result.journal),
    }


def _tell_bad(ready: Ready, log: Diagnostics) -> None:
    for diagnostic in ready.bad:
        log.add(diagnostic)


def _is_quiet(arguments: argparse.Namespace) -> bool:
    return bool(arguments.quiet or arguments.format == "json")


def _size(count: int) -> str:
    from builder.mail.page import size_of

    return size_of(count)


def as_json(log: Diagnostics, told: dict[str, object]) -> str:
    """Give findings and result as one JSON object."""
    findings = [diagnostic.as_dict() for diagnostic in log.sorted()]
    return json.dumps({"diagnostics": findings, "mail": told}, ensure_ascii=False, indent=2)
