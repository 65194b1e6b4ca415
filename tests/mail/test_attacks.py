"""Texts of a mail that would make endless work, and journals that are damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.addresses import Address
from builder.diagnostics import Diagnostics
from builder.mail.journal import Journal, JournalError
from builder.mail.letter import Envelope
from tests.mail.letters import letter

ENDLESS = [
    '{{ "a" * 10**10 }}',
    "{{ 9**9**9**9 }}",
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    '{{ "%9999999999d" % 1 }}',
    '{{ "{:9999999999}".format(1) }}',
    "{{ title.center(9999999999) }}",
    "{{ title | center(9999999999) }}",
    '{{ title | replace("", title) | replace("", title) }}',
    "{{ lipsum(n=99999) }}",
    "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "{{ cycler.__init__.__globals__.os.system('true') }}",
    "{% include '/etc/passwd' %}",
]


@pytest.mark.parametrize("text", ENDLESS)
def test_a_text_that_repeats_or_runs_is_refused(text: str) -> None:
    envelope = Envelope((Address("anna", "example.org"),))

    with pytest.raises(ValueError, match="cannot be filled in"):
        letter(text=text).draft(envelope, None, Diagnostics())


def test_a_text_may_still_depend_on_its_reader() -> None:
    envelope = Envelope((Address("anna", "example.org", "Anna"),))
    text = "{% if name %}Dear {{ name | upper }}{% else %}Hello{% endif %}, {{ title }}"

    assert b"Hello" in letter(text=text).draft(envelope, None, Diagnostics())


@pytest.mark.parametrize(
    "line", ['{"event": "unknown", "to": ["a@b.org"]}', "{}", "[]", "\0", '{"event": 7}']
)
def test_a_damaged_line_of_a_journal_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "journal"
    path.write_text(f'{{"event": "letter", "project": "p"}}\n{line}\n')

    with pytest.raises(JournalError, match="journal:2: this line of the journal is damaged"):
        Journal.open(path, "p")
