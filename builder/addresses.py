"""E-mail addresses as RFC 5322 and RFC 6531 allow them; what is none is refused with its reason.

Strict on purpose: what stands in an address goes into headers and to a server, so that nothing is
guessed at. Comments in parentheses and the obsolete forms of the standards are not taken.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-\u00a1-\U0010ffff]+"
_DOT_ATOM = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_QUOTED = re.compile(r'"(?:[^"\\\x00-\x1f\x7f]|\\[\x20-\x7e])+"')
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_LONGEST_LOCAL = 64
_LONGEST = 254
_SHOWN = 60
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BREAKS = frozenset("\u2028\u2029")


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox, with the name of whoever reads it."""

    local: str  # with its quotation marks, where it has some
    domain: str  # lower case; a name of another script in its ASCII form ("xn--…")
    name: str = ""

    @property
    def spec(self) -> str:
        """The address alone: "anna@example.org"."""
        return f"{self.local}@{self.domain}"

    @property
    def key(self) -> str:
        """What two spellings of one mailbox share; servers tell no capitals apart."""
        return self.spec.casefold()

    @property
    def is_ascii(self) -> bool:
        """Whether every server can take it; others must offer SMTPUTF8."""
        return self.local.isascii()

    def __str__(self) -> str:
        return f"{self.name} <{self.spec}>" if self.name else self.spec


def parse_address(text: str) -> Address:
    """Read one address, "anna@example.org" or "Anna Berg <anna@example.org>".

    Raises ValueError, with the reason, for anything else.
    """
    found = parse_addresses(text)
    if len(found) != 1:
        raise ValueError(f"{shown(text)} is {'no address' if not found else 'several addresses'}")
    return found[0]


def parse_addresses(text: str) -> tuple[Address, ...]:
    """Read addresses with commas or semicolons between them; an empty text gives none.

    Raises ValueError, with the reason, where one of them is no address.
    """
    check_line(text, "an address")
    return tuple(_address(part) for part in _parts(text) if part.strip())


def check_line(text: str, what: str) -> None:
    """Raise ValueError where a text cannot stand in one line of a header.

    Line breaks would begin a header of their own; direction marks make one address look like
    another.
    """
    for character in text:
        if (
            character in _BREAKS
            or character in _DIRECTIONS
            or unicodedata.category(character)
            in (
                "Cc",
                "Cs",
            )
        ):
            code = f"U+{ord(character):04X}"
            raise ValueError(f"{shown(text)} has a character that {what} cannot have: {code}")


def check_text(text: str, what: str) -> None:
    """Raise ValueError where a text of several lines has characters that no mail can carry."""
    check_line(re.sub(r"[\t\r\n\u2028\u2029]|[\u2066-\u2069\u202a-\u202e]", " ", text), what)


def shown(text: str) -> str:
    """Give a text as a message shows it: in quotation marks, control characters spelt out."""
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")


def _parts(text: str) -> Iterator[str]:
    """Divide at commas and semicolons that stand in no quotation marks and no angle brackets."""
    start, quoted, angled, escaped = 0, False, False, False
    for place, character in enumerate(text):
        if escaped:
            escaped = False
        elif quoted and character == "\\":
            escaped = True
        elif character == '"':
            quoted = not quoted
        elif not quoted and character in "<>":
            angled = character == "<"
        elif not quoted and not angled and character in ",;":
            yield text[start:place]
            start = place + 1
    if quoted:
        raise ValueError(f"{shown(text)} has a quotation mark that is never closed")
    yield text[start:]


def _address(text: str) -> Address:
    text = text.strip()
    if not text.endswith(">"):
        return _mailbox(text, "", text)
    before, bracket, inside = text[:-1].rpartition("<")
    if not bracket:
        raise ValueError(f"{shown(text)} has no '<' to its '>'")
    return _mailbox(inside.strip(), _name(before.strip(), text), text)


def _name(written: str, text: str) -> str:
    quoted = re.fullmatch(r'"((?:[^"\\]|\\.)*)"', written)
    if quoted:
        return re.sub(r"\\(.)", r"\1", quoted[1]).strip()
    if any(c in written for c in '"<>@()[],;:\\'):
        raise ValueError(f"the name in {shown(text)} needs quotation marks around it")
    return " ".join(written.split())


def _mailbox(spec: str, name: str, text: str) -> Address:
    local, at, domain = spec.rpartition("@")
    if not at or not local or not domain:
        raise ValueError(f"{shown(text)} is no address: it has to look like anna@example.org")
    spaced = any(c.isspace() for c in local) and not local.startswith('"')
    if spaced or not (_DOT_ATOM.fullmatch(local) or _QUOTED.fullmatch(local)):
        raise ValueError(f"what stands before the @ of {shown(text)} is not allowed there")
    if not local.isascii():
        local = unicodedata.normalize("NFC", local)
    address = Address(local, _domain(domain, text), name)
    if len(local.encode()) > _LONGEST_LOCAL or len(address.spec.encode()) > _LONGEST:
        raise ValueError(f"{shown(text)} is longer than any mailbox's address")
    return address


def _domain(domain: str, text: str) -> str:
    if domain.startswith("[") and domain.endswith("]"):
        return _literal(domain, text)
    try:
        ascii_form = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        ascii_form = ""
    labels = ascii_form.split(".")
    if not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError(f"what stands behind the @ of {shown(text)} is no name of a host")
    return ascii_form


def _literal(domain: str, text: str) -> str:
    inside = domain[1:-1]
    try:
        if inside[:5].lower() == "ipv6:":
            return f"[IPv6:{ipaddress.IPv6Address(inside[5:])}]"
        return f"[{ipaddress.IPv4Address(inside)}]"
    except ValueError:
        raise ValueError(f"what stands in the brackets of {shown(text)} is no IP address") from None
