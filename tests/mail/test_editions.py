"""Editions in the mail: each reader of a list gets the files of their own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from builder.cli import main
from tests.batch.batches import here
from tests.mail.test_command import YAML, Run, codes, draft
from tests.mail.test_command import project as project
from tests.mail.test_command import run as run
from tests.support.mailserver import Desk, Server, serving

TWO = f"{YAML}editions: {{board: {{title: For the board}}, press: {{language: de}}}}\n"
ROWS = (
    "address,edition\nanna@example.org,board\nben@example.org,\n"
    "cem@example.org,press\ndora@example.org,board\n"
)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("BRIEFING_STATE", str(tmp_path / "state"))
    for name in [n for n in os.environ if n.startswith("BRIEFING_SMTP_")]:
        monkeypatch.delenv(name)
    with serving(Desk(), tmp_path) as running:
        yield running


def attached(message: EmailMessage) -> list[str]:
    return [str(part.get_filename()) for part in message.iter_attachments()]


def test_each_edition_is_sent_with_its_own_files(project: Path, run: Run) -> None:
    """What is remembered of one edition's outputs is never taken for another's."""
    (project / "briefing.yml").write_text(f"{YAML}editions: {{board: {{title: For the board}}}}\n")
    asked = ("--to", "anna@example.org", "--attach", "pptx")

    for _ in range(2):
        for option, name in ((), "small"), (("--edition", "board"), "small-board"):
            code, told = run(*asked, *option)
            assert code == 0, told
            message = draft(f"output/small/{name}.eml")
            assert attached(message) == [f"{name}.pptx"]
            assert ("For the board" in str(message["Subject"])) is (name == "small-board")


def test_a_row_of_another_edition_is_warned_of(project: Path, run: Run) -> None:
    yaml = f"{YAML}editions: {{board: {{}}, press: {{}}}}\n"
    (project / "briefing.yml").write_text(yaml)
    people = Path("people.csv")
    people.write_text(
        "address,edition\na@example.org,board\nb@example.org,press\nc@example.org,x\n"
    )

    _, told = run("--recipients", str(people), "--edition", "board", "--attach", "pptx")

    found = [(d["line"], d["message"], d["hint"]) for d in told["diagnostics"]]
    assert found == [
        (
            3,
            "the edition 'press' is not the one that goes: everybody gets the same files",
            "without --edition everybody gets the one that stands in their row",
        ),
        (
            4,
            "the briefing has no edition 'x': everybody gets the same files",
            "the text may name it as {{ edition }}",
        ),
    ]


def test_each_reader_of_a_list_gets_the_edition_of_their_row(
    project: Path, run: Run, server: Server
) -> None:
    """By a real server; the same command sends nothing twice, and a mended row goes alone."""
    (project / "briefing.yml").write_text(TWO)
    people = Path("people.csv")
    people.write_text(f"{ROWS}emil@example.org,bord\n")
    asked = ["--recipients", str(people), "--attach", "pptx", "--from", "desk@example.org"]
    asked += ["--send", "--yes", "--subject", "{{ title }}, {{ edition }}", *server.options()]

    code, told = run(*asked)

    assert code == 1 and codes(told) == ["mail-recipient"]
    assert told["diagnostics"][0]["message"] == (
        "the briefing has no edition 'bord'; did you mean 'board'?"
    )
    assert (told["mail"]["sent"], len(told["mail"]["journals"])) == (4, 3)
    got = {m.recipients[0][:4]: m.message for m in server.desk.taken}
    assert {who: attached(message) for who, message in got.items()} == {
        "ben@": ["small.pptx"],
        "anna": ["small-board.pptx"],
        "dora": ["small-board.pptx"],
        "cem@": ["small-press.pptx"],
    }
    assert str(got["anna"]["Subject"]) == "For the board, board"
    body = got["cem@"].get_body(("html",))
    assert body is not None and body["Content-Language"] == "de"

    people.write_text(f"{ROWS}emil@example.org,board\n")
    code, told = run(*asked)

    assert (code, told["mail"]["sent"], told["mail"]["sent-before"]) == (0, 1, 4)
    assert server.desk.taken[-1].recipients == ("emil@example.org",)


def test_an_edition_with_an_error_keeps_every_letter_from_going(
    project: Path, run: Run, server: Server
) -> None:
    (project / "briefing.yml").write_text(TWO.replace("language: de", "csl: nothing"))
    Path("people.csv").write_text(ROWS)
    asked = ["--recipients", "people.csv", "--attach", "pptx", "--from", "desk@example.org"]

    code, told = run(*asked, "--send", "--yes", *server.options())

    assert code == 1 and codes(told) == ["citation-style"]
    assert server.desk.taken == []


def test_editions_of_a_batch_go_as_they_are(
    project: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "briefing.yml").write_text(TWO)
    Path("people.csv").write_text("address,edition\nanna@example.org,board\n")
    monkeypatch.setattr("builder.batch.running.processes", here)
    assert main(["batch", str(project), "--editions", "all", "-t", "pptx", "-q"]) == 0
    monkeypatch.setattr("builder.mail.files.write_format", lambda *given: pytest.fail("built"))

    assert run("--recipients", "people.csv", "--attach", "pptx")[0] == 0

    (sent,) = draft("output/small/small-board.eml").iter_attachments()
    assert sent.get_content() == Path("output/small/small-board.pptx").read_bytes()


def test_what_would_go_is_shown_for_each_edition(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "briefing.yml").write_text(TWO)
    Path("people.csv").write_text(ROWS)
    asked = ["--recipients", "people.csv", "--attach", "pptx", "--dry-run"]

    assert main(["mail", *asked]) == 0

    told = capsys.readouterr().out
    assert [line for line in told.splitlines() if line.startswith(("Edition:", "Messages:"))] == [
        "Messages: 1, one for each",
        "Edition:  board",
        "Messages: 2, one for each",
        "Edition:  press",
        "Messages: 1, one for each",
    ]


def test_a_moved_reader_does_not_get_another_letter_unasked(
    project: Path, run: Run, server: Server
) -> None:
    (project / "briefing.yml").write_text(TWO)
    asked = ["--recipients", "people.csv", "--attach", "pptx", "--from", "desk@example.org"]
    asked += ["--send", "--yes", *server.options()]
    Path("people.csv").write_text("address,edition\nanna@example.org,board\n")
    assert run(*asked)[0] == 0
    Path("people.csv").write_text("address,edition\nanna@example.org,press\n")

    code, told = run(*asked)

    assert code == 1 and codes(told) == ["mail-earlier"] and len(server.desk.taken) == 1
