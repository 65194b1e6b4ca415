"""The theme's logo, where it has one that Word can show."""

from __future__ import annotations

import io

from PIL import Image, UnidentifiedImageError

from builder.diagnostics import Code
from builder.units import Length
from builder.writers.word.drawing import graphic, inline
from builder.writers.word.pictures import KNOWN, picture_shape
from builder.writers.word.place import Place
from builder.writers.word.xml import Element


def logo_run(height: Length, place: Place) -> Element | None:
    """Make a run with the logo, of this height; None where there is none."""
    path = place.theme.logo
    if path is None:
        return None
    data = path.read_bytes()
    try:
        with Image.open(io.BytesIO(data)) as image:
            kind, (wide, high) = Image.MIME.get(image.format or "", ""), image.size
    except UnidentifiedImageError:
        kind, wide, high = "", 1, 1
    if kind not in KNOWN:
        place.writing.log.note(
            Code.FORMAT_CANNOT_SHOW,
            f"Word cannot show the logo {path.name!r}: the series' name stands there",
            hint="give the theme a logo as PNG or JPEG",
        )
        return None
    width = Length(round(height * wide / high))
    relation = place.writing.parts.image(place.part, data, kind)
    shown = graphic("pic", picture_shape(relation, width, height, path.name))
    meta = place.writing.document.meta
    return inline(shown, width, height, place, name="Logo", alt=meta.publisher or meta.series)
