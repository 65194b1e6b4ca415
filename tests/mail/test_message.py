"""The message's bytes, read back by the standard library and by a second parser."""

from __future__ import annotations

import email
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import fast_mail_parser
import pytest

from builder.addresses import Address
from builder.diagnostics import Diagnostics
from builder.mail import mime
from builder.mail.letter import Envelope, Letter
from builder.mail.page import Attached
from tests.mail.letters import ANNA, DESK, FILES, common, letter, reader

SOON = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def draft(made: Letter, envelope: Envelope | None = None, **who: str) -> bytes:
    recipient = reader(**who) if who else None
    return made.draft(envelope or Envelope((ANNA,)), recipient, Diagnostics())


def parsed(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    assert not [part.defects for part in message.walk() if part.defects]
    return message


def shape(message: EmailMessage) -> object:
    if not message.is_multipart():
        return message.get_content_type()
    parts = message.iter_parts()
    return {message.get_content_subtype(): [shape(p) for p in parts if isinstance(p, EmailMessage)]}


def test_it_is_built_as_mail_programs_expect_it() -> None:
    assert shape(parsed(draft(letter()))) == {
        "mixed": [
            {"alternative": ["text/plain", {"related": ["text/html", "image/png"]}]},
            "application/pdf",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ]
    }


def test_a_draft_is_unsent_and_has_neither_date_nor_id() -> None:
    message = parsed(draft(letter(), Envelope((ANNA,), (DESK,), (Address("b", "example.org"),))))

    assert message["X-Unsent"] == "1"
    assert (message["Date"], message["Message-ID"]) == (None, None)
    assert (message["To"], message["Cc"], message["Bcc"]) == (
        "Anna Berg <anna@example.org>",
        "Briefing desk <desk@example.org>",
        "b@example.org",
    )


def test_a_sent_message_has_date_and_id_and_names_no_hidden_reader() -> None:
    envelope = Envelope((ANNA,), (), (Address("secret", "example.org"),))
    data = letter().message(envelope, None, Diagnostics(), date=SOON, message_id="<x@example.org>")
    message = parsed(data)

    assert message["Date"] == "Fri, 02 Jan 2026 03:04:05 +0000"
    assert message["Message-ID"] == "<x@example.org>"
    assert message["X-Unsent"] is None
    assert b"secret" not in data


def test_the_same_letter_gives_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    code = (
        "import sys; from tests.mail.test_message import draft, letter\n"
        "sys.stdout.buffer.write(draft(letter(), name='Анна'))"
    )
    made = [
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ".", "TZ": zone, "HOME": str(tmp_path)},
        ).stdout
        for seed, zone in (("1", "Asia/Tokyo"), ("77", "America/Lima"))
    ]

    assert made[0] == made[1]
    assert len(made[0]) > 50_000


def test_both_parsers_read_the_files_back_whole() -> None:
    data = draft(letter())
    attached = list(parsed(data).iter_attachments())
    second = fast_mail_parser.parse_email(data)

    assert [(a.get_filename(), a.get_content()) for a in attached] == [
        (file.name, file.data) for file in FILES
    ]
    told = {a.filename: a.content for a in second.attachments}
    for file in FILES:
        assert told[file.name] == file.data


def test_both_parsers_read_the_same_words_and_the_chart() -> None:
    data = draft(letter(), name="Анна «Берг»")
    message = parsed(data)
    body = message.get_body(("html",))
    plain = message.get_body(("plain",))
    assert body is not None and plain is not None
    second = fast_mail_parser.parse_email(data)

    assert "Dear Анна «Берг»," in plain.get_content()
    assert second.text_plain[0].replace("\r\n", "\n") == plain.get_content().replace("\r\n", "\n")
    assert second.text_html[0].replace("\r\n", "\n") == body.get_content().replace("\r\n", "\n")
    assert 'src="cid:chart@briefing"' in body.get_content()
    (image,) = [p for p in message.walk() if p.get_content_type() == "image/png"]
    assert image["Content-ID"] == "<chart@briefing>"
    assert image.get_content_disposition() == "inline"


SUBJECTS = [
    "Policy Briefing No. 1: A quiet partnership",
    "İsrail və Azərbaycan: səssiz tərəfdaşlıq, ticarət, silah və neft haqqında yeni icmal",
    "Израиль и Азербайджан",
    "ישראל ואזרבייג'ן",
    "A subject of many words " * 10 + "end",
    "W" * 200,
    "Two  spaces and =?utf-8?q?trick?= and a tab-free end",
    "Emoji 🛢️ and 👩‍👩‍👧‍👦 families, at the edge of encoded words",
    '100 % \\ "quoted" <b>&amp;</b>',
]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_subject_comes_back_from_both_parsers(subject: str) -> None:
    data = draft(letter(subject=subject.replace("{", "")))

    assert parsed(data)["Subject"] == subject
    assert fast_mail_parser.parse_email(data).subject == subject


NAMES = [
    "Anna Berg",
    "Berg, Anna",
    'Anna "the Boss" Berg',
    "back\\slash",
    "Müller & Söhne <info>",
    "Şəfiqə Əliyeva",
    "О’Брайен, Иван",
    "J. R. (Bob) Smith",
    "Very long name " * 8 + "end",
    "=?utf-8?q?x?=",
    "a@b.example",
]


