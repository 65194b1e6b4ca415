"""One writing of a long report, measured in its own process; used by bench.py and word.py.

The shipped briefing's sections stand in it several times, each time with labels of their own; for
a size of 0, three of them stand there once.
"""

from __future__ import annotations

import dataclasses
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from builder.build import Prepared, prepare, write_format
from builder.diagnostics import Diagnostics
from builder.document.nodes import (
    BlockNode,
    Caption,
    CrossReference,
    Document,
    Heading,
    Link,
    Node,
    Section,
    SectionRole,
    Text,
)
from builder.document.walk import rebuild
from builder.hands import Hands
from builder.hired import WORKSHOP
from builder.job import Job
from builder.theme.fonts import FontBook
from builder.writers.markup_inlines import Setting
from builder.writers.pdf import write_pdf
from builder.writers.pdf_pages import report_values
from builder.writers.pdf_plan import Plan
from builder.writers.pdf_press import Press, private_fonts
from builder.writers.stylesheet import stylesheet
from builder.writers.templates import fill

PROJECT = Path(__file__).parents[1] / "content" / "israel-azerbaijan"

WARM = ("ours", "plain")
"""What has written a short report before it is timed: libraries, fonts and styles are loaded."""


def main() -> None:
    """Write one kind of output (see bench.py, commands.py, word.py); print as JSON what it cost."""
    what, size = sys.argv[1], int(sys.argv[2])
    log = Diagnostics()
    prepared = prepare(Job(PROJECT), log)
    document = longer(prepared.document, size) if size else shorter(prepared.document)
    small = dataclasses.replace(prepared, document=shorter(prepared.document))
    prepared = dataclasses.replace(prepared, document=document)
    kinds = {"ours": ours, "plain": plain, "word": word, "clock-0": alone, "clock-2": by_two}
    if what in WARM:
        kinds[what](small, log)
    seconds, pages = kinds[what](prepared, log)
    assert not log.has_errors, "\n".join(map(str, log))
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = json.dumps({"seconds": seconds, "pages": pages, "megabytes": used})
    print(told)
    if len(sys.argv) > 3:
        Path(sys.argv[3]).write_text(told, encoding="utf-8")


def shorter(document: Document) -> Document:
    """Keep what is at a glance, three sections, and what is about the briefing; no links in it."""
    numbered = [s for s in document.sections if s.role is SectionRole.SECTION][:3]
    kept = (SectionRole.GLANCE, SectionRole.ABOUT)
    chosen = [s for s in document.sections if s in numbered or s.role in kept]
    return dataclasses.replace(document, sections=rebuild(tuple(chosen), _unlinked))


def _unlinked(node: Node) -> Node | tuple[Node, ...]:
    match node:
        case CrossReference(shown=shown):
            return Text(shown)
        case Link(target=target, content=content) if target.startswith("#"):
            return content
        case _:
            return node


def longer(document: Document, size: int) -> Document:
    """Repeat the numbered sections so that there are `size` times as many."""
    repeated = [s for s in document.sections if s.role is SectionRole.SECTION]
    number = 0
    sections: list[Section] = [s for s in document.sections if s.role is SectionRole.GLANCE]
    for turn in range(size):
        for section in repeated:
            number += 1
            sections.append(dataclasses.replace(_renamed(section, turn), number=number))
    sections += [
        s for s in document.sections if s.role in (SectionRole.APPENDIX, SectionRole.ABOUT)
    ]
    return dataclasses.replace(document, sections=tuple(sections))


def _renamed(section: Section, turn: int) -> Section:
    if not turn:
        return section
    return rebuild(section, _renaming(f"-{turn}"))


def _renaming(tail: str) -> Callable[[Node], Node]:
    def change(node: Node) -> Node:
        new: dict[str, object] = {}
        if isinstance(node, BlockNode | Section) and node.id:
            new["id"] = node.id + tail
        label = getattr(node, "label", "")
        if label and isinstance(node, Section | Heading):
            new["label"] = label + tail
        caption = getattr(node, "caption", None)
        if isinstance(caption, Caption) and caption.label:
            new["caption"] = dataclasses.replace(caption, label=caption.label + tail)
        return dataclasses.replace(node, **new) if new else node  # type: ignore[arg-type]

    return change


def ours(prepared: Prepared, log: Diagnostics) -> tuple[float, int]:
    """Write as `briefing build` does, from the tree to the checked file."""
    begun = time.process_time()
    read = prepared.project.files.read
    made = write_pdf(prepared.document, prepared.theme, log, stamp=prepared.stamp, read=read)
    return time.process_time() - begun, made.pages


def alone(prepared: Prepared, log: Diagnostics) -> tuple[float, int]:
    """Write as `ours`; give the seconds of the clock."""
    return by_clock(prepared, log, None)


def by_two(prepared: Prepared, log: Diagnostics) -> tuple[float, int]:
    """Write by two processes; give the seconds of the clock, from their start on."""
    began = time.monotonic()
    with Hands.hired(2, WORKSHOP) as hands:
        _, pages = by_clock(prepared, log, hands)
        return time.monotonic() - began, pages


def by_clock(prepared: Prepared, log: Diagnostics, hands: Hands | None) -> tuple[float, int]:
    """Write the report; give the seconds of the clock."""
    began = time.monotonic()
    read = prepared.project.files.read
    made = write_pdf(
        prepared.document, prepared.theme, log, stamp=prepared.stamp, read=read, hands=hands
    )
    return time.monotonic() - began, made.pages


def word(prepared: Prepared, log: Diagnostics) -> tuple[float, int]:
    """Write the Word document."""
    begun = time.process_time()
    made = write_format("docx", prepared, log)
    return time.process_time() - begun, made.pages


def plain(prepared: Prepared, log: Diagnostics) -> tuple[float, int]:
    """Let WeasyPrint alone make pages of the same HTML: no tags, no standard, no check."""
    document, theme = prepared.document, prepared.theme
    page = theme.pages[document.meta.paper]
    measures = theme.grid.main, theme.grid.full
    setting = Setting(document.words, document.meta.language, theme, FontBook(theme), *measures)
    values = report_values(document, setting, page, prepared.stamp, Plan())
    html = fill("report.html.j2", values, theme, log)
    with private_fonts(theme):
        import weasyprint  # once its fonts are set

        begun = time.process_time()
        press = Press.start(theme, stylesheet(theme, page, log), prepared.project.files.read)
        source = weasyprint.HTML(string=html, url_fetcher=press.fetcher)
        made = source.render(font_config=press.fonts, stylesheets=[press.sheet])
        made.write_pdf()
    return time.process_time() - begun, len(made.pages)


if __name__ == "__main__":
    main()
