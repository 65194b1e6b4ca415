"""Sending a letter: who still has to get it, the run, and what became of everybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from builder.addresses import Address
from builder.diagnostics import Code, Diagnostic, Diagnostics, Severity, Span
from builder.mail.account import Account, AccountError, find_password
from builder.mail.campaign import Addressed, Campaign, earlier_readers, latest_round
from builder.mail.journal import Journal, JournalError, Known, journal_folder
from builder.mail.page import size_of
from builder.mail.ready import Ready
from builder.mail.sending import Pace, Parcel, Sender
from builder.mail.smtp import Fate, Line, ServerError

CODES = {
    Fate.REFUSED: Code.MAIL_REFUSED,
    Fate.DEFERRED: Code.MAIL_DEFERRED,
    Fate.DOUBTFUL: Code.MAIL_DOUBTFUL,
}
HINTS = {
    Fate.REFUSED: "ask for another address; the same command tries it again",
    Fate.DEFERRED: "the same command tries it again",
    Fate.DOUBTFUL: "ask whether it came; --resend-doubtful sends it once more, as the same message",
}


@dataclass(frozen=True, slots=True)
class Terms:
    """How a letter is to be sent."""

    account: Account
    pace: Pace = Pace()
    again: bool = False  # also to those who have had it
    rest: bool = False  # only to those who have had no version of it
    resend_doubtful: bool = False
    environment: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a letter."""

    accepted: tuple[Address, ...]  # now
    before: tuple[Address, ...]  # by an earlier run
    found: tuple[Diagnostic, ...]  # those who did not get it, and why
    untried: tuple[Address, ...]
    journal: Path

    def summary(self) -> str:
        """Give the report's first line."""
        counts = {code: sum(d.code is code for d in self.found) for code in CODES.values()}
        parts = [f"{len(self.accepted)} sent"]
        parts += [f"{len(self.before)} sent before"] if self.before else []
        parts += [f"{counts[code]} {fate.value}" for fate, code in CODES.items() if counts[code]]
        rows = sum(d.code is Code.MAIL_RECIPIENT for d in self.found)
        parts += [f"{rows} rows refused"] if rows else []
        parts += [f"{len(self.untried)} not tried"] if self.untried else []
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A letter about to be sent: everything is known but the server's answers."""

    campaign: Campaign
    journal: Journal
    parcels: tuple[Parcel, ...]
    terms: Terms
    bad: tuple[Diagnostic, ...]
    had: frozenset[str]  # addresses that had the letter when we began

    @property
    def count(self) -> int:
        """How many messages are to go."""
        return len(self.parcels)


def plan(ready: Ready, terms: Terms, log: Diagnostics) -> Dispatch | None:
    """Find out who still has to get the letter; None, with an error, where it may not be sent."""
    letter = ready.letter
    if letter.sender is None:
        log.error(
            Code.MAIL_ADDRESS,
            "nobody is named as the sender",
            hint="give --from, or write mail: {from: …} into briefing.yml",
        )
        return None
    if not any(message.envelope.everybody for message in ready.messages) and not ready.bad:
        log.error(
            Code.MAIL_ADDRESS,
            "nobody is named to send it to",
            hint="give --to or --recipients, or write mail: {to: …} into briefing.yml",
        )
        return None
    try:
        return _planned(ready, terms, log)
    except JournalError as fault:
        log.error(Code.MAIL_JOURNAL, str(fault), hint="nothing is sent without a journal")
        return None


