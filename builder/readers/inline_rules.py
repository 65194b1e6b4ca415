"""Inline rules that the dialect adds to CommonMark: citations, notes, spans, shortcodes.

Every token that can be complained of carries `meta["pos"]`, its offset in the inline's text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkDestination, parseLinkTitle
from markdown_it.rules_inline import StateInline, image, link

from builder.readers.attributes import Attributes, BraceError, parse_braces

Rule = Callable[[StateInline, bool], bool]

_KEY = r"[A-Za-z0-9_À-ɏЀ-ӿ](?:[\w:.#$%&+?<>~/-]*[\w])?"
_CITE_KEY = re.compile(rf"@({_KEY})")
_UNCLOSED_CITE = re.compile(rf"\[(?:[^\W\d_]+\.?[ \n]+){{0,3}}-?@{_KEY}")
_LOCATOR_OPENS = re.compile(r" ?\[(?![\^@])")
_SHORTCODE_OPENS = re.compile(r"\{\{<")
_NOTE_REFERENCE = re.compile(r"\[\^([^\[\]\s]+)\]")
_SUPERSCRIPT = re.compile(r"\^((?:[^\s^\\\[]|\\.)(?:[^\s^\\]|\\.)*)\^")
_SUBSCRIPT = re.compile(r"~((?:[^\s~\\]|\\.)+)~(?!~)")
_TICKS = re.compile(r"`+")
LONGEST_CITATION = 2000
LONGEST_BRACES = 10_000
"""Characters; what is longer was not meant as one."""

MANY_BRACKETS = 300
"""In one paragraph; CommonMark's search for links takes the square of them."""


def add_inline_rules(parser: MarkdownIt) -> None:
    """Teach a parser the dialect's inlines."""
    parser.helpers = cast("Any", _LINK_PARTS)
    ruler = parser.inline.ruler
    ruler.before("backticks", "shortcode", shortcode)
    ruler.before("link", "note_inline", note_inline)
    ruler.before("link", "note_reference", note_reference)
    ruler.before("link", "cite", cite)
    ruler.before("link", "span", span)
    ruler.at("link", with_attributes(link))
    ruler.at("image", with_attributes(image))
    ruler.before("link", "cite_in_text", cite_in_text)
    ruler.before("strikethrough", "subscript", subscript)
    ruler.after("note_inline", "superscript", superscript)
    ruler.before("autolink", "comment", comment)


