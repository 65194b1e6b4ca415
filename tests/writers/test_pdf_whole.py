"""Never a word lost: what is too big for a page is shown in full, or refused where it stands."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from builder.diagnostics import Diagnostics
from builder.writers.pdf import write_pdf
from tests.support.built import EXAMPLE, SHIPPED, TORTURE, tagged
from tests.support.outputs import pdf_words
from tests.support.paper import STAMP, printed, strand
from tests.support.pdf_tree import TaggedPdf
from tests.support.reading import read

ENDLESS = "https://a.example/" + "path" * 75


def words(count: int, name: str = "w") -> str:
    return " ".join(f"{name}{n:04}x" for n in range(count))


def items(count: int) -> str:
    return "\n".join(f"- {words(40, f'p{n}q')}^[note{n} of the box]" for n in range(count))


WHOLE = {
    "a cell of two pages": f"| A | B |\n| --- | --- |\n| cell | {words(1200)} |\n| y | z |\n",
    "an endless address in the text": f"See {ENDLESS} there.",
    "an endless address in a cell": f"| A | B |\n| --- | --- |\n| {ENDLESS} | lastcell |\n",
    "an endless address in a note": f"See there^[At {ENDLESS} it is].",
    "an endless address in a box": f"::: {{.key-points}}\n- {ENDLESS}\n:::\n\nText.",
    "sixty notes in a list": "\n".join(f"- item {n}^[note{n} has words.]" for n in range(60)),
    "a box of two pages with notes": f'::: {{.callout-note title="T"}}\n{items(22)}\n:::\n',
    "a side box of two pages with notes": f"Text.\n\n::: {{.key-points}}\n{items(22)}\n:::\n\nMore.",
    "columns of two pages": ":::: {.columns}\n::: {.column}\n"
    f"{words(900, 'l')}^[leftnote]\n:::\n::: {{.column}}\n{words(800, 'r')}\n:::\n::::\n",
    "a quotation of two pages": f"::: {{.pull-quote by='A'}}\n{words(300)}\n:::\n",
    "notes of 240 words each": "\n\n".join(f"Call {n}^[{words(240, f'n{n}q')}]." for n in range(9)),
}
BRIEF = ("an endless address", "sixty notes", "a cell")


@pytest.mark.parametrize(
    "name",
    [
        name if name.startswith(BRIEF) else pytest.param(name, marks=pytest.mark.long)
        for name in WHOLE
    ],
)
def test_these_are_shown_whole(name: str) -> None:
    data = printed(read(WHOLE[name]))  # which fails where a single word is lost

    report = TaggedPdf(data)
    assert report.faults() == []
    assert notes_with_their_calls(report) >= 0.95


def notes_with_their_calls(report: TaggedPdf) -> float:
    """Give the share of the notes that begin on the page of their call; 1 where there are none."""
    page: dict[str, list[int]] = {}
    for node in report.root.walk():
        again = any(part.kind == "Link" for part in node.walk())  # a note called once more
        if node.kind == "Note" or (node.kind == "Reference" and not again):
            inner = (kid for part in node.walk() for kid in part.kids if isinstance(kid, tuple))
            page.setdefault(node.kind, []).append(next(inner)[0])
    calls, notes = page.get("Reference", []), page.get("Note", [])
    assert len(calls) == len(notes)
    together = [call == note for call, note in zip(calls, notes, strict=True)]
    return sum(together) / len(together) if together else 1.0


@pytest.mark.parametrize("project", [SHIPPED, EXAMPLE, TORTURE], ids=lambda p: p.name)
def test_notes_stand_on_the_page_of_their_call(project: Path) -> None:
    assert notes_with_their_calls(tagged(project)[0]) >= 0.95


def test_a_forty_centimetre_image_is_made_to_fit() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (300, 1512), "red").save(picture, "PNG", dpi=(96, 96))
    files = {"tall.png": picture.getvalue()}

    report = TaggedPdf(printed(read('![Tall](tall.png){fig-alt="Red"}', files=dict(files)), files))

    figure = next(node for node in report.root.walk() if node.kind == "Figure")
    left, foot, right, top = (float(edge) for edge in figure.attribute("/BBox"))
    assert 0 <= foot < top <= 842
    assert (top - foot) / (right - left) == pytest.approx(1512 / 300, rel=0.01)


def test_an_endless_address_can_be_copied_in_one_piece() -> None:
    shown = pdf_words(printed(read(WHOLE["an endless address in a cell"])))

    assert ENDLESS in "".join(shown.split())


def refusals(text: str) -> list[str]:
    log = Diagnostics()
    write_pdf(read(text), strand(), log, stamp=STAMP, read=lambda path: b"")
    return [
        f"{d.at.line} {d.code.value}: {d.message[:60]}" for d in log if d.severity.value == "error"
    ]


def test_a_note_that_no_page_can_hold_is_refused_at_its_line() -> None:
    found = refusals(f"---\ntitle: Long\n---\nOne.\n\nTwo^[short].\n\nThree^[{words(1500)}].\n")

    assert len(found) == 1
    assert found[0].startswith("8 text-lost: ")
    assert "words of a footnote in section 'Long' found" in found[0]


def test_a_note_that_only_the_back_cover_could_hold_is_refused() -> None:
    long = f"One^[{words(480)}] and two^[{words(480, 'v')}]."

    assert any(
        line.startswith("4 text-lost: 1440 words of a foot")
        for line in refusals(f"---\ntitle: Long\n---\n{long}\n")
    )
