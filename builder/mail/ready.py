"""From a project and what was asked on the command line to a letter that could go."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from builder.addresses import Address, parse_address, parse_addresses, shown
from builder.build import Prepared, Progress, prepare
from builder.diagnostics import Code, ContentErrors, Diagnostic, Diagnostics, did_you_mean
from builder.job import FORMATS, Job
from builder.mail.body import compose_body, default_subject
from builder.mail.campaign import Addressed
from builder.mail.files import collect
from builder.mail.letter import Envelope, Letter
from builder.mail.page import Common
from builder.mail.people import People, Recipient, by_edition, read_people, refused
from builder.mail.picture import draw_inset
from builder.mail.size import MOST, check_size
from builder.mail.words import knows
from builder.readers.project import Project, read_project
from builder.readers.settings import MailSettings, web_address


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks of the mail; what it leaves empty, briefing.yml may say."""

    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    sender: str = ""
    reply_to: str = ""
    subject: str = ""
    text: str = ""
    attach: tuple[str, ...] = ()
    link: str = ""
    shrink: bool = False
    most: int = MOST
    recipients: Path | None = None
    keep: bool = True  # files built on the way are kept in the output folder


@dataclass(frozen=True, slots=True)
class Ready:
    """A letter with those it is for."""

    prepared: Prepared
    letter: Letter
    messages: tuple[Addressed, ...]
    sample: bytes  # a draft of the first message
    bad: tuple[Diagnostic, ...] = field(default=())  # rows of the list that get no mail

    @property
    def edition(self) -> str:
        """The edition that goes; empty: the briefing as it stands."""
        edition = self.prepared.project.edition
        return edition.name if edition else ""


def make_ready(job: Job, wish: Wish, log: Diagnostics, progress: Progress) -> tuple[Ready, ...]:
    """Read, build what is stale, and write the letter: one for each edition that readers have.

    Raises ContentErrors; then nothing may go to anybody.
    """
    if wish.recipients is None:
        return (_ready(job, wish, None, log, progress),)
    progress("reading")
    people = read_people(wish.recipients, log)
    log.stop_if_errors()
    project = read_project(job.project, Diagnostics())  # its faults are told in a moment
    groups, bad = by_edition(people, project.editions if project else (), job.copy.edition)
    made: list[Ready] = []
    for edition, readers in groups.items():
        own = replace(job, copy=replace(job.copy, edition=edition))
        made.append(_ready(own, wish, readers, log, progress))
    bad = tuple(sorted((*bad, *(d for ready in made for d in ready.bad)), key=lambda d: d.at))
    first, *others = [ready for ready in made if ready.messages] or made[:1]
    return (replace(first, bad=bad), *(replace(ready, bad=()) for ready in others))


def _ready(
    job: Job, wish: Wish, people: People | None, log: Diagnostics, progress: Progress
) -> Ready:
    progress("reading")
    since = time.time_ns()
    prepared = prepare(job, log)
    settings = prepared.project.settings.mail
    envelope = None if people else _envelope(wish, settings, log)
    letter = _letter(job, wish, prepared, people is not None, log, progress, since)
    log.stop_if_errors()
    if people is not None:
        people = _checked(people, letter, prepared.project, log)
        log.stop_if_errors()
        messages = tuple(Addressed(Envelope((r.address,)), r) for r in people.good)
    else:
        assert envelope is not None
        messages = (Addressed(envelope),)
    sample = _sample(letter, messages, log)
    check_size(letter, len(sample), wish.most, log)
    log.stop_if_errors()
    return Ready(prepared, letter, messages, sample, people.bad if people else ())


def draft_of(job: Job, prepared: Prepared, log: Diagnostics) -> tuple[str, bytes]:
    """Give the draft that `briefing mail` writes of a briefing that has been read, and its name.

    Nothing is kept. Raises ContentErrors.
    """
    settings, project = prepared.project.settings.mail, prepared.project
    wish = Wish(keep=False)
    envelope = _envelope(wish, settings, log)
    letter = _letter(job, wish, prepared, False, log, lambda _step: None, time.time_ns())
    log.stop_if_errors()
    messages = (Addressed(envelope),)
    return f"{project.file_name}.eml", _sample(letter, messages, log)


def _envelope(wish: Wish, settings: MailSettings, log: Diagnostics) -> Envelope:
    """Give the addresses of the command line, else of briefing.yml, for each kind."""
    return Envelope(
        _addresses(wish.to or settings.to, "--to", log),
        _addresses(wish.cc or settings.cc, "--cc", log),
        _addresses(wish.bcc or settings.bcc, "--bcc", log),
    )


def _addresses(given: Sequence[str], option: str, log: Diagnostics) -> tuple[Address, ...]:
    found: dict[str, Address] = {}
    for text in given:
        try:
            parsed = parse_addresses(text)
        except ValueError as fault:
            log.error(Code.MAIL_ADDRESS, f"{option}: {fault}", hint=_QUOTING)
            continue
        if not parsed:
            log.error(Code.MAIL_ADDRESS, f"{option}: {shown(text)} is no address", hint=_QUOTING)
        found |= {address.key: address for address in parsed}
    return tuple(found.values())


