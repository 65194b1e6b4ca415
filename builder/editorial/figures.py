"""Figures and tables: where from, in what unit, described how, printed how finely."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.diagnostics import Code
from builder.document.nodes import Captioned, Chart, Figure, KeyNumbers, Table
from builder.document.walk import captioned, every, plain
from builder.editorial.rule import Finding, Manuscript
from builder.units import Length

COARSE = 150
"""Dots an inch below which a picture looks coarse in print."""

_PIXEL = Length.parse("1px")
_UNIT = re.compile(
    r"[%‰€$£¥₪₼°]|\b(per cent|percent|prozent|pour cent|number|count|share|index|ratio"
    r"|thousand|million|billion|usd|eur|gbp|azn|ils|euros?|dollars?|tonnes?|years?|months?|days|hours|km|kg|mw|gw|twh"
    r"|kwh|ha|litres?|points?|people|persons|households|pieces|units?)\b",
    re.IGNORECASE,
)
_OPENINGS = {
    "en": r"(?:an? |the )?(?:image|picture|photo|photograph|graphic|screenshot|drawing"
    r"|illustration)"
    r" (?:of|showing|that shows)\b",
    "de": r"(?:ein |eine |das |die )?(?:bild|foto|abbildung|grafik|zeichnung)"
    r" (?:von|mit|zeigt|der|des)\b",
    "fr": r"(?:une |l['’])?(?:image|photo|photographie|illustration) (?:de|du|des|d['’]|montrant)",
    "ru": r"(?:изображение|фотография|фото|картинка|рисунок) \w",
    "tr": r".*\b(?:resmi|fotoğrafı|görüntüsü)$",
    "az": r".*\b(?:şəkli|fotosu|təsviri)$",
    "he": r"(?:תמונה של|תצלום של|איור של)",
}


def figure_no_source(manuscript: Manuscript) -> Iterator[Finding]:
    """Find figures and tables that say not where they come from."""
    for block in captioned(manuscript.document.sections):
        says_something = block.caption.title or isinstance(block, Chart)
        if says_something and not block.caption.source:
            yield Finding(
                Code.FIGURE_NO_SOURCE,
                f"{_name(block)} has no source",
                block.at,
                'add source="…"; for figures of your own, say so',
            )


def figure_no_unit(manuscript: Manuscript) -> Iterator[Finding]:
    """Find charts, and tables of numbers, that name no unit."""
    for block in every(manuscript.document.sections, Chart):
        if not block.unit and not _UNIT.search(plain(block.caption.subtitle) + block.y_title):
            yield Finding(
                Code.FIGURE_NO_UNIT,
                f"{_name(block)} says not in what unit its values are",
                block.at,
                'add unit="…", such as unit="per cent" or unit="number"',
            )
    for table in every(manuscript.document.sections, Table):
        if table.caption.title and not table.caption.subtitle and _has_bare_numbers(table):
            yield Finding(
                Code.FIGURE_NO_UNIT,
                f"{_name(table)} says not in what unit its numbers are",
                table.at,
                'add subtitle="…" with the unit, or name it in the heads of the columns',
            )


def _has_bare_numbers(table: Table) -> bool:
    """Tell whether a column of numbers, no years, has a unit neither in its head nor its cells."""
    for index, column in enumerate(table.columns):
        cells = [row.cells[index] for row in table.rows if len(row.cells) == len(table.columns)]
        texts = [plain(cell.content) for cell in cells]
        head = plain(table.head[index].content) if index < len(table.head) else ""
        years = all(re.fullmatch(r"(1\d|20)\d\d|", text) for text in texts)
        if column.numeric and not years and not any(_UNIT.search(t) for t in (head, *texts)):
            return True
    return False


def alt_opening(manuscript: Manuscript) -> Iterator[Finding]:
    """Find alt texts that begin by "image of", which screen readers say already."""
    pattern = re.compile(_OPENINGS.get(manuscript.language, r"(?!)"), re.IGNORECASE)
    for block in captioned(manuscript.document.sections):
        found = pattern.match(block.caption.alt)
        if found:
            yield Finding(
                Code.ALT_OPENING,
                f"the alt text begins by {found[0].strip()!r}",
                block.at,
                "say at once what is to be seen; that it is a picture is known",
            )


def alt_repeats(manuscript: Manuscript) -> Iterator[Finding]:
    """Find alt texts of images that say no more than the caption."""
    for figure in every(manuscript.document.sections, Figure):
        alt = _bare(figure.caption.alt or figure.image.alt)
        title = _bare(plain(figure.caption.title))
        if title and alt in (title, _bare(plain(figure.caption.title + figure.caption.subtitle))):
            yield Finding(
                Code.ALT_REPEATS,
                "the alt text repeats the caption, so that it is read out twice",
                figure.at,
                'describe what is to be seen by fig-alt="…"',
            )


def image_coarse(manuscript: Manuscript) -> Iterator[Finding]:
    """Find images of fewer than 150 dots an inch at the width at which they are printed."""
    full = manuscript.theme.grid.full
    for figure in every(manuscript.document.sections, Figure):
        across = figure.image.size[0]
        width = _printed(figure, full)
        if figure.image.content_type == "image/svg+xml" or not across or not width:
            continue
        dots = across / (width / Length.parse("1in"))
        if dots < COARSE - 0.5:
            least = -(-across // COARSE) * 25
            yield Finding(
                Code.IMAGE_COARSE,
                f"{figure.image.path} has {dots:.0f} dots an inch at {width.mm:.0f} mm",
                figure.image.at if figure.image.at.line else figure.at,
                f"take a picture of {round(width.mm / 25.4 * COARSE)} pixels across or more,"
                f" or print it at width={least}mm",
            )


def _printed(figure: Figure, room: Length) -> Length:
    """Give the width of an image on the page: as the author says, else its own at 96 dots."""
    wanted = figure.image.width
    if wanted.endswith("%"):
        return Length(int(room * min(float(wanted[:-1]), 100) / 100))
    if wanted:
        return Length(min(Length.parse(wanted), room))
    return Length(min(figure.image.size[0] * _PIXEL, room))


def _name(block: Captioned) -> str:
    what = "the chart" if isinstance(block, Chart) else "the table"
    if isinstance(block, KeyNumbers):
        what = "the set of key numbers"
    elif not isinstance(block, Chart | Table):
        what = f"the {type(block).__name__.lower()}"
    title = plain(block.caption.title) or block.caption.label
    return f"{what} {title!r}" if title else what


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
