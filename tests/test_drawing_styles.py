"""Rules of a drawing's style sheets count where they fit, and nobody looks for that without end."""

from __future__ import annotations

import pytest
from lxml import etree

from builder.drawing_styles import dressed
from builder.drawings import TooMuch
from builder.pictures import MOST_DRAWN, drawn_elements, picture_of
from tests.support.reading import read_with_findings

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' width="20" height="10" {}>{}</svg>'
)
SOUND = ("image/svg+xml", (20, 10))
RECT = '<rect width="9" height="9"/>'


def svg(inside: str, more: str = "") -> bytes:
    return HEAD.format(more, inside).encode()


def root(inside: str) -> etree._Element:
    return etree.fromstring(svg(inside))


def named(inside: str, sheet: str) -> dict[str, list[str]]:
    """Give the ids that a style sheet names at elements, by the ids of those."""
    found = dressed(root(inside), [sheet])
    return {
        str(node.get("id")): [name for name, _ in dress.names]
        for node, dress in found.items()
        if dress.names
    }


@pytest.mark.parametrize(
    ("selector", "fits"),
    [
        (".bars rect", ["r", "s"]),
        ("g > rect", ["r", "s"]),
        ("rect + rect", ["s"]),
        ("#r ~ rect", ["s"]),
        ("rect:first-child, #s", ["r", "s", "c"]),
        ("rect:not(.a)", ["s", "c"]),
        (".b rect", []),
        ("*", ["g", "r", "s", "k", "c"]),
        ("rect:hover", []),
        ("rect::after", []),
        ("a|rect", []),
        (":has(:hover)", []),
    ],
)
def test_a_rule_names_its_ids_where_its_whole_selector_fits(selector: str, fits: list[str]) -> None:
    inside = (
        '<g id="g" class="bars"><rect id="r" class="a"/><rect id="s"/></g>'
        '<clipPath id="k"><rect id="c"/></clipPath>'
    )

    found = named(inside, f"{selector} {{ clip-path: url(#k) }}")

    found.pop("None", None)  # the drawing itself
    assert found == {fit: ["k"] for fit in fits}


CLIP = f'<clipPath id="clip">{RECT}</clipPath>'
HONEST = {
    "bars that are clipped, with a clip of the same element": svg(
        f"<style>.bars rect{{clip-path:url(#clip)}}</style>{CLIP}<g class='bars'>{RECT}</g>"
    ),
    "Illustrator": svg(
        "<defs><style>.cls-1,.cls-3{fill:none;}.cls-2{clip-path:url(#clip);}.cls-3{mask:url(#m)}"
        "</style>"
        f'{CLIP}<mask id="m" class="cls-1">{RECT}</mask></defs><title>Asset 1</title>'
        f'<g id="Layer_2" data-name="Layer 2"><g class="cls-2">{RECT}</g>'
        f'<path class="cls-3" d="M0,0h9v9z"/></g>',
        'id="Layer_1" data-name="Layer 1"',
    ),
    "Inkscape": svg(
        '<sodipodi:namedview inkscape:zoom="1.4" id="base"/><defs id="defs2">'
        '<style id="s">.lane > path { marker-end: url(#Arrow) }</style>'
        '<marker id="Arrow" orient="auto"><path d="M0 0 5-5-12 0 5 5z" '
        'style="fill-rule:evenodd;stroke:#000"/></marker>'
        '<linearGradient id="g1"><stop offset="0" style="stop-color:#fff"/></linearGradient>'
        '<linearGradient id="g2" xlink:href="#g1"/></defs>'
        '<g inkscape:label="Layer (1) url(x)" inkscape:groupmode="layer" class="lane">'
        "<path style=\"fill:url(#g2);font-family:'Arial';"
        "-inkscape-font-specification:'Arial, Bold'\" d='M0 0h9'/></g>",
        'xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"'
        ' xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"'
        ' sodipodi:docname="a (1).svg" inkscape:export-filename="C:\\Users\\me\\(b) src(x).png"',
    ),
    "matplotlib": svg(
        "<metadata/><defs><style type='text/css'>*{stroke-linejoin: round; stroke-linecap: butt}"
        f'</style></defs><g id="figure_1"><g clip-path="url(#clip)">{RECT}</g>'
        '<defs><path id="m1" d="M0 3C1 3 1 2 2 2" style="stroke: #1f77b4"/></defs>'
        + '<g clip-path="url(#clip)"><use xlink:href="#m1" x="1" y="2" style="fill: #1f77b4"/></g>'
        * 2000
        + f"</g><defs>{CLIP}</defs>"
    ),
    "draw.io": svg(
        f'<defs>{CLIP}</defs><g><g data-cell-id="0">{RECT}<path d="M 1 1 L 3 3" fill="none" '
        'stroke="#000000" style="stroke: rgb(0, 0, 0);" pointer-events="stroke"/></g></g>',
        'style="background: rgb(255, 255, 255); color-scheme: light" content=\'&lt;mxfile '
        'host="app.diagrams.net"&gt;&#10;style="image;image=https://a.org/x.png;src(" '
        "url(https://a.org)\n((&#10;" + "(" * 40 + "&lt;/mxfile&gt;'",
    ),
    "PowerPoint": svg(
        f'<defs><clipPath id="clip0">{RECT}</clipPath></defs><g clip-path="url(#clip0)" '
        f'transform="translate(-210 -91)">{RECT}<text font-family="Calibri,Calibri_MSFontService,'
        'sans-serif" font-weight="400" font-size="24" transform="matrix(1 0 0 1 2 9)">A</text></g>',
        'overflow="hidden"',
    ),
    "Excel": svg(
        '<defs><clipPath id="c0"><path d="M0 0h9v9z" fill-rule="evenodd" clip-rule="evenodd"/>'
        '</clipPath><linearGradient id="f1"><stop offset="0" stop-color="#4472C4"/>'
        '</linearGradient></defs><g clip-path="url(#c0)"><path d="M0 0h9" fill="url(#f1)"/></g>'
    ),
    "300 classes, 6,000 elements": svg(
        f"<style>{''.join(f'.st{n}{{fill:#fff;stroke:#000;stroke-width:2}}' for n in range(300))}"
        f"</style>{''.join(f'<path class=~st{n % 300}~/>' for n in range(6000))}".replace("~", '"')
    ),
    "lines of a grid, chosen by their groups": svg(
        "<style>.axis .tick line, .axis .tick:last-child text {stroke: #ccc; clip-path: url(#clip)}"
        f".plot .grid > g line:not(.zero) {{stroke: #eee}}</style>{CLIP}<g class='axis'>"
        + "<g class='tick'><line x2='9'/><text>1</text></g>" * 1000
        + "</g>"
    ),
    "a namespace": svg(f'<style>@namespace url("http://www.w3.org/2000/svg");</style>{RECT}'),
}