_QUOTING = 'write anna@example.org or "Anna Berg <anna@example.org>"'


def one_address(text: str, option: str, log: Diagnostics) -> Address | None:
    """Read the address that an option gives, or None where it gives none or a wrong one."""
    if not text:
        return None
    try:
        return parse_address(text)
    except ValueError as fault:
        log.error(Code.MAIL_ADDRESS, f"{option}: {fault}", hint=_QUOTING)
        return None


def _letter(
    job: Job,
    wish: Wish,
    prepared: Prepared,
    to_list: bool,
    log: Diagnostics,
    progress: Progress,
    since: int,
) -> Letter:
    settings, document = prepared.project.settings.mail, prepared.document
    body = compose_body(document)
    link = _link(wish.link, log) or settings.link
    sender = one_address(wish.sender or settings.from_, "--from", log)
    reply_to = one_address(wish.reply_to or settings.reply_to, "--reply-to", log)
    log.stop_if_errors()
    subject = wish.subject or settings.subject or _literal(default_subject(body))
    text = wish.text or settings.text
    unsubscribe = settings.unsubscribe if to_list else ""
    common = Common(body, prepared.theme, None, (), link, unsubscribe)
    letter = Letter(common, document.words, subject, text, sender, reply_to)
    if not to_list:
        _fill_in(letter, log)  # before what takes long
    formats = wish.attach or (() if wish.link else tuple(settings.attach) or FORMATS)
    files = collect(
        replace(job, formats=formats),
        prepared,
        log,
        progress,
        shrink=wish.shrink,
        keep=wish.keep,
        since=since,
    )
    progress("writing the mail")
    inset = None
    if body.chart is not None:
        inset = draw_inset(body.chart, prepared.theme, document.meta.language, log)
    return replace(letter, common=replace(common, inset=inset, files=files))


def _fill_in(letter: Letter, log: Diagnostics) -> None:
    """Fill in the letter to nobody in particular. Raises ContentErrors where that cannot be."""
    try:
        letter.personal(None)
    except ValueError as fault:
        _log_text(fault, log)
        raise ContentErrors from fault


def _log_text(fault: ValueError, log: Diagnostics) -> None:
    log.error(Code.MAIL_TEXT, str(fault), hint="the text may name {{ name }}, {{ title }} …")


def _link(text: str, log: Diagnostics) -> str:
    try:
        return web_address(text)
    except ValueError as fault:
        log.error(Code.MAIL_ADDRESS, f"--link: {fault}", hint="write https://example.org/briefing")
        return ""


def _literal(text: str) -> str:
    """Give a text as a template that says just it."""
    return text.replace("{", "{{ '{' }}") if "{" in text else text


def _sample(letter: Letter, messages: tuple[Addressed, ...], log: Diagnostics) -> bytes:
    """Give the first message as a draft; where nobody is to get one, a draft to nobody."""
    first = messages[0] if messages else Addressed(Envelope(()))
    try:
        return letter.draft(first.envelope, first.recipient, log)
    except ValueError as fault:
        _log_text(fault, log)
        raise ContentErrors from fault


def _checked(people: People, letter: Letter, project: Project, log: Diagnostics) -> People:
    """Fill in the letter for every reader, before any message goes."""
    good: list[Recipient] = []
    bad = list(people.bad)
    for recipient in people.good:
        try:
            letter.personal(recipient)
        except ValueError as fault:
            bad.append(refused(str(fault), recipient.at))
        else:
            good.append(recipient)
    faults = {d.message for d in bad[len(people.bad) :]}
    if not good and len(faults) == 1:
        log.error(Code.MAIL_TEXT, faults.pop(), hint="the list's columns can be named in the text")
        return People((), people.bad)
    _tell_editions(good, project, log)
    _tell_languages(good, log)
    return People(tuple(good), tuple(sorted(bad, key=lambda d: d.at)))


def _tell_editions(people: Sequence[Recipient], project: Project, log: Diagnostics) -> None:
    """Say once for each edition of the list that it is not the one whose files go."""
    sent = project.edition.name if project.edition else ""
    known = [edition.name for edition in project.editions]
    asked = {r.edition: r.at for r in reversed(people) if r.edition and r.edition != sent}
    for edition, at in asked.items():
        if edition in known:
            what = f"the edition {edition!r} is not the one that goes"
            hint = "without --edition everybody gets the one that stands in their row"
        else:
            what = f"the briefing has no edition {shown(edition)}"
            hint = did_you_mean(edition, known, otherwise="the text may name it as {{ edition }}")
        log.warning(Code.MAIL_EDITION, f"{what}: everybody gets the same files", at=at, hint=hint)


def _tell_languages(people: Sequence[Recipient], log: Diagnostics) -> None:
    """Say once for each language that the mail has no words in it."""
    unknown = {r.language: r.at for r in reversed(people) if r.language and not knows(r.language)}
    for language, at in unknown.items():
        log.note(
            Code.MAIL_LANGUAGE,
            f"there are no words for the language {language!r}: the briefing's own are used",
            at=at,
        )
