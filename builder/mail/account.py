"""The account that mail is sent by: server, security, user, and last of all the password.

It is never taken from the command line or from a file of the project, where others could read it.
"""

from __future__ import annotations

import getpass
import ipaddress
import os
import re
import socket
import ssl
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Security = Literal["starttls", "tls", "none"]
SECURITIES: tuple[Security, ...] = ("starttls", "tls", "none")
PORTS: Mapping[Security, int] = {"starttls": 587, "tls": 465, "none": 25}
PASSWORD = "BRIEFING_SMTP_PASSWORD"
KEYRING = "briefing-builder"
"""The name under which the keyring holds passwords, each for "user@host"."""


class AccountError(ValueError):
    """The account cannot be used; the message says why, `hint` what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line says of the account; what it leaves out, the environment may say."""

    host: str = ""
    port: str = ""
    user: str = ""
    security: str = ""
    ca: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """A mail server, and how to reach it."""

    host: str
    port: int
    security: Security
    user: str = ""
    ca: Path | None = None
    password: str = field(default="", repr=False)

    @property
    def place(self) -> str:
        """The server in words."""
        how = {"starttls": "STARTTLS", "tls": "TLS", "none": "no encryption"}[self.security]
        return f"{self.host}:{self.port} ({how})"


def read_account(wish: Wish, environment: Mapping[str, str]) -> Account:
    """Put an account together, without its password. Raises AccountError where it is unusable."""

    def given(value: str, name: str) -> str:
        return (value or environment.get(f"BRIEFING_SMTP_{name}", "")).strip()

    host = _host(given(wish.host, "HOST"))
    if not host:
        raise AccountError("no mail server is named", "give --smtp-host, or set BRIEFING_SMTP_HOST")
    port = given(wish.port, "PORT")
    if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise AccountError(f"{port!r} is no port", "write a number such as 587 or 465")
    security = given(wish.security, "SECURITY") or ("tls" if port == "465" else "starttls")
    kind = next((known for known in SECURITIES if known == security), None)
    if kind is None:
        raise AccountError(
            f"{security!r} is no kind of security", f"write one of {', '.join(SECURITIES)}"
        )
    if kind == "none" and not is_loopback(host):
        raise AccountError(
            f"{host} is another machine, and nothing goes there without encryption",
            "use --smtp-security starttls or tls",
        )
    ca = given(wish.ca, "CA")
    if ca and not Path(ca).is_file():
        raise AccountError(f"there is no file of certificates {ca!r}", "check --smtp-ca")
    user = given(wish.user, "USER")
    number = int(port) if port else PORTS[kind]
    return Account(host, number, kind, user, Path(ca) if ca else None)


def _host(written: str) -> str:
    """Give a server's name in its ASCII form, or its address without brackets."""
    bare = written[1:-1] if written.startswith("[") and written.endswith("]") else written
    with suppress(ValueError):
        ipaddress.ip_address(bare)
        return bare
    try:
        name = written.encode("idna").decode("ascii")
    except UnicodeError:
        name = ""
    if written and not re.fullmatch(r"[A-Za-z0-9._-]+", name):
        hint = "a port is given by --smtp-port" if ":" in written else "check --smtp-host"
        raise AccountError(f"{written!r} is no name of a server", hint)
    return name


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine, by every address that its name has."""
    try:
        found = socket.getaddrinfo(host, None)
    except (OSError, UnicodeError):
        return False
    addresses = {str(entry[4][0]).split("%")[0] for entry in found}
    return bool(addresses) and all(ipaddress.ip_address(a).is_loopback for a in addresses)


def tls_context(account: Account) -> ssl.SSLContext:
    """Give the rules of encryption: certificates and names are checked, TLS 1.2 at least.

    The authorities are the system's (SSL_CERT_FILE is heeded), or those of the account's own file
    alone. Raises AccountError where that file holds none.
    """
    try:
        context = ssl.create_default_context(cafile=str(account.ca) if account.ca else None)
    except (ssl.SSLError, OSError) as fault:
        raise AccountError(
            f"{account.ca} holds no certificates that can be used: {fault}", "give a PEM file"
        ) from fault
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def find_password(account: Account, environment: Mapping[str, str]) -> str:
    """Give the password: of the environment, else of the keyring, else asked for.

    Raises AccountError where there is none and nobody to ask.
    """
    given = environment.get(PASSWORD)
    if given:
        return given
    kept = _from_keyring(account)
    if kept:
        return kept
    if not sys.stdin.isatty():
        raise AccountError(
            f"there is no password for {account.user} at {account.host}",
            f"set {PASSWORD}, or keep it by: keyring set {KEYRING} {account.user}@{account.host}",
        )
    try:
        return getpass.getpass(f"Password of {account.user} at {account.host}: ")
    except EOFError:
        raise AccountError("no password was given; nothing was sent") from None


def _from_keyring(account: Account) -> str:
    import keyring
    import keyring.errors

    try:
        return keyring.get_password(KEYRING, f"{account.user}@{account.host}") or ""
    except keyring.errors.KeyringError:
        return ""  # a machine without one, or one that stays locked: the password is asked for


def environment() -> Mapping[str, str]:
    """Give the variables of the process."""
    return os.environ
