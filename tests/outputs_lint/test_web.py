"""What is unsound in a web page, and what shuts readers out of it, is found; ours have none."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.diagnostics import Code, Diagnostics
from builder.output import read_outputs
from builder.outputs_lint import barriers, faults, lint_outputs
from tests.support.built import EXAMPLE, SHIPPED, TORTURE, built

GOOD = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>A page</title><link rel="icon" href="data:,"><style>
:root { --ink: #222; --paper: #fff; --red: #a11 }
@media screen and (prefers-color-scheme: dark) { :root { --ink: #eee; --paper: #111; --red: #f99 } }
body { color: var(--ink); background: var(--paper) } .red { color: var(--red) } h1 { color: #777 }
.shade { background: #F4F0E8; color: #333 } .hidden { display: none; color: #fff }
@media print { body { color: #eee } }
</style></head><body>
<a href="#main">Skip to the text</a>
<header><nav aria-label="Contents"><ol><li><a href="#one">One</a></li></ol></nav></header>
<main id="main"><h1>A page</h1><p class="hidden">Unseen.</p>
<h2 id="one">One</h2><p>Text, <em class="red">stressed</em>, <a href="#main">back to the top</a>.</p>
<p class="shade">In a box.</p>
<figure><img src="data:image/png;base64,AAAA" alt="Bars"><svg role="img" aria-label="Bars"><g/></svg>
<figcaption>A figure</figcaption><table><thead><tr><th scope="col">A</th><th scope="col">B</th></tr>
</thead><tbody><tr><th scope="row" rowspan="2">1</th><td>2</td></tr><tr><td>3</td></tr></tbody></table></figure>
<label for="f">Field</label><input id="f"><p lang="he" dir="rtl">שלום</p><button>Do it</button>
</main><footer><p>The end</p></footer></body></html>
"""
FAULTS = {
    "the document type is missing": ("<!DOCTYPE html>\n", ""),
    "<em> is not closed before </p>": ("</em>", ""),
    "</b> ends nothing": ("Text,", "Text,</b>"),
    "<div/> is not closed by its stroke": ("Text,", "Text,<div/></div>"),
    "<main> is not closed before </body>": ("</main>", ""),
    "<html> is never closed": ("</html>", ""),
    "has class twice": ('<p class="shade">', '<p class="shade" class="red">'),
    "the page has no title": ("A page</title>", "</title>"),
    "does not say that the page is UTF-8": ('<meta charset="utf-8">', ""),
    "the id 'one' is there 2 times": ("<footer>", '<footer id="one">'),
    "names 'two', which is not there": ('href="#one"', 'href="#two"'),
    "aria-labelledby names 'x'": ("<footer>", '<footer aria-labelledby="x">'),
    "<img> fetches 'https://example.org/a.png'": (
        "data:image/png;base64,AAAA",
        "https://example.org/a.png",
    ),
    "<script> fetches": ("</main>", '<script src="//example.org/x.js"></script></main>'),
    "<link> fetches 'x.css'": ("<style>", '<link rel="stylesheet" href="x.css"><style>'),
    "the style sheet fetches": (".red {", ".red { background: url(https://example.org/x.png);"),
    "the style sheet cannot be read": (".red {", ".red { color"),
    "<p> stands directly in <ol>": ("<ol>", "<ol><p>x</p>"),
    "<li> stands in no ul": ("<footer>", "<footer><li>x</li>"),
    "<button> stands in <a>": ("back to the top", "back <button>to the top</button>"),
    "the table's rows have 2, 3 cells": ("<td>3</td>", "<td>3</td><td>4</td>"),
    "the table's rows have 1, 2 cells": (' rowspan="2"', ""),
}
BARRIERS = {
    "the colour 'color(--press 1 0 0)' cannot be reckoned": ("#a11", "color(--press 1 0 0)"),
    "the colour 'device-cmyk(0 0 0 .1)' cannot": ("#F4F0E8", "device-cmyk(0 0 0 .1)"),
    "does not say in which language": ('<html lang="en">', "<html>"),
    "'english' is no language's tag": ('lang="en"', 'lang="english"'),
    "text in 'he' runs from the right": (' dir="rtl"', ""),
    "2 headings of level 1": ("<h2", "<h1>x</h1><h2"),
    "a heading of level 4 after one of level 1": (
        '<h2 id="one">One</h2>',
        '<h4 id="one">One</h4>',
    ),
    "a heading says nothing": (">One</h2>", "></h2>"),
    "the page has 0 main parts": ("main", "div"),
    "has no name of its own": ("<footer>", "<footer><nav>x</nav>"),
    "'Adrift' stands in no landmark": ("<footer>", "<p>Adrift</p><footer>"),
    "the first link does not lead to the text": ('<a href="#main">Skip', '<a href="#one">Skip'),
    "an image has no alt text": (' alt="Bars"', ""),
    "the alt text 'bars.png' is a file's name": ('alt="Bars"', 'alt="bars.png"'),
    "a drawing has no alt text": (' aria-label="Bars"', ""),
    "a link says nothing": ("back to the top", ""),
    "a link says 'click here'": ("back to the top", "click here"),
    "a button says nothing": ("Do it", ""),
    "a field has no label": (' for="f"', ""),
    "'buton' is no role": ("<button>", '<button role="buton">'),
    "the table has no head": ("th", "td"),
    "does not say of what": (' scope="row"', ""),
    "the table has no name": ("<figcaption>A figure</figcaption>", ""),
    "forbids to enlarge": ("width=device-width", "width=device-width, user-scalable=no"),
    "loaded anew while it is read": ("<title>", '<meta http-equiv="refresh" content="9"><title>'),
    "out of joint": ("<button>", '<button tabindex="3">'),
    "can be reached by the keyboard": ("<button>", '<button aria-hidden="true">'),
    "'stressed' has a contrast of 1.9 to its ground": ("--red: #a11", "--red: #bbb"),
    "'stressed' has a contrast of 2.3 to its ground in dark colours": (
        "--red: #f99",
        "--red: #833",
    ),
    "'In a box.' has a contrast of": ("color: #333", "color: #999"),
    "'A page' has a contrast of": ("h1 { color: #777 }", "h1 { color: #999 }"),
}


