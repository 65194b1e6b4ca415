"""The mail's two bodies, HTML and plain text, made of the same parts for one reader."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from builder.charts.numbers import format_number
from builder.css import css_string
from builder.diagnostics import Diagnostics
from builder.document.nodes import Contact
from builder.document.walk import plain
from builder.job import SLIDES
from builder.mail.body import Body
from builder.mail.inlines import as_html, as_text
from builder.mail.picture import Inset
from builder.theme.model import FontFamily, Theme
from builder.writers.markup_inlines import direction
from builder.writers.templates import fill

COLUMN = 72
CHART_ID = "chart@briefing"
LEFT_TO_RIGHT = "\u200e"


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with the mail."""

    name: str
    format: str  # "pdf", "docx", "pptx", "slides-pdf", "handout"
    data: bytes
    pages: int

    def detail(self, words: Mapping[str, str], language: str) -> str:
        """Give "30 pages, 0.3 MB" in a language."""
        one, many = ("slide", "slides") if self.format in SLIDES else ("page", "pages")
        word = words[f"mail_{one if self.pages == 1 else many}"]
        # Left to itself, a number between two directions parts from its unit: "MB 0.4".
        mark = LEFT_TO_RIGHT if direction(language) == "rtl" else ""
        return f"{self.pages} {word}, {mark}{size_of(len(self.data), language)}"


@dataclass(frozen=True, slots=True)
class Personal:
    """What the mail says to one reader alone."""

    subject: str
    greeting: str
    text: str  # the personal first paragraphs, plain text
    words: Mapping[str, str]
    language: str  # that of `words` and `greeting`


@dataclass(frozen=True, slots=True)
class Common:
    """What the mail says to everybody."""

    body: Body
    theme: Theme
    inset: Inset | None
    files: tuple[Attached, ...]
    link: str = ""
    unsubscribe: str = ""  # an address: "https://…", "mailto:…"; empty: the mail is to no list


def size_of(count: int, language: str = "en") -> str:
    """Give a size as people say it: "0.3 MB", "29 kB"."""
    if count >= 100_000:
        return f"{format_number(count / 1_000_000, 1, language)} MB"
    return f"{max(round(count / 1000), 1)} kB"


def html_page(common: Common, personal: Personal, log: Diagnostics) -> str:
    """Write the HTML body. Raises ContentErrors where the theme's template has a fault."""
    body, theme = common.body, common.theme
    language = body.meta.language
    values = {
        "meta": body.meta,
        "masthead": body.issue or body.meta.publisher,
        "subject": personal.subject,
        "preview": body.preview,
        "language": language,
        "direction": direction(language),
        "start": "right" if direction(language) == "rtl" else "left",
        "end": "left" if direction(language) == "rtl" else "right",
        "words": personal.words,
        "words_language": personal.language,
        "words_direction": direction(personal.language),
        "greeting": personal.greeting,
        "text": [paragraph.splitlines() for paragraph in paragraphs(personal.text)],
        "summary": body.summary,
        "numbers": [
            {
                "value": number.value,
                "label": as_html(number.label, language),
                "highlight": number.highlight,
            }
            for number in body.numbers
        ],
        "points": [as_html(point, language) for point in body.points],
        "chart": _chart(common),
        "files": [
            {"name": file.name, "detail": file.detail(personal.words, personal.language)}
            for file in common.files
        ],
        "link": common.link,
        "contact": [{"words": w, "address": a} for w, a in contact_lines(body.meta.contact)],
        "unsubscribe": common.unsubscribe,
        "colour": {name: colour.css for name, colour in theme.palette.items()},
        "serif": font_stack(theme.serif),
        "sans": font_stack(theme.sans),
    }
    return fill("mail.html.j2", values, theme, log)


def _chart(common: Common) -> Mapping[str, object] | None:
    inset, chart = common.inset, common.body.chart
    if inset is None or chart is None:
        return None
    language = common.body.meta.language
    return {
        "cid": CHART_ID,
        "width": inset.width,
        "height": inset.height,
        "alt": inset.alt,
        "title": as_html(chart.caption.title, language),
        "subtitle": as_html(chart.caption.subtitle, language),
        "source": as_html(chart.caption.source, language),
    }


