"""The letter: what it says, from whom, with what; and for one reader, its bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime
from functools import cached_property, lru_cache

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from builder.addresses import Address, check_line, check_text, shown
from builder.diagnostics import Diagnostics
from builder.mail import mime
from builder.mail.files import CONTENT_TYPES
from builder.mail.page import CHART_ID, Common, Personal, html_page, text_page
from builder.mail.people import Recipient
from builder.mail.words import knows, mail_words

LONGEST_SUBJECT = 300
LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Envelope:
    """Whom one message is addressed to."""

    to: tuple[Address, ...]
    cc: tuple[Address, ...] = ()
    bcc: tuple[Address, ...] = ()

    @property
    def everybody(self) -> tuple[Address, ...]:
        """Each address once."""
        return tuple({a.key: a for a in (*self.to, *self.cc, *self.bcc)}.values())


@dataclass(frozen=True)
class Letter:
    """A covering mail before it is addressed."""

    common: Common
    words: Mapping[str, str]  # the document's, with what project and theme set
    subject: str  # a template
    text: str  # a template
    sender: Address | None
    reply_to: Address | None = None

    def draft(self, envelope: Envelope, recipient: Recipient | None, log: Diagnostics) -> bytes:
        """Give a message for a mail program to open and send: no date, no id.

        Raises ValueError where the text does not fit the recipient.
        """
        everybody = [("Bcc", envelope.bcc)] if envelope.bcc else []
        headers = [("X-Unsent", "1")]
        return self._message(envelope, everybody, headers, recipient, log)

    def message(
        self,
        envelope: Envelope,
        recipient: Recipient | None,
        log: Diagnostics,
        *,
        date: datetime,
        message_id: str,
    ) -> bytes:
        """Give a message to be sent now. Those of `bcc` are not named in it."""
        headers = [("Date", format_datetime(date)), ("Message-ID", message_id)]
        return self._message(envelope, [], headers, recipient, log)

    @cached_property
    def identity(self) -> str:
        """A digest of all that the letter says to everybody: another letter has another one."""
        reader = Recipient(Address("reader", "example.org"))
        unsaid = replace(self, subject="-", text="")  # they may name columns that this one has not
        digest = hashlib.sha256(unsaid.draft(Envelope(()), reader, Diagnostics()))
        for template in (self.subject, self.text):
            digest.update(f"\0{template}".encode())
        return digest.hexdigest()[:16]

    def personal(self, recipient: Recipient | None) -> Personal:
        """Give what the letter says to one reader. Raises ValueError where it cannot be said."""
        meta = self.common.body.meta
        asked = recipient.language if recipient else ""
        language = asked if asked and knows(asked) else meta.language
        words = mail_words(language, self.words, meta.language)
        name = recipient.address.name if recipient else ""
        values = _values(recipient, self.common)
        subject = " ".join(_filled(self.subject, values, "the subject").split(" ")).strip()
        check_line(subject, "a subject")
        if not subject or len(subject) > LONGEST_SUBJECT:
            raise ValueError(f"the subject has {len(subject)} characters: {shown(subject)}")
        text = _filled(self.text, values, "the text")
        check_text(text, "a text")
        if len(text) > LONGEST_TEXT:
            raise ValueError(f"the text has {len(text)} characters")
        dear = words["mail_dear"].replace("{name}", name) if name else words["mail_dear_reader"]
        return Personal(subject, dear, text, words, language)

    def _message(
        self,
        envelope: Envelope,
        hidden: Sequence[tuple[str, Sequence[Address]]],
        extra: Sequence[mime.Header],
        recipient: Recipient | None,
        log: Diagnostics,
    ) -> bytes:
        personal = self.personal(recipient)
        people = [
            ("From", [self.sender] if self.sender else []),
            ("Reply-To", [self.reply_to] if self.reply_to else []),
            ("To", envelope.to),
            ("Cc", envelope.cc),
            *hidden,
        ]
        headers = [mime.addresses(name, who) for name, who in people if who]
        if not envelope.to and not envelope.cc and envelope.bcc and not hidden:
            headers.append(("To", "undisclosed-recipients:;"))
        headers += [mime.unstructured("Subject", personal.subject), *extra]
        if self.common.unsubscribe:
            headers.append(("List-Unsubscribe", f"<{self.common.unsubscribe}>"))
        headers.append(("MIME-Version", "1.0"))
        words = self._words(personal, log)
        if not self._attached:
            return mime.multipart("alternative", words, headers)
        whole = mime.multipart("alternative", words)
        return mime.multipart("mixed", [whole, *self._attached], headers)

    def _words(self, personal: Personal, log: Diagnostics) -> list[bytes]:
        """Give the two bodies: plain text, and HTML with its picture."""
        language = self.common.body.meta.language
        plain = mime.text_part("text/plain", text_page(self.common, personal), language)
        html = mime.text_part("text/html", html_page(self.common, personal, log), language)
        inset = self.common.inset
        if inset is None:
            return [plain, html]
        image = mime.inline_image("image/png", inset.name, CHART_ID, inset.data)
        return [plain, mime.multipart('related; type="text/html"', [html, image])]

    @cached_property
    def _attached(self) -> tuple[bytes, ...]:
        return tuple(
            mime.attachment(CONTENT_TYPES[file.format], file.name, file.data)
            for file in self.common.files
        )

    def weights(self) -> tuple[tuple[str, int], ...]:
        """Give each attachment's size as it travels, the heaviest first."""
        pairs = zip(self.common.files, self._attached, strict=True)
        return tuple(sorted(((f.name, len(d)) for f, d in pairs), key=lambda pair: -pair[1]))


