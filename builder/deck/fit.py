"""Making everything fit: smaller steps first, then more slides, and at last a diagnostic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from builder.deck.diagrams import plan_diagram
from builder.deck.layout import Layout, Layouts, Placeholder
from builder.deck.limits import Group, limited
from builder.deck.model import Deck, DeckSlide, Filled, TimelinePlan, line
from builder.deck.notes import says
from builder.deck.sizing import Sizer
from builder.deck.split import divide, joined, pieces, units
from builder.deck.tables import plan_table, split_table, table_box
from builder.deck.timelines import lanes_named, plan_timeline
from builder.deck.titles import with_unique_titles
from builder.diagnostics import Code, Diagnostics
from builder.document.nodes import (
    Block,
    Blocks,
    Diagram,
    Inlines,
    Paragraph,
    Reference,
    References,
    Table,
    Text,
    Timeline,
)
from builder.document.walk import plain
from builder.recall import Recall
from builder.theme.model import Theme
from builder.units import Length

LEAST = Length.from_pt(12)
LEAST_OF = {"title": Length.from_pt(20)}
"""The sizes below which nothing is set, whatever a layout says."""
SPLITTING = {
    "bullets": ("body",),
    "bullets-box": ("body",),
    "comparison": ("side1", "side2"),
    "comparison-3": ("side1", "side2", "side3"),
}
"""The slots whose content may run on to a further slide."""
MORE = "… (+{})"
FLOWING = ("body", "side")
"""The kinds of text that have one size on all slides that they run on to."""
BESIDE = {"bullets-box": "box", "chart-call": "call", "picture-call": "call"}
"""The boxes that get a slide of their own when they are too full."""
WITHOUT = {"bullets-box": "bullets", "chart-call": "chart", "picture-call": "picture"}
CUT = ("title", "source", "subtitle", "above", "below", "eyebrow", "series", "byline")
"""Single lines that are cut short; what they say in full goes to the speaker notes."""


@dataclass(slots=True)
class Fitted:
    """What became of each slide the last time: of itself, and of its texts."""

    divided: Recall[DeckSlide, tuple[DeckSlide, ...]] = field(default_factory=Recall)
    sized: Recall[DeckSlide, DeckSlide] = field(default_factory=Recall)

    def begin(self, around: object) -> None:
        """Begin to fit a deck."""
        self.divided.begin(around)
        self.sized.begin(around)

    def clear(self) -> None:
        """Forget everything."""
        self.divided.clear()
        self.sized.clear()


def fit(
    deck: Deck, theme: Theme, layouts: Layouts, log: Diagnostics, fitted: Fitted | None = None
) -> Deck:
    """Give every text its size and every table, timeline and diagram its measures.

    What does not fit at the layout's smallest size runs on to further slides; what cannot be
    divided is diagnosed. Slides that were `fitted` before are not measured again, though blocks on
    them may have another line by now.
    """
    fitted = fitted or Fitted()
    fitted.begin((theme, layouts, deck.words))
    fitter = _Fitter(theme, layouts, log, deck.words, fitted)
    groups = [
        Group(slide.origin, slide.part, fitted.divided.of(number, slide, fitter.slides))
        for number, slide in enumerate(deck.slides)
    ]
    groups, dropped = limited(groups, deck, log)
    slides = [slide for group in groups for slide in group.slides]
    done = tuple(fitter.finished(slides))
    if any(found.code is Code.SLIDE_OVERFULL for found in log):
        fitted.clear()  # what was found is to be found again
    return replace(deck, slides=done, left_out=(*deck.left_out, *dropped))


def takeaway_fits(takeaway: Inlines, theme: Theme, layouts: Layouts) -> bool:
    """Tell whether an assertion fits into the two lines of a slide's title."""
    slot = layouts["bullets"].slots["title"]
    title = Filled("title", (Paragraph(takeaway),))
    return Sizer(theme).sized(title, slot) is not None


RATHER_SMALLER = ("title", "closing")
"""Layouts whose title steps down to its minimum before it takes a third line."""


