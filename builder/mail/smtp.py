"""One message to a server, and an honest answer: accepted, refused, later, or nobody knows.

The terminating dot is held back until the caller has noted that it is about to go. Before it no
server can have accepted anything, after it any may have.
"""

from __future__ import annotations

import base64
import re
import smtplib
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum

from builder.addresses import Address
from builder.mail.account import Account, is_loopback, tls_context

TIMEOUT = 60.0
END_TIMEOUT = 600.0
"""For the answer to a whole message, which servers may search first (RFC 5321, 4.5.3.2.6)."""

IDLE = 10.0
"""Seconds after which a line is tried before it is used: servers hang up on those who wait."""

LONGEST_REPLY = 300
_DOTS = re.compile(rb"^\.", re.MULTILINE)


class Fate(Enum):
    """What became of a message, for one recipient."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    DEFERRED = "deferred"  # 4xx, or the line was cut before the end: surely not accepted
    DOUBTFUL = "doubtful"  # the line was cut after the end, and before the answer


@dataclass(frozen=True, slots=True)
class Answer:
    """A recipient's fate, in the server's words."""

    fate: Fate
    words: str


class ServerError(Exception):
    """The server cannot be used for any message; `again` tells whether it may be, later."""

    def __init__(self, message: str, *, hint: str = "", again: bool = False) -> None:
        super().__init__(message)
        self.hint = hint
        self.again = again


class SenderRefused(Exception):
    """The server takes nothing from this sender, or not this much."""


class Line:
    """A line to a server, opened when it is needed."""

    def __init__(self, account: Account, *, timeout: float = TIMEOUT) -> None:
        self.account = account
        self._timeout = timeout
        self._context = tls_context(account) if account.security != "none" else None
        self._smtp: smtplib.SMTP | None = None
        self._used = 0.0

    def open(self) -> None:
        """Connect, encrypt, log in, unless the line is there. Raises ServerError."""
        if self._smtp is not None and time.monotonic() - self._used > IDLE:
            self._try()
        self._used = time.monotonic()
        if self._smtp is not None:
            return
        where = self.account.place
        try:
            self._smtp = self._connected()
            self._encrypt(self._smtp)
            self._log_in(self._smtp)
        except ServerError:
            self.close()
            raise
        except ssl.SSLCertVerificationError as fault:
            self.close()
            raise ServerError(
                f"the certificate of {where} is not to be trusted: {fault.verify_message}",
                hint="check the host's name, or give its authority by --smtp-ca",
            ) from fault
        except ssl.SSLError as fault:
            self.close()
            raise ServerError(
                f"no encrypted line to {where}: {fault.reason or fault}",
                hint="port 587 speaks starttls, port 465 tls: check --smtp-security",
            ) from fault
        except (OSError, smtplib.SMTPException) as fault:
            self.close()
            raise _no_line(where, fault) from fault

    def _try(self) -> None:
        """Close the line if nobody answers at its other end."""
        assert self._smtp is not None
        try:
            code, _ = self._smtp.noop()
        except (OSError, smtplib.SMTPException):
            code = 421
        if code != 250:
            self.close()

    def _connected(self) -> smtplib.SMTP:
        account, own = self.account, "[127.0.0.1]"
        if account.security == "tls":
            assert self._context is not None
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                account.host, account.port, own, timeout=self._timeout, context=self._context
            )
        else:
            smtp = smtplib.SMTP(account.host, account.port, own, timeout=self._timeout)
        self._check_near(smtp)
        smtp.local_hostname = _own_name(smtp)
        return smtp

    def _check_near(self, smtp: smtplib.SMTP) -> None:
        """Without encryption, see where the line ends: a name may have changed its address."""
        if self.account.security != "none" or smtp.sock is None:
            return
        if not is_loopback(str(smtp.sock.getpeername()[0])):
            smtp.close()
            raise ServerError(f"{self.account.place} is another machine, and nothing goes there")

    def _encrypt(self, smtp: smtplib.SMTP) -> None:
        smtp.ehlo()
        if self.account.security != "starttls":
            return
        if not smtp.has_extn("starttls"):
            raise ServerError(
                f"{self.account.place} offers no encryption, and nothing is sent without it",
                hint="check host and port, or use --smtp-security tls",
            )
        smtp.starttls(context=self._context)
        smtp.ehlo()

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        account = self.account
        if not account.user:
            return
        if not smtp.has_extn("auth"):
            raise ServerError(
                f"{account.place} takes no user and password", hint="leave out --smtp-user"
            )
        try:
            _authenticate(smtp, account)
        except smtplib.SMTPAuthenticationError as fault:
            words = _words(fault.smtp_code, fault.smtp_error)
            raise ServerError(
                f"{account.place} does not accept {account.user!r} with this password: {words}",
                hint="check user and password; some providers want a password for programs",
                again=400 <= fault.smtp_code < 500,
            ) from fault

    @property
    def most(self) -> int:
        """The largest message that the server takes, in bytes; 0: it does not say."""
        if self._smtp is None or not self._smtp.has_extn("size"):
            return 0
        said = self._smtp.esmtp_features.get("size", "").split()
        return int(said[0]) if said and said[0].isdigit() else 0

    def send(
        self,
        sender: Address,
        recipients: Sequence[Address],
        message: bytes,
        note: Callable[[Sequence[Address]], None],
    ) -> dict[Address, Answer]:
        """Send one message; give what became of it for each recipient.

        `note` is called with those who are about to get it, just before the end of the message
        goes. Raises ServerError where no line can be had, SenderRefused for the sender.
        """
        self.open()
        smtp = self._smtp
        assert smtp is not None
        answers: dict[Address, Answer] = {}
        noted: tuple[Address, ...] = ()
        try:
            taken = self._addressed(smtp, sender, recipients, len(message), answers)
            if not taken:
                smtp.rset()
                return answers
            smtp.putcmd("data")
            code, words = smtp.getreply()
            if code != 354:
                answers |= dict.fromkeys(taken, _answer(code, words))
                self._again(code)
                return answers
            self._wait_at_most(END_TIMEOUT)
            smtp.send(_DOTS.sub(b"..", message).removesuffix(b"\r\n"))
            note(taken)
            noted = taken
            smtp.send(b"\r\n.\r\n")
            code, words = smtp.getreply()
            answers |= dict.fromkeys(taken, _answer(code, words))
            self._wait_at_most(self._timeout)
            self._used = time.monotonic()
            if code == 421:
                self.close()
        except (OSError, smtplib.SMTPException) as fault:
            self.close()
            fate = Fate.DOUBTFUL if noted else Fate.DEFERRED
            lost = Answer(fate, f"the line was cut: {fault}"[:LONGEST_REPLY])
            answers |= {one: lost for one in recipients if one not in answers}
        except BaseException:  # no journal, or the user: what has not ended must never end
            self._drop()
            raise
        return answers

    def _addressed(
        self,
        smtp: smtplib.SMTP,
        sender: Address,
        recipients: Sequence[Address],
        size: int,
        answers: dict[Address, Answer],
    ) -> tuple[Address, ...]:
        """Name sender and recipients; give those taken, and note the answers of the others."""
        modern = smtp.has_extn("smtputf8")
        askable = [a for a in recipients if a.is_ascii or modern]
        for other in recipients:
            if other not in askable:
                words = "the server takes no address with letters of other scripts"
                answers[other] = Answer(Fate.REFUSED, words)
        if not askable:
            return ()
        options = [f"size={size}"] if smtp.has_extn("size") else []
        if not all(a.is_ascii for a in (sender, *recipients)):
            if not modern:
                raise SenderRefused("the server takes no sender with letters of other scripts")
            options += ["SMTPUTF8", "BODY=8BITMIME"]
        # By commands of our own: smtplib's mail() and rcpt() would rewrite addresses of odd forms.
        smtp.command_encoding = "utf-8"
        code, reply = smtp.docmd("MAIL", " ".join([f"FROM:<{sender.spec}>", *options]))
        if code != 250:
            answer = _answer(code, reply)
            self._again(code)
            if answer.fate is Fate.REFUSED:
                raise SenderRefused(answer.words)
            answers |= dict.fromkeys(askable, answer)
            return ()
        taken = []
        for one in askable:
            code, reply = smtp.docmd("RCPT", f"TO:<{one.spec}>")
            if 200 <= code < 300:
                taken.append(one)
            else:
                answers[one] = _answer(code, reply)
            if code == 421:
                raise smtplib.SMTPServerDisconnected(answers[one].words)
        return tuple(taken)

    def _wait_at_most(self, seconds: float) -> None:
        if self._smtp is not None and self._smtp.sock is not None:
            self._smtp.sock.settimeout(seconds)

    def _again(self, code: int) -> None:
        """Make the line ready for the next message; after 421 it is closed by the server."""
        if code == 421 or self._smtp is None:
            self.close()
            return
        try:
            self._smtp.rset()
        except (OSError, smtplib.SMTPException):
            self.close()

    def close(self) -> None:
        """Say goodbye."""
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        with suppress(OSError, smtplib.SMTPException):
            smtp.quit()
        smtp.close()

    def _drop(self) -> None:
        """Hang up without a word: a word would be taken for the message's own."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()