@pytest.mark.parametrize("program", HONEST)
def test_what_honest_programs_write_can_be_used(program: str) -> None:
    assert picture_of(HONEST[program]) == SOUND


def test_a_true_ring_stays_refused() -> None:
    ring = svg(
        "<style>.bars rect{clip-path:url(#clip)}</style>"
        f'<g class="bars"><clipPath id="clip">{RECT}</clipPath>{RECT}</g>'
    )

    assert picture_of(ring) == f"it draws more than {MOST_DRAWN:,} elements"


def test_whoever_brings_a_typeface_is_told_what_to_do() -> None:
    """Illustrator and draw.io write such rules unless they are asked not to."""
    drawing = svg("<style>@font-face{font-family:'A';src:local('Arial')}</style><text>a</text>")

    _, log = read_with_findings("![A map](x.svg){fig-alt='M'}", files={"x.svg": drawing})

    (found,) = log
    assert found.message.endswith("bring a typeface of their own (@font-face)")
    assert (
        found.hint == "save it without @font-face (the theme's fonts draw it), or its text as paths"
    )


def test_a_rule_within_another_kind_of_rule_dresses_nobody() -> None:
    assert named("<g id='g'/>", "@media print { g { mask: url(#a) } } g { mask: url(#b) }") == {
        "g": ["b"]
    }


ENDLESS = {
    "selectors of many ancestors": (
        "".join(f".z g g g g g g g:not(.a{n}){{fill:red}}" for n in range(65))
        + "</style>"
        + "<g>" * 60
        + "</g>" * 60,
        "its styles compare its elements more than 1,000,000 times",
    ),
    "selectors of many siblings": (
        ".z ~ g ~ g ~ i{fill:red}</style>" + "<g/>" * 300 + "<i/>" * 300,
        "its styles compare its elements more than 1,000,000 times",
    ),
    "a list of all siblings at each": (
        "i ~ i{fill:red}</style>" + "<i/>" * 3000,
        "its styles compare its elements more than 1,000,000 times",
    ),
    "children of a kind that are counted at each": (
        "i:nth-last-of-type(2n){fill:red}</style>" + "<i/>" * 9000,
        "its styles compare its elements more than 1,000,000 times",
    ),
    "all that is within": (
        ":has(i){fill:red}</style>" + "<g>" * 150 + "<b/>" * 9000 + "</g>" * 150,
        "its styles compare its elements more than 1,000,000 times",
    ),
    "words of a long attribute": (
        "".join(f"[d~=a{n}]{{fill:red}}" for n in range(500))
        + f"</style><path d='{'a ' * 10_000}'/>"
        + "<path/>" * 200,
        "its styles compare its elements more than 1,000,000 times",
    ),
    "many declarations for many elements": (
        "*{" + "a:b;" * 2000 + "}</style>" + "<i/>" * 9000,
        "its styles compare its elements more than 1,000,000 times",
    ),
    "many ids for many elements": (
        "*{fill:" + "url(#a) " * 2000 + "}</style>" + "<i/>" * 9000,
        "its styles compare its elements more than 1,000,000 times",
    ),
    "a long selector": (
        "~".join("g" * 31) + "{fill:red}</style>",
        "its styles have a selector of more than 30 names",
    ),
    "a selector with many alternatives": (
        f":is({','.join('g' * 31)}){{fill:red}}</style>",
        "its styles have a selector of more than 30 names",
    ),
    "very many selectors": (
        ",".join(f".a{n}" for n in range(10_001)) + "{fill:red}</style>",
        "its styles select by more than 10,000 names",
    ),
    "very many rules": (
        "a{}" * 10_001 + "</style>",
        "its styles have more than 10,000 rules",
    ),
    "very long styles": (
        "/*" + " " * 1_000_000 + "</style>",
        "its styles have more than 1,000,000 letters",
    ),
    "brackets within brackets": (
        f"rect{{fill:url(#a) {'(' * 6000}</style>",
        "its styles have more than 30 brackets within each other",
    ),
    "brackets of an attribute": (
        f"</style><rect style='fill:{'(' * 31}'/>",
        "its styles have more than 30 brackets within each other",
    ),
}


