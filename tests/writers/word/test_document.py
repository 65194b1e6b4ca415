"""The Word document as a whole: contents, looks, properties, soundness."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

from PIL import Image

from builder.diagnostics import Diagnostics
from builder.document.nodes import Metadata
from builder.job import WordOptions
from builder.outputs_lint import faults
from builder.writers.base import Printed
from builder.writers.word import write_word
from builder.writers.word.bookmarks import Bookmarks
from tests.support.judges import ooxml_errors
from tests.support.office import STAMP, Docx, docx, words, write
from tests.support.outputs import part_names
from tests.support.paper import strand
from tests.support.reading import read

CSV = "year,a,b\n2007,1,2\n2008,3,4.5\n2009,,6\n"
EVERYTHING = """---
title: One *of* each
id: sec-one
standfirst: What stands below the title.
key-points: [First point, Second point]
---
Text with a note,[^1] a [link](https://example.org), `code`, H~2~O, ~~gone~~ and @fig-b; see @sec-two.

[^1]: A note with *stress* and a list.

    - of one item

## Second {#sec-two}

- one

    1. nested

        a. deeper
- two

iv. roman

Term
: Meaning

> Quoted words

```python
print("x")
```

***

::: {.callout-warning title="Mind"}
- inside
:::

::: {.pull-quote by="Somebody" role="of somewhere"}
Words set large
:::

::: {.key-numbers highlight=1}
28
: visits

30 %
: of oil
: A remark
:::

::: {.timeline left="Visits" right="Returns" step="Steps"}
What happened

| Date | Lane | Event | Detail |
| --- | --- | --- | --- |
| 25 December 1991 | step | Recognition | By one |
| 1997 | left | A visit | Stops |
| 1997 | right | Another | |
:::

::: {.comparison}
Two sides

## One
- has this

## Other
- has that
:::

::: {.diagram}
Who gives what

- Israel -> Azerbaijan: weapons
- Azerbaijan -> Israel: oil
- Turkey -- Israel: strained
- Iran <-> Azerbaijan: pressure
:::

::: {.columns}
::: {.column width="40%"}
Left column
:::
::: {.column}
Right column
:::
:::

| A | B |
| --- | ---: |
| x | 1 |

: A table {#tbl-a}

"""
KINDS = ("column", "bar", "stacked", "line", "pie", "scatter")


def everything() -> Docx:
    charts = "\n\n".join(
        f'::: {{.chart #fig-{kind[0]}{"" if kind != "scatter" else "c"} data="data/x.csv" '
        f"type={kind} x=year y={'a' if kind == 'pie' else 'a,b'}}}\nA {kind} chart\n:::"
        for kind in KINDS
    )
    return docx(EVERYTHING + charts, files={"data/x.csv": CSV.replace(",,", ",5,")})


def test_every_kind_of_block_is_sound_by_our_lint() -> None:
    assert faults(everything().data) == []


def test_every_kind_of_block_is_valid_by_microsoft_s_validator(tmp_path: Path) -> None:
    path = tmp_path / "all.docx"
    path.write_bytes(everything().data)

    assert ooxml_errors([path]) == []
    assert ooxml_errors([path], office="Office2019") == []


def test_the_same_document_gives_the_same_bytes() -> None:
    assert everything().data == everything().data


def test_the_contents_lead_to_every_heading_with_its_page() -> None:
    made = docx("## First\n\nText.\n\n{{< pagebreak >}}\n\n## Second\n\nText.\n")

    assert made.texts("TOC1") == ["1A section3"]
    assert made.texts("TOC2") == ["First3", "Second4"]
    assert not made.find("//w:fldChar[@w:dirty]")
    assert b"updateFields" not in zipfile.ZipFile(io.BytesIO(made.data)).read("word/settings.xml")


def test_pages_that_are_given_stand_in_the_contents() -> None:

    document = read("## First\n\nText.\n")
    section = document.sections[0]
    given = {f"5FToc5F{section.id}": 7, f"5FToc5F{section.blocks[0].id}": 9}
    made = write_word(
        document,
        strand(),
        Diagnostics(),
        stamp=STAMP,
        read=lambda path: b"",
        options=WordOptions(embed_fonts=False),
        counted=Printed(given, 11),
    )

    assert Docx(made.data).texts("TOC1") == ["1A section7"]
    assert Docx(made.data).texts("TOC2") == ["First9"]


def test_a_hebrew_document_runs_from_right_to_left() -> None:
    meta = Metadata("x", "כותרת", language="he")
    made = docx("---\ntitle: סעיף\n---\nטקסט.\n", meta=meta)

    assert len(made.find("//w:p[w:pPr/w:pStyle/@w:val='BodyText']/w:pPr/w:bidi")) == 1
    assert made.find("//w:sectPr/w:bidi")
    assert faults(made.data) == []


def test_styles_follow_the_theme_part() -> None:
    made = docx("Text.\n")
    theme = strand()

    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    (fonts,) = made.find("//w:style[@w:styleId='BodyText']/w:rPr/w:rFonts", "word/styles.xml")
    assert fonts.get(f"{w}asciiTheme") == "minorHAnsi"
    assert fonts.get(f"{w}ascii") is None
    (minor,) = made.find("//a:minorFont/a:latin", "word/theme/theme1.xml")
    assert minor.get("typeface") == theme.styles["body"].face.office_family
    (colour,) = made.find("//w:style[@w:styleId='Eyebrow']/w:rPr/w:color", "word/styles.xml")
    assert colour.get(f"{w}themeColor") == "accent2"
    assert colour.get(f"{w}val") == theme.colour("accent_2").hex


def test_the_running_header_names_its_section() -> None:
    made = docx("Text.\n")

    headers = [
        words(made.part(name))
        for name in zipfile.ZipFile(io.BytesIO(made.data)).namelist()
        if name.startswith("word/header")
    ]
    assert "1\u2002A sectionA test" in headers


def test_a_vector_picture_stays_one_and_has_a_raster_beside_it() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><path d="M0 0h9v9z"/></svg>'
    )
    made = docx("![A drawing](x.svg){fig-alt='Lines'}\n", files={"x.svg": svg})

    kinds = [name.rpartition(".")[2] for name in part_names(made.data) if "media/" in name]
    assert sorted(kinds) == ["png", "svg"]
    assert len([e for e in made.part("word/document.xml").iter() if "svgBlip" in str(e.tag)]) == 1


def test_a_drawing_that_cannot_be_drawn_is_an_error() -> None:
    log = Diagnostics()
    layers = "".join(
        f'<g id="g{n}">{f"<use href=~#g{n - 1}~/>".replace("~", chr(34)) * 10}</g>'
        for n in range(1, 9)
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><g id="g0"><path d="M0 0h9"/></g>{layers}</svg>'
    sound = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'
    document = read("![A drawing](x.svg){fig-alt='Lines'}\n", files={"x.svg": sound})

    write(document, log, {"x.svg": svg})  # a reader refuses it: the file was changed since

    (found,) = log
    assert (found.code.value, found.severity.value) == ("image-unreadable", "error")
    assert found.message.endswith("Word: it draws more than 20,000 elements")


def png(width: int, height: int) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(data, "PNG")
    return data.getvalue()


def test_a_line_with_a_picture_grows_and_one_with_a_small_sign_does_not() -> None:
    files = {"big.png": png(96, 96), "sign.png": png(8, 8)}
    text = (
        "See ![A map](big.png) here.\n\nAnd ![A sign](sign.png) there.\n\n- ![A map](big.png) x\n"
    )
    made = docx(text, files=files)

    grown = made.find("//w:p[.//wp:inline][w:pPr/w:spacing/@w:lineRule='atLeast']")
    assert [words(p) for p in grown] == ["See  here.", " x"]
    small = made.find("//w:p[.//wp:inline][contains(., 'there')]")
    assert [words(p) for p in small] == ["And  there."]


def test_bookmarks_are_short_unique_and_of_letters_that_word_allows() -> None:
    bookmarks = Bookmarks()

    names = [bookmarks.of_label(label) for label in ("fig-a", "fig_a", "fig-" + "x" * 60, "fig-é")]

    assert len({name.casefold() for name in names}) == 4
    assert all(len(name) <= 40 and name.isascii() for name in names)


def test_the_theme_s_logo_stands_on_the_cover_and_in_the_running_header(tmp_path: Path) -> None:

    logo = tmp_path / "logo.png"
    Image.new("RGB", (40, 20)).save(logo)
    meta = Metadata("x", "A title", publisher="The Institute")
    made = write_word(
        read("Text.\n", meta=meta),
        replace(strand(), logo=logo),
        Diagnostics(),
        stamp=STAMP,
        read=lambda path: b"",
        options=WordOptions(embed_fonts=False),
    )

    path = "//wp:docPr[@descr='The Institute']"
    parts = [n for n in zipfile.ZipFile(io.BytesIO(made.data)).namelist() if "header" in n]
    shown = [n for n in parts if n.endswith(".xml") and Docx(made.data).find(path, n)]
    assert len(Docx(made.data).find(path)) == 2  # cover and back cover
    assert len(shown) == 2  # contents and the one section
    assert faults(made.data) == []