class _Fitter:
    """Fits one slide after the other."""

    def __init__(
        self,
        theme: Theme,
        layouts: Layouts,
        log: Diagnostics,
        words: Mapping[str, str],
        fitted: Fitted,
    ) -> None:
        self.layouts, self.log, self.words, self.fitted = layouts, log, words, fitted
        self.sizer = Sizer(theme)
        self.ruler = self.sizer.ruler

    def slides(self, slide: DeckSlide) -> tuple[DeckSlide, ...]:
        """Give the slides that one becomes, texts not yet sized."""
        layout = self.layouts[slide.layout]
        if slide.layout == "sources":
            slide = self._flowed(slide, layout)
        parts = self._own_box(slide, layout)
        return tuple(one for p in parts for one in self._divided(p, self.layouts[p.layout]))

    def finished(self, slides: Sequence[DeckSlide]) -> list[DeckSlide]:
        """Give slides with every text sized, and titles told apart."""
        told = list(with_unique_titles(slides, self.words))
        done = self._sized("first", told)
        if len({slide.title for slide in done}) < len(done):  # titles that were cut alike
            told = list(with_unique_titles(done, self.words))
            done = self._sized("again", told)
        return [
            self._alike(slide, sized, limits)
            for slide, sized, limits in zip(told, done, _limits(done), strict=True)
        ]

    # ------------------------------------------------------------ texts

    def _sized(self, turn: str, slides: Sequence[DeckSlide]) -> list[DeckSlide]:
        sized = self.fitted.sized
        return [sized.of((turn, n), s, self._sized_slide) for n, s in enumerate(slides)]

    def _sized_slide(self, slide: DeckSlide) -> DeckSlide:
        layout = self.layouts[slide.layout]
        texts: list[Filled] = []
        notes = list(slide.notes)
        for text in slide.texts:
            slot = layout.slots.get(text.slot)
            if slot is None:
                continue
            least = LEAST_OF.get(text.slot, LEAST)
            done = None
            if text.slot == "title" and slide.layout in RATHER_SMALLER:
                done = self.sizer.sized(text, replace(slot, lines=2))
            done = done or self.sizer.sized(text, slot) or self.sizer.sized(text, slot, least)
            if done is None and text.slot in CUT:
                notes.insert(0, says(plain(text.blocks)))
                done = self.sizer.cut(text, slot)
            if done is None:
                self._overfull(slide, text, slot)
                done = replace(text, size=min(slot.style.minimum, LEAST))
            texts.append(done)
        return replace(slide, texts=tuple(texts), notes=tuple(notes))

    def _alike(self, slide: DeckSlide, sized: DeckSlide, limits: Mapping[str, Length]) -> DeckSlide:
        """Give what stands in slots of one kind (finding1, finding2 …) the same size."""
        slots = self.layouts[slide.layout].slots
        before = {text.slot: text for text in slide.texts}
        texts = [
            text
            if text.size == limits[_kind(text)]
            else self.sizer.settled(before[text.slot], slots[text.slot], limits[_kind(text)])
            for text in sized.texts
        ]
        spreads: dict[str, Length] = {}
        for text in texts:
            spreads[_kind(text)] = min(text.spread, spreads.get(_kind(text), text.spread))
        return replace(sized, texts=tuple(replace(t, spread=spreads[_kind(t)]) for t in texts))

    def _overfull(self, slide: DeckSlide, text: Filled, slot: Placeholder) -> None:
        at = next((block.at for block in text.blocks if block.at.line), slide.at)
        self.log.error(
            Code.SLIDE_OVERFULL,
            f"{plain(text.blocks)[:60]!r} is too long for its place on the slide {slide.title!r}",
            at=at,
            hint="say it in fewer words, or divide it into several paragraphs or items",
        )

    # ------------------------------------------------------------ dividing

    def _own_box(self, slide: DeckSlide, layout: Layout) -> Iterator[DeckSlide]:
        """Give a box that is too full a slide of its own, after the one it stood on."""
        name = BESIDE.get(slide.layout)
        text = slide.slot(name) if name else None
        if name is None or text is None or self.sizer.sized(text, layout.slots[name]) is not None:
            yield slide
            return
        rest = tuple(f for f in slide.texts if f is not text)
        others = tuple(f for f in rest if f.slot in ("title", "source"))
        yield replace(slide, layout=WITHOUT[slide.layout], texts=rest)
        yield replace(
            slide,
            layout="bullets",
            texts=(*others, Filled("body", text.blocks)),
            graphic=None,
            anchors=(),
        )

    def _divided(self, slide: DeckSlide, layout: Layout) -> tuple[DeckSlide, ...]:
        match slide.graphic:
            case Table():
                return self._table(slide, slide.graphic, layout)
            case Timeline():
                return self._timeline(slide, slide.graphic, layout)
            case Diagram():
                plan = plan_diagram(slide.graphic, layout, self.ruler)
                if plan is None:
                    self._too_large(slide)
                return (replace(slide, plan=plan),)
        return self._texts(slide, layout)

    def _texts(self, slide: DeckSlide, layout: Layout) -> tuple[DeckSlide, ...]:
        names = SPLITTING.get(slide.layout, ())
        flowing = [f for f in slide.texts if f.slot in names]
        full = [f for f in flowing if self.sizer.sized(f, layout.slots[f.slot]) is None]
        if not full:
            return (slide,)
        divided = {f.slot: self._parts(f, layout.slots[f.slot]) for f in full}
        count = max(len(parts) for parts in divided.values())
        if count < 2:
            return (slide,)
        slides = []
        for place in range(count):
            texts: list[Filled] = []
            for text in slide.texts:
                if text.slot in divided:
                    parts = divided[text.slot]
                    if place < len(parts):
                        texts.append(replace(text, blocks=parts[place]))
                elif not (place and (text.slot in names or text.slot == "box")):
                    texts.append(text)
            one = replace(slide, texts=tuple(texts))
            if place and slide.layout == "bullets-box":
                one = replace(one, layout="bullets")
            slides.append(one)
        return tuple(slides)

    def _parts(self, text: Filled, slot: Placeholder) -> tuple[Blocks, ...]:
        """Divide a slot's content between its items, into parts of like height."""

        def fits(part: Sequence[Block]) -> bool:
            return self.sizer.fits(joined(tuple(part)), slot)

        def height(part: Sequence[Block]) -> int:
            return self.sizer.height(joined(tuple(part)), slot, slot.style.minimum)

        items = [
            piece
            for unit in units(text.blocks)
            for piece in ((unit,) if fits((unit,)) else pieces(unit))
        ]
        return tuple(joined(tuple(part)) for part in divide(items, fits, height))

    def _flowed(self, slide: DeckSlide, layout: Layout) -> DeckSlide:
        """Fill the two columns of the sources slide with as many works as they hold."""
        left, right = slide.slot("left"), slide.slot("right")
        column = layout.slots["left"]
        if left is None or not isinstance(left.blocks[0], References):
            return self._trimmed(slide, "right", layout)
        entries = left.blocks[0].entries
        first = self._fill(entries, column)
        texts = [f for f in slide.texts if f.slot not in ("left", "right")]
        rest = entries[len(first) :]
        if right is not None or not rest:
            first = self._more(first, rest)
            texts += [Filled("left", (References(first),)), *((right,) if right else ())]
            return self._trimmed(replace(slide, texts=tuple(texts)), "right", layout)
        second = self._fill(rest, layout.slots["right"])
        second = self._more(second, rest[len(second) :])
        texts += [Filled("left", (References(first),)), Filled("right", (References(second),))]
        return replace(slide, texts=tuple(texts))

    def _fill(self, entries: tuple[Reference, ...], slot: Placeholder) -> tuple[Reference, ...]:
        """Give as many entries as stand in a column at the layout's smallest size."""
        kept: tuple[Reference, ...] = ()
        for entry in entries:
            more = (*kept, entry)
            spare = Reference("", (Text(self.words.get("more_works", MORE).replace("{}", "000")),))
            if self.sizer.sized(Filled(slot.slot, (References((*more, spare)),)), slot) is None:
                break
            kept = more
        return kept

    def _more(
        self, kept: tuple[Reference, ...], dropped: Sequence[Reference]
    ) -> tuple[Reference, ...]:
        """Say how many works there are besides."""
        if not dropped:
            return kept
        return (
            *kept,
            Reference(
                "", (Text(self.words.get("more_works", MORE).replace("{}", str(len(dropped)))),)
            ),
        )

    def _trimmed(self, slide: DeckSlide, name: str, layout: Layout) -> DeckSlide:
        """Leave away what does not fit at the end of a slot."""
        text = slide.slot(name)
        if text is None:
            return slide
        blocks = text.blocks
        while (
            len(blocks) > 1 and self.sizer.sized(Filled(name, blocks), layout.slots[name]) is None
        ):
            pieces = units(blocks)[:-1]
            blocks = joined(pieces)
        kept = tuple(replace(f, blocks=blocks) if f is text else f for f in slide.texts)
        return replace(slide, texts=kept)

    # ------------------------------------------------------------ graphics

    def _table(self, slide: DeckSlide, table: Table, layout: Layout) -> tuple[DeckSlide, ...]:
        room = table_box(layout, below_subtitle=slide.slot("subtitle") is not None).height
        whole = plan_table(table, layout, self.ruler, room)
        if whole is not None:
            return (replace(slide, plan=whole),)
        parts = split_table(table, layout, self.ruler, room)
        if parts is None:
            self._too_large(slide)
            return (slide,)
        return tuple(replace(slide, graphic=part, plan=plan) for part, plan in parts)

    def _timeline(
        self, slide: DeckSlide, timeline: Timeline, layout: Layout
    ) -> tuple[DeckSlide, ...]:
        for count in range(1, len(timeline.events) + 1):
            parts = _portions(timeline, count)
            plans = [plan_timeline(part, layout, self.ruler) for part in parts]
            if all(plan is not None for plan in plans):
                return tuple(
                    replace(slide, texts=_with_lanes(slide, part, plan), graphic=part, plan=plan)
                    for part, plan in zip(parts, plans, strict=True)
                    if plan is not None
                )
        self._too_large(slide)
        return (slide,)

    def _too_large(self, slide: DeckSlide) -> None:
        self.log.error(
            Code.SLIDE_OVERFULL,
            f"what the slide {slide.title!r} shows does not fit on a slide",
            at=slide.at,
            hint="shorten its texts, divide it, or keep it out of the deck by deck=false",
        )


