"""Projects that are small and would make endless work."""

from __future__ import annotations

import base64
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.attacks.arena import HEAD, Attack, Files, section, settings
from tests.attacks.judge import cases, judge

Prepare = Callable[[Path, Path], None]
CSV = "data/x.csv"
CHART = section("::: {.chart data=x.csv}\nT\n:::\n")
IMAGE = "![A curve](images/{})\n"
SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="20" height="20"'


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))


def png(width: int, height: int, *chunks: bytes) -> bytes:
    """A PNG file of black pixels, packed as small as they get."""
    head = chunk(b"IHDR", struct.pack(">LLBBBBB", width, height, 1, 0, 0, 0, 0))
    packer = zlib.compressobj(9)
    row = b"\0" * (1 + (width + 7) // 8)
    rows = min(height, 200_000_000 // len(row))
    data = b"".join(packer.compress(row) for _ in range(rows)) + packer.flush()
    return (
        b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def picture(name: str, data: bytes | str) -> Files:
    return {**section(IMAGE.format(name)), f"images/{name}": data}


def inlaid(width: int, height: int, *, times: int = 1, more: str = "") -> Files:
    """A drawing that holds pictures of pixels."""
    packed = base64.b64encode(png(width, height)).decode()
    image = f'<image id="p" href="data:image/png;base64,{packed}" width="9" height="9"/>'
    return picture("x.svg", f"<svg {SVG}>{image * times}{more}</svg>")


def use_bomb() -> str:
    """Ten levels, each of which shows the one before ten times."""
    levels = "".join(
        f'<g id="l{n}">' + f'<use href="#l{n - 1}"/>' * 10 + "</g>" for n in range(1, 11)
    )
    return f'<svg {SVG}><defs><rect id="l0" width="9" height="9"/>{levels}</defs><use href="#l10"/></svg>'


def laughs() -> str:
    """A billion laughs, in XML's entities."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE svg [<!ENTITY l0 "ha">{levels}]><svg {SVG}><text y="9">&l9;</text></svg>'


def sparse(name: str, size: int, start: str) -> Prepare:
    """Make a file large that takes no room on the disk."""

    def prepare(project: Path, outside: Path) -> None:
        (project / name).parent.mkdir(exist_ok=True)
        with (project / name).open("wb") as file:
            file.write(start.encode())
            file.truncate(size)

    return prepare


def output(name: str, build: Callable[[Path], None]) -> Prepare:
    """Put a file where the outputs are."""

    def prepare(project: Path, outside: Path) -> None:
        (project.parent / "out").mkdir()
        build(project.parent / "out" / name)

    return prepare


def zip_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(600):
                part.write(bytes(1_000_000))


def zip_slip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("../../outside/written.txt", "x")
        package.writestr("word/document.xml", f"<!DOCTYPE w [<!ENTITY a '{'x' * 100}'>]><w>&a;</w>")


def chain(tag: str, attribute: str, length: int, times: int) -> str:
    """Clips or masks, each of which asks for the next one so many times."""
    shape = '<rect width="9" height="9" {}="url(#c{})"/>'
    links = "".join(
        f'<{tag} id="c{n}">{shape.format(attribute, n + 1) * times}</{tag}>' for n in range(length)
    )
    return links + shape.format(attribute, 0)


def style(body: str) -> Files:
    """A project with a citation style of its own."""
    names = 'xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"'
    text = f'<style {names}><info><title>x</title><id>x</id></info>{body}<citation><layout><text macro="m0"/></layout></citation></style>'
    works = "- {id: a, type: book, title: A Book, author: [{family: Ames}]}\n"
    return {
        **settings("csl: x.csl\n"),
        **section("x [@a]\n"),
        "x.csl": text,
        "references.yml": works,
    }


def doubling_style() -> Files:
    """A project whose citation style has a thousand million words for one work."""
    twice = '<text macro="m{0}"/><text macro="m{0}"/>'
    macros = "".join(f'<macro name="m{n}">{twice.format(n + 1)}</macro>' for n in range(30))
    return style(macros + '<macro name="m30"><text value="x"/></macro>')


def doubling_notes(levels: int) -> str:
    notes = "\n\n".join(f"[^n{n}]: See[^n{n + 1}] and[^n{n + 1}]" for n in range(levels))
    return f"Text[^n0]\n\n{notes}\n\n[^n{levels}]: The end\n"


DEEP = 10_000
STRICT = ("--limits", "strict")
"""For content that is large and dense: under the usual limits it has the time that it needs."""

ATTACKS = [
    Attack("PNG of 2,500 million pixels", lambda: picture("x.png", png(50_000, 50_000)), "image-unreadable", dear=True),
    Attack("PNG of 79 million pixels", lambda: picture("x.png", png(8_900, 8_900)), "", to="pptx"),
    Attack("PNG a million wide", lambda: picture("x.png", png(1_000_000, 1)), "image-unreadable"),
    Attack("PNG with a text of 200 MB", lambda: picture("x.png", png(9, 9, chunk(b"zTXt", b"x\0\0" + zlib.compress(bytes(200_000_000), 9)))), "", to="docx,pptx", dear=True),
    Attack("PNG that ends early", lambda: picture("x.png", png(99, 99)[:60]), "image-unreadable"),
    Attack("drawing that uses itself ten times ten", lambda: picture("x.svg", use_bomb()), "image-unreadable"),
    Attack("drawing in a ring", picture("x.svg", f'<svg {SVG}><g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g></svg>'), "image-unreadable"),
    Attack("drawing of a billion laughs", lambda: picture("x.svg", laughs()), "image-unreadable"),
    Attack("drawing that reads a file by an entity", picture("x.svg", f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg {SVG}><text y="9">&a;</text></svg>'), "image-unreadable"),
    Attack("drawing in another encoding", picture("x.svg", f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg {SVG}><text>&a;</text></svg>'.encode("utf-16")), "image-unreadable"),
    Attack("drawing nested 100,000 deep", lambda: picture("x.svg", f"<svg {SVG}>{'<g>' * 100_000}{'</g>' * 100_000}</svg>"), "image-unreadable"),
    Attack("drawing of 100,000 parts", lambda: picture("x.svg", f"<svg {SVG}>{'<path/>' * 100_000}</svg>"), "image-unreadable"),
    Attack("drawing as large as a country", picture("x.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="99999999999" height="1e308"/>'), "", to="pptx"),
    Attack("drawing of a path with a million points", lambda: picture("x.svg", f'<svg {SVG}><path stroke="red" d="M0 0{"L1 1" * 1_000_000}"/></svg>'), "image-unreadable"),
    Attack("drawing of a text of a million letters", lambda: picture("x.svg", f'<svg {SVG}><text y="9">{"ab " * 300_000}</text></svg>'), "image-unreadable"),
    Attack("drawing clipped 2,000 times", lambda: picture("x.svg", f'<svg {SVG}>{chain("clipPath", "clip-path", 2000, 1)}</svg>'), "image-unreadable"),
    Attack("drawing with masks that double", lambda: picture("x.svg", f'<svg {SVG}>{chain("mask", "mask", 25, 2)}</svg>'), "image-unreadable"),
    Attack("drawing whose every point is a drawing", lambda: picture("x.svg", f'<svg {SVG}><marker id="m"><path d="M0 0{"L1 1" * 3000}"/></marker><path marker-mid="url(#m)" d="M0 0{"L1 1" * 3000}"/></svg>'), "image-unreadable"),
    Attack("drawing whose every point is a drawing, by its style", lambda: picture("x.svg", f'<svg {SVG}><style>.a b, path.c {{marker-mid: url(#m)}}</style><marker id="m"><path d="M0 0{"L1 1" * 3000}"/></marker><path class="b c" d="M0 0{"L1 1" * 3000}"/></svg>'), "image-unreadable", to="pdf"),
    Attack("drawing with masks that double, by an escape", lambda: picture("x.svg", f'<svg {SVG}>{chain("mask", "mask", 25, 2).replace("url(#", "url(" + chr(92) + "23 ")}</svg>'), "image-unreadable"),
    Attack("drawing with much space in an address", lambda: picture("x.svg", f'<svg {SVG}><rect width="4" height="4" fill="url({" " * 400_000}a)" stroke="{"url(" * 100_000}"/></svg>'), "image-unreadable", to="pdf"),
    Attack("drawing with a style of 2 MB", lambda: picture("x.svg", f"<svg {SVG}><style>{'a:b;' * 500_000}</style></svg>"), "image-unreadable", to="pdf"),
    Attack("drawing of ten million dashes", picture("x.svg", f'<svg {SVG}><path d="M0 0L1e6 1e6" stroke="red" stroke-dasharray="1e-5"/></svg>'), "", to="pdf,docx,pptx"),
    Attack("drawing with a picture of 121 million pixels", lambda: inlaid(11_000, 11_000), "image-unreadable", to="docx,pptx"),
    Attack("drawing with two pictures of 25 million pixels", lambda: inlaid(5_000, 5_000, times=2), "image-unreadable", to="docx,pptx"),
    Attack("drawing that shows a picture of 36 million pixels again and again", lambda: inlaid(6_000, 6_000, more='<use href="#p"/>' * 9_000), "image-unreadable", to="docx,pptx"),
    Attack("drawing with a picture of 39 million pixels", lambda: inlaid(6_300, 6_300), "", to="pdf,docx,pptx", dear=True),
    Attack("drawing with 1,000 pictures", lambda: inlaid(9, 9, times=1_000), "", to="pdf,docx,pptx", dear=True),
    Attack("drawing with 30,000 pictures", lambda: inlaid(9, 9, times=30_000), "image-unreadable", to="docx,pptx"),
    Attack("twenty pictures of 79 million pixels", lambda: {**section("".join(IMAGE.format(f"p{n}.png") + "\n" for n in range(20))), **{f"images/p{n}.png": png(8_900, 8_900 - n) for n in range(20)}}, "limit-reached", to="pdf", dear=True),
    Attack("image of 1 GB", section(IMAGE.format("s.png")), "image-unreadable", prepare=sparse("images/s.png", 10**9, "\x89PNG")),
    Attack("CSV of 1 GB", CHART, "file-unreadable", prepare=sparse(CSV, 10**9, "Year,Value\n2007,1\n")),
    Attack("section of 1 GB", {}, "file-unreadable", prepare=sparse("sections/01-one.md", 10**9, HEAD)),
    Attack("brand file of 1 GB", {**settings("theme: house\n"), "house/_brand.yml": ""}, "file-unreadable", prepare=sparse("house/_brand.yml", 10**9, "color: {}\n")),
    Attack("layouts of 1 GB", {**settings("theme: house\n"), "house/_brand.yml": "color: {primary: '#123456'}\n", "house/layouts.yml": ""}, "file-unreadable", to="pptx", prepare=sparse("house/layouts.yml", 10**9, "size: [1, 1]\n")),
    Attack("settings of 1 GB", {}, "file-unreadable", prepare=sparse("briefing.yml", 10**9, "title: x\n")),
    Attack("CSV of 200,000 rows", lambda: {**CHART, CSV: "Year,Value\n" + "2007,1\n" * 200_000}, "data-shape"),
    Attack("CSV of 10,000 columns", lambda: {**CHART, CSV: "Year" + ",V" * 10_000 + "\n2007" + ",1" * 10_000 + "\n"}, "data-shape chart-series"),
    Attack("chart of 300,000 values", lambda: {**CHART, CSV: "Year" + "".join(f",V{n}" for n in range(60)) + "\n" + "".join(f"{year}{',1' * 60}\n" for year in range(1000, 5990))}, "data-shape"),
    Attack("chart of 5,000 names", lambda: {**CHART, CSV: "Name,Value\n" + "".join(f"n{n},1\n" for n in range(4990))}, "data-shape"),
    Attack("chart of names of 500 letters", lambda: {**CHART, CSV: "Name,Value\n" + "".join(f"{'n' * 500}{n},1\n" for n in range(9))}, "data-shape"),
    Attack("CSV with a cell of 2 MB", lambda: {**CHART, CSV: f"Year,Value\n{'x' * 2_000_000},1\n"}, "data-shape"),
    Attack("CSV beyond all numbers", {**CHART, CSV: "Year,Value\n2007,1e999\n2008,-1e999\n"}, "data-number"),
    Attack("CSV at the edge of numbers", {**CHART, CSV: "Year,Value\n2007,1.7e308\n2008,-1.7e308\n"}, "data-number"),
    Attack("CSV beside nothing", {**CHART, CSV: "Year,Value\n2007,5e-324\n2008,1e-320\n"}, "data-number"),
    Attack("CSV with a number of 100,000 digits", lambda: {**CHART, CSV: f"Year,Value\n2007,{'9' * 100_000}\n2008,1\n"}, "data-number"),
    Attack("lists 1,000 deep, a line each", lambda: section("".join(f"{'  ' * n}- x\n" for n in range(1000))), "nesting-deep"),
    Attack("lists 10,000 deep", lambda: section("".join(f"{'  ' * 100 * n}{'- ' * 100}x\n" for n in range(DEEP // 100))), "nesting-deep"),
    Attack("lists 10,000 deep in a line", lambda: section("- " * DEEP + "x\n"), "nesting-deep"),
    Attack("quotations 10,000 deep", lambda: section(">" * DEEP + " x\n"), "nesting-deep"),
    Attack("divs 10,000 deep", lambda: section("::: {.wide}\n" * DEEP + "x\n" + ":::\n" * DEEP), "nesting-deep", dear=True),
    Attack("divs 10,000 never closed", lambda: section("::: {.wide}\n\n" * DEEP), "nesting-deep div-unclosed", dear=True),
    Attack("notes 1,000 deep", lambda: section("x" + "^[a " * 1000 + "]" * 1000 + "\n"), "nesting-deep"),
    Attack("notes that double", lambda: section(doubling_notes(40)), "nesting-deep"),
    Attack("note that calls itself", section("x[^a]\n\n[^a]: y[^b]\n\n[^b]: z[^a]\n"), "footnote-undefined"),
    Attack("emphasis 10,000 deep", lambda: section("*a **b " * DEEP + "\n"), ""),
    Attack("emphasis closed 5,000 deep", lambda: section("*a " * 5000 + "*" * 5000 + "\n"), ""),
    Attack("spans 1,000 deep", lambda: section("[" * 1000 + "x" + "]{lang=de}" * 1000 + "\n"), ""),
    Attack("brackets that never close", lambda: section("[" * 50_000 + "\n"), ""),
    Attack("brackets that close at last", lambda: section("[" * 20_000 + "]" * 20_000 + "\n"), ""),
    Attack("images that never close", lambda: section("![" * 30_000 + "\n"), ""),
    Attack("citations that never close", lambda: section("[@a " * 20_000 + "\n"), "bracket-unclosed"),
    Attack("shortcodes that never close", lambda: section("{{< " * 50_000 + "\n"), "bracket-unclosed", dear=True),
    Attack("shortcode with much space", lambda: section("{{<" + " " * 100_000 + "x\n"), "bracket-unclosed"),
    Attack("comments that never close", lambda: section("<!-- \n\n" * 10_000), "", dear=True),
    Attack("comments in a line that never close", lambda: section("a <!-- " * 10_000 + "\n"), "", dear=True),
    Attack("code that never closes", lambda: section("".join("`" * n + " " for n in range(1, 400)) + "\n"), ""),
    Attack("braces that never close", lambda: section("[a](https://b.org){a=" * 5000 + "\n"), "bracket-unclosed", dear=True),
    Attack("colons and spaces without end", lambda: section(":::" + " " * 100_000 + "x" + " :" * 50_000 + "y\n\nText.\n"), "div-unclosed attribute-invalid div-unknown"),
    Attack("superscripts without end", lambda: section("^a" * 10_000 + "\n"), ""),
    Attack("tags without end", lambda: section("<a " + "b " * 100_000 + "\n"), ""),
    Attack("citation of commas", lambda: section("[@a" + ", " * 50_000 + "]\n"), "citation-undefined"),
    Attack("citation of signs", lambda: section("[" + "-@" * 30_000 + "a]\n"), "citation-undefined"),
    Attack("citation with a locator without end", lambda: section("[@a, p. " + "1-" * 30_000 + "x]\n"), "citation-undefined"),
    Attack("addresses without end", lambda: section("<http://" + "a" * 200_000 + "\n"), ""),
    Attack("link definitions by the thousand", lambda: section("[a]: x\n" * 10_000 + "\n[a]\n"), ""),
    Attack("entities without end", lambda: section("&" * 50_000 + "\n"), ""),
    Attack("heading of 200,000 signs", lambda: section("## a" + " #" * 100_000 + "b\n"), ""),
    Attack("table of 10,000 columns", lambda: section("|a" * DEEP + "|\n" + "|-" * DEEP + "|\n" + "|1" * DEEP + "|\n"), "table-cells"),
    Attack("table of code that never closes", lambda: section("|a|b|\n|-|-|\n|" + "` `` ``` " * 20_000 + "|\n"), "table-cells bracket-unclosed", options=()),
    Attack("table of 50,000 rows", lambda: section("|a|b|\n|-|-|\n" + "|1|2|\n" * 50_000), "table-cells"),
    Attack("table of 60,000 cells", lambda: section("|a" * 12 + "|\n" + "|-" * 12 + "|\n" + ("|1" * 12 + "|\n") * 4990), "table-cells"),
    Attack("word of 100,000 letters on paper", lambda: section("a" * 100_000 + "\n"), "limit-reached text-lost", to="pdf", dear=True),
    Attack("boxes in boxes", lambda: section("".join(":" * (22 - n) + " {.callout-note}\n" for n in range(19)) + "Text.\n" + "".join(":" * (4 + n) + "\n" for n in range(19))), "", to="pdf,docx,pptx"),
    Attack("word of 100,000 letters", lambda: section("a" * 100_000 + "\n"), ""),
    Attack("lines of braces", lambda: section("{#a .b c=d} " * 5_000 + "\n"), ""),
    Attack("definitions without end", lambda: section("a\n: b\n\n" * 5_000), "", dear=True),
    Attack("YAML that laughs", lambda: {"briefing.yml": "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9))}, "yaml-syntax key-unknown"),
    Attack("YAML in a ring", {"briefing.yml": "title: x\nvariables: &a {b: *a}\n"}, "yaml-syntax"),
    Attack("YAML 100,000 deep", lambda: {"briefing.yml": "title: " + "[" * 100_000}, "yaml-syntax"),
    Attack("YAML that makes objects", {"briefing.yml": "title: !!python/object/apply:os.system ['touch /tmp/was-here']\n"}, "yaml-syntax"),
    Attack("YAML with a number of 100,000 digits", lambda: settings(f"number: {'9' * 100_000}\n"), "value-invalid"),
    Attack("YAML with a key of 100,000 letters", lambda: settings(f"{'k' * 100_000}: 1\n"), "key-unknown yaml-syntax"),
    Attack("YAML with 20,000 unknown keys", lambda: settings("".join(f"k{n}: 1\n" for n in range(20_000))), "key-unknown"),
    Attack("YAML with 20,000 sections", lambda: {"briefing.yml": "title: x\nsections:\n" + "- a.md\n" * 20_000}, "value-invalid"),
    Attack("pattern of stars", lambda: {"briefing.yml": 'title: x\nsections: ["' + "*a" * 1000 + '.md", "' + "**/" * 1000 + '*.md"]\n', f"{'a' * 200}.txt": "x"}, "file-missing"),
    Attack("variables in a ring", {**settings("variables: {a: '{{< var b >}}', b: '{{< var a >}}'}\n"), **section("{{< var a >}}\n")}, "shortcode-unknown"),
    Attack("list from a number beyond all", section("999999999. a\n1000000000. b\n"), ""),
    Attack("image as wide as the world", section("![A curve](images/x.svg){width=99999999999mm}\n"), "attribute-invalid", to="docx,pptx", dear=True),
    Attack("widths beyond all", section("|a|b|\n|-|-|\n|1|2|\n\n: T {#tbl-a widths='1e999,9" + "9" * 400 + "'}\n"), "attribute-invalid"),
    Attack("citation style that calls itself", style('<macro name="m0"><text macro="m0"/></macro>'), "citation-style limit-reached"),
    Attack("citation style that doubles", doubling_style, "citation-style limit-reached", dear=True),
    Attack("citation style of laughs", lambda: {**style(""), "x.csl": laughs()}, "citation-style"),
    Attack("notes by the thousand", lambda: section("x^[a]\n\n" * 60_000), "limit-reached", to="pdf,docx,pptx", options=STRICT, dear=True),
    Attack("headings by the thousand", lambda: section("## a\n\n" * 60_000), "limit-reached", to="pdf,docx,pptx", options=STRICT, dear=True),
    Attack("boxes by the thousand", lambda: section("::: {.callout-note}\na\n:::\n\n" * 16_000), "limit-reached", to="pdf,docx,pptx", options=STRICT, dear=True),
    Attack("small tables by the thousand", lambda: section('|a|\n|-|\n|1|\n\n: T {source="S"}\n\n' * 12_000), "limit-reached", to="pdf,docx,pptx", options=STRICT, dear=True),
    Attack("table whose second line nearly divides it", lambda: section("a|b\n-|-" + " " * 50_000 + "x\n"), ""),
    Attack("references that miss by a letter", lambda: section("".join(f"## h {{#sec-a{n}}}\n\n@sec-b{n}\n\n" for n in range(3000))), "xref-missing"),
    Attack("images that are not there, among 15,000 files", lambda: {**section("".join(f"![A curve](images/q{n}.png)\n\n" for n in range(1000))), **{f"images/f{n}.png": b"" for n in range(15_000)}}, "image-missing", dear=True),
    Attack("pattern of a hundred double stars", lambda: {**{f"a/b/c/d{n}/x.md": HEAD for n in range(2000)}, "briefing.yml": 'title: T\nsections: ["' + "**/" * 100 + '*.md"]\n'}, "", dear=True),
    Attack("word of forty parts", section("a" + "_a" * 40 + "!\n"), ""),
    Attack("paragraph of dates", lambda: section("1 January 2010 to 2 February 2011, " * 1200 + "\n"), ""),
    Attack("paragraph of numbers and commas", lambda: section("1," * 50_000 + "1\n"), ""),
    Attack("paragraph of acronyms", lambda: section(" ".join(f"A{chr(65 + n % 26)}{chr(65 + n // 26 % 26)}{chr(65 + n // 676)}" for n in range(12_000)) + "\n"), ""),
    Attack("switches by the thousand", lambda: section("<!-- check: off -->\n\nx\n\n" * 5000), ""),
    Attack("timeline of 4,000 events", lambda: section("::: {.timeline}\nT\n\n|Date|Lane|Event|\n|-|-|-|\n" + "|2010|left|It begins|\n" * 4000 + ":::\n"), "div-content", to="pdf,docx,pptx"),
    Attack("diagram of 3,000 arrows", lambda: section("::: {.diagram}\nT\n\n" + "- A -> B: x\n" * 3000 + ":::\n"), "div-content", to="pdf,docx,pptx"),
    Attack("drawing of 9,000 pieces of text", lambda: picture("x.svg", f"<svg {SVG}><text y='9'>{'<tspan>a</tspan>' * 9000}</text></svg>"), "image-unreadable", to="pdf"),
    Attack("drawing of 60,000 arcs", lambda: picture("x.svg", f"<svg {SVG}><path d='M0 0{'a1 1 0 0 1 1 1' * 60_000}'/></svg>"), "image-unreadable", to="pdf"),
    Attack("drawing of 5,000 styles for 4,000 parts", lambda: picture("x.svg", f"<svg {SVG}><style>{''.join(f'.a{n} rect{{fill:red}}' for n in range(5000))}</style>{'<g><rect/></g>' * 2000}</svg>"), "image-unreadable", to="pdf"),
    Attack("drawing with a selector of 150 siblings", lambda: picture("x.svg", f"<svg {SVG}><style>{'~'.join('g' * 150)}{{fill:red}}</style></svg>"), "image-unreadable", to="docx,pptx"),
    Attack("drawing with selectors of many ancestors", lambda: picture("x.svg", f"<svg {SVG}><style>{''.join(f'g g g g g g g g:not(.a{n}){{fill:red}}' for n in range(65))}</style>{'<g>' * 150}{'</g>' * 150}</svg>"), "image-unreadable", to="pdf,docx,pptx"),
    Attack("drawing of brackets within brackets", lambda: picture("x.svg", f"<svg {SVG}><style>rect{{fill:url(#a){'(' * 6000}</style><rect/></svg>"), "image-unreadable", to="docx,pptx", options=("--limits", "off")),
    Attack("drawing of brackets within a style", lambda: picture("x.svg", f"<svg {SVG}><rect style='fill:{'(' * 6000}'/></svg>"), "image-unreadable", to="docx,pptx"),
    Attack("drawing with a rule that cannot be read", picture("x.svg", f"<svg {SVG}><style>a|b{{fill:red}}</style><rect/></svg>"), "image-unreadable", to="docx,pptx"),
    Attack("drawing in a typeface of no character", picture("x.svg", f'<svg {SVG}><text y="9" font-family="\\ffffff x, \\d800 , \\0 ">a</text></svg>'), "", to="pdf,docx,pptx"),
    Attack("drawing whose group hands a pattern down", lambda: picture("x.svg", f"<svg {SVG}><pattern id='m' width='9' height='9'>{'<path/>' * 500}</pattern><g fill='url(#m)'>{'<rect width=~9~ height=~9~/>'.replace('~', chr(34)) * 500}</g></svg>"), "image-unreadable", to="docx"),
    Attack("output that is a bomb", {}, "output-fault output-unwritable", prepare=output("project.docx", zip_bomb), options=("--outputs",)),
    Attack("output that would write elsewhere", {}, "output-fault", prepare=output("project.docx", zip_slip), options=("--outputs",)),
]  # fmt: skip


@pytest.mark.parametrize("attack", cases(ATTACKS, 7), ids=str)
def test_no_work_is_endless(attack: Attack, tmp_path: Path) -> None:
    judge(attack, tmp_path, outputs_before=attack.name.startswith("output"))


def test_the_largest_files_take_no_room(tmp_path: Path) -> None:
    sparse("x", 10**9, "a")(tmp_path, tmp_path)

    assert (tmp_path / "x").stat().st_blocks * 512 < 1_000_000
    assert io.BytesIO(png(9, 9)).read(4) == b"\x89PNG"
