"""A real SMTP server in the test: encrypted, with users, and as unreliable as it is told to be."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import cache
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "desk", "correct horse"
Rule = Callable[[str, int], str | None]
"""Takes an address and how often it was asked for before; gives a reply of its own, or None."""


@dataclass(frozen=True)
class Received:
    """A message as the server took it."""

    sender: str
    recipients: tuple[str, ...]
    data: bytes

    @property
    def message(self) -> EmailMessage:
        """The message, parsed."""
        parsed = message_from_bytes(self.data, policy=default)
        assert isinstance(parsed, EmailMessage)
        return parsed


@dataclass
class Desk:
    """What the server does with those who come, and what it has taken."""

    rcpt: Rule = lambda address, before: None
    data: Rule = lambda address, before: None
    mail: Rule = lambda address, before: None
    cut_in_data: Callable[[int], bool] = lambda number: False  # by the number of the DATA command
    cut_after_data: Callable[[str], bool] = lambda address: False  # accepted, but never answered
    hang_up: bool = False  # after each message
    accepted: Counter[str] = field(default_factory=Counter)
    taken: list[Received] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    started: int = 0
    lines: int = 0
    on_accepted: Callable[[int], None] = lambda count: None
    on_rcpt: Callable[[int], None] = lambda count: None

    async def handle_EHLO(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, said: list[str]
    ) -> list[str]:
        """Count the lines."""
        session.host_name = hostname
        self.lines += 1
        return said

    async def handle_MAIL(  # noqa: N802  # as above
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a sender, or not."""
        own = self.mail(address, self.asked["MAIL"])
        self.asked["MAIL"] += 1
        if own:
            return own
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802  # as above
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient, or not."""
        own = self.rcpt(address, self.asked[address])
        self.asked[address] += 1
        self.on_rcpt(sum(self.asked.values()))
        if own == "cut":
            server.transport.abort()
            return "421 gone"
        if own:
            return own
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  # as above
        self, server: Any, session: Session, envelope: Envelope
    ) -> str:
        """Take a message, or not."""
        people = tuple(str(to) for to in envelope.rcpt_tos)
        for address in people:
            own = self.data(address, self.asked[f"DATA {address}"])
            self.asked[f"DATA {address}"] += 1
            if own:
                return own
        content = envelope.content
        assert isinstance(content, bytes)
        self.taken.append(Received(str(envelope.mail_from), people, content))
        self.accepted.update(people)
        self.on_accepted(sum(self.accepted.values()))
        if any(self.cut_after_data(address) for address in people):
            server.transport.abort()
        if self.hang_up:
            asyncio.get_running_loop().call_later(0.1, server.transport.close)
        return "250 taken"


class Unreliable(SMTP):
    """An SMTP server whose lines may be cut in the middle of a message."""

    desk: Desk

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  # aiosmtpd's name
        """Take a message; now and then, cut the line while it comes."""
        self.desk.started += 1
        if self.desk.cut_in_data(self.desk.started):
            await self.push("354 go on")
            await self._reader.read(500)
            assert isinstance(self.transport, asyncio.WriteTransport)
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


@dataclass(frozen=True)
class Server:
    """A running server."""

    host: str
    port: int
    desk: Desk
    ca: Path

    def options(self, security: str = "starttls") -> list[str]:
        """Give the options by which `briefing mail` finds it."""
        options = ["--smtp-host", self.host, "--smtp-port", str(self.port)]
        options += ["--smtp-security", security]
        return options if security == "none" else [*options, "--smtp-ca", str(self.ca)]


@cache
def authority() -> trustme.CA:
    """Give the authority that signs the server's certificates."""
    return trustme.CA()


def certificate(name: str = "localhost") -> ssl.SSLContext:
    """Give a server's side of TLS, with a certificate for a host."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority().issue_cert(name).configure_cert(context)
    return context


@contextmanager
def serving(
    desk: Desk,
    folder: Path,
    *,
    security: str = "starttls",
    auth: bool = False,
    name: str = "localhost",
    size: int = 30_000_000,
) -> Iterator[Server]:
    """Run a server until the block ends."""
    ca = folder / "authority.pem"
    authority().cert_pem.write_to_path(str(ca))

    def check(server: object, session: object, envelope: object, mechanism: str, data: object) -> AuthResult:  # fmt: skip
        assert isinstance(data, LoginPassword)
        good = data.login == USER.encode() and data.password == PASSWORD.encode()
        return AuthResult(success=good, handled=False)

    options: Mapping[str, Any] = {
        "data_size_limit": size,
        "enable_SMTPUTF8": True,
        "authenticator": check if auth else None,
        "auth_required": auth,
        "auth_require_tls": security != "none",
        "tls_context": certificate(name) if security == "starttls" else None,
        "require_starttls": security == "starttls",
        "hostname": "mail.example.org",
    }

    class Running(Controller):
        def factory(self) -> SMTP:
            server = Unreliable(self.handler, **options)
            server.desk = desk
            return server

    context = certificate(name) if security == "tls" else None
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Running(
        desk, hostname="127.0.0.1", port=port, ssl_context=context, ready_timeout=20
    )
    controller.start()
    try:
        yield Server("localhost", port, desk, ca)
    finally:
        controller.stop()
