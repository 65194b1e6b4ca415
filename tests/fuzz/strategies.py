"""Hypothesis's strategies for whole projects: Markdown from a grammar, YAML, CSV and images.

Most of what they give is sound, so that it reaches the writers; `spoilt` breaks any of it. What a
find shrinks to is a small project.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from PIL import Image

Text = st.SearchStrategy[str]
LETTERS = "abcdefghijklmnopqrstuvwxyzäöüßéñçøşıАБвгдеשלוםAEIOU0123456789"
SIGNS = "*_`~^[](){}<>|#@!:;.,-=+&%$\\/\"' \n\t"

words: Text = st.text(LETTERS, min_size=1, max_size=9)
phrase: Text = st.lists(words, min_size=1, max_size=6).map(" ".join)
anything: Text = st.text(
    st.characters(codec="utf-8", exclude_characters="\r", exclude_categories=["Cs"]), max_size=12
)
marks: Text = st.text(SIGNS + LETTERS[:6], max_size=12)


def _around(before: str, after: str) -> Callable[[str], str]:
    return lambda inner: f"{before}{inner}{after}"


# ---------------------------------------------------------------- inlines


def _nested(inner: Text) -> Text:
    ways = (
        ("*", "*"), ("**", "**"), ("~~", "~~"), ("[", "](https://example.org/a?b=c)"), ("^[", "]"),
        ("[", "]{lang=de}"), ("[", "](#fig-a)"), ("[", "](#a-heading)"),
    )  # fmt: skip
    return st.one_of(
        *(inner.map(_around(*way)) for way in ways),
        st.lists(inner, min_size=1, max_size=3).map(" ".join),
    )


inlines: Text = st.recursive(
    st.one_of(
        phrase,
        st.sampled_from(
            ["`code`", "H~2~O", "x^2^", "@fig-a", "@tbl-a", "[@a, p. 3]", "@a [p. 3]", "[^n]", "{{< var v >}}",
             "2001-2004", "a--b", "\"q\"", "it's", "<br>", "<b>x</b>", "&amp;", "\\*", "No. 3", "<https://example.org>",
             "![A pot](images/a.png)", "  \nline", "...", "[x][]", "[home]", "<!-- c -->"]
        ),
        st.sampled_from("*_`~^[]!<>&|"),
    ),
    _nested,
    max_leaves=5,
)  # fmt: skip

# ---------------------------------------------------------------- blocks


def _indented(text: str, by: str) -> str:
    return "\n".join(by + line if line else line for line in text.split("\n"))


def _list(marker: str, items: list[str], gap: str) -> str:
    by = " " * (len(marker) + 1)
    return gap.join(f"{marker} {_indented(item.strip(), by).lstrip()}" for item in items)


def _div(name: str) -> Callable[[str], str]:
    return lambda inner: f":::::::: {{{name}}}\n{inner}\n::::::::"


def _table(rows: list[list[str]], caption: str) -> str:
    width = max(map(len, rows))
    lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
    return "\n".join([lines[0], "|---" * width + "|", *lines[1:]]) + (
        f"\n\n: {caption}" if caption else ""
    )


cells: Text = inlines.map(lambda text: " ".join(text.replace("|", "\\|").split()) or "-")
tables: Text = st.builds(
    _table,
    st.lists(st.lists(cells, min_size=1, max_size=4), min_size=1, max_size=4),
    st.one_of(st.just(""), phrase, phrase.map(lambda text: f'{text} {{source="S" total=true}}')),
)
leaves: Text = st.one_of(
    inlines,
    inlines,
    phrase.map(_around("## ", "")),
    phrase.map(_around("## ", " {.unnumbered}")),
    tables,
    st.builds("```{}\n{}\n```".format, st.sampled_from(["", "python"]), phrase),
    st.sampled_from(
        ["***", "<!-- hidden -->", "{{< pagebreak >}}", "<details>\n<summary>x</summary>", "[home]: https://example.org",
         "![A curve](images/a.png){width=50% source=\"S\"}", "![A map](images/b.svg){#fig-m}", "term\n: meaning\n: other",
         "::: {.chart data=data/x.csv}\nRain falls\n:::", "::: {.chart data=data/x.csv type=line}\nRain falls\n\n- 2007: wet\n:::",
         "::: {.key-numbers}\n12\n: litres\n\n5\n: pots\n:::", "::: {.diagram}\n- A -> B: tea\n:::",
         "::: {.timeline}\n| Date | Lane | Event |\n|-|-|-|\n| 1993 | left | Tea |\n| 1995 | step | Pot |\n:::",
         "::: {.comparison}\nTwo\n\n### A\n\n- x\n\n### B\n\n- y\n:::", "::: {.pull-quote by=\"Ann\"}\nTea first.\n:::",
         "::: {.slide}\n# Tea\n\n- water\n:::", "::: {.notes}\nSay it.\n:::"]
    ),
)  # fmt: skip


def _blocks(inner: Text) -> Text:
    several = st.lists(inner, min_size=1, max_size=3).map("\n\n".join)
    items = st.lists(several, min_size=1, max_size=3)
    gaps = st.sampled_from(["\n", "\n\n"])
    boxes = (".callout-note", ".key-points", ".content-visible when-format=pdf",
             ".content-hidden when-format=pptx", ".unnumbered")  # fmt: skip
    columns = several.map(_div(".column")).map(_div(".columns"))
    return st.one_of(
        st.builds(_list, st.sampled_from(["-", "1.", "a)", "(i)", "*"]), items, gaps),
        several.map(lambda text: _indented(text, "> ")),
        *(several.map(_div(name)) for name in boxes),
        columns,
        several,
    )


blocks: Text = st.recursive(leaves, _blocks, max_leaves=6)
DEFINED = """
## A heading

