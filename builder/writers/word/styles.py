"""The paragraph styles that the document uses, named as Word names them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from builder.theme.model import Page, TextStyle, Theme
from builder.units import Length
from builder.writers.word.formats import Line, Side, TabKind
from builder.writers.word.formats import ParagraphFormat as P

BULLETS, NUMBERS, HEADINGS = 1, 2, 3
"""The numbering instances that styles are linked to; further ones are counted from here."""

ZERO = Length(0)
HAIR = Length.from_pt(0.05)
STEP = Length.from_mm(5)
CODE_PAD = Length.from_pt(7)
SHORT = Length.from_mm(40)
"""Width of the line between two thoughts."""

LABEL = Length.from_mm(17)
"""What a list's text stands in from its mark."""


def pt(points: float) -> Length:
    """Give a length in points."""
    return Length.from_pt(points)


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style. `text` is its role in the theme; without one it inherits its font."""

    id: str
    name: str
    text: TextStyle | None
    paragraph: P
    based_on: str = "Normal"
    following: str = ""
    custom: bool = False
    quick: bool = False


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """All paragraph styles by id."""

    styles: Mapping[str, Style]
    _looks: dict[str, P] = field(default_factory=dict, compare=False, repr=False)  # once made

    def text(self, style_id: str) -> TextStyle:
        """Give the text style that a paragraph of this style is set in."""
        style = self.styles[style_id]
        return style.text or self.text(style.based_on)

    def rule(self, style_id: str, side: Side) -> Length:
        """Give the height of a style's upper or lower rule with its distance to the text."""
        style = self.styles[style_id]
        own = dict(style.paragraph.borders)
        line = own.get(side)
        if line is not None:
            return Length(line.width + pt(line.space))
        return ZERO if side in own or style_id == "Normal" else self.rule(style.based_on, side)

    def look(self, style_id: str) -> P:
        """Give a style's spacing and indents with what it inherits."""
        if style_id not in self._looks:
            self._looks[style_id] = self._look(style_id)
        return self._looks[style_id]

    def _look(self, style_id: str) -> P:
        style = self.styles[style_id]
        own = style.paragraph
        if style_id == "Normal":
            return own
        base = self.look(style.based_on)
        return P(
            keep_next=own.keep_next if own.keep_next is not None else base.keep_next,
            page_break=own.page_break or base.page_break,
            before=_first(own.before, base.before),
            after=_first(own.after, base.after),
            leading=_first(own.leading, base.leading),
            leading_rule=base.leading_rule if own.leading is None else own.leading_rule,
            left=_first(own.left, base.left),
            right=_first(own.right, base.right),
            hanging=_first(own.hanging, base.hanging),
        )


def _first(own: Length | None, inherited: Length | None) -> Length | None:
    return inherited if own is None else own


def style_sheet(theme: Theme, page: Page, spread: float, label: Length = LABEL) -> StyleSheet:
    """Set up every paragraph style from the theme's roles; further numbers are the design's.

    `spread` is how far the titles' font reaches above and below its lines, as a part of its size;
    `label` the width of the column "Figure 10" in the list of figures.
    """
    maker = _Maker(theme, page, spread, label)
    families = (
        maker.running_text(),
        maker.openings(),
        maker.captions(),
        maker.cells(),
        maker.boxes(),
        maker.side_boxes(),
        maker.contents(),
        maker.page_furniture(),
        maker.cover(),
    )
    return StyleSheet({style.id: style for family in families for style in family})