def font_stack(family: FontFamily) -> Markup:
    """Give a font-family list; in single quotes, since it stands in an attribute."""
    last = {"serif": "serif", "sans-serif": "sans-serif", "monospace": "monospace"}[family.generic]
    safe = {"serif": "Georgia", "sans-serif": "Arial", "monospace": "Consolas"}[family.generic]
    names = dict.fromkeys((family.name, *family.substitutes, safe))
    quoted = (Markup(css_string(name, mark="'")) for name in names)
    return Markup(", ").join([*quoted, Markup(last)])


def contact_lines(contact: Contact) -> tuple[tuple[str, str], ...]:
    """Give each thing that is known of the contact, with the address that it links to."""
    found = [
        (contact.name, ""),
        (contact.email, f"mailto:{contact.email}" if contact.email else ""),
        (contact.url.split("://")[-1].rstrip("/"), contact.url),
        *((line, "") for line in contact.lines),
    ]
    return tuple((words, address) for words, address in found if words)


def paragraphs(text: str) -> tuple[str, ...]:
    """Divide plain text at empty lines."""
    blocks = text.replace("\r\n", "\n").split("\n\n")
    return tuple(block.strip() for block in blocks if block.strip())


# ---------------------------------------------------------------- plain text


def text_page(common: Common, personal: Personal) -> str:
    """Write the plain-text body, wrapped at 72 characters."""
    return "\n\n".join(block for block in _blocks(common, personal) if block) + "\n"


def _blocks(common: Common, personal: Personal) -> Iterator[str]:
    body, words = common.body, personal.words
    meta = body.meta
    yield wrapped(body.issue or meta.publisher)
    lines = (meta.eyebrow, meta.title.upper(), meta.subtitle)
    yield "\n".join(wrapped(line) for line in lines if line)
    yield wrapped(personal.greeting)
    for paragraph in paragraphs(personal.text):
        yield "\n".join(wrapped(line) for line in paragraph.splitlines())
    yield wrapped(body.summary)
    yield "\n".join(_item(f"{n.value} – {as_text(n.label)}", "* ") for n in body.numbers)
    points = enumerate(body.points, start=1)
    yield "\n\n".join(_item(as_text(point), f"{index}. ") for index, point in points)
    if body.chart is not None and common.inset is not None:
        caption, alt = body.chart.caption, common.inset.alt
        title = as_text(caption.title)
        head = "" if alt.startswith(title) else title
        lines = (head, as_text(caption.subtitle), alt)
        yield "\n".join(wrapped(line) for line in lines if line)
        yield wrapped(f"{words['source']}: {plain(caption.source)}" if caption.source else "")
    if common.link:
        yield f"{words['mail_read']}:\n{common.link}"
    yield "\n".join(_files(common.files, personal))
    yield "\n".join(_foot(common, words))


def _files(files: Sequence[Attached], personal: Personal) -> Iterator[str]:
    if files:
        yield f"{personal.words['mail_attached']}:"
    for file in files:
        yield f"* {file.name} ({file.detail(personal.words, personal.language)})"


def _foot(common: Common, words: Mapping[str, str]) -> Iterator[str]:
    meta = common.body.meta
    contact = ", ".join(text for text, _ in contact_lines(meta.contact))
    lines = [meta.byline, f"{words['contact']}: {contact}" if contact else "", meta.rights]
    if any(lines) or common.unsubscribe:
        yield "-- "  # mail programs know by it where a signature begins
    yield from (wrapped(line) for line in lines if line)
    if common.unsubscribe:
        yield wrapped(words["mail_reason"])
        yield f"{words['mail_leave']}: {common.unsubscribe}"


def wrapped(text: str) -> str:
    """Wrap one paragraph; addresses and long words stay whole."""
    return textwrap.fill(text, COLUMN, break_long_words=False, break_on_hyphens=False)


def _item(text: str, mark: str) -> str:
    return textwrap.fill(
        text,
        COLUMN,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )
