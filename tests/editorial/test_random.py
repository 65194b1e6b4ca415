"""Damaged files: no rule and no repair ever fails, and repairing twice changes nothing more."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from builder.diagnostics import Diagnostics
from builder.document.nodes import Document, Metadata
from builder.editorial.desk import findings
from builder.editorial.repair import Copy, repaired
from builder.editorial.rule import Manuscript
from builder.readers.directives import DIRECTIVES
from builder.readers.files import ProjectFiles
from builder.readers.section import read_section
from tests.editorial.looking import shipped_theme
from tests.support.built import EXAMPLE, SHIPPED

ROOT = Path(__file__).parents[2]
FILES = [*sorted(EXAMPLE.glob("sections/*.md")), *sorted(SHIPPED.glob("sections/*.md"))]
PIECES = [
    "<!-- check: off ", "-->", "# check: skip word-doubled\n", ":::", "::: {.slide}\n", "`", "```\n",
    '"', "“", "’", " - ", "—", "  ", "2011-2012", "---\n", "{#x}", "{#x .y k=\"v\"", "|", "\n\n", "[@a",
    "^[", "\u00a0", "\ufffc", "\r", "\t", "(", "http://", "100 %", "USD 5", "31 June 2012", "ABC (", ": ",
]  # fmt: skip


def damaged(text: str, chance: random.Random) -> str:
    for _ in range(chance.randrange(1, 12)):
        place = chance.randrange(len(text) + 1)
        if chance.random() < 0.5:
            text = text[:place] + chance.choice(PIECES) + text[place:]
        else:
            text = text[:place] + text[place + chance.randrange(40) :]
    return text


def look(seed: int) -> None:
    chance = random.Random(seed)
    text = damaged(chance.choice(FILES).read_text(encoding="utf-8"), chance).replace("\r", "\n")
    language = chance.choice(["en", "en", "de", "fr", "ru", "tr", "az", "he"])
    section = read_section("a.md", text, ProjectFiles(EXAMPLE), {}, Diagnostics())
    document = Document(Metadata("x", "X", language=language), (section,))

    for finding in findings(Manuscript(document, shipped_theme(), {}, {"a.md": text}), {}):
        lines = text.split("\n")
        assert finding.message and finding.hint, finding
        assert finding.at.line <= len(lines), finding

    once = repaired(Copy({"a.md": text}, language), {})
    assert repaired(Copy(once, language), {}) == once
    assert once["a.md"].count("\n") == text.count("\n")


@pytest.mark.parametrize("seed", range(24))
def test_damaged_files_are_looked_at_and_repaired_without_a_fault(seed: int) -> None:
    look(seed)


@pytest.mark.long
def test_many_damaged_files_are_looked_at_and_repaired_without_a_fault() -> None:
    for seed in range(1000, 2000):
        look(seed)


def test_all_divs_are_read_by_the_passages() -> None:
    """A new div must not hide its words from the rules: each holds a doubled word that is found."""
    from tests.editorial.looking import codes

    bodies = {
        "": "::: {#a}\nthe the\n:::",
        "columns": ":::: {.columns}\n::: {.column}\nthe the\n:::\n::::",
        "column": ":::: {.columns}\n::: {.column}\nthe the\n:::\n::::",
        "chart": '::: {.chart type=column data="data/exports.csv" x=Year y=Exports unit=a source=b}\nthe the\n:::',
        "key-numbers": "::: {.key-numbers}\n1\n: the the\n:::",
        "timeline": "::: {.timeline}\n| Date | Lane | Event | Detail |\n| - | - | - | - |\n| 1990 | left | the the | |\n:::",
        "comparison": "::: {.comparison}\n### A\n\nthe the\n\n### B\n\nb\n:::",
        "diagram": "::: {.diagram}\n- A -> B: the the\n:::",
        "content-visible": "::: {.content-visible when-format=pdf}\nthe the\n:::",
        "content-hidden": "::: {.content-hidden when-format=pdf}\nthe the\n:::",
    }
    for name in DIRECTIVES:
        body = bodies.get(name, f"::: {{.{name}}}\nthe the\n:::")
        assert "word-doubled" in codes(body), name