def _authenticate(smtp: smtplib.SMTP, account: Account) -> None:
    if account.user.isascii() and account.password.isascii():
        smtp.login(account.user, account.password)
        return
    # The standard library's login speaks ASCII alone; RFC 4616 wants UTF-8.
    secret = f"\0{account.user}\0{account.password}".encode()
    code, words = smtp.docmd("AUTH", "PLAIN " + base64.b64encode(secret).decode())
    if code not in (235, 503):
        raise smtplib.SMTPAuthenticationError(code, words)


def _own_name(smtp: smtplib.SMTP) -> str:
    """Give our address as a greeting names it; the machine's own name is nobody's business."""
    address = str(smtp.sock.getsockname()[0]).split("%")[0] if smtp.sock else "127.0.0.1"
    return f"[IPv6:{address}]" if ":" in address else f"[{address}]"


def _no_line(where: str, fault: Exception) -> ServerError:
    if isinstance(fault, socket.gaierror):
        return ServerError(f"there is no server {where}", hint="check --smtp-host")
    if isinstance(fault, smtplib.SMTPResponseException):
        words = _words(fault.smtp_code, fault.smtp_error)
        again = 400 <= fault.smtp_code < 500
        return ServerError(f"{where} takes no mail: {words}", again=again)
    return ServerError(
        f"no line to {where}: {getattr(fault, 'strerror', None) or fault}",
        hint="check host, port, --smtp-security and network",
        again=True,
    )


def _answer(code: int, words: bytes | str) -> Answer:
    if 200 <= code < 300:
        return Answer(Fate.ACCEPTED, _words(code, words))
    fate = Fate.REFUSED if 500 <= code < 600 else Fate.DEFERRED
    return Answer(fate, _words(code, words))


def _words(code: int, words: bytes | str) -> str:
    """Give a server's reply in one line, without what could upset a terminal."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    clean = "".join(c if c.isprintable() else " " for c in text)
    return f"{code} {' '.join(clean.split())}"[:LONGEST_REPLY]
