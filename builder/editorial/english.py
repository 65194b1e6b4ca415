"""Whether English words can make an assertion: without a finite verb they cannot.

There is no grammar behind this, but three lists and the neighbours of a word, tuned to err on
the side of silence: words that may hold a verb are taken to hold one. docs/check.md says what it
cannot see.
"""

from __future__ import annotations

import re

from builder.editorial.english_verbs import (
    ADJECTIVES,
    DETERMINERS,
    JOINING,
    MAYBE,
    NEVER,
    PREPOSITIONS,
    PRONOUNS,
    SURE,
)

_TOKEN = re.compile(r"[A-Za-zÀ-ɏ]+(?:['-][A-Za-zÀ-ɏ]+)*|\d[\d.,]*|[^\sA-Za-z\d]")
_NOUN_STARTERS = DETERMINERS | PREPOSITIONS
_OBJECT_STARTERS = DETERMINERS | PRONOUNS
_ADJECTIVE = re.compile(r".{2,}(?:al|ic|ous|ive|able|ible|ful|less|ary|ern|ese|ian|ish)$")


def may_assert(words: str) -> bool:
    """Tell whether there may be a finite verb (or an imperative) in the words."""
    tokens = [token.lower() for token in _TOKEN.findall(words.replace("’", "'"))]
    return any(_may_be_verb(tokens, place) for place in range(len(tokens)))


def _may_be_verb(tokens: list[str], place: int) -> bool:
    word = tokens[place]
    if word in SURE:
        return True
    if not word[0].isalpha() or word in NEVER or word in _NOUN_STARTERS | PRONOUNS | JOINING:
        return False
    before = tokens[place - 1] if place else ""
    after = tokens[place + 1] if place + 1 < len(tokens) else ""
    if before == "to" or _begins_noun(before):
        return False
    if before and word.endswith("s") and _tells_how(after):
        return True  # "the town pumps too much"
    if word in MAYBE:
        return _reads_as_verb(word, before, after)
    if word.endswith("ed") and len(word) > 4:
        return after != "by" or not before  # "exports tripled"; "weapons made by" is another list
    if word.endswith("s") and not word.endswith(("ss", "'s", "ous", "us", "is")):
        return bool(before) and _begins_object(after)
    return False


def _reads_as_verb(word: str, before: str, after: str) -> bool:
    """Judge a word that is verb or noun by what stands around it."""
    if not before or not before[0].isalnum():
        return not word.endswith("s") and _begins_object(after)  # "Watch the interests"
    if before in PRONOUNS or before in ("not", "never", "still", "also", "now", "only", "who"):
        return True
    described = before in JOINING or before in ADJECTIVES or _ADJECTIVE.match(before)
    if described or before.endswith("'s"):
        return _begins_object(after)
    if after in JOINING:
        return False  # "oil exports and arms sales"
    if not after or not after[0].isalnum():
        return word.endswith("s") != before.endswith("s")  # "growth stalls", "teachers quit"
    if after == "of":
        return False
    return after not in SURE


def _begins_noun(before: str) -> bool:
    """Tell whether a noun must follow: behind "the", "of", "its"."""
    return before in _NOUN_STARTERS and before not in ("that", "which", "what", "all", "both", "as")


def _tells_how(after: str) -> bool:
    """Tell whether a word speaks about what is done, and hardly ever about things."""
    return after in _DEGREES or (after.endswith("ly") and len(after) > 5 and after not in _THINGS)


_THINGS = frozenset("family supply assembly monopoly anomaly monthly weekly butterfly".split())
_DEGREES = frozenset("too so very again away back together apart enough well badly".split())


def _begins_object(after: str) -> bool:
    return after in _OBJECT_STARTERS or after[:1].isdigit()
