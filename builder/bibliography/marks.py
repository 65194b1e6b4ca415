"""Marks inside strings: how italics, quotation marks and the like pass through citeproc-py.

The processor joins strings. Whatever must survive that (an italic word in a title, a quotation
mark whose level is not known yet, an address that no comma may enter) travels as a character of
the private use area, and `typeset` turns it into inlines at the end.
"""

from __future__ import annotations

import re

from builder.bibliography.vocabulary import STOP_WORDS

ITALIC, ITALIC_END = "\ue000", "\ue001"
BOLD, BOLD_END = "\ue002", "\ue003"
SUPER, SUPER_END = "\ue004", "\ue005"
SUB, SUB_END = "\ue006", "\ue007"
SMALL, SMALL_END = "\ue008", "\ue009"  # small capitals
QUOTE, QUOTE_END = "\ue010", "\ue011"
FOREIGN, FOREIGN_END = "\ue012", "\ue013"  # in the work's own language
TRANSLATION, TRANSLATION_END = "\ue014", "\ue015"  # [of the title], to stand behind it
KEEP, KEEP_END = "\ue016", "\ue017"  # letters that no change of case may touch
ADDRESS, DOI = "\ue018", "\ue019"  # each stands for the whole address

OPENING = {
    ITALIC: ITALIC_END,
    BOLD: BOLD_END,
    SUPER: SUPER_END,
    SUB: SUB_END,
    SMALL: SMALL_END,
    FOREIGN: FOREIGN_END,
}
INVISIBLE = f"[{ITALIC}-{SMALL_END}{FOREIGN}-{KEEP_END}]"  # everything but quotes and addresses

_TAGS = (
    (re.compile(r"<i>(.*?)</i>|(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])"), ITALIC, ITALIC_END),
    (re.compile(r"<b>(.*?)</b>|\*\*(?=\S)([^*]+?)(?<=\S)\*\*"), BOLD, BOLD_END),
    (re.compile(r"<sup>(.*?)</sup>"), SUPER, SUPER_END),
    (re.compile(r"<sub>(.*?)</sub>"), SUB, SUB_END),
    (re.compile(r'<span class="nocase">(.*?)</span>|\[(.*?)\]\{\.nocase\}'), KEEP, KEEP_END),
)
_TRANSLATION = re.compile(r"^(|.*\S)\s*\[([^\[\]]+)\]$", re.DOTALL)
_YEARS = re.compile(r"(?<=\b\d{4})-(?=\d{2}(?:\d{2})?\b)")
_SINGLE = re.compile(r"(?<!\w)[‘'](?=\S)((?:[^‘’']|[’'](?=\w))*?)[’'](?!\w)")
_WORD = re.compile(rf"{KEEP}.*?{KEEP_END}|[^\W_]+(?:[.’'][^\W_]+)*|[:.?!—]", re.DOTALL)


def prepare(value: str) -> str:
    """Turn an author's string into a marked one: HTML or Markdown emphasis, quotes, apostrophes."""
    value = " ".join(value.split())
    for pattern, start, end in reversed(_TAGS[:2]):  # ** before *
        value = _mark(value, pattern, start, end)
    for pattern, start, end in _TAGS[2:]:
        value = _mark(value, pattern, start, end)
    value = _SINGLE.sub(rf"{QUOTE}\1{QUOTE_END}", value)
    value = re.sub(r'“|(?:(?<=^)|(?<=[\s(\[–—/-]))"(?=\S)', QUOTE, value)
    value = re.sub(r'[”"]', QUOTE_END, value)
    return value.replace("'", "’").replace(" - ", " – ")


def _mark(value: str, pattern: re.Pattern[str], start: str, end: str) -> str:
    return pattern.sub(lambda m: f"{start}{m[m.lastindex or 0]}{end}", value)


def prepare_title(value: str, *, foreign: bool) -> str:
    """Mark a title; one that ends in brackets carries its translation there.

    One that is all in brackets describes a work without a title.
    """
    match = _TRANSLATION.match(value.strip())
    title = _YEARS.sub("–", prepare(match[1] if match else value))
    title = f"{FOREIGN}{title}{FOREIGN_END}" if foreign and title else title
    if match:
        title += f"{TRANSLATION}{KEEP}{prepare(match[2])}{KEEP_END}{TRANSLATION_END}"
    return title


def without_translation(title: str) -> str:
    """Give the marked title without the brackets behind it, unless there is nothing else."""
    return title.partition(TRANSLATION)[0] or title


def title_case(value: str) -> str:
    """Capitalise as English headlines do (CSL 1.0.2, "Title case"); capitals stay."""
    words = list(_WORD.finditer(value))
    pieces: list[str] = []
    position = 0
    for index, match in enumerate(words):
        word = match[0]
        pieces.append(value[position : match.start()])
        position = match.end()
        begins = index == 0 or _is_stop(words[index - 1][0])
        ends = index == len(words) - 1 or _is_stop(words[index + 1][0])
        if len(word) == 1 and value[match.start() - 1 : match.end() + 1] == f"({word})":
            pieces.append(word)  # sec. 8(b)
        elif word.lower() in STOP_WORDS and not begins and not ends:
            pieces.append(word if word.isupper() else word.lower())
        else:
            keeps = not word.islower() or "." in word  # News.az, U.S.
            pieces.append(word if keeps else word[0].upper() + word[1:])
    return "".join(pieces) + value[position:]


def _is_stop(word: str) -> bool:
    return not word[0].isalnum() and word[0] != KEEP


def capitalize_first(value: str) -> str:
    """Raise the first letter, past any marks before it, unless its case must stay."""
    for index, letter in enumerate(value):
        if letter == KEEP or (letter.isalnum() and not letter.islower()):
            return value
        if letter.isalpha():
            second = value[index + 1 : index + 2]
            raised = letter if second.isupper() else letter.upper()  # eBay, iPhone
            return value[:index] + raised + value[index + 1 :]
    return value


def sentence_case(value: str) -> str:
    """Lower all words that are not capitals throughout, but the first."""
    if value.isupper():
        return value

    def lower(match: re.Match[str]) -> str:
        word = match[0]
        return word if word[0] == KEEP or word[1:] != word[1:].lower() else word.lower()

    return capitalize_first(_WORD.sub(lower, value))