def with_attributes(rule: Rule) -> Rule:
    """Note where a link or image begins, and read the braces behind it."""

    def wrapped(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        if state.src[start] not in "[!" or _leads_nowhere(state) or not rule(state, silent):
            return False
        if not silent and len(state.tokens) > before:
            attributes, state.pos = _braces_at(state, state.pos)
            first = next(t for t in state.tokens[before:] if t.type in ("image", "link_open"))
            first.meta = {**first.meta, "pos": start, "attributes": attributes}
            if _OPEN_BRACES.match(state.src, state.pos, state.posMax):
                first.meta["unread"] = True
        elif silent:
            _, state.pos = _braces_at(state, state.pos)
        return True

    return wrapped


_OPEN_BRACES = re.compile(r"\{(?:[#.][\w-]|[a-z-]+=)")
"""How braces begin that are meant for attributes; those that were read are passed by then."""


def link_label_end(state: StateInline, start: int, no_links: bool = False) -> int:
    """Give where a link's text ends, or -1; a span may stand in it, a link or note may not.

    markdown-it takes every bracket that is a token for a link within a link.
    """
    before = state.pos
    state.pos = start + 1
    try:
        level = 1
        while state.pos < state.posMax:
            opening = state.src[state.pos]
            level -= opening == "]"
            if not level:
                return state.pos
            position = state.pos
            state.md.inline.skipToken(state)
            if opening != "[":
                continue
            if position == state.pos - 1:
                level += 1  # a bracket that is text
            elif no_links and not _is_plain_span(state, position):
                return -1
        return -1
    finally:
        state.pos = before


def _is_plain_span(state: StateInline, start: int) -> bool:
    """Tell whether a span begins here, in which nothing but spans begins with a bracket."""
    end = state.pos
    state.pos = start
    try:
        if not span(state, True):
            return False
        state.pos, close = start + 1, closing_bracket(state, start)
        while state.pos < close:
            opening, position = state.src[state.pos], state.pos
            state.md.inline.skipToken(state)
            is_token = opening == "[" and state.pos > position + 1
            if is_token and not _is_plain_span(state, position):
                return False
        return True
    finally:
        state.pos = end


_LINK_PARTS = SimpleNamespace(
    parseLinkLabel=link_label_end,
    parseLinkDestination=parseLinkDestination,
    parseLinkTitle=parseLinkTitle,
)


def _braces_at(state: StateInline, position: int) -> tuple[Attributes, int]:
    if state.src[position : position + 1] != "{" or state.src[position : position + 3] == "{{<":
        return Attributes(), position
    parsed = _braces(state, position)
    return (Attributes(), position) if isinstance(parsed, BraceError) else parsed


def _braces(state: StateInline, position: int) -> tuple[Attributes, int] | BraceError:
    piece = state.src[position : min(state.posMax, position + LONGEST_BRACES)]
    parsed = parse_braces(piece)
    return parsed if isinstance(parsed, BraceError) else (parsed[0], parsed[1] + position)


def closing_bracket(state: StateInline, start: int) -> int:
    """Give the offset of the bracket that closes the one at `start`, or -1.

    The pairs of a text are found once, from the first bracket that is asked for.
    """
    text, stop = state.src, state.posMax
    known: tuple[str, dict[int, dict[int, int]]] = state.env.get("brackets", ("", {}))
    if known[0] is not text:
        known = state.env["brackets"] = (text, {})
    pairs = known[1].get(stop, {})
    if start not in pairs:
        pairs = known[1][stop] = {**pairs, **_bracket_pairs(text, start, stop)}
    return pairs[start]


def _leads_nowhere(state: StateInline) -> bool:
    """Tell, where there are very many brackets, that the one here begins no link and no image."""
    counted: tuple[str, int] = state.env.get("brackets counted", ("", 0))
    if counted[0] is not state.src:
        counted = state.env["brackets counted"] = (state.src, state.src.count("["))
    if counted[1] < MANY_BRACKETS:
        return False
    close = closing_bracket(state, state.pos + (state.src[state.pos] == "!"))
    behind = state.src[close + 1 : close + 2]
    return close < 0 or (behind != "(" and not state.env.get("references"))


def _bracket_pairs(text: str, start: int, stop: int) -> dict[int, int]:
    """Give, for each opening bracket from `start` on, the one that closes it, or -1."""
    pairs, opened = {start: -1}, list[int]()
    position = start
    while position < stop:
        match text[position]:
            case "\\":
                position += 1
            case "`":
                run = _TICKS.match(text, position, stop)
                length = len(run[0]) if run else 1
                close = text.find("`" * length, position + length, stop)
                position = (close if close >= 0 else position) + length - 1
            case "[":
                opened.append(position)
                pairs[position] = -1
            case "]" if opened:
                pairs[opened.pop()] = position
            case _:
                pass
        position += 1
    return pairs


def _found(state: StateInline, mark: str, start: int) -> int:
    """Find a mark from `start` on, or -1; what is not there is not looked for again."""
    missing = state.env.setdefault("missing", {})
    key = (mark, state.posMax)
    before = missing.get(key)
    if before is not None and before[0] is state.src and before[1] <= start:
        return -1
    place = state.src.find(mark, start, state.posMax)
    if place < 0:
        missing[key] = (state.src, start)
    return place


_NOTE_OPENS = re.compile(r"\^\[")


def note_inline(state: StateInline, silent: bool) -> bool:
    """Read `^[text]`."""
    if state.src[state.pos : state.pos + 2] != "^[":
        return False
    close = closing_bracket(state, state.pos + 1)
    if close < 0:
        return _unclosed(state, silent, _NOTE_OPENS)
    if not silent:
        token = state.push("note_inline", "", 0)
        token.content = state.src[state.pos + 2 : close]
        token.meta = {"pos": state.pos}
    state.pos = close + 1
    return True


def note_reference(state: StateInline, silent: bool) -> bool:
    """Read `[^label]`."""
    match = _NOTE_REFERENCE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("note_reference", "", 0)
        token.meta = {"pos": state.pos, "label": match[1]}
    state.pos = match.end()
    return True


def cite(state: StateInline, silent: bool) -> bool:
    """Read `[see @a, p. 3; -@b]`; brackets that a link's target follows are a link."""
    if state.src[state.pos] != "[":
        return False
    close = closing_bracket(state, state.pos)
    if close < 0:
        return _unclosed(state, silent, _UNCLOSED_CITE)
    if state.src[close + 1 : close + 2] in ("(", "{", "["):
        return False
    content = state.src[state.pos + 1 : min(close, state.pos + LONGEST_CITATION)]
    if close - state.pos > LONGEST_CITATION or "@" not in content:
        return False
    if not re.search(rf"(?:^|[\s;\[\-(—–])-?@{_KEY}", content):
        return False
    if not silent:
        token = state.push("cite", "", 0)
        token.content = content
        token.meta = {"pos": state.pos}
    state.pos = close + 1
    return True


def cite_in_text(state: StateInline, silent: bool) -> bool:
    """Read `@key`, with `[p. 3]` behind it; an address such as a@b.org is none."""
    if state.src[state.pos] != "@":
        return False
    if state.pos > 0 and (state.src[state.pos - 1].isalnum() or state.src[state.pos - 1] in "_.@/"):
        return False
    match = _CITE_KEY.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    end, locator = match.end(), ""
    behind = _LOCATOR_OPENS.match(state.src, end, state.posMax)
    if behind:
        opening = behind.end() - 1
        close = closing_bracket(state, opening)
        if 0 < close < opening + LONGEST_CITATION and state.src[close + 1 : close + 2] not in (
            "(",
            "{",
            "[",
        ):
            locator, end = state.src[opening + 1 : close], close + 1
    if not silent:
        token = state.push("cite_in_text", "", 0)
        token.meta = {"pos": state.pos, "key": match[1], "locator": locator}
    state.pos = end
    return True


def span(state: StateInline, silent: bool) -> bool:
    """Read `[words]{lang=ru .class}`."""
    if state.src[state.pos] != "[":
        return False
    close = closing_bracket(state, state.pos)
    if close < 0 or state.src[close + 1 : close + 2] != "{":
        return False
    parsed = _braces(state, close + 1)
    if isinstance(parsed, BraceError):
        return False
    attributes, end = parsed
    if not silent:
        token = state.push("span_open", "span", 1)
        token.meta = {"pos": state.pos, "attributes": attributes}
        old_max = state.posMax
        state.pos, state.posMax = state.pos + 1, close
        state.md.inline.tokenize(state)
        state.posMax = old_max
        state.push("span_close", "span", -1)
    state.pos = end
    return True


def _script(state: StateInline, silent: bool, pattern: re.Pattern[str], kind: str) -> bool:
    match = pattern.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("script_open", kind, 1)
        token.meta = {"pos": state.pos}
        old_max = state.posMax
        state.pos, state.posMax = match.start(1), match.end(1)
        state.md.inline.tokenize(state)
        state.posMax = old_max
        state.push("script_close", kind, -1)
    state.pos = match.end()
    return True


def superscript(state: StateInline, silent: bool) -> bool:
    """Read `^2^`."""
    return state.src[state.pos] == "^" and _script(state, silent, _SUPERSCRIPT, "super")


def subscript(state: StateInline, silent: bool) -> bool:
    """Read `~2~`; two tildes strike out."""
    if state.src[state.pos] != "~" or state.src[state.pos : state.pos + 2] == "~~":
        return False
    return _script(state, silent, _SUBSCRIPT, "sub")


def shortcode(state: StateInline, silent: bool) -> bool:
    """Read `{{< name argument >}}`."""
    if not state.src.startswith("{{<", state.pos, state.posMax):
        return False
    close = _found(state, ">}}", state.pos + 3)
    if close < 0:
        return _unclosed(state, silent, _SHORTCODE_OPENS)
    if not silent:
        token = state.push("shortcode", "", 0)
        token.content = state.src[state.pos + 3 : close].strip()
        token.meta = {"pos": state.pos}
    state.pos = close + 3
    return True


def _unclosed(state: StateInline, silent: bool, opening: re.Pattern[str]) -> bool:
    """Leave a token where something opens that nothing closes; its text is read as text."""
    match = opening.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("unclosed", "", 0)
        token.content = match[0]
        token.meta = {"pos": state.pos}
    state.pos = match.end()
    return True


def comment(state: StateInline, silent: bool) -> bool:
    """Drop `<!-- … -->`."""
    if not state.src.startswith("<!--", state.pos, state.posMax):
        return False
    close = _found(state, "-->", state.pos + 4)
    if close < 0:
        return False
    state.pos = close + 3
    return True
