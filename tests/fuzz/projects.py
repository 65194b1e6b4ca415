"""Projects made by chance, from pieces of the dialect and from anything at all.

The same seed gives the same project: what was found is found again.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

BLOCKS = (
    "## A heading\n", "### Deeper {.unnumbered}\n", "- one\n- two\n  - three\n", "1. a\n2. b\n",
    "a) x\nb) y\n", "> quoted\n", "```python\ncode\n```\n", "::: {.key-points}\n- a\n:::\n",
    "::: {.callout-note title=\"N\"}\nA note.\n:::\n", "|a|b|\n|-|-:|\n|1|2|\n\n: A table {source=\"S\"}\n",
    "![A curve](images/x.svg){width=50% source=\"S\"}\n", "::: {.chart data=x.csv}\nRain falls\n:::\n",
    "::: {.chart data=x.csv type=pie}\nT\n:::\n", "::: {.timeline}\n2001\n: a\n:::\n", "term\n: meaning\n",
    "::: {.diagram}\n- A -> B: c\n:::\n", "{{< pagebreak >}}\n", "---\n",
    "<!-- hidden -->\n", "::: {.pull-quote}\nWords.\n:::\n", "::: {.columns}\n::: {.column}\na\n:::\n:::\n",
    "::: {#refs}\n:::\n", "::: {.slide}\n- a\n:::\n",
)  # fmt: skip
DEFINED = """
## The end {#sec-a}

![A curve](images/x.svg){#fig-a source="S"}

|a|b|
|-|-|
|1|2|

: A table {#tbl-a source="S"}

::: {#fig-c .chart data=x.csv}
It rains
:::

[^n]: A note with *emphasis*.
"""
"""What the pieces refer to."""

INLINES = (
    "word", "*em*", "**strong**", "`code`", "[link](https://a.org)", "[@a, p. 3]", "@a [p. 3]", "x[^n]",
    "^[a note]", "H~2~O", "x^2^", "[wort]{lang=de}", "@fig-a", "@tbl-a", "@sec-a", "{{< var v >}}",
    "~~out~~", "<b>html</b>", "&amp;", "\\*", "“q”", "2001-2004", "--", "\u202b", "\u0301", "שלום",
)  # fmt: skip
SIGNS = "[]{}()<>*_`~^:|#@!-=\"'\\ \n\t&;/.0a"
SETTINGS = (
    "subtitle: S\n", "date: 2026-01-02\n", "language: de\n", "language: he\n", "paper: letter\n",
    "theme: strand\n", "csl: apa\n", "variables: {v: 12}\n", "deck: {max-slides: 3}\n", "deck: false\n",
    "authors: [A, B]\n", "contact: {name: A}\n", "words: {contents: C}\n", "cover-data: fig-c\n",
    "mail: {to: a@b.org}\n", "number: 3\n", "series: X\n", "&a *a\n", "title: [x]\n", "variables: [1, {a: 2}]\n",
)  # fmt: skip
CELLS = (
    "1",
    "-2.5",
    "1,000",
    "",
    "n/a",
    "x",
    "1e9",
    "1e99",
    "=1+1",
    "5%",
    '"',
    "2007",
    "2008-01-02",
    "−3",
    "\u200f7",
)


def project_of(seed: int) -> dict[str, bytes]:
    """Give the files of the project of a seed."""
    dice = random.Random(seed)
    settings = (
        'title: T\nsections: ["sections/*.md"]\n'
        + "".join(_some(dice, SETTINGS, 1))
        + "variables: {v: 12}\n"
    )
    good = "---\ntitle: One\n---\n\n"
    front = good if dice.random() < 0.9 else dice.choice(("# One\n\n", "---\n", ""))
    return {
        "briefing.yml": _spoilt(dice, settings, 0.05),
        "sections/01.md": _spoilt(dice, front + _markdown(dice), 0.2),
        "references.yml": _spoilt(
            dice, "- {id: a, type: book, title: A Book, author: [{family: Ames}]}\n", 0.1
        ),
        "data/x.csv": _spoilt(dice, _csv(dice), 0.1),
        "images/x.svg": _spoilt(
            dice, "<svg xmlns='http://www.w3.org/2000/svg' width='4' height='4'/>", 0.1
        ),
    }


def _markdown(dice: random.Random) -> str:
    parts = []
    for _ in range(dice.randint(1, 12)):
        if dice.random() < 0.5:
            parts.append(" ".join(_some(dice, INLINES, 12)) + "\n")
        else:
            parts.append(dice.choice(BLOCKS))
        parts.append("\n" if dice.random() < 0.95 else dice.choice(("", "> ", "  ", "- ")))
    return "".join(parts) + (DEFINED if dice.random() < 0.9 else "")


def _csv(dice: random.Random) -> str:
    if dice.random() < 0.8:
        return "Year,Value,Other\n2007,82.5,3\n2008,90,-4\n"
    width = dice.randint(1, 5)
    rows = [[dice.choice(CELLS) for _ in range(width)] for _ in range(dice.randint(0, 8))]
    head = ["Year", *(f"S{n}" for n in range(width - 1))]
    return "\n".join(dice.choice((",", ",", ";")).join(row) for row in [head, *rows]) + "\n"


def _some(dice: random.Random, pieces: Sequence[str], most: int) -> list[str]:
    return [dice.choice(pieces) for _ in range(dice.randint(0, most))]


def _spoilt(dice: random.Random, text: str, chance: float) -> bytes:
    """Give a text as bytes; by chance signs are put in, pieces are doubled, cut or torn."""
    while dice.random() < chance:
        place = dice.randint(0, len(text))
        match dice.randint(0, 3):
            case 0:
                text = (
                    text[:place] + "".join(dice.choices(SIGNS, k=dice.randint(1, 6))) + text[place:]
                )
            case 1:
                text = text[:place] + text[place // 2 :]
            case 2:
                text = text[:place]
            case _:
                text = (
                    text[:place]
                    + chr(dice.choice((0, 7, 0xFEFF, 0x2028, 0x1F600, 0xE9)))
                    + text[place:]
                )
    data = text.encode("utf-8")
    if dice.random() < chance / 5:
        place = dice.randint(0, len(data))
        data = data[:place] + dice.randbytes(3) + data[place:]
    return data
