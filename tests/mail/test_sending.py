"""Sending to a real server: encrypted, with a password, and through all that a server may do."""

from __future__ import annotations

import json
import os
import select
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import keyring
import keyring.backend
import pytest

from builder.addresses import Address
from builder.cli import main
from builder.example import make_project
from builder.mail.account import Account
from builder.mail.journal import Journal, JournalError
from builder.mail.smtp import Fate, Line
from tests.support.mailserver import PASSWORD, USER, Desk, Server, serving


@dataclass
class Office:
    """A project, a place to build it, and the command."""

    project: Path
    folder: Path
    capsys: pytest.CaptureFixture[str]
    common: list[str] = field(default_factory=list)

    def mail(self, *arguments: str) -> tuple[int, dict[str, Any]]:
        """Run `briefing mail`; give its code and what it told."""
        code = main(["mail", str(self.project), *self.common, "--format", "json", *arguments])
        told = self.capsys.readouterr()
        return code, json.loads(told.out) if told.out else {"error": told.err}

    def send(self, server: Server, *arguments: str) -> tuple[int, dict[str, Any]]:
        """Send at once, retrying quickly."""
        quick = ["--send", "--yes", "--retry-after", "0.05"]
        return self.mail(*quick, *server.options(), *arguments)

    def people(self, text: str) -> str:
        """Write a list of recipients, and give its name."""
        path = self.folder / "people.csv"
        path.write_text(text, encoding="utf-8")
        return str(path)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the example, once, and build the one format that the tests attach."""
    folder = tmp_path_factory.mktemp("mail") / "water"
    make_project(folder)
    assert main(["build", str(folder), "-t", "docx", "-q", "-d", str(folder / "output")]) == 0
    return folder


@pytest.fixture
def office(
    project: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Office:
    monkeypatch.setenv("BRIEFING_STATE", str(tmp_path / "state"))
    for name in [n for n in os.environ if n.startswith("BRIEFING_SMTP_")]:
        monkeypatch.delenv(name)
    common = ["--attach", "docx", "--from", "Desk <desk@example.org>"]
    return Office(project, tmp_path, capsys, [*common, "-d", str(project / "output")])


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def server(desk: Desk, tmp_path: Path) -> Iterator[Server]:
    with serving(desk, tmp_path) as running:
        yield running


def codes(told: dict[str, Any]) -> list[str]:
    return [d["code"] for d in told["diagnostics"]]


LIST = "name,address\nAnna Berg,anna@example.org\nBen,ben@example.org\nCem,cem@example.org\n"


# ---------------------------------------------------------------- what goes


def test_one_message_goes_to_all_who_are_named_and_hides_the_hidden(
    office: Office, server: Server
) -> None:
    people = ["--to", "a@example.org, Ben <b@example.org>", "--cc", "c@example.org"]
    code, told = office.send(server, *people, "--bcc", "d@example.org")

    assert (code, told["mail"]["sent"]) == (0, 4)
    (received,) = server.desk.taken
    assert received.sender == "desk@example.org"
    assert sorted(received.recipients) == [f"{x}@example.org" for x in "abcd"]
    message = received.message
    assert message["To"] == "a@example.org, Ben <b@example.org>"
    assert message["Cc"] == "c@example.org"
    assert message["Date"] and message["Message-ID"] and not message["X-Unsent"]
    assert b"d@example.org" not in received.data
    (attached,) = message.iter_attachments()
    built = (office.project / "output" / "water.docx").read_bytes()
    assert attached.get_content() == built


def test_a_list_gets_one_message_each(office: Office, server: Server) -> None:
    code, told = office.send(server, "--recipients", office.people(LIST))

    assert (code, told["mail"]["sent"]) == (0, 3)
    assert [r.recipients for r in server.desk.taken] == [
        ("anna@example.org",),
        ("ben@example.org",),
        ("cem@example.org",),
    ]
    assert server.desk.taken[0].message["To"] == "Anna Berg <anna@example.org>"
    assert len({r.message["Message-ID"] for r in server.desk.taken}) == 3
    assert server.desk.lines == 2  # one line for all: greeted once, and again when encrypted


def test_text_and_subject_name_the_columns_of_a_list(office: Office, server: Server) -> None:
    people = office.people("name,address,position\nAnna,anna@example.org,Director\n")
    code, told = office.send(
        server,
        "--recipients",
        people,
        "--text",
        "As {{ position }}.",
        "--subject",
        "{{ position }}",
    )

    assert (code, told["mail"]["sent"]) == (0, 1)
    (received,) = server.desk.taken
    assert received.message["Subject"] == "Director"
    assert "As Director." in received.message.get_body(("plain",)).get_content()  # type: ignore[union-attr]


@pytest.mark.parametrize("line", ["a line\n.\nof dots\n..two", ".", "ends.\n."])
def test_dots_arrive_as_they_were(office: Office, server: Server, line: str) -> None:
    office.send(server, "--to", "a@example.org", "--text", f"Before\n{line}\nAfter")

    plain = server.desk.taken[0].message.get_body(("plain",))
    assert plain is not None
    assert f"Before\n{line}\nAfter" in plain.get_content().replace("\r\n", "\n")


@pytest.mark.parametrize(
    "address",
    ['"john smith"@example.org', "o'hara+x=y@example.org", "u@[127.0.0.1]", "юля@example.org"],
)
def test_odd_but_valid_addresses_reach_the_server_as_they_are(
    office: Office, server: Server, address: str
) -> None:
    code, _ = office.send(server, "--to", address)

    assert code == 0
    assert list(server.desk.accepted) == [address]


def test_an_address_in_a_foreign_alphabet_goes_in_its_ascii_form(
    office: Office, server: Server
) -> None:
    office.send(server, "--to", "Anna <anna@bücher.example>")

    assert list(server.desk.accepted) == ["anna@xn--bcher-kva.example"]


def test_files_deleted_after_the_build_are_built_again(office: Office, server: Server) -> None:
    path = office.project / "output" / "water.docx"
    before = path.read_bytes()
    path.unlink()

    code, _ = office.send(server, "--to", "a@example.org")

    assert code == 0
    (attached,) = server.desk.taken[0].message.iter_attachments()
    assert attached.get_content() == before


# ---------------------------------------------------------------- the line


def test_without_trust_in_the_certificate_nothing_is_sent(office: Office, server: Server) -> None:
    options = [o for o in server.options() if o not in ("--smtp-ca", str(server.ca))]
    code, told = office.mail("--send", *options, "--to", "a@example.org")

    assert (code, codes(told)) == (1, ["mail-server"])
    assert "is not to be trusted" in told["diagnostics"][0]["message"]
    assert not server.desk.taken


def test_the_systems_authorities_may_be_named_by_ssl_cert_file(
    office: Office, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(server.ca))
    options = [o for o in server.options() if o not in ("--smtp-ca", str(server.ca))]

    assert office.mail("--send", *options, "--to", "a@example.org")[0] == 0


def test_a_certificate_of_another_host_is_refused(
    office: Office, desk: Desk, tmp_path: Path
) -> None:
    with serving(desk, tmp_path, name="elsewhere.example") as server:
        code, told = office.send(server, "--to", "a@example.org")

    assert (code, codes(told)) == (1, ["mail-server"])
    assert "doesn't match" in told["diagnostics"][0]["message"] or "mismatch" in str(told)


def test_tls_from_the_first_byte_works_as_well(office: Office, desk: Desk, tmp_path: Path) -> None:
    with serving(desk, tmp_path, security="tls") as server:
        options = ["--send", *server.options("tls"), "--to", "a@example.org"]
        assert office.mail(*options)[0] == 0


def test_a_server_that_offers_no_encryption_gets_nothing(
    office: Office, desk: Desk, tmp_path: Path
) -> None:
    with serving(desk, tmp_path, security="none") as server:
        code, told = office.send(server, "--to", "a@example.org")

    assert (code, codes(told)) == (1, ["mail-server"])
    assert "offers no encryption" in told["diagnostics"][0]["message"]
    assert desk.lines and not desk.taken


def test_no_encryption_is_for_this_machine_alone(
    office: Office, desk: Desk, tmp_path: Path
) -> None:
    with serving(desk, tmp_path, security="none") as server:
        options = ["--send", *server.options("none"), "--to", "a@example.org"]
        assert office.mail(*options)[0] == 0
    elsewhere = ["--smtp-host", "192.0.2.1", "--smtp-security", "none", "--to", "a@example.org"]

    code, told = office.mail("--send", *elsewhere)

    assert (code, codes(told)) == (1, ["mail-server"])
    assert "another machine" in told["diagnostics"][0]["message"]


def test_the_account_may_stand_in_the_environment(
    office: Office, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = {"HOST": server.host, "PORT": str(server.port), "CA": str(server.ca)}
    for name, value in {**values, "SECURITY": "starttls", "FROM": "env@example.org"}.items():
        monkeypatch.setenv(f"BRIEFING_SMTP_{name}", value)
    office.common = [o for o in office.common if o not in ("--from", "Desk <desk@example.org>")]

    assert office.mail("--send", "--to", "a@example.org")[0] == 0
    assert server.desk.taken[0].sender == "env@example.org"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "no mail server is named"),
        (["--smtp-host", "x", "--smtp-port", "many"], "'many' is no port"),
        (["--smtp-host", "x", "--smtp-security", "ssl"], "'ssl' is no kind of security"),
        (["--smtp-host", "x", "--smtp-ca", "/nowhere.pem"], "no file of certificates"),
        (["--smtp-host", "localhost", "--smtp-ca", __file__], "no certificates that can be used"),
        (["--smtp-host", "mail..example.org"], "'mail..example.org' is no name of a server"),
        (["--smtp-host", "localhost:25"], "'localhost:25' is no name of a server"),
        (["--smtp-host", "[127.0.0.1]", "--smtp-port", "1"], "no line to 127.0.0.1:1"),
        (["--smtp-host", "localhost", "--smtp-port", "1"], "no line to localhost:1"),
    ],
)
def test_an_account_that_cannot_be_used_is_told(
    office: Office, options: list[str], said: str
) -> None:
    quick = ["--retry-after", "0.01", "--send", "--to", "a@example.org"]
    code, told = office.mail(*quick, *options)

    assert (code, codes(told)) == (1, ["mail-server"])
    assert said in told["diagnostics"][0]["message"]


# ---------------------------------------------------------------- the password


class Keys(keyring.backend.KeyringBackend):
    """A keyring with one password."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        """Give it for our user at our host."""
        return (
            PASSWORD if (service, username) == ("briefing-builder", f"{USER}@localhost") else None
        )

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep nothing."""

    def delete_password(self, service: str, username: str) -> None:
        """Keep nothing."""