def _values(recipient: Recipient | None, common: Common) -> dict[str, str]:
    """Give what subject and text may name, a reader's own columns behind our words."""
    meta = common.body.meta
    known = recipient.values if recipient else {}
    return {
        **known,
        "name": recipient.address.name if recipient else "",
        "address": recipient.address.spec if recipient else "",
        "edition": recipient.edition if recipient else "",
        "language": (recipient.language if recipient else "") or meta.language,
        "title": meta.title,
        "subtitle": meta.subtitle,
        "issue": common.body.issue,
    }


_TAKEN = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If),
    *(nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Test),
    *(nodes.Filter, nodes.Keyword),
)
"""What a mail's text may be made of: names, words, conditions. Nothing repeats or reckons."""

_GROWING = frozenset("batch center format indent join map replace slice wordwrap xmlattr".split())
_SANDBOX = ImmutableSandboxedEnvironment(undefined=jinja2.StrictUndefined)


@lru_cache(maxsize=8)
def _compiled(template: str) -> jinja2.Template:
    for node in _SANDBOX.parse(template).find_all(nodes.Node):
        if not isinstance(node, _TAKEN) or getattr(node, "name", "") in _GROWING:
            raise ValueError(f"{type(node).__name__} is not used in the text of a mail")
    return _SANDBOX.from_string(template)


def _filled(template: str, values: Mapping[str, str], what: str) -> str:
    """Fill in a template of the author's; what stands in a list is never taken for one."""
    if "{" not in template:
        return template
    try:
        compiled = _compiled(template)
    except jinja2.TemplateSyntaxError as fault:
        raise ValueError(
            f"{what} cannot be filled in: braces that are never closed, or hold no name ({fault})"
        ) from fault
    except (jinja2.TemplateError, ValueError) as fault:
        raise ValueError(f"{what} cannot be filled in: {fault}") from fault
    try:
        return compiled.render(values)
    except jinja2.UndefinedError as fault:
        known = ", ".join(values)
        raise ValueError(f"{what} cannot be filled in: {fault}; there are {known}") from fault
    except (jinja2.TemplateError, ArithmeticError, TypeError, LookupError, AttributeError) as fault:
        raise ValueError(f"{what} cannot be filled in: {fault}") from fault
