"""Each barrier in a deck is found, and none is where there is none."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from builder.outputs_lint import barriers
from tests.support.built import EXAMPLE, SHIPPED, STRESS, TORTURE, built
from tests.writers.powerpoint.test_powerpoint import pptx

TEXT = """::: {.diagram}
The diagram

- A -> B: goods
:::

| Year | Exports |
| --- | ---: |
| 2007 | 82.5 |

: The table

::: {.key-points title="So what"}
Words in a box
:::

::: {.slide}
# The last

- a point

::: {.key-points}
a box
:::
:::
"""
Harm = Callable[[str], str]
DIAGRAM, TABLE, LAST = (f"ppt/slides/slide{n}.xml" for n in (3, 4, 5))


def swapped(xml: str) -> str:
    """Put the first shape last."""
    shapes = re.findall(r"<p:sp>.*?</p:sp>", xml)
    return xml.replace(shapes[0], "").replace("</p:spTree>", f"{shapes[0]}</p:spTree>")


HARMS: dict[str, tuple[str, Harm]] = {
    "the slide has no title": (LAST, lambda xml: re.sub(r'<p:ph type="title"/>', "", xml)),
    "is that of": (LAST, lambda xml: xml.replace("The last", "The table")),
    "'Diagram' has no alt text": (DIAGRAM, lambda xml: re.sub(r'(name="Diagram") descr="[^"]*"', r"\1", xml)),
    "the title is read after": (LAST, swapped),
    "something is read after the footer": (LAST, lambda xml: re.sub(r"(<p:sp>.*?</p:sp>)(.*)(</p:spTree>)", r"\2\1\3", xml)),
    "'Body' is empty": (LAST, lambda xml: xml.replace("<a:t>a point</a:t>", "<a:t> </a:t>")),
    "head row is not named": (TABLE, lambda xml: xml.replace(' firstRow="1"', "").replace(' b="0"', ' b="1"', 2)),
    "sections are called": ("ppt/presentation.xml", lambda xml: re.sub(r'(<p14:section name=)"[^"]*"', r'\1"Same"', xml)),
    "a section has no name": ("ppt/presentation.xml", lambda xml: re.sub(r'(<p14:section name=)"[^"]*"', r'\1""', xml)),
    "name no language": (LAST, lambda xml: xml.replace('<a:rPr lang="en-GB"', "<a:rPr")),
    "has a contrast of": (DIAGRAM, lambda xml: xml.replace('<a:schemeClr val="bg1"/></a:solidFill><a:latin', '<a:schemeClr val="accent1"/></a:solidFill><a:latin')),
}  # fmt: skip


@cache
def sound() -> bytes:
    return pptx(TEXT)


def harmed(part: str, harm: Harm) -> bytes:
    """Give the sound deck with harm done to one part."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound())) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == part:
                changed = harm(data.decode()).encode()
                assert changed != data, f"nothing changed in {part}"
                data = changed
            new.writestr(name, data)
    return made.getvalue()


def test_a_sound_deck_has_no_barriers() -> None:
    assert barriers(sound()) == []


@pytest.mark.parametrize("told", HARMS)
def test_a_barrier_is_found(told: str) -> None:
    part, harm = HARMS[told]

    assert [found for found in barriers(harmed(part, harm)) if told in found] != []


@pytest.mark.parametrize("project", [SHIPPED, EXAMPLE, TORTURE, STRESS], ids=lambda p: p.name)
def test_our_decks_have_no_barriers(project: Path) -> None:
    assert barriers(built(project, "pptx").data) == []
