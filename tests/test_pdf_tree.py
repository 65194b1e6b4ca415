"""Our own checker of structure trees: that it finds every fault put in on purpose."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest

from tests.support.paper import printed
from tests.support.pdf_tree import TaggedPdf, source_counts, source_words
from tests.support.reading import read

TEXT = """A word^[The note.], a [link](https://example.org/x) and [слово]{lang=ru}.

| Head | N |
| --- | ---: |
| row | 1 |

![A finding](a.svg){fig-alt="Seen"}
"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


@pytest.fixture(scope="module")
def sound() -> bytes:
    return printed(read(TEXT, files={"a.svg": SVG}), {"a.svg": SVG})


def broken(sound: bytes, harm: Callable[[pikepdf.Pdf, dict[str, Any]], None]) -> list[str]:
    """Do some harm to a file, given the first element of each kind, and ask for faults."""
    with pikepdf.open(io.BytesIO(sound)) as pdf:
        found: dict[str, Any] = {}
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem":
                found.setdefault(str(item.S)[1:], item)
        harm(pdf, found)
        changed = io.BytesIO()
        pdf.save(changed)
    return TaggedPdf(changed.getvalue()).faults()


def test_a_sound_file_has_no_faults(sound: bytes) -> None:
    assert TaggedPdf(sound).faults() == []


def test_content_that_belongs_to_nothing_is_found(sound: bytes) -> None:
    def harm(pdf: pikepdf.Pdf, found: dict[str, Any]) -> None:
        del found["Reference"].K[0]

    assert any("belongs to no element" in fault for fault in broken(sound, harm))


def test_content_that_belongs_to_two_elements_is_found(sound: bytes) -> None:
    def harm(pdf: pikepdf.Pdf, found: dict[str, Any]) -> None:
        found["Note"].K.append(found["Reference"].K[0])

    assert any("belongs to 2 elements" in fault for fault in broken(sound, harm))


def test_content_that_is_not_there_is_found(sound: bytes) -> None:
    def harm(pdf: pikepdf.Pdf, found: dict[str, Any]) -> None:
        found["Reference"].K.append(9999)

    assert any("content 9999 is not there" in fault for fault in broken(sound, harm))


def test_content_that_leads_back_to_another_element_is_found(sound: bytes) -> None:
    def harm(pdf: pikepdf.Pdf, found: dict[str, Any]) -> None:
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        for index in range(1, len(numbers), 2):
            if isinstance(numbers[index], pikepdf.Array):
                numbers[index] = pikepdf.Array(list(reversed(list(numbers[index]))))

    assert any("does not lead back" in fault for fault in broken(sound, harm))


def test_paintings_outside_of_everything_are_found(sound: bytes) -> None:
    def harm(pdf: pikepdf.Pdf, found: dict[str, Any]) -> None:
        pdf.pages[1].contents_add(b"0 0 9 9 re f")

    assert broken(sound, harm) == ["1 paintings are neither content nor artifact"]


@pytest.mark.parametrize(
    ("kind", "entry", "fault"),
    [
        ("Figure", "/Alt", "Figure without Alt or BBox"),
        ("Figure", "/A", "Figure without Alt or BBox"),
        ("TH", "/A", "TH without Scope"),
        ("Note", "/ID", "Note with the ID ''"),
        ("Span", "/Lang", "Span without Lang"),
    ],
)
def test_what_an_element_does_not_say_is_found(
    sound: bytes, kind: str, entry: str, fault: str
) -> None:
    def harm(pdf: pikepdf.Pdf, found: dict[str, Any]) -> None:
        del found[kind][entry]

    assert fault in broken(sound, harm)


def test_a_link_outside_of_the_tree_and_a_link_without_words_are_found(sound: bytes) -> None:
    def harm(pdf: pikepdf.Pdf, found: dict[str, Any]) -> None:
        annotation = pdf.pages[1].Annots[0]
        annotation.Contents = pikepdf.String("")
        found["Link"].K = pikepdf.Array(
            [kid for kid in found["Link"].K if not isinstance(kid, pikepdf.Dictionary)]
        )

    faults = broken(sound, harm)
    assert "page 2: a link belongs to 0 elements" in faults
    assert "page 2: a link says nothing" in faults


def test_an_element_in_the_wrong_place_is_found(sound: bytes) -> None:
    def harm(pdf: pikepdf.Pdf, found: dict[str, Any]) -> None:
        found["Table"].K.append(found["Note"])

    assert "Note does not lead back to its Table" in broken(sound, harm)


def test_words_and_elements_of_a_source_are_counted() -> None:
    root = ElementTree.fromstring(
        "<body><p>A word<span class='fn'>Note.</span> and <a class='p' href='#x'/></p>"
        "<ol class='decimal' start='3'><li>three</li></ol><ul class='dash'><li><img alt='seen'/></li></ul></body>"
    )

    assert source_words(root, {"x": 6}) == "Aword11Note.and73.three–seen"
    assert source_counts(root) == {
        "P": 1,
        "Note": 1,
        "Reference": 1,
        "Link": 1,
        "L": 2,
        "LI": 2,
        "Figure": 1,
    }
