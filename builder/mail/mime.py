"""A message's bytes: headers, parts, boundaries; the same input gives the same bytes everywhere.

The standard library folds headers differently from version to version and draws boundaries at
random; this is the part of RFC 2045 to 2047, 2231 and 5322 that a covering mail needs.
"""

from __future__ import annotations

import base64
import hashlib
import quopri
import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from builder.addresses import Address, check_line

EOL = b"\r\n"
LINE = 76
WORD_BYTES = 42
"""Bytes in one encoded word: 56 characters of base64, with a long header name still below 76."""
LONGEST_WORD = 60
"""Characters; a header's line cannot be broken inside a longer word, but between encoded words."""

_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")

Header = tuple[str, str]


def part(headers: Sequence[Header], body: bytes) -> bytes:
    """Give one part: headers, an empty line, a body whose lines end with CR LF."""
    return b"".join(f"{name}: {value}\r\n".encode() for name, value in headers) + EOL + body


def multipart(kind: str, parts: Sequence[bytes], headers: Sequence[Header] = ()) -> bytes:
    """Join parts to one of a kind ("mixed", "alternative", "related; type=…").

    The boundary is made from the parts. It cannot occur in them: neither base64 nor
    quoted-printable has "=_".
    """
    first, _, rest = kind.partition(";")
    digest = hashlib.sha256(kind.encode())
    for each in parts:
        digest.update(hashlib.sha256(each).digest())
    boundary = f"=_{digest.hexdigest()[:32]}"
    more = f";{rest}" if rest else ""
    value = f'multipart/{first}{more};\r\n boundary="{boundary}"'
    line = f"--{boundary}\r\n".encode()
    body = b"".join(line + each + EOL for each in parts) + f"--{boundary}--\r\n".encode()
    return part([*headers, ("Content-Type", value)], body)


def text_part(kind: str, text: str, language: str) -> bytes:
    """Give "text/plain" or "text/html" as UTF-8 that survives every server."""
    data = text.replace("\r\n", "\n").encode()
    headers = [("Content-Type", f"{kind}; charset=utf-8"), ("Content-Language", language)]
    if len(text.encode()) > 1.3 * len(text):  # other scripts: quoted-printable would treble them
        headers.append(("Content-Transfer-Encoding", "base64"))
        return part(headers, encoded(data.replace(b"\n", EOL)))
    headers.append(("Content-Transfer-Encoding", "quoted-printable"))
    return part(headers, quopri.encodestring(data).replace(b"\n", EOL))


def attachment(kind: str, name: str, data: bytes) -> bytes:
    """Give an attached file, named the new way and, for older Outlook, as `name=`."""
    headers = [
        ("Content-Type", f"{kind};\r\n {_name_for_outlook(name)}"),
        ("Content-Transfer-Encoding", "base64"),
        ("Content-Disposition", f"attachment;\r\n {_file_name(name)}"),
    ]
    return part(headers, encoded(data))


def inline_image(kind: str, name: str, content_id: str, data: bytes) -> bytes:
    """Give a picture that the HTML names by `cid:`."""
    headers = [
        ("Content-Type", f"{kind};\r\n {_name_for_outlook(name)}"),
        ("Content-Transfer-Encoding", "base64"),
        ("Content-ID", f"<{content_id}>"),
        ("Content-Disposition", f"inline;\r\n {_file_name(name)}"),
    ]
    return part(headers, encoded(data))


def encoded(data: bytes) -> bytes:
    """Give bytes as base64 in lines of 76 characters."""
    return base64.encodebytes(data).replace(b"\n", EOL)


def _file_name(name: str) -> str:
    if name.isascii():
        return f'filename="{name}"'
    return f"filename*=UTF-8''{quote(name, safe='')}"  # RFC 2231


def _name_for_outlook(name: str) -> str:
    return f'name="{name}"' if name.isascii() else f'name="{encoded_words(name)}"'


# ---------------------------------------------------------------- headers


def unstructured(name: str, text: str) -> Header:
    """Give a header of free text, such as Subject. Raises ValueError for line breaks in it."""
    check_line(text, name)
    words = text.split(" ")
    plain = text.isascii() and "=?" not in text and all(words)
    if plain and max(map(len, words)) <= LONGEST_WORD:
        return name, _folded(words, len(name) + 2)
    return name, encoded_words(text)


def addresses(name: str, people: Iterable[Address]) -> Header:
    """Give a header of addresses, one a line."""
    return name, ",\r\n ".join(_mailbox(person) for person in people)


def _mailbox(address: Address) -> str:
    check_line(address.name, "a name")
    check_line(address.spec, "an address")
    if not address.name:
        return address.spec
    if not address.name.isascii() or "=?" in address.name:
        return f"{encoded_words(address.name)}\r\n <{address.spec}>"
    if _ATOM.fullmatch(address.name) and len(address.name) <= LONGEST_WORD:
        return f"{address.name} <{address.spec}>"
    escaped = re.sub(r'(["\\])', r"\\\1", address.name)
    return f'"{_folded(escaped.split(" "), 10)}"\r\n <{address.spec}>'


def encoded_words(text: str) -> str:
    """Give text as encoded words (RFC 2047), folded; no character is divided between two."""
    words: list[bytes] = [b""]
    for character in text:
        data = character.encode()
        if len(words[-1]) + len(data) > WORD_BYTES:
            words.append(b"")
        words[-1] += data
    return "\r\n ".join(f"=?utf-8?b?{base64.b64encode(word).decode()}?=" for word in words)


def _folded(words: Sequence[str], used: int) -> str:
    """Break a line between words; `used` characters of the first line are taken."""
    lines = [words[0]]
    room = LINE - used
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) > room:
            lines.append(word)
            room = LINE - 1
        else:
            lines[-1] += f" {word}"
    return "\r\n ".join(lines)