class _Maker:
    """Makes the styles, one family after the other."""

    def __init__(self, theme: Theme, page: Page, spread: float, label: Length) -> None:
        self.theme = theme
        self.spread = spread
        self.label = label
        self.block = page.block
        self.margin = page.left
        self.main = theme.grid.indent
        self.strong = Line(theme.colour("ink"), theme.strong)

    def hair(self, space: int = 0) -> Line:
        """Make a hair rule at a distance from the text."""
        return Line(self.theme.colour("rule"), self.theme.hair, space)

    def running_text(self) -> Iterator[Style]:
        """Make the styles of text, lists, quotations and code."""
        main, mark = self.main, Length(self.main + STEP)
        bullet = P(left=mark, hanging=STEP, list_id=BULLETS)
        number = P(left=mark, hanging=STEP, list_id=NUMBERS)
        body = "BodyText"
        yield self._style("Normal", "Normal", "body", P(left=ZERO), quick=True)
        yield self._style(body, "Body Text", "body", P(left=main), quick=True)
        yield self._style("ListBullet", "List Bullet", "list", bullet, body, quick=True)
        yield self._style("ListNumber", "List Number", "list", number, body, quick=True)
        yield self._style("ListContinue", "List Continue", "list", P(left=mark), body)
        yield self._style("BlockText", "Block Text", "quote", self._quoted(), body)
        yield self._style("HTMLPreformatted", "HTML Preformatted", "code", self._code())
        term = P(after=ZERO, keep_next=True)
        yield self._style("DefinitionTerm", "Definition Term", "term", term, body, custom=True)
        yield self._style("Definition", "Definition", "body", P(left=mark), body, custom=True)
        yield self._style("FootnoteText", "footnote text", "footnote", P(left=main))
        hung = P(left=mark, hanging=STEP)
        yield self._style("Bibliography", "Bibliography", "bibliography", hung)
        line = P(
            left=main, right=Length(self.block - main - SHORT), leading=pt(7.5), after=pt(15),
            borders=(("bottom", self.hair()),),
        )  # fmt: skip
        yield self._style("ThematicBreak", "Thematic Break", "body", line, custom=True)

    def _quoted(self) -> P:
        """Set quotations behind a line that stands one step in."""
        line = Line(self.theme.colour("rule"), self.theme.strong, round(STEP.pt))
        return P(left=Length(self.main + 2 * STEP), right=STEP, borders=(("left", line),))

    def _code(self) -> P:
        """Set code on a ground whose edges stand off its words."""
        ground = self.theme.colour("mist")
        edge = Line(ground, self.theme.hair, round(CODE_PAD.pt))
        sides: tuple[Side, ...] = ("top", "left", "bottom", "right")
        return P(
            left=Length(self.main + CODE_PAD), right=CODE_PAD, shade=ground,
            borders=tuple((side, edge) for side in sides),
        )  # fmt: skip

    def openings(self) -> Iterator[Style]:
        """Make the headings, the house mark and what stands below a section's title."""
        main = self.main
        mark = P(
            after=pt(15), leading=self.theme.tab.height, keep_next=True,
            borders=(("top", self.strong),),
        )  # fmt: skip
        yield self._style("Rule", "Rule", "body", mark, following="Heading1", custom=True)
        first = P(left=main, hanging=main, keep_next=True, list_id=HEADINGS, outline=0)
        yield self._style(
            "Heading1", "heading 1", "h1_inline", first, following="BodyText", quick=True
        )
        for level, role in enumerate(("h2", "h3", "h4", "h4", "h4"), start=2):
            look = P(
                left=main, hanging=ZERO, keep_next=True, list_id=HEADINGS, list_level=level - 1,
                outline=level - 1,
            )  # fmt: skip
            name = f"heading {level}"
            yield self._style(
                f"Heading{level}", name, role, look, following="BodyText", quick=level < 4
            )
        yield self._style("Standfirst", "Standfirst", "standfirst", P(left=main), custom=True)
        small = replace(self.theme.styles["standfirst"], size=pt(13), leading=pt(18.75))
        yield self._style(
            "StandfirstShort", "Standfirst Short", small, P(left=main, after=pt(11.25)),
            "Standfirst", custom=True,
        )  # fmt: skip
        yield from self._bands()
        yield self._style("Eyebrow", "Eyebrow", "eyebrow", P(keep_next=True), custom=True)
        quote = P(left=main, right=Length.from_mm(14), before=ZERO, keep_next=True)
        yield self._style("Quote", "Quote", "pull_quote", quote)
        said = P(left=main, after=pt(18.75))
        yield self._style("QuoteSource", "Quote Source", "fig_sub", said, custom=True)

    def _bands(self) -> Iterator[Style]:
        """Make the band that opens a long section: title and standfirst on one ground.

        Borders of the ground's own colour keep the words off its edges. Both begin where the number
        does, so that the ground is one rectangle.
        """
        ground = self.theme.colour("sand")

        def edge(space: int) -> Line:
            return Line(ground, self.theme.strong, space)

        role = self.theme.styles["h1"]
        # Exact leading would cut the large number off; a part of the font's own does not.
        part = role.leading / (role.size * self.spread)
        sides: tuple[tuple[Side, Line | None], ...] = (("left", edge(31)), ("right", edge(31)))
        plain = P(left=self.main, hanging=self.main, keep_next=True, shade=ground, before=ZERO)
        title = replace(
            plain, after=ZERO, leading=pt(12 * part), leading_rule="auto",
            borders=(("top", edge(18)), *sides),
        )  # fmt: skip
        yield self._style(
            "Heading1Opener", "Heading 1 Opener", role, title, "Heading1",
            following="StandfirstOpener", custom=True,
        )  # fmt: skip
        below = replace(
            plain, after=pt(28), borders=(("top", edge(17)), *sides, ("bottom", edge(31)))
        )
        yield self._style(
            "StandfirstOpener", "Standfirst Opener", "standfirst", below, "Standfirst",
            following="BodyText", custom=True,
        )  # fmt: skip

    def captions(self) -> Iterator[Style]:
        """Make the styles around figures and tables."""
        title = P(before=pt(15), after=pt(2), keep_next=True, borders=(("top", self.hair(8)),))
        yield self._style("Caption", "caption", "fig_title", title, quick=True)
        subtitle = P(keep_next=True)
        yield self._style("FigureSubtitle", "Figure Subtitle", "fig_sub", subtitle, custom=True)
        drawing = P(after=pt(5), leading=pt(12), leading_rule="auto", keep_next=True)
        yield self._style("Figure", "Figure", "body", drawing, custom=True)
        # A hair narrower: of equal paragraphs with equal lines, only the first one has its line.
        below = P(right=HAIR, borders=(("top", self.hair(5)),))
        yield self._style("Source", "Source", "source", below, custom=True)
        bare = P(right=ZERO, borders=(("top", None),))
        yield self._style(
            "SourceBelowTable", "Source below Table", "source", bare, "Source", custom=True
        )
        yield self._style("Gap", "Gap", "body", P(after=ZERO, leading=pt(3.75)), custom=True)

    def cells(self) -> Iterator[Style]:
        """Make the styles of tables' cells."""
        roles = self.theme.styles
        head = P(after=ZERO, keep_next=True)
        yield self._style("TableText", "Table Text", "table_body", P(after=ZERO), custom=True)
        yield self._style("TableHead", "Table Head", "table_head", head, custom=True)
        row_head = replace(roles["table_body"], weight=600)
        yield self._style("TableRowHead", "Table Row Head", row_head, P(after=ZERO), custom=True)
        group = replace(roles["table_head"], colour=self.theme.colour("accent_2"))
        above = P(before=pt(5), after=ZERO, keep_next=True)
        yield self._style("TableGroup", "Table Group", group, above, custom=True)
        number = P(before=pt(4), after=ZERO, keep_next=True)
        yield self._style("KeyNumber", "Key Number", "big_number", number, custom=True)
        label, remark = P(after=pt(2)), P(after=pt(8))
        yield self._style("KeyNumberLabel", "Key Number Label", "number_label", label, custom=True)
        yield self._style(
            "KeyNumberRemark", "Key Number Remark", "number_remark", remark, custom=True
        )
        year = replace(roles["big_number"], size=pt(14), leading=pt(14))
        yield self._style("TimelineYear", "Timeline Year", year, P(after=ZERO), custom=True)

    def boxes(self) -> Iterator[Style]:
        """Make the styles inside boxes."""
        yield self._style("BoxHead", "Box Head", "box_head", P(), custom=True)
        yield self._style("BoxText", "Box Text", "box_text", P(), custom=True)
        side = P(before=ZERO, after=pt(3.75), keep_next=True)
        yield self._style("SideHead", "Side Head", "h3", side, custom=True)
        point = P(
            before=pt(5), after=ZERO, borders=(("top", self.hair(5)), ("between", self.hair(5)))
        )
        yield self._style("BoxPoint", "Box Point", "box_text", point, "BoxText", custom=True)

    def side_boxes(self) -> Iterator[Style]:
        """Make the styles of framed boxes: all with the same borders, so that they grow together.

        The borders keep the box's padding: they are what LibreOffice makes the frame's own.
        """
        theme = self.theme
        ground = theme.colour("sand")
        pad = round(theme.box_padding.pt * 0.8)
        edge = Line(ground, pt(pad))
        bar = Line(theme.tab.colour, theme.box_bar)
        framed = P(
            shade=ground, left=ZERO, after=ZERO,
            borders=(("top", bar), ("left", edge), ("bottom", edge), ("right", edge)),
        )  # fmt: skip
        head = theme.styles["box_head"]
        high = replace(framed, before=ZERO, leading=Length(head.leading + edge.width))
        point = replace(framed, before=pt(6))
        yield self._style("SideBoxText", "Side Box Text", "box_text", point, custom=True)
        yield self._style("SideBoxHead", "Side Box Head", head, high, "SideBoxText", custom=True)

    def contents(self) -> Iterator[Style]:
        """Make the styles of the contents and the lists of figures and tables."""
        end: tuple[tuple[TabKind, Length], ...] = (("right", self.block),)
        lists = P(left=self.main, before=pt(30), after=pt(6), keep_next=True)
        yield self._style("ListsHead", "Lists Head", "eyebrow", lists, custom=True)
        number = Length.from_mm(12)
        left = Length(self.main + number)
        title = replace(self.theme.styles["h1"], before=ZERO, after=pt(22.5))
        yield self._style("TOCHeading", "TOC Heading", title, P(keep_next=True))
        first = P(
            left=left,
            hanging=number,
            keep_next=True,
            tabs=end,
            borders=(("top", self.hair(8)), ("between", self.hair(8))),
        )
        yield self._style("TOC1", "toc 1", "toc_1", first)
        yield self._style("TOC2", "toc 2", "toc_2", P(left=left, tabs=end))
        deeper = P(left=Length(left + STEP), tabs=end)
        yield self._style("TOC3", "toc 3", "toc_2", deeper, "TOC2")
        entry = P(left=Length(self.main + self.label), hanging=self.label, tabs=end)
        small = replace(self.theme.styles["toc_2"], size=pt(9), leading=pt(13))
        yield self._style("TableofFigures", "table of figures", small, entry)

    def page_furniture(self) -> Iterator[Style]:
        """Make the running header and footer."""
        look = P(tabs=(("right", self.block),))
        yield self._style("Header", "header", "running", look)
        yield self._style("Footer", "footer", "running", look)

    def cover(self) -> Iterator[Style]:
        """Make the styles of the cover and the back cover, whose pages have no margins.

        Their ground is the cover's own colour, so that the words can be read without the drawing.
        """
        margin, roles = self.margin, self.theme.styles
        ground = self.theme.colour("accent_deep")
        plain = P(left=margin, right=margin, after=pt(4), shade=ground)
        far: tuple[tuple[TabKind, Length], ...] = (("right", Length(margin + self.block)),)
        brand = replace(roles["cover_by"], weight=600)
        top = replace(plain, before=pt(50), after=pt(70), tabs=far)
        yield self._style("CoverBrand", "Cover Brand", brand, top, custom=True)
        above = replace(plain, after=pt(14))
        yield self._style("CoverEyebrow", "Cover Eyebrow", "cover_eyebrow", above, custom=True)
        title = replace(plain, after=pt(15))
        yield self._style("Title", "Title", "cover_title", title, quick=True)
        narrow = replace(plain, right=Length(margin * 2), after=pt(15))
        yield self._style("Subtitle", "Subtitle", "cover_sub", narrow, quick=True)
        yield self._style("CoverBy", "Cover By", "cover_by", plain, custom=True)
        last = replace(roles["cover_sub"], colour=self.theme.colour("on_dark"))
        sentence = replace(plain, left=Length(margin + self.main), before=pt(200), after=ZERO)
        yield self._style("ClosingWords", "Closing Words", last, sentence, custom=True)
        imprint = replace(roles["cover_by"], colour=self.theme.colour("on_dark_2"))
        close = replace(plain, before=ZERO, after=ZERO)
        yield self._style("CoverImprint", "Cover Imprint", imprint, close, custom=True)
        named = replace(imprint, weight=600, colour=self.theme.colour("on_dark"))
        yield self._style(
            "CoverImprintTitle", "Cover Imprint Title", named, close, "CoverImprint", custom=True
        )

    def _style(
        self,
        id: str,
        name: str,
        role: str | TextStyle,
        look: P,
        based_on: str = "Normal",
        *,
        following: str = "",
        custom: bool = False,
        quick: bool = False,
    ) -> Style:
        """Make a style; what `look` leaves open of spacing is the role's own."""
        text = self.theme.styles[role] if isinstance(role, str) else role
        full = replace(
            look,
            before=text.before if look.before is None else look.before,
            after=text.after if look.after is None else look.after,
            leading=text.leading if look.leading is None else look.leading,
        )
        return Style(id, name, text, full, based_on, following, custom, quick)
