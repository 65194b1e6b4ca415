"""The theme part: twelve colours, two typefaces, and no effects."""

from __future__ import annotations

from builder.theme.model import SLOTS, Theme
from builder.writers.powerpoint.drawing import attribute

_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="9525" cap="flat" cmpd="sng" algn="ctr">{_FILL}<a:prstDash val="solid"/></a:ln>'
_PLAIN = "<a:effectStyle><a:effectLst/></a:effectStyle>"


def theme_xml(theme: Theme, major: str, minor: str) -> str:
    """Write a theme part with the theme's colours and two typefaces."""
    colours = "".join(
        f'<a:{slot}><a:srgbClr val="{theme.slots[slot].hex}"/></a:{slot}>' for slot in SLOTS
    )
    name = attribute(theme.name)
    return (
        f"<a:theme {_A} name={name}><a:themeElements>"
        f"<a:clrScheme name={name}>{colours}</a:clrScheme>"
        f"<a:fontScheme name={name}>{_font('major', major)}{_font('minor', minor)}</a:fontScheme>"
        f"<a:fmtScheme name={name}><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst>"
        f"<a:lnStyleLst>{_LINE * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{_PLAIN * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements>"
        "<a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )


def _font(kind: str, family: str) -> str:
    name = attribute(family)
    faces = f"<a:latin typeface={name}/><a:ea typeface={name}/><a:cs typeface={name}/>"
    return f"<a:{kind}Font>{faces}</a:{kind}Font>"
