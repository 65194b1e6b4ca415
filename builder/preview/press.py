"""The report's pages a moment after a save: only what changed is laid out again.

A section that begins a page of its own stands there alike whatever is before it. So the report is
divided into stretches at such sections; a stretch whose HTML is another than before is laid out
alone, by the plan of the last whole layout, and the others stay. What that cannot know (page
numbers behind a stretch that grew, page ends that could be better) the whole layout puts right
later; until then the pages are a draft.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from builder.build import Prepared
from builder.diagnostics import Diagnostics
from builder.document.nodes import Document
from builder.passes.editions import for_format
from builder.preview.notices import Notice, Sheet, Sheets, Wish
from builder.preview.spots import sheets
from builder.theme.fonts import FontBook
from builder.theme.model import Theme
from builder.writers.markup_inlines import Setting
from builder.writers.pdf_pages import notes_before, report_values
from builder.writers.pdf_plan import OWN_PAGE, SECTIONS, Part, Plan, Survey, survey
from builder.writers.pdf_press import Press, private_fonts, rarely_collected, warnings_of_weasyprint
from builder.writers.stylesheet import stylesheet
from builder.writers.templates import fill

FRONT, BACK = "front", "back"


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole layout: its plan, and the pages of each stretch."""

    plan: Plan
    stretches: tuple[tuple[str, ...], ...]  # sections by their anchors
    pages: Mapping[str, tuple[Sheet, ...]]  # by the stretch's first section; FRONT and BACK
    made_of: Mapping[str, str]  # digest of the HTML of each stretch, and of FRONT
    fine: bool = False  # as it will be delivered

    @property
    def anchors(self) -> tuple[str, ...]:
        """All sections, in their order."""
        return tuple(anchor for stretch in self.stretches for anchor in stretch)

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """All pages, in their order."""
        keys = (FRONT, *(stretch[0] for stretch in self.stretches), BACK)
        return tuple(sheet for key in keys for sheet in self.pages[key])


