"""What is checked of a drawing is what its readers get, and the checking takes no time."""

from __future__ import annotations

import pytest
from lxml import etree

from builder.drawings import TYPEFACE, danger_of, parse_drawing, plain_drawing, references
from builder.pictures import MOST_DRAWN, drawn_elements, picture_of

DEEP = "its styles have more than 30 brackets within each other"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10">{}</svg>'
PIXEL = "R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw=="
"""A GIF of one, packed."""


def drawing(inside: str) -> etree._Element:
    """Parse a drawing; fails where it is none."""
    root = parse_drawing(SVG.format(inside).encode())
    assert not isinstance(root, str), root
    return root


@pytest.mark.parametrize(
    "inside",
    [
        "<style>.a { fill: url(#b); mask: url( '#c' ) }</style>",
        "<style>@media print { .a { fill: red } }</style>",
        "<style>.a::before { content: 'see url(http://a.org)' }</style>",
        '<rect fill="url(#g) red" style="clip-path:url(&quot;#c&quot;)"/>',
        f'<image href="data:image/gif;base64,{PIXEL}"/>',
        '<a href="https://a.org/x">x</a>',
        '<a href="#b">x</a>',
        '<a href=" HTTP://a.org">x</a><a href="mailto:a@b.org">x</a><a href="">x</a>',
        "<text>\u202bשלום\u202c, <tspan>\u2067שלום</tspan>\u2069</text>",
        '<animate attributeName="x" to="3"/>',
        '<text transform="rotate(3)">url(http://a.org) @import</text>',
        "<!-- @import url(http://a.org) -->",
        "<style>@namespace url('http://www.w3.org/2000/svg'); rect { fill: red }</style>",
        "<style>@NameSpace a url(http://a.org); @namespace 'http://b.org';</style>",
        '<g xmlns:i="urn:i" i:label="url(http://a.org)" i:file="C:\\(a) image(x)"/>',
    ],
)
def test_what_draws_and_asks_for_nothing_is_sound(inside: str) -> None:
    assert danger_of(drawing(inside)) == ""


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("<style>@IMPORT 'x.css'</style>", "its styles ask for another file"),
        ("<style>@media print { @\\69 mport 'x' }</style>", "its styles ask for another file"),
        ("<style>a { b: url(http://a.org }</style>", "its styles ask for another file"),
        ("<style>a { b: url(a b) }</style>", "its styles ask for another file"),
        ("<style>a { b: \\75\\72\\6c('x') }</style>", "its styles ask for another file"),
        ("<style>a { b: src('x') }</style>", "its styles ask for another file"),
        ("<style>a { b: url(data:text/css,x) }</style>", "its styles ask for another file"),
        ("<style>@namespace x; a { b: url(x) }</style>", "its styles ask for another file"),
        ("<style>@namespace { b: url(x) }</style>", "its styles ask for another file"),
        ("<style>@namespace a + url(x);</style>", "its styles ask for another file"),
        ("<style>@namespace 'a'; @import url(x);</style>", "its styles ask for another file"),
        ("<g style='--a: @namespace url(x)'/>", "its styles ask for another file"),
        ("<style>@font-face { src: local('Arial') }</style>", TYPEFACE),
        ("<style>@font-face { src: url(a.woff2) }</style>", TYPEFACE),
        ("<style>@media print { @font-\\66 ace { src: url(a.woff2) } }</style>", TYPEFACE),
        (f"<rect style='fill:{'(' * 31}'/>", DEEP),
        (f"<style>a{{ b: {'[' * 31} url(x)</style>", DEEP),
        ("<STYLE>@import 'x'</STYLE>", "its styles ask for another file"),
        ('<rect fill="URL(x)"/>', "its styles ask for another file"),
        ('<animate attributeName="fill" to="url(x)"/>', "its styles ask for another file"),
        ('<set attributeName=" xlink:href" to="x"/>', "it changes ' xlink:href'"),
        ('<set attributeName="onload" to="x"/>', "it changes 'onload'"),
        ('<g xml:base="http://a.org"/>', "it takes its addresses from 'http://a.org'"),
        ('<a href=" jAva&#9;script:x">x</a>', "it has a link to ' jAva\\tscript:x'"),
        (r'<a href="\\host\share">x</a>', r"it has a link to '\\\\host\\share'"),
        ('<a href="//host">x</a>', "it has a link to '//host'"),
        ('<a href=" /&#9;/host">x</a>', r"it has a link to ' /\t/host'"),
        ('<a href="other.html">x</a>', "it has a link to 'other.html'"),
        ('<a href="ht tps://a.org">x</a>', "it has a link to 'ht tps://a.org'"),
        ('<a href="\xa0https://a.org">x</a>', r"it has a link to '\xa0https://a.org'"),
        ('<use href="x.svg#a"/>', "it asks for 'x.svg#a', which is another file"),
    ],
)
def test_what_asks_for_something_is_told(inside: str, told: str) -> None:
    assert danger_of(drawing(inside)) == told


