"""Text of slides as DrawingML: list styles of layouts, paragraphs and runs of slides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from builder.deck.layout import Placeholder
from builder.deck.make import is_right_to_left
from builder.deck.measure import LIST_HANG, Ruler, after, indent, leading, paragraph_look
from builder.deck.text import ParagraphKind, Run, SlideParagraph
from builder.document.nodes import ListDelimiter, ListStyle
from builder.theme.model import Face, TextStyle, Theme
from builder.units import Length
from builder.writers.powerpoint.drawing import attribute, colour, solid, words

_TAGS = {
    "az": "az-Latn-AZ",
    "de": "de-DE",
    "en": "en-GB",
    "fr": "fr-FR",
    "he": "he-IL",
    "ru": "ru-RU",
    "tr": "tr-TR",
}
_ALIGN = {"left": "l", "right": "r", "center": "ctr"}
_ANCHOR = {"top": "t", "middle": "ctr", "bottom": "b"}
_NUMBERS: dict[ListStyle, str] = {
    "decimal": "arabic",
    "lower-alpha": "alphaLc",
    "upper-alpha": "alphaUc",
    "lower-roman": "romanLc",
    "upper-roman": "romanUc",
}
_DELIMITERS: dict[ListDelimiter, str] = {".": "Period", ")": "ParenR", "()": "ParenBoth"}
LEVELS = 4
NONE = Length(0)
SIGN = "–"


@dataclass(frozen=True, slots=True)
class Typesetter:
    """Writes text in the theme's fonts and the document's language."""

    theme: Theme
    ruler: Ruler
    language: str
    major: str  # the families of the theme part
    minor: str

    @property
    def rtl(self) -> bool:
        """Whether the document is read from right to left."""
        return is_right_to_left(self.language)

    def tag(self, language: str = "") -> str:
        """Give a language as Office names it."""
        wanted = language or self.language
        return _TAGS.get(wanted.lower(), wanted)

    def typeface(self, face: Face) -> str:
        """Name a face's family, by the theme where it can be."""
        if face.office_family == self.minor:
            return '<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/>'
        if face.office_family == self.major:
            return '<a:latin typeface="+mj-lt"/><a:ea typeface="+mj-ea"/><a:cs typeface="+mj-cs"/>'
        name = attribute(face.office_family)
        return f"<a:latin typeface={name}/><a:ea typeface={name}/><a:cs typeface={name}/>"

    # ------------------------------------------------------------ layouts

    def look(self, tag: str, style: TextStyle, size: Length, *, lang: str = "") -> str:
        """Write how characters look: `a:defRPr` of a layout, `a:rPr` of a drawn label."""
        face = style.face
        told = f" lang={attribute(lang)}" if lang else ""
        told += f' sz="{round(size.pt * 100)}"'
        told += f' b="{int(face.office_bold)}" i="{int(face.italic)}"'
        told += ' cap="all"' if style.caps else ' cap="none"'
        if style.tracking:
            told += f' spc="{round(style.tracking * size.pt * 100)}"'
        return f"<a:{tag}{told}>{solid(style.colour)}{self.typeface(face)}</a:{tag}>"

    def list_style(self, slot: Placeholder) -> str:
        """Write a placeholder's `a:lstStyle`: its text, then the levels of its lists."""
        first = SlideParagraph((), "bullet" if slot.bullet else "plain")
        start = 1 if slot.bullet else 0
        levels = [first] + [
            SlideParagraph((), "bullet", depth) for depth in range(start, start + LEVELS)
        ]
        inner = ""
        for number, paragraph in enumerate(levels, start=1):
            style, size = paragraph_look(paragraph, slot, slot.style.size, self.theme)
            inner += (
                f"<a:lvl{number}pPr{self._indent(paragraph, slot)}{self._direction(slot.align)}>"
                f"{_spacing(style, size, after(paragraph, style, size, slot))}"
                f"{self._bullet(paragraph.kind, slot)}{self.look('defRPr', style, size)}"
                f"</a:lvl{number}pPr>"
            )
        return f"<a:lstStyle>{inner}</a:lstStyle>"

    def _indent(self, paragraph: SlideParagraph, slot: Placeholder) -> str:
        hang = slot.bullet.hang if slot.bullet else LIST_HANG
        first = -hang if paragraph.kind in ("bullet", "number") else 0
        return f' marL="{int(indent(paragraph, slot))}" indent="{int(first)}"'

    def _direction(self, align: str) -> str:
        if not self.rtl:
            return f' algn="{_ALIGN[align]}" rtl="0"'
        turned = {"left": "right", "right": "left"}.get(align, align)
        return f' algn="{_ALIGN[turned]}" rtl="1"'

    def _bullet(self, kind: ParagraphKind, slot: Placeholder) -> str:
        if kind != "bullet":
            return "<a:buNone/>"
        ink = slot.bullet.colour if slot.bullet else self.theme.colour("accent_2")
        sign = slot.bullet.sign if slot.bullet else SIGN
        return (
            f'<a:buClr>{colour(ink)}</a:buClr><a:buFont typeface="+mj-lt"/>'
            f"<a:buChar char={attribute(sign)}/>"
        )

    def plain_style(self, style: TextStyle) -> str:
        """Write the levels of text that stands in no placeholder."""
        inner = ""
        for number in range(1, LEVELS + 2):
            inner += (
                f'<a:lvl{number}pPr marL="0" indent="0"{self._direction("left")}>'
                f"{_spacing(style, style.size, NONE)}<a:buNone/>"
                f"{self.look('defRPr', style, style.size)}</a:lvl{number}pPr>"
            )
        return inner

    # ------------------------------------------------------------ slides

    def paragraphs(
        self,
        given: Sequence[SlideParagraph],
        slot: Placeholder,
        size: Length,
        link: Callable[[str], str],
        spread: Length = NONE,
    ) -> str:
        """Write a slot's paragraphs; what the layout says already is not said again.

        `spread` is added below each of them.
        """
        starts = _list_starts(given)
        made = ""
        for paragraph, start in zip(given, starts, strict=True):
            style, own = paragraph_look(paragraph, slot, size, self.theme)
            usual = paragraph_look(paragraph, slot, slot.style.size, self.theme)
            changed = own != usual[1] or style is not slot.style
            made += f"<a:p>{self._properties(paragraph, slot, style, own, start, changed, spread)}"
            made += self.runs(
                paragraph.runs, style, own, link, full=style is not slot.style, sized=changed
            )
            made += "</a:p>"
        return made or f'<a:p><a:endParaRPr lang="{self.tag()}"/></a:p>'

    def _properties(
        self,
        paragraph: SlideParagraph,
        slot: Placeholder,
        style: TextStyle,
        size: Length,
        start: int,
        changed: bool,
        spread: Length,
    ) -> str:
        listed = paragraph.kind in ("bullet", "number")
        level = paragraph.depth + (0 if slot.bullet else 1) if listed else 0
        level = min(level, LEVELS)
        told = f' lvl="{level}"' if level else ""
        sign = ""
        as_layout = paragraph.kind == "bullet" if slot.bullet else not paragraph.depth
        if paragraph.kind == "number":
            told += self._indent(paragraph, slot)
            first = f' startAt="{start}"' if start > 1 else ""
            kind = _NUMBERS[paragraph.style] + _DELIMITERS[paragraph.delimiter]
            sign = f'<a:buFont typeface="+mj-lt"/><a:buAutoNum type="{kind}"{first}/>'
        elif not listed and not as_layout:
            told += self._indent(paragraph, slot)
            sign = "<a:buNone/>"
        below = Length(after(paragraph, style, size, slot) + spread)
        space = _spacing(style, size, below) if changed or spread or paragraph.ends else ""
        return f"<a:pPr{told}>{space}{sign}</a:pPr>" if told or space or sign else ""

    def runs(
        self,
        given: Sequence[Run],
        style: TextStyle,
        size: Length,
        link: Callable[[str], str],
        *,
        full: bool = False,
        sized: bool = False,
    ) -> str:
        """Write runs; `full` names the style's font and colour, `sized` its size as well."""
        made = ""
        for run in given:
            if run.text == "\n":
                made += "<a:br/>"
                continue
            look = self.theme.styles["code"] if run.code else style
            segments = self.ruler.book.segments(run.text, look, bold=run.bold, italic=run.italic)
            for segment in segments:
                made += self._run(segment.text, segment.face, run, style, size, link, full, sized)
        return made

    def _run(
        self,
        text: str,
        face: Face,
        run: Run,
        style: TextStyle,
        size: Length,
        link: Callable[[str], str],
        full: bool,
        sized: bool,
    ) -> str:
        base = style.face
        told = f' lang="{self.tag(run.lang)}"'
        if sized or full:
            told += f' sz="{round(size.pt * 100)}"'
        if full or face.office_bold != base.office_bold:
            told += f' b="{int(face.office_bold)}"'
        if full or face.italic != base.italic:
            told += f' i="{int(face.italic)}"'
        if run.strike:
            told += ' strike="sngStrike"'
        if full:
            told += ' cap="all"' if style.caps else ' cap="none"'
        if run.script:
            told += f' baseline="{30000 if run.script == "super" else -25000}"'
        told += ' dirty="0"'
        inner = ""
        if run.highlight:
            inner += solid(self.theme.colour("accent_2"))
        elif run.muted:
            inner += solid(self.theme.colour("muted"))
        elif full:
            inner += solid(style.colour)
        if full or face.office_family != base.office_family:
            inner += self.typeface(face)
        if run.link:
            inner += link(run.link)
        return f"<a:r><a:rPr{told}>{inner}</a:rPr><a:t>{words(text)}</a:t></a:r>"

    def line(
        self,
        given: Sequence[Run],
        style: TextStyle,
        size: Length,
        link: Callable[[str], str],
        *,
        align: str = "left",
    ) -> str:
        """Write one paragraph of a drawn label, everything said in place."""
        made = self.runs(given, style, size, link, full=True, sized=True)
        end = "" if made else f'<a:endParaRPr lang="{self.tag()}" sz="{round(size.pt * 100)}"/>'
        return (
            f'<a:p><a:pPr marL="0" indent="0"{self._direction(align)}>'
            f"{_spacing(style, size, Length(0))}<a:buNone/></a:pPr>{made}{end}</a:p>"
        )


