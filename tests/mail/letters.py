"""Letters for tests: the shipped example's, with made-up files."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from builder.addresses import Address
from builder.build import Prepared, prepare
from builder.diagnostics import Diagnostics
from builder.job import Job
from builder.mail.body import compose_body
from builder.mail.letter import Letter
from builder.mail.page import Attached, Common
from builder.mail.people import Recipient
from builder.mail.picture import draw_inset
from tests.support.built import EXAMPLE

DESK = Address("desk", "example.org", "Briefing desk")
ANNA = Address("anna", "example.org", "Anna Berg")
FILES = (
    Attached("water.pdf", "pdf", b"%PDF " * 2000, 9),
    Attached("water.docx", "docx", b"PK\3\4" * 4000, 1),
    Attached("water.pptx", "pptx", bytes(range(256)) * 60, 11),
)


@cache
def example() -> Prepared:
    """Give the shipped example, read and checked."""
    log = Diagnostics()
    return prepare(Job(EXAMPLE), log)


@cache
def common(link: str = "", unsubscribe: str = "", *, picture: bool = True) -> Common:
    """Give what the example's mail says to everybody."""
    prepared = example()
    body = compose_body(prepared.document)
    assert body.chart is not None
    log = Diagnostics()
    inset = draw_inset(body.chart, prepared.theme, "en", log) if picture else None
    assert not list(log)
    return Common(body, prepared.theme, inset, FILES, link, unsubscribe)


def letter(**changes: object) -> Letter:
    """Give a letter; `changes` are fields of Letter."""
    made = Letter(common(), example().document.words, "New: {{ title }}", "", DESK)
    return replace(made, **changes)  # type: ignore[arg-type]  # a test's own shorthand


def reader(name: str = "", language: str = "", **values: str) -> Recipient:
    """Give a reader of a list."""
    return Recipient(Address("anna", "example.org", name), "", language, values)