![A curve](images/a.png){#fig-a source="S"}

|a|b|
|-|-|
|1|2|

: A table {#tbl-a source="S"}

[^n]: A note with *emphasis*.

[x]: https://example.org/x
"""
"""What the pieces refer to."""


@st.composite
def sections(draw: st.DrawFn) -> str:
    """Give a section file."""
    front: dict[str, object] = {"title": draw(phrase)}
    for key, value in (("takeaway", phrase), ("standfirst", inlines), ("short-title", phrase)):
        if draw(st.integers(0, 3)) == 0:
            front[key] = draw(value)
    if draw(st.booleans()):
        front["key-points"] = draw(st.lists(inlines, min_size=1, max_size=3))
    body = draw(st.lists(blocks, min_size=1, max_size=5))
    return (
        f"---\n{json.dumps(front, ensure_ascii=False)}\n---\n\n"
        + "\n\n".join(body)
        + "\n"
        + DEFINED
    )


# ---------------------------------------------------------------- settings, data, images

plain_yaml: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), phrase, anything),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
good_settings: dict[str, st.SearchStrategy[Any]] = {
    "subtitle": phrase,
    "date": st.sampled_from(["2026-01-02", "2014-10"]),
    "language": st.sampled_from(["en", "de", "he", "ru"]),
    "paper": st.sampled_from(["a4", "letter"]),
    "csl": st.sampled_from(["chicago-notes", "apa"]),
    "authors": st.lists(phrase, max_size=2),
    "abstract": phrase,
    "keywords": st.lists(words, max_size=3),
    "closing": phrase,
    "series": phrase,
    "number": st.integers(0, 999),
    "contact": st.fixed_dictionaries({"name": phrase}),
    "deck": st.one_of(st.just(False), st.fixed_dictionaries({"max-slides": st.integers(4, 9), "agenda": st.booleans()})),
    "editions": st.fixed_dictionaries({"board": st.fixed_dictionaries({"title": phrase})}),
}  # fmt: skip
FIXED = {"sections": ["sections/*.md"], "theme": "strand", "variables": {"v": "12"}}


@st.composite
def settings_files(draw: st.DrawFn, *, sound: bool) -> str:
    """Give briefing.yml; where it need not be sound, any key may have any value."""
    data: dict[str, Any] = {"title": draw(phrase)}
    # A set of strings has another order in each process.
    for key in sorted(draw(st.sets(st.sampled_from(sorted(good_settings)), max_size=4))):
        data[key] = draw(good_settings[key] if sound else st.one_of(good_settings[key], plain_yaml))
    if not sound:
        data |= draw(st.dictionaries(words, plain_yaml, max_size=1))
    return json.dumps(data | FIXED, ensure_ascii=False)


numbers: Text = st.one_of(
    st.integers(-999, 99_999).map(str),
    st.floats(-1e6, 1e6).map("{:.2f}".format),
    st.sampled_from(["", "n/a", "–"]),
)
wild_cells: Text = st.one_of(
    numbers, phrase, st.sampled_from(["=1+1", "1e99", "−3", "5%", '"', "1.000,5", "\u200f7"])
)


@st.composite
def tables_of_data(draw: st.DrawFn, *, sound: bool) -> str:
    """Give a CSV file."""
    width = draw(st.integers(1, 4))
    cell = numbers if sound else wild_cells
    rows = draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=6))
    head = ["Year", *(f"S{n}" for n in range(width))]
    lines = [",".join(head), *(f"{2007 + n}," + ",".join(row) for n, row in enumerate(rows))]
    return "\n".join(lines) + "\n"


@st.composite
def pictures(draw: st.DrawFn) -> bytes:
    """Give a picture of any kind that we read, by its bytes."""
    size = draw(st.tuples(st.integers(1, 40), st.integers(1, 40)))
    mode = draw(st.sampled_from(["RGB", "RGBA", "L", "P", "1", "LA", "I;16", "CMYK"]))
    kinds = (
        ["PNG", "GIF"] if mode not in ("CMYK", "I;16") else ["JPEG"] if mode == "CMYK" else ["PNG"]
    )
    data = io.BytesIO()
    Image.new(mode, size).save(data, draw(st.sampled_from(kinds if mode != "LA" else ["PNG"])))
    return data.getvalue()


drawings: Text = st.builds(
    "<svg xmlns='http://www.w3.org/2000/svg' {}>{}</svg>".format,
    st.sampled_from(["width='40' height='30'", "viewBox='0 0 4 3'", "", "width='1e9' height='1'", "width='50%' height='9'"]),
    st.sampled_from(["", "<rect width='9' height='9'/>", "<text x='1' y='9'>Tea</text>", "<use href='#a'/>", "<path d='M0 0L'/>"]),
)  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn, data: bytes) -> bytes:
    """Break bytes: cut them, double a part, or put others between."""
    place = draw(st.integers(0, len(data)))
    end = draw(st.integers(place, len(data)))
    between = draw(
        st.one_of(st.binary(max_size=6), marks.map(str.encode), anything.map(str.encode))
    )
    return data[:place] + between + (data[place:] if draw(st.booleans()) else data[end:])


@st.composite
def projects(draw: st.DrawFn, *, sound: bool) -> dict[str, bytes]:
    """Give the files of a project; one that is not sound has files that are broken."""
    files = {
        "briefing.yml": draw(settings_files(sound=sound)).encode(),
        "sections/01.md": draw(sections()).encode(),
        "references.yml": b"- {id: a, type: book, title: A Book, author: [{family: Ames}]}\n",
        "data/x.csv": draw(tables_of_data(sound=sound)).encode(),
        "images/a.png": draw(pictures()),
        "images/b.svg": draw(drawings).encode(),
    }
    if not sound:
        names = st.sets(st.sampled_from(sorted(files)), min_size=1, max_size=2)
        for name in sorted(draw(names)):
            files[name] = draw(spoilt(files[name]))
    return files
