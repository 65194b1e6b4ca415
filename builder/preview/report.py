"""The report as a web page, each of its blocks with the line that it comes from."""

from __future__ import annotations

from markupsafe import Markup

from builder.build import Prepared
from builder.diagnostics import Diagnostics
from builder.document.nodes import Document, Section
from builder.passes.editions import for_format
from builder.preview.notices import Text
from builder.theme.fonts import FontBook
from builder.writers.markup import sourced
from builder.writers.markup_inlines import Setting, direction
from builder.writers.pdf_pages import Opened, opened
from builder.writers.pdf_plan import Plan
from builder.writers.stylesheet import stylesheet

PAGE = Markup(
    '<!DOCTYPE html>\n<html lang="{language}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
    "<title>{title}</title>\n"
    '<link rel="stylesheet" href="/fonts.css">\n<link rel="stylesheet" href="/inks.css">\n'
    "<style>\n{css}\n</style>\n"
    '<link rel="stylesheet" href="/static/report.css">\n</head>\n<body>\n'
    '<header class="head"><p class="series">{series}</p><h1>{title}</h1>'
    '<p class="sub">{subtitle}</p></header>\n<main>\n{sections}\n</main>\n</body>\n</html>\n'
)
SECTION = Markup(
    '<section class="{kind}" id="{anchor}">{head}{standfirst}'
    '<div class="body">{body}</div></section>'
)


def report(revision: int, prepared: Prepared, log: Diagnostics) -> Text:
    """Write the report as it is printed, but for its pages.

    Raises ContentErrors where the theme's style sheet has a fault.
    """
    document, theme = for_format(prepared.document, "pdf"), prepared.theme
    meta = document.meta
    setting = Setting(
        document.words,
        meta.language,
        theme,
        FontBook(theme),
        theme.grid.main,
        theme.grid.full,
        sources=True,
    )
    page = theme.pages[meta.paper]
    sections = Markup("\n").join(
        _section(section, opened(section, setting, page, Plan())) for section in document.sections
    )
    html = PAGE.format(
        language=meta.language,
        direction=direction(meta.language),
        title=meta.title,
        series=_series(document),
        subtitle=meta.subtitle,
        css=Markup(stylesheet(theme, page, log)),
        sections=sections,
    )
    located = str(html).replace('"project:///', '"/file/').replace('"theme:///logo"', '"/logo"')
    return Text("report", revision, located)


def _series(document: Document) -> str:
    meta = document.meta
    return " ".join(
        part for part in (meta.series, f"No. {meta.number}" if meta.number else "") if part
    )


def _section(section: Section, shown: Opened) -> Markup:
    number = Markup('<span class="number">{}</span> ').format(shown.number) if shown.number else ""
    head = Markup("<h1>{}{}</h1>").format(number, shown.title)
    standfirst = Markup('<p class="sf">{}</p>').format(shown.standfirst)
    return SECTION.format(
        kind=shown.kind.split()[0],
        anchor=shown.anchor,
        head=sourced(head, section.at),
        standfirst=standfirst if shown.standfirst else "",
        body=shown.body,
    )
