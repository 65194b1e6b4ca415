"""Dates: that exist, are written one way, and agree; in English only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from builder.diagnostics import Code, Span
from builder.document.nodes import Event
from builder.document.walk import every, plain
from builder.editorial.calendar import Written, dates
from builder.editorial.passages import PROSE, Passage, passages
from builder.editorial.places import locate
from builder.editorial.rule import Finding, Manuscript

_ALIKE = 0.6  # the share of words that two sentences have in common if they tell of one event
_LOOK_BACK = 300  # dated sentences that a new one is compared with
_BACKWARDS = re.compile(
    r"\b(?:between|from)\s+((?:1[5-9]|20)\d\d)\s+(?:and|to)\s+((?:1[5-9]|20)\d\d)\b"
    r"|(?<![\d–-])((?:1[5-9]|20)\d\d)\s?[–-]\s?((?:1[5-9]|20)\d\d)(?![\d–-])"
)
_COMMON = frozenset(
    "the and that this with from were was have has had for are not but they their its his her on in"
    " of to at by as is be it an a who which when where".split()
)


def date_impossible(manuscript: Manuscript) -> Iterator[Finding]:
    """Find days that no calendar has, weekdays that do not fit, and spans that run backwards."""
    for passage in _english(manuscript):
        for written in dates(passage.text):
            wrong = _wrong(written)
            if wrong:
                yield Finding(
                    Code.DATE_IMPOSSIBLE,
                    wrong,
                    locate(written.text, passage.at, manuscript.sources),
                    "look the date up in the source",
                )
        for found in _BACKWARDS.finditer(passage.text):
            first, last = (int(year) for year in found.groups() if year)
            if last < first:
                yield Finding(
                    Code.DATE_IMPOSSIBLE,
                    f"{found[0]!r} runs backwards",
                    locate(found[0], passage.at, manuscript.sources),
                    "write the earlier year first",
                )


def _wrong(written: Written) -> str:
    if not written.exists:
        return "" if written.form == "digits" else f"there is no {written.text!r}"
    day = written.value
    if day and written.weekday >= 0 and day.weekday() != written.weekday:
        return f"{written.text!r} was a {day:%A}"
    return ""


def date_notation(manuscript: Manuscript) -> Iterator[Finding]:
    """Find dates written in another order than most of the briefing's."""
    found = [
        (written, passage)
        for passage in _english(manuscript)
        if passage.role in PROSE
        for written in dates(passage.text)
    ]
    counts = Counter(written.form for written, _ in found)
    if len(counts) < 2:
        return
    usual = max(counts, key=lambda form: (counts[form], form == "day first"))
    example = next(written.text for written, _ in found if written.form == usual)
    for written, passage in found:
        if written.form != usual:
            yield Finding(
                Code.DATE_NOTATION,
                f"{written.text!r} is written in another way than {example!r}",
                locate(written.text, passage.at, manuscript.sources),
                "write all dates in one way",
            )


def date_differs(manuscript: Manuscript) -> Iterator[Finding]:
    """Find what looks like one event with two dates: in sentences, in timelines."""
    yield from _events(manuscript)
    if manuscript.language != "en":
        return
    known: list[tuple[frozenset[str], Written, Span]] = []
    for sentence, at in _sentences(manuscript):
        full = list(dates(sentence))
        words = _content_words(sentence)
        if len(full) != 1 or full[0].value is None or len(words) < 4:
            continue
        place = locate(full[0].text, at, manuscript.sources)
        for other_words, other, other_place in known[-_LOOK_BACK:]:
            share = len(words & other_words) / len(words | other_words)
            if share >= _ALIKE and other.value != full[0].value:
                yield Finding(
                    Code.DATE_DIFFERS,
                    f"{full[0].text!r} here, {other.text!r} at {other_place}, of the same event",
                    place,
                    "look it up; where sources disagree, say so in a note",
                )
        known.append((words, full[0], place))


def _events(manuscript: Manuscript) -> Iterator[Finding]:
    """Compare timelines: those of slides with those of the report."""
    first: dict[tuple[str, str], Event] = {}
    for event in every(manuscript.document.sections, Event):
        key = (plain(event.head).casefold(), plain(event.detail).casefold())
        other = first.setdefault(key, event)
        if other.date != event.date:
            yield Finding(
                Code.DATE_DIFFERS,
                f"{plain(event.head)!r} is dated {event.date} here, {other.date} at {other.at}",
                event.at,
                "look it up; where sources disagree, say so in a note",
            )


def _english(manuscript: Manuscript) -> Iterator[Passage]:
    return (p for p in passages(manuscript.document) if p.language == "en")


def _sentences(manuscript: Manuscript) -> Iterator[tuple[str, Span]]:
    for passage in _english(manuscript):
        if passage.role in PROSE:
            for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z“])", passage.text):
                yield sentence, passage.at


def _content_words(sentence: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]{3,}", sentence.casefold())
    return frozenset(word for word in words if word not in _COMMON)
