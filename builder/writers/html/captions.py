"""What stands around a figure or table: eyebrow, finding, what is measured, source."""

from __future__ import annotations

from markupsafe import Markup

from builder.document.nodes import Caption, Captioned
from builder.writers.html.web import Web
from builder.writers.markup_figures import count_of


def framed(node: Captioned, head: Markup, drawing: Markup, web: Web, classes: str) -> Markup:
    """Put head and source around a drawing, in the order that is ours."""
    kinds = classes.split()
    wide = " full" if web.top and ("table" not in kinds or "wide" in kinds) else ""
    marks = web.marks(node, f"fig {classes}{wide}", name=node.caption.label or node.id)
    return Markup("<figure{}>{}{}{}</figure>").format(
        marks, head, drawing, source(node.caption, web)
    )


def head(caption: Caption, web: Web) -> Markup:
    """Write what stands above a figure or table; nothing where it has no words."""
    if not caption.title and not caption.subtitle:
        return Markup("")
    parts = []
    if caption.number:
        parts.append(Markup('<p class="figno">{}</p>').format(count_of(caption, web.setting)))
    if caption.title:
        parts.append(Markup('<p class="figtitle">{}</p>').format(web.title(caption.title)))
    if caption.subtitle:
        parts.append(Markup('<p class="figsub">{}</p>').format(web.words(caption.subtitle)))
    return Markup("<figcaption>{}</figcaption>").format(Markup("").join(parts))


def source(caption: Caption, web: Web) -> Markup:
    """Write the source line; nothing where none is given."""
    if not caption.source:
        return Markup("")
    return Markup('<p class="source"><b>{}:</b> {}</p>').format(
        web.setting.word("source", "Source"), web.words(caption.source)
    )
