"""One slide: its placeholders filled, its graphic drawn, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from builder.charts.missing import can_name_missing, lacks_values, with_missing_named
from builder.deck.layout import Box, Layout, Placeholder
from builder.deck.model import (
    DeckSlide,
    DiagramPlan,
    Filled,
    TablePlan,
    TimelinePlan,
)
from builder.deck.pictures import framed
from builder.deck.tables import table_box
from builder.deck.text import Run, paragraphs
from builder.diagnostics import Code, Diagnostics
from builder.document.nodes import Chart, Diagram, Figure, Table, Timeline
from builder.units import Length
from builder.writers.powerpoint.chart_axes import ChartDrawing, chart_drawing
from builder.writers.powerpoint.chart_data import workbook
from builder.writers.powerpoint.charts import chart_xml
from builder.writers.powerpoint.diagram import DiagramDrawing
from builder.writers.powerpoint.drawing import NAMESPACES, Ids, label, place, tree
from builder.writers.powerpoint.labels import text_label
from builder.writers.powerpoint.links import Link, nowhere
from builder.writers.powerpoint.master import (
    Look,
    human_name,
    indexes,
    number_field,
    placeholder_tag,
)
from builder.writers.powerpoint.package import Package, Part, xml_bytes
from builder.writers.powerpoint.pictures import Image, image_of, picture_xml
from builder.writers.powerpoint.remarks import RemarkDrawing
from builder.writers.powerpoint.tables import TableDrawing
from builder.writers.powerpoint.text import body_properties
from builder.writers.powerpoint.timeline import TimelineDrawing
from builder.writers.svg_raster import HINT

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
DATE_FIELD = "{2A7E5C94-8D13-4F0B-B6C2-7E91D35A4F60}"
FOOT = ("source", "date", "footer", "number")
_FRAME = "http://schemas.openxmlformats.org/drawingml/2006"


@dataclass(frozen=True, slots=True)
class SlideWriter:
    """Writes slides into a package."""

    package: Package
    look: Look
    read: Callable[[PurePosixPath], bytes]
    log: Diagnostics

    def write(self, slide: DeckSlide, part: Part, link: Link) -> None:
        """Fill a slide's part; `link` writes what its links lead to."""
        layout = self.look.layouts[slide.layout]
        ids = Ids()
        index = indexes(layout)
        shapes, drawn = "", False
        for name, slot in layout.slots.items():
            if name in FOOT and not drawn:
                shapes += self._drawing(slide, layout, ids)
                drawn = True
            tag = placeholder_tag(slot, index[name])
            shapes += self._slot(slide, slot, tag, ids, part, link)
        part.data = xml_bytes(
            f"<p:sld {NAMESPACES}><p:cSld>{tree(shapes)}</p:cSld>"
            "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
        )

    def _slot(
        self, slide: DeckSlide, slot: Placeholder, tag: str, ids: Ids, part: Part, link: Link
    ) -> str:
        match slot.type:
            case "chart":
                return self._chart(slide, slot, tag, ids, part)
            case "table":
                return self._table(slide, slot, tag, ids, link)
            case "picture":
                return self._picture(slide, slot, tag, ids, part, link)
            case "footer":
                return self._fixed(slot, tag, ids, self._footer(slot))
            case "number":
                return self._fixed(slot, tag, ids, number_field(self.look.type))
            case "date":
                return self._fixed(slot, tag, ids, self._date(slot)) if self._dated else ""
            case "title" | "main-title" | "subtitle" | "body":
                filled = slide.slot(slot.slot)
                return self._text(filled, slot, tag, ids, link) if filled else ""

    # ------------------------------------------------------------ text

    def _text(self, filled: Filled, slot: Placeholder, tag: str, ids: Ids, link: Link) -> str:
        content = self.look.type.paragraphs(
            paragraphs(filled.blocks),
            slot,
            filled.size or slot.style.size,
            link,
            filled.spread,
        )
        where = ""
        if slot.shrink:
            height = Length(filled.height + slot.inset.top + slot.inset.bottom)
            where = place(Box(slot.box.x, slot.box.y, slot.box.width, height))
        body = (
            body_properties(slot, filled.narrow, rtl=self.look.type.rtl)
            if filled.narrow
            else "<a:bodyPr><a:noAutofit/></a:bodyPr>"
        )
        return (
            f"<p:sp><p:nvSpPr>{label(ids.next(), human_name(slot.slot))}"
            f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>{tag}</p:nvPr></p:nvSpPr>'
            f"<p:spPr>{where}</p:spPr><p:txBody>{body}<a:lstStyle/>{content}</p:txBody></p:sp>"
        )

    def _fixed(self, slot: Placeholder, tag: str, ids: Ids, content: str) -> str:
        return (
            f"<p:sp><p:nvSpPr>{label(ids.next(), human_name(slot.slot))}"
            f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>{tag}</p:nvPr></p:nvSpPr>'
            f"<p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>{content}</p:txBody></p:sp>"
        )

    def _footer(self, slot: Placeholder) -> str:
        """Write the footer; LibreOffice takes its look from nowhere but the paragraph itself."""
        run = (Run(self.look.deck.footer),)
        return self.look.type.line(run, slot.style, slot.style.size, nowhere, align=slot.align)

    @property
    def _dated(self) -> bool:
        return bool(self.look.deck.date) or self.look.deck.dated_today

    def _date(self, slot: Placeholder) -> str:
        """Write the briefing's date; or a field that shows the day on which the deck is shown."""
        shown = self.look.deck.date or "–"
        type_, style = self.look.type, slot.style
        told = type_.line((Run(shown),), style, style.size, nowhere, align=slot.align)
        if not self.look.deck.dated_today:
            return told
        told = told.replace("<a:r>", f'<a:fld id="{DATE_FIELD}" type="datetime4">', 1)
        return told.replace("</a:r>", "</a:fld>", 1)

    # ------------------------------------------------------------ graphics

    def _drawing(self, slide: DeckSlide, layout: Layout, ids: Ids) -> str:
        type_ = self.look.type
        match slide.graphic, slide.plan:
            case Timeline() as timeline, TimelinePlan() as plan:
                return TimelineDrawing(timeline, plan, layout, type_).xml(ids)
            case Diagram() as diagram, DiagramPlan() as plan:
                return DiagramDrawing(diagram, plan, layout, type_).xml(ids)
        return ""

    def _chart(self, slide: DeckSlide, slot: Placeholder, tag: str, ids: Ids, part: Part) -> str:
        chart = slide.graphic
        if not isinstance(chart, Chart):
            return ""
        self._report_missing(chart)
        chart = chart.parts_as_series() if chart.type == "share" else with_missing_named(chart)
        number = sum(name.startswith("ppt/charts/chart") for name in self.package.parts) + 1
        drawn = self.package.add(f"ppt/charts/chart{number}.xml", CHART_TYPE)
        name = f"ppt/embeddings/Microsoft_Excel_Sheet{number}.xlsx"
        book = self.package.add(name, "", workbook(chart))
        layout = self.look.layouts[slide.layout]
        drawing = chart_drawing(chart, layout, self.look.type)
        drawn.data = xml_bytes(chart_xml(drawing, drawn.relate("package", book)))
        data = (
            f'<a:graphicData uri="{_FRAME}/chart"><c:chart xmlns:c="{_FRAME}/chart" '
            f'r:id="{part.relate("chart", drawn)}"/></a:graphicData>'
        )
        shown = _frame(ids.next(), "Chart", chart.caption.alt, tag, slot.box, data)
        return shown + self._remarks(chart, drawing, ids)

    def _report_missing(self, chart: Chart) -> None:
        if not lacks_values(chart) or (can_name_missing(chart) and chart.type != "share"):
            return
        self.log.note(
            Code.FORMAT_CANNOT_SHOW,
            f"in a chart of this kind ({chart.type}) the deck leaves missing values out",
            at=chart.at,
            hint="say in the subtitle which are not stated",
        )

    def _remarks(self, chart: Chart, drawing: ChartDrawing, ids: Ids) -> str:
        """Draw what is said of a chart's data; where that cannot be, say so."""
        if not chart.annotations:
            return ""
        if drawing.frame is not None:
            return RemarkDrawing(drawing, drawing.frame).xml(ids)
        self.log.note(
            Code.FORMAT_CANNOT_SHOW,
            f"the deck shows no remarks in a chart of type {chart.type!r}",
            at=chart.at,
            hint="say it in the title, or in a .slide that shows the chart",
        )
        return ""

    def _table(self, slide: DeckSlide, slot: Placeholder, tag: str, ids: Ids, link: Link) -> str:
        table, plan = slide.graphic, slide.plan
        if not isinstance(table, Table) or not isinstance(plan, TablePlan):
            return ""
        layout = self.look.layouts[slide.layout]
        drawing = TableDrawing(table, plan, layout, self.look.type, link)
        room = table_box(layout, below_subtitle=slide.slot("subtitle") is not None)
        height = Length(plan.head + sum(plan.rows))
        box = Box(room.x, room.y, Length(sum(plan.widths)), height)
        data = f'<a:graphicData uri="{_FRAME}/table">{drawing.xml()}</a:graphicData>'
        return _frame(ids.next(), "Table", table.caption.alt, tag, box, data)

    def _picture(
        self, slide: DeckSlide, slot: Placeholder, tag: str, ids: Ids, part: Part, follow: Link
    ) -> str:
        figure = slide.graphic
        if not isinstance(figure, Figure):
            return ""
        image = image_of(figure, self.read, self.look.theme)
        if not isinstance(image, Image):
            self._tell(figure, image)
            told = (Run(figure.caption.alt or figure.image.alt),)
            content = self.look.type.line(told, slot.style, slot.style.size, follow)
            return text_label(ids, "Picture", slot.box, content)
        return picture_xml(
            image,
            framed(slot.box, image.size),
            part,
            self.package,
            number=ids.next(),
            alt=figure.caption.alt or figure.image.alt,
            tag=tag,
            link=follow(figure.link) if figure.link else "",
        )

    def _tell(self, figure: Figure, fault: str | None) -> None:
        path = str(figure.image.path)
        if fault is not None:
            message = f"the image {path!r} cannot be drawn for the deck: {fault}"
            self.log.error(Code.IMAGE_UNREADABLE, message, at=figure.image.at, hint=HINT)
            return
        self.log.warning(
            Code.FORMAT_CANNOT_SHOW,
            f"the deck cannot show {path!r}",
            at=figure.at,
            hint="give the picture as PNG, JPEG or SVG; its alt text stands there now",
        )


def _frame(number: int, name: str, alt: str, tag: str, box: Box, data: str) -> str:
    where = place(box).replace("a:xfrm", "p:xfrm")
    return (
        f"<p:graphicFrame><p:nvGraphicFramePr>{label(number, name, alt=alt)}"
        '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr>'
        f"<p:nvPr>{tag}</p:nvPr></p:nvGraphicFramePr>{where}<a:graphic>{data}</a:graphic>"
        "</p:graphicFrame>"
    )