def _kind(text: Filled) -> str:
    return text.slot.rstrip("123456789")


def _limits(slides: Sequence[DeckSlide]) -> list[Mapping[str, Length]]:
    """Give for each slide the smallest size of each kind of text, on it and its continuations."""
    made: list[Mapping[str, Length]] = []
    for _, group in groupby(slides, key=lambda slide: slide.origin or slide):
        together = list(group)
        flowing: dict[str, Length] = {}
        for text in (t for slide in together for t in slide.texts if _kind(t) in FLOWING):
            flowing[_kind(text)] = min(text.size, flowing.get(_kind(text), text.size))
        for slide in together:
            own: dict[str, Length] = {}
            for text in slide.texts:
                own[_kind(text)] = min(text.size, own.get(_kind(text), text.size))
            made.append({**own, **{kind: flowing[kind] for kind in own if kind in flowing}})
    return made


def _with_lanes(slide: DeckSlide, part: Timeline, plan: TimelinePlan) -> tuple[Filled, ...]:
    above, below = lanes_named(part, one_sided=plan.one_sided)
    return (*slide.texts, *line("above", above), *line("below", below))


def _portions(timeline: Timeline, count: int) -> tuple[Timeline, ...]:
    """Divide a timeline's events into parts of like number."""
    events = timeline.events
    ends = [round(len(events) * turn / count) for turn in range(count + 1)]
    return tuple(
        replace(timeline, events=events[start:end]) for start, end in pairwise(ends) if end > start
    )