@pytest.mark.parametrize("name", NAMES)
def test_every_name_comes_back(name: str) -> None:
    person = Address("anna", "example.org", name)
    message = parsed(draft(letter(), Envelope((person, DESK))))

    first, second = message["To"].addresses
    assert (first.display_name, first.addr_spec) == (name, "anna@example.org")
    assert second.addr_spec == "desk@example.org"


def test_a_long_name_of_another_script_comes_back_in_several_words() -> None:
    name = "Константин Константинович Константинопольский, старший советник"
    data = draft(letter(), Envelope((Address("k", "example.org", name),)))

    header = email.message_from_bytes(data)["To"]  # as it travels
    assert str(make_header(decode_header(header))) == f"{name} <k@example.org>"
    assert max(map(len, header.splitlines())) <= 76


def test_no_line_is_longer_than_servers_take_and_all_end_in_cr_lf() -> None:
    data = draft(letter(subject="W" * 300, text="word " * 3000), name="x" * 200)
    lines = data.split(b"\r\n")

    assert b"\n" not in b"".join(lines) and b"\r" not in b"".join(lines)
    assert max(map(len, lines)) <= 998
    assert [line for line in data.split(b"\r\n\r\n")[0].split(b"\r\n") if len(line) > 78] == []
    assert data.isascii()


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\x0b", "\u2028", "\x00"])
def test_a_line_break_in_subject_or_name_is_refused(break_: str) -> None:
    evil = f"Hello{break_}Bcc: victim@example.org"

    with pytest.raises(ValueError, match="has a character that a subject cannot have"):
        draft(letter(subject=evil))
    with pytest.raises(ValueError, match="has a character that a name cannot have"):
        draft(letter(), Envelope((Address("a", "example.org", evil),)))
    with pytest.raises(ValueError, match="cannot have"):
        mime.unstructured("Subject", evil)


def test_a_template_is_filled_in_for_the_reader_and_a_value_is_never_one() -> None:
    made = letter(subject="For {{ name }}", text="Dear {{ position }}, {{ title }}")
    message = parsed(draft(made, name="{{ 7 * 7 }}", position="{% raw %}"))

    assert message["Subject"] == "For {{ 7 * 7 }}"
    plain = message.get_body(("plain",))
    assert plain is not None and "Dear {% raw %}, " in plain.get_content()


@pytest.mark.parametrize(
    "text", ["{{ nobody }}", "{{ ''.__class__.__mro__ }}", "{% for %}", "{{ 1 / 0 }}", "{{ x"]
)
def test_a_template_that_cannot_be_filled_in_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="the text cannot be filled in"):
        draft(letter(text=text), name="Anna")


def test_html_in_a_name_is_text() -> None:
    message = parsed(draft(letter(text="<script>x</script>"), name="<b>Anna</b> & Co"))
    html = message.get_body(("html",))
    assert html is not None

    assert "Dear &lt;b&gt;Anna&lt;/b&gt; &amp; Co," in html.get_content()
    assert "<script>" not in html.get_content()


def test_a_file_name_of_another_script_comes_the_new_way_and_as_outlook_wants_it() -> None:
    file = Attached("отчёт-2026.pdf", "pdf", b"%PDF", 1)
    made = letter(common=replace(common(), files=(file,)))
    data = draft(made)

    (attached,) = parsed(data).iter_attachments()
    assert attached.get_filename() == "отчёт-2026.pdf"
    assert b"filename*=UTF-8''%D0%BE" in data
    assert re.search(rb'Content-Type: application/pdf;\r\n name="=\?utf-8\?b\?', data)


def test_every_file_is_named_twice() -> None:
    data = draft(letter())

    assert data.count(b'name="water.pdf"') == 2
    assert b'Content-Type: application/pdf;\r\n name="water.pdf"' in data
    assert b'Content-Disposition: attachment;\r\n filename="water.pdf"' in data


def test_the_language_of_the_reader_picks_the_mails_own_words() -> None:
    plain = parsed(draft(letter(), name="Анна", language="ru")).get_body(("plain",))
    assert plain is not None

    assert "Здравствуйте, Анна!" in plain.get_content()
    assert "Во вложении" in plain.get_content() and "9 стр." in plain.get_content()


def test_a_list_can_be_left() -> None:
    leave = "https://example.org/leave"
    message = parsed(draft(letter(common=common(unsubscribe=leave))))
    plain = message.get_body(("plain",))
    assert plain is not None

    assert message["List-Unsubscribe"] == f"<{leave}>"
    assert f"Leave the list: {leave}" in plain.get_content()


def test_the_plain_text_is_wrapped() -> None:
    plain = parsed(draft(letter(text="word " * 60))).get_body(("plain",))
    assert plain is not None

    assert max(map(len, plain.get_content().splitlines())) <= 72


def test_without_files_and_without_a_chart_it_is_simpler() -> None:
    bare = replace(common(picture=False), files=())

    assert shape(parsed(draft(letter(common=bare)))) == {"alternative": ["text/plain", "text/html"]}
