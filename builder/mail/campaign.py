"""One letter to its readers: who still has to get it, and what became of everybody."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from builder.addresses import Address
from builder.diagnostics import Diagnostics, Span
from builder.mail.journal import Journal, Known, known_in
from builder.mail.letter import Envelope, Letter
from builder.mail.people import Recipient
from builder.mail.sending import Parcel
from builder.mail.smtp import Fate

DONE = frozenset({Fate.ACCEPTED, Fate.DOUBTFUL})


@dataclass(frozen=True, slots=True)
class Addressed:
    """One message of a campaign, before it is made."""

    envelope: Envelope
    recipient: Recipient | None = None

    @property
    def at(self) -> Span:
        """The line of the list that asks for it."""
        return self.recipient.at if self.recipient else Span()


@dataclass(frozen=True, slots=True)
class Campaign:
    """A letter with all whom it is addressed to."""

    letter: Letter
    messages: tuple[Addressed, ...]
    folder: Path  # of the journals
    round: int = 1  # how often the same letter goes to the same people

    @property
    def journal(self) -> Path:
        """The journal's file."""
        again = f"-{self.round}" if self.round > 1 else ""
        return self.folder / f"{self.letter.identity}{again}.jsonl"

    def people(self) -> Iterable[Address]:
        """Give everybody who should get a message."""
        for message in self.messages:
            yield from message.envelope.everybody

    def message_id(self, message: Addressed) -> str:
        """Give a message's id: the same one whenever the same message goes once more."""
        whom = " ".join(person.key for person in message.envelope.everybody)
        text = f"{self.letter.identity}/{self.round}/{whom}"
        sender = self.letter.sender
        domain = sender.domain.strip("[]") if sender else "localhost"
        return f"<{hashlib.sha256(text.encode()).hexdigest()[:32]}@{domain}>"

    def parcels(self, journal: Journal, *, resend_doubtful: bool) -> tuple[Parcel, ...]:
        """Give the messages that still have to go.

        Those that were interrupted go on where they stopped: what was refused is tried again only
        when the last run had come to its end.
        """
        settled = set(DONE) if journal.ended else {*DONE, Fate.REFUSED}
        if resend_doubtful:
            settled.remove(Fate.DOUBTFUL)
        parcels = []
        for message in self.messages:
            left = tuple(
                person
                for person in message.envelope.everybody
                if person.key not in journal.known or journal.known[person.key].fate not in settled
            )
            if left:
                parcels.append(Parcel(left, self.message_id(message), self._maker(message)))
        return tuple(parcels)

    def _maker(self, message: Addressed) -> Callable[[], bytes]:
        return partial(_compose, self.letter, message, self.message_id(message))


def _compose(letter: Letter, message: Addressed, message_id: str) -> bytes:
    now = datetime.now(UTC)
    return letter.message(
        message.envelope, message.recipient, Diagnostics(), date=now, message_id=message_id
    )


def latest_round(folder: Path, identity: str) -> int:
    """Give the number of the last round that a letter has a journal of; 0: none."""
    last = 0
    while (folder / f"{identity}{f'-{last + 1}' if last else ''}.jsonl").exists():
        last += 1
    return last


def earlier_readers(folder: Path, identity: str, project: str) -> dict[str, Known]:
    """Give those who got another letter of this project, or may have, by address."""
    found: dict[str, Known] = {}
    for path in sorted(folder.glob("*.jsonl")):
        if not path.stem.startswith(identity):
            found |= {k: v for k, v in known_in(path, project).items() if v.fate in DONE}
    return found