class NoKeys(Keys):
    """An empty keyring."""

    def get_password(self, service: str, username: str) -> str | None:
        """Give nothing."""
        return None


@pytest.fixture
def guarded(desk: Desk, tmp_path: Path) -> Iterator[Server]:
    """Run a server that wants a password."""
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeys())  # type: ignore[no-untyped-call]  # keyring's own
    with serving(desk, tmp_path, auth=True) as running:
        yield running
    keyring.set_keyring(before)


def log_in(office: Office, server: Server) -> tuple[int, dict[str, Any]]:
    return office.send(server, "--to", "a@example.org", "--smtp-user", USER)


def test_the_password_of_the_environment_opens_the_server(
    office: Office, guarded: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_SMTP_PASSWORD", PASSWORD)

    assert log_in(office, guarded)[0] == 0
    assert len(guarded.desk.taken) == 1


def test_the_password_of_the_keyring_opens_the_server(office: Office, guarded: Server) -> None:
    keyring.set_keyring(Keys())  # type: ignore[no-untyped-call]  # keyring's own

    assert log_in(office, guarded)[0] == 0


def test_the_password_is_asked_for_on_a_terminal(
    office: Office, guarded: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return PASSWORD

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", answer)

    assert log_in(office, guarded)[0] == 0
    assert asked == [f"Password of {USER} at localhost: "]


@pytest.mark.parametrize("asked", ["getpass.getpass", "builtins.input"])
def test_a_question_that_is_answered_by_the_end_of_input_sends_nothing(
    office: Office, guarded: Server, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    def ends(prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr(asked, ends)
    confirmed = ["--yes"] if asked == "getpass.getpass" else []
    options = ["--send", "--smtp-user", USER, *guarded.options(), "-q", "--format", "text"]

    main(["mail", str(office.project), *office.common, *options, *confirmed,
          "--recipients", office.people(LIST)])  # fmt: skip

    told = office.capsys.readouterr()
    assert "nothing was sent" in told.out + told.err
    assert not guarded.desk.taken


def test_without_a_password_and_a_terminal_nothing_is_sent(office: Office, guarded: Server) -> None:
    code, told = log_in(office, guarded)

    assert (code, codes(told)) == (1, ["mail-password"])
    assert not guarded.desk.taken


@pytest.mark.parametrize("wrong", ["wrong horse", "пароль"])
def test_a_wrong_password_stops_everything_and_is_shown_nowhere(
    office: Office, guarded: Server, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    monkeypatch.setenv("BRIEFING_SMTP_PASSWORD", wrong)
    people = office.people(LIST)

    code, told = office.send(guarded, "--recipients", people, "--smtp-user", USER)

    assert (code, codes(told)) == (1, ["mail-server"])
    assert "does not accept 'desk'" in told["diagnostics"][0]["message"]
    assert wrong not in json.dumps(told, ensure_ascii=False)
    assert not guarded.desk.taken


# ---------------------------------------------------------------- what servers do


def test_a_refused_address_is_named_with_its_line_and_the_others_get_theirs(
    office: Office, server: Server
) -> None:
    server.desk.rcpt = lambda who, before: "550 no such user" if who.startswith("ben") else None

    code, told = office.send(server, "--recipients", office.people(LIST))

    assert (code, told["mail"]["sent"]) == (1, 2)
    (finding,) = told["diagnostics"]
    assert (finding["code"], finding["line"]) == ("mail-refused", 3)
    assert finding["message"] == "ben@example.org was refused: 550 no such user"


@pytest.mark.parametrize("stage", ["rcpt", "data"])
def test_what_is_put_off_is_tried_again_after_the_others(
    office: Office, server: Server, stage: str
) -> None:
    busy = lambda who, before: "451 busy" if who.startswith("anna") and before < 2 else None  # noqa: E731
    setattr(server.desk, stage, busy)

    code, told = office.send(server, "--recipients", office.people(LIST))

    assert (code, told["mail"]["sent"]) == (0, 3)
    order = [r.recipients[0].split("@")[0] for r in server.desk.taken]
    assert order == ["ben", "cem", "anna"]
    assert server.desk.accepted["anna@example.org"] == 1


def test_what_is_put_off_for_good_is_named_and_tried_again_by_the_same_command(
    office: Office, server: Server
) -> None:
    people = office.people(LIST)
    server.desk.data = lambda who, before: "452 full" if who.startswith("cem") else None
    code, told = office.send(server, "--recipients", people)
    assert (code, codes(told), told["mail"]["sent"]) == (1, ["mail-deferred"], 2)

    server.desk.data = lambda who, before: None
    code, told = office.send(server, "--recipients", people)

    assert (code, told["mail"]["sent"], told["mail"]["sent-before"]) == (0, 1, 2)
    assert set(server.desk.accepted.values()) == {1}


def test_a_line_that_is_cut_before_the_end_is_opened_again(office: Office, server: Server) -> None:
    server.desk.rcpt = lambda who, n: "cut" if who.startswith("ben") and not n else None

    code, told = office.send(server, "--recipients", office.people(LIST))

    assert (code, told["mail"]["sent"]) == (0, 3)
    assert set(server.desk.accepted.values()) == {1}


def test_a_message_that_is_cut_in_its_middle_has_surely_not_arrived(server: Server) -> None:
    server.desk.cut_in_data = lambda number: number == 1
    line = Line(Account(server.host, server.port, "starttls", ca=server.ca))
    anna, sender = Address("anna", "example.org"), Address("desk", "example.org")
    noted: list[object] = []
    heavy = b"Subject: x\r\n\r\n" + b"word\r\n" * 700_000  # more than any buffer holds

    first = line.send(sender, [anna], heavy, noted.append)
    second = line.send(sender, [anna], heavy, noted.append)
    line.close()

    assert first[anna].fate is Fate.DEFERRED and "the line was cut" in first[anna].words
    assert second[anna].fate is Fate.ACCEPTED
    assert len(noted) == 1 and len(server.desk.taken) == 1


def test_a_line_that_is_cut_after_the_end_leaves_a_doubt_and_no_second_copy(
    office: Office, server: Server
) -> None:
    server.desk.cut_after_data = lambda who: who.startswith("ben")
    people = office.people(LIST)

    code, told = office.send(server, "--recipients", people)

    assert (code, codes(told), told["mail"]["sent"]) == (1, ["mail-doubtful"], 2)
    assert told["diagnostics"][0]["line"] == 3
    assert set(server.desk.accepted.values()) == {1}

    server.desk.cut_after_data = lambda who: False
    assert office.send(server, "--recipients", people)[0] == 1  # still named, still not sent
    assert server.desk.accepted["ben@example.org"] == 1
    code, told = office.send(server, "--recipients", people, "--resend-doubtful")
    assert (code, told["mail"]["sent"]) == (0, 1)
    first, second = (
        r.message["Message-ID"] for r in server.desk.taken if "ben@example.org" in r.recipients
    )
    assert first == second


def test_a_server_that_closes_is_come_back_to(office: Office, server: Server) -> None:
    server.desk.data = lambda who, n: "421 closing" if who.startswith("ben") and not n else None

    code, told = office.send(server, "--recipients", office.people(LIST))

    assert (code, told["mail"]["sent"]) == (0, 3)


def test_a_server_that_hangs_up_on_those_who_wait_is_come_back_to(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.mail.smtp.IDLE", 0.0)
    server.desk.hang_up = True
    line = Line(Account(server.host, server.port, "starttls", ca=server.ca))
    anna, sender = Address("anna", "example.org"), Address("desk", "example.org")
    message = b"Subject: x\r\n\r\nHello.\r\n"

    line.send(sender, [anna], message, lambda people: None)
    assert line._smtp is not None and line._smtp.sock is not None
    hung_up, _, _ = select.select([line._smtp.sock], [], [], 30)
    second = line.send(sender, [anna], message, lambda people: None)
    line.close()

    assert hung_up
    assert second[anna].fate is Fate.ACCEPTED  # at once, not put off
    assert server.desk.lines == 4  # two lines, each greeted twice


def test_a_message_that_could_not_be_noted_never_ends(server: Server) -> None:
    def no_room(people: object) -> None:
        raise JournalError("no room")

    anna = Address("anna", "example.org")
    line = Line(Account(server.host, server.port, "starttls", ca=server.ca))
    began = time.monotonic()
    with pytest.raises(JournalError):
        line.send(anna, [anna], b"Subject: x\r\n\r\nx\r\n", no_room)
    line.close()

    assert not server.desk.taken
    assert time.monotonic() - began < 10  # no goodbye is said, that the server would take for text


def test_a_sender_that_the_server_refuses_stops_everything(office: Office, server: Server) -> None:
    server.desk.mail = lambda who, before: "550 not you"
    rows = "".join(f"p{i}@example.org\n" for i in range(20))

    code, told = office.send(server, "--recipients", office.people("address\n" + rows))

    assert code == 1
    assert "mail-server" in codes(told) and len(told["mail"]["not-tried"]) == 17 + 1
    assert server.desk.asked["MAIL"] == 3


def test_a_mail_too_heavy_for_the_server_is_not_begun(
    office: Office, desk: Desk, tmp_path: Path
) -> None:
    with serving(desk, tmp_path, size=20_000) as small:
        code, told = office.send(small, "--to", "a@example.org")

    assert (code, codes(told)) == (1, ["mail-too-large"])
    assert "localhost takes 20 kB" in told["diagnostics"][0]["message"]
    assert not desk.asked


def test_one_of_several_readers_may_be_refused(office: Office, server: Server) -> None:
    server.desk.rcpt = lambda who, before: "550 gone" if who.startswith("b") else None

    code, told = office.send(server, "--to", "a@example.org,b@example.org,c@example.org")

    assert (code, codes(told), told["mail"]["sent"]) == (1, ["mail-refused"], 2)
    assert server.desk.taken[0].recipients == ("a@example.org", "c@example.org")


# ---------------------------------------------------------------- never twice


def test_the_same_command_sends_nothing_twice(office: Office, server: Server) -> None:
    people = office.people(LIST)
    office.send(server, "--recipients", people)

    code, told = office.send(server, "--recipients", people)

    assert (code, told["mail"]["sent"], told["mail"]["sent-before"]) == (0, 0, 3)
    assert set(server.desk.accepted.values()) == {1}


def test_again_sends_it_once_more_under_new_ids(office: Office, server: Server) -> None:
    people = office.people(LIST)
    office.send(server, "--recipients", people)

    assert office.send(server, "--recipients", people, "--again")[0] == 0
    assert set(server.desk.accepted.values()) == {2}
    assert len({r.message["Message-ID"] for r in server.desk.taken}) == 6


def test_a_row_that_was_mended_gets_its_mail_and_nobody_else(
    office: Office, server: Server
) -> None:
    code, told = office.send(server, "--recipients", office.people(LIST + "Dan,dan example\n"))
    assert (code, codes(told), told["mail"]["sent"]) == (1, ["mail-recipient"], 3)
    assert told["diagnostics"][0]["line"] == 5

    code, told = office.send(server, "--recipients", office.people(LIST + "Dan,dan@example.org\n"))

    assert (code, told["mail"]["sent"], told["mail"]["sent-before"]) == (0, 1, 3)


def test_another_version_goes_to_nobody_before_it_is_decided(
    office: Office, server: Server
) -> None:
    office.send(server, "--recipients", office.people(LIST))
    people = office.people(LIST + "Dan,dan@example.org\n")
    other = ["--recipients", people, "--subject", "Corrected"]

    code, told = office.send(server, *other)
    assert (code, codes(told)) == (1, ["mail-earlier"])
    assert "3 of these readers" in told["diagnostics"][0]["message"]

    assert office.send(server, *other, "--rest")[1]["mail"]["sent"] == 1
    assert server.desk.accepted == dict.fromkeys(
        ["anna@example.org", "ben@example.org", "cem@example.org", "dan@example.org"], 1
    )
    assert office.send(server, *other, "--again")[1]["mail"]["sent"] >= 3


def test_two_at_once_are_not_possible(office: Office, server: Server) -> None:
    office.send(server, "--to", "a@example.org")
    (path,) = (office.folder / "state").rglob("*.jsonl")
    held = Journal.open(path, "x")
    code, told = office.send(server, "--to", "a@example.org")
    held.close()

    assert (code, codes(told)) == (1, ["mail-journal"])
    assert "being sent already" in told["diagnostics"][0]["message"]


def test_more_than_one_message_wants_a_yes(office: Office, server: Server) -> None:
    options = [*server.options(), "--recipients", office.people(LIST)]

    code, told = office.mail("--send", *options)

    assert code == 2 and "3 messages would go: say --yes" in told["error"]
    assert not server.desk.taken


def test_the_pace_is_kept(office: Office, server: Server) -> None:
    began = time.monotonic()
    office.send(server, "--recipients", office.people(LIST), "--per-minute", "120")

    assert time.monotonic() - began >= 1.0  # three messages, half a second apart
    assert len(server.desk.taken) == 3
