"""The deck as a web page: each slide as it will stand in PowerPoint, in real text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from markupsafe import Markup

from builder.build import Prepared
from builder.deck.fit import Fitted
from builder.deck.layout import Layouts
from builder.deck.make import make_deck
from builder.deck.measure import Ruler
from builder.deck.model import Deck, DeckSlide
from builder.diagnostics import ContentErrors, Diagnostics
from builder.document.walk import plain
from builder.passes.editions import for_format
from builder.preview.notices import Text
from builder.recall import Recall
from builder.theme.fonts import FontBook
from builder.theme.model import Theme
from builder.units import Length
from builder.writers.markup_inlines import direction
from builder.writers.slides.slide import slide_markup
from builder.writers.slides.stage import Stage
from builder.writers.templates import fill

PAGE = Markup(
    '<!DOCTYPE html>\n<html lang="{language}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
    "<title>{title}</title>\n"
    '<link rel="stylesheet" href="/fonts.css">\n<link rel="stylesheet" href="/inks.css">\n'
    "<style>\n{css}\n:root {{ --width: {width}; --height: {height}; --ratio: {ratio} }}\n</style>\n"
    '<link rel="stylesheet" href="/static/slides.css">\n</head>\n'
    "<body><main>\n{slides}\n</main></body>\n</html>\n"
)
SLIDE = Markup(
    '<article class="frame" id="slide-{number}" data-src="{source}" aria-label="{label}">'
    '<div class="slide"><div class="stage">{content}</div></div>{notes}</article>'
)
NOTES = Markup('<details class="said"><summary>Notes</summary><div>{}</div></details>')


@dataclass(slots=True)
class Slides:
    """Writes the slides again and again; those that are as they were are not set anew."""

    fitted: Fitted = field(default_factory=Fitted)
    kept: Recall[DeckSlide, Markup] = field(default_factory=Recall)

    def write(self, revision: int, prepared: Prepared, log: Diagnostics) -> Text:
        """Write every slide. Raises ContentErrors where the theme has no layouts, or bad ones."""
        document, theme = for_format(prepared.document, "pptx"), prepared.theme
        made = make_deck(document, theme, log, self.fitted)
        if made is None:
            raise ContentErrors
        deck, layouts = made
        meta = document.meta
        html = PAGE.format(
            language=meta.language,
            direction=direction(meta.language),
            title=meta.title,
            css=Markup(fill("slide.css.j2", {"link": theme.slots["hlink"].css}, theme, log)),
            width=Markup(f"{layouts.width / Length.from_pt(1):g}pt"),
            height=Markup(f"{layouts.height / Length.from_pt(1):g}pt"),
            ratio=Markup(f"{layouts.width / layouts.height:.6f}"),
            slides=Markup("\n").join(self.set(deck, layouts, theme)),
        )
        return Text("slides", revision, _located(str(html)), len(deck.slides))

    def set(self, deck: Deck, layouts: Layouts, theme: Theme) -> Iterator[Markup]:
        """Give the markup of each slide."""
        self.kept.begin((theme, layouts, replace(deck, slides=())))
        stage = Stage(deck, layouts, theme, Ruler(theme, FontBook(theme)))
        for number, slide in enumerate(deck.slides, start=1):
            yield self.kept.of(number, slide, partial(_slide, number=number, stage=stage))


def _slide(slide: DeckSlide, number: int, stage: Stage) -> Markup:
    said = "".join(f"<p>{Markup.escape(plain(node))}</p>" for node in slide.notes)
    return SLIDE.format(
        number=number,
        source=f"{slide.at.file}:{slide.at.line}" if slide.at.line else "",
        label=f"Slide {number}: {slide.title}",
        content=slide_markup(slide, number, stage),
        notes=NOTES.format(Markup(said)) if said else Markup(""),
    )


def _located(html: str) -> str:
    """Write addresses as the application answers them."""
    return html.replace('"project:///', '"/file/').replace('"theme:///logo"', '"/logo"')