def changed(old: str, new: str) -> bytes:
    assert old in GOOD
    every = old in ("main", "th")
    return GOOD.replace(old, new, -1 if every else 1).encode()


def test_a_sound_page_is_passed() -> None:
    assert faults(GOOD.encode()) == [] and barriers(GOOD.encode()) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_put_in_on_purpose_is_found(fault: str) -> None:
    found = faults(changed(*FAULTS[fault]))

    assert any(fault in line and line.startswith("line ") for line in found), found


@pytest.mark.parametrize("barrier", BARRIERS)
def test_a_barrier_put_up_on_purpose_is_found(barrier: str) -> None:
    found = barriers(changed(*BARRIERS[barrier]))

    assert any(barrier in line and line.startswith("line ") for line in found), found


@pytest.mark.parametrize("project", [SHIPPED, EXAMPLE], ids=lambda p: p.name)
def test_our_pages_have_neither(project: Path) -> None:
    data = built(project, "html").data

    assert faults(data) == [] and barriers(data) == []


def test_every_block_there_is_makes_a_sound_page() -> None:
    data = built(TORTURE, "html").data

    assert faults(data) == []
    assert barriers(data) == []


def test_the_lines_named_are_those_of_the_file() -> None:
    (found,) = faults(changed("</em>", ""))

    line = int(found.split(":")[0].removeprefix("line "))
    assert '<em class="red">' in GOOD.splitlines()[line - 1]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<!DOCTYPE html>\n", "there is no element in it"),
        (b"<!DOCTYPE html><p>\xff</p>", "can't decode byte"),
        (b"", "cannot be read"),
    ],
)
def test_what_is_no_page_is_an_error(data: bytes, words: str, tmp_path: Path) -> None:
    log = Diagnostics()

    lint_outputs({tmp_path / "x.html": data}, log)

    assert [d.code for d in log] == [Code.OUTPUT_FAULT] and words in next(iter(log)).message


def test_check_outputs_looks_at_the_page_as_well(tmp_path: Path) -> None:
    page = built(EXAMPLE, "html").data
    name = f"{EXAMPLE.name}.html"
    (tmp_path / name).write_bytes(page.replace(b"<h3 ", b"<h5 ", 1).replace(b"</h3>", b"</h5>", 1))
    command = [sys.executable, "-m", "builder", "check", str(EXAMPLE), "--outputs"]

    done = subprocess.run(
        [*command, "-d", str(tmp_path), "--format", "github"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert "output-barrier" in done.stdout and "a heading of level 5" in done.stdout
    assert list(read_outputs(tmp_path, EXAMPLE.name, Diagnostics())) == [tmp_path / name]


Check = Callable[[bytes], list[str]]


@pytest.mark.parametrize("look", [faults, barriers])
def test_a_template_in_ruins_ends_in_findings_not_in_a_crash(look: Check) -> None:
    text = GOOD
    for cut in range(0, len(text), 37):
        look((text[:cut] + text[cut + 11 :]).encode() or b"<!DOCTYPE html><p>")
