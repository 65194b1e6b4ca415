"""The mail's weight as it travels: what mailboxes count is the encoded size."""

from __future__ import annotations

from builder.diagnostics import Code, Diagnostics
from builder.mail.letter import Letter
from builder.mail.page import size_of

MEGABYTE = 1_000_000
HEAVY = 10 * MEGABYTE
MOST = 25 * MEGABYTE


def check_size(letter: Letter, size: int, most: int, log: Diagnostics) -> None:
    """Warn of a mail over 10 MB, refuse one over `most` bytes; say which file weighs what."""
    if size <= min(HEAVY, most):
        return
    what = ", ".join(f"{name} {size_of(weight)}" for name, weight in letter.weights())
    told = f"the mail weighs {size_of(size)} as it travels" + (f": {what}" if what else "")
    hint = "try --shrink (lighter pictures), attach fewer formats, or give --link URL instead"
    if size > most:
        log.error(Code.MAIL_TOO_LARGE, f"{told}; the limit is {size_of(most)}", hint=hint)
    else:
        log.warning(Code.MAIL_LARGE, f"{told}; some mailboxes take 10 MB", hint=hint)
