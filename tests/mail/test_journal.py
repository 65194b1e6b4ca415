"""The journal: what it knows after a crash, however it was cut."""

from __future__ import annotations

import json
import resource
import stat
from pathlib import Path

import pytest

from builder.addresses import Address
from builder.mail.account import Account
from builder.mail.campaign import earlier_readers, latest_round
from builder.mail.journal import Journal, JournalError, journal_folder, known_in
from builder.mail.smtp import Answer, Fate

ANNA, BEN = Address("Anna", "example.org"), Address("ben", "example.org")


def begun(path: Path) -> Journal:
    return Journal.open(path, "/a/project")


def fates(path: Path) -> dict[str, Fate]:
    journal = begun(path)
    journal.close()
    return {who: known.fate for who, known in journal.known.items()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "mail" / "x.jsonl"


def test_a_message_that_went_and_came_to_no_end_is_in_doubt(path: Path) -> None:
    journal = begun(path)
    journal.going([ANNA, BEN], "<1@example.org>")
    journal.settled(ANNA, Answer(Fate.ACCEPTED, "250 taken"))

    assert journal.known[BEN.key].fate is Fate.DOUBTFUL  # already, should we be stopped now
    journal.close()
    assert fates(path) == {"anna@example.org": Fate.ACCEPTED, "ben@example.org": Fate.DOUBTFUL}


def test_a_doubt_ends_with_what_the_server_says_later(path: Path) -> None:
    journal = begun(path)
    for fate in (Fate.DEFERRED, Fate.ACCEPTED):
        journal.going([ANNA], "<1@example.org>")
        journal.settled(ANNA, Answer(fate, "x"))
    journal.close()

    assert fates(path) == {"anna@example.org": Fate.ACCEPTED}


def test_wherever_the_last_note_was_cut_the_journal_goes_on(path: Path) -> None:
    journal = begun(path)
    journal.going([ANNA], "<1@example.org>")
    journal.settled(ANNA, Answer(Fate.ACCEPTED, "250 taken"))
    journal.close()
    whole = path.read_bytes()
    start = whole.rstrip(b"\n").rfind(b"\n") + 1

    for cut in range(start, len(whole)):
        path.write_bytes(whole[:cut])
        assert fates(path) == {"anna@example.org": Fate.DOUBTFUL}, cut
        journal = begun(path)
        journal.settled(BEN, Answer(Fate.REFUSED, "550 no"))
        journal.close()
        assert [json.loads(line)["event"] for line in path.read_text().splitlines()] == [
            "letter",
            "going",
            "refused",
        ]


def test_a_damaged_journal_is_refused_with_its_line(path: Path) -> None:
    begun(path).close()
    path.write_bytes(path.read_bytes() + b"rubbish\n")

    with pytest.raises(JournalError, match=r"x\.jsonl:2: this line of the journal is damaged"):
        begun(path)


def test_nobody_else_can_read_the_addresses(path: Path) -> None:
    begun(path).close()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_two_cannot_have_it_at_once(path: Path) -> None:
    first = begun(path)

    with pytest.raises(JournalError, match="being sent already"):
        begun(path)
    first.close()
    begun(path).close()


def test_a_journal_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(JournalError, match="cannot be written"):
        begun(tmp_path / "file" / "x.jsonl")


def test_a_full_disk_is_an_error_and_the_journal_can_be_closed(path: Path) -> None:
    journal = begun(path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 9, hard))
    try:
        with pytest.raises(JournalError, match="cannot be written"):
            journal.settled(ANNA, Answer(Fate.ACCEPTED, "250"))
        journal.close()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert fates(path) == {}


def test_readers_of_another_letter_are_known_by_project(path: Path) -> None:
    journal = begun(path)
    journal.settled(ANNA, Answer(Fate.ACCEPTED, "250"))
    journal.settled(BEN, Answer(Fate.REFUSED, "550"))
    journal.close()

    assert list(earlier_readers(path.parent, "another", "/a/project")) == ["anna@example.org"]
    assert earlier_readers(path.parent, "another", "/a/second") == {}
    assert earlier_readers(path.parent, "x", "/a/project") == {}
    assert known_in(path, "/a/second") == {}


def test_rounds_are_counted(tmp_path: Path) -> None:
    for name in ("x.jsonl", "x-2.jsonl", "y.jsonl"):
        (tmp_path / name).write_text("")

    assert [latest_round(tmp_path, name) for name in "xyz"] == [2, 1, 0]


def test_every_server_has_a_folder_and_this_machine_one_a_port(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BRIEFING_STATE")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    names = [
        journal_folder(Account(host, port, "tls")).relative_to(tmp_path).as_posix()
        for host, port in (("192.0.2.1", 465), ("192.0.2.1", 587), ("127.0.0.1", 25))
    ]

    mail = "briefing-builder/mail"
    assert names == [f"{mail}/192.0.2.1", f"{mail}/192.0.2.1", f"{mail}/127.0.0.1-25"]
