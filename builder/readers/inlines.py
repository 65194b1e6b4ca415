"""Inline tokens in, inline nodes out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from builder.diagnostics import Code as Finding
from builder.diagnostics import Diagnostics, Span, did_you_mean
from builder.document.nodes import (
    Block,
    Citation,
    Cite,
    Code,
    CrossReference,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    Note,
    Paragraph,
    Picture,
    Script,
    Strikeout,
    Strong,
    Text,
    Words,
)
from builder.document.walk import plain
from builder.readers.attributes import LANGUAGE, Attributes
from builder.readers.filled import fill, value_of
from builder.readers.origin import Origin
from builder.units import Length

CROSS_REFERENCE = re.compile(r"^(fig|tbl|sec)-")
_CITATION = re.compile(
    r"^(?P<prefix>.*?)(?P<minus>-?)@(?P<key>[^\s,;\]]*[\w])(?P<rest>.*)$", re.DOTALL
)
_LOCATOR = re.compile(
    r"^,?\s*(?P<locator>(?:(?:[A-Za-zА-Яа-яÀ-ž]+\.?)\s+)?"
    r"(?:\d[\w.:]*|[IVXLCDM]+\b|[ivxlcdm]+\b)(?:\s*[-–,&]\s*\d[\w.:]*)*)(?P<suffix>.*)$",
    re.DOTALL,
)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>")
_UNREAD_LINK = re.compile(r"\]\((?:https?://|mailto:|#)[^\s)]*\)")
_SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?)%")
_WIDEST = Length.from_mm(2000)
_LINK_SCHEMES = ("http://", "https://", "mailto:", "#")

DEEPEST_NOTES = 4

Picturer = Callable[[str, str, Span], Picture]


@dataclass(frozen=True, slots=True)
class InlineMaker:
    """Makes inline nodes for one file."""

    parser: MarkdownIt
    log: Diagnostics
    variables: Mapping[str, str]
    picture: Picturer  # checks the path and reads the size
    note: Callable[[str, Span], tuple[Block, ...] | None]  # a footnote's blocks; None: undefined
    elsewhere: frozenset[str] = frozenset()  # further variables, in text that is left out

    def parse(self, content: str, origin: Origin) -> tuple[Inline, ...]:
        """Make nodes of a piece of text."""
        if not content.strip():
            return ()
        tokens = self.parser.parseInline(content, {})
        return self.make(tokens[0].children or [], origin)

    def filled(self, words: str, at: Span) -> str:
        """Give words that are no Markdown with their variables filled in."""
        return fill(words, self.variables, at, self.log, self.elsewhere)

    def make(self, tokens: Sequence[Token], origin: Origin) -> tuple[Inline, ...]:
        """Make nodes of tokens; white space is single and there is none at either end."""
        return _trim(self._level(list(tokens), origin))

    def _level(self, tokens: list[Token], origin: Origin) -> list[Inline]:
        result: list[Inline] = []
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.nesting == 1:
                close = _closing(tokens, index)
                content = tuple(self._level(tokens[index + 1 : close], origin))
                result.extend(self._container(token, content, origin))
                index = close + 1
            else:
                result.extend(self._leaf(token, origin))
                index += 1
        return _join(result)

    def _container(
        self, token: Token, content: tuple[Inline, ...], origin: Origin
    ) -> tuple[Inline, ...]:
        at = origin.at(token.meta.get("pos", 0))
        match token.type:
            case "em_open":
                return (Emphasis(content, at=at),)
            case "strong_open":
                return (Strong(content, at=at),)
            case "s_open":
                return (Strikeout(content, at=at),)
            case "script_open":
                return (Script("super" if token.tag == "super" else "sub", content, at=at),)
            case "span_open":
                attributes: Attributes = token.meta["attributes"]
                return self._words(content, attributes, at)
            case "link_open":
                self._unread(token, at)
                return self._link(str(token.attrs.get("href", "")), content, at)
            case _:
                raise ValueError(f"no inline is made of {token.type}")

    def _words(
        self, content: tuple[Inline, ...], attributes: Attributes, at: Span
    ) -> tuple[Inline, ...]:
        self.language(attributes.get("lang"), at)
        unknown = set(attributes.values) - {"lang"}
        for key in sorted(unknown):
            self.log.error(
                Finding.ATTRIBUTE_UNKNOWN,
                f"a span has no attribute {key!r}",
                at=at,
                hint=did_you_mean(key, ["lang"], otherwise="a span takes lang and classes"),
            )
        return (Words(content, attributes.get("lang"), attributes.classes, at=at),)

    def language(self, written: str, at: Span) -> None:
        """Diagnose what is no code of a language."""
        if written and not LANGUAGE.match(written):
            self.log.error(
                Finding.ATTRIBUTE_INVALID,
                f"lang={written!r} is no language",
                at=at,
                hint="a language is a code such as en, de or en-GB",
            )

    def _unread(self, token: Token, at: Span) -> None:
        """Diagnose braces behind an image or a link that are no attributes."""
        if token.meta.get("unread"):
            self.log.error(
                Finding.BRACKET_UNCLOSED,
                "the braces behind this image or link cannot be read, or are never closed",
                at=at,
                hint='write {#fig-name width=60% source="…"}, with quotation marks around blanks',
            )

    def _link(self, target: str, content: tuple[Inline, ...], at: Span) -> tuple[Inline, ...]:
        if self.may_lead(target, at):
            return (Link(target, content or (Text(target, at=at),), at=at),)
        return content

    def may_lead(self, target: str, at: Span) -> bool:
        """Tell whether a link may lead there; to other places it leads nowhere, with a warning."""
        if target.startswith(_LINK_SCHEMES):
            return True
        self.log.warning(
            Finding.LINK_TARGET,
            f"the link to {target!r} leads to no web address; its words stay as plain text",
            at=at,
            hint="links start with https://, http://, mailto: or # (a label)",
        )
        return False

    def _leaf(self, token: Token, origin: Origin) -> tuple[Inline, ...]:
        position = token.meta.get("pos", 0)
        at = origin.at(position)
        match token.type:
            case "text" | "text_special":
                return self._text(token.content, origin)
            case "softbreak":
                return (Text(" ", at=at),)
            case "hardbreak":
                return (LineBreak(at=at),)
            case "code_inline":
                return (Code(token.content, at=at),)
            case "image":
                self._unread(token, at)
                return (self._picture(token, origin.inner(position + 2), at),)
            case "note_inline":
                if origin.depth >= DEEPEST_NOTES:
                    return self._deep_note(token.content, at)
                inner = self.parse(token.content, origin.inner(position + 2))
                return (Note((Paragraph(inner, at=at),), at=at),)
            case "note_reference":
                return self._note(token.meta["label"], at)
            case "cite":
                return self._cite(token.content, origin.inner(position + 1), at)
            case "cite_in_text":
                return self._cite_in_text(token.meta["key"], token.meta["locator"], at)
            case "shortcode":
                return self._shortcode(token.content, at)
            case "unclosed":
                return self._unclosed(token.content, at)
            case _:
                raise ValueError(f"no inline is made of {token.type}")

    def _text(self, value: str, origin: Origin) -> tuple[Inline, ...]:
        if not value:
            return ()
        offset = max(origin.content.find(value, origin.base) - origin.base, 0)
        tag = _TAG.search(value)
        if tag:
            self.log.warning(
                Finding.HTML_ESCAPED,
                f"the HTML tag {tag[0]!r} is shown as text",
                at=origin.at(offset + tag.start()),
                hint="use the dialect's own marks; HTML reaches no Word document and no deck",
            )
        unread = _UNREAD_LINK.search(value)
        if unread and f"\\{unread[0]}" not in origin.content:  # else it is meant as text
            self.log.warning(
                Finding.LINK_TARGET,
                f"{unread[0]!r} ends no link and is shown as text",
                at=origin.at(offset + unread.start()),
                hint="a link's text may hold no other link, note or citation; put them behind it",
            )
        return (Text(value, at=origin.at(offset)),)

    def _picture(self, token: Token, inside: Origin, at: Span) -> Picture:
        attributes: Attributes = token.meta.get("attributes", Attributes())
        bracket = plain(tuple(self._level(list(token.children or []), inside)))
        given = attributes.get("fig-alt") or attributes.get("alt")
        alt = self.filled(given, at) or bracket
        picture = self.picture(str(token.attrs.get("src", "")), " ".join(alt.split()), at)
        if not picture.alt:
            self.log.error(
                Finding.ALT_MISSING,
                f"the image {picture.path} has no alt text",
                at=at,
                hint='describe it in the brackets or by {fig-alt="…"}',
            )
        return Picture(
            picture.path,
            picture.alt,
            self._width(attributes.get("width"), at),
            picture.content_type,
            picture.size,
            at=at,
        )

    def _width(self, written: str, at: Span) -> str:
        """Give an image's width as it is written; none, with an error, where it is none."""
        share = _SHARE.fullmatch(written)
        try:
            length = Length(1) if share or not written else Length.parse(written)
            fits = 0 < length <= _WIDEST and (share is None or 0 < float(share[1]) <= 100)
        except ValueError:
            fits = False
        if fits:
            return written
        self.log.error(
            Finding.ATTRIBUTE_INVALID,
            f"width={written!r} is no width of an image",
            at=at,
            hint="write a share of the column, such as width=60%, or a length, such as width=80mm",
        )
        return ""

    def _note(self, label: str, at: Span) -> tuple[Inline, ...]:
        blocks = self.note(label, at)
        return () if blocks is None else (Note(blocks, label, at=at),)

    def _deep_note(self, content: str, at: Span) -> tuple[Inline, ...]:
        self.log.error(
            Finding.NESTING_DEEP,
            f"notes stand more than {DEEPEST_NOTES} deep inside one another",
            at=at,
            hint="write them one behind the other",
        )
        return (Text(content, at=at),)

    def _cite(self, content: str, origin: Origin, at: Span) -> tuple[Inline, ...]:
        parts = [part.strip() for part in content.split(";")]
        citations: list[Citation] = []
        references: list[Inline] = []
        for part in parts:
            match = _CITATION.match(part)
            if match is None:
                self.log.error(
                    Finding.CITATION_UNDEFINED,
                    f"{part!r} in a citation names no work",
                    at=at,
                    hint="write [@key] or [see @key, p. 3; @other]",
                )
                continue
            if CROSS_REFERENCE.match(match["key"]):
                joint = [Text("; ", at=at)] if references else []
                before = [Text(match["prefix"], at=at)] if match["prefix"] else []
                references += [*joint, *before, CrossReference(match["key"], at=at)]
                continue
            citations.append(_citation(match))
        if references:
            return tuple(references)
        return (Cite(tuple(citations), at=at),) if citations else ()

    def _cite_in_text(self, key: str, locator: str, at: Span) -> tuple[Inline, ...]:
        if CROSS_REFERENCE.match(key):
            behind = [Text(f" [{locator}]", at=at)] if locator else []
            return (CrossReference(key, at=at), *behind)
        where, suffix = _locator(locator)
        return (Cite((Citation(key, "", where, suffix),), in_text=True, at=at),)

    def _unclosed(self, opening: str, at: Span) -> tuple[Inline, ...]:
        what, mark = ("shortcode", ">}}") if opening.startswith("{") else ("citation", "]")
        what = "note" if opening == "^[" else what
        self.log.error(
            Finding.BRACKET_UNCLOSED,
            f"the {what} that opens here is never closed",
            at=at,
            hint=f"close it by {mark} in the same paragraph; a bracket that is text is written \\"
            + opening[0],
        )
        return (Text(opening, at=at),)

    def _shortcode(self, content: str, at: Span) -> tuple[Inline, ...]:
        name, _, argument = content.partition(" ")
        argument = argument.strip()
        if name == "var":
            value = value_of(argument, self.variables, at, self.log, self.elsewhere)
            return (Text(value, at=at),) if value else ()
        known = ["var", "pagebreak"]
        message = f"{{{{< {name} >}}}} is no shortcode"
        hint = did_you_mean(name, known, otherwise=f"the dialect has {', '.join(known)}")
        if name == "pagebreak":
            message = "a page break stands in the middle of a paragraph"
            hint = "put {{< pagebreak >}} into a paragraph of its own"
        self.log.error(Finding.SHORTCODE_UNKNOWN, message, at=at, hint=hint)
        return ()


