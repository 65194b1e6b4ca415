"""What has a caption: images, charts and diagrams with their data, key numbers, timelines."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup, escape

from builder.charts.canvas import family_list
from builder.charts.diagram import draw_diagram
from builder.charts.draw import draw_chart
from builder.document.nodes import Chart, Diagram, Event, Figure, KeyNumbers, Timeline
from builder.document.walk import plain
from builder.theme.model import Theme
from builder.units import Length
from builder.writers.html.captions import framed, head, source
from builder.writers.html.inks import loose
from builder.writers.html.tables import chart_table, plain_table, scrolled
from builder.writers.html.web import Web, joined
from builder.writers.markup_figures import big
from builder.writers.markup_inlines import address

NARROW = Length.from_pt(240)
"""The width at which drawings are made for telephones; for all else they are the report's."""

ARROWS = {"arrow": "→", "both": "↔", "line": "–"}
FROM_RIGHT = {"arrow": "←", "both": "↔", "line": "–"}


def figure(node: Figure, web: Web) -> Markup:
    """Write an image, no wider than it was asked for."""
    across, down = node.image.size
    size = Markup(' width="{}" height="{}"').format(across, down) if across and down else Markup("")
    style = (
        Markup(' style="width: {}"').format(node.image.width) if node.image.width else Markup("")
    )
    above = head(node.caption, web)
    image = Markup('<img src="{}" alt="{}"{}{}>').format(
        address(node.image, web.setting), node.caption.alt or node.image.alt, size, style
    )
    if node.link:
        image = Markup('<a href="{}">{}</a>').format(node.link, image)
    drawing = Markup('<div class="drawing">{}</div>').format(image)
    return framed(node, above, drawing, web, "image")


def chart(node: Chart, web: Web) -> Markup:
    """Write a chart as SVG, its data as a table behind it."""

    def draw(theme: Theme, width: Length) -> Markup:
        setting = web.setting
        return draw_chart(node, theme, setting.book, width=width, language=setting.language)

    above = head(node.caption, web)
    drawing = _drawn(node, draw, web) + _behind(
        chart_table(node, web), plain(node.caption.title) or node.caption.alt, web
    )
    return framed(node, above, drawing, web, f"chart chart-{node.type}")


def diagram(node: Diagram, web: Web) -> Markup:
    """Write a diagram as SVG, its arrows as a table behind it."""

    def draw(theme: Theme, width: Length) -> Markup:
        return draw_diagram(node, theme, web.setting.book, width=width)

    above = head(node.caption, web)
    drawn = _drawn(node, draw, web)
    rows: list[list[str | Markup]] = [
        [
            f"{arrow.source} {ARROWS[arrow.kind]} {arrow.target}",
            web.words(arrow.label),
        ]
        for arrow in node.arrows
    ]
    data = plain_table([], rows, numeric=False)
    behind = _behind(data, plain(node.caption.title) or node.caption.alt, web)
    return framed(node, above, drawn + behind, web, "diagram")


def _drawn(node: Chart | Diagram, draw: Callable[[Theme, Length], Markup], web: Web) -> Markup:
    """Draw at two widths, each by day and by night; the style sheet shows the one that fits."""
    theme = web.setting.theme
    sans = family_list(theme.sans, theme.fallbacks)

    def pair(width: Length) -> tuple[Markup, Markup]:
        light, dark = (loose(draw(look, width), sans) for look in (theme, web.dark))
        return light, dark

    made = []
    for width, kind in ((web.setting.full, "at-ease"), (NARROW, "in-short")):
        both = web.drawings.of((node.id, kind), (node, width), lambda known: pair(known[1]))
        made.append(Markup('<div class="drawing {}">{}</div>').format(kind, web.inks.joined(*both)))
    return joined(made)


def _behind(data: Markup, name: str, web: Web) -> Markup:
    """Put the data of a drawing behind it, to be opened."""
    word = web.word("data_table")
    return Markup('<details class="behind"><summary>{}</summary>{}</details>').format(
        word, scrolled(data, f"{word}: {name}")
    )


def key_numbers(node: KeyNumbers, web: Web) -> Markup:
    """Write key numbers, as many in a row as there is room for."""
    above = head(node.caption, web)
    cells = []
    for item in node.items:
        remark = Markup('<p class="q">{}</p>').format(web.words(item.remark))
        cells.append(
            Markup('<div{}><p class="v">{}</p><p class="d">{}</p>{}</div>').format(
                web.marks(item, "number hi" if item.highlight else "number"),
                big(item.value),
                web.words(item.label),
                remark if item.remark else Markup(""),
            )
        )
    drawing = Markup('<div class="nums">{}</div>').format(joined(cells))
    return framed(node, above, drawing, web, "numbers")


# ---------------------------------------------------------------- timeline


def timeline(node: Timeline, web: Web) -> Markup:
    """Write events as a list; wide screens show it as two lanes on one axis."""
    above = head(node.caption, web)
    lanes = [("left", node.left), ("right", node.right), ("step", node.step)]
    named = [(lane, name) for lane, name in lanes if name]
    legend = Markup('<p class="lanes" aria-hidden="true">{}</p>').format(
        joined([Markup('<span class="{}">{}</span>').format(lane, name) for lane, name in named])
    )
    events, year = [], ""
    for event in node.events:
        events.append(_event(event, dict(lanes)[event.lane], web, new=event.year != year))
        year = event.year
    drawing = Markup('{}<ol class="time" role="list">{}</ol>').format(
        legend if named else Markup(""), joined(events)
    )
    return framed(node, above, drawing, web, "timeline")


def _event(event: Event, lane: str, web: Web, *, new: bool) -> Markup:
    """Write an event; whose lane it is in is said to those who do not see it."""
    day = Markup('<span class="dt">{}</span>').format(event.day) if event.day else Markup("")
    said = Markup('<span class="lane">{}</span>').format(lane) if lane else Markup("")
    detail = Markup("<p>{}</p>").format(web.words(event.detail)) if event.detail else Markup("")
    return Markup(
        '<li{}><p class="when"><span class="yr{}">{}</span> {}</p>'
        '<div class="what">{}<p class="head"><b>{}</b></p>{}</div></li>'
    ).format(
        web.marks(event, f"ny {event.lane}" if new else event.lane),
        "" if new else " again",
        escape(event.year),
        day,
        said,
        web.words(event.head),
        detail,
    )


__all__ = ["chart", "diagram", "figure", "framed", "head", "key_numbers", "source", "timeline"]