@pytest.mark.parametrize(
    "inside",
    [
        "<text>gp{}j.exe</text>",
        "<text>a<tspan>b</tspan>{}</text>",
        "<title>{}</title>",
        "<text>&#x{:x};</text>",
        '<g aria-label="{}"/>',
    ],
)
@pytest.mark.parametrize("sign", ["\u202e", "\u202d", "\x85"])
def test_a_text_in_a_drawing_holds_what_any_text_may(inside: str, sign: str) -> None:
    written = inside.format(ord(sign) if "x}" in inside else sign)

    told = f"its text holds the character U+{ord(sign):04X}, which can stand in no text"
    assert danger_of(drawing(written)) == told


@pytest.mark.parametrize("sign", ["\u202b", "\u2067", "\u202c"])
def test_what_turns_the_text_of_a_drawing_is_closed_there(sign: str) -> None:
    for inside in ("<text>{}a</text><text>b</text>", "<text><tspan>{}</tspan>a</text>"):
        told = danger_of(drawing(inside.format(sign)))

        assert told == f"its text holds the character U+{ord(sign):04X}, which nothing closes"


def test_entities_of_a_document_type_are_told_in_any_encoding() -> None:
    head = '<?xml version="1.0" encoding="{}"?><!DOCTYPE svg [<!ENTITY a "b">]>'
    for encoding in ("utf-8", "utf-16", "utf-7"):
        text = head.format(encoding) + SVG.format("")
        assert isinstance(picture_of(text.encode(encoding)), str)
    assert parse_drawing((head.format("ascii") + SVG.format("")).encode()) == "it declares entities"


def test_readers_get_the_tree_that_was_checked() -> None:
    data = (
        '<?xml version="1.0" encoding="iso-8859-1"?>\n<!DOCTYPE svg PUBLIC "x" "http://a.org">\n'
        "<!-- a -->"
        + SVG.format("<!-- b --><?c d?><style>a<!-- e -->{<![CDATA[b:c]]>}</style><text>é</text>")
    ).encode("iso-8859-1")

    assert plain_drawing(data).decode() == SVG.format("<style>a{b:c}</style><text>é</text>")


def test_what_is_no_drawing_or_is_refused_stays_as_it_is() -> None:
    for data in (b"\x89PNG\r\n", b"<svg", SVG.format("<script/>").encode()):
        assert plain_drawing(data) == data


def test_ids_are_named_by_an_address_however_it_is_written() -> None:
    value = "url(#a) url( '#b' ) URL(\"#c\") url(x) u\\72l(\\23 d) url(#e"

    assert sorted(references(value)) == ["a", "b", "c", "d", "e"]
    assert list(references("url(#a) url(x#b)")) == ["a"]


def test_what_a_style_sheet_repeats_counts_as_what_an_attribute_does() -> None:
    path = "M0 0" + "L1 1" * 3000
    marker = f'<marker id="m"><path d="{path}"/></marker>'
    by_attribute = drawing(f'{marker}<path marker-mid="url(#m)" d="{path}"/>')
    by_style = drawing(
        f'<style>svg > .a.b {{ marker-mid: url(#m) }}</style>{marker}<path class="b a" d="{path}"/>'
    )
    of_others = drawing(
        f"<style>.c {{ marker-mid: url(#m) }}</style>{marker}<path class='b' d='{path}'/>"
    )

    assert drawn_elements(by_attribute) == drawn_elements(by_style) == MOST_DRAWN + 1
    assert drawn_elements(of_others) < 1000


@pytest.mark.parametrize(
    ("head", "size"),
    [
        ('width="20" height="10"', (20, 10)),
        ('width=" 20.4mm " height="10pt"', (20, 10)),
        ('viewBox="0 0 30 40"', (30, 40)),
        ('width="100%" viewBox="0,0,30,40"', (30, 40)),
        ('width="1.1.1" height="3"', (300, 150)),
        ('width="99999999999" height="3"', (100_000, 3)),
        ("", (300, 150)),
    ],
)
def test_the_size_of_a_drawing_is_read(head: str, size: tuple[int, int]) -> None:
    data = f'<svg xmlns="http://www.w3.org/2000/svg" {head}/>'.encode()

    assert picture_of(data) == ("image/svg+xml", size)
