"""Pictures in their placeholders: cropped where little is lost, SVG with a raster beside it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from builder.deck.pictures import Framed
from builder.document.nodes import Figure
from builder.theme.model import Theme
from builder.writers.powerpoint.drawing import attribute, label, outline, place
from builder.writers.powerpoint.package import Package, Part
from builder.writers.svg_raster import svg_raster

RASTER = ("png", "jpeg", "gif", "tiff", "bmp")
_SVG = (
    '<a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{}"/>'
    "</a:ext></a:extLst>"
)


@dataclass(frozen=True, slots=True)
class Image:
    """An image as PowerPoint can hold it."""

    data: bytes
    extension: str
    size: tuple[int, int]
    svg: bytes = b""  # the drawing that `data` is a raster of


def image_of(
    figure: Figure, read: Callable[[PurePosixPath], bytes], theme: Theme
) -> Image | str | None:
    """Read a figure's image; None: PowerPoint cannot hold it; or why its drawing cannot be done."""
    data = read(figure.image.path)
    if figure.image.content_type != "image/svg+xml":
        found = raster(data)
        return Image(*found) if found else None
    width, height = (side or 300 for side in figure.image.size)
    drawn = svg_raster(data, (width, height), theme)
    return drawn if isinstance(drawn, str) else Image(drawn, "png", (width, height), data)


def picture_xml(
    image: Image,
    framed: Framed,
    part: Part,
    package: Package,
    *,
    number: int,
    alt: str,
    tag: str,
    link: str = "",
) -> str:
    """Write `p:pic`; `link` is an `a:hlinkClick`."""
    relation = part.relate("image", package.image(image.data, image.extension))
    vector = ""
    if image.svg:
        vector = _SVG.format(part.relate("image", package.image(image.svg, "svg")))
    name = label(number, "Picture", alt=alt)
    if link:
        name = f"{name[:-2]}>{link}</p:cNvPr>"
    cut = {"l": framed.left, "t": framed.top, "r": framed.right, "b": framed.bottom}
    sides = "".join(f" {side}={attribute(str(lost))}" for side, lost in cut.items() if lost)
    crop = f"<a:srcRect{sides}/>" if sides else ""
    return (
        f"<p:pic><p:nvPicPr>{name}<p:cNvPicPr>"
        '<a:picLocks noGrp="1" noChangeAspect="1"/></p:cNvPicPr>'
        f'<p:nvPr>{tag}</p:nvPr></p:nvPicPr><p:blipFill><a:blip r:embed="{relation}">{vector}'
        f"</a:blip>{crop}<a:stretch><a:fillRect/></a:stretch></p:blipFill>"
        f'<p:spPr>{place(framed.box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"{outline(None)}</p:spPr></p:pic>"
    )


def raster(data: bytes) -> tuple[bytes, str, tuple[int, int]] | None:
    """Give an image as PowerPoint can hold it: bytes, extension, pixels; None: it cannot."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            kind, size = (image.format or "").lower(), image.size
            if kind in RASTER:
                return data, kind, size
            stream = io.BytesIO()
            image.convert("RGBA").save(stream, "PNG")
            return stream.getvalue(), "png", size
    except (UnidentifiedImageError, OSError):
        return None
