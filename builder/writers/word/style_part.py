"""The style part as XML: defaults, paragraph and character styles, table styles."""

from __future__ import annotations

from dataclasses import replace

from builder.theme.model import Theme
from builder.units import Length
from builder.writers.word.fonts import text_format
from builder.writers.word.formats import RunFormat
from builder.writers.word.languages import office_language, right_to_left
from builder.writers.word.styles import Style, StyleSheet
from builder.writers.word.table_styles import table_styles
from builder.writers.word.xml import Element, root, w

SMALLEST = Length.from_pt(1)


def style_part(sheet: StyleSheet, theme: Theme, language: str) -> Element:
    """Make styles.xml."""
    paragraphs = (_paragraph(style, sheet, theme) for style in sheet.styles.values())
    return root(
        "w:styles",
        _defaults(theme, language),
        _latent(),
        *paragraphs,
        *_characters(theme),
        _no_list(),
        *table_styles(theme),
    )


def _defaults(theme: Theme, language: str) -> Element:
    # Without this Word sets letters apart as if there were no kerning, and lines are wider.
    look = replace(text_format(theme.styles["body"], theme), kerned=SMALLEST)
    run = look.element()
    assert run is not None
    tag = office_language(language)
    bidi = tag if right_to_left(language) else "ar-SA"
    run.append(w("lang", val=tag, eastAsia="en-US", bidi=bidi))
    return w(
        "docDefaults",
        w("rPrDefault", run),
        w("pPrDefault", w("pPr", w("widowControl"), w("spacing", before=0, after=0))),
    )


def _latent() -> Element:
    """Keep Word's own styles out of the way: hidden until used, behind ours."""
    return w(
        "latentStyles",
        defLockedState=0,
        defUIPriority=99,
        defSemiHidden=1,
        defUnhideWhenUsed=1,
        defQFormat=0,
        count=376,
    )


def _paragraph(style: Style, sheet: StyleSheet, theme: Theme) -> Element:
    normal = style.id == "Normal"
    run = text_format(style.text, theme) if style.text else RunFormat()
    return w(
        "style",
        w("name", val=style.name),
        None if normal else w("basedOn", val=style.based_on),
        w("next", val=style.following) if style.following else None,
        w("link", val="FootnoteTextChar") if style.id == "FootnoteText" else None,
        w("uiPriority", val=1 if style.quick else 39),
        w("qFormat") if style.quick else None,
        style.paragraph.element(),
        run.element(),
        type="paragraph",
        default=1 if normal else None,
        customStyle=1 if style.custom else None,
        styleId=style.id,
    )


def _characters(theme: Theme) -> list[Element]:
    roles = theme.styles
    accent, mark = theme.colour("accent"), theme.colour("accent_2")
    label = text_format(roles["eyebrow"], theme)
    bold_label = RunFormat(family=label.family, theme_font=label.theme_font, bold=label.bold)
    light = text_format(replace(roles["opener_num"], colour=mark), theme)
    return [
        _character("DefaultParagraphFont", "Default Paragraph Font", None, default=True),
        _character("Emphasis", "Emphasis", RunFormat(italic=True), quick=True),
        _character("Strong", "Strong", RunFormat(bold=True), quick=True),
        _character(
            "Hyperlink", "Hyperlink", RunFormat(colour=accent, underline=theme.colour("rule"))
        ),
        _character(
            "FootnoteReference",
            "footnote reference",
            replace(
                bold_label,
                colour=mark,
                # Raised by hand, LibreOffice 7.4 loses the notes of whole pages.
                script="super",
                italic=False,
                size=roles["body"].size,
            ),
        ),
        _character(
            "FootnoteTextChar",
            "Footnote Text Char",
            text_format(roles["footnote"], theme),
            link="FootnoteText",
            custom=True,
        ),
        _character(
            "FootnoteNumber", "Footnote Characters", replace(bold_label, colour=mark), custom=True
        ),
        _character("PageNumber", "page number", text_format(roles["folio"], theme)),
        _character("FigureNo", "Figure No", replace(label, italic=False), custom=True),
        _character("Label", "Label", replace(bold_label, colour=theme.colour("ink")), custom=True),
        _character("EyebrowChar", "Eyebrow Char", label, custom=True),
        _character(
            "Missing", "Missing Value", RunFormat(colour=theme.colour("muted")), custom=True
        ),
        _character("HTMLCode", "HTML Code", _code(theme)),
        _character(
            "HeadingNumber",
            "Heading Number",
            RunFormat(
                family=light.family,
                theme_font=light.theme_font,
                bold=light.bold,
                colour=mark,
            ),
            custom=True,
        ),
    ]


def _code(theme: Theme) -> RunFormat:
    code = text_format(theme.styles["code"], theme)
    return RunFormat(
        family=code.family, theme_font=code.theme_font, no_proof=True, shade=theme.colour("mist")
    )


def _character(
    id: str,
    name: str,
    run: RunFormat | None,
    *,
    default: bool = False,
    quick: bool = False,
    custom: bool = False,
    link: str = "",
) -> Element:
    return w(
        "style",
        w("name", val=name),
        None if default else w("basedOn", val="DefaultParagraphFont"),
        w("link", val=link) if link else None,
        w("uiPriority", val=1 if quick else 99),
        w("semiHidden") if default else None,
        w("unhideWhenUsed") if not quick else None,
        w("qFormat") if quick else None,
        run.element() if run else None,
        type="character",
        default=1 if default else None,
        customStyle=1 if custom else None,
        styleId=id,
    )


def _no_list() -> Element:
    return w(
        "style",
        w("name", val="No List"),
        w("uiPriority", val=99),
        w("semiHidden"),
        w("unhideWhenUsed"),
        type="numbering",
        default=1,
        styleId="NoList",
    )