def _citation(match: re.Match[str]) -> Citation:
    locator, suffix = _locator(match["rest"])
    return Citation(
        match["key"], match["prefix"].strip(), locator, suffix, suppress_author=bool(match["minus"])
    )


def _locator(rest: str) -> tuple[str, str]:
    match = _LOCATOR.match(rest.strip())
    if match is None:
        return "", rest.strip(" ,")
    return match["locator"].strip(), match["suffix"].strip(" ,")


def _closing(tokens: Sequence[Token], start: int) -> int:
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    raise ValueError(f"{tokens[start].type} is never closed")


def _join(nodes: list[Inline]) -> list[Inline]:
    """Join neighbouring texts and make white space single."""
    result: list[Inline] = []
    for node in nodes:
        if isinstance(node, Text):
            value = re.sub(r"[ \t\n]+", " ", node.value)
            last = result[-1] if result else None
            if isinstance(last, Text):
                joined = last.value.rstrip(" ") + " " if last.value.endswith(" ") else last.value
                value = value.lstrip(" ") if joined.endswith(" ") else value
                result[-1] = Text(joined + value, at=last.at)
            elif value:
                result.append(Text(value, at=node.at))
        else:
            result.append(node)
    return result


def _trim(nodes: list[Inline]) -> tuple[Inline, ...]:
    if nodes and isinstance(first := nodes[0], Text):
        nodes[0] = Text(first.value.lstrip(" "), at=first.at)
    if nodes and isinstance(last := nodes[-1], Text):
        nodes[-1] = Text(last.value.rstrip(" "), at=last.at)
    return tuple(node for node in nodes if not (isinstance(node, Text) and not node.value))