def body_properties(slot: Placeholder, narrow: Length = NONE, *, rtl: bool = False) -> str:
    """Write a placeholder's `a:bodyPr`: insets, anchor, and no automatic fitting.

    `narrow` is added at the lines' end.
    """
    inset = slot.inset
    left, right = inset.left, inset.right
    if rtl:
        left = Length(left + narrow)
    else:
        right = Length(right + narrow)
    return (
        f'<a:bodyPr vert="horz" wrap="square" lIns="{int(left)}" tIns="{int(inset.top)}" '
        f'rIns="{int(right)}" bIns="{int(inset.bottom)}" rtlCol="0" '
        f'anchor="{_ANCHOR[slot.anchor]}"><a:noAutofit/></a:bodyPr>'
    )


def bare_body(anchor: str = "top", inset: Length = NONE) -> str:
    """Write the `a:bodyPr` of a drawn label."""
    room = int(inset)
    return (
        f'<a:bodyPr wrap="square" lIns="{room}" tIns="0" rIns="{room}" bIns="0" rtlCol="0" '
        f'anchor="{_ANCHOR[anchor]}"><a:noAutofit/></a:bodyPr>'
    )


def _spacing(style: TextStyle, size: Length, below: Length) -> str:
    return (
        f'<a:lnSpc><a:spcPts val="{round(leading(style, size).pt * 100)}"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="0"/></a:spcBef>'
        f'<a:spcAft><a:spcPts val="{round(below.pt * 100)}"/></a:spcAft>'
    )


def _list_starts(given: Sequence[SlideParagraph]) -> list[int]:
    """Give for each paragraph the number at which its list begins."""
    starts: list[int] = []
    open_lists: dict[int, tuple[int, int]] = {}  # depth: where it began, the last number
    for paragraph in given:
        if paragraph.kind != "number":
            if paragraph.kind == "plain" and not paragraph.depth:
                open_lists.clear()
            starts.append(1)
            continue
        began, last = open_lists.get(paragraph.depth, (paragraph.start, paragraph.start - 1))
        if paragraph.start != last + 1:
            began = paragraph.start
        open_lists = {d: v for d, v in open_lists.items() if d < paragraph.depth}
        open_lists[paragraph.depth] = (began, paragraph.start)
        starts.append(began)
    return starts