@dataclass(slots=True)
class Drafter:
    """Lays out the pages of one briefing again and again."""

    layout: Layout | None = None
    looks: tuple[Theme, str] | None = None  # the theme, and its style sheet
    press: Press | None = None
    pending: list[str] = field(default_factory=list)
    opened: ExitStack = field(default_factory=ExitStack)

    def answer(self, wish: Wish) -> Iterator[Notice]:
        """Give the report's pages: those that changed at once, then what depends on all of them."""
        prepared: Prepared = pickle.loads(wish.briefing)
        self._start(prepared)
        if wish.layout:
            self.layout = pickle.loads(wish.layout)
        before = self.layout
        document = for_format(prepared.document, "pdf")
        reading = Reading.of(document, prepared, before.plan if before else Plan())
        files: dict[str, bytes] = {}
        if before is not None and reading.anchors == before.anchors:
            self.layout = self._parts(reading, before, files)
            yield _shown(wish, self.layout, files)
            if self.layout.made_of[FRONT] == before.made_of[FRONT]:
                return
        self.layout = self._whole(reading, files)
        yield _shown(wish, self.layout, files)

    def _start(self, prepared: Prepared) -> None:
        """Load WeasyPrint with the theme's fonts and styles, unless that has been done."""
        theme = prepared.theme
        page = theme.pages[prepared.document.meta.paper]
        css = stylesheet(theme, page, Diagnostics())
        if self.looks == (theme, css) and self.press is not None:
            return
        self.opened.close()
        self.opened.enter_context(private_fonts(theme))
        self.opened.enter_context(rarely_collected())
        self.pending = self.opened.enter_context(warnings_of_weasyprint(Diagnostics()))
        self.press = Press.start(theme, css, prepared.project.files.read)
        self.looks, self.layout = (theme, css), None

    def _whole(self, reading: Reading, files: dict[str, bytes]) -> Layout:
        laid, pdf = self._pressed(reading.html(), files)
        seen = survey(laid.pages, laid.root)
        return divided(reading, seen, tuple(sheets(laid.pages, pdf)))

    def _parts(self, reading: Reading, layout: Layout, files: dict[str, bytes]) -> Layout:
        pages, made_of = dict(layout.pages), {**layout.made_of, FRONT: reading.front()}
        at = len(pages[FRONT])
        for stretch in layout.stretches:
            html = reading.html(stretch, at)
            digest = reading.digest(stretch)
            if made_of[stretch[0]] != digest:
                laid, pdf = self._pressed(html, files)
                pages[stretch[0]] = tuple(sheets(laid.pages, pdf))
                made_of[stretch[0]] = digest
            at += len(pages[stretch[0]])
        fine = layout.fine and made_of == layout.made_of
        return Layout(layout.plan, layout.stretches, pages, made_of, fine)

    def _pressed(self, html: str, files: dict[str, bytes]) -> tuple[Any, str]:
        """Lay out and write without tags: the file is only for making pictures of it."""
        assert self.press is not None
        laid = self.press.lay_out(html, self.pending)
        data = laid.draft()
        digest = hashlib.sha256(data).hexdigest()[:20]
        files[digest] = data
        return laid, digest


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as the report's template shows it, by one plan."""

    document: Document
    prepared: Prepared
    setting: Setting
    plan: Plan
    values: Mapping[str, object]

    @classmethod
    def of(cls, document: Document, prepared: Prepared, plan: Plan) -> Reading:
        """Give the values of the whole report's template, every block with its line."""
        theme, meta = prepared.theme, document.meta
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
        values = report_values(document, setting, page, prepared.stamp, plan)
        return cls(document, prepared, setting, plan, values)

    def planned(self, plan: Plan) -> Reading:
        """Give the same document by another plan."""
        return self if plan == self.plan else Reading.of(self.document, self.prepared, plan)

    @property
    def sections(self) -> Any:
        """The sections as the template shows them."""
        return self.values["sections"]

    def html(self, stretch: tuple[str, ...] | None = None, before: int = 0) -> str:
        """Fill in the template: the whole of it, or a stretch with so many pages before it."""
        if stretch is None:
            return self._filled(self.values)
        shown = [s for s in self.document.sections if (s.label or s.id) in self.anchors]
        values = {
            **self.values,
            "whole": False,
            "front": False,
            "ends": False,
            "first_page": before,
            "notes_before": notes_before(shown, Part(frozenset(stretch))),
            "sections": [s for s in self.sections if s.anchor in stretch],
        }
        return self._filled(values)

    @property
    def anchors(self) -> tuple[str, ...]:
        """All sections, in their order."""
        return tuple(section.anchor for section in self.sections)

    def front(self) -> str:
        """Give what stands for cover, imprint and contents."""
        html = self._filled({**self.values, "sections": []})
        return hashlib.sha256(html.encode()).hexdigest()

    def digest(self, stretch: tuple[str, ...]) -> str:
        """Give what stands for a stretch's content, wherever it begins."""
        return hashlib.sha256(self.html(stretch).encode()).hexdigest()

    def _filled(self, values: Mapping[str, object]) -> str:
        return fill("report.html.j2", values, self.prepared.theme, Diagnostics())


def _shown(wish: Wish, layout: Layout, files: Mapping[str, bytes]) -> Sheets:
    used = {sheet.pdf for sheet in layout.sheets}
    sent = tuple((d, data) for d, data in files.items() if d in used and d not in wish.known)
    return Sheets("pdf", wish.revision, layout.sheets, sent, draft=not layout.fine)


def divided(
    reading: Reading, seen: Survey, pages: tuple[Sheet, ...], *, fine: bool = False
) -> Layout:
    """Divide a whole layout into stretches: at sections that begin a page whatever is before."""
    opened: dict[str, tuple[int, bool]] = {}
    back = len(pages)
    for place in seen.places:
        if place.kind.startswith(SECTIONS) and place.name not in opened:
            own = place.kind.startswith(OWN_PAGE) or place.top < 0.01
            opened[place.name] = place.page, own
        elif place.kind.startswith("back"):
            back = place.page
    stretches: list[list[str]] = []
    for name, (_, own) in opened.items():
        if own or not stretches:
            stretches.append([name])
        else:
            stretches[-1].append(name)
    starts = [opened[stretch[0]][0] for stretch in stretches]
    ends = [*starts[1:], back]
    found = {FRONT: pages[: starts[0] if starts else back], BACK: pages[back:]}
    for stretch, start, end in zip(stretches, starts, ends, strict=True):
        found[stretch[0]] = pages[start:end]
    parts = tuple(map(tuple, stretches))
    made_of = {FRONT: reading.front(), **{s[0]: reading.digest(s) for s in parts}}
    return Layout(reading.plan, parts, found, made_of, fine)
