"""The word that stands across the pages of a draft."""

from __future__ import annotations

from builder.css import css_string
from builder.writers.word.fields import run
from builder.writers.word.place import Place
from builder.writers.word.xml import Element, w
from builder.writers.word.xml import x as v

WIDTH, HEIGHT = 420, 110
"""Points."""

STYLE = (
    f"position:absolute;margin-left:0;margin-top:0;width:{WIDTH}pt;height:{HEIGHT}pt;rotation:315;"
    "z-index:-251658752;mso-position-horizontal:center;"
    "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
    "mso-position-vertical-relative:margin"
)


def watermark(place: Place) -> Element:
    """Make the run that draws the word behind a header's page, as Word's own command does.

    Word finds and takes away a watermark by its shape's name.
    """
    number = place.writing.next_drawing()
    word = place.writing.word("draft", "Draft")
    family = css_string(place.text.face.office_family, mark="'")
    shape = v(
        "v:shape",
        v("v:fill", opacity=".5"),
        v(
            "v:textpath",
            style=f"font-family:{family};font-size:1pt",
            string=word.upper(),
        ),
        id=f"PowerPlusWaterMarkObject{number}",
        o__spid=f"_x0000_s{2048 + number}",
        type="#_x0000_t136",
        alt="",
        style=STYLE,
        o__allowincell="f",
        fillcolor=place.theme.colour("rule").css,
        stroked="f",
    )
    return run(w("pict", _kind_of_shape(), shape))


def _kind_of_shape() -> Element:
    """Say what a shape of the kind 136 is: text on a straight path."""
    formulas = (
        "sum #0 0 10800", "prod #0 2 1", "sum 21600 0 @1", "sum 0 0 @2", "sum 21600 0 @3",
        "if @0 @3 0", "if @0 21600 @1", "if @0 0 @2", "if @0 @4 21600", "mid @5 @6", "mid @8 @5",
        "mid @7 @8", "mid @6 @7", "sum @6 0 @5",
    )  # fmt: skip
    return v(
        "v:shapetype",
        v("v:formulas", *(v("v:f", eqn=formula) for formula in formulas)),
        v(
            "v:path",
            textpathok="t",
            o__connecttype="custom",
            o__connectlocs="@9,0;@10,10800;@11,21600;@12,10800",
            o__connectangles="270,180,90,0",
        ),
        v("v:textpath", on="t", fitshape="t"),
        v("v:handles", v("v:h", position="#0,bottomRight", xrange="6629,14971")),
        v("o:lock", v__ext="edit", text="t", shapetype="t"),
        id="_x0000_t136",
        coordsize="21600,21600",
        o__spt="136",
        adj="10800",
        path="m@7,l@8,m@5,21600l@6,21600e",
    )
