"""The whole presentation: parts put together into one file."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import PurePosixPath

from builder.deck.layout import Layouts
from builder.deck.make import make_deck
from builder.deck.measure import Ruler
from builder.deck.model import Deck, DeckSlide
from builder.deck.pictures import inside
from builder.diagnostics import Code, Diagnostics
from builder.document.nodes import Document, Metadata
from builder.theme.model import Theme
from builder.writers.base import Artifact
from builder.writers.powerpoint.drawing import NAMESPACES, attribute, label, place, words
from builder.writers.powerpoint.links import external, links
from builder.writers.powerpoint.master import MASTER_ID, Look, layout_xml, master_xml
from builder.writers.powerpoint.notes import (
    HEIGHT,
    WIDTH,
    notes_look,
    notes_master_xml,
    notes_xml,
)
from builder.writers.powerpoint.package import CORE, Package, Part, xml_bytes
from builder.writers.powerpoint.pictures import raster
from builder.writers.powerpoint.slides import SlideWriter
from builder.writers.powerpoint.tables import table_styles_xml
from builder.writers.powerpoint.text import Typesetter
from builder.writers.powerpoint.theme_part import theme_xml
from builder.writers.zip_settle import settle

_PML = "application/vnd.openxmlformats-officedocument.presentationml"
_THEME = "application/vnd.openxmlformats-officedocument.theme+xml"
_FIRST_SLIDE = 256
_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_NOBODY = uuid.UUID("b0a3c7d2-6f4e-4b1a-9a55-0f6d2c8e7b19")
_SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"


def write_powerpoint(
    document: Document,
    theme: Theme,
    log: Diagnostics,
    *,
    stamp: datetime,
    read: Callable[[PurePosixPath], bytes],
) -> Artifact:
    """Write a document's deck as .pptx: native charts, tables and shapes, notes on every slide."""
    name = f"{document.meta.name}.pptx"
    made = make_deck(document, theme, log)
    if made is None:
        return Artifact(name, "pptx", b"", 0)
    deck, layouts = made
    data = settle(presentation(deck, document.meta, theme, layouts, log, read), stamp)
    return Artifact(name, "pptx", data, len(deck.slides))


def presentation(
    deck: Deck,
    meta: Metadata,
    theme: Theme,
    layouts: Layouts,
    log: Diagnostics,
    read: Callable[[PurePosixPath], bytes],
) -> bytes:
    """Put a fitted deck together as a package."""
    major = layouts.master_slots["title"].style.face.office_family
    minor = theme.sans.face().office_family
    type_ = Typesetter(theme, Ruler(theme), deck.language, major, minor)
    look = Look(theme, layouts, type_, deck)
    package = Package()
    main = package.add("ppt/presentation.xml", f"{_PML}.presentation.main+xml")
    package.root.relate("officeDocument", main)
    master, made = _master(package, look, log)
    master_id = main.relate("slideMaster", master)
    notes_master = _notes_master(package, look)
    notes_id = main.relate("notesMaster", notes_master)
    writer = SlideWriter(package, look, read, log)
    parts = [
        package.add(f"ppt/slides/slide{number}.xml", f"{_PML}.slide+xml")
        for number in range(1, len(deck.slides) + 1)
    ]
    for number, (slide, part) in enumerate(zip(deck.slides, parts, strict=True), start=1):
        part.relate("slideLayout", made[slide.layout])
        writer.write(slide, part, links(part, deck, parts))
        _notes(writer, slide, part, number, notes_master)
    slide_ids = [main.relate("slide", part) for part in parts]
    _properties(package, main, deck, meta, theme)
    main.data = xml_bytes(_presentation_xml(deck, layouts, type_, master_id, notes_id, slide_ids))
    return package.save()


def _master(package: Package, look: Look, log: Diagnostics) -> tuple[Part, dict[str, Part]]:
    theme = package.add(
        "ppt/theme/theme1.xml", _THEME, theme_xml(look.theme, look.type.major, look.type.minor)
    )
    master = package.add("ppt/slideMasters/slideMaster1.xml", f"{_PML}.slideMaster+xml")
    layouts: dict[str, Part] = {}
    ids = []
    for number, layout in enumerate(look.layouts.layouts.values(), start=1):
        part = package.add(f"ppt/slideLayouts/slideLayout{number}.xml", f"{_PML}.slideLayout+xml")
        part.relate("slideMaster", master)
        logo = _logo(package, part, look, layout.name, log)
        part.data = xml_bytes(layout_xml(layout, look, look.deck.motif, logo))
        layouts[layout.name] = part
        ids.append(master.relate("slideLayout", part))
    master.relate("theme", theme)
    master.data = xml_bytes(master_xml(look, ids))
    return master, layouts


