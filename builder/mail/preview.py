"""What would be sent, in words for whoever is about to send it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder.addresses import Address
from builder.mail.page import size_of, text_page
from builder.mail.ready import Ready

SHOWN = 5


def preview(ready: Ready) -> str:
    """Give the headers, the files with their weight, the number of messages, and the plain text."""
    return "\n".join(_lines(ready))


def _lines(ready: Ready) -> Iterator[str]:
    letter, messages = ready.letter, ready.messages
    first = messages[0] if messages else None
    personal = letter.personal(first.recipient if first else None)
    if ready.edition:
        yield f"Edition:  {ready.edition}"
    yield f"From:     {letter.sender or '(nobody yet)'}"
    if letter.reply_to:
        yield f"Reply-To: {letter.reply_to}"
    if first is not None and first.recipient:
        yield f"To:       {_some([m.envelope.to[0] for m in messages])}"
        yield f"Messages: {len(messages)}, one for each"
    elif first is not None:
        for name in ("to", "cc", "bcc"):
            people = getattr(first.envelope, name)
            if people:
                yield f"{name.capitalize() + ':':<10}{_some(people)}"
    yield f"Subject:  {personal.subject}"
    if ready.bad:
        rows = "1 row" if len(ready.bad) == 1 else f"{len(ready.bad)} rows"
        yield f"Refused:  {rows} of the list"
    for name, weight in letter.weights():
        yield f"Attached: {name}, {size_of(weight)} as it travels"
    yield f"Size:     {size_of(len(ready.sample))} as it travels"
    yield ""
    yield text_page(letter.common, personal)


def _some(people: Sequence[Address]) -> str:
    shown = ", ".join(str(person) for person in people[:SHOWN])
    more = len(people) - SHOWN
    return f"{shown} and {more} more" if more > 0 else shown