def _planned(ready: Ready, terms: Terms, log: Diagnostics) -> Dispatch | None:
    letter, messages = ready.letter, ready.messages
    folder = journal_folder(terms.account)
    project = str(ready.prepared.project.files.root.resolve())
    last = max(latest_round(folder, letter.identity), 1)
    campaign = Campaign(letter, messages, folder, last)
    to_list = any(message.recipient for message in messages)
    earlier = (
        earlier_readers(folder, letter.identity, project) if to_list and not terms.again else {}
    )
    known = [m for m in messages if any(p.key in earlier for p in m.envelope.everybody)]
    if known and not terms.rest:
        _report_earlier(known, earlier, log)
        return None
    if terms.rest:
        campaign = replace(campaign, messages=tuple(m for m in messages if m not in known))
    journal = Journal.open(campaign.journal, project)
    if terms.again and journal.ended:
        journal.close()
        campaign = replace(campaign, round=last + 1)
        journal = Journal.open(campaign.journal, project)
    had = frozenset(k for k, v in journal.known.items() if v.fate is Fate.ACCEPTED)
    parcels = campaign.parcels(journal, resend_doubtful=terms.resend_doubtful)
    return Dispatch(campaign, journal, parcels, terms, ready.bad, had)


def _report_earlier(
    known: Sequence[Addressed], earlier: Mapping[str, Known], log: Diagnostics
) -> None:
    first = known[0].envelope.everybody[0]
    when = earlier[first.key].when
    log.error(
        Code.MAIL_EARLIER,
        f"{len(known)} of these readers had another version of this mail, {first.spec} on {when}",
        at=known[0].at,
        hint="--rest leaves them out, --again sends it to them as well",
    )


def connect(dispatch: Dispatch, size: int, log: Diagnostics) -> Line | None:
    """Open the line, so that a wrong password or a mail too heavy is found before anything goes."""
    terms, account = dispatch.terms, dispatch.terms.account
    try:
        if account.user and not account.password:
            account = replace(account, password=find_password(account, terms.environment or {}))
    except AccountError as fault:
        log.error(Code.MAIL_PASSWORD, str(fault), hint=fault.hint)
        return None
    try:
        line = Line(account)
        line.open()
    except AccountError as fault:
        log.error(Code.MAIL_SERVER, str(fault), hint=fault.hint)
        return None
    except ServerError as fault:
        log.error(Code.MAIL_SERVER, f"{fault}; nothing was sent", hint=fault.hint)
        return None
    most = line.most
    if most and size > most:
        line.close()
        log.error(
            Code.MAIL_TOO_LARGE,
            f"the mail weighs {size_of(size)}, and {account.host} takes {size_of(most)};"
            " nothing was sent",
            hint="try --shrink, attach fewer formats, or give --link URL instead",
        )
        return None
    return line


def run(dispatch: Dispatch, line: Line, log: Diagnostics, told: Callable[[int], None]) -> None:
    """Send what is to go; what stops it is an error in `log`."""
    sender = dispatch.campaign.letter.sender
    assert sender is not None
    try:
        Sender(sender, line, dispatch.journal, dispatch.terms.pace, told).send_all(dispatch.parcels)
        dispatch.journal.end()
    except ServerError as fault:
        log.error(Code.MAIL_SERVER, f"{fault}; the sending stopped", hint=fault.hint)
        dispatch.journal.end()
    except JournalError as fault:
        log.error(Code.MAIL_JOURNAL, f"{fault}; the sending stopped")


def result(dispatch: Dispatch) -> Result:
    """Give what is known of everybody."""
    known = dispatch.journal.known
    accepted: list[Address] = []
    before: list[Address] = []
    untried: list[Address] = []
    found = list(dispatch.bad)
    for message in dispatch.campaign.messages:
        for person in message.envelope.everybody:
            state = known.get(person.key)
            if state is None:
                untried.append(person)
            elif state.fate is Fate.ACCEPTED:
                (before if person.key in dispatch.had else accepted).append(person)
            else:
                found.append(_unhappy(person, state, message.at))
    ordered = tuple(sorted(found, key=lambda d: d.at))
    return Result(tuple(accepted), tuple(before), ordered, tuple(untried), dispatch.journal.path)


def _unhappy(person: Address, state: Known, at: Span) -> Diagnostic:
    words = {
        Fate.REFUSED: "was refused",
        Fate.DEFERRED: "was put off",
        Fate.DOUBTFUL: "may or may not have got it",
    }[state.fate]
    message = f"{person.spec} {words}: {state.words}"
    return Diagnostic(Severity.ERROR, CODES[state.fate], message, at, HINTS[state.fate])