def _logo(package: Package, part: Part, look: Look, name: str, log: Diagnostics) -> str:
    """Draw the theme's logo where a layout has room for it."""
    area = look.layouts[name].areas.get("logo")
    if look.theme.logo is None or area is None:
        return ""
    image = raster(look.theme.logo.read_bytes())
    if image is None:
        log.note(
            Code.FORMAT_CANNOT_SHOW,
            f"the deck cannot show the logo {look.theme.logo.name!r}",
            hint="give the theme a logo as PNG or JPEG",
        )
        return ""
    data, extension, size = image
    relation = part.relate("image", package.image(data, extension))
    where = inside(area, size, at_right=area.x > look.layouts.width // 2)
    named = label(0, "Logo", alt=look.theme.name).replace('id="0"', 'id="@@ID@@"')
    return (
        f'<p:pic><p:nvPicPr>{named}<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr>'
        f'<p:nvPr userDrawn="1"/></p:nvPicPr><p:blipFill><a:blip r:embed="{relation}"/>'
        f"<a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>{place(where)}"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )


def _notes_master(package: Package, look: Look) -> Part:
    theme = package.add(
        "ppt/theme/theme2.xml", _THEME, theme_xml(look.theme, look.type.major, look.type.minor)
    )
    page = notes_look(look.theme, look.type, look.layouts.width, look.layouts.height)
    part = package.add(
        "ppt/notesMasters/notesMaster1.xml", f"{_PML}.notesMaster+xml", notes_master_xml(page)
    )
    part.relate("theme", theme)
    return part


def _notes(
    writer: SlideWriter, slide: DeckSlide, part: Part, number: int, notes_master: Part
) -> None:
    if not slide.notes:
        return
    look = writer.look
    page = notes_look(look.theme, look.type, look.layouts.width, look.layouts.height)
    name = f"ppt/notesSlides/notesSlide{number}.xml"
    notes = writer.package.add(name, f"{_PML}.notesSlide+xml")
    notes.relate("notesMaster", notes_master)
    notes.relate("slide", part)
    notes.data = xml_bytes(notes_xml(slide, page, external(notes)))
    part.relate("notesSlide", notes)


def _presentation_xml(
    deck: Deck,
    layouts: Layouts,
    type_: Typesetter,
    master_id: str,
    notes_id: str,
    slide_ids: Sequence[str],
) -> str:
    slides = "".join(
        f'<p:sldId id="{_FIRST_SLIDE + turn}" r:id="{rid}"/>' for turn, rid in enumerate(slide_ids)
    )
    turned = ' rtl="1"' if type_.rtl else ""
    default = type_.plain_style(layouts["bullets"].slots["body"].style)
    return (
        f'<p:presentation {NAMESPACES}{turned} saveSubsetFonts="1" autoCompressPictures="0">'
        f'<p:sldMasterIdLst><p:sldMasterId id="{MASTER_ID}" r:id="{master_id}"/>'
        f'</p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id="{notes_id}"/>'
        f"</p:notesMasterIdLst><p:sldIdLst>{slides}</p:sldIdLst>"
        f'<p:sldSz cx="{int(layouts.width)}" cy="{int(layouts.height)}"{_shape(layouts)}/>'
        f'<p:notesSz cx="{int(WIDTH)}" cy="{int(HEIGHT)}"/>'
        f"<p:defaultTextStyle>{default}</p:defaultTextStyle>{_sections(deck)}</p:presentation>"
    )


def _shape(layouts: Layouts) -> str:
    """Name the slides' shape where PowerPoint has a name for it."""
    return ' type="screen4x3"' if layouts.width * 3 == layouts.height * 4 else ""


def _sections(deck: Deck) -> str:
    """Group the slides in PowerPoint's list of slides; names and ids are unique."""
    made, number, seen = "", _FIRST_SLIDE, set[str]()
    for name, group in groupby(deck.slides, key=lambda slide: slide.part):
        count = len(list(group))
        shown = name or deck.title
        while shown in seen:
            shown += " "
        seen.add(shown)
        identity = str(uuid.uuid5(_NOBODY, shown)).upper()
        slides = "".join(f'<p14:sldId id="{number + turn}"/>' for turn in range(count))
        number += count
        made += (
            f'<p14:section name={attribute(shown)} id="{{{identity}}}">'
            f"<p14:sldIdLst>{slides}</p14:sldIdLst></p14:section>"
        )
    return (
        f'<p:extLst><p:ext uri="{_SECTIONS}"><p14:sectionLst xmlns:p14="{_P14}">{made}'
        "</p14:sectionLst></p:ext></p:extLst>"
    )


def _properties(package: Package, main: Part, deck: Deck, meta: Metadata, theme: Theme) -> None:
    props = package.add(
        "ppt/presProps.xml", f"{_PML}.presProps+xml", f"<p:presentationPr {NAMESPACES}/>"
    )
    view = package.add("ppt/viewProps.xml", f"{_PML}.viewProps+xml", f"<p:viewPr {NAMESPACES}/>")
    styles = package.add("ppt/tableStyles.xml", f"{_PML}.tableStyles+xml", table_styles_xml(theme))
    main.relate("presProps", props)
    main.relate("viewProps", view)
    main.relate("tableStyles", styles)
    main.relate("theme", package.parts["ppt/theme/theme1.xml"])
    core = package.add(
        "docProps/core.xml",
        "application/vnd.openxmlformats-package.core-properties+xml",
        _core_xml(meta),
    )
    application = package.add(
        "docProps/app.xml",
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'extended-properties"><Application>Briefing builder</Application>'
        f"<Slides>{len(deck.slides)}</Slides></Properties>",
    )
    package.root.relate(CORE, core)
    package.root.relate("extended-properties", application)


def _core_xml(meta: Metadata) -> str:
    creator = ", ".join(meta.authors) or meta.publisher or meta.title
    date = "1980-01-01T00:00:00Z"  # settled with all other dates
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{words(meta.title)}</dc:title><dc:subject>{words(meta.subtitle)}</dc:subject>"
        f"<dc:creator>{words(creator)}</dc:creator>"
        f"<cp:keywords>{words(', '.join(meta.keywords))}</cp:keywords>"
        f"<dc:description>{words(meta.abstract)}</dc:description>"
        f"<cp:lastModifiedBy>{words(creator)}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{date}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{date}</dcterms:modified>'
        f"<dc:language>{words(meta.language)}</dc:language></cp:coreProperties>"
    )
