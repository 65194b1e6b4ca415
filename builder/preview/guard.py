"""Who may ask: this machine's own browser, at the application's own address, and nobody else.

A page from elsewhere may send requests to a server on this machine, and by a name of its own that
leads here (DNS rebinding) even read the answers. So the Host must be ours, an Origin must be ours,
and what browsers say of the requesting site (Sec-Fetch-Site) must not be another one.
"""

from __future__ import annotations

import ipaddress
import secrets
import socket
from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
TOKEN = "x-briefing-token"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " font-src 'self' data:; connect-src 'self'; frame-src 'self'; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'self'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Door:
    """The address that the application answers at, and the word that changes anything."""

    host: str
    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    def admits_host(self, host: str) -> bool:
        """Tell whether a Host header names us."""
        name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
        if not name:
            name, port = host, "80"
        if port and port != str(self.port):
            return False
        return name.lower() in self.names or (self.is_open and _is_address(name))

    @property
    def names(self) -> frozenset[str]:
        """The names that we are called by."""
        own = {*LOOPBACK, _bracketed(self.host)}
        if self.is_open:
            own |= {socket.gethostname().lower(), socket.getfqdn().lower()}
        return frozenset(own)

    @property
    def is_open(self) -> bool:
        """Whether other machines can reach us."""
        return not is_loopback(self.host)

    @property
    def url(self) -> str:
        """The address to open."""
        host = _bracketed(self.host)
        shown = "127.0.0.1" if host in ("0.0.0.0", "[::]") else host
        return f"http://{shown}:{self.port}/"

    def refusal(self, method: str, path: str, headers: Headers) -> str:
        """Say why a request is refused; nothing where it is welcome."""
        host = headers.get("host", "")
        if not self.admits_host(host):
            return f"this is not {host!r}"
        origin = headers.get("origin")
        if origin is not None and origin != f"http://{host}":
            return "pages from elsewhere may not ask"
        site = headers.get("sec-fetch-site", "none")
        if site not in ("same-origin", "none") and not _is_visit(method, path, headers):
            return "pages from elsewhere may not ask"
        if method in ("GET", "HEAD"):
            return ""
        if method != "POST":
            return "nothing can be changed here"
        if origin is None or not secrets.compare_digest(headers.get(TOKEN, ""), self.token):
            return "this needs the page's own word"
        return ""


def _is_visit(method: str, path: str, headers: Headers) -> bool:
    """Whether somebody follows a link to us from a page or a letter."""
    return method == "GET" and path == "/" and headers.get("sec-fetch-dest") == "document"


def is_loopback(host: str) -> bool:
    """Whether an address can be reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


class Guard:
    """Refuses whoever is not welcome, and puts the same headers on every answer."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self.app = app
        self.door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return  # no web sockets

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = dict(message.get("headers", []))
                missing = {
                    k.encode(): v.encode() for k, v in HEADERS.items() if k.encode() not in given
                }
                message["headers"] = [*message.get("headers", []), *missing.items()]
            await send(message)

        why = self.door.refusal(scope["method"], scope["path"], Headers(scope=scope))
        answer: ASGIApp = PlainTextResponse(f"{why}\n", 403) if why else self.app
        await answer(scope, receive, dressed)
