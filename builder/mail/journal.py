"""The journal of a sending: each message is noted before and after it goes, each note on the disk.

It is what makes the same command go on where it stopped. A note that was being written when the
process died is cut off: what it would have announced has not happened yet.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Self

from builder.addresses import Address
from builder.mail.account import Account, is_loopback
from builder.mail.smtp import Answer, Fate

LETTER = "letter"
GOING = "going"
ENDED = "ended"
EVENTS = frozenset((LETTER, GOING, ENDED, *(fate.value for fate in Fate)))


class JournalError(Exception):
    """The journal cannot be used; nothing may be sent without one."""


@dataclass(frozen=True, slots=True)
class Known:
    """The last that a journal says of one address."""

    fate: Fate
    words: str
    when: str


@dataclass(slots=True)
class Journal:
    """An open journal; nobody else can have it open."""

    path: Path
    file: IO[bytes]
    known: dict[str, Known] = field(default_factory=dict)
    ended: bool = False  # the last run came to its end

    @classmethod
    def open(cls, path: Path, project: str) -> Self:
        """Open the journal of a letter, or begin one. Raises JournalError."""
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Nobody else's to read: it holds people's addresses.
            descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, mode=0o600)
            file = os.fdopen(descriptor, "a+b")
            _keep_folder(path.parent)
        except OSError as fault:
            raise JournalError(f"{path} cannot be written: {fault.strerror}") from fault
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            file.close()
            raise JournalError(f"{path} is in use: this mail is being sent already") from fault
        journal = cls(path, file)
        try:
            if not journal._replay():
                journal._note({"event": LETTER, "project": project})
        except JournalError:
            journal.close()
            raise
        return journal

    def going(self, people: Iterable[Address], message_id: str) -> None:
        """Note that a message is about to go: until its fate is known, it is in doubt."""
        entry: dict[str, object] = {"event": GOING, "to": [p.key for p in people], "id": message_id}
        self._note(entry)
        self.known |= _told({**entry, "when": _now()})

    def settled(self, person: Address, answer: Answer) -> None:
        """Note what became of a message, for one recipient."""
        self.known[person.key] = Known(answer.fate, answer.words, _now())
        self._note({"event": answer.fate.value, "to": [person.key], "words": answer.words})

    def end(self) -> None:
        """Note that the run came to its end."""
        self._note({"event": ENDED})
        self.ended = True

    def close(self) -> None:
        """Let others have the journal."""
        with suppress(OSError):  # a note that found no room on the disk: it was told already
            self.file.close()

    def _replay(self) -> bool:
        """Read what is there, and cut off what was never finished; give whether there is any."""
        self.file.seek(0)
        data = self.file.read()
        whole = data[: data.rfind(b"\n") + 1]
        if len(whole) != len(data):
            self.file.truncate(len(whole))
            self.file.seek(0, os.SEEK_END)
        for entry in entries(whole, self.path):
            self.ended = entry.get("event") == ENDED
            self.known |= _told(entry)
        return bool(whole)

    def _note(self, entry: Mapping[str, object]) -> None:
        line = json.dumps({**entry, "when": _now()}, ensure_ascii=False)
        try:
            self.file.write(f"{line}\n".encode())
            self.file.flush()
            os.fsync(self.file.fileno())
        except OSError as fault:
            raise JournalError(f"{self.path} cannot be written: {fault.strerror}") from fault


def entries(data: bytes, path: Path) -> Iterator[dict[str, object]]:
    """Give the notes of a journal. Raises JournalError where one is damaged."""
    for number, line in enumerate(data.splitlines(), start=1):
        try:
            entry = json.loads(line)
        except ValueError:
            entry = None
        if not isinstance(entry, dict) or str(entry.get("event")) not in EVENTS:
            raise JournalError(f"{path}:{number}: this line of the journal is damaged")
        yield entry


def _told(entry: Mapping[str, object]) -> dict[str, Known]:
    """Give what a note says of each address; one that went and came to no end is in doubt."""
    event, people = str(entry.get("event", "")), entry.get("to", [])
    if not isinstance(people, list) or event in (LETTER, ENDED):
        return {}
    words = "the process ended while it was going" if event == GOING else str(entry.get("words"))
    fate = Fate.DOUBTFUL if event == GOING else Fate(event)
    return {str(who): Known(fate, words, str(entry.get("when", ""))) for who in people}


def known_in(path: Path, project: str) -> dict[str, Known]:
    """Give what a journal says of each address; nothing, if it is another project's."""
    data = path.read_bytes()
    found = list(entries(data[: data.rfind(b"\n") + 1], path))
    if not found or found[0].get("project") != project:
        return {}
    known: dict[str, Known] = {}
    for entry in found:
        known |= _told(entry)
    return known


def journal_folder(account: Account) -> Path:
    """Give the folder of the journals of one server's mail.

    It is the user's, not the project's: neither another current folder nor a deleted output folder
    may make a letter go twice. On this machine every port is a server of its own, for trials.
    """
    own = os.environ.get("BRIEFING_STATE")
    base = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    server = f"{account.host}-{account.port}" if is_loopback(account.host) else account.host
    name = re.sub(r"[^\w.-]", "_", server.lower())
    return (Path(own) if own else base / "briefing-builder") / "mail" / name


def _keep_folder(folder: Path) -> None:
    """See to it that a new file's name is on the disk, too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