@pytest.mark.parametrize("kind", ENDLESS)
def test_styles_that_take_too_long_are_told(kind: str) -> None:
    inside, told = ENDLESS[kind]

    assert picture_of(svg(f"<style>{inside}")) == told


def test_the_work_of_styles_counts_as_elements_do() -> None:
    chain = "".join(f".z g g g:not(.a{n}){{fill:red}}" for n in range(20))
    inside = "<g>" * 20 + "<b id='b'/>" + "</g>" * 20

    plain, styled = root(inside), root(f"<style>{chain}</style>{inside}")

    assert drawn_elements(plain) == 22
    assert 100 < drawn_elements(styled) < 20_000


def test_a_style_that_is_parsed_again_by_each_use_counts_by_its_length() -> None:
    long = f"<g id='g' style='{'a:b;' * 5000}'/>" + "<use href='#g'/>" * 200

    assert drawn_elements(root(long)) == MOST_DRAWN + 1


MANY = "<rect width='9' height='9'/>" * 500
POINTS = f"<path d='M0 0{'L1 1' * 3000}'/>"


@pytest.mark.parametrize(
    ("handed", "shown", "within"),
    [
        ("<g fill='url(#m)'>", "<pattern id='m'>{}</pattern>", MANY),
        ("<style>svg > g{stroke:url(#m)}</style><g>", "<pattern id='m'>{}</pattern>", MANY),
        ("<g style='mask:none;fill:url(#m)'>", "<pattern id='m'>{}</pattern>", MANY),
        ("<g style='fill:/*;mask:*/url(#m)'>", "<pattern id='m'>{}</pattern>", MANY),
        ("<g marker-mid='url(#m)'>", "<marker id='m'>{}</marker>", POINTS),
        ("<style>svg > g{marker:url(#m)}</style><g>", "<marker id='m'>{}</marker>", POINTS),
        ("<g style='m\\61rker-mid:url(#m)'>", "<marker id='m'>{}</marker>", POINTS),
    ],
)
def test_what_is_handed_down_counts_at_each_that_gets_it(
    handed: str, shown: str, within: str
) -> None:
    used = f"<defs><g id='u'>{within}</g></defs>"
    repeated = shown.format(within)

    assert drawn_elements(root(f"{repeated}{handed}{within}</g>")) == MOST_DRAWN + 1
    assert drawn_elements(root(f"{repeated}{used}{handed}<use href='#u'/></g>")) == MOST_DRAWN + 1
    assert drawn_elements(root(f"{repeated}{used}{handed}</g>")) < 3000


def test_a_mask_is_not_handed_down() -> None:
    masked = f"<mask id='m'>{MANY}</mask>" + "<g {}>" + MANY + "</g>"

    for style in ("mask='url(#m)'", "style='fill:red; mask : url(#m)'", "style='mask:url(\"#m\")'"):
        assert drawn_elements(root(masked.format(style))) < 2000


def test_a_use_with_two_links_counts_both() -> None:
    two = f"<g id='m'>{MANY}</g><g id='s'/>" + "<use href='#s' xlink:href='#m'/>" * 50

    assert drawn_elements(root(two)) == MOST_DRAWN + 1


def test_other_readers_count_a_drawing_that_takes_too_long_as_too_large() -> None:
    assert drawn_elements(root(f"<style>{ENDLESS['a long selector'][0]}")) == MOST_DRAWN + 1
    with pytest.raises(TooMuch):
        dressed(root(""), ["~".join("g" * 31) + "{}"])
